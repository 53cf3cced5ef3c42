// Recognises the usual tests for success of an HTTP response: flags, status codes, and ranges of
// them.

#include "values/good_answer.h"

#include "core/text.h"
#include "values/compute.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 5> kCodes{"status_code", "statuscode", "status",
                                                 "httpstatuscode", "http_status_code"};
constexpr std::array<std::string_view, 5> kWell{"ok", "is_success", "issuccessful",
                                                "issuccessstatuscode", "is_ok"};

// The last name of what was read of an answer, in small letters.
std::string last_name(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  if (pool.opcode(value) == Opcode::Member) return lower(pool.text(pool.operands(value)[1]));
  const bool is_given = row.kind == ValueKind::Object ||
                        (row.kind == ValueKind::Hole && row.origin == Origin::CallResult);
  if (!is_given) return {};
  std::string_view path = pool.text(value);
  if (path.ends_with("()")) path.remove_suffix(2);
  const std::size_t dot = path.rfind('.');
  return dot == path.npos ? std::string() : lower(path.substr(dot + 1));
}

bool is_code(const ValuePool& pool, ValueId value) {
  return std::ranges::find(kCodes, last_name(pool, value)) != kCodes.end();
}

bool says_well(const ValuePool& pool, ValueId value) {
  return std::ranges::find(kWell, last_name(pool, value)) != kWell.end();
}

bool is_number_between(const ValuePool& pool, ValueId value, std::int64_t from, std::int64_t to) {
  const auto number = as_integer(pool, value);
  return number && *number >= from && *number <= to;
}

}  // namespace

bool is_good_answer(const ValuePool& pool, const Fact& fact) {
  if (fact.holds && says_well(pool, fact.test)) return true;
  if (!pool.is(fact.test, ValueKind::Computed)) return false;
  const Opcode opcode = pool.opcode(fact.test);
  const auto operands = pool.operands(fact.test);
  if (opcode == Opcode::Truthy) return fact.holds && says_well(pool, operands[0]);
  if (opcode == Opcode::Not) return is_good_answer(pool, {operands[0], !fact.holds});
  if (opcode == Opcode::Less)  // status < 300, and not (399 < status)
    return fact.holds
               ? is_number_between(pool, operands[1], 300, 400) && is_code(pool, operands[0])
               : is_number_between(pool, operands[0], 299, 399) && is_code(pool, operands[1]);
  if (opcode != Opcode::Equal && opcode != Opcode::NotEqual) return false;
  if ((opcode == Opcode::Equal) != fact.holds) return false;
  for (const std::size_t side : {0U, 1U})
    if (is_number_between(pool, operands[side], 200, 299) && is_code(pool, operands[1 - side]))
      return true;
  return false;
}

}  // namespace fnlint
