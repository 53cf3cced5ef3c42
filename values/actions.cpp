#include "values/actions.h"

#include "core/text.h"
#include "values/question.h"

namespace fnlint {

Answer action_matches(const ValuePool& pool, ValueId named, std::string_view action) {
  const std::optional<std::string_view> text = as_text(pool, named);
  if (!text) return Answer::Unknown;
  const std::string name = lower(action);
  const Piece piece{name, {}, false};
  return matches(std::span(&piece, 1), lower(*text));
}

}  // namespace fnlint
