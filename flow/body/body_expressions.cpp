// What the parts of an expression are in a state of the walk, and what reading them notes.
#include "flow/body/body_expressions.h"

#include "flow/engine/library_call.h"
#include "flow/state/named_entry.h"
#include "model/hole_at.h"
#include "model/language_traits.h"
#include "values/where.h"

#include <utility>

namespace fnlint {

namespace {

// What the runtime gives is JSON: what decodes all of it does not fail.
bool is_whole_event(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Event &&
         pool.text(value).empty();
}

// Data that is written as JSON: what cannot be written, a channel or a function, no record of the
// program holds.
bool is_written_data(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Computed) && pool.opcode(value) == Opcode::JsonEncode;
}

// Marks an expression's number, so that it is none of an op's.
constexpr std::uint32_t kOfExpression = 0x80000000U;

}  // namespace

ValueId BodyExpressions::evaluate(ExprId expr, BodyState& state) {
  BodyState* const outer = std::exchange(state_, &state);
  std::vector<ValueId> asked = notes_.inputs.begin_expression();
  const ValueId value = fnlint::evaluate(pool_, tables_, expr, *this);
  notes_.inputs.end_expression(std::move(asked));
  state_ = outer;
  return value;
}

ValueId BodyExpressions::evaluate_unread(ExprId expr, ExprId unread, BodyState& state) {
  const ExprId outer = std::exchange(merged_, unread);
  const ValueId value = evaluate(expr, state);
  merged_ = outer;
  return value;
}

ValueId BodyExpressions::evaluate_condition(ExprId condition, BodyState& state) {
  return as_condition(pool_, as_asked(pool_, evaluate(condition, state)));
}

BodyExpressions::Callee BodyExpressions::evaluate_callee(ExprId callee, BodyState& state) {
  const ExprId outer = std::exchange(unread_, callee);
  const ValueId value = evaluate(callee, state);
  unread_ = outer;
  return {value, called_on_};
}

void BodyExpressions::entered(ValueId condition, bool holds) {
  chosen_.push_back({state_ == nullptr ? FactSet{} : state_->facts, is_left_out_});
  if (state_ != nullptr && !assume(pool_, state_->facts, condition, holds)) is_left_out_ = true;
}

void BodyExpressions::left() {
  if (state_ != nullptr) state_->facts = std::move(chosen_.back().facts);
  is_left_out_ = chosen_.back().is_left_out;
  chosen_.pop_back();
}

ValueId BodyExpressions::is_in(ValuePool& pool, ValueId item, ValueId container) {
  const ValueId variable = asked_variable(pool, item, container);
  return variable.exists() ? variable : ExprContext::is_in(pool, item, container);
}

ValueId BodyExpressions::leaf(ExprId id, const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Variable:
      if (id != merged_) notes_.state.note_found(id, expr, false, *state_);
      return scope_.read(VariableId{expr.ref}, *state_);
    case ExprKind::Result: return result_of(id, OpId{expr.ref});
    case ExprKind::ErrorOf: return error_of(OpId{expr.ref});
    case ExprKind::Function: return scope_.function_value(FunctionId{expr.ref}, *state_);
    default:
      return pool_.hole(Origin::Outside, code_.string(expr.name),
                        pack(scope_.me.module, ExprId{id.index | kOfExpression}));
  }
}

ValueId BodyExpressions::result_of(ExprId id, OpId op) {
  const auto found = results_.find(op.index);
  if (found == results_.end() && scope_.alone)
    if (const ValueId kept = engine_.summaries().kept_default({scope_.me.module, op});
        kept.exists())
      return kept;
  if (found == results_.end()) return pool_.unknown("result of a call that was not reached");
  if (!scope_.alone && engine_.index().parts_of_values(scope_.me.module)[id.index])
    notes_.state.note_whole(id, found->second, *state_);
  return found->second;
}

ValueId BodyExpressions::error_of(OpId op) const {
  const auto found = results_.find(op.index);
  if (found != results_.end() &&
      (is_whole_event(pool_, found->second) || is_written_data(pool_, found->second)))
    return pool_.null();
  return pool_.hole(Origin::CallResult, "error", scope_.place_ref(op));
}

void BodyExpressions::visited(ExprId id, ValueId base, ValueId value) {
  if (scope_.alone || state_ == nullptr || is_left_out_) return;
  if (id == unread_) called_on_ = base;
  const Expr& row = code_.exprs[id.index];
  const bool is_member = row.kind == ExprKind::Member;
  if (id != merged_) {
    if (is_member) notes_.state.note_found(id, row, id == unread_, *state_);
    notes_.state.note_field(id, row, base, value, *state_);
  }
  if (is_member) notes_.properties.read(id, base, *state_);
  if (is_variable(pool_, base)) {  // the variable itself has been read
    if (is_member && row.detail == 1) notes_.presence.ask(base, state_);  // `base?.name`
    return;
  }
  if (id != unread_) notes_.inputs.note_part(id, base, value, *state_);
}

ValueId BodyExpressions::member_of(ValuePool&, ValueId base, std::string_view name) {
  if (name == kSuper) return super_of(base);
  if (const ValueId set = set_here(base, name); set.exists()) return set;
  if (const ValueId client = engine_.types().declared_client(base, name); client.exists())
    return client;
  return anew(engine_.member_of(base, name));
}

ValueId BodyExpressions::index_of(ValuePool&, ValueId base, ValueId index) {
  if (pool_[index].kind == ValueKind::Text)
    if (const ValueId set = set_here(base, std::string(pool_.text(index))); set.exists())
      return set;
  return engine_.members().index_of(base, index);
}

// What this body has set under the name on an object that it does not own; no id: nothing.
ValueId BodyExpressions::set_here(ValueId base, std::string_view name) const {
  const ValueId fields = get(state_->heap, base);
  return fields.exists() ? named_entry(pool_, fields, name) : ValueId{};
}

// The receiver as the base class has it, of the class around this function.
ValueId BodyExpressions::super_of(ValueId receiver) const {
  FunctionId around = scope_.me.function;
  while (around.exists() && !code_.functions[around.index].owner.exists())
    around = code_.functions[around.index].parent;
  return around.exists()
             ? fnlint::super_of(pool_, receiver,
                                {ProjectObject::Kind::Class, scope_.me.module,
                                 code_.functions[around.index].owner})
             : engine_.member_of(receiver, kSuper);
}

// `DateTime.Now` gives another time each time that it is read.
ValueId BodyExpressions::anew(ValueId value) const {
  const Value& row = pool_[value];
  const bool is_taken = row.kind == ValueKind::Hole && row.ref == pack(CallSite{}) &&
                        (row.origin == Origin::Clock || row.origin == Origin::Fresh);
  const OpId current = summary_.current();
  if (!is_taken || !current.exists()) return value;
  const std::string text(pool_.text(value));
  return pool_.hole(row.origin, text, pack(CallSite{scope_.me.module, current}));
}

ValueId BodyExpressions::is_of(ValuePool& pool, ValueId value, std::string_view type) {
  std::vector<ValueId> operands{value, pool.text_value(type)};
  if (const ValueId classes = engine_.classes().classes_that_are(scope_.me.module, type);
      classes.exists())
    operands.push_back(classes);
  return compute(pool, Opcode::TypeIs, operands);
}

// An empty collection is false in some languages.
ValueId BodyExpressions::as_asked(ValuePool& pool, ValueId value) {
  if (!traits(code_.language).empty_is_false || !value.exists()) return value;
  const auto is_empty = [&](ValueId one) {
    const Value& row = pool[one];
    return (row.kind == ValueKind::List || row.kind == ValueKind::Record) && row.ref == 0 &&
           pool.operands(one).empty();
  };
  if (!pool.is(value, ValueKind::OneOf)) return is_empty(value) ? pool.boolean(false) : value;
  if (!pool.conditioned(value)) return value;
  std::vector<Alternative> ways;
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    const ValueId way = pool.operands(value)[i], inner = fnlint::bare(pool, way);
    const ValueId asked = is_empty(inner) ? pool.boolean(false) : inner;
    ways.push_back({is_where(pool, way) ? where(pool, asked, pool.operands(way).subspan(1)) : asked,
                    pool.guards(value)[i]});
  }
  return pool.one_of(ways);
}

// What nobody knows whole, with the entries that were set: `event["retry"] = n; dumps(event)`.
ValueId BodyExpressions::overlay_writes(ValueId value, const BodyState& state) const {
  const Value& row = pool_[value];
  const bool is_given = row.kind == ValueKind::Hole &&
                        (row.origin == Origin::Parameter || row.origin == Origin::Event);
  const bool is_answer = row.kind == ValueKind::Object;  // `settings = defaults()` of a library
  const ValueId fields = is_given || is_answer ? get(state.heap, value) : ValueId{};
  if (!fields.exists() || pool_[fields].kind != ValueKind::Record) return value;
  if (is_answer && (project_object(pool_, value).kind != ProjectObject::Kind::None ||
                    library_class(engine_, value) != LibraryClass::None))
    return value;
  std::vector<NamedValue> entries{{pool_.string(kRest), value}};
  for (std::size_t i = 0; i < pool_.operands(fields).size(); ++i)
    entries.push_back({pool_.names(fields)[i], pool_.operands(fields)[i]});
  return pool_.record(entries, true);
}

}  // namespace fnlint
