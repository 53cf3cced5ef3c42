// The join of two paths: two values of a variable become a choice, gated by whichever test tells
// the paths apart, or ungated where there is none.

#include "flow/state/joined.h"

#include "values/answers.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace fnlint {

namespace {

FactSet only_in(const FactSet& facts, const FactSet& others) {
  FactSet found;
  std::set_difference(facts.begin(), facts.end(), others.begin(), others.end(),
                      std::back_inserter(found));
  return found;
}

// Of answers, by what failed on one of the ways: the other says what was done. No id: nothing
// failed on one of them alone.
ValueId joined_test(ValuePool& pool, ValueId yes, ValueId no, const FactSet& a, const FactSet& b) {
  if (!pool.is(yes, ValueKind::Bool) || !pool.is(no, ValueKind::Bool)) return {};
  const FactSet of_a = only_in(a, b), of_b = only_in(b, a);
  const bool fails_a = fails_where(pool, of_a), fails_b = fails_where(pool, of_b);
  const FactSet& done = fails_a ? of_b : of_a;
  if (fails_a == fails_b || done.empty() || yes == no) return {};
  const ValueId test = all_of(pool, done);
  return fails_a ? chosen_test(pool, test, no, yes) : chosen_test(pool, test, yes, no);
}

// A list that a loop fills on one way, and what it is on the other: each there under the facts of
// its way. No id: these are no such lists, or nothing parts the ways.
ValueId joined_list(ValuePool& pool, ValueId a, ValueId b, const FactSet& of_a,
                    const FactSet& of_b) {
  const bool are_filled[] = {is_summarised(pool, a), is_summarised(pool, b)};
  if (are_filled[0] && are_filled[1]) return joined_lists(pool, a, b);
  if (!are_filled[0] && !are_filled[1]) return {};
  const FactSet facts = only_in(of_a, of_b), others = only_in(of_b, of_a);
  if (facts.empty() || others.empty()) return {};
  ValueId joined = many(pool, {});
  for (const bool first : {true, false}) {
    const ValueId list = with_elements(pool, many(pool, {}), first ? a : b);
    if (!list.exists()) return {};
    joined = with_elements(pool, joined, all_given(pool, list, first ? facts : others));
  }
  return joined;
}

// What a record holds under keys that are not known. None: no id, and `others` are all entries.
ValueId rest_of(const ValuePool& pool, ValueId record, std::vector<ValueId>& others) {
  ValueId rest;
  for (std::size_t i = 0; i < pool.operands(record).size(); ++i)
    if (pool[pool.names(record)[i]] == kRest)
      rest = pool.operands(record)[i];
    else
      others.push_back(pool.operands(record)[i]);
  return rest;
}

bool is_filled_from(ValuePool& pool, ValueId record, ValueId before) {
  std::vector<ValueId> entries, entries_before;
  ValueId rest = rest_of(pool, record, entries);
  ValueId rest_before = rest_of(pool, before, entries_before);
  if (!rest.exists() || entries != entries_before) return false;
  if (!rest_before.exists()) rest_before = pool.record({}, true);
  while (pool.opcode(rest) == Opcode::WithEntry) {
    rest = pool.operands(rest)[0];
    if (rest == rest_before) return true;
  }
  return false;
}

// A map that one way has filled further than the other: what it put there says itself under which
// tests it is there.
ValueId joined_record(ValuePool& pool, ValueId a, ValueId b, const FactSet& /*of_a*/,
                      const FactSet& /*of_b*/) {
  const auto is_open = [&](ValueId one) {
    return pool.is(one, ValueKind::Record) && pool[one].ref != 0;
  };
  if (!is_open(a) || !is_open(b)) return {};
  if (is_filled_from(pool, a, b)) return a;
  return is_filled_from(pool, b, a) ? b : ValueId{};
}

// What is nothing on one way, and something on the other: whoever asks whether there is something
// asks for the facts of that way. No id: it is none of both, or nothing parts the ways.
ValueId joined_with_nothing(ValuePool& pool, ValueId a, ValueId b, const FactSet& of_a,
                            const FactSet& of_b) {
  const bool is_first = tells_nothing(pool, b);
  if (is_first == tells_nothing(pool, a)) return {};
  const FactSet facts = is_first ? only_in(of_a, of_b) : only_in(of_b, of_a);
  const ValueId met = guarded_by_facts(pool, is_first ? a : b, facts);
  return facts.empty() ? ValueId{} : pool.join(is_first ? met : a, is_first ? b : met);
}

// What tells the two ways apart: the branch's test, or a fact of one whose opposite is one of the
// other's.
ValueId gate_of(ValuePool& pool, const FactSet& of_a, const FactSet& of_b, ValueId test) {
  if (test.exists() && truth(pool, test) == Answer::Unknown && !pool.is(test, ValueKind::OneOf) &&
      !pool.is(test, ValueKind::Unknown))
    return test;
  for (const Fact& fact : only_in(of_a, of_b))
    if (std::ranges::binary_search(of_b, Fact{fact.test, !fact.holds}))
      return as_literal(pool, fact);
  return {};
}

// As above, where a test tells the ways apart: what is there is met under all that holds on its
// way. No id: not so, or it has no room for that.
ValueId chosen_with_nothing(ValuePool& pool, ValueId gate, ValueId a, ValueId b,
                            const FactSet& of_a, const FactSet& of_b) {
  const auto is_there = [&](ValueId value) {  // not there at all: that is never met under tests
    return !pool.is(value, ValueKind::Null) && !pool.is(value, ValueKind::Absent) &&
           !is_summarised(pool, value);
  };
  const bool is_first = tells_nothing(pool, b);
  if (!is_there(a) || !is_there(b) || is_first == tells_nothing(pool, a)) return {};
  const ValueId met = guarded_by_facts(pool, is_first ? a : b,
                                       is_first ? only_in(of_a, of_b) : only_in(of_b, of_a));
  if (conditions_of(pool, met).size() >= kConditions) return {};
  return choose(pool, gate, is_first ? met : a, is_first ? b : met);
}

}  // namespace

ValueId joined(ValuePool& pool, ValueId a, ValueId b, const FactSet& of_a, const FactSet& of_b,
               ValueId test) {
  const ValueId gate = gate_of(pool, of_a, of_b, test);
  if (gate.exists()) {
    if (is_yes_or_no(pool, a) && is_yes_or_no(pool, b)) return choose(pool, gate, a, b);
    if (const ValueId value = chosen_with_nothing(pool, gate, a, b, of_a, of_b); value.exists())
      return value;
  }
  for (const auto by : {joined_test, joined_list, joined_record, joined_with_nothing})
    if (const ValueId value = by(pool, a, b, of_a, of_b); value.exists()) return value;
  if (gate.exists()) return choose(pool, gate, a, b);
  const FactSet facts = only_in(of_a, of_b), others = only_in(of_b, of_a);
  if (fails_where(pool, facts) != fails_where(pool, others))  // an attempt, and its handler
    return pool.join(guarded_by_facts(pool, a, facts), guarded_by_facts(pool, b, others));
  const ValueId either = pool.join(a, b);
  return of_a == of_b ? either : pool.with_uncertainty(either, kUngated);
}

namespace {

// A test that holds on some of the ways, and fails on all others; no id: there is none.
ValueId parting_test(ValuePool& pool, std::span<const Way> ways) {
  for (const Fact& fact : ways[0].facts) {
    if (is_asked(pool, fact.test) || is_returned(pool, fact.test) ||
        pool.is(fact.test, ValueKind::OneOf))
      continue;
    std::size_t same = 0, other = 0;
    for (const Way& way : ways)
      if (std::ranges::binary_search(way.facts, fact))
        ++same;
      else if (std::ranges::binary_search(way.facts, Fact{fact.test, !fact.holds}))
        ++other;
    if (other > 0 && same + other == ways.size()) return as_literal(pool, fact);
  }
  return {};
}

// The ways on both sides of a test, or of a failure. One side is empty: nothing tells them apart.
struct Parted {
  ValueId test = {};  // no id: something failed on those that stand first
  std::vector<Way> first = {}, second = {};
  [[nodiscard]] bool apart() const { return !first.empty() && !second.empty(); }
};
Parted parted(ValuePool& pool, std::span<const Way> ways) {
  Parted sides{.test = parting_test(pool, ways)};
  for (const Way& way : ways) {
    const bool is_first =
        sides.test.exists()
            ? std::ranges::any_of(
                  way.facts, [&](const Fact& fact) { return as_literal(pool, fact) == sides.test; })
            : fails_where(pool, way.facts);
    (is_first ? sides.first : sides.second).push_back(way);
  }
  return sides;
}

}  // namespace

ValueId chosen_way(ValuePool& pool, std::span<const Way> ways) {
  if (ways.empty()) return {};
  if (std::ranges::all_of(ways, [&](const Way& way) { return way.value == ways[0].value; }))
    return ways[0].value;
  const Parted sides = parted(pool, ways);
  if (!sides.apart()) {
    ValueId any;
    for (const Way& way : ways) any = pool.join(any, way.value);
    return pool.with_uncertainty(any, kUngated);
  }
  const ValueId yes = chosen_way(pool, sides.first), no = chosen_way(pool, sides.second);
  return sides.test.exists() ? choose(pool, sides.test, yes, no) : pool.join(yes, no);
}

bool are_parted(ValuePool& pool, std::span<const Way> ways) {
  const auto is_same = [&](const Way& way) { return way.value == ways[0].value; };
  if (std::ranges::all_of(ways, is_same)) return true;
  const Parted sides = parted(pool, ways);
  return sides.apart() && are_parted(pool, sides.first) && are_parted(pool, sides.second);
}

namespace {

// What one of two ways alone says of the input: not which calls were made on it, or succeeded.
FactSet said_by(ValuePool& pool, const FactSet& facts, const FactSet& others,
                const FactSet& no_conditions) {
  FactSet said = only_in(facts, others);
  std::erase_if(said, [&](const Fact& fact) {
    if (is_asked(pool, fact.test) || is_returned(pool, fact.test) ||
        std::ranges::binary_search(no_conditions, fact))
      return true;
    const Opcode opcode = pool.opcode(fact.test);
    return opcode == Opcode::Succeeded || opcode == Opcode::Guarded || opcode == Opcode::Inserted;
  });
  return said;
}

// Of the facts of one way what does not follow from the single fact of the other that fails.
void take_followers(ValuePool& pool, const Fact& single, FactSet& others) {
  FactSet followers;
  if (!assume(pool, followers, single.test, !single.holds)) return;
  std::erase_if(others,
                [&](const Fact& fact) { return std::ranges::binary_search(followers, fact); });
}

}  // namespace

std::optional<Fact> disjunction_of(ValuePool& pool, const FactSet& a, const FactSet& b,
                                const FactSet& no_conditions) {
  FactSet of_a = said_by(pool, a, b, no_conditions), of_b = said_by(pool, b, a, no_conditions);
  if (of_a.size() > of_b.size()) std::swap(of_a, of_b);
  if (of_a.empty()) return std::nullopt;
  if (of_a.size() == 1) take_followers(pool, of_a[0], of_b);
  if (of_b.empty()) return std::nullopt;
  if (of_b.size() == 1) take_followers(pool, of_b[0], of_a);
  if (of_a.empty()) return std::nullopt;
  const std::array<ValueId, 2> either{all_of(pool, of_a), all_of(pool, of_b)};
  const ValueId test = compute(pool, Opcode::Or, either);
  return truth(pool, test) == Answer::Unknown ? std::optional(Fact{test, true}) : std::nullopt;
}

}  // namespace fnlint
