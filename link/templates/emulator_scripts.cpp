#include "link/templates/emulator_scripts.h"

#include "core/text.h"

#include <re2/re2.h>

#include <algorithm>

namespace fnlint::stacks {

bool EmulatorScripts::only_emulate(ResourceId function) {
  static const RE2 kEmulates(R"((?:serverless|sls)\s[^\n;&|"]*\boffline\b)");
  static const RE2 kDeploys(R"((?:serverless|sls|osls)\s[^\n;&|"]*\b(?:deploy|package)\b)"
                            "|serverless/github-action");
  const TextId text = build_.draft(function).text;
  if (build_.facts(text).dialect != TemplateDialect::ServerlessFramework) return false;
  const std::string folder(folder_of(build_[text].source->path));
  const auto [row, added] = known_.try_emplace(folder, false);
  if (!added) return row->second;
  const auto run = [&](const RE2& command) {
    return std::ranges::any_of(scripts_.near(folder), [&](const Script* script) {
      return RE2::PartialMatch(script->text, command);
    });
  };
  return row->second = run(kEmulates) && !run(kDeploys);
}

}  // namespace fnlint::stacks
