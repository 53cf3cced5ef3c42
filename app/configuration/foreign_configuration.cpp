// Which configuration files other linters use, and which reader takes each of them.

#include "app/configuration/foreign_configuration.h"

#include "core/encoding.h"
#include "core/limits.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

using ForeignReader = std::optional<Error> (*)(std::string_view text, ForeignReading& reading);

// A file of a tool's configuration, at the name that it goes by.
struct ForeignFile {
  ForeignTool tool{};
  std::string_view name = {};
  ForeignReader read = nullptr;
  bool alone = true;  // files below it in this list are not read where it is there
};

constexpr std::array kForeignFiles{
    // https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html
    ForeignFile{ForeignTool::Checkov, ".checkov.yaml", read_checkov},
    ForeignFile{ForeignTool::Checkov, ".checkov.yml", read_checkov},
    // https://github.com/aws-cloudformation/cfn-lint#config-file
    ForeignFile{ForeignTool::CfnLint, ".cfnlintrc", read_cfn_lint},
    ForeignFile{ForeignTool::CfnLint, ".cfnlintrc.yaml", read_cfn_lint},
    ForeignFile{ForeignTool::CfnLint, ".cfnlintrc.yml", read_cfn_lint},
    // https://github.com/terraform-linters/tflint/blob/master/docs/user-guide/config.md
    ForeignFile{ForeignTool::Tflint, ".tflint.hcl", read_tflint},
    // https://semgrep.dev/docs/ignoring-files-folders-code
    ForeignFile{ForeignTool::Semgrep, ".semgrepignore", read_semgrep_ignore, false},
    ForeignFile{ForeignTool::Semgrep, ".semgrep.yml", read_semgrep_rules},
    ForeignFile{ForeignTool::Semgrep, ".semgrep.yaml", read_semgrep_rules},
    // https://docs.astral.sh/ruff/configuration/#config-file-discovery
    ForeignFile{ForeignTool::Ruff, ".ruff.toml", read_ruff},
    ForeignFile{ForeignTool::Ruff, "ruff.toml", read_ruff},
    ForeignFile{ForeignTool::Ruff, "pyproject.toml", read_pyproject},
};

// How a tool's ids stand in aliases, and how its configuration writes them.
struct ForeignIds {
  ForeignTool tool{};
  std::string_view alias = {};
  IdForm form{};
};
constexpr std::array kForeignIds{
    ForeignIds{ForeignTool::Checkov, "checkov", IdForm::Wildcard},
    ForeignIds{ForeignTool::CfnLint, "cfn-lint", IdForm::Beginning},
    ForeignIds{ForeignTool::Tflint, "tflint", IdForm::Same},
    ForeignIds{ForeignTool::Semgrep, "semgrep", IdForm::DottedEnd},
    ForeignIds{ForeignTool::Ruff, "ruff", IdForm::Beginning},
};

std::string foreign_names(ForeignTool tool) {
  std::string names;
  for (const ForeignFile& file : kForeignFiles)
    if (file.tool == tool) names += cat(names.empty() ? "" : ", ", file.name);
  return names;
}

}  // namespace

Result<ForeignConfiguration> read_foreign_configuration(ForeignTool tool, const FileSystem& files,
                                                        std::span<const Rule> rules) {
  const ForeignIds& ids = *std::ranges::find(kForeignIds, tool, &ForeignIds::tool);
  ForeignConfiguration result;
  for (const ForeignFile& file : kForeignFiles) {
    if (file.tool != tool || files.kind(file.name) != EntryKind::File) continue;
    Result<std::string> bytes = files.read(file.name, kTemplateBytes);
    if (!bytes) return Error{cat(file.name, ' ', bytes.error())};
    const std::string text = as_utf8(std::move(bytes.value()));
    ForeignReading reading(std::string(file.name), text, ids.alias, ids.form, rules, result);
    if (auto error = file.read(text, reading)) return std::move(*error);
    reading.finish();
    result.files += cat(result.files.empty() ? "" : " and ", file.name);
    if (file.alone) break;
  }
  if (!result.files.empty()) return result;
  return Error{
      cat("there is no configuration to translate: ", foreign_names(tool), " was looked for")};
}

}  // namespace fnlint
