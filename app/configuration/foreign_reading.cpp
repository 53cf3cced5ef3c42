// Translates rule ids and patterns of another linter by the aliases of our rules, and remembers
// what has no counterpart.

#include "app/configuration/foreign_reading.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

Error ForeignReading::error(Range where, std::string_view message) const {
  const Place place = lines_.place(where.begin);
  return Error{cat(path_, ':', place.line, ':', place.column, ": ", message)};
}

std::optional<Error> ForeignReading::broken(const Document& document) const {
  if (!document.complete) {
    const Problem problem = document.problems.empty() ? Problem{} : document.problems.back();
    return error(problem.where, problem.message.empty() ? "cannot be read" : problem.message);
  }
  if (!document.roots.empty() && document[document.roots[0]].kind != NodeKind::Map &&
      document[document.roots[0]].kind != NodeKind::Null)
    return error(document[document.roots[0]].range, "the configuration must be a map of keys");
  return {};
}

std::string ForeignReading::at(Range where) const {
  return cat(path_, ':', lines_.place(where.begin).line);
}

// A rule that several ids name is told once, with all of them.
void ForeignReading::add(std::vector<ForeignLine>& to, std::string_view key,
                         const std::vector<ForeignText>& ids) {
  std::string uncovered;
  Range first = {};
  for (const ForeignText& id : ids) {
    const std::vector<std::string> covering = rules_of(tool_, form_, {&id.text, 1}, rules_);
    for (const std::string& rule : covering) {
      const auto known = std::ranges::find(to, rule, &ForeignLine::text);
      if (known == to.end())
        to.push_back({rule, cat(at(id.where), ' ', id.text)});
      else
        known->from += cat(", ", id.text);
    }
    if (!covering.empty()) continue;
    if (uncovered.empty()) first = id.where;
    uncovered += cat(uncovered.empty() ? "" : ", ", id.text);
  }
  if (!uncovered.empty()) without(first, cat(key, ' ', uncovered, ": no rule covers it"));
}

void ForeignReading::ignore(std::string_view key, const std::vector<ForeignText>& ids) {
  add(result_.ignore, key, ids);
}

void ForeignReading::ignore_in(const std::string& glob, const std::vector<ForeignText>& ids) {
  using Row = std::pair<std::string, std::vector<ForeignLine>>;
  std::vector<ForeignLine> lines;
  const auto known = std::ranges::find(result_.per_path, glob, &Row::first);
  if (known != result_.per_path.end()) lines = std::move(known->second);
  add(lines, cat("in ", glob), ids);
  if (known != result_.per_path.end())
    known->second = std::move(lines);
  else if (!lines.empty())
    result_.per_path.emplace_back(glob, std::move(lines));
}

// What the profile default has is checked without being named.
void ForeignReading::select(std::string_view key, const std::vector<ForeignText>& ids) {
  add(result_.select, key, ids);
  std::erase_if(result_.select, [this](const ForeignLine& line) {
    const auto rule = std::ranges::find(rules_, line.text, &Rule::id);
    return rule != rules_.end() && rule->profile == Profile::Default;
  });
}

void ForeignReading::exclude(const ForeignText& glob) {
  result_.exclude.push_back({glob.text, at(glob.where)});
}

void ForeignReading::without(Range where, std::string_view what) {
  result_.without.push_back(cat(at(where), ' ', what));
}

void ForeignReading::own_setting(std::string_view key) {
  own_ += cat(own_.empty() ? "" : ", ", key);
}

void ForeignReading::finish() {
  if (!own_.empty()) result_.without.push_back(cat(path_, ' ', own_, ": concerns only that tool"));
  own_.clear();
}

std::vector<ForeignText> foreign_texts(const Document& document, NodeId node) {
  std::vector<ForeignText> texts;
  if (!node.exists()) return texts;
  const auto take = [&texts](const Node& item) {
    if (item.kind == NodeKind::Map || item.kind == NodeKind::List || item.kind == NodeKind::Null)
      return;
    for (const std::string_view part : split(item.text, ','))
      if (!trim(part).empty()) texts.push_back({std::string(trim(part)), item.range});
  };
  take(document[node]);
  for (const NodeId item : document.items_of(document[node])) take(document[item]);
  return texts;
}

}  // namespace fnlint
