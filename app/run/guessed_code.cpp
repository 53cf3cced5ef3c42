// Lowers the confidence of findings whose code or template may not be what is deployed.

#include "app/run/guessed_code.h"

#include "tables/tables.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// Of rules about what is seen in the code, whatever template deploys it.
constexpr std::array<std::string_view, 4> kOfCode{"async", "init", "secrets", "state"};
// ... about how code and template fit, which rest on both wherever they are told.
constexpr std::array<std::string_view, 5> kOfBoth{"async", "event", "idempotency", "loop", "state"};

bool is_in(const Finding& finding, std::span<const std::string_view> categories) {
  const Rule* const rule = find_rule(finding.rule);
  return rule != nullptr && std::ranges::find(categories, rule->category) != categories.end();
}

// Whether what is known of its configuration is what will run.
bool is_deployed_so(const DeclaredFunction& function) {
  return !function.emulated && !function.by_form;
}

// Functions whose template is for an emulator alone, and what only they have.
class Emulated {
 public:
  explicit Emulated(const Project& project) : functions_(project.stacks.functions) {
    for (const LambdaFunction& function : project.functions) {
      const DeclaredFunction& declared = project.stacks.functions[function.declared];
      (is_deployed_so(declared) ? deployed_ : emulated_).insert(function.name);
      if (declared.by_form) by_form_.insert(function.name);
      if (declared.packed_otherwise) packed_.insert(function.name);
    }
    if (!emulated_.empty()) add_files(project);
  }
  // Functions of several stacks may share a name.
  [[nodiscard]] bool has(const Finding& finding) const {
    if (finding.declared < functions_.size()) return !is_deployed_so(functions_[finding.declared]);
    const auto is_there = [&](const PlacedText& step) { return files_.contains(step.where.file); };
    return emulated_.contains(finding.function) &&
           (!deployed_.contains(finding.function) || files_.contains(finding.where.file) ||
            std::ranges::any_of(finding.flow, is_there) ||
            std::ranges::any_of(finding.related, is_there));
  }
  [[nodiscard]] bool is_by_form(const Finding& finding) const {
    if (finding.declared < functions_.size()) return functions_[finding.declared].by_form;
    return by_form_.contains(finding.function);
  }
  // What deploys it is known to be something else, or it stands in a template that nobody deploys,
  // and the finding is about how that is done. The runtime is mostly the same.
  [[nodiscard]] bool is_of_deployment(const Finding& finding) const {
    constexpr std::array<std::string_view, 3> kStand{"handler", "reliability", "runtime"};
    const Rule* const rule = find_rule(finding.rule);
    const bool is_packed = finding.declared < functions_.size()
                               ? functions_[finding.declared].packed_otherwise
                               : packed_.contains(finding.function);
    return (is_packed || templates_.contains(finding.where.file)) && rule != nullptr &&
           std::ranges::find(kStand, rule->category) == kStand.end();
  }
  // That it is a function at all rests on its form. Code that nothing else loads runs there alone.
  [[nodiscard]] bool rests_on_template(const Finding& finding) const {
    return is_by_form(finding) || !is_in(finding, kOfCode) || files_.contains(finding.where.file);
  }

 private:
  // Templates, and the handlers' files, where all those of the others are known.
  void add_files(const Project& project) {
    std::set<FileId> here, others, handlers;
    bool known = true;
    for (const LambdaFunction& function : project.functions) {
      const bool emulated = project.stacks.functions[function.declared].emulated;
      (emulated ? here : others).insert(project.stacks[function.resource].where.file);
      if (function.resolved)
        (emulated ? handlers : others).insert(project.modules[function.handler.module.index].file);
      known = known && (emulated || function.resolved);
    }
    std::ranges::set_difference(here, others, std::inserter(templates_, templates_.end()));
    if (known) here.merge(handlers);
    if (!others.empty())
      std::ranges::set_difference(here, others, std::inserter(files_, files_.end()));
  }

  std::span<const DeclaredFunction> functions_;
  std::set<std::string_view> emulated_ = {}, deployed_ = {}, by_form_ = {}, packed_ = {};
  std::set<FileId> files_ = {}, templates_ = {};
};

}  // namespace

void demote_in_emulated_templates(const Project& project, Findings& findings) {
  const Emulated emulated(project);
  for (Finding& finding : findings)
    if (emulated.has(finding) && emulated.rests_on_template(finding)) {
      // What is guessed about a template that hardly anybody deploys is no more than possible.
      const bool is_guess_on_guess =
          !emulated.is_by_form(finding) && finding.confidence == Confidence::Likely;
      const bool is_possible = is_guess_on_guess || emulated.is_of_deployment(finding);
      finding.confidence =
          std::min(finding.confidence, is_possible ? Confidence::Possible : Confidence::Likely);
    }
}

namespace {

// Of rules that speak from what the function's template does not have.
constexpr std::array<std::string_view, 4> kOfLack{"config", "limits", "network", "role"};

std::uint16_t tool_of(const Project& project, const LambdaFunction& function) {
  return project.stacks.scopes[project.stacks[function.resource].scope].dialect;
}

// By a function's row, the rows of other tools' functions that have the same handler.
using OtherTools = std::map<std::uint32_t, std::vector<std::uint32_t>>;

OtherTools described_otherwise(const Project& project) {
  std::map<std::pair<FileId, FunctionId>, std::vector<const LambdaFunction*>> by_handler;
  for (const LambdaFunction& function : project.functions)
    if (function.resolved && !project.stacks.functions[function.declared].by_form)
      by_handler[{project.modules[function.handler.module.index].file, function.handler.function}]
          .push_back(&function);
  OtherTools others;
  for (const auto& [handler, functions] : by_handler)
    for (const LambdaFunction* one : functions)
      for (const LambdaFunction* other : functions)
        if (tool_of(project, *one) != tool_of(project, *other))
          others[one->declared].push_back(other->declared);
  return others;
}

}  // namespace

void demote_where_another_tool_deploys(const Project& project, Findings& findings) {
  const OtherTools others = described_otherwise(project);
  if (others.empty()) return;
  std::set<std::tuple<std::string_view, Span, std::uint32_t>> told;
  for (const Finding& finding : findings)
    told.insert({finding.rule, finding.where, finding.declared});
  std::set<FileId> code;
  for (const ModuleInfo& module : project.modules) code.insert(module.file);
  for (Finding& finding : findings) {
    const auto found = others.find(finding.declared);
    if (found == others.end() || !is_in(finding, kOfLack) || !code.contains(finding.where.file))
      continue;
    const bool is_of_all = std::ranges::all_of(found->second, [&](std::uint32_t other) {
      return told.contains({finding.rule, finding.where, other});
    });
    if (!is_of_all) finding.confidence = Confidence::Possible;
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
    if (!function.guesses.empty()) guessed.insert(function.name);
    if (function.resolved && function.guesses.empty()) known.insert(function.name);
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
        (is_in(finding, kOfBoth) || is_in_code(finding.where)))
      finding.confidence = std::min(finding.confidence, Confidence::Likely);
}

}  // namespace fnlint
