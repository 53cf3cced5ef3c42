// What an assignment gives its target, and where that is stored.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/loop_nest.h"
#include "flow/body/object_changes.h"
#include "flow/body/object_places.h"
#include "flow/body/state_reads.h"
#include "flow/body/store_steps.h"

#include <span>

namespace fnlint {

struct Assigned {
  StoreKind how{};
  ValueId value = {};   // what the target is then
  ValueId stored = {};  // what is stored: of an update, what is added
};

class AssignedValues {
 public:
  AssignedValues(const BodyScope& scope, const LoopNest& loops, ObjectPlaces& places,
                 StateReads& found, BodyEvaluator& values)
      : scope_(scope),
        pool_(scope.pool),
        code_(scope.code),
        loops_(loops),
        places_(places),
        found_(found),
        values_(values) {}

  Assigned assigned_by(const Assign& row, BodyState& state);

 private:
  ValueId updated(const Assign& row, ValueId value, BodyState& state);
  std::span<const Operand> merged_entries(const Assign& row, BodyState& state);
  ValueId record_of_entries(std::span<const Operand> entries, BodyState& state);

  const BodyScope& scope_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const LoopNest& loops_;
  ObjectPlaces& places_;
  StateReads& found_;
  BodyEvaluator& values_;
};

class AssignedTargets {
 public:
  AssignedTargets(const BodyScope& scope, ObjectPlaces& places, StoreSteps& stores,
                  ObjectChanges& changes, BodyEvaluator& values)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        places_(places),
        stores_(stores),
        changes_(changes),
        values_(values) {}

  void assign_variable(const Assign& row, const Assigned& assigned, OpId op, BodyState& state);
  // A member, an entry or a part of an object.
  void assign_part(const Assign& row, const Assigned& assigned, OpId op, BodyState& state);

 private:
  void store_part(const Expr& target, ValueId base_place, const Assigned& assigned, OpId op,
                  BodyState& state);
  void note_kept(ExprId value, ValueId place, BodyState& state) const;
  ValueId setting_place(const Expr& target, BodyState& state);

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  ObjectPlaces& places_;
  StoreSteps& stores_;
  ObjectChanges& changes_;
  BodyEvaluator& values_;
};

}  // namespace fnlint
