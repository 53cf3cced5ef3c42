// Positions of one text in another: `indexOf` and its kin become tests of containment or prefix
// where code only compares the result with 0 or -1.

#include "values/functions.h"
#include "values/utf8.h"

namespace fnlint {
namespace {

// The text and the part that a value is the position of.
std::optional<std::pair<ValueId, ValueId>> position_of(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Computed)) return std::nullopt;
  if (pool.opcode(value) != Opcode::IndexOf && pool.opcode(value) != Opcode::LastIndexOf)
    return std::nullopt;
  const auto operands = pool.operands(value);
  if (operands.size() != 2) return std::nullopt;
  return std::pair{operands[0], operands[1]};
}

ValueId is_found(ValuePool& pool, const std::pair<ValueId, ValueId>& asked, bool found) {
  const ValueId holds = call(pool, Opcode::Contains, {asked.first, asked.second});
  return found ? holds : call(pool, Opcode::Not, {holds});
}

}  // namespace

namespace {

ValueId known_position(ValuePool& pool, Operands operands, bool last) {
  if (truth(pool, call(pool, Opcode::Contains, {operands[0], operands[1]})) == Answer::No)
    return pool.number(-1);
  const auto text = known_text(pool, operands[0]), part = known_text(pool, operands[1]);
  if (!text || !part || part->empty() || !is_ascii(*text)) return {};
  const std::size_t at = last ? text->rfind(*part) : text->find(*part);
  return pool.number(static_cast<std::int64_t>(at));
}

}  // namespace

ValueId compute_index_of(ValuePool& pool, Operands operands) {
  return known_position(pool, operands, false);
}
ValueId compute_last_index_of(ValuePool& pool, Operands operands) {
  return known_position(pool, operands, true);
}

bool is_last_position(const ValuePool& pool, ValueId value, ValueId text, std::string_view part) {
  if (pool.opcode(value) != Opcode::LastIndexOf) return false;
  const auto operands = pool.operands(value);
  return operands.size() == 2 && operands[0] == text && as_text(pool, operands[1]) == part;
}

bool is_after_last(const ValuePool& pool, ValueId value, ValueId text, std::string_view part) {
  if (pool.opcode(value) != Opcode::Add) return false;
  const auto operands = pool.operands(value);
  if (operands.size() != 2) return false;
  const auto is_one = [&](ValueId id) {
    return pool.is(id, ValueKind::Number) && as_integer(pool, id) == 1;
  };
  return (is_last_position(pool, operands[0], text, part) && is_one(operands[1])) ||
         (is_last_position(pool, operands[1], text, part) && is_one(operands[0]));
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
    const ValueId starts = call(pool, Opcode::StartsWith, {asked->first, asked->second});
    return test == "equal" ? starts : call(pool, Opcode::Not, {starts});
  }
  // left: position < 0, position <= -1; right: -1 < position, 0 <= position
  const bool or_equal = test == "less_equal";
  if (equality || *bound != (left.has_value() == or_equal ? -1 : 0)) return {};
  return is_found(pool, *asked, right.has_value());
}

}  // namespace fnlint
