// Lists with those elements alone of which tests hold.

#include "values/functions.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <algorithm>
#include <vector>

namespace fnlint {
namespace {

// All elements under the tests: whether one is kept is not known.
ValueId all_under(ValuePool& pool, ValueId list, Operands tests) {
  std::vector<Fact> facts;
  for (const ValueId test : tests) facts.push_back({test, true});
  std::vector<ValueId> elements(pool.operands(list).begin(), pool.operands(list).end());
  for (ValueId& one : elements) one = given(pool, one, facts);
  return many(pool, elements);
}

// Whether the tests ask about what is filtered itself and about no element of it: all of it is
// left, or nothing. What an Optional holds filters so.
bool asks_of_whole(ValuePool& pool, ValueId list, Operands tests) {
  const ValueId one = element(pool, list);
  return std::ranges::all_of(tests, [&](ValueId test) {
    bool of_whole = false, of_element = false;
    for_each_below(pool, test, [&](ValueId id) {
      of_whole = of_whole || id == list;
      of_element = of_element || id == one;
    });
    return of_whole && !of_element;
  });
}

// What an Optional holds, which filters as a list does.
bool is_one_thing(ValueKind kind) {
  return kind == ValueKind::Text || kind == ValueKind::Pattern || kind == ValueKind::Number ||
         kind == ValueKind::Bool;
}

ValueId test_of_all(ValuePool& pool, Operands tests) {
  return tests.size() == 1 ? tests[0] : compute(pool, Opcode::And, tests);
}

}  // namespace

// One element stands for all of an open list that was made from another one by one.
ValueId compute_filtered(ValuePool& pool, Operands operands) {
  const ValueId list = operands[0];
  const Operands tests = operands.subspan(1);
  const auto answers = [&](Answer answer) {
    return [&pool, answer](ValueId test) { return truth(pool, test) == answer; };
  };
  if (std::ranges::all_of(tests, answers(Answer::Yes))) return list;
  const Value& row = pool[list];
  const bool is_open_kind = row.kind == ValueKind::Hole || row.kind == ValueKind::Computed;
  if (is_open_kind && !asks_of_whole(pool, list, tests)) return {};
  if (is_open_kind || is_one_thing(row.kind))
    return choose(pool, test_of_all(pool, tests), list, pool.null());
  if (row.kind != ValueKind::List || pool.operands(list).empty()) return list;
  const bool is_open = row.ref != 0;
  if (!is_open && std::ranges::any_of(tests, answers(Answer::No))) return pool.list({});
  if (!is_open) return all_under(pool, list, tests);
  if (pool.operands(list).size() > 1) return list;
  const ValueId one = where(pool, pool.operands(list)[0], tests);
  return pool.list(std::span(&one, 1), true);
}

}  // namespace fnlint
