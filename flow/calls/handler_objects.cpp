#include "core/text.h"
#include "flow/engine/engine.h"
#include "flow/engine/handler_place.h"
#include "flow/state/opened.h"
#include "flow/syntax/assigned_members.h"
#include "flow/syntax/code_queries.h"
#include "model/hole_at.h"
#include "model/language_traits.h"

#include <algorithm>

namespace fnlint {

// The object whose method is the handler: its fields as init and its methods leave them.

namespace {

std::uint64_t handler_key(ProjectObject type) { return pack(type.module, type.type); }

// An instance with `change(name, value)` in place of what each of its fields holds.
template <class Change>
ValueId with_fields(ValuePool& pool, ValueId instance, const Change& change) {
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
  return does_any(methods, cat(":[]", name)) ? opened(pool, field.value) : field.value;
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

// A module's object as its methods find it: what they assign to its fields, or put into its
// collections, may be there, too.
ValueId Engine::with_opened_fields(ValueId instance, int depth) {
  constexpr int kInside = 3;  // [Bus()], Health({"a": Bus()})
  const ValueKind kind = pool_[instance].kind;
  if ((kind == ValueKind::List || kind == ValueKind::Record) && depth < kInside) {
    std::vector<NamedValue> entries;
    bool is_changed = false;
    for (std::size_t i = 0; i < pool_.operands(instance).size(); ++i) {
      const ValueId value = pool_.operands(instance)[i];
      const StringId name = kind == ValueKind::Record ? pool_.names(instance)[i] : StringId{};
      entries.push_back({name, with_opened_fields(value, depth + 1)});
      is_changed = is_changed || entries.back().value != value;
    }
    if (!is_changed) return instance;
    if (kind == ValueKind::Record) return pool_.record(entries, pool_[instance].ref != 0);
    std::vector<ValueId> values;
    for (const NamedValue& one : entries) values.push_back(one.value);
    return pool_.list(values, pool_[instance].ref != 0);
  }
  if (!is_instance(pool_, instance)) return instance;
  const ProjectObject type = project_object(pool_, instance);
  const std::set<std::string>& methods = assigned_members(type.module);
  return with_fields(pool_, instance, [&](std::string_view name, ValueId value) {
    if (is_beginning(pool_, value) && methods.contains(cat(type.type.index, ':', name)))
      return pool_.join(value,
                        pool_.hole(Origin::Field, cat(kKeptField, name), pool_[instance].ref));
    if (methods.contains(cat(type.type.index, ":[]", name))) return opened(pool_, value);
    return depth < kInside ? with_opened_fields(value, depth + 1) : value;
  });
}

// An object that a function made, as its methods find it: those that were called before may have
// set its fields, or put something into them. Of one that a module keeps, that is followed.
ValueId Engine::as_left_by_methods(ValueId object, FunctionRef method) {
  if (pool_.is(object, ValueKind::Record)) {
    const std::set<std::string>& methods = assigned_members(method.module);
    std::vector<NamedValue> entries;
    for (std::size_t i = 0; i < pool_.operands(object).size(); ++i)
      entries.push_back({pool_.names(object)[i], pool_.operands(object)[i]});
    for (NamedValue& entry : entries)
      entry.value = left_by_methods(pool_, methods, entry, pack(method));
    return pool_.record(entries, pool_[object].ref != 0);
  }
  if (!is_instance(pool_, object) || is_made_at_init(program_, pool_[object].ref)) return object;
  const std::set<std::string>& methods = assigned_members(project_object(pool_, object).module);
  return with_fields(pool_, object, [&](std::string_view name, ValueId value) {
    return left_by_methods(pool_, methods, {pool_.string(name), value}, pool_[object].ref);
  });
}

ValueId Engine::bound_to_record(ValueId function, ValueId record) {
  if (!pool_.is(function, ValueKind::Function) || !pool_.is(record, ValueKind::Record))
    return function;
  const FunctionRef ref = unpack(pool_[function].ref);
  const CodeFacts& code = facts(ref.module);
  const Function& row = code.functions[ref.function.index];
  const bool is_bound = std::ranges::any_of(pool_.names(function),
                                            [&](StringId name) { return pool_[name] == kThis; });
  const bool asks_receiver =
      traits(code.language).entries_get_receiver && row.receiver.exists() && !row.owner.exists();
  return asks_receiver && !is_bound ? bound_method(function, record, record, 0) : function;
}

// Whether code that runs later than the class's making assigns the field by the class's name.
bool Engine::is_reassigned(ProjectObject type, std::string_view field) {
  const CodeFacts& code = facts(type.module);
  const std::string name = cat(code.string(code.classes[type.type.index].name), '.', field);
  return assigned_in_unit(program_, program_.modules[type.module.index].unit, members_assigned_in_)
      .contains(name);
}

void Engine::set_per_request(ProjectObject type) { per_request_.insert(handler_key(type)); }

bool Engine::is_per_request(ProjectObject type) const {
  return type.kind != ProjectObject::Kind::None && per_request_.contains(handler_key(type));
}

// Fields that methods assign hold what an earlier invocation left there as well as what they began
// with; `place` is what both are called.
const HandlerObject& Engine::handler_object(ModuleId module, ClassId class_id) {
  const ProjectObject type{ProjectObject::Kind::Class, module, class_id};
  const auto known = handlers_.find(handler_key(type));
  if (known != handlers_.end()) return known->second;
  HandlerObject made;
  const CodeFacts& code = facts(module);
  made.place = pool_.hole(Origin::Global, code.string(code.classes[class_id.index].name),
                          handler_key(type) | kHandlerPlace);
  run_initialiser(module);
  CallInput invocation;
  invocation.callee = class_value(module, class_id);
  invocation.arguments = pool_.record({});
  invocation.in_init = true;
  std::vector<Unfollowed> outer = take_unfollowed();
  const ModuleId outer_module = std::exchange(initialising_, module);
  Outcome outcome = construct(invocation, 1);
  initialising_ = outer_module;
  made.unfollowed = std::exchange(unfollowed_, std::move(outer));
  for (Step& step : outcome.steps) {
    step.flags |= kInInit;
    made.steps.push_back(std::move(step));
  }
  const ValueId instance = outcome.value;
  const ValueId old =
      pool_.operands(instance).empty() ? pool_.record({}, true) : pool_.operands(instance)[0];
  std::vector<NamedValue> fields;
  for (std::size_t i = 0; i < pool_.operands(old).size(); ++i)
    fields.push_back({pool_.names(old)[i], pool_.operands(old)[i]});
  const auto reassign = [&](std::string_view name, TypeId field_type, ModuleId home) {
    const std::array<ValueId, 2> operands{made.place, pool_.text_value(name)};
    const ValueId later = pool_.computed(Opcode::Member, operands);
    std::vector<Alternative> alternatives;
    for (const NamedValue& field : fields)
      if (pool_[field.name] == name) alternatives.push_back({opened(pool_, field.value), {}});
    if (alternatives.empty()) alternatives.push_back({pool_.null(), {}});
    if (const ValueId declared = typed(home, field_type); declared.exists())
      alternatives.push_back({declared, {}});
    alternatives.push_back({later, {}});
    fields.push_back({pool_.string(name), pool_.one_of(alternatives)});
  };
  const Class& row = code.classes[class_id.index];
  for (std::uint32_t i = 0; i < row.fields.count; ++i) {
    const Field& field = code.fields[row.fields.first + i];
    const std::set<std::string>& assigned = assigned_members(module);
    const std::string_view name = code.string(field.name);
    if (field.is_static == 0 && (assigned.contains(cat(class_id.index, ':', name)) ||
                                 assigned.contains(cat(class_id.index, ":[]", name))))
      reassign(code.string(field.name), field.type, module);
  }
  const ValueId record = pool_.record(fields, true);
  made.instance = pool_.object(pool_[instance].ref, pool_.text(instance), std::span(&record, 1));
  return handlers_[handler_key(type)] = std::move(made);
}

}  // namespace fnlint
