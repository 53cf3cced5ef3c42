// What a body leaves running: tasks that nothing takes, work that a library goes on with, `go f()`.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/loop_nest.h"
#include "flow/body/summary_builder.h"

#include <tsl/robin_map.h>

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace fnlint {

class TaskNotes {
 public:
  TaskNotes(const BodyScope& scope, SummaryBuilder& summary, const LoopNest& loops)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        summary_(summary),
        loops_(loops) {}

  // What becomes of a call's task: marks the call's steps, and gives the one that says that it is
  // left running.
  std::optional<Step> take_call(const Call& row, const CallInput& invocation, CallResult& outcome,
                                const BodyState& state);
  // What takes from a channel waits for whoever fills it.
  std::optional<Step> wait_at(OpId await) const;
  // `await items.map(async ...)`: that is a list, and nobody has waited for what stands in it.
  std::optional<Step> awaited_list(OpId await) const;
  // Tasks that the function leaves by this exit unread.
  std::vector<Step> left_at(OpId exit, const BodyState& state);

  void note_assigned(ExprId value, VariableId variable, BodyState& state);
  // What the call or assignment at `op` stores is a task whose failure nothing answers.
  void note_stored(ExprId value, OpId op);
  // Whoever reads a task may wait for it, or hand it to who does: a function that reads it, too,
  // from where it is made on.
  void note_read(ExprId expr, BodyState& state) const;
  // Tasks that one call takes together run at once: gather(f(1), f(2)). What one of them stores and
  // another stores, too, may be of a value that both read before.
  void mark_side_by_side(const Call& row);

  [[nodiscard]] bool is_task(ExprId expr) const;
  // Under `result instanceof Promise` it is asked whether there is a task: there may be none.
  [[nodiscard]] bool asks_for_task(const FactSet& facts) const;

 private:
  struct NextTask {
    OpId call = {};
    const LibraryModel* model = nullptr;  // null: there is none
  };
  // A task in a variable that some ways read and others do not.
  struct HeldTask {
    VariableId variable = {};
    FactSet holds = {};  // if there is a task
    bool is_guess = false;
  };
  // What is known of a call's task besides what the call itself tells.
  struct TakenTask {
    bool is_dropped = false, completes = false;
  };
  [[nodiscard]] bool may_be_refused(ExprId task) const;
  [[nodiscard]] bool is_stored_task(ExprId value) const;
  [[nodiscard]] bool is_awaited_at_once(OpId call) const;
  [[nodiscard]] const LibraryModel* row_of_link(ExprId callee) const;
  [[nodiscard]] NextTask next_task(OpId call) const;
  [[nodiscard]] bool is_taken_as_task(OpId call) const;
  [[nodiscard]] bool is_dropped(OpId call, const BodyState& state) const;
  [[nodiscard]] bool is_let_run(OpId call, const BodyState& state) const;
  [[nodiscard]] ExprId first_of_chain(ExprId task) const;
  [[nodiscard]] bool is_taken_beside(ExprId followed, const BodyState& state) const;
  [[nodiscard]] bool completes_by_hand(const Call& row, const CallInput& invocation,
                                       const CallResult& outcome) const;
  void keep_task(const CallInput& invocation, const CallResult& outcome);
  void mark_steps(CallSite call, bool is_dropped, CallResult& outcome,
                  const BodyState& state) const;
  std::optional<Step> left_running(const Call& row, const CallInput& invocation, TakenTask task,
                                   CallResult& outcome, const BodyState& state) const;
  [[nodiscard]] bool is_read_at_last(OpId exit, VariableId variable) const;
  void add_tasks_in(ExprId expr, std::vector<OpId>& tasks, int depth) const;

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  SummaryBuilder& summary_;
  const LoopNest& loops_;
  std::vector<OpId> tasks_;          // calls whose results must be awaited
  std::vector<OpId> further_tasks_;  // of these, those of a task that a callback gives
  std::vector<OpId> completing_;     // calls that complete by hand what others wait for
  std::map<OpId, HeldTask> held_tasks_;
  tsl::robin_map<std::uint32_t, std::uint32_t> task_lists_;    // calls that give several: the row
  std::vector<std::pair<VariableId, ExprId>> task_variables_;  // and what they were given
};

}  // namespace fnlint
