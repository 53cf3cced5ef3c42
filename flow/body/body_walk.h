// The walk of one body: the Walker's domain and the evaluator's context. Of flow alone; others call
// walk_body().
#pragma once

#include "flow/body/body_aliases.h"
#include "flow/body/body_asked.h"
#include "flow/body/body_attempts.h"
#include "flow/body/body_errors.h"
#include "flow/body/body_found.h"
#include "flow/body/body_join.h"
#include "flow/body/body_loops.h"
#include "flow/body/body_places.h"
#include "flow/body/body_reads.h"
#include "flow/body/body_scope.h"
#include "flow/body/body_state.h"
#include "flow/body/body_state_tests.h"
#include "flow/body/body_stores.h"
#include "flow/body/body_summary.h"
#include "flow/engine/body.h"
#include "flow/engine/reads.h"
#include "flow/state/walk.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "model/hole_at.h"
#include "values/evaluate.h"
#include "values/many.h"
#include "values/places.h"
#include "values/where.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
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
  BodyResult walk() {
    Walker<Body> walker(code_, *this);
    State state;
    if (scope_.in_initialiser() && traits(code_.language).has_exports_object) begin_exports(state);
    if (scope_.function.first.exists())
      state = walker.region(scope_.function.first, scope_.function.end, std::move(state));
    return finish(std::move(state));
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
  Test test(ExprId condition, State& state) {
    note_tasks_read(condition, state);
    presence_.begin_test();
    Test test{.value = as_condition(pool_, as_asked(pool_, evaluate(condition, state)))};
    presence_.ask(test.value, nullptr);
    presence_.end_test(condition, test.value, state);
    if (!scope_.in_initialiser()) test.asked = state_tests_.asked_state(condition, state);
    test.variables = variables_with_ways(condition, state);
    return test;
  }
  State assume(State state, const Test& test, bool holds) {
    for (const ValueId asked : test.asked) add_fact(state.asked, {asked, holds});
    if (!fnlint::assume(pool_, state.facts, test.value, holds)) {
      state.reachable = false;
      state.decided_by = test.asked;
    }
    errors_.settle(state, test.value, holds);
    for (const VariableId variable : test.variables) narrow(variable, state);
    return state;
  }
  void enters_arm(OpId branch, bool holds, const State& state) {
    if (scope_.in_initialiser()) engine_.loader().note_arm(scope_.me.module, branch, holds, state.reachable, state.facts);
  }
  State cut_here(State state);
  State join(State a, const State& b) { return joined_states(std::move(a), b, {}); }
  State join(State yes, const State& no, const Test& test) {
    return joined_states(std::move(yes), no, test.value);
  }
  State joined_states(State a, const State& b, ValueId gate) {
    std::optional<State> joined = join_.join(std::move(a), b, gate);
    return joined ? *std::move(joined) : cut_here({});
  }
  ValueId appended_to_each(ValueId lists, ValueId item);
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
    for (const Returned& one : returns_)
      if (loop < one.op && one.op < code_.ops[loop.index].end)
        loops_.add_ends(one.facts, round.facts);
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
  State caught(OpId attempt, const Catch& handler, State state) {
    const std::string_view kind = takes_any(code_, handler) ? kCaughtAny : kCaughtKind;
    const ValueId error = pool_.hole(Origin::CallResult, kind, scope_.place_ref(handler.first));
    if (handler.caught.exists()) put(state.variables, handler.caught, error);
    add_fact(state.facts, errors_.failure_in(attempt, error));
    return state;
  }
  using Left = std::optional<std::vector<ValueId>>;  // what every exit so far has assigned
  static void leaves(Left& left, const State& state) {
    left = left ? common_places(*left, state.sets) : state.sets;
  }
  static State at_last(State raised, const Left& left) {
    if (left) raised.sets = *left;
    return raised;
  }
  static State at_last_as_well(State after, const State& raised) {
    std::erase_if(after.facts, [&](const Fact& fact) {
      return !std::ranges::binary_search(raised.facts, fact);
    });
    after.sets = common_places(after.sets, raised.sets);
    return after;
  }
  static State past_last(State state, const State& after) {
    if (!state.reachable) return state;
    add_facts(state.facts, after.facts);
    add_places(state.sets, after.sets);
    return state;
  }
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
  ValueId anew(ValueId value);
  ValueId index_of(ValuePool&, ValueId base, ValueId index) override;
  ValueId spread_of(ValueId value) override {
    return state_ == nullptr ? value : as_changed(value, *state_);
  }

 private:
  struct Returned {
    ValueId value = {};
    FactSet facts = {};
    OpId op = {};
    std::vector<ValueId> sets = {};
    ValueId place = {};  // of what is returned, where that outlives the call
  };
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
  ValueId evaluate_target(ExprId target, State& state) override {
    const ExprId outer = std::exchange(merged_, target);
    const ValueId value = evaluate(target, state);
    merged_ = outer;
    return value;
  }
  void begin_exports(State& state);
  std::vector<VariableId> variables_with_ways(ExprId condition, const State& state) const;
  void narrow(VariableId variable, State& state);
  [[nodiscard]] bool takes_out(OpId op, VariableId id) const;
  void add_given_to_builtins(OpId op, State& state, std::vector<VariableId>& out);
  ValueId super_of(ValueId receiver);
  ValueId set_here(ValueId base, std::string_view name);
  void bind(VariableId id, ValueId value, State& state);
  void assign(const Assign& row, OpId op, State& state);
  void set_path(ExprId target, ValueId value, State& state);
  void set_entry(ExprId base, ValueId key, ValueId value, State& state);
  void tell_made(ValueId part, ValueId told);
  [[nodiscard]] bool is_settable(ExprId base) const;
  void apply_stores(const Call& row, const CallInput& invocation, State& state);
  void apply_setter(const Call& row, const CallInput& invocation, State& state);
  bool append_to_answer(ExprId list, ValueId element, State& state);
  bool change_data(ExprId base, ValueId changes, State& state);
  ValueId setting_place(const Expr& target, State& state);
  void take_setter(const Expr& target, ValueId value, OpId op, State& state);
  void run_setter(const Expr& target, ValueId base, ValueId value, OpId op, State& state);
  [[nodiscard]] bool is_whole_content(const Expr& target, ValueId value, StoreKind how) const;
  void note_dropped_answer(const CallInput& invocation, OpId op, Outcome& outcome);
  void call(const Call& row, OpId op, State& state);
  ValueId callee_of(ExprId callee, State& state);
  ValueId attribute_set(const Call& row, const CallInput& invocation, const State& state);
  CallInput invocation_of(const Call& row, OpId op, State& state);
  using Named = std::vector<std::pair<StringId, ExprId>>;  // arguments by name or position
  void add_argument(const Operand& operand, std::size_t& position, State& state,
                    std::vector<NamedValue>& arguments, std::vector<NamedValue>& places,
                    Named& without);
  // Moves them. `at_once`: of a function of the project, which surely runs here.
  void take_steps(Outcome& outcome, State& state, bool at_once = false);
  ExprId merged_argument(const Call& row) const;
  std::span<const Operand> merged_entries(const Assign& row, State& state);
  ValueId record_of_entries(std::span<const Operand> entries, State& state);
  void note_kept(ExprId value, ValueId place, State& state);
  [[nodiscard]] bool is_awaited_at_once(OpId call) const;
  struct NextTask {
    OpId call = {};
    const LibraryModel* model = nullptr;  // null: there is none
  };
  [[nodiscard]] const LibraryModel* row_of_link(ExprId callee) const;
  [[nodiscard]] NextTask next_task(OpId call) const;
  [[nodiscard]] bool is_taken_as_task(OpId call) const;
  [[nodiscard]] bool is_dropped(OpId call, const State& state) const;
  [[nodiscard]] bool is_let_run(OpId call, const State& state) const;
  [[nodiscard]] ExprId first_of_chain(ExprId task) const;
  [[nodiscard]] bool is_taken_beside(ExprId followed, const State& state) const;
  [[nodiscard]] bool completes_by_hand(const Call& row, const CallInput& invocation,
                                       const Outcome& outcome) const;
  void take_task(const Call& row, const CallInput& invocation, Outcome& outcome, State& state);
  void take_wait(OpId op, State& state);
  void take_awaited_list(OpId await, State& state);
  void take_start(std::uint32_t library, CallSite at, State& state);
  [[nodiscard]] bool is_task(ExprId expr) const;
  // A task in a variable that some ways read and others do not.
  struct HeldTask {
    VariableId variable = {};
    FactSet holds = {};  // if there is a task
    bool is_guess = false;
  };
  void keep_task(const CallInput& invocation, const Outcome& outcome);
  void hold_task(ExprId value, VariableId variable, State& state);
  void note_tasks_read(ExprId expr, State& state);
  void leave_tasks(OpId exit, State& state);
  [[nodiscard]] bool is_read_at_last(OpId exit, VariableId variable) const;
  [[nodiscard]] bool asks_for_task(const FactSet& facts) const;
  void add_tasks_in(ExprId expr, std::vector<OpId>& tasks, int depth) const;
  void mark_side_by_side(const Call& row);
  ValueId as_changed(ValueId value, const State& state);
  ValueId with_filled_entry(ValueId record, const Step& step);
  bool take_capture(const Step& step, State& state);
  [[nodiscard]] bool runs_at_once(const Call& row, const CallInput& invocation);
  [[nodiscard]] bool changes_copy(const Step& step) const;
  bool take_own(const Step& step, const FactSet& promised, State& state);
  ValueId changed_part(ValueId old, const Step& step);
  ValueId with_stored(ValueId object, std::span<const ValueId> path, const Step& step,
                      const FactSet& here);
  ValueId with_own_entry(ValueId object, ValueId key, ValueId value);
  ValueId content_after(ValueId old, const Step& step, const FactSet& here);
  void write_by_reference(const Assign& row, ValueId value, OpId op, State& state);
  enum class Given : std::uint8_t { Unknown, Modelled, Followed };
  [[nodiscard]] bool is_modelled(ValueId called) const;
  struct LastGiven {
    Given how{};
    FunctionRef function = {};
    std::size_t at = 0;
  };
  void note_given(const Call& row, LastGiven given);
  [[nodiscard]] bool keeps_given(FunctionRef function, std::size_t at) const;
  [[nodiscard]] bool is_known_after_call(const Assign& row, const State& state) const;
  void add_own_places(const Call& row, const Named& without, CallInput& invocation, State& state);
  struct Entered {
    ExprId map = {};
    ValueId key = {};
  };
  Entered entry_of(ExprId expr, State& state);
  bool append_to_entry(ExprId list, ValueId element, State& state);
  bool append_to_member(ExprId list, ValueId element, State& state);
  void apply_changes(const Call& row, OpId op, const Outcome& outcome, State& state);
  void apply_change(ExprId target, const Change& change, ValueId result, State& state);
  [[nodiscard]] ExprId changed_by(const Call& row, const Change& change) const;
  std::optional<ValueId> replaced_by(ExprId target, const Change& change, ValueId old,
                                     ValueId result, State& state);
  ValueId longer(ValueId old, ValueId element_value, const State& state);
  ValueId changed_collection(ValueId old, const Change& change, const State& state);
  void change_unknown(ExprId target, const Change& change, State& state);
  bool append_to_given(ValueId base, ValueId key, ValueId element, bool surely, State& state);
  bool append_in_given(ExprId list, ValueId element, State& state);
  ValueId returned_place(ExprId value, ValueId returned, State& state);
  ValueId take_returned_places(const State& end);
  void settle_asked_variables(ExprId condition, ValueId test, State& state);
  void take_property(ExprId id, ValueId base);
  [[nodiscard]] ProjectObject object_read(ValueId base) const;
  void add_returns(const State& end);
  void note_dropped_return(OpId exit, State& state);
  void keep_defaults() const;
  BodyResult finish(State end);
  ValueId as_predicate(const State& end);
  ValueId returned_value(const State& end);
  ValueId returned_by_ways(const State& end);
  [[nodiscard]] bool all_tests() const;

  const BodyScope scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const ExprTables tables_;
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
  State* state_ = nullptr;
  tsl::robin_map<std::uint32_t, Entered> entered_;  // calls that give what stands under a key
  std::vector<Returned> returns_;
  std::vector<Returned> dropped_returns_;  // beside errors
  std::vector<ValueId> yields_;
  std::vector<OpId> tasks_;  // calls whose results must be awaited
  std::vector<OpId> further_tasks_;  // of these, those of a task that a callback gives
  std::vector<OpId> completing_;     // calls that complete by hand what others wait for
  std::map<OpId, HeldTask> held_tasks_;
  tsl::robin_map<std::uint32_t, std::uint32_t> task_lists_;  // calls that give several: the row
  std::vector<std::pair<VariableId, ExprId>> task_variables_;  // and what they were given
  ExprId merged_ = {};  // a record that is spread into what takes its place: nobody reads it
  ExprId unread_ = {};  // a callee: its name is no member that is read
  ValueId called_on_ = {};  // what that is a member of
  std::set<std::uint32_t> property_exprs_;  // of which what the property does has been taken
  bool ends_early_ = false;
  std::vector<ChosenPart> chosen_ = {};
  bool is_left_out_ = false;  // nothing comes to what is evaluated
  std::map<VariableId, LastGiven>
      last_given_;  // own variables: to the call that was given them last
};

}  // namespace fnlint
