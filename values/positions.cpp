#include "values/functions.h"
#include "values/utf8.h"

namespace fnlint {
namespace {

// The text and the part that a value is the position of.
std::optional<std::pair<ValueId, ValueId>> position_of(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Computed) || pool.text(value) != "index_of") return std::nullopt;
  const auto operands = pool.operands(value);
  if (operands.size() != 2) return std::nullopt;
  return std::pair{operands[0], operands[1]};
}

ValueId is_found(ValuePool& pool, const std::pair<ValueId, ValueId>& asked, bool found) {
  const ValueId holds = call(pool, "contains", {asked.first, asked.second});
  return found ? holds : call(pool, "not", {holds});
}

}  // namespace

// The first and the last position share this name: known where they are one.
ValueId compute_index_of(ValuePool& pool, Operands operands) {
  if (truth(pool, call(pool, "contains", {operands[0], operands[1]})) == Answer::No)
    return pool.number(-1);
  const auto text = known_text(pool, operands[0]), part = known_text(pool, operands[1]);
  if (!text || !part || part->empty() || !is_ascii(*text)) return {};
  const std::size_t at = text->find(*part);
  return at == text->rfind(*part) ? pool.number(static_cast<std::int64_t>(at)) : ValueId{};
}

// `s.indexOf(p) >= 0` asks whether the text contains it, `=== 0` whether it begins with it.
ValueId position_test(ValuePool& pool, std::string_view test, ValueId a, ValueId b) {
  const auto left = position_of(pool, a), right = position_of(pool, b);
  const bool number_left = pool.is(a, ValueKind::Number);
  const auto bound = as_integer(pool, number_left ? a : b);
  const auto asked = left ? left : right;
  if (!asked || (left && right) || !bound || pool.is(number_left ? a : b, ValueKind::Text))
    return {};
  const bool equality = test == "equal" || test == "not_equal";
  if (equality && *bound == -1) return is_found(pool, *asked, test == "not_equal");
  if (equality && *bound == 0) {
    const ValueId starts = call(pool, "starts_with", {asked->first, asked->second});
    return test == "equal" ? starts : call(pool, "not", {starts});
  }
  // left: position < 0, position <= -1; right: -1 < position, 0 <= position
  const bool or_equal = test == "less_equal";
  if (equality || *bound != (left.has_value() == or_equal ? -1 : 0)) return {};
  return is_found(pool, *asked, right.has_value());
}

}  // namespace fnlint
