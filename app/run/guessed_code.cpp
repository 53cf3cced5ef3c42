#include "app/run/guessed_code.h"

#include "tables/tables.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace fnlint {

namespace {

// What it is about is seen in the code, whatever template deploys it.
bool rests_on_code_alone(const Finding& finding) {
  constexpr std::array<std::string_view, 4> kCategories{"async", "init", "secrets", "state"};
  const Rule* const rule = find_rule(finding.rule);
  return rule != nullptr && std::ranges::find(kCategories, rule->category) != kCategories.end();
}

// Whether what is known of its configuration is what will run.
bool is_deployed_so(const DeclaredFunction& function) {
  return !function.emulated && !function.by_form;
}

}  // namespace

void demote_in_emulated_templates(const Project& project, Findings& findings) {
  // Functions of several stacks may share a name.
  std::set<std::string_view> emulated, deployed, by_form;
  for (const LambdaFunction& function : project.functions) {
    const DeclaredFunction& declared = project.stacks.functions[function.declared];
    (is_deployed_so(declared) ? deployed : emulated).insert(function.name);
    if (declared.by_form) by_form.insert(function.name);
  }
  // That it is a function at all rests on its form.
  for (Finding& finding : findings)
    if (emulated.contains(finding.function) && !deployed.contains(finding.function) &&
        (by_form.contains(finding.function) || !rests_on_code_alone(finding))) {
      // What is guessed about a template that hardly anybody deploys is no more than possible.
      const bool is_guess_on_guess =
          !by_form.contains(finding.function) && finding.confidence == Confidence::Likely;
      finding.confidence = std::min(finding.confidence,
                                    is_guess_on_guess ? Confidence::Possible : Confidence::Likely);
    }
}

void demote_in_uncalled_modules(const Project& project, Findings& findings) {
  const std::vector<FileId>& files = project.stacks.uncalled_files;
  if (files.empty()) return;
  std::set<std::string_view> uncalled, deployed;  // functions of several stacks may share a name
  for (const LambdaFunction& function : project.functions)
    (project.stacks.functions[function.declared].uncalled ? uncalled : deployed)
        .insert(function.name);
  for (Finding& finding : findings)
    if (std::ranges::binary_search(files, finding.where.file) ||
        (uncalled.contains(finding.function) && !deployed.contains(finding.function)))
      finding.confidence = Confidence::Possible;
}

void demote_in_guessed_code(const Project& project, Findings& findings) {
  std::set<std::string_view> guessed, known;  // functions of several stacks may share a name
  for (const LambdaFunction& function : project.functions) {
    if (function.guessed_code) guessed.insert(function.name);
    if (function.resolved && !function.guessed_code) known.insert(function.name);
  }
  if (guessed.empty()) return;
  std::set<FileId> code;
  for (const ModuleInfo& module : project.modules) code.insert(module.file);
  std::vector<Span> texts;  // of code that stands in a template, which says more than that
  for (const DeclaredFunction& function : project.stacks.functions)
    if (function.code.kind == CodeKind::Inline) {
      texts.push_back(function.code.where);
      code.erase(function.code.inline_file);
    }
  const auto is_in_code = [&](const Span& where) {
    return code.contains(where.file) || std::ranges::any_of(texts, [&](const Span& text) {
             return text.file == where.file && text.range.begin <= where.range.begin &&
                    where.range.begin < text.range.end;
           });
  };
  for (Finding& finding : findings)
    if (guessed.contains(finding.function) && !known.contains(finding.function) &&
        is_in_code(finding.where))
      finding.confidence = std::min(finding.confidence, Confidence::Likely);
}

}  // namespace fnlint
