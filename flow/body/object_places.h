// Where objects live: the abstract location that an expression of a body names.
#pragma once

#include "flow/body/body_scope.h"

#include <tsl/robin_map.h>

#include <optional>
#include <vector>

namespace fnlint {

// What calls and waits of a body gave, by their ops.
using CallResults = tsl::robin_map<std::uint32_t, ValueId>;

// A member of what lives long: of a module, its variable.
ValueId member_place(Engine& engine, ValueId base, std::string_view name);

class ObjectPlaces {
 public:
  ObjectPlaces(const BodyScope& scope, const CallResults& results, BodyEvaluator& values)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        results_(results),
        values_(values) {}

  // Where the object lives that an expression names, when it lives longer than this call.
  ValueId location_of(ExprId expr, BodyState& state);
  // Where in own variables an expression leads; no id: elsewhere, or nobody knows.
  ValueId reference_place(ExprId expr, BodyState& state);
  // Where the receiver of a call lives.
  ValueId receiver_place(const Expr& callee, BodyState& state);
  // The expression of the object that a chain of setters gives back.
  [[nodiscard]] ExprId receiver_kept(ExprId expr) const;

  // Where what a call gives lives, as far as that is known of it.
  void note_call(const Call& row, const CallInput& invocation, const CallResult& outcome);

 private:
  ValueId chained_place(const Expr& callee);
  ValueId class_attribute_place(const Expr& member) const;
  [[nodiscard]] bool is_given_by_methods(const Expr& member) const;
  ValueId part_of(ValueId base, const Expr& row, BodyState& state);
  ValueId place_of_result(ExprId expr, BodyState& state);
  ValueId place_of_variable(VariableId id, const BodyState& state);
  ValueId place_of_import(VariableId id, const BodyState& state);
  ValueId place_of_own(VariableId id, const BodyState& state);
  void note_attribute(const Call& row, const CallInput& invocation, const CallResult& outcome);
  void note_chain(const CallInput& invocation);
  [[nodiscard]] bool is_assigned(VariableId id);

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const CallResults& results_;
  BodyEvaluator& values_;
  tsl::robin_map<std::uint32_t, ExprId> kept_;     // calls that gave their receiver back: that
  CallResults result_places_;                      // calls: where what they gave lives
  CallResults chains_;                             // unknown calls: where their receiver lives
  std::optional<std::vector<VariableId>> assigned_;  // those that are given something; sorted
};

}  // namespace fnlint
