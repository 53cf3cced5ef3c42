#include "link/templates/emulator_scripts.h"

#include "core/limits.h"
#include "core/text.h"

#include <re2/re2.h>

#include <algorithm>

namespace fnlint::stacks {

namespace {

// `sam local` is for every day, and its users deploy as they like: it counts only where another
// tool of the project deploys functions, and it stands in a README more often than in a script.
bool is_of_sam(TemplateDialect dialect) {
  return dialect == TemplateDialect::Sam || dialect == TemplateDialect::CloudFormation;
}

}  // namespace

bool EmulatorScripts::has_another_tool() {
  if (!another_) {
    another_ = std::ranges::any_of(build_.stacks.functions, [&](const DeclaredFunction& one) {
      const TemplateDialect dialect = build_.facts(build_.draft(one.resource).text).dialect;
      return dialect != TemplateDialect::HandlerCode && !is_of_sam(dialect);
    });
  }
  return *another_;
}

bool EmulatorScripts::readme_has(const std::string& folder, const RE2& command) const {
  return std::ranges::any_of(build_.files.list(folder), [&](const Entry& entry) {
    if (entry.kind != EntryKind::File || lower(entry.name) != "readme.md") return false;
    const Result<std::string> text = build_.files.read(join_path(folder, entry.name), kSourceBytes);
    return text && RE2::PartialMatch(text.value(), command);
  });
}

bool EmulatorScripts::only_emulate(ResourceId function) {
  static const RE2 kEmulates(R"((?:serverless|sls)\s[^\n;&|"]*\boffline\b)");
  static const RE2 kDeploys(R"((?:serverless|sls|osls)\s[^\n;&|"]*\b(?:deploy|package)\b)"
                            "|serverless/github-action");
  static const RE2 kSamEmulates(R"(\bsam\s+local\s+(?:start-api|start-lambda|invoke)\b)");
  static const RE2 kSamDeploys(
      R"(\bsam\s+(?:deploy|sync|package)\b|setup-sam|)"
      R"(\bcloudformation\s+(?:deploy|package|(?:create|update)-stack)\b)");
  const TextId text = build_.draft(function).text;
  const TemplateDialect dialect = build_.facts(text).dialect;
  const bool sam = is_of_sam(dialect);
  if (!sam && dialect != TemplateDialect::ServerlessFramework) return false;
  const std::string folder(folder_of(build_[text].source->path));
  const auto [row, added] = known_.try_emplace({folder, sam}, false);
  if (!added) return row->second;
  const auto run = [&](const RE2& command) {
    return (sam && readme_has(folder, command)) ||
           std::ranges::any_of(scripts_.near(folder), [&](const Script* script) {
             return RE2::PartialMatch(script->text, command);
           });
  };
  if (!sam) return row->second = run(kEmulates) && !run(kDeploys);
  return row->second =
             build_.files.kind(join_path(folder, "samconfig.toml")) == EntryKind::Missing &&
             has_another_tool() && run(kSamEmulates) && !run(kSamDeploys);
}

}  // namespace fnlint::stacks
