// What a body's calls are given: the callee, the arguments, and where these live.
#pragma once

#include "flow/body/body_expressions.h"
#include "flow/body/body_scope.h"
#include "flow/body/lent_variables.h"
#include "flow/body/object_places.h"

#include <cstddef>
#include <vector>

namespace fnlint {

class Invocations {
 public:
  Invocations(const BodyScope& scope, BodyExpressions& values, ObjectPlaces& places,
              LentVariables& lent)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        values_(values),
        places_(places),
        lent_(lent) {}

  CallInput invocation_of(const Call& row, OpId op, BodyState& state);
  // `job.attempts`, once this body has set it, where even a read of an attribute is a call; no id:
  // it is another call.
  [[nodiscard]] ValueId attribute_set(const Call& row, const CallInput& invocation,
                                      const BodyState& state) const;

 private:
  struct Arguments {
    std::vector<NamedValue> values = {}, places = {};
    NamedExprs without = {};  // of which nobody knows a place
    std::size_t position = 0;
  };
  ValueId callee_of(ExprId callee, BodyState& state);
  [[nodiscard]] ExprId merged_argument(const Call& row) const;
  void add_argument(const Operand& operand, ExprId merged, Arguments& arguments, BodyState& state);
  void add_spread(ValueId value, std::uint32_t spread, Arguments& arguments) const;

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  BodyExpressions& values_;
  ObjectPlaces& places_;
  LentVariables& lent_;
};

}  // namespace fnlint
