#include "core/text.h"
#include "flow/body/body_walk.h"
#include "flow/models/library_tasks.h"
#include "flow/state/joined.h"
#include "model/language_traits.h"
#include "tables/models.h"

#include <map>
#include <set>

namespace fnlint {

// What is left running: tasks that nothing takes, work that a library goes on with, `go f()`.

bool Body::is_task(ExprId expr) const {
  if (!expr.exists()) return false;
  const Expr& row = code_.exprs[expr.index];
  switch (row.kind) {
    case ExprKind::Result:
      return std::find(tasks_.begin(), tasks_.end(), OpId{row.ref}) != tasks_.end();
    case ExprKind::Variable:
      return std::ranges::find(task_variables_, VariableId{row.ref},
                               &std::pair<VariableId, ExprId>::first) != task_variables_.end();
    case ExprKind::Choose: {
      const auto operands = code_.operands_of(row.operands);
      return std::any_of(operands.begin(), operands.end(),
                         [&](const Operand& one) { return is_task(one.value); });
    }
    default: return false;
  }
}

// Under `result instanceof Promise` it is asked whether there is a task: there may be none.
bool Body::asks_for_task(const FactSet& facts) const {
  const std::string_view wanted = traits(code_.language).task_class;
  return !wanted.empty() && std::ranges::any_of(facts, [&](const Fact& fact) {
    return fact.holds && pool_.opcode(fact.test) == Opcode::TypeIs &&
           pool_.text(pool_.operands(fact.test)[1]) == wanted;
  });
}

// Whether the function waits for the call's result before it does anything else.
bool Body::is_awaited_at_once(OpId call) const {
  const OpId next = code_.ops[call.index].end;
  if (next >= scope_.function.end || code_.ops[next.index].kind != OpKind::Await) return false;
  const Expr& value = code_.exprs[code_.awaits[code_.ops[next.index].detail].value.index];
  return value.kind == ExprKind::Result && value.ref == call.index;
}

// `then` of `p.then(use)`, where that gives a task of whatever `p` is.
const LibraryModel* Body::row_of_link(ExprId callee) const {
  const Expr& row = code_.exprs[callee.index];
  if (row.kind != ExprKind::Member) return nullptr;
  const LibraryModel* found = find_library_model(code_.language, cat("*.", code_.string(row.name)));
  return found != nullptr && found->task && found->effect_of.empty() ? found : nullptr;
}

// `made().then(use)`: the call of a member of what this one gives, where it gives a task, too.
Body::NextTask Body::next_task(OpId call) const {
  const OpId next = code_.ops[call.index].end;
  if (next >= scope_.function.end || code_.ops[next.index].kind != OpKind::Call) return {};
  const ExprId callee = code_.calls[code_.ops[next.index].detail].callee;
  if (code_.exprs[callee.index].kind != ExprKind::Member) return {};
  const Expr& of = code_.exprs[code_.exprs[callee.index].ref];
  if (of.kind != ExprKind::Result || of.ref != call.index) return {};
  const LibraryModel* row = row_of_link(callee);
  return row != nullptr ? NextTask{next, row} : NextTask{};
}

// `send(request, told).promise()`: whoever waits for the promise waits until all is told.
bool Body::is_taken_as_task(OpId call) const {
  const NextTask next = next_task(call);
  return next.model != nullptr && next.model->returns == "receiver";
}

// Nothing takes what the call gives, or a list of this function takes it that nothing reads.
bool Body::is_dropped(OpId call, const State& state) const {
  const CallUses& uses = engine_.index().uses_in(scope_.me.module);
  if (uses.results[call.index] == ResultUse::Dropped) return true;
  const auto at =
      std::ranges::lower_bound(uses.collected, call, {}, &std::pair<OpId, VariableId>::first);
  if (at == uses.collected.end() || at->first != call || !scope_.is_mine(at->second)) return false;
  const ValueId held = get(state.variables, at->second);
  if (!held.exists()) return false;
  const ValueKind kind = pool_[held].kind;
  return kind == ValueKind::List || is_many(pool_, held) || is_filled(pool_, held) ||
         library_class(engine_, held) == LibraryClass::Container;
}

// Nothing takes the task, nor the last one of those that follow it.
bool Body::is_let_run(OpId call, const State& state) const {
  for (NextTask next = next_task(call); next.model != nullptr; next = next_task(call))
    call = next.call;
  return is_dropped(call, state);
}

// `p` of `p.then(f).catch(g)`. What a callback on the way gives is waited for by its own link
// alone.
ExprId Body::first_of_chain(ExprId task) const {
  while (code_.exprs[task.index].kind == ExprKind::Result) {
    const OpId link{code_.exprs[task.index].ref};
    const bool is_further = std::ranges::find(further_tasks_, link) != further_tasks_.end();
    if (is_further || code_.ops[link.index].kind != OpKind::Call) return task;
    const ExprId callee = code_.calls[code_.ops[link.index].detail].callee;
    if (row_of_link(callee) == nullptr) return task;
    task = ExprId{code_.exprs[callee.index].ref};
  }
  return task;
}

// `p.then(f)` beside an `await p`: more reads it than chains whose end nothing takes.
bool Body::is_taken_beside(ExprId followed, const State& state) const {
  const Expr& first = code_.exprs[first_of_chain(followed).index];
  if (first.kind != ExprKind::Variable) return false;
  const std::uint32_t reads = engine_.index().uses_in(scope_.me.module).reads[first.ref];
  const auto begins_chain = [&](ExprId callee) {
    if (row_of_link(callee) == nullptr) return false;
    const Expr& of = code_.exprs[code_.exprs[callee.index].ref];
    return of.kind == ExprKind::Variable && of.ref == first.ref;
  };
  std::uint32_t let_run = 0;
  for (OpId at{0}; reads > 1 && at.index < code_.ops.size(); ++at.index)
    if (const Op& op = code_.ops[at.index]; op.kind == OpKind::Call)
      let_run += begins_chain(code_.calls[op.detail].callee) && is_let_run(at, state) ? 1 : 0;
  return reads > std::max(let_run, 1U);
}

// What is left running may tell who waits for it: by what it does, a callback of it, a thread that
// is started, or the coroutine that it is given.
bool Body::completes_by_hand(const Call& row, const CallInput& invocation,
                             const Outcome& outcome) const {
  const bool may_run_on =
      outcome.task || outcome.started != UINT32_MAX || row.mode == CallMode::Detached;
  if (!may_run_on) return false;
  if (completes(engine_, outcome.steps)) return true;
  if (outcome.started == UINT32_MAX) return false;
  const auto given = code_.operands_of(row.arguments);
  return (is_method(pool_, invocation.callee) &&
          completes(engine_, pool_.operands(invocation.callee)[0])) ||
         std::ranges::any_of(given, [&](const Operand& one) {
           std::vector<OpId> results;
           add_results(code_, one.value, results);
           return std::ranges::any_of(results, [&](OpId result) {
             return std::ranges::find(completing_, result) != completing_.end();
           });
         });
}

void Body::take_task(const Call& row, const CallInput& invocation, Outcome& outcome, State& state) {
  const OpId op = invocation.at.op;
  if (outcome.task) tasks_.push_back(op);
  if (outcome.task_of_callback) further_tasks_.push_back(op);
  const bool completes = completes_by_hand(row, invocation, outcome);
  if (completes) completing_.push_back(op);
  keep_task(invocation, outcome);
  if (outcome.task_list != UINT32_MAX) task_lists_.insert_or_assign(op.index, outcome.task_list);
  if (outcome.task && loops_.repeats() && !is_awaited_at_once(op))
    for (Step& step : outcome.steps) step.flags |= kManyAtOnce;
  const CallSite here = invocation.at;
  const bool dropped = is_dropped(op, state);
  if (dropped)
    for (Step& step : outcome.steps)  // what is not known yet may turn out to give a task
      if (step.kind == StepKind::Call && step.at == here) step.flags |= kResultUnused;
  if (is_taken_as_task(op))
    for (Step& step : outcome.steps)
      if (step.kind == StepKind::Call && step.at == here) step.flags |= kWaitedFor;
  if (outcome.task && is_let_run(op, state))
    for (Step& step : outcome.steps)
      if (step.kind != StepKind::Find || scope_.in_initialiser()) step.flags |= kDetached;
  if (scope_.in_initialiser()) {
    if (outcome.started != UINT32_MAX && !outcome.told_by_callback)
      take_start(outcome.started, here, state);
    return;
  }
  const Expr& callee = code_.exprs[row.callee.index];
  const bool follows_task = callee.kind == ExprKind::Member && is_task(ExprId{callee.ref});
  const bool taken_elsewhere = row_of_link(row.callee) != nullptr && !outcome.task_of_callback &&
                               is_taken_beside(ExprId{callee.ref}, state);
  const bool left = outcome.task && dropped && !taken_elsewhere;
  const bool detached = row.mode == CallMode::Detached;
  const bool started = outcome.started != UINT32_MAX && (dropped || !outcome.task) &&
                       !(outcome.told_by_callback && is_taken_as_task(op));
  if (!left && !detached && !started) return;
  const bool begins = left && !detached && !started && !has_cold_tasks(engine_.language(scope_.me.module)) &&
                      pool_.is(invocation.callee, ValueKind::Function);
  mark_found_by(here, begins, outcome.steps);
  Step step;
  step.kind = StepKind::Start;
  step.at = here;
  if (started) step.library = outcome.started;
  if (started && is_method(pool_, invocation.callee))
    step.subject = pool_.operands(invocation.callee)[0];
  if (left && !detached && !started) step.holds = outcome.task_holds;
  if (outcome.told_by_callback) step.flags |= kGivenCallback;
  if (detached) step.flags |= kDetached;
  if (completes) step.flags |= kCompletes;
  if (outcome.guessed_task && !follows_task) step.flags |= kGuessed;
  Outcome one;
  one.steps.push_back(std::move(step));
  take_steps(one, state);
}

// What is started where nothing waits for it at once: it runs until something reads its task. A
// task that only its reader starts does not.
void Body::keep_task(const CallInput& invocation, const Outcome& outcome) {
  constexpr std::size_t kHeldTasks = 16;  // more of one function tell nothing new
  const bool runs = outcome.started != UINT32_MAX
                        ? library_models()[outcome.started].starts == kTaskGroup
                        : !has_cold_tasks(engine_.language(scope_.me.module));
  const bool is_used =
      engine_.index().uses_in(scope_.me.module).results[invocation.at.op.index] == ResultUse::Used;
  if (scope_.in_initialiser() || !outcome.task || !runs || !is_used || held_tasks_.size() >= kHeldTasks)
    return;
  held_tasks_[invocation.at.op] = {.holds = outcome.task_holds, .is_guess = outcome.guessed_task};
}

void Body::hold_task(ExprId value, VariableId variable, State& state) {
  const Expr& given = code_.exprs[value.index];
  if (given.kind != ExprKind::Result || !scope_.is_mine(variable)) return;
  const auto held = held_tasks_.find(OpId{given.ref});
  if (held == held_tasks_.end()) return;
  held->second.variable = variable;
  put(state.running, held->first, pool_.boolean(true));
}

// Whoever reads a task may wait for it, or hand it to who does: a function that reads it, too, from
// where it is made on.
void Body::note_tasks_read(ExprId expr, State& state) {
  if (state.running.empty() || !expr.exists()) return;
  std::vector<VariableId> read;
  add_read(scope_, expr, read);
  std::erase_if(state.running, [&](const auto& row) {
    return std::ranges::find(read, held_tasks_.at(row.first).variable) != read.end();
  });
}

// Before the function is left, what stands behind it on every way out is still done.
bool Body::is_read_at_last(OpId exit, VariableId variable) const {
  for (OpId at = scope_.function.first; at < exit; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Try || op.end <= exit) continue;
    for (OpId last = code_.tries[op.detail].finally_first; last < op.end; ++last.index) {
      std::vector<VariableId> read;
      visit_expressions(code_, last, [&](ExprId expr) { add_variables(code_, expr, read); });
      if (std::ranges::find(read, variable) != read.end()) return true;
    }
  }
  return false;
}

// The function returns, and a way here has not read a task. Where something failed, the invocation
// has another trouble.
void Body::leave_tasks(OpId exit, State& state) {
  const Rows<OpId> running = state.running;
  for (const auto& [call, runs] : running) {
    const HeldTask& task = held_tasks_.at(call);
    FactSet holds = state.facts;
    const bool is_undecided =
        pool_.is(runs, ValueKind::OneOf) || (pool_[runs].evidence & kUngated) != 0;
    if (is_undecided || !fnlint::assume(pool_, holds, runs, true) || fails_where(pool_, holds) ||
        is_read_at_last(exit, task.variable))
      continue;
    Outcome one;
    Step& step = one.steps.emplace_back();
    step.kind = StepKind::Start;
    step.at = {scope_.me.module, call};
    step.value =
        pool_.hole(Origin::Outside, "return", scope_.place_ref(exit < scope_.function.end ? exit : call));
    if (task.is_guess) step.flags |= kGuessed;
    step.holds = std::move(holds);
    for (const Fact& fact : task.holds) add_fact(step.holds, fact);
    take_steps(one, state);
  }
}

// `await items.map(async ...)`: that is a list, and nobody has waited for what stands in it.
void Body::take_awaited_list(OpId await, State& state) {
  const ExprId awaited = code_.awaits[code_.ops[await.index].detail].value;
  if (scope_.in_initialiser() || !awaited.exists()) return;
  const Expr& value = code_.exprs[awaited.index];
  if (value.kind != ExprKind::Result) return;
  const auto list = task_lists_.find(value.ref);
  const bool dropped = engine_.index().uses_in(scope_.me.module).results[await.index] == ResultUse::Dropped;
  if (list != task_lists_.end() && dropped)
    take_start(list->second, {scope_.me.module, OpId{value.ref}}, state);
}

// What a library leaves running.
void Body::take_start(std::uint32_t library, CallSite at, State& state) {
  Outcome one;
  one.steps.emplace_back();
  one.steps.back().kind = StepKind::Start;
  one.steps.back().at = at;
  one.steps.back().library = library;
  take_steps(one, state);
}

// Calls that give the tasks in an expression; of a task that is made of others (create_task(f()))
// those.
void Body::add_tasks_in(ExprId expr, std::vector<OpId>& tasks, int depth) const {
  constexpr int kDepth = 4;
  if (!expr.exists() || depth > kDepth) return;
  std::vector<OpId> results;
  add_results(code_, expr, results);
  for (const OpId result : results) {
    if (std::ranges::find(tasks_, result) == tasks_.end()) continue;
    const std::size_t before = tasks.size();
    if (code_.ops[result.index].kind == OpKind::Call)
      for (const Operand& one : code_.operands_of(code_.calls[code_.ops[result.index].detail].arguments))
        add_tasks_in(one.value, tasks, depth + 1);
    if (tasks.size() == before) tasks.push_back(result);
  }
  std::vector<VariableId> variables;
  add_variables(code_, expr, variables);
  for (const VariableId variable : variables)
    for (const auto& [holder, value] : task_variables_)
      if (holder == variable) add_tasks_in(value, tasks, depth + 1);
}

// Tasks that one call takes together run at once: gather(f(1), f(2)). What one of them stores and
// another stores, too, may be of a value that both read before.
void Body::mark_side_by_side(const Call& row) {
  if (tasks_.size() < 2) return;
  std::vector<OpId> tasks;
  for (const Operand& one : code_.operands_of(row.arguments)) add_tasks_in(one.value, tasks, 0);
  std::ranges::sort(tasks);
  tasks.erase(std::unique(tasks.begin(), tasks.end()), tasks.end());
  if (tasks.size() < 2) return;
  const auto task_of = [&](const Step& step) {
    if (step.kind != StepKind::Store || step.via.empty() || step.via[0].module != scope_.me.module)
      return OpId{};
    return std::ranges::binary_search(tasks, step.via[0].op) ? step.via[0].op : OpId{};
  };
  std::map<ValueId, std::set<OpId>> writers;
  for (const Step& step : summary_.steps())
    if (const OpId task = task_of(step); task.exists()) writers[step.subject].insert(task);
  for (Step& step : summary_.steps())
    if (task_of(step).exists() && writers[step.subject].size() > 1) step.flags |= kManyAtOnce;
}

// What takes from a channel waits for whoever fills it.
void Body::take_wait(OpId op, State& state) {
  if (scope_.in_initialiser() || !engine_.index().uses_in(scope_.me.module).detaches) return;
  Outcome one;
  one.steps.emplace_back();
  one.steps.back().kind = StepKind::Wait;
  one.steps.back().at = {scope_.me.module, op};
  take_steps(one, state);
}

}  // namespace fnlint
