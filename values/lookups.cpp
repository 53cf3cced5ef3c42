// Rewrites what is asked of a lookup with an unknown key as tests of that key, and the lookup
// itself as a choice over the table's entries.

#include "values/lookups.h"

#include "values/functions.h"
#include "values/where.h"

#include <algorithm>

namespace fnlint {
namespace {

constexpr std::size_t kEntries = 16;  // of a table

// Of "index" and "get".
bool is_lookup(const ValuePool& pool, std::string_view name, Operands operands) {
  if ((name != "index" && name != "get") || operands.size() < 2) return false;
  const ValueId table = operands[0];
  return pool.is(table, ValueKind::Record) && pool.operands(table).size() <= kEntries;
}

// The same of a table that is known whole.
bool looks_up(const ValuePool& pool, std::string_view name, Operands operands) {
  return is_lookup(pool, name, operands) && pool[operands[0]].ref == 0;
}

// What an entry may be: beside what it is known to be, nothing, or what is found at its place once
// functions have changed it, is left out.
std::vector<ValueId> ways_of(const ValuePool& pool, ValueId entry) {
  if (!pool.is(entry, ValueKind::OneOf)) return {entry};
  std::vector<ValueId> ways;
  for (const ValueId way : pool.operands(entry))
    if (!is_nullish(pool, way) &&
        (!pool.is(way, ValueKind::Computed) || !has_origin(pool, way, Origin::Global)))
      ways.push_back(way);
  return ways;
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
    either.push_back(call(pool, Opcode::Equal, {key, pool.text_value(pool[pool.names(table)[i]])}));
  }
  return either.empty() ? pool.boolean(false) : compute(pool, Opcode::Or, either);
}

ValueId equality_of_lookup(ValuePool& pool, ValueId value, ValueId other) {
  if (pool.is(other, ValueKind::Null)) {
    const ValueId there = test_of_lookup(pool, value);
    return there.exists() ? call(pool, Opcode::Not, {there}) : ValueId{};
  }
  const auto operands = pool.operands(value);
  if (!pool.is(value, ValueKind::Computed) || operands.size() != 2 ||
      !looks_up(pool, pool.text(value), operands) || !as_text(pool, other))
    return {};
  const ValueId table = operands[0], key = operands[1];
  std::vector<ValueId> either;
  for (std::size_t i = 0; i < pool.operands(table).size(); ++i) {
    const Answer same = equal(pool, pool.operands(table)[i], other);
    if (same == Answer::Unknown) return {};
    if (same == Answer::Yes)
      either.push_back(
          call(pool, Opcode::Equal, {key, pool.text_value(pool[pool.names(table)[i]])}));
  }
  return either.empty() ? pool.boolean(false) : compute(pool, Opcode::Or, either);
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
  if (!pool.is(value, ValueKind::Computed) || !is_lookup(pool, pool.text(value), operands))
    return {};
  const ValueId table = operands[0], key = operands[1];
  std::vector<Alternative> found;
  for (std::size_t i = 0; i < pool.operands(table).size(); ++i) {
    const StringId name = pool.names(table)[i];
    const ValueId entry = pool.operands(table)[i];
    if (pool[name] == kRest || is_nullish(pool, entry)) continue;
    const ValueId test = call(pool, Opcode::Equal, {key, pool.text_value(pool[name])});
    for (const ValueId one : ways_of(pool, entry)) {
      if (!is_wanted(one)) return {};
      found.push_back({where(pool, one, std::span(&test, 1)), {}});
    }
  }
  if (found.empty()) return {};
  for (const ValueId otherwise : operands.subspan(2))
    if (is_wanted(otherwise)) found.push_back({otherwise, {}});
  return pool.one_of(found);
}

}  // namespace fnlint
