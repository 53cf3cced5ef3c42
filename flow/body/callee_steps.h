// The steps of a callee, in the terms of the body that calls it.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/input_reads.h"
#include "flow/body/referenced_variables.h"
#include "flow/body/state_reads.h"
#include "flow/body/store_steps.h"
#include "flow/body/summary_builder.h"

#include <optional>

namespace fnlint {

class CalleeSteps {
 public:
  CalleeSteps(const BodyScope& scope, SummaryBuilder& summary, InputReads& reads,
              StateReads& found, StoreSteps& stores, ReferencedVariables& own)
      : scope_(scope),
        pool_(scope.pool),
        summary_(summary),
        reads_(reads),
        found_(found),
        stores_(stores),
        own_(own) {}

  // Moves them. `at_once`: of a function of the project, which surely runs here.
  void take(CallResult& outcome, BodyState& state, bool at_once = false);
  // A step that no call brings.
  void take_alone(std::optional<Step> step, BodyState& state);

 private:
  void take_step(Step& step, const FactSet& promised, bool at_once, BodyState& state);
  void to_own_places(Step& step, const BodyState& state) const;

  const BodyScope& scope_;
  ValuePool& pool_;
  SummaryBuilder& summary_;
  InputReads& reads_;
  StateReads& found_;
  StoreSteps& stores_;
  ReferencedVariables& own_;
};

}  // namespace fnlint
