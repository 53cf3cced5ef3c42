// Which variables of a function may be read before they have a value.

#include "flow/syntax/unbound_variables.h"

#include "flow/syntax/code_queries.h"

#include <span>
#include <vector>

namespace fnlint {

namespace {

class MetVariables {
 public:
  MetVariables(const CodeFacts& code, FunctionId function)
      : code_(code), id_(function), function_(code.functions[function.index]) {}

  [[nodiscard]] std::set<std::uint32_t> set_to_null() const {
    std::set<std::uint32_t> found;
    bool tries = false;
    for (OpId at = function_.first; at < function_.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      tries = tries || op.kind == OpKind::Try;
      if (op.kind != OpKind::Assign) continue;
      const Assign& row = code_.assigns[op.detail];
      if (row.target.exists() && gives_null(code_, row) &&
          code_.exprs[row.target.index].kind == ExprKind::Variable &&
          is_own(code_.exprs[row.target.index].ref))
        found.insert(code_.exprs[row.target.index].ref);
    }
    if (!tries) return {};
    leave_out_deleted(found);
    return found;
  }
  [[nodiscard]] std::set<std::uint32_t> met_before_their_value() const {
    Met met;
    meet(function_.first, function_.end, met);
    leave_out_deleted(met.open);
    return met.open;
  }

 private:
  // What is deleted has no value on purpose.
  void leave_out_deleted(std::set<std::uint32_t>& found) const {
    if (found.empty()) return;
    for (OpId at = function_.first; at < function_.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Assign && code_.assigns[op.detail].mode == AssignMode::Delete &&
          is_variable(code_.assigns[op.detail].target))
        found.erase(code_.exprs[code_.assigns[op.detail].target.index].ref);
    }
  }
  [[nodiscard]] bool is_own(std::uint32_t variable) const {
    const Variable& row = code_.variables[variable];
    return row.owner == id_ && (row.flags & kWrittenByInner) == 0 &&
           (row.kind == VariableKind::Local || row.kind == VariableKind::Caught) &&
           !code_.string(row.name).starts_with('$');
  }
  struct Met {
    std::set<std::uint32_t> settled = {}, open = {};
  };
  void meet(ExprId expr, Met& met) const {
    visit_parts(code_, expr, [&](const Expr& part) {
      if (part.kind == ExprKind::Variable && is_own(part.ref) && !met.settled.contains(part.ref))
        met.open.insert(part.ref);
    });
  }
  void meet(OpId first, OpId end, Met& met, ExprId given = {}) const {
    std::vector<std::uint32_t> settled;  // here
    const auto settle = [&](ExprId target) {
      const std::uint32_t variable = code_.exprs[target.index].ref;
      if (!met.open.contains(variable) && met.settled.insert(variable).second)
        settled.push_back(variable);
    };
    const auto meet_one = [&](ExprId expr) { meet(expr, met); };
    if (is_variable(given)) settle(given);
    for (OpId at = first; at < end; at = code_.ops[at.index].end) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Assign && is_variable(code_.assigns[op.detail].target) &&
          code_.assigns[op.detail].mode != AssignMode::Update) {
        const Assign& row = code_.assigns[op.detail];
        if (row.value.exists()) meet(row.value, met);
        settle(row.target);
      } else if (!meet_construct(at, met)) {
        for (OpId inner = at; inner < op.end; ++inner.index)
          visit_expressions(code_, inner, meet_one);
      }
    }
    for (const std::uint32_t variable : settled) met.settled.erase(variable);
  }
  [[nodiscard]] bool is_variable(ExprId expr) const {
    return expr.exists() && code_.exprs[expr.index].kind == ExprKind::Variable;
  }
  // False: it is an op like any other.
  bool meet_construct(OpId at, Met& met) const {
    const Op& op = code_.ops[at.index];
    const OpId inside{at.index + 1};
    switch (op.kind) {
      case OpKind::Branch: {
        const Branch& row = code_.branches[op.detail];
        if (row.condition.exists()) meet(row.condition, met);
        meet(inside, row.otherwise, met);
        meet(row.otherwise, op.end, met);
        return true;
      }
      case OpKind::Loop: {
        const Loop& row = code_.loops[op.detail];
        if (row.subject.exists()) meet(row.subject, met);
        if (row.target.exists() && !is_variable(row.target)) meet(row.target, met);
        meet(inside, op.end, met, row.target);
        return true;
      }
      case OpKind::Try: {
        const Try& row = code_.tries[op.detail];
        note_caught(at, met.open);
        meet(inside, row.body_end, met);
        for (const Catch& handler :
             std::span(code_.catches).subspan(row.catches.first, row.catches.count))
          meet(handler.first, handler.end, met);
        meet(row.finally_first, op.end, met);
        return true;
      }
      case OpKind::Block: meet(inside, op.end, met); return true;
      default: return false;
    }
  }
  // A handler's end takes the value away again.
  void note_caught(OpId at, std::set<std::uint32_t>& open) const {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Try) return;
    const Slice<Catch> rows = code_.tries[op.detail].catches;
    for (const Catch& handler : std::span(code_.catches).subspan(rows.first, rows.count))
      if (handler.caught.exists() && is_own(handler.caught.index))
        open.insert(handler.caught.index);
  }

  const CodeFacts& code_;
  const FunctionId id_;
  const Function& function_;
};

}  // namespace

bool gives_null(const CodeFacts& code, const Assign& row) {
  return !row.value.exists() || code.exprs[row.value.index].kind == ExprKind::Null;
}

std::set<std::uint32_t> variables_met_before_their_value(const CodeFacts& code,
                                                         FunctionId function) {
  return MetVariables(code, function).met_before_their_value();
}

std::set<std::uint32_t> variables_set_to_null(const CodeFacts& code, FunctionId function) {
  return MetVariables(code, function).set_to_null();
}

}  // namespace fnlint
