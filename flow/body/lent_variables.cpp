// Where a call's arguments lie in own variables, and whether the call may still write there later.
#include "flow/body/lent_variables.h"

#include "core/text.h"
#include "flow/engine/library_call.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/failure_forms.h"
#include "flow/syntax/pointers.h"
#include "model/language_traits.h"
#include "tables/libraries.h"
#include "values/places.h"

namespace fnlint {

// A function of the project is told where in our own variables its arguments lie.
void LentVariables::add_own_places(const Call& row, const NamedExprs& without,
                                   CallInput& invocation, BodyState& state) {
  const ValueId held = engine_.loader().held_at(invocation.callee);
  const ValueId called = held.exists() ? held : invocation.callee;
  const bool is_function = !scope_.in_initialiser() && pool_.is(called, ValueKind::Function);
  if (is_function && row.mode != CallMode::Detached)
    note_given(row, {Given::Followed, unpack(pool_[called].ref)});
  else
    note_given(row, {is_modelled(called) ? Given::Modelled : Given::Unknown});
  if (!is_function) return;
  const Expr& callee = code_.exprs[row.callee.index];
  if (callee.kind == ExprKind::Member && !invocation.receiver_place.exists())
    invocation.receiver_place = places_.reference_place(ExprId{callee.ref}, state);
  std::vector<NamedValue> places;
  for (std::size_t i = 0; i < pool_.names(invocation.places).size(); ++i)
    places.push_back({pool_.names(invocation.places)[i], pool_.operands(invocation.places)[i]});
  const std::size_t before = places.size();
  for (const auto& [name, expr] : without)
    if (const ValueId place = places_.reference_place(expr, state); place.exists())
      places.push_back({name, place});
  if (places.size() != before) invocation.places = pool_.record(places);
}

// Whether a row says what a library's function does, and leaves.
bool LentVariables::is_modelled(ValueId called) const {
  const std::string path = engine_.library_path(called);
  if (path.empty()) return false;
  const LibraryModel* row = find_model_any(code_.language, path);
  if (row == nullptr) return only_computes(code_.language, path);
  return row->store != StoreHow::Update;
}

// What is known of what a call does to the variables that it is given.
void LentVariables::note_given(const Call& row, LastGiven given) {
  if (is_left_by_call(code_, row.callee)) return;
  given.at = 0;
  for (const Operand& operand : code_.operands_of(row.arguments)) {
    const VariableId id = root_variable(code_, operand.value);
    if (id.exists() && scope_.is_mine(id)) last_given_[id] = given;
    ++given.at;
  }
}

// Whether it has what it is given still when it is over: in what it returns, or stores.
bool LentVariables::keeps_given(FunctionRef function, std::size_t at) const {
  const Summary& summary = engine_.summary(function);
  if ((summary.uncertainty & kCut) != 0) return true;
  bool keeps = false;
  const auto look = [&](ValueId value) {
    for_each_below(pool_, value, [&](ValueId part) {
      const Value& row = pool_[part];
      keeps = keeps || (row.kind == ValueKind::Hole && row.origin == Origin::Parameter &&
                        row.ref == pack(function) && position_of_hole(pool_.text(part)) == at);
    });
  };
  const auto can_keep = [&](ValueId value) {
    if (!value.exists()) return false;
    const ValueKind kind = pool_[value].kind;
    return kind != ValueKind::Computed && kind != ValueKind::Text && kind != ValueKind::Bool;
  };
  if (can_keep(summary.returned)) look(summary.returned);
  for (const Step& step : summary.steps)
    if (step.kind == StepKind::Store && can_keep(step.value)) look(step.value);
  return keeps;
}

// `x` behind `f(&x)`: what it holds is known where the call is followed. What a model says is
// enough where the address is handed on, or lent.
bool LentVariables::is_known_after_call(const Assign& row, const BodyState& state) const {
  if (!is_left_by_call(code_, row.value)) return false;
  const ExprId target = written_through(code_, row.target);
  if (code_.exprs[target.index].kind != ExprKind::Variable) return false;
  const VariableId id{code_.exprs[target.index].ref};
  const auto last = last_given_.find(id);
  if (last == last_given_.end()) return false;
  const bool is_lent = traits(code_.language).lends;
  const ValueId now = get(state.variables, id);
  const ValueKind kind = now.exists() ? pool_[now].kind : ValueKind::Unknown;
  if (is_lent && (kind == ValueKind::Object || kind == ValueKind::Function)) return true;
  const LastGiven& given = last->second;
  if (given.how == Given::Followed) return !keeps_given(given.function, given.at);
  return given.how == Given::Modelled && (is_lent || target != row.target);
}

}  // namespace fnlint
