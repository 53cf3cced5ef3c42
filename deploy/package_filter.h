// What a deploying tool takes of a folder, and what it leaves behind.
#pragma once

#include "core/glob.h"
#include "model/resources.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Which paths of a folder a deploying tool packages: names that its build leaves out wherever they
// stand, then the patterns of CodeLocation, the last that matches deciding.
class PackageFilter {
 public:
  PackageFilter(std::span<const std::string_view> left_out, const CodeLocation& code);

  // What is known of a folder on the way down: the patterns that match it or a folder above it.
  using Above = std::vector<bool>;
  struct Verdict {
    bool packaged = true;
    bool enter = true;  // a folder: something below it may be packaged
  };
  // `above`: of the folder that the entry is in; changed to that of the entry itself.
  [[nodiscard]] Verdict judge(std::string_view path, std::string_view name, bool is_folder,
                              Above& above) const;
  // Of a file, by its path alone: "node_modules/zod/package.json".
  [[nodiscard]] bool takes(std::string_view path) const;

 private:
  struct Row {
    std::vector<Glob> globs = {};  // alternatives
    bool includes = false;
  };
  std::vector<std::string_view> left_out_;
  std::vector<Row> rows_;
  bool only_included_ = false, any_include_ = false;
};

}  // namespace fnlint
