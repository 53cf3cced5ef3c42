#pragma once

#include "core/files.h"
#include "core/result.h"
#include "model/rule.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// Tools whose configuration can be translated.
enum class ForeignTool : std::uint8_t { Checkov, CfnLint, Tflint, Semgrep, Ruff };

// A rule or a glob, and what it comes from: ".checkov.yaml:3 CKV_AWS_116".
struct ForeignLine {
  std::string text = {};
  std::string from = {};
};

struct ForeignConfiguration {
  std::string files = {};                              // that were read
  std::vector<ForeignLine> select = {};                // rules besides the profile default
  std::vector<ForeignLine> ignore = {}, exclude = {};  // rules; globs
  std::vector<std::pair<std::string, std::vector<ForeignLine>>> per_path = {};  // by glob
  std::vector<std::string> without = {};  // what has no counterpart, one line each
};

// Reads what the tool's configuration at its usual names says, in the root of the files. An error
// says that there is none, or where one cannot be read ("ruff.toml:3:5: ...").
Result<ForeignConfiguration> read_foreign_configuration(ForeignTool tool, const FileSystem& files,
                                                        std::span<const Rule> rules);

}  // namespace fnlint
