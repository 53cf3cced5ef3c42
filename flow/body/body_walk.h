// The walk of one body: the Walker's domain and the evaluator's context, over parts that each keep
// one kind of what is known. Of flow alone; others call walk_body().
#pragma once

#include "flow/body/body_aliases.h"
#include "flow/body/body_asked.h"
#include "flow/body/body_attempts.h"
#include "flow/body/body_changes.h"
#include "flow/body/body_collections.h"
#include "flow/body/body_errors.h"
#include "flow/body/body_found.h"
#include "flow/body/body_join.h"
#include "flow/body/body_loops.h"
#include "flow/body/body_places.h"
#include "flow/body/body_properties.h"
#include "flow/body/body_reads.h"
#include "flow/body/body_references.h"
#include "flow/body/body_returns.h"
#include "flow/body/body_scope.h"
#include "flow/body/body_state.h"
#include "flow/body/body_state_tests.h"
#include "flow/body/body_stores.h"
#include "flow/body/body_summary.h"
#include "flow/body/body_tasks.h"
#include "flow/engine/body.h"
#include "flow/engine/reads.h"
#include "flow/state/walk.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "values/evaluate.h"
#include "values/places.h"

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

class Body final : public ExprContext, private BodyEvaluator {
 public:
  using State = BodyState;
  Body(Engine& engine, FunctionRef function, std::span<const ValueId> arguments, bool is_alone)
      : scope_(engine, function, arguments, is_alone),
        engine_(scope_.engine),
        pool_(scope_.pool),
        code_(scope_.code),
        tables_{code_.exprs, code_.operands, code_.text, code_.strings} {}

  BodyResult run() {
    const Language outer = engine_.context().speak(code_.language);
    BodyResult result = walk();
    engine_.context().speak(outer);
    return result;
  }
  // Of the whole file's view, not of a place in the body.
  ValueId evaluate_alone(ExprId expr) {
    State empty;
    return evaluate(expr, empty);
  }

  // The walker's domain.
  struct Test {
    ValueId value = {};
    std::vector<ValueId> asked = {};
    std::vector<VariableId> variables = {};  // of which it may tell what they are
  };
  Test test(ExprId condition, State& state);
  State assume(State state, const Test& test, bool holds);
  void enters_arm(OpId branch, bool holds, const State& state) {
    if (scope_.in_initialiser())
      engine_.loader().note_arm(scope_.me.module, branch, holds, state.reachable, state.facts);
  }
  State join(State a, const State& b) { return joined_states(std::move(a), b, {}); }
  State join(State yes, const State& no, const Test& test) {
    return joined_states(std::move(yes), no, test.value);
  }
  void widen(OpId op, OpId first, OpId end, State& state);
  Attempts::Begun begins(OpId first, OpId end, const State& state) {
    return attempts_.begins(first, end, state);
  }
  void settles(Attempts::Begun begun, State& raised) {
    attempts_.settles(std::move(begun), raised);
  }
  void ends_loop(const State& left, const State& round) {
    loops_.add_ends(left.facts, round.facts);
  }
  void returns_end_loop(OpId loop, const State& round) {
    returns_.end_loop(loop, round.facts, loops_);
  }
  [[nodiscard]] bool cannot_raise(OpId op) const { return fnlint::cannot_raise(code_, op); }
  State enter(OpId op, State state);
  [[nodiscard]] bool surely_turns() { return loops_.innermost().surely; }
  // Where a loop goes over nothing.
  State passed_by(State state) {
    if (const ValueId test = loops_.innermost().test; test.exists())
      add_fact(state.facts, {test, false});
    return state;
  }
  State leave(OpId, State state);
  // What stands in a handler happens where something before it failed: a test like any other.
  State caught(OpId attempt, const Catch& handler, State state);
  using Left = std::optional<std::vector<ValueId>>;  // what every exit so far has assigned
  static void leaves(Left& left, const State& state) {
    left = left ? common_places(*left, state.sets) : state.sets;
  }
  static State at_last(State raised, const Left& left) {
    if (left) raised.sets = *left;
    return raised;
  }
  static State at_last_as_well(State after, const State& raised);
  static State past_last(State state, const State& after);
  void step(OpId op, State& state);

  // The evaluator's context.
  ValueId leaf(ExprId id, const Expr& expr) override;
  ValueId apply(ExprId, const Expr& expr) override {
    return pool_.unknown(code_.string(expr.name));
  }
  void visited(ExprId id, ValueId base, ValueId value) override;
  void entered(ValueId condition, bool holds) override {
    chosen_.push_back({state_ == nullptr ? FactSet{} : state_->facts, is_left_out_});
    if (state_ != nullptr && !fnlint::assume(pool_, state_->facts, condition, holds))
      is_left_out_ = true;
  }
  void left() override {
    if (state_ != nullptr) state_->facts = std::move(chosen_.back().facts);
    is_left_out_ = chosen_.back().is_left_out;
    chosen_.pop_back();
  }
  void asked(ValueId value) override { presence_.ask(value, state_); }
  ValueId as_asked(ValuePool& pool, ValueId value) override;
  ValueId is_in(ValuePool& pool, ValueId item, ValueId container) override {
    const ValueId variable = asked_variable(pool, item, container);
    return variable.exists() ? variable : ExprContext::is_in(pool, item, container);
  }
  ValueId is_of(ValuePool& pool, ValueId value, std::string_view type) override;
  ValueId operated(OperatorKind kind, ValueId left, ValueId right) override {
    return engine_.members().operated(operator_function(kind), left, right);
  }
  ValueId text_of(ValueId object) override { return engine_.members().text_of(object); }
  ValueId member_of(ValuePool&, ValueId base, std::string_view name) override;
  ValueId index_of(ValuePool&, ValueId base, ValueId index) override;
  ValueId spread_of(ValueId value) override {
    return state_ == nullptr ? value : as_changed(value, *state_);
  }

 private:
  // What held before a part of an expression that a condition leads to.
  struct ChosenPart {
    FactSet facts = {};
    bool is_left_out = false;
  };
  ValueId evaluate(ExprId expr, State& state) override {
    State* const outer = std::exchange(state_, &state);
    std::vector<ValueId> asked = reads_.begin_expression();
    const ValueId value = fnlint::evaluate(pool_, tables_, expr, *this);
    reads_.end_expression(std::move(asked));
    state_ = outer;
    return value;
  }
  ValueId evaluate_unread(ExprId expr, ExprId unread, State& state) override {
    const ExprId outer = std::exchange(merged_, unread);
    const ValueId value = evaluate(expr, state);
    merged_ = outer;
    return value;
  }
  BodyResult walk();
  BodyResult finish(State end);
  void begin_exports(State& state);
  State cut_here(State state);
  // `gate`: the test that holds where the state came by `a`, and fails where it came by `b`.
  State joined_states(State a, const State& b, ValueId gate) {
    std::optional<State> joined = join_.join(std::move(a), b, gate);
    return joined ? *std::move(joined) : cut_here({});
  }

  // Of an evaluated base.
  ValueId anew(ValueId value);
  ValueId super_of(ValueId receiver);
  ValueId set_here(ValueId base, std::string_view name);
  ValueId as_changed(ValueId value, const State& state);

  void await(const Await& row, OpId op, State& state);
  void exit(const Exit& row, OpId op, State& state);
  void leave_tasks(OpId exit, State& state);

  // Assignments.
  struct Assigned {
    StoreKind how{};
    ValueId value = {};   // what the target is then
    ValueId stored = {};  // what is stored: of an update, what is added
  };
  void assign(const Assign& row, OpId op, State& state);
  Assigned assigned_by(const Assign& row, State& state);
  ValueId updated(const Assign& row, ValueId value, State& state);
  void assign_variable(const Assign& row, VariableId id, const Assigned& assigned, OpId op,
                       State& state);
  void assign_part(const Assign& row, const Assigned& assigned, OpId op, State& state);
  void store_part(const Expr& target, ValueId base_place, const Assigned& assigned, OpId op,
                  State& state);
  std::span<const Operand> merged_entries(const Assign& row, State& state);
  ValueId record_of_entries(std::span<const Operand> entries, State& state);
  void note_kept(ExprId value, ValueId place, State& state);
  ValueId setting_place(const Expr& target, State& state);
  void take_setter(const Expr& target, ValueId value, OpId op, State& state);

  // Calls.
  void call(const Call& row, OpId op, State& state);
  CallInput invocation_of(const Call& row, OpId op, State& state);
  ValueId callee_of(ExprId callee, State& state);
  void add_argument(const Operand& operand, std::size_t& position, State& state,
                    std::vector<NamedValue>& arguments, std::vector<NamedValue>& places,
                    NamedExprs& without);
  [[nodiscard]] ExprId merged_argument(const Call& row) const;
  ValueId attribute_set(const Call& row, const CallInput& invocation, const State& state);
  void note_dropped_answer(const CallInput& invocation, OpId op, Outcome& outcome);
  // Moves them. `at_once`: of a function of the project, which surely runs here.
  void take_steps(Outcome& outcome, State& state, bool at_once = false);
  void take_step(Step& step, const FactSet& promised, bool at_once, State& state);
  void take_alone(std::optional<Step> step, State& state);
  void to_own_places(Step& step, const State& state) const;
  void mark_as_here(Step& step, const State& state) const;

  const BodyScope scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const ExprTables tables_;

  // Where the walk is.
  State* state_ = nullptr;  // of the expression that is evaluated
  ExprId merged_ = {};  // a record that is spread into what takes its place: nobody reads it
  ExprId unread_ = {};  // a callee: its name is no member that is read
  ValueId called_on_ = {};  // what that is a member of
  std::vector<ChosenPart> chosen_ = {};
  bool is_left_out_ = false;  // nothing comes to what is evaluated
  bool ends_early_ = false;

  // What it has found so far: each part is given those before it that it asks.
  LoopNest loops_{scope_};
  SummaryBuilder summary_{scope_, loops_};
  CallResults results_;
  Places places_{scope_, results_, *this};
  AliasTable aliases_{scope_};
  Attempts attempts_{scope_};
  CallErrors errors_{scope_};
  StateJoin join_{scope_, loops_};
  InputReads reads_{scope_, summary_};
  PresenceTests presence_{scope_, summary_, reads_};
  StateTests state_tests_{scope_, aliases_, places_};
  StateReads found_{scope_, summary_, places_};
  StoreSteps stores_{scope_, summary_, loops_, found_};
  OwnVariables own_{scope_, summary_, loops_, aliases_, places_};
  ObjectChanges changes_{scope_, summary_, loops_, aliases_, attempts_, *this};
  CollectionChanges collections_{scope_, loops_, changes_, places_, *this};
  PropertyCalls properties_{scope_, summary_, places_};
  TaskNotes tasks_{scope_, summary_, loops_};
  Returns returns_{scope_, places_, found_};
};

}  // namespace fnlint
