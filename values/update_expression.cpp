// Splits an update expression into its clauses and these into their actions, without evaluating any
// operand.

#include "values/update_expression.h"

#include "core/text.h"

#include <algorithm>
#include <string>
#include <utility>

namespace fnlint {

namespace {

// Parts between commas that stand in no parentheses.
std::vector<std::string_view> items_of(std::string_view text) {
  std::vector<std::string_view> items;
  std::size_t from = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ',';
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c != ',' || (depth > 0 && i < text.size())) continue;
    if (const auto item = trim(text.substr(from, i - from)); !item.empty()) items.push_back(item);
    from = i + 1;
  }
  return items;
}

struct Clause {
  std::string_view name = {}, text = {};
};
// "SET a = :a REMOVE b" by its keywords.
std::vector<Clause> clauses_of(std::string_view expression) {
  constexpr std::string_view kNames[] = {"set", "remove", "add", "delete"};
  const std::string lowered = lower(expression);
  std::vector<std::pair<std::size_t, std::string_view>> starts;
  for (std::size_t i = 0; i < lowered.size(); ++i) {
    if (i > 0 && is_expression_word(lowered[i - 1])) continue;
    for (const std::string_view name : kNames) {
      const std::size_t end = i + name.size();
      const bool here = std::string_view(lowered).substr(i).starts_with(name) &&
                        end < lowered.size() && !is_expression_word(lowered[end]);
      if (here) starts.emplace_back(i, name);
    }
  }
  std::vector<Clause> clauses;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::size_t from = starts[i].first + starts[i].second.size();
    const std::size_t to = i + 1 < starts.size() ? starts[i + 1].first : expression.size();
    clauses.push_back({starts[i].second, expression.substr(from, to - from)});
  }
  return clauses;
}

// "a = :v"
void add_field(std::string_view item, UpdateExpression& update) {
  const std::size_t equals = item.find('=');
  if (equals == item.npos)
    update.understood = false;
  else
    update.fields.push_back({trim(item.substr(0, equals)), trim(item.substr(equals + 1))});
}

}  // namespace

UpdateExpression update_expression(std::string_view text) {
  UpdateExpression update;
  const std::vector<Clause> clauses = clauses_of(text);
  update.understood = !clauses.empty();
  for (const Clause& clause : clauses)
    for (const std::string_view item : items_of(clause.text))
      if (clause.name == "set")
        add_field(item, update);
      else if (clause.name == "add")
        update.added.push_back(item.substr(0, item.find_first_of(" \t\r\n")));
      else if (clause.name == "remove")
        update.removed.push_back(item);
      else
        update.taken_from.push_back(item.substr(0, item.find_first_of(" \t\r\n")));
  return update;
}

bool is_expression_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '#' || c == ':' || c == '.';
}

bool is_placeholder(std::string_view text) {
  return text.size() > 1 && text.starts_with(':') && std::ranges::all_of(text, is_expression_word);
}

}  // namespace fnlint
