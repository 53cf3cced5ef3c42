// Data dependence by syntax alone: which variables and keys an expression is made from.
#pragma once

#include "model/code.h"

#include <map>
#include <set>
#include <string_view>

namespace fnlint {

// What an expression depends on: variables, and texts such as the keys and members that it asks
// for.
struct Roots {
  std::set<VariableId> variables = {};
  std::set<std::string_view> texts = {};  // the code form's

  void merge(const Roots& other);
};
// Whether they have something of either in common.
bool share(const Roots& a, const Roots& b);

// The roots of expressions along a walk that tells what each variable is assigned from.
class RootsOnTheWay {
 public:
  explicit RootsOnTheWay(const CodeFacts& code) : code_(code) {}

  // Through the results of calls, and through what variables were made of so far.
  [[nodiscard]] Roots of(ExprId expr) const;
  void assigned(VariableId variable, ExprId value);

 private:
  const CodeFacts& code_;
  std::map<VariableId, Roots> made_of_ = {};
};

}  // namespace fnlint
