#include "values/lookups.h"

#include "values/functions.h"
#include "values/where.h"

#include <algorithm>

namespace fnlint {
namespace {

constexpr std::size_t kEntries = 16;  // of a table

// Of "index" and "get".
bool looks_up(const ValuePool& pool, std::string_view name, Operands operands) {
  if ((name != "index" && name != "get") || operands.size() < 2) return false;
  const ValueId table = operands[0];
  return pool.is(table, ValueKind::Record) && pool[table].ref == 0 &&
         pool.operands(table).size() <= kEntries;
}

}  // namespace

ValueId test_of_lookup(ValuePool& pool, ValueId value) {
  const auto operands = pool.operands(value);
  if (!pool.is(value, ValueKind::Computed) || operands.size() != 2 ||
      !looks_up(pool, pool.text(value), operands))
    return {};
  const ValueId table = operands[0], key = operands[1];
  std::vector<ValueId> either;
  for (std::size_t i = 0; i < pool.operands(table).size(); ++i) {
    if (truth(pool, pool.operands(table)[i]) != Answer::Yes) return {};
    either.push_back(call(pool, "equal", {key, pool.text_value(pool[pool.names(table)[i]])}));
  }
  return either.empty() ? pool.boolean(false) : compute(pool, "or", either);
}

ValueId any_entry(ValuePool& pool, ValueId value) {
  if (!value.exists()) return value;
  bool found = false;
  for_each_below(pool, value, [&](ValueId one) {
    found = found || (pool.is(one, ValueKind::Computed) &&
                      looks_up(pool, pool.text(one), pool.operands(one)));
  });
  if (!found) return value;
  const Substitution entries{.leaf = [](ValueId) { return ValueId{}; },
                             .recompute =
                                 [&](std::string_view name, std::span<const ValueId> operands) {
                                   const ValueId again = compute(pool, name, operands);
                                   const bool is_open = pool.is(again, ValueKind::Computed) &&
                                                        looks_up(pool, name, operands);
                                   if (!is_open || pool.operands(operands[0]).empty()) return again;
                                   std::vector<Alternative> held;
                                   for (const ValueId one : pool.operands(operands[0]))
                                     held.push_back({one, {}});
                                   for (const ValueId otherwise : operands.subspan(2))
                                     if (!is_nullish(pool, otherwise))
                                       held.push_back({otherwise, {}});
                                   return pool.one_of(held);
                                 }};
  return Substituter(pool, entries)(value);
}

ValueId entries_by_key(ValuePool& pool, ValueId value, const IsWanted& is_wanted) {
  const auto operands = pool.operands(value);
  if (!pool.is(value, ValueKind::Computed) || !looks_up(pool, pool.text(value), operands))
    return {};
  const ValueId table = operands[0], key = operands[1];
  std::vector<Alternative> found;
  for (std::size_t i = 0; i < pool.operands(table).size(); ++i) {
    const ValueId one = pool.operands(table)[i];
    if (is_nullish(pool, one)) continue;
    if (!is_wanted(one)) return {};
    const ValueId test = call(pool, "equal", {key, pool.text_value(pool[pool.names(table)[i]])});
    found.push_back({where(pool, one, std::span(&test, 1)), {}});
  }
  if (found.empty()) return {};
  for (const ValueId otherwise : operands.subspan(2))
    if (is_wanted(otherwise)) found.push_back({otherwise, {}});
  return pool.one_of(found);
}

}  // namespace fnlint
