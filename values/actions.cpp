// Matches IAM's patterns of actions, wildcards and letter case included, against single actions and
// against the tables' lists of them.

#include "values/actions.h"

#include "core/glob.h"

#include <algorithm>

namespace fnlint {

Answer action_matches(const ValuePool& pool, ValueId named, std::string_view action) {
  const std::optional<std::string_view> text = as_text(pool, named);
  if (!text) return Answer::Unknown;
  return matches_ignoring_case(*text, action) ? Answer::Yes : Answer::No;
}

bool lists_action(std::string_view names, std::string_view pattern) {
  const bool is_plain = pattern.find_first_of("*?") == pattern.npos;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    const bool may_match = !is_plain || pattern.size() == end;
    if (may_match && matches_ignoring_case(pattern, names.substr(0, end))) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

}  // namespace fnlint
