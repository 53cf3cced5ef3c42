// Lists and maps that calls change: what is appended, put, merged, taken out.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/loop_nest.h"
#include "flow/body/object_changes.h"
#include "flow/body/object_places.h"
#include "flow/body/referenced_variables.h"

#include <tsl/robin_map.h>

#include <optional>

namespace fnlint {

class CollectionChanges {
 public:
  CollectionChanges(const BodyScope& scope, const LoopNest& loops, ObjectChanges& changes,
                    ReferencedVariables& own, const ObjectPlaces& places, BodyEvaluator& values)
      : engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        loops_(loops),
        changes_(changes),
        own_(own),
        places_(places),
        values_(values) {}

  void apply_updates(const Call& row, OpId op, const CallResult& outcome, BodyState& state);

 private:
  // The map and the key under which something stands.
  struct Entered {
    ExprId map = {};
    ValueId key = {};
  };
  Entered entry_of(ExprId expr, BodyState& state);
  bool append(ExprId list, ValueId element, BodyState& state);
  bool append_to_entry(ExprId list, ValueId element, BodyState& state);
  bool append_to_member(ExprId list, ValueId element, BodyState& state);
  bool append_in_given(ExprId list, ValueId element, BodyState& state);
  void apply_change(ExprId target, const Update& change, ValueId result, BodyState& state);
  [[nodiscard]] ExprId changed_by(const Call& row, const Update& change) const;
  std::optional<ValueId> replaced_by(ExprId target, const Update& change, ValueId old,
                                     ValueId result, BodyState& state);
  [[nodiscard]] ValueId longer(ValueId old, ValueId element_value, const BodyState& state) const;
  [[nodiscard]] ValueId changed_collection(ValueId old, const Update& change,
                                           const BodyState& state) const;
  void change_unknown(ExprId target, const Update& change, BodyState& state);

  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const LoopNest& loops_;
  ObjectChanges& changes_;
  ReferencedVariables& own_;
  const ObjectPlaces& places_;
  BodyEvaluator& values_;
  tsl::robin_map<std::uint32_t, Entered> entered_;  // calls that give what stands under a key
};

}  // namespace fnlint
