// What expressions depend on, as far as the code of one function says it.

#include "flow/syntax/roots.h"

#include "flow/syntax/code_queries.h"

#include <algorithm>
#include <vector>

namespace fnlint {

namespace {

template <class T>
bool share_one(const std::set<T>& a, const std::set<T>& b) {
  return std::ranges::any_of(a, [&](const T& one) { return b.contains(one); });
}

}  // namespace

void Roots::merge(const Roots& other) {
  variables.insert(other.variables.begin(), other.variables.end());
  texts.insert(other.texts.begin(), other.texts.end());
}

bool share(const Roots& a, const Roots& b) {
  return share_one(a.variables, b.variables) || share_one(a.texts, b.texts);
}

void RootsOnTheWay::assigned(VariableId variable, ExprId value) {
  if (value.exists()) made_of_[variable].merge(of(value));
}

Roots RootsOnTheWay::of(ExprId expr) const {
  Roots found;
  std::set<OpId> calls;
  std::vector<ExprId> open{expr};
  while (!open.empty()) {
    const ExprId next = open.back();
    open.pop_back();
    if (!next.exists()) continue;
    std::vector<VariableId> variables;
    add_variables(code_, next, variables);
    for (const VariableId variable : variables) {
      if (!found.variables.insert(variable).second) continue;
      const auto made = made_of_.find(variable);
      if (made != made_of_.end()) found.merge(made->second);
    }
    visit_parts(code_, next, [&](const Expr& part) {
      if (part.kind == ExprKind::Text || part.kind == ExprKind::Member)
        found.texts.insert(code_.string(part.name));
    });
    std::vector<OpId> results;
    add_results(code_, next, results);
    for (const OpId result : results)
      if (calls.insert(result).second)
        visit_expressions(code_, result, [&](ExprId part) { open.push_back(part); });
  }
  found.texts.erase("get");  // it says nothing of what is asked for
  return found;
}

}  // namespace fnlint
