// Imports of deployment programs, resolved without a template around them.
#pragma once

#include "core/files.h"
#include "link/resolve/build_facts.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace fnlint {

class LanguageFiles;  // link/resolve/languages.h

// The files of the project that JavaScript or TypeScript files import.
class ProgramFiles {
 public:
  explicit ProgramFiles(BuildFacts& builds);
  ~ProgramFiles();
  ProgramFiles(const ProgramFiles&) = delete;
  ProgramFiles& operator=(const ProgramFiles&) = delete;
  // What `from` imports under this name; empty where it is no file of the project.
  const std::string& find(std::string_view from, std::string_view module);

 private:
  std::unique_ptr<LanguageFiles> finder_;
  std::map<std::string, std::string, std::less<>> known_ = {};  // by folder and module
};

}  // namespace fnlint
