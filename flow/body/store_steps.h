// The steps that tell a summary of what a body stores where others find it.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/loop_nest.h"
#include "flow/body/state_reads.h"
#include "flow/body/summary_builder.h"

namespace fnlint {

class StoreSteps {
 public:
  StoreSteps(const BodyScope& scope, SummaryBuilder& summary, const LoopNest& loops,
             StateReads& reads)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        summary_(summary),
        loops_(loops),
        reads_(reads) {}

  void record(ValueId place, ValueId key, ValueId value, StoreKind how, OpId op, BodyState& state);
  // A store of a call that stands here, with all that it is met under.
  void take(Step given, BodyState& state);
  // What a function stores in a module variable, whoever reads it may find: also what it stores
  // through an address that it was given.
  void note_global(ValueId place, ValueId key, ValueId value, StoreKind how, bool by_function);

 private:
  void add(Step step, BodyState& state);
  [[nodiscard]] bool sets_variable(ValueId key, ValueId value, StoreKind how) const;

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  SummaryBuilder& summary_;
  const LoopNest& loops_;
  StateReads& reads_;
};

}  // namespace fnlint
