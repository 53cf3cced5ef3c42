#include "app/guessed_code.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace fnlint {

void demote_in_guessed_code(const Project& project, Findings& findings) {
  std::set<std::string_view> guessed, known;  // functions of several stacks may share a name
  for (const LambdaFunction& function : project.functions) {
    if (function.guessed_code) guessed.insert(function.name);
    if (function.resolved && !function.guessed_code) known.insert(function.name);
  }
  if (guessed.empty()) return;
  std::set<FileId> code;
  for (const ModuleInfo& module : project.modules) code.insert(module.file);
  for (Finding& finding : findings)
    if (guessed.contains(finding.function) && !known.contains(finding.function) &&
        code.contains(finding.where.file))
      finding.confidence = std::min(finding.confidence, Confidence::Likely);
}

}  // namespace fnlint
