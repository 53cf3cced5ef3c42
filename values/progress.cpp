// Compares a test in two consecutive rounds: a number that moves towards a fixed bound by a
// constant step will end the loop.

#include "values/progress.h"

#include "values/functions.h"
#include "values/where.h"

#include <algorithm>
#include <utility>

namespace fnlint {
namespace {

// What a test asks whether it is there, and with which outcome it is: `n ? ... : ...`, `n == null`.
std::pair<ValueId, bool> asked_for(const ValuePool& pool, ValueId test) {
  bool yes = true;
  while (pool.opcode(test) == Opcode::Not) {
    test = pool.operands(test)[0];
    yes = !yes;
  }
  const Opcode opcode = pool.opcode(test);
  if (opcode == Opcode::Truthy) return {pool.operands(test)[0], yes};
  if (opcode != Opcode::Equal && opcode != Opcode::NotEqual) return {test, yes};
  const auto sides = pool.operands(test);
  const bool by_left = pool.is(sides[0], ValueKind::Null);
  if (!by_left && !pool.is(sides[1], ValueKind::Null)) return {};
  return {sides[by_left ? 1 : 0], (opcode == Opcode::NotEqual) == yes};
}

// `n ? n + 1 : 1`: where it is there, the number that is made of it; no id: it is no such choice.
ValueId counted_on(const ValuePool& pool, ValueId choice) {
  if (pool.opcode(choice) != Opcode::Chosen || pool.operands(choice).size() != 3) return {};
  const auto [asked, there] = asked_for(pool, pool.operands(choice)[0]);
  if (!asked.exists()) return {};
  const ValueId counted = pool.operands(choice)[there ? 1 : 2];
  const ValueId begun = pool.operands(choice)[there ? 2 : 1];
  const bool begins = pool.is(begun, ValueKind::Null) || as_integer(pool, begun).value_or(0) > 0;
  const ValueId base = linear_of(pool, counted).base;
  return begins && base.exists() && base == linear_of(pool, asked).base ? counted : ValueId{};
}

// The number behind its text, and behind a default that stands where there is none yet:
// `(event.n || 0)`.
ValueId number_behind(const ValuePool& pool, ValueId value) {
  for (std::size_t depth = 0; depth < kNestingDepth; ++depth) {
    if (pool.opcode(value) == Opcode::ToText || pool.opcode(value) == Opcode::JsonEncode ||
        pool.opcode(value) == Opcode::OrDefault || pool.opcode(value) == Opcode::Converted) {
      value = pool.operands(value)[0];
    } else if (pool.is(value, ValueKind::Pattern) && pool.operands(value).size() == 1) {
      value = pool.operands(value)[0];
    } else if (pool.is(value, ValueKind::OneOf)) {
      ValueId only;
      for (const ValueId way : pool.operands(value)) {
        const ValueId one = bare(pool, way);
        if (as_text(pool, one) || pool.is(one, ValueKind::Null)) continue;
        if (only.exists()) return value;
        only = one;
      }
      if (!only.exists()) return value;
      value = only;
    } else if (const ValueId counted = counted_on(pool, value); counted.exists()) {
      value = counted;
    } else {
      return value;
    }
  }
  return value;
}

// By how much the number grows; nothing when that is not known.
std::optional<std::int64_t> growth(const ValuePool& pool, ValueId before, ValueId after) {
  if (before == after) return 0;
  const Linear a = linear_of(pool, number_behind(pool, before));
  const Linear b = linear_of(pool, number_behind(pool, after));
  const bool same = a.base.exists() && b.base.exists() &&
                    number_behind(pool, a.base) == number_behind(pool, b.base);
  if (!same && (a.base.exists() || b.base.exists())) return std::nullopt;
  std::int64_t by = 0;
  if (__builtin_sub_overflow(b.offset, a.offset, &by)) return std::nullopt;
  return by;
}

// A number that the event brings, itself or with something added.
bool is_of_event(const ValuePool& pool, ValueId value) {
  const ValueId base = linear_of(pool, number_behind(pool, value)).base;
  if (!base.exists()) return false;
  const Value& row = pool[number_behind(pool, base)];
  return row.kind == ValueKind::Hole && row.origin == Origin::Event;
}

// A test that comes out the same in every round.
bool is_settled(const ValuePool& pool, ValueId test) {
  if (as_text(pool, test)) return true;
  const auto operands = pool.operands(test);
  return pool.is(test, ValueKind::Computed) && !operands.empty() &&
         std::ranges::none_of(operands, [&](ValueId one) { return is_of_event(pool, one); });
}

// Of a choice between one test and settled ones, the test: "depth > 10, or false where there is
// none", "hops + 1 > 10, or 0 + 1 > most in the run that begins the chain".
ValueId only_test(const ValuePool& pool, ValueId test) {
  const bool is_chosen = pool.opcode(test) == Opcode::Chosen;
  if (!pool.is(test, ValueKind::OneOf) && !is_chosen) return test;
  ValueId only;
  for (const ValueId one : pool.operands(test).subspan(is_chosen ? 1 : 0)) {
    if (is_settled(pool, one)) continue;
    if (only.exists()) return test;
    only = is_chosen ? only_test(pool, one) : one;
  }
  return only.exists() ? only : test;
}

// `n != null and n < 3`, of which the next round leaves `n < 3`: the rest is decided there, and so
// comes out in one way alone. The part that is left; no id: none, or it may be either of two.
ValueId part_left(const ValuePool& pool, ValueId before, ValueId after) {
  const Opcode opcode = pool.opcode(before);
  if ((opcode != Opcode::And && opcode != Opcode::Or) || pool.opcode(after) == opcode) return {};
  ValueId left;
  for (const ValueId part : pool.operands(before)) {
    if (pool.opcode(part) != pool.opcode(after)) continue;
    if (left.exists()) return {};
    left = part;
  }
  return left;
}

// Goes on where something that grows by so much a round is a certain number, or is not.
bool equality_runs_out(const ValuePool& pool, ValueId number, std::int64_t by, bool is_it) {
  if (is_it || by <= 0) return by != 0;
  const std::optional<std::int64_t> end = as_integer(pool, number);
  return !end || *end > 0;  // what counts upwards has begun at 0, or above
}

}  // namespace

bool runs_out(const ValuePool& pool, ValueId before, ValueId after, bool holds) {
  before = only_test(pool, before);
  after = only_test(pool, after);
  if (const ValueId left = part_left(pool, before, after); left.exists()) before = left;
  if (!pool.is(before, ValueKind::Computed) || !pool.is(after, ValueKind::Computed)) return false;
  const Opcode opcode = pool.opcode(before);
  const auto first = pool.operands(before), second = pool.operands(after);
  if (opcode != pool.opcode(after) || first.size() != second.size() || first.empty()) return false;
  if (opcode == Opcode::Not) return runs_out(pool, first[0], second[0], !holds);
  if (opcode == Opcode::Truthy) return holds && growth(pool, first[0], second[0]).value_or(0) < 0;
  if (opcode == Opcode::And || opcode == Opcode::Or) {
    const bool one_suffices = (opcode == Opcode::And) == holds;
    for (std::size_t i = 0; i < first.size(); ++i)
      if (runs_out(pool, first[i], second[i], holds) == one_suffices) return one_suffices;
    return !one_suffices;
  }
  if (first.size() != 2) return false;
  const auto left = growth(pool, first[0], second[0]), right = growth(pool, first[1], second[1]);
  if (!left || !right || (*left != 0 && *right != 0)) return false;
  const bool is_left = *left != 0;
  if (opcode == Opcode::Less || opcode == Opcode::LessEqual)
    return (holds == is_left ? 1 : -1) * (is_left ? *left : *right) > 0;
  if (opcode != Opcode::Equal && opcode != Opcode::NotEqual) return false;
  return equality_runs_out(pool, is_left ? first[1] : first[0], is_left ? *left : *right,
                           (opcode == Opcode::Equal) == holds);
}

}  // namespace fnlint
