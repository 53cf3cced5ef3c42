#include "values/actions.h"

#include "core/glob.h"

namespace fnlint {

Answer action_matches(const ValuePool& pool, ValueId named, std::string_view action) {
  const std::optional<std::string_view> text = as_text(pool, named);
  if (!text) return Answer::Unknown;
  return matches_ignoring_case(*text, action) ? Answer::Yes : Answer::No;
}

}  // namespace fnlint
