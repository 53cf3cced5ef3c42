#include "flow/models/called_by_key.h"

#include "flow/engine/engine.h"
#include "flow/models/library_select.h"
#include "values/lookups.h"

namespace fnlint {

ValueId callable_by_key(ValuePool& pool, ValueId callee) {
  return entries_by_key(pool, callee, [&](ValueId entry) {
    return pool.is(entry, ValueKind::Function) ||
           project_object(pool, entry).kind == ProjectObject::Kind::Class;
  });
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
