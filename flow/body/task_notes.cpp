// Which of a body's tasks somebody waits for, and what goes on where nobody does.
#include "flow/body/task_notes.h"

#include "core/text.h"
#include "flow/body/presence_tests.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/library_tasks.h"
#include "model/language_traits.h"
#include "tables/models.h"
#include "values/summarised_lists.h"

#include <map>
#include <set>

namespace fnlint {

bool TaskNotes::is_task(ExprId expr) const {
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

bool TaskNotes::asks_for_task(const FactSet& facts) const {
  const std::string_view wanted = traits(code_.language).task_class;
  return !wanted.empty() && std::ranges::any_of(facts, [&](const Fact& fact) {
    return fact.holds && pool_.opcode(fact.test) == Opcode::TypeIs &&
           pool_.text(pool_.operands(fact.test)[1]) == wanted;
  });
}

// Whether the function waits for the call's result before it does anything else.
bool TaskNotes::is_awaited_at_once(OpId call) const {
  const OpId next = code_.ops[call.index].end;
  if (next >= scope_.function.end || code_.ops[next.index].kind != OpKind::Await) return false;
  const Expr& value = code_.exprs[code_.awaits[code_.ops[next.index].detail].value.index];
  return value.kind == ExprKind::Result && value.ref == call.index;
}

// `then` of `p.then(use)`, where that gives a task of whatever `p` is.
const LibraryModel* TaskNotes::row_of_link(ExprId callee) const {
  const Expr& row = code_.exprs[callee.index];
  if (row.kind != ExprKind::Member) return nullptr;
  const LibraryModel* found = find_library_model(code_.language, cat("*.", code_.string(row.name)));
  return found != nullptr && found->task && found->effect_of.empty() ? found : nullptr;
}

// `made().then(use)`: the call of a member of what this one gives, where it gives a task, too.
TaskNotes::NextTask TaskNotes::next_task(OpId call) const {
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
bool TaskNotes::is_taken_as_task(OpId call) const {
  const NextTask next = next_task(call);
  return next.model != nullptr && next.model->returns == "receiver";
}

// Nothing takes what the call gives, or a list of this function takes it that nothing reads.
bool TaskNotes::is_dropped(OpId call, const BodyState& state) const {
  const CallUses& uses = engine_.index().uses_in(scope_.me.module);
  if (uses.results[call.index] == ResultUse::Dropped) return true;
  const auto at =
      std::ranges::lower_bound(uses.collected, call, {}, &std::pair<OpId, VariableId>::first);
  if (at == uses.collected.end() || at->first != call || !scope_.is_mine(at->second)) return false;
  const ValueId held = get(state.variables, at->second);
  if (!held.exists()) return false;
  const ValueKind kind = pool_[held].kind;
  return kind == ValueKind::List || is_summarised(pool_, held) || is_filled(pool_, held) ||
         library_class(engine_, held) == LibraryClass::Container;
}

// Nothing takes the task, nor the last one of those that follow it.
bool TaskNotes::is_let_run(OpId call, const BodyState& state) const {
  for (NextTask next = next_task(call); next.model != nullptr; next = next_task(call))
    call = next.call;
  return is_dropped(call, state);
}

// `p` of `p.then(f).catch(g)`. What a callback on the way gives is waited for by its own link
// alone.
ExprId TaskNotes::first_of_chain(ExprId task) const {
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
bool TaskNotes::is_taken_beside(ExprId followed, const BodyState& state) const {
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
bool TaskNotes::completes_by_hand(const Call& row, const CallInput& invocation,
                                  const CallResult& outcome) const {
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

namespace {

// What a library leaves running.
Step start_of(std::uint32_t library, CallSite at) {
  Step step;
  step.kind = StepKind::Start;
  step.at = at;
  step.library = library;
  return step;
}

}  // namespace

std::optional<Step> TaskNotes::take_call(const Call& row, const CallInput& invocation,
                                         CallResult& outcome, const BodyState& state) {
  const OpId op = invocation.at.op;
  if (outcome.task) tasks_.push_back(op);
  if (outcome.task_of_callback) further_tasks_.push_back(op);
  TakenTask task;
  task.completes = completes_by_hand(row, invocation, outcome);
  if (task.completes) completing_.push_back(op);
  keep_task(invocation, outcome);
  if (outcome.task_list != UINT32_MAX) task_lists_.insert_or_assign(op.index, outcome.task_list);
  task.is_dropped = is_dropped(op, state);
  mark_steps(invocation.at, task.is_dropped, outcome, state);
  if (!scope_.in_initialiser()) return left_running(row, invocation, task, outcome, state);
  if (outcome.started == UINT32_MAX || outcome.told_by_callback) return std::nullopt;
  return start_of(outcome.started, invocation.at);
}

void TaskNotes::mark_steps(CallSite call, bool is_dropped, CallResult& outcome,
                           const BodyState& state) const {
  const bool is_summarised = outcome.task && loops_.repeats() && !is_awaited_at_once(call.op);
  std::uint32_t flags = 0;  // of what is not known yet, and may turn out to give a task
  if (is_dropped) flags |= kResultUnused;
  if (is_taken_as_task(call.op)) flags |= kWaitedFor;
  const bool is_detached = outcome.task && is_let_run(call.op, state);
  for (Step& step : outcome.steps) {
    if (is_summarised) step.flags |= kManyAtOnce;
    if (step.kind == StepKind::Call && step.at == call) step.flags |= flags;
    if (is_detached && (step.kind != StepKind::Find || scope_.in_initialiser()))
      step.flags |= kDetached;
  }
}

std::optional<Step> TaskNotes::left_running(const Call& row, const CallInput& invocation,
                                            TakenTask task, CallResult& outcome,
                                            const BodyState& state) const {
  const Expr& callee = code_.exprs[row.callee.index];
  const bool follows_task = callee.kind == ExprKind::Member && is_task(ExprId{callee.ref});
  const bool taken_elsewhere = row_of_link(row.callee) != nullptr && !outcome.task_of_callback &&
                               is_taken_beside(ExprId{callee.ref}, state);
  const bool left = outcome.task && task.is_dropped && !taken_elsewhere;
  const bool detached = row.mode == CallMode::Detached;
  const bool started = outcome.started != UINT32_MAX && (task.is_dropped || !outcome.task) &&
                       !(outcome.told_by_callback && is_taken_as_task(invocation.at.op));
  if (!left && !detached && !started) return std::nullopt;
  const bool is_task_alone = left && !detached && !started;
  const bool begins = is_task_alone && !has_cold_tasks(engine_.language(scope_.me.module)) &&
                      pool_.is(invocation.callee, ValueKind::Function);
  mark_found_by(invocation.at, begins, outcome.steps);
  Step step;
  step.kind = StepKind::Start;
  step.at = invocation.at;
  if (started) step.library = outcome.started;
  if (started && is_method(pool_, invocation.callee))
    step.subject = pool_.operands(invocation.callee)[0];
  if (is_task_alone) step.holds = outcome.task_holds;
  if (outcome.told_by_callback) step.flags |= kGivenCallback;
  if (detached) step.flags |= kDetached;
  if (task.completes) step.flags |= kCompletes;
  if (outcome.guessed_task && !follows_task) step.flags |= kGuessed;
  return step;
}

// What is started where nothing waits for it at once: it runs until something reads its task. A
// task that only its reader starts does not.
void TaskNotes::keep_task(const CallInput& invocation, const CallResult& outcome) {
  constexpr std::size_t kHeldTasks = 16;  // more of one function tell nothing new
  const bool runs = outcome.started != UINT32_MAX
                        ? library_models()[outcome.started].starts == kTaskGroup
                         : !has_cold_tasks(engine_.language(scope_.me.module));
  const bool is_used =
      engine_.index().uses_in(scope_.me.module).results[invocation.at.op.index] == ResultUse::Used;
  if (scope_.in_initialiser() || !outcome.task || !runs || !is_used ||
      held_tasks_.size() >= kHeldTasks)
    return;
  held_tasks_[invocation.at.op] = {.holds = outcome.task_holds, .is_guess = outcome.guessed_task};
}

void TaskNotes::note_assigned(ExprId value, VariableId variable, BodyState& state) {
  if (!value.exists()) return;
  if (is_task(value)) task_variables_.emplace_back(variable, value);
  const Expr& given = code_.exprs[value.index];
  if (given.kind != ExprKind::Result || !scope_.is_mine(variable)) return;
  const auto held = held_tasks_.find(OpId{given.ref});
  if (held == held_tasks_.end()) return;
  held->second.variable = variable;
  put(state.running, held->first, pool_.boolean(true));
}

// No link of `load().then(read).catch(answer)` answers a failure.
bool TaskNotes::may_be_refused(ExprId task) const {
  const Expr* link = &code_.exprs[task.index];
  while (link->kind == ExprKind::Result && code_.ops[link->ref].kind == OpKind::Call) {
    const ExprId callee = code_.calls[code_.ops[link->ref].detail].callee;
    const LibraryModel* row = row_of_link(callee);
    if (row == nullptr) return true;
    if (row->guard == "failure") return false;
    link = &code_.exprs[code_.exprs[callee.index].ref];
  }
  return true;
}

// `kept = kept || load()` stores what the call gives.
bool TaskNotes::is_stored_task(ExprId value) const {
  if (!value.exists()) return false;
  const Expr& row = code_.exprs[value.index];
  const auto kind = static_cast<OperatorKind>(row.detail);
  const bool is_default = row.kind == ExprKind::Operator &&
                          (kind == OperatorKind::Or || kind == OperatorKind::Coalesce);
  if (!is_default) return is_task(value) && may_be_refused(value);
  return std::ranges::any_of(code_.operands_of(row.operands),
                             [&](const Operand& one) { return is_stored_task(one.value); });
}

void TaskNotes::note_stored(ExprId value, OpId op) {
  if (has_cold_tasks(engine_.language(scope_.me.module)) || !is_stored_task(value)) return;
  const CallSite here{scope_.me.module, op};
  for (Step& step : summary_.steps())
    if (step.kind == StepKind::Store && step.at == here) step.unsettled = true;
}

void TaskNotes::note_read(ExprId expr, BodyState& state) const {
  if (state.running.empty() || !expr.exists()) return;
  std::vector<VariableId> read;
  add_variables_read(scope_, expr, read);
  std::erase_if(state.running, [&](const auto& row) {
    return std::ranges::find(read, held_tasks_.at(row.first).variable) != read.end();
  });
}

// Before the function is left, what stands behind it on every way out is still done.
bool TaskNotes::is_read_at_last(OpId exit, VariableId variable) const {
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
std::vector<Step> TaskNotes::left_at(OpId exit, const BodyState& state) {
  std::vector<Step> left;
  for (const auto& [call, runs] : state.running) {
    const HeldTask& task = held_tasks_.at(call);
    FactSet holds = state.facts;
    const bool is_undecided =
        pool_.is(runs, ValueKind::OneOf) || (pool_[runs].uncertainty & kUngated) != 0;
    if (is_undecided || !assume(pool_, holds, runs, true) || fails_where(pool_, holds) ||
        is_read_at_last(exit, task.variable))
      continue;
    Step& step = left.emplace_back();
    step.kind = StepKind::Start;
    step.at = {scope_.me.module, call};
    const OpId at = exit < scope_.function.end ? exit : call;
    step.value = pool_.hole(Origin::Outside, "return", scope_.place_ref(at));
    if (task.is_guess) step.flags |= kGuessed;
    step.holds = std::move(holds);
    for (const Fact& fact : task.holds) add_fact(step.holds, fact);
  }
  return left;
}

std::optional<Step> TaskNotes::awaited_list(OpId await) const {
  const ExprId awaited = code_.awaits[code_.ops[await.index].detail].value;
  if (scope_.in_initialiser() || !awaited.exists()) return std::nullopt;
  const Expr& value = code_.exprs[awaited.index];
  if (value.kind != ExprKind::Result) return std::nullopt;
  const auto list = task_lists_.find(value.ref);
  const bool dropped =
      engine_.index().uses_in(scope_.me.module).results[await.index] == ResultUse::Dropped;
  if (list == task_lists_.end() || !dropped) return std::nullopt;
  return start_of(list->second, {scope_.me.module, OpId{value.ref}});
}

std::optional<Step> TaskNotes::wait_at(OpId await) const {
  if (is_task(code_.awaits[code_.ops[await.index].detail].value) || scope_.in_initialiser() ||
      !engine_.index().uses_in(scope_.me.module).detaches)
    return std::nullopt;
  Step step;
  step.kind = StepKind::Wait;
  step.at = {scope_.me.module, await};
  return step;
}

// Calls that give the tasks in an expression; of a task that is made of others (create_task(f()))
// those.
void TaskNotes::add_tasks_in(ExprId expr, std::vector<OpId>& tasks, int depth) const {
  constexpr int kDepth = 4;
  if (!expr.exists() || depth > kDepth) return;
  std::vector<OpId> results;
  add_results(code_, expr, results);
  for (const OpId result : results) {
    if (std::ranges::find(tasks_, result) == tasks_.end()) continue;
    const std::size_t before = tasks.size();
    if (code_.ops[result.index].kind == OpKind::Call)
      for (const Operand& one :
           code_.operands_of(code_.calls[code_.ops[result.index].detail].arguments))
        add_tasks_in(one.value, tasks, depth + 1);
    if (tasks.size() == before) tasks.push_back(result);
  }
  std::vector<VariableId> variables;
  add_variables(code_, expr, variables);
  for (const VariableId variable : variables)
    for (const auto& [holder, value] : task_variables_)
      if (holder == variable) add_tasks_in(value, tasks, depth + 1);
}

void TaskNotes::mark_side_by_side(const Call& row) {
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

}  // namespace fnlint
