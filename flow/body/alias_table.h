// Which own variables are names of one object, and what one name's change means for the others.
#pragma once

#include "flow/body/body_scope.h"

#include <tsl/robin_map.h>

#include <optional>
#include <vector>

namespace fnlint {

// What it is given stands in one place of the function, so that it is that wherever it is read.
bool is_given_once(const CodeFacts& code, const Function& function, VariableId variable);

class AliasTable {
 public:
  explicit AliasTable(const BodyScope& scope)
      : scope_(scope), pool_(scope.pool), code_(scope.code) {}

  // What an own variable is given, until it is given something else.
  void note_given(VariableId id, ExprId value) { given_[id.index] = value; }
  // Null: nothing was given to it yet.
  [[nodiscard]] const ExprId* given(VariableId id) const;
  [[nodiscard]] ExprId given_to(VariableId id) const;
  // Own variables that a pointer was given as they are, by the one of several ways, or by another
  // one.
  [[nodiscard]] std::vector<VariableId> pointed_by(VariableId pointer) const;

  // The object that `base` leads to was `before`, and is `after`: its other names are given that.
  void change(ExprId base, ValueId before, ValueId after, BodyState& state);
  // The same of what `variable` held, where nobody knows which of the others is surely its name.
  void change_variable(VariableId variable, ValueId before, ValueId after, BodyState& state);
  // A method that was called sets an entry of an object that a field of its own leads to. `call`:
  // its place.
  void change_by_method(const Step& store, std::uint64_t call, BodyState& state);

 private:
  const std::vector<VariableId>& shared_variables();
  [[nodiscard]] Answer is_same_object(ExprId base, VariableId variable) const;
  [[nodiscard]] Answer holds_object(ExprId base, VariableId variable) const;
  ValueId with_changed_object(ValueId value, ValueId before, ValueId after, bool is_sure);
  void add_pointed(VariableId pointer, std::vector<VariableId>& out, int depth) const;

  const BodyScope& scope_;
  ValuePool& pool_;
  const CodeFacts& code_;
  tsl::robin_map<std::uint32_t, ExprId> given_;    // to own variables, last
  std::optional<std::vector<VariableId>> shared_;  // own variables; sorted
};

}  // namespace fnlint
