// What methods may have left in an object, by what their module assigns to fields of that name.
#include "flow/calls/left_by_methods.h"

#include "core/text.h"
#include "flow/state/havoc.h"
#include "flow/state/project_object.h"
#include "model/hole_at.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

namespace {

// An instance with `change(name, value)` in place of what each of its fields holds.
template <class Update>
ValueId with_fields(ValuePool& pool, ValueId instance, const Update& change) {
  const ValueId fields = pool.operands(instance)[0];
  std::vector<NamedValue> entries;
  bool is_changed = false;
  for (std::size_t i = 0; i < pool.operands(fields).size(); ++i) {
    const NamedValue field{pool.names(fields)[i], pool.operands(fields)[i]};
    entries.push_back({field.name, change(pool[field.name], field.value)});
    is_changed = is_changed || entries.back().value != field.value;
  }
  if (!is_changed) return instance;
  std::vector<ValueId> operands(pool.operands(instance).begin(), pool.operands(instance).end());
  operands[0] = pool.record(entries, pool[fields].ref != 0);
  return pool.object(pool[instance].ref, pool.text(instance), operands);
}

// What an object begins with before its methods give it something: nothing, a word, an empty list.
bool is_beginning(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Null:
    case ValueKind::Absent:
    case ValueKind::Bool:
    case ValueKind::Number:
    case ValueKind::Text: return true;
    case ValueKind::List:
    case ValueKind::Record: return pool.operands(value).empty() && pool[value].ref == 0;
    default: return false;
  }
}

// Methods of any class of a module by what they do to a field of their object: "4:name" is
// assigned, "4:[]name" gets something put into it.
bool does_any(const std::set<std::string>& methods, std::string_view what) {
  return std::ranges::any_of(methods, [&](const std::string& one) { return one.ends_with(what); });
}

// What a field may hold once methods of its module were called: what they assign to it, or put into
// it, besides what it begins with.
ValueId left_by_methods(ValuePool& pool, const std::set<std::string>& methods,
                        const NamedValue& field, std::uint64_t site) {
  if (!is_beginning(pool, field.value)) return field.value;
  const std::string_view name = pool[field.name];
  if (does_any(methods, cat(':', name)))
    return pool.join(field.value, pool.hole(Origin::Field, name, site));
  return does_any(methods, cat(":[]", name)) ? havocked(pool, field.value) : field.value;
}

bool is_made_at_init(const Program& program, std::uint64_t site) {
  const ModuleId module{static_cast<std::uint32_t>(site >> 32U)};
  if (module.index >= program.modules.size()) return false;
  const Function& init = program.facts(module).functions.front();
  const OpId made{static_cast<std::uint32_t>(site)};
  return init.first <= made && made < init.end;
}

bool is_instance(const ValuePool& pool, ValueId value) {
  return project_object(pool, value).kind == ProjectObject::Kind::Instance &&
         !pool.operands(value).empty();
}

}  // namespace

ValueId with_havocked_fields(ValuePool& pool, CodeIndex& index, ValueId instance, int depth) {
  constexpr int kInside = 3;  // [Bus()], Health({"a": Bus()})
  const ValueKind kind = pool[instance].kind;
  if ((kind == ValueKind::List || kind == ValueKind::Record) && depth < kInside) {
    std::vector<NamedValue> entries;
    bool is_changed = false;
    for (std::size_t i = 0; i < pool.operands(instance).size(); ++i) {
      const ValueId value = pool.operands(instance)[i];
      const StringId name = kind == ValueKind::Record ? pool.names(instance)[i] : StringId{};
      entries.push_back({name, with_havocked_fields(pool, index, value, depth + 1)});
      is_changed = is_changed || entries.back().value != value;
    }
    if (!is_changed) return instance;
    if (kind == ValueKind::Record) return pool.record(entries, pool[instance].ref != 0);
    std::vector<ValueId> values;
    for (const NamedValue& one : entries) values.push_back(one.value);
    return pool.list(values, pool[instance].ref != 0);
  }
  if (!is_instance(pool, instance)) return instance;
  const ProjectObject type = project_object(pool, instance);
  const std::set<std::string>& methods = index.assigned_members(type.module);
  return with_fields(pool, instance, [&](std::string_view name, ValueId value) {
    if (is_beginning(pool, value) && methods.contains(cat(type.type.index, ':', name)))
      return pool.join(value,
                        pool.hole(Origin::Field, cat(kKeptField, name), pool[instance].ref));
    if (methods.contains(cat(type.type.index, ":[]", name))) return havocked(pool, value);
    return depth < kInside ? with_havocked_fields(pool, index, value, depth + 1) : value;
  });
}

ValueId as_after_methods(const CodeBase& base, ValueId object, FunctionRef method) {
  ValuePool& pool = base.pool;
  if (pool.is(object, ValueKind::Record)) {
    const std::set<std::string>& methods = base.index.assigned_members(method.module);
    std::vector<NamedValue> entries;
    for (std::size_t i = 0; i < pool.operands(object).size(); ++i)
      entries.push_back({pool.names(object)[i], pool.operands(object)[i]});
    for (NamedValue& entry : entries)
      entry.value = left_by_methods(pool, methods, entry, pack(method));
    return pool.record(entries, pool[object].ref != 0);
  }
  if (!is_instance(pool, object) || is_made_at_init(base.program, pool[object].ref)) return object;
  const std::set<std::string>& methods =
      base.index.assigned_members(project_object(pool, object).module);
  return with_fields(pool, object, [&](std::string_view name, ValueId value) {
    return left_by_methods(pool, methods, {pool.string(name), value}, pool[object].ref);
  });
}

}  // namespace fnlint
