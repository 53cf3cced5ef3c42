// Looks for function names in command lines, SDK calls and workflow actions that update
// configuration or code.

#include "link/templates/variable_scripts.h"

#include "core/text.h"
#include "link/stacks/arn.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <span>

namespace fnlint::stacks {

namespace {

constexpr std::size_t kCall = 1500;  // bytes in which a call's arguments stand

// An expression of a workflow has blanks in it: "app-${{ env.STAGE }}-orders".
std::string_view first_word(std::string_view text) {
  std::size_t at = 0, end = 0;
  for (;;) {
    end = text.find_first_of(" \t\n\\\"',)", at);
    const std::size_t opened = text.find("${{", at);
    const std::size_t closed = opened < end ? text.find("}}", opened) : text.npos;
    if (closed == text.npos) return text.substr(0, end);
    at = closed + 2;
  }
}

// What is called; empty: it is only known when the script runs. "}-orders": how its name ends,
// where that tells one from others.
std::string_view name_in(const Script& script, std::string_view call, std::string_view option) {
  const std::size_t found = call.find(option);
  if (found == call.npos) return {};
  std::string_view rest = call.substr(found + option.size());
  rest.remove_prefix(std::min(rest.find_first_not_of("=:, \t\\\n"), rest.size()));
  // Behind an option that is a text itself stands the end of that.
  if (option.starts_with("--") && !rest.empty() && (rest[0] == '"' || rest[0] == '\'') &&
      rest.substr(1).starts_with(",")) {
    rest.remove_prefix(2);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n"), rest.size()));
  }
  const bool is_quoted = !rest.empty() && (rest[0] == '"' || rest[0] == '\'');
  if (script.program && !is_quoted && !option.starts_with("--")) return {};
  if (is_quoted) rest.remove_prefix(1);
  const std::string_view word = first_word(rest);
  if (is_literal(word)) return word;
  if (const std::string_view known = assigned(script.text, word); !known.empty()) return known;
  constexpr std::size_t kTelling = 5;
  const std::size_t end = word.rfind('}');
  return end != word.npos && word.size() - end > kTelling ? word.substr(end) : std::string_view();
}

void add_names(const Script& script, known::Rows<3> setters, std::set<std::string>& names) {
  const std::string_view text = script.text;
  for (const auto& [begin, given, function] : setters)
    for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin, at + 1)) {
      std::string_view call = text.substr(at, kCall);
      call = call.substr(0, call.find(begin, begin.size()));  // the next one's are its own
      if (call.find(given) != call.npos) names.emplace(name_in(script, call, function));
    }
}

}  // namespace

const VariableScripts::Named& VariableScripts::named_near(const std::string& folder) {
  const auto [row, added] = near_.try_emplace(folder);
  if (added)
    for (const Script* const script : scripts_.near(folder)) {
      add_names(*script, known::variable_setters(), row->second.variables);
      add_names(*script, known::code_setters(), row->second.code);
    }
  return row->second;
}

bool VariableScripts::names(const std::set<std::string>& names, ResourceId function) const {
  if (names.empty()) return false;
  const TemplateDialect dialect = build_.facts(build_.draft(function).text).dialect;
  const bool made_up =
      build_.pool.is(build_.resource(function).physical_name, ValueKind::Absent) &&
      (dialect == TemplateDialect::Sam || dialect == TemplateDialect::CloudFormation);
  return may_name(build_, names, function, made_up);
}

bool VariableScripts::may_set(ResourceId function) {
  return names(named_near(folder_of_template(function)).variables, function);
}

bool VariableScripts::may_update_code(ResourceId function) {
  const std::set<std::string>& all = named_near(folder_of_template(function)).code;
  return all.contains("") || names(all, function);
}

// Whether that is known: what puts code into any function says nothing of this one.
bool VariableScripts::may_replace_code(ResourceId function) {
  std::set<std::string> known = named_near(folder_of_template(function)).code;
  known.erase("");
  return names(known, function);
}

std::string VariableScripts::folder_of_template(ResourceId function) const {
  return std::string(folder_of(build_[build_.draft(function).text].source->path));
}

}  // namespace fnlint::stacks
