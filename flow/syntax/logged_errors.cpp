// What goes on behind an error that only a log has heard of.

#include "flow/syntax/logged_errors.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "model/language_traits.h"
#include "tables/known.h"

#include <algorithm>

namespace fnlint {

namespace {

class LoggedErrors {
 public:
  LoggedErrors(const CodeFacts& code, FunctionId id)
      : code_(code), id_(id), function_(code.functions[id.index]) {}

  std::vector<UsedBesideError> find() {
    for (OpId at = function_.first; at < function_.end; ++at.index)
      if (code_.ops[at.index].kind == OpKind::Call && gives_nil(at)) follow(at);
    return std::move(found_);
  }

 private:
  // `NewClient()`, `http.Get()`: nil where there is an error.
  [[nodiscard]] bool gives_nil(OpId call) const {
    const ExprId called = code_.calls[code_.ops[call.index].detail].callee;
    const Expr& callee = code_.exprs[called.index];
    const std::string_view whole = name_of(code_, called);
    const std::string_view name = whole.substr(whole.rfind('.') + 1);
    const bool makes = name.starts_with("New") && name.size() > 3;
    return makes ||
           (callee.kind == ExprKind::Member && is_one_of(known::go_calls_that_give_nil(), name));
  }
  // The variable that takes the result of the call, or its error.
  [[nodiscard]] VariableId taken(OpId call, bool error) const {
    for (OpId at{call.index + 1}; at < function_.end; ++at.index) {
      if (code_.ops[at.index].kind != OpKind::Assign) return {};
      const Assign& row = code_.assigns[code_.ops[at.index].detail];
      if (!row.value.exists() || !row.target.exists() ||
          code_.exprs[row.target.index].kind != ExprKind::Variable)
        return {};
      const Expr* value = &code_.exprs[row.value.index];
      if (value->kind == ExprKind::Part || value->kind == ExprKind::Index)
        value = &code_.exprs[value->ref];
      const bool is_it =
          value->kind == (error ? ExprKind::ErrorOf : ExprKind::Result) && value->ref == call.index;
      if (is_it) return VariableId{code_.exprs[row.target.index].ref};
    }
    return {};
  }
  // `err != nil`, and nothing but a log where that holds.
  [[nodiscard]] bool only_tells(OpId branch, VariableId error) const {
    const Op& op = code_.ops[branch.index];
    const Branch& row = code_.branches[op.detail];
    const Expr& test = code_.exprs[row.condition.index];
    if (test.kind != ExprKind::Operator ||
        static_cast<OperatorKind>(test.detail) != OperatorKind::NotEqual)
      return false;
    const auto sides = code_.operands_of(test.operands);
    if (sides.size() != 2 || !is_variable(code_, sides[0].value, error)) return false;
    for (OpId at{branch.index + 1}; at < row.otherwise; ++at.index)
      if (code_.ops[at.index].kind == OpKind::Exit || ends_process(at)) return false;
    return row.otherwise == op.end && only_logs(code_, OpId{branch.index + 1}, row.otherwise);
  }
  [[nodiscard]] bool ends_process(OpId at) const {
    if (code_.ops[at.index].kind != OpKind::Call) return false;
    const Expr& callee = code_.exprs[code_.calls[code_.ops[at.index].detail].callee.index];
    const std::string_view name =
        callee.kind == ExprKind::Member ? code_.string(callee.name) : std::string_view();
    return name.starts_with("Fatal") || name.starts_with("Panic");
  }
  void follow(OpId call) {
    const VariableId value = taken(call, false), error = taken(call, true);
    if (!value.exists() || !error.exists() || code_.variables[value.index].owner != id_) return;
    OpId branch{call.index + 1};
    while (branch < function_.end && code_.ops[branch.index].kind == OpKind::Assign) ++branch.index;
    if (branch >= function_.end || code_.ops[branch.index].kind != OpKind::Branch ||
        !only_tells(branch, error))
      return;
    // Up to the end of what the branch stands in.
    const std::vector<OpId> around = ops_holding(code_, branch);
    const OpId end = around.empty() ? function_.end : code_.ops[around.back().index].end;
    for (OpId at = code_.ops[branch.index].end; at < end; ++at.index) {
      if (const Range use = use_of(at, value); use.begin != use.end) {
        found_.push_back({call, value, use, code_.op_ranges[branch.index]});
        return;
      }
      const Op& op = code_.ops[at.index];
      if (op.kind != OpKind::Call && op.kind != OpKind::Assign) return;
      if (is_named(at, error) || is_named(at, value)) return;
    }
  }
  [[nodiscard]] bool is_named(OpId at, VariableId variable) const {
    bool found = false;
    visit_expressions(code_, at, [&](ExprId expr) {
      visit_parts(code_, expr, [&](const Expr& part) {
        found = found || (part.kind == ExprKind::Variable && part.ref == variable.index);
      });
    });
    return found;
  }
  [[nodiscard]] Range use_of(OpId at, VariableId variable) const {
    Range use;
    visit_expressions(code_, at, [&](ExprId expr) {
      visit_parts(code_, expr, [&](const Expr& part) {
        if (part.kind == ExprKind::Member && is_variable(code_, ExprId{part.ref}, variable))
          use = code_.expr_ranges[&part - code_.exprs.data()];
      });
    });
    return use;
  }

  const CodeFacts& code_;
  const FunctionId id_;
  const Function& function_;
  std::vector<UsedBesideError> found_ = {};
};

}  // namespace

std::vector<UsedBesideError> used_beside_errors(const CodeFacts& code, FunctionId function) {
  const Function& row = code.functions[function.index];
  if (!traits(code.language).errors_are_values || !row.first.exists() || (row.flags & kBroken) != 0)
    return {};
  return LoggedErrors(code, function).find();
}

}  // namespace fnlint
