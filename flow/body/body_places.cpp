#include "core/text.h"
#include "flow/body/body_walk.h"
#include "flow/calls/class_defaults.h"
#include "flow/syntax/pointers.h"
#include "model/language_traits.h"

#include <algorithm>
#include <iterator>

namespace fnlint {

// Where a value lies: the place that an expression, a member or a result names.

// self.items, where the class has the list and no method gives the instance one of its own: shared
// by all instances.
ValueId Body::class_attribute_place(const Expr& member, State& state) {
  const Expr& base = code_.exprs[member.ref];
  if (base.kind != ExprKind::Variable || !scope_.function.owner.exists() ||
      scope_.function.kind == FunctionKind::ClassInit)
    return {};
  if (VariableId{base.ref} != scope_.function.receiver) return {};
  const std::string_view name = code_.string(member.name);
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
      return {};
  }
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
  static_cast<void>(state);
  return {};
}

// The expression of the object that a chain of setters gives back.
ExprId Body::receiver_kept(ExprId expr) const {
  while (expr.exists() && code_.exprs[expr.index].kind == ExprKind::Result) {
    const auto found = kept_.find(code_.exprs[expr.index].ref);
    if (found == kept_.end()) break;
    expr = found->second;
  }
  return expr;
}

// Where the receiver of a call lives that a call of unknown meaning gave: at the same place, if
// that turns out to be an object that gives itself back.
ValueId Body::chained_place(const Expr& callee) {
  const Expr& base = code_.exprs[callee.ref];
  if (base.kind != ExprKind::Result) return {};
  const auto found = chains_.find(base.ref);
  if (found == chains_.end()) return {};
  const Value& place = pool_[found->second];
  const bool is_chain = place.kind == ValueKind::Computed && pool_.text(found->second) == "chained";
  return is_chain ? found->second : pool_.computed("chained", std::span(&found->second, 1));
}

// Where the object lives that an expression names, when it lives longer than this call.
ValueId Body::place_of(ExprId expr, State& state) {
  if (!expr.exists()) return {};
  const Expr& row = code_.exprs[expr.index];
  if (row.kind == ExprKind::Member)
    if (const ValueId shared = class_attribute_place(row, state); shared.exists()) return shared;
  if (row.kind == ExprKind::Member || row.kind == ExprKind::Index) {
    const ValueId base = place_of(ExprId{row.ref}, state);
    if (!base.exists()) return {};
    if (row.kind == ExprKind::Member) return member_place(base, code_.string(row.name));
    const ValueId key = evaluate(code_.operands[row.operands.first].value, state);
    const std::array<ValueId, 2> operands{base, key};
    return pool_.computed(Opcode::Index, operands);
  }
  if (row.kind == ExprKind::Result) {
    if (const ExprId kept = receiver_kept(expr); kept != expr) return place_of(kept, state);
    if (const auto lives = result_places_.find(row.ref); lives != result_places_.end())
      return lives->second;
    if (const Op& op = code_.ops[row.ref]; op.kind == OpKind::Await)
      return place_of(code_.awaits[op.detail].value, state);
    const auto found = results_.find(row.ref);
    if (found != results_.end() && engine_.library_path(found->second) == "globals()")
      return found->second;
    return {};
  }
  if (row.kind != ExprKind::Variable) return {};
  const VariableId id{row.ref};
  if (const ValueId alias = get(state.places, id); alias.exists()) return alias;
  const Variable& variable = code_.variables[id.index];
  if (engine_.modules().import_of(scope_.me.module, id) != UINT32_MAX) {
    const std::uint32_t row_of_import = engine_.modules().import_of(scope_.me.module, id);
    const Import& import = code_.imports[row_of_import];
    const ImportTarget& target = engine_.program().modules[scope_.me.module.index].imports[row_of_import];
    const bool has_exports = traits(code_.language).has_exports_object;
    if (target.module.exists() && (!target.whole || has_exports) && !scope_.in_initialiser())
      return engine_.loader().exported_place(target.module, target.symbol.empty()
                                                       ? code_.string(import.name)
                                                       : std::string_view(target.symbol));
    const ValueId value = scope_.read(id, state);
    if (pool_[value].kind == ValueKind::Object &&
        project_object(pool_, value).kind == ProjectObject::Kind::Module)
      return value;
    const std::string path = engine_.library_path(value);
    const bool is_state = path == "process" || path == "globalThis" || path == "global" ||
                          path == "os" || path == "os.environ" || path == "ENV";
    return is_state ? value : ValueId{};
  }
  if (scope_.is_static(id)) return engine_.modules().place(scope_.me.module, id);
  if (variable.owner == scope_.me.function) {
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
  if (variable.owner.index == 0) return engine_.modules().place(scope_.me.module, id);
  return pool_.hole(Origin::Capture, code_.string(variable.name), scope_.variable_ref(id));
}

// A member of what lives long: of a module, its variable.
ValueId Body::member_place(ValueId base, std::string_view name) {
  if (name == kPointee || name == kSuper) return base;
  if (const ProjectObject object = project_object(pool_, base);
      object.kind == ProjectObject::Kind::Module)
    if (const ValueId place = engine_.loader().exported_place(object.module, name); place.exists())
      return place;
  const std::array<ValueId, 2> operands{base, pool_.text_value(name)};
  return pool_.computed(Opcode::Member, operands);
}

// The places of state that a condition reads, itself, by a call (`if (cache.empty())`), or in a
// variable that was given what state held. What state
// begins with may decide the condition's value, and that tells no longer whose it was.
std::vector<ValueId> Body::asked_state(ExprId condition, State& state) {
  constexpr std::size_t kAsked = 4, kLookedAt = 64;
  std::vector<ValueId> asked;
  std::vector<ExprId> open{condition};
  for (std::size_t at = 0; at < open.size() && at < kLookedAt && asked.size() < kAsked; ++at) {
    if (!open[at].exists()) continue;
    const Expr& row = code_.exprs[open[at].index];
    if (row.kind == ExprKind::Member || row.kind == ExprKind::Index ||
        row.kind == ExprKind::Variable) {
      if (const ValueId place = place_of(open[at], state); place.exists()) {
        const std::array<ValueId, 2> operands{place, pool_.number(std::to_string(condition.index))};
        const ValueId one = pool_.computed(Opcode::Asked, operands);
        if (std::ranges::find(asked, one) == asked.end()) asked.push_back(one);
        continue;
      }
    }
    add_asked_by(row, condition, open);
  }
  return asked;
}

// A function that gives state itself, not a copy of it: `return registry;`. Of several returns, all
// must give the same.
ValueId Body::returned_place(ExprId value, ValueId returned, State& state) {
  const bool gives_itself = !traits(code_.language).returns_copies && !scope_.in_initialiser();
  ValueId place = gives_itself ? place_of(value, state) : ValueId{};
  if (!gives_itself && value.exists()) note_whole(value, returned, state);
  if (place.exists()) {
    const ValueId root = root_of(pool_, place);
    const Value& row = pool_[root];
    const bool lasts = row.kind == ValueKind::Hole &&
                       (row.origin == Origin::Global || row.origin == Origin::Receiver);
    if (!lasts) {
      note_whole(value, returned, state);
      place = {};
    }
  }
  return place;
}

// Where what is returned lives, where that is one and the same; no id: it is not, and each is read
// where it is returned.
ValueId Body::take_returned_places(const State& end) {
  const bool is_one = !end.reachable && !returns_.empty() &&
                      std::ranges::all_of(returns_, [&](const Returned& one) {
                        return one.place == returns_.front().place;
                      });
  if (is_one) return returns_.front().place;
  for (const Returned& one : returns_) {
    State there;
    there.sets = one.sets;
    if (one.place.exists()) find(one.place, kWhole, there);
  }
  return {};
}

}  // namespace fnlint
