// Version constraints that a function's runtime should meet.
#pragma once

#include "deploy/dependencies.h"
#include "model/project.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What the files around a function's code say of the versions of its language: the nearest of each
// kind, in the folder of its handler or above.
class VersionDemands {
 public:
  VersionDemands(const FileSystem& files, const KeepFile& keep) : files_(files), keep_(keep) {}
  std::vector<VersionDemand> of(const CodeLocation& code, std::string_view runtime,
                                std::string_view handler_folder);

 private:
  const std::vector<VersionDemand>& in(const std::string& folder, std::string_view language);

  const FileSystem& files_;
  const KeepFile& keep_;
  std::map<std::pair<std::string, std::string>, std::vector<VersionDemand>> known_;
};

}  // namespace fnlint
