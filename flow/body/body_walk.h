// The walk of one body: the Walker's domain, over parts that each keep one kind of what is known.
// Of flow alone; others call walk_body().
#pragma once

#include "flow/body/alias_table.h"
#include "flow/body/assignments.h"
#include "flow/body/attempts.h"
#include "flow/body/body_expressions.h"
#include "flow/body/body_scope.h"
#include "flow/body/body_state.h"
#include "flow/body/call_errors.h"
#include "flow/body/callee_steps.h"
#include "flow/body/collection_changes.h"
#include "flow/body/input_reads.h"
#include "flow/body/invocations.h"
#include "flow/body/lent_variables.h"
#include "flow/body/loop_nest.h"
#include "flow/body/object_changes.h"
#include "flow/body/object_places.h"
#include "flow/body/presence_tests.h"
#include "flow/body/property_calls.h"
#include "flow/body/referenced_variables.h"
#include "flow/body/returns.h"
#include "flow/body/state_join.h"
#include "flow/body/state_reads.h"
#include "flow/body/state_tests.h"
#include "flow/body/store_steps.h"
#include "flow/body/summary_builder.h"
#include "flow/body/task_notes.h"
#include "flow/engine/body.h"
#include "flow/state/walk.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "values/places.h"

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace fnlint {

class Body {
 public:
  using State = BodyState;
  Body(Engine& engine, FunctionRef function, std::span<const ValueId> arguments, bool is_alone)
      : scope_(engine, function, arguments, is_alone),
        engine_(scope_.engine),
        pool_(scope_.pool),
        code_(scope_.code) {}

  BodyResult run() {
    const Language outer = engine_.context().exchange_language(code_.language);
    BodyResult result = walk();
    engine_.context().exchange_language(outer);
    return result;
  }
  // Of the whole file's view, not of a place in the body.
  ValueId evaluate_alone(ExprId expr) {
    State empty;
    return values_.evaluate(expr, empty);
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
  void havoc_assigned(OpId op, OpId first, OpId end, State& state);
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
    left = left ? common_locations(*left, state.sets) : state.sets;
  }
  static State at_last(State raised, const Left& left) {
    if (left) raised.sets = *left;
    return raised;
  }
  static State at_last_as_well(State after, const State& raised);
  static State past_last(State state, const State& after);
  void step(OpId op, State& state);

 private:
  BodyResult walk();
  BodyResult finish(State end);
  void begin_exports(State& state);
  State cut_here(State state);
  // `gate`: the test that holds where the state came by `a`, and fails where it came by `b`.
  State joined_states(State a, const State& b, ValueId gate) {
    std::optional<State> joined = join_.join(std::move(a), b, gate);
    return joined ? *std::move(joined) : cut_here({});
  }

  void assign(const Assign& row, OpId op, State& state);
  void call(const Call& row, OpId op, State& state);
  void note_dropped_answer(const CallInput& invocation, OpId op, CallResult& outcome);
  void await(const Await& row, OpId op, State& state);
  void exit(const Exit& row, OpId op, State& state);
  void leave_tasks(OpId exit, State& state);

  const BodyScope scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  bool ends_early_ = false;

  // What it has found so far, by parts that are given what they ask. Expressions read all of it.
  CallResults results_;
  LoopNest loops_{scope_};
  SummaryBuilder summary_{scope_, loops_};
  AliasTable aliases_{scope_};
  Attempts attempts_{scope_};
  CallErrors errors_{scope_};
  StateJoin join_{scope_, loops_};
  TaskNotes tasks_{scope_, summary_, loops_};
  InputReads reads_{scope_, summary_};
  PresenceTests presence_{scope_, summary_, reads_};
  BodyExpressions values_{scope_, summary_, results_, {reads_, found_, presence_, properties_}};
  ObjectPlaces places_{scope_, results_, values_};
  StateTests state_tests_{scope_, aliases_, places_};
  StateReads found_{scope_, summary_, places_};
  StoreSteps stores_{scope_, summary_, loops_, found_};
  ReferencedVariables own_{scope_, summary_, loops_, aliases_, places_};
  CalleeSteps steps_{scope_, summary_, reads_, found_, stores_, own_};
  PropertyCalls properties_{scope_, summary_, places_, steps_};
  ObjectChanges changes_{scope_, summary_, loops_, aliases_, attempts_, values_};
  CollectionChanges collections_{scope_, loops_, changes_, own_, places_, values_};
  AssignedValues assigned_{scope_, loops_, places_, found_, values_};
  AssignedTargets targets_{scope_, places_, stores_, changes_, values_};
  LentVariables lent_{scope_, places_};
  Invocations invocations_{scope_, values_, places_, lent_};
  Returns returns_{scope_, places_, found_};
};

}  // namespace fnlint
