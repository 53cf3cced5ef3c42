// What a property does where it is read, and what a library makes of one that is set.

#include "flow/body/property_calls.h"

#include "core/text.h"
#include "model/language_traits.h"
#include "tables/models.h"
#include "values/places.h"

#include <algorithm>

namespace fnlint {

namespace {

// The property of that name, as the class or one of its bases has it; no id: none has.
ValueId property_of(Engine& engine, ProjectObject type, std::string_view name) {
  const ValuePool& pool = engine.pool();
  const ValueId found = engine.written_member(type, name);
  if (!found.exists() || !pool.is(found, ValueKind::Function)) return {};
  const FunctionRef ref = unpack(pool[found].ref);
  const Function& function = engine.facts(ref.module).functions[ref.function.index];
  const bool is_read = function.parameters.count == 0;  // not what sets it
  return function.kind == FunctionKind::Accessor && is_read ? found : ValueId{};
}

// Properties of such a module may remember what they gave once.
bool may_remember(const CodeFacts& code) {
  return std::ranges::any_of(code.imports, [&](const Import& row) {
    return code.string(row.name) == "cached_property" || code.string(row.module) == "functools";
  });
}

// Whether a class of the file that may stand for the receiver's has another property of that name.
bool has_another(const CodeFacts& code, FunctionRef property) {
  const Function& one = code.functions[property.function.index];
  return std::ranges::any_of(code.functions, [&](const Function& other) {
    return other.kind == FunctionKind::Accessor && other.parameters.count == 0 && &other != &one &&
           code.string(other.name) == code.string(one.name);
  });
}

}  // namespace

// A method's own object is of the class that the method stands in.
ProjectObject PropertyCalls::object_read(ValueId base) const {
  const Value& row = pool_[base];
  const bool is_receiver =
      row.kind == ValueKind::Hole && row.origin == Origin::Receiver && row.ref == pack(scope_.me);
  if (!is_receiver || !scope_.function.owner.exists()) return project_object(pool_, base);
  return {ProjectObject::Kind::Instance, scope_.me.module, scope_.function.owner};
}

// The property that is called where the member is read; no id: it is none.
ValueId PropertyCalls::property_read(ExprId id, ValueId base) const {
  const ProjectObject object = object_read(base);
  const bool is_static =
      object.kind == ProjectObject::Kind::Class && !traits(code_.language).properties_need_objects;
  if (object.kind != ProjectObject::Kind::Instance && !is_static) return {};
  return property_of(engine_, object, code_.string(code_.exprs[id.index].name));
}

// `Lazy<T>.Value` calls what its object was made with.
void PropertyCalls::run_library_property(ExprId id, ValueId base, BodyState& state) {
  const std::string path = engine_.library_path(base);
  if (path.empty()) return;
  const std::string_view name = code_.string(code_.exprs[id.index].name);
  const LibraryModel* const row = find_library_model(code_.language, cat(path, '.', name));
  if (row == nullptr || !row->attribute || row->invokes.empty()) return;
  taken_.insert(id.index);
  CallResult outcome =
      engine_.call({.callee = method_value(pool_, base, pool_.text_value(std::string(name))),
                    .arguments = pool_.record({}),
                    .places = pool_.record({}),
                    .at = summary_.here(),
                    .in_init = scope_.in_initialiser(),
                    .from = scope_.me.function},
                   0);
  steps_.take(outcome, state);
}

void PropertyCalls::read(ExprId id, ValueId base, BodyState& state) {
  if (taken_.contains(id.index)) return;
  const ValueId property = property_read(id, base);
  if (!property.exists()) return run_library_property(id, base, state);
  const ValueId place = places_.location_of(ExprId{code_.exprs[id.index].ref}, state);
  const bool of_receiver = pool_.is(base, ValueKind::Hole);
  const bool outlives = place.exists() || of_receiver || has_origin(pool_, base, Origin::Global);
  const FunctionRef ref = unpack(pool_[property].ref);
  const bool remembered = outlives && may_remember(engine_.facts(ref.module));
  if (of_receiver && has_another(engine_.facts(ref.module), ref)) return;
  taken_.insert(id.index);
  CallResult outcome = engine_.call({.callee = with_this(pool_, property, base),
                                  .arguments = pool_.record({}),
                                  .places = pool_.record({}),
                                  .receiver_place = place,
                                  .at = summary_.here(),
                                  .in_init = scope_.in_initialiser(),
                                  .from = scope_.me.function},
                                 0);
  // What it did once, it may not do again; what it asks of the environment is asked some time.
  if (remembered)
    std::erase_if(outcome.steps, [](const Step& one) { return one.kind != StepKind::Read; });
  steps_.take(outcome, state);
}

void PropertyCalls::set(const Expr& target, ValueId base, ValueId value, OpId op,
                        BodyState& state) {
  const std::string path = engine_.library_path(base);
  if (path.empty()) return run_setter(target, base, value, op, state);
  const std::string name = cat(code_.string(target.name), '=');
  const LibraryModel* const row = find_library_model(code_.language, cat(path, '.', name));
  if (row == nullptr || row->sink.empty()) return;
  const std::vector<NamedValue> given{{pool_.string("0"), value}};
  CallResult outcome = engine_.call({.callee = method_value(pool_, base, pool_.text_value(name)),
                                  .arguments = pool_.record(given),
                                  .places = pool_.record({}),
                                  .at = {scope_.me.module, op},
                                  .in_init = scope_.in_initialiser(),
                                  .from = scope_.me.function},
                                 0);
  steps_.take(outcome, state);
}

// `Logger.Instance = logger;` of a property whose setter takes back what the last invocation left.
void PropertyCalls::run_setter(const Expr& target, ValueId base, ValueId value, OpId op,
                               BodyState& state) {
  const ProjectObject object = object_read(base);
  if (scope_.in_initialiser() ||
      (object.kind != ProjectObject::Kind::Instance && object.kind != ProjectObject::Kind::Class))
    return;
  const ValueId setter =
      engine_.written_member(object, cat("<set ", code_.string(target.name), '>'));
  if (!setter.exists() || !pool_.is(setter, ValueKind::Function)) return;
  const std::vector<NamedValue> given{{pool_.string("0"), value}};
  CallResult outcome = engine_.call({.callee = with_this(pool_, setter, base),
                                  .arguments = pool_.record(given),
                                  .places = pool_.record({}),
                                  .receiver_place = places_.location_of(ExprId{target.ref}, state),
                                  .at = {scope_.me.module, op},
                                  .in_init = false,
                                  .from = scope_.me.function},
                                 0);
  // That the property is set stands for what the setter keeps.
  std::erase_if(outcome.steps, [](const Step& one) { return one.kind == StepKind::Store; });
  steps_.take(outcome, state);
  std::vector<ValueId> sets;
  for (const ValueId place : outcome.sets) sets.push_back(scope_.own_place(place, state));
  std::ranges::sort(sets);
  add_locations(state.sets, sets);
}

}  // namespace fnlint
