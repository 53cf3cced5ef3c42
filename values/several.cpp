// Tests of the elements of a list.
#include "values/functions.h"
#include "values/summarised_lists.h"
#include "values/where.h"

namespace fnlint {
namespace {

// The same question with other literals: of one element each.
bool are_alike(const ValuePool& pool, Operands tests) {
  return std::ranges::all_of(tests, [&](ValueId test) {
    if (!pool.is(test, ValueKind::Computed) || pool.text(test) != pool.text(tests[0])) return false;
    const auto one = pool.operands(test), first = pool.operands(tests[0]);
    std::size_t differ = 0;
    for (std::size_t i = 0; i < one.size() && i < first.size(); ++i)
      if (one[i] != first[i]) differ += as_text(pool, one[i]) ? 1 : 2;
    return one.size() == first.size() && differ <= 1;
  });
}

// What is asked may still turn out to be asked of several: a call or a list that is not known yet.
bool waits(const ValuePool& pool, ValueId test) {
  bool waits = false;
  for_each_below(pool, test, [&](ValueId id) {
    if (!pool.is(id, ValueKind::Computed)) return;
    const Opcode opcode = pool.opcode(id);
    waits = waits || opcode == Opcode::Call ||
            (opcode == Opcode::Element && pool.symbolic(pool.operands(id)[0]));
  });
  return waits;
}

// Whether the test holds of one of the elements that it was asked of; no id: not known.
ValueId of_one(ValuePool& pool, ValueId test) {
  if (waits(pool, test)) return {};
  if (!pool.is(test, ValueKind::OneOf)) return call(pool, Opcode::Truthy, {test});
  const auto tests = pool.operands(test);
  return are_alike(pool, tests) ? compute_or(pool, tests) : ValueId{};
}

// What a loop appended, and under which tests.
Conditioned appended(ValuePool& pool, ValueId item) {
  if (pool.opcode(item) != Opcode::Given) return taken_apart(pool, item);
  const auto parts = pool.operands(item);
  return {parts[0], {parts.begin() + 1, parts.end()}};
}

// Of a list of tests.
ValueId of_tests(ValuePool& pool, ValueId list) {
  list = without_empty(pool, list);
  const bool is_known = pool.is(list, ValueKind::List) && pool[list].ref == 0;
  if (!is_known && !is_summarised(pool, list)) return {};
  if (pool.operands(list).empty()) return is_known ? pool.boolean(false) : ValueId{};
  std::vector<ValueId> either;
  for (const ValueId item : pool.operands(list)) {
    const Conditioned met = appended(pool, item);
    const ValueId test = of_one(pool, met.value);
    if (!test.exists()) return {};
    std::vector<ValueId> all = met.tests;
    all.push_back(test);
    either.push_back(all.size() == 1 ? test : compute(pool, Opcode::And, all));
  }
  return either.size() == 1 ? either[0] : compute(pool, Opcode::Or, either);
}

}  // namespace

ValueId compute_any(ValuePool& pool, Operands operands) {
  const ValueId list = operands[0];
  if (operands.size() == 1) return of_tests(pool, list);
  const ValueId has_items = call(pool, Opcode::HasItems, {list});
  const ValueId test = of_one(pool, operands[1]);
  const Answer items = truth(pool, has_items),
               holds = test.exists() ? truth(pool, test) : Answer::Unknown;
  if (items == Answer::No || holds == Answer::No) return pool.boolean(false);
  if (items == Answer::Yes && holds == Answer::Yes) return pool.boolean(true);
  const bool is_known = pool.is(list, ValueKind::List) && pool[list].ref == 0;
  return is_known && test.exists() ? test : ValueId{};
}

ValueId compute_none(ValuePool& pool, Operands operands) {
  const ValueId any = compute_any(pool, operands);
  return any.exists() ? call(pool, Opcode::Not, {any}) : ValueId{};
}

ValueId compute_all(ValuePool& pool, Operands operands) {
  const auto opposite = [&](ValueId test) { return call(pool, Opcode::Not, {test}); };
  std::vector<ValueId> others(operands.begin(), operands.end());
  if (operands.size() > 1) {
    others[1] = opposite(operands[1]);
  } else {
    const ValueId list = without_empty(pool, operands[0]);
    const bool is_known = pool.is(list, ValueKind::List) && pool[list].ref == 0;
    if ((!is_known && !is_summarised(pool, list)) || pool.conditioned(list)) return {};
    std::vector<ValueId> items;
    for (const ValueId item : pool.operands(list)) {
      const Conditioned met = appended(pool, item);
      std::vector<ValueId> all = met.tests;  // a test that was not asked fails nothing
      all.push_back(opposite(met.value));
      items.push_back(all.size() == 1 ? all[0] : compute(pool, Opcode::And, all));
    }
    others[0] = pool.list(items);
  }
  return compute_none(pool, others);
}

}  // namespace fnlint
