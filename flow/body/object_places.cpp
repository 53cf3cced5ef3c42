// Where a value lies: the place that an expression, a member or a result names.
#include "flow/body/object_places.h"

#include "core/text.h"
#include "flow/calls/class_defaults.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/pointers.h"
#include "model/language_traits.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

namespace fnlint {

namespace {

// Libraries' objects that are state of the process themselves.
constexpr std::array<std::string_view, 6> kProcessState{"process", "globalThis", "global",
                                                        "os",      "os.environ", "ENV"};
constexpr std::string_view kChained = "chained";

bool is_chain(const ValuePool& pool, ValueId place) {
  return pool.is(place, ValueKind::Computed) && pool.text(place) == kChained;
}

}  // namespace

ValueId member_place(Engine& engine, ValueId base, std::string_view name) {
  ValuePool& pool = engine.pool();
  if (name == kPointee || name == kSuper) return base;
  if (const ProjectObject object = project_object(pool, base);
      object.kind == ProjectObject::Kind::Module)
    if (const ValueId place = engine.loader().exported_place(object.module, name); place.exists())
      return place;
  const std::array<ValueId, 2> operands{base, pool.text_value(name)};
  return pool.computed(Opcode::Member, operands);
}

// Whether a method gives its instance a member of that name of its own.
bool ObjectPlaces::is_given_by_methods(const Expr& member) const {
  for (const Assign& row : code_.assigns) {
    const bool sets = row.target.exists() && row.mode != AssignMode::Delete &&
                      row.mode != AssignMode::Update &&
                      code_.exprs[row.target.index].kind == ExprKind::Member;
    if (!sets) continue;
    const Expr& target = code_.exprs[row.target.index];
    const Expr& owner = code_.exprs[target.ref];
    if (target.name != member.name || owner.kind != ExprKind::Variable) continue;
    const Variable& receiver = code_.variables[owner.ref];
    if (receiver.kind == VariableKind::Receiver && receiver.owner.exists() &&
        code_.functions[receiver.owner.index].kind != FunctionKind::ClassInit)
      return true;
  }
  return false;
}

// self.items, where the class has the list and no method gives the instance one of its own: shared
// by all instances.
ValueId ObjectPlaces::class_attribute_place(const Expr& member) const {
  const Expr& base = code_.exprs[member.ref];
  if (base.kind != ExprKind::Variable || !scope_.function.owner.exists() ||
      scope_.function.kind == FunctionKind::ClassInit)
    return {};
  if (VariableId{base.ref} != scope_.function.receiver) return {};
  const std::string_view name = code_.string(member.name);
  if (is_given_by_methods(member)) return {};
  const ValueId type = engine_.class_value(scope_.me.module, scope_.function.owner);
  if (pool_.operands(type).empty()) return {};
  const ValueId attributes = pool_.operands(type)[0];
  for (std::size_t i = 0; i < pool_.names(attributes).size(); ++i) {
    const ValueKind kind = pool_[pool_.operands(attributes)[i]].kind;
    if (pool_[pool_.names(attributes)[i]] != name ||
        (kind != ValueKind::List && kind != ValueKind::Record))
      continue;
    if (copies_default(engine_, scope_.me.module, scope_.function.owner, name)) return {};
    const std::array<ValueId, 2> operands{type, pool_.text_value(name)};
    return pool_.computed(Opcode::Member, operands);
  }
  return {};
}

ExprId ObjectPlaces::receiver_kept(ExprId expr) const {
  while (expr.exists() && code_.exprs[expr.index].kind == ExprKind::Result) {
    const auto found = kept_.find(code_.exprs[expr.index].ref);
    if (found == kept_.end()) break;
    expr = found->second;
  }
  return expr;
}

ValueId ObjectPlaces::receiver_place(const Expr& callee, BodyState& state) {
  const ValueId place = location_of(ExprId{callee.ref}, state);
  return place.exists() ? place : chained_place(callee);
}

// Of what a call of unknown meaning gave: at the same place, if that turns out to be an object that
// gives itself back.
ValueId ObjectPlaces::chained_place(const Expr& callee) {
  const Expr& base = code_.exprs[callee.ref];
  if (base.kind != ExprKind::Result) return {};
  const auto found = chains_.find(base.ref);
  if (found == chains_.end()) return {};
  return is_chain(pool_, found->second)
             ? found->second
             : pool_.computed(kChained, std::span(&found->second, 1));
}

ValueId ObjectPlaces::location_of(ExprId expr, BodyState& state) {
  if (!expr.exists()) return {};
  const Expr& row = code_.exprs[expr.index];
  switch (row.kind) {
    case ExprKind::Member:
      if (const ValueId shared = class_attribute_place(row); shared.exists()) return shared;
      return part_of(location_of(ExprId{row.ref}, state), row, state);
    case ExprKind::Index: return part_of(location_of(ExprId{row.ref}, state), row, state);
    case ExprKind::Result: return place_of_result(expr, state);
    case ExprKind::Variable: return place_of_variable(VariableId{row.ref}, state);
    default: return {};
  }
}

// The place of a member or an entry, by that of what it is read of; no id: that has none.
ValueId ObjectPlaces::part_of(ValueId base, const Expr& row, BodyState& state) {
  if (!base.exists()) return {};
  if (row.kind == ExprKind::Member) return member_place(engine_, base, code_.string(row.name));
  const ValueId key = values_.evaluate(code_.operands[row.operands.first].value, state);
  const std::array<ValueId, 2> operands{base, key};
  return pool_.computed(Opcode::Index, operands);
}

ValueId ObjectPlaces::place_of_result(ExprId expr, BodyState& state) {
  const Expr& row = code_.exprs[expr.index];
  if (const ExprId kept = receiver_kept(expr); kept != expr) return location_of(kept, state);
  if (const auto lives = result_places_.find(row.ref); lives != result_places_.end())
    return lives->second;
  if (const Op& op = code_.ops[row.ref]; op.kind == OpKind::Await)
    return location_of(code_.awaits[op.detail].value, state);
  const auto found = results_.find(row.ref);
  if (found != results_.end() && engine_.library_path(found->second) == "globals()")
    return found->second;
  return {};
}

ValueId ObjectPlaces::place_of_variable(VariableId id, const BodyState& state) {
  if (const ValueId alias = get(state.places, id); alias.exists()) return alias;
  if (scope_.is_imported(id)) return place_of_import(id, state);
  if (scope_.is_static(id)) return engine_.modules().place(scope_.me.module, id);
  const FunctionId owner = code_.variables[id.index].owner;
  if (owner == scope_.me.function) return place_of_own(id, state);
  return owner.index == 0 ? engine_.modules().place(scope_.me.module, id)
                          : scope_.capture_place(id);
}

ValueId ObjectPlaces::place_of_import(VariableId id, const BodyState& state) {
  const std::uint32_t row = engine_.modules().import_of(scope_.me.module, id);
  const ImportTarget& target = engine_.program().modules[scope_.me.module.index].imports[row];
  const bool has_exports = traits(code_.language).has_exports_object;
  if (target.module.exists() && (!target.whole || has_exports) && !scope_.in_initialiser())
    return engine_.loader().exported_place(target.module, target.symbol.empty()
                                                     ? code_.string(code_.imports[row].name)
                                                     : std::string_view(target.symbol));
  const ValueId value = scope_.read(id, state);
  if (pool_[value].kind == ValueKind::Object &&
      project_object(pool_, value).kind == ProjectObject::Kind::Module)
    return value;
  const std::string path = engine_.library_path(value);
  const bool is_state = std::ranges::find(kProcessState, path) != kProcessState.end();
  return is_state ? value : ValueId{};
}

// Of a parameter or the receiver, as long as it is what it began as.
ValueId ObjectPlaces::place_of_own(VariableId id, const BodyState& state) {
  const Variable& variable = code_.variables[id.index];
  const bool may_be_other = !traits(code_.language).copies_objects || is_assigned(id);
  if (scope_.in_initialiser() || (may_be_other && get(state.variables, id).exists())) return {};
  const bool outlives =
      variable.kind == VariableKind::Parameter || variable.kind == VariableKind::Receiver;
  if (!outlives) return {};
  const bool is_client =
      variable.kind == VariableKind::Parameter && scope_.client_of_type(variable).exists();
  const ValueId hole = is_client ? ValueId{} : scope_.hole_of(id);
  return hole.exists() ? hole : scope_.read(id, state);
}

ValueId ObjectPlaces::reference_place(ExprId expr, BodyState& state) {
  if (!expr.exists() || scope_.in_initialiser()) return {};
  const Expr& row = code_.exprs[expr.index];
  if (row.kind == ExprKind::Member || row.kind == ExprKind::Index)
    return part_of(reference_place(ExprId{row.ref}, state), row, state);
  if (row.kind != ExprKind::Variable) return {};
  const VariableId id{row.ref};
  if (!scope_.is_mine(id) || scope_.is_imported(id)) return {};
  return scope_.capture_place(id);
}

// Whether the function gives a variable something else than what it begins with.
bool ObjectPlaces::is_assigned(VariableId id) {
  if (!assigned_) {
    std::vector<VariableId>& all = assigned_.emplace();
    const auto add = [&](ExprId target) {
      if (target.exists() && code_.exprs[target.index].kind == ExprKind::Variable)
        all.emplace_back(code_.exprs[target.index].ref);
    };
    for (OpId at = scope_.function.first; at < scope_.function.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Assign) add(code_.assigns[op.detail].target);
      if (op.kind == OpKind::Loop) add(code_.loops[op.detail].target);
    }
    std::ranges::sort(all);
  }
  return std::ranges::binary_search(*assigned_, id);
}

void ObjectPlaces::note_call(const Call& row, const CallInput& invocation,
                             const CallResult& outcome) {
  const OpId call = invocation.at.op;
  if (outcome.place.exists()) result_places_[call.index] = outcome.place;
  note_attribute(row, invocation, outcome);
  const Expr& callee = code_.exprs[row.callee.index];
  if (callee.kind != ExprKind::Member) return;
  if (outcome.returns_receiver) kept_[call.index] = ExprId{callee.ref};
  if (!outcome.understood && invocation.receiver_place.exists()) note_chain(invocation);
}

void ObjectPlaces::note_chain(const CallInput& invocation) {
  const Value& place = pool_[invocation.receiver_place];
  const bool of_caller = place.kind == ValueKind::Hole &&
                         (place.origin == Origin::Parameter || place.origin == Origin::Receiver);
  if (of_caller || is_chain(pool_, invocation.receiver_place))
    chains_[invocation.at.op.index] = invocation.receiver_place;
}

// `request.headers` of what the function was given lives in that, if it is an object that is
// filled.
void ObjectPlaces::note_attribute(const Call& row, const CallInput& invocation,
                                  const CallResult& outcome) {
  const Expr& callee = code_.exprs[row.callee.index];
  const ValueId place = invocation.receiver_place;
  const bool may_read = traits(code_.language).sends_messages && callee.kind == ExprKind::Member &&
                        row.arguments.count == 0 && place.exists() && !outcome.place.exists();
  if (!may_read || !pool_.is(place, ValueKind::Hole) || pool_[place].origin != Origin::Parameter)
    return;
  const std::array<ValueId, 2> attribute{place, pool_.text_value(code_.string(callee.name))};
  result_places_[invocation.at.op.index] = pool_.computed(Opcode::Attribute, attribute);
}

}  // namespace fnlint
