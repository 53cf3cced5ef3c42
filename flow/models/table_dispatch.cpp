// Dispatch tables: `HANDLERS[kind](event)` becomes a choice of the table's entries, each guarded by
// the test that the key is its own.

#include "flow/models/table_dispatch.h"

#include "flow/engine/engine.h"
#include "flow/models/library_select.h"
#include "values/lookups.h"
#include "values/where.h"

#include <algorithm>
#include <vector>

namespace fnlint {

namespace {

bool is_callable(const ValuePool& pool, ValueId entry) {
  return pool.is(entry, ValueKind::Function) ||
         project_object(pool, entry).kind == ProjectObject::Kind::Class;
}

// An element of the lists that the table holds.
ValueId callable_element(ValuePool& pool, ValueId callee) {
  if (pool.opcode(callee) != Opcode::Element) return {};
  const ValueId lists = entries_by_key(pool, pool.operands(callee)[0], [&](ValueId entry) {
    return pool.is(entry, ValueKind::List) &&
           std::ranges::all_of(pool.operands(entry),
                               [&](ValueId one) { return is_callable(pool, one); });
  });
  if (!lists.exists()) return {};
  std::vector<ValueId> ways{lists};
  if (pool.is(lists, ValueKind::OneOf))
    ways.assign(pool.operands(lists).begin(), pool.operands(lists).end());
  std::vector<Alternative> found;
  for (const ValueId way : ways) {
    const ValueId list = bare(pool, way);
    const std::vector<ValueId> all(pool.operands(list).begin(), pool.operands(list).end());
    std::vector<ValueId> tests;
    if (is_where(pool, way)) tests.assign(pool.operands(way).begin() + 1, pool.operands(way).end());
    for (const ValueId one : all) found.push_back({where(pool, one, tests), {}});
  }
  return found.empty() ? ValueId{} : pool.one_of(found);
}

}  // namespace

ValueId callable_by_key(ValuePool& pool, ValueId callee) {
  if (const ValueId element = callable_element(pool, callee); element.exists()) return element;
  return entries_by_key(pool, callee, [&](ValueId entry) { return is_callable(pool, entry); });
}

ValueId receiver_by_key(ValuePool& pool, ValueId receiver, ValueId method) {
  return entries_by_key(pool, receiver, [&](ValueId entry) {
    if (pool.is(entry, ValueKind::Record)) {
      const ValueId own = named_entry(pool, entry, pool.text(method));
      return own.exists() && pool.is(own, ValueKind::Function);
    }
    return pool.is(entry, ValueKind::Function) ||
           project_object(pool, entry).kind != ProjectObject::Kind::None;
  });
}

}  // namespace fnlint
