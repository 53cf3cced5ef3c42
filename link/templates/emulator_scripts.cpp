// Looks in scripts, READMEs and settings for commands that emulate and that deploy.

#include "link/templates/emulator_scripts.h"

#include "core/limits.h"
#include "core/text.h"

#include <re2/re2.h>

#include <algorithm>

namespace fnlint::stacks {

namespace {

bool is_of_sam(TemplateDialect dialect) {
  return dialect == TemplateDialect::Sam || dialect == TemplateDialect::CloudFormation;
}

const RE2& sam_emulates() {
  static const RE2 kCommand(R"(\bsam\s+local\s+(?:start-api|start-lambda|invoke)\b)");
  return kCommand;
}

const RE2& sam_deploys() {
  static const RE2 kCommand(R"(\bsam\s+(?:deploy|sync|package)\b|setup-sam|)"
                            R"(\bcloudformation\s+(?:deploy|package|(?:create|update)-stack)\b)");
  return kCommand;
}

std::vector<std::string> readme_texts(const FileSystem& files, const std::string& folder) {
  std::vector<std::string> texts;
  for (const Entry& entry : files.list(folder)) {
    if (entry.kind != EntryKind::File || lower(entry.name) != "readme.md") continue;
    if (Result<std::string> text = files.read(join_path(folder, entry.name), kSourceBytes); text)
      texts.push_back(std::move(text.value()));
  }
  return texts;
}

}  // namespace

bool EmulatorScripts::readme_has(const std::string& folder, const RE2& command) const {
  return std::ranges::any_of(readme_texts(build_.files, folder), [&](const std::string& text) {
    return RE2::PartialMatch(text, command);
  });
}

// Whether a README of a folder above has the command with the template's own path.
bool EmulatorScripts::names_below(const std::string& path, const RE2& command) const {
  for (std::string at(folder_of(path)); !at.empty();) {
    at = std::string(folder_of(at));
    for (const std::string& text : readme_texts(build_.files, at)) {
      re2::StringPiece rest(text);
      while (RE2::FindAndConsume(&rest, command)) {
        const auto from = static_cast<std::size_t>(rest.data() - text.data());
        if (command_at(text, from).find(path) != std::string_view::npos) return true;
      }
    }
  }
  return false;
}

bool EmulatorScripts::scripts_have(const std::string& folder, const RE2& command) {
  return std::ranges::any_of(scripts_.near(folder), [&](const Script* script) {
    return RE2::PartialMatch(script->text, command);
  });
}

// SAM CLI keeps beside a template, or above it, how it was deployed: where there are more settings
// than for its emulator. Source: AWS SAM Developer Guide, "AWS SAM CLI configuration file".
bool EmulatorScripts::has_settings(const std::string& folder) const {
  static const RE2 kDeployed(
      R"((?m)^\s*\[[^\]\n]*\.(?:global|deploy|sync|package)\b|\bstack_name\b)");
  for (std::string at = folder;; at = std::string(folder_of(at))) {
    const std::string path = join_path(at, "samconfig.toml");
    if (build_.files.kind(path) != EntryKind::Missing) {
      const Result<std::string> text = build_.files.read(path, kSourceBytes);
      if (!text || RE2::PartialMatch(text.value(), kDeployed)) return true;
    }
    if (at.empty()) return false;
  }
}

// Functions of another tool, or of a template of SAM's that is deployed with its own settings, or
// has the function under the same name and is for no emulator.
bool EmulatorScripts::has_another(const std::string& own, ResourceId function) {
  return std::ranges::any_of(build_.stacks.functions, [&](const DeclaredFunction& one) {
    const TextId text = build_.draft(one.resource).text;
    const TemplateDialect dialect = build_.facts(text).dialect;
    if (!is_of_sam(dialect)) return dialect != TemplateDialect::HandlerCode;
    const std::string folder(folder_of(build_[text].source->path));
    if (folder == own) return false;
    const bool is_same = build_.stacks[one.resource].address == build_.stacks[function].address;
    return has_settings(folder) || (is_same && !only_emulate(one.resource));
  });
}

bool EmulatorScripts::stands_for_another(ResourceId function) {
  if (!only_emulate(function)) return false;
  const TextId text = build_.draft(function).text;
  if (!is_of_sam(build_.facts(text).dialect)) return true;
  const std::string folder(folder_of(build_[text].source->path));
  const auto [row, added] = another_.try_emplace(folder, false);
  if (added) row->second = has_another(folder, function);
  return row->second;
}

bool EmulatorScripts::packs_otherwise(ResourceId function) {
  static const RE2 kPacks(R"(\bzip\s+-\w|\baws\s+lambda\s+update-function-code\b)");
  if (!only_emulate(function)) return false;
  const TextId text = build_.draft(function).text;
  return build_.facts(text).dialect == TemplateDialect::ServerlessFramework &&
         scripts_have(std::string(folder_of(build_[text].source->path)), kPacks);
}

bool EmulatorScripts::only_emulate(ResourceId function) {
  static const RE2 kEmulates(R"((?:serverless|sls)\s[^\n;&|"]*\boffline\b)");
  static const RE2 kDeploys(R"((?:serverless|sls|osls)\s[^\n;&|"]*\b(?:deploy|package)\b)"
                            "|serverless/github-action");
  const TextId text = build_.draft(function).text;
  const TemplateDialect dialect = build_.facts(text).dialect;
  const bool sam = is_of_sam(dialect);
  if (!sam && dialect != TemplateDialect::ServerlessFramework) return false;
  const std::string& path = build_[text].source->path;
  const auto [row, added] = known_.try_emplace(path, false);
  if (!added) return row->second;
  const std::string folder(folder_of(path));
  if (!sam) return row->second = scripts_have(folder, kEmulates) && !scripts_have(folder, kDeploys);
  return row->second = (scripts_have(folder, sam_emulates()) ||
                        readme_has(folder, sam_emulates()) || names_below(path, sam_emulates())) &&
                       !has_settings(folder) && !scripts_have(folder, sam_deploys()) &&
                       !readme_has(folder, sam_deploys());
}

}  // namespace fnlint::stacks
