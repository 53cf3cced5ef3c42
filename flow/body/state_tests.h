// Which state a condition asks: itself, or by what it was made of.
#pragma once

#include "flow/body/alias_table.h"
#include "flow/body/body_scope.h"
#include "flow/body/object_places.h"

#include <map>
#include <optional>
#include <vector>

namespace fnlint {

class StateTests {
 public:
  StateTests(const BodyScope& scope, const AliasTable& aliases, ObjectPlaces& places)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        aliases_(aliases),
        places_(places) {}

  // The places of state that a condition reads, itself, by a call (`if (cache.empty())`), or in a
  // variable that was given what state held. What state begins with may decide the condition's
  // value, and that tells no longer whose it was.
  std::vector<ValueId> tested_state(ExprId condition, BodyState& state);

 private:
  void add_asked_by(const Expr& row, ExprId condition, std::vector<ExprId>& open);
  void add_asked_by_variable(VariableId variable, ExprId condition, std::vector<ExprId>& open);
  void add_asked_by_result(OpId result, std::vector<ExprId>& open);
  void add_asked_by_callee(VariableId callee, std::vector<ExprId>& open);
  void add_asked_in(FunctionId function, std::vector<ExprId>& open);

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const AliasTable& aliases_;
  ObjectPlaces& places_;
  std::optional<std::multimap<VariableId, ExprId>> chosen_by_;
};

}  // namespace fnlint
