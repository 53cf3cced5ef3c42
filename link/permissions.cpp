#include "link/permissions.h"

#include "core/text.h"
#include "link/names.h"
#include "values/actions.h"

#include <algorithm>

namespace fnlint {

namespace {

// What stands before the "*" or ":*" at the end of a text; no id where there is none.
ValueId before_star(ValuePool& pool, ValueId value) {
  std::vector<ValueId> parts{value};
  if (pool.is(value, ValueKind::Pattern))
    parts.assign(pool.operands(value).begin(), pool.operands(value).end());
  const auto last = as_text(pool, parts.back());
  if (!last || !last->ends_with('*')) return {};
  std::string_view begun = last->substr(0, last->size() - 1);
  if (begun.ends_with(':')) begun.remove_suffix(1);
  parts.back() = pool.text_value(std::string(begun));
  return pool.concat(parts);
}

// "<arn>/*" and "<arn>" speak of the bucket's objects and of the bucket.
Answer covers(ValuePool& pool, const Stacks& stacks, ValueId value, ResourceId resource) {
  const std::optional<std::string_view> text = as_text(pool, value);
  if (text && (*text == "*" || *text == "arn:aws:s3:::*" || *text == "arn:aws:s3:::*/*"))
    return Answer::Yes;
  bool names_it = false, known = true;
  for_each_below(pool, value, [&](ValueId id) {
    const Value& row = pool[id];
    if (row.kind == ValueKind::Reference) names_it = names_it || row.ref == resource.index;
    if (row.kind == ValueKind::Unknown ||
        (row.kind == ValueKind::Hole && row.origin != Origin::Pseudo))
      known = false;
  });
  if (names_it) return Answer::Yes;
  ValueId bare = value;
  if (text) {
    const std::size_t slash = text->find('/');
    if (slash != std::string_view::npos)
      bare = pool.text_value(std::string(text->substr(0, slash)));
  } else if (pool[value].kind == ValueKind::Pattern) {
    std::vector<ValueId> parts;
    for (const ValueId part : pool.operands(value)) {
      const std::optional<std::string_view> piece = as_text(pool, part);
      const std::size_t slash = piece ? piece->find('/') : std::string_view::npos;
      if (slash == std::string_view::npos) {
        parts.push_back(part);
        continue;
      }
      parts.push_back(pool.text_value(std::string(piece->substr(0, slash))));
      break;
    }
    bare = pool.concat(parts);
  }
  for (const Match& match : find_resource(pool, stacks, bare, stacks[resource].kind))
    if (match.resource == resource) return Answer::Yes;
  const ValueId begun = before_star(pool, bare);
  if (begun.exists()) {  // "...:function:resize*": whatever begins so, the name itself among it
    for (const Match& match : find_resource(pool, stacks, begun, stacks[resource].kind))
      if (match.resource == resource) return Answer::Yes;
    return Answer::Unknown;
  }
  return known ? Answer::No : Answer::Unknown;
}

Answer both(Answer a, Answer b) {
  if (a == Answer::No || b == Answer::No) return Answer::No;
  return a == Answer::Yes && b == Answer::Yes ? Answer::Yes : Answer::Unknown;
}

}  // namespace

Answer role_allows(ValuePool& pool, const Stacks& stacks, const DeclaredFunction& function,
                   std::string_view action, ResourceId resource) {
  if (!function.role.exists() || function.default_role) return Answer::Unknown;
  Answer answer = function.role_complete ? Answer::No : Answer::Unknown;
  for (const Statement& statement : stacks.statements) {
    if (statement.role != function.role || !statement.allows) continue;
    if (statement.inverted) {
      answer = answer == Answer::No ? Answer::Unknown : answer;
      continue;
    }
    Answer action_answer = Answer::No, resource_answer = Answer::No;
    for (std::uint32_t i = 0; i < statement.actions.count; ++i) {
      const Answer one =
          action_matches(pool, stacks.statement_values[statement.actions.first + i], action);
      if (one == Answer::Yes || action_answer == Answer::No) action_answer = one;
    }
    if (action_answer == Answer::No) continue;
    for (std::uint32_t i = 0; i < statement.resources.count; ++i) {
      const Answer one =
          covers(pool, stacks, stacks.statement_values[statement.resources.first + i], resource);
      if (one == Answer::Yes || resource_answer == Answer::No) resource_answer = one;
    }
    const Answer allowed = both(action_answer, resource_answer);
    if (allowed == Answer::Yes) return Answer::Yes;
    if (allowed == Answer::Unknown) answer = Answer::Unknown;
  }
  return answer;
}

std::vector<std::string> missing_actions(ValuePool& pool, const Stacks& stacks,
                                         const DeclaredFunction& function,
                                         const Operation& operation, ResourceId target) {
  std::vector<std::string> missing;
  for (const std::string_view actions : operation.actions) {
    const std::vector<std::string_view> alternatives = split(actions, '|');
    const bool none = std::ranges::all_of(alternatives, [&](std::string_view action) {
      return role_allows(pool, stacks, function, action, target) == Answer::No;
    });
    if (none) missing.emplace_back(alternatives.front());
  }
  return missing;
}

}  // namespace fnlint
