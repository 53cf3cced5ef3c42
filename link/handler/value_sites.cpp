// Keeps sites of volatile values, secrets and layers' configurations, and no others.

#include "link/handler/value_sites.h"

#include "link/handler/call_places.h"

namespace fnlint {

namespace {

bool has_place(const ValuePool& pool, ValueId id) {
  const Value& value = pool[id];
  if (value.kind == ValueKind::Hole)
    return value.origin == Origin::Fresh || value.origin == Origin::Clock ||
           value.origin == Origin::Secret;
  if (value.kind != ValueKind::Object) return false;
  return library_class(pool.text(id)) == LibraryClass::Idempotency;
}

}  // namespace

void add_value_site(const ValuePool& pool, std::span<const ModuleInfo> modules, ValueId value,
                    LambdaFunction& function) {
  if (pool[value].kind != ValueKind::Object && !has_place(pool, value)) return;
  const Span where = span_of_call(modules, call_site(pool[value].ref));
  if (where.file.exists()) function.value_sites.push_back({pool[value].ref, where});
}

void add_value_sites(const ValuePool& pool, std::span<const ModuleInfo> modules, ValueId value,
                     ValueMemo& seen, LambdaFunction& function) {
  if (!value.exists()) return;
  for_each_below(pool, value, seen, [&](ValueId id) {
    if (has_place(pool, id)) add_value_site(pool, modules, id, function);
  });
}

}  // namespace fnlint
