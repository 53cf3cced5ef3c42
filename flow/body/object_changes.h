// What a body changes of the objects that its own variables hold.
#pragma once

#include "flow/body/alias_table.h"
#include "flow/body/attempts.h"
#include "flow/body/body_scope.h"
#include "flow/body/loop_nest.h"
#include "flow/body/summary_builder.h"

namespace fnlint {

class ObjectChanges {
 public:
  ObjectChanges(const BodyScope& scope, SummaryBuilder& summary, const LoopNest& loops,
                AliasTable& aliases, Attempts& attempts, BodyEvaluator& values)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        summary_(summary),
        loops_(loops),
        aliases_(aliases),
        attempts_(attempts),
        values_(values) {}

  void bind(VariableId id, ValueId value, BodyState& state);
  // Lets this body's own view of a target take the value; what outlives the body was recorded
  // before.
  void set_path(ExprId target, ValueId value, BodyState& state);
  void set_entry(ExprId base, ValueId key, ValueId value, BodyState& state);
  // The object that the target holds is another one, `before` no longer.
  void replace(ExprId target, ValueId before, ValueId after, BodyState& state);
  // A variable, or what lies in one under names: its own value can be given the change.
  [[nodiscard]] bool is_settable(ExprId base) const;
  // Gives plain data that is not known whole the entries of a record. False: it is something else.
  bool change_data(ExprId base, ValueId changes, BodyState& state);
  // A list in what a service answered is that list and one more: `item["members"].append(x)`.
  // False: it is something else.
  bool append_to_answer(ExprId list, ValueId element, BodyState& state);

  // `job.setAttempts(n)` of what was parsed into a class.
  void apply_setter(const Call& row, const CallInput& invocation, BodyState& state);
  // What a part of an object is set to that goes along with each later call, `session.auth =
  // login`, `session.headers.update(more)`, is as good as given to the call that made the object.
  void tell_made(ValueId part, ValueId told);

 private:
  void set_variable_or_path(ExprId base, ValueId value, BodyState& state);
  void set_field(ExprId base, ValueId old, ValueId key, ValueId value, BodyState& state);

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  SummaryBuilder& summary_;
  const LoopNest& loops_;
  AliasTable& aliases_;
  Attempts& attempts_;
  BodyEvaluator& values_;
};

}  // namespace fnlint
