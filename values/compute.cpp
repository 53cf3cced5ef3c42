// Literals as C++ values: integers, texts, and the known beginning of a text that is not known
// whole.

#include "values/compute.h"

#include "core/text.h"
#include "values/number_text.h"

namespace fnlint {

std::optional<std::int64_t> as_integer(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  if (row.kind == ValueKind::Number) return integer_of(pool[row.text]);
  if (row.kind == ValueKind::Text) return integer_of(pool[row.text]);
  return std::nullopt;
}

std::string_view literal_beginning(const ValuePool& pool, ValueId value) {
  if (value.exists() && pool.is(value, ValueKind::Pattern) && !pool.operands(value).empty())
    value = pool.operands(value).front();
  return value.exists() && pool.is(value, ValueKind::Text) ? pool.text(value) : std::string_view();
}

bool begins_with(const ValuePool& pool, ValueId value, std::string_view beginning) {
  const std::string text = lower(trim(literal_beginning(pool, value)));
  return text.starts_with(lower(beginning));
}

std::optional<std::string_view> as_text(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  const bool literal =
      row.kind == ValueKind::Text || row.kind == ValueKind::Number || row.kind == ValueKind::Bool;
  return literal ? std::optional(pool[row.text]) : std::nullopt;
}

}  // namespace fnlint
