// What a property does where it is read, and what a library makes of one that is set.

#include "core/text.h"
#include "flow/body/body_walk.h"
#include "model/language_traits.h"
#include "tables/models.h"

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
ProjectObject Body::object_read(ValueId base) const {
  const Value& row = pool_[base];
  const bool is_receiver =
      row.kind == ValueKind::Hole && row.origin == Origin::Receiver && row.ref == pack(scope_.me);
  if (!is_receiver || !scope_.function.owner.exists()) return project_object(pool_, base);
  return {ProjectObject::Kind::Instance, scope_.me.module, scope_.function.owner};
}

void Body::take_property(ExprId id, ValueId base) {
  const ProjectObject object = object_read(base);
  const bool is_static =
      object.kind == ProjectObject::Kind::Class && !traits(code_.language).properties_need_objects;
  if (object.kind != ProjectObject::Kind::Instance && !is_static) return;
  const Expr& row = code_.exprs[id.index];
  const ValueId property = property_of(engine_, object, code_.string(row.name));
  if (!property.exists() || property_exprs_.contains(id.index)) return;
  const ValueId place = places_.place_of(ExprId{row.ref}, *state_);
  const bool of_receiver = pool_.is(base, ValueKind::Hole);
  const bool outlives = place.exists() || of_receiver || has_origin(pool_, base, Origin::Global);
  const FunctionRef ref = unpack(pool_[property].ref);
  if (outlives && may_remember(engine_.facts(ref.module))) return;
  if (of_receiver && has_another(engine_.facts(ref.module), ref)) return;
  property_exprs_.insert(id.index);
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool_.operands(property).size(); ++i)
    captures.push_back({pool_.names(property)[i], pool_.operands(property)[i]});
  captures.push_back({pool_.string(kThis), base});
  Outcome outcome =
      engine_.call({.callee = pool_.function(pool_[property].ref, captures),
                    .arguments = pool_.record({}),
                    .places = pool_.record({}),
                    .receiver_place = place,
                    .at = summary_.here(),
                    .in_init = scope_.in_initialiser(),
                    .from = scope_.me.function},
                   0);
  take_steps(outcome, *state_);
}

// `http.verify_mode = NONE` of a library's object, where a row tells of `verify_mode=`; or what the
// project's own setter does, besides what it stores.
void Body::take_setter(const Expr& target, ValueId value, OpId op, State& state) {
  const ValueId base = evaluate(ExprId{target.ref}, state);
  const std::string path = engine_.library_path(base);
  if (path.empty()) return run_setter(target, base, value, op, state);
  const std::string name = cat(code_.string(target.name), '=');
  const LibraryModel* const row = find_library_model(code_.language, cat(path, '.', name));
  if (row == nullptr || row->sink.empty()) return;
  const std::vector<NamedValue> given{{pool_.string("0"), value}};
  Outcome outcome = engine_.call({.callee = method_value(pool_, base, pool_.text_value(name)),
                                  .arguments = pool_.record(given),
                                  .places = pool_.record({}),
                                  .at = {scope_.me.module, op},
                                  .in_init = scope_.in_initialiser(),
                                  .from = scope_.me.function},
                                 0);
  take_steps(outcome, state);
}

// `Logger.Instance = logger;` of a property whose setter takes back what the last invocation left.
void Body::run_setter(const Expr& target, ValueId base, ValueId value, OpId op, State& state) {
  const ProjectObject object = object_read(base);
  if (scope_.in_initialiser() ||
      (object.kind != ProjectObject::Kind::Instance && object.kind != ProjectObject::Kind::Class))
    return;
  const ValueId setter =
      engine_.written_member(object, cat("<set ", code_.string(target.name), '>'));
  if (!setter.exists() || !pool_.is(setter, ValueKind::Function)) return;
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool_.operands(setter).size(); ++i)
    captures.push_back({pool_.names(setter)[i], pool_.operands(setter)[i]});
  captures.push_back({pool_.string(kThis), base});
  const std::vector<NamedValue> given{{pool_.string("0"), value}};
  Outcome outcome = engine_.call({.callee = pool_.function(pool_[setter].ref, captures),
                                  .arguments = pool_.record(given),
                                  .places = pool_.record({}),
                                  .receiver_place = places_.place_of(ExprId{target.ref}, state),
                                  .at = {scope_.me.module, op},
                                  .in_init = false,
                                  .from = scope_.me.function},
                                 0);
  // That the property is set stands for what the setter keeps.
  std::erase_if(outcome.steps, [](const Step& one) { return one.kind == StepKind::Store; });
  take_steps(outcome, state);
  std::vector<ValueId> sets;
  for (const ValueId place : outcome.sets) sets.push_back(scope_.own_place(place, state));
  std::ranges::sort(sets);
  add_places(state.sets, sets);
}

}  // namespace fnlint
