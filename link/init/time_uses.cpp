// Follows a time through one file's comparisons, calls and assignments.

#include "link/init/time_uses.h"

#include "core/small_stack.h"
#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "tables/models.h"

#include <set>

namespace fnlint {

bool runs_at_init(const Function& function) {
  return function.kind == FunctionKind::ModuleInit || function.kind == FunctionKind::ClassInit ||
         function.kind == FunctionKind::InstanceInit || function.kind == FunctionKind::Constructor;
}

namespace {

bool is_comparison(const Expr& row) {
  if (row.kind == ExprKind::TypeTest) return true;
  if (row.kind != ExprKind::Operator) return false;
  switch (static_cast<OperatorKind>(row.detail)) {
    case OperatorKind::Not:
    case OperatorKind::Equal:
    case OperatorKind::NotEqual:
    case OperatorKind::Less:
    case OperatorKind::LessEqual:
    case OperatorKind::In: return true;
    default: return false;
  }
}

// Follows a time through the functions of one file, by what stands there alone.
class TimeUses {
 public:
  TimeUses(const CodeFacts& code, std::string_view name) : code_(code), name_(name) {}

  // Each round takes it one variable, or one call, further.
  bool only_tells_age() {
    for (std::size_t known = 0, rounds = 0; rounds < kRounds; ++rounds) {
      for (const Function& function : code_.functions) {
        if (runs_at_init(function)) continue;
        for (OpId at = function.first; at.exists() && at < function.end; ++at.index)
          if (!take(at)) return false;
      }
      if (results_.size() + variables_.size() == known) return renewed_;
      known = results_.size() + variables_.size();
    }
    return false;
  }

 private:
  static constexpr std::size_t kRounds = 8;

  [[nodiscard]] bool is_it(const Expr& row) const {
    if (row.kind == ExprKind::Member) return code_.string(row.name) == name_;
    if (row.kind != ExprKind::Variable) return false;
    const Variable& variable = code_.variables[row.ref];
    return variable.owner.index == 0 && code_.string(variable.name) == name_;
  }

  // Whether the time itself, or what was made of it, is the expression or a part of it.
  [[nodiscard]] bool holds_time(ExprId expr) const {
    SmallStack<ExprId> open;
    if (expr.exists()) open.push(expr);
    while (!open.empty()) {
      const Expr& row = code_.exprs[open.pop().index];
      if (is_comparison(row)) continue;
      if (is_it(row)) return true;
      if (row.kind == ExprKind::Variable && variables_.contains(VariableId{row.ref})) return true;
      if (row.kind == ExprKind::Result && results_.contains(OpId{row.ref})) return true;
      if (has_base(row.kind)) open.push(ExprId{row.ref});
      for (const Operand& one : code_.operands_of(row.operands)) {
        if (one.key.exists()) open.push(one.key);
        if (one.value.exists()) open.push(one.value);
      }
    }
    return false;
  }

  // False: the op hands it on to where it is not followed.
  bool take(OpId at) {
    const Op& op = code_.ops[at.index];
    switch (op.kind) {
      case OpKind::Assign: return take_assignment(code_.assigns[op.detail]);
      case OpKind::Call: return take_call(at, code_.calls[op.detail]);
      case OpKind::Await: return !holds_time(code_.awaits[op.detail].value);
      case OpKind::Yield: return !holds_time(code_.yields[op.detail].value);
      case OpKind::Loop: return !holds_time(code_.loops[op.detail].subject);
      case OpKind::Exit: return !holds_time(code_.exits[op.detail].value);
      default: return true;
    }
  }

  bool take_assignment(const Assign& row) {
    const bool names_it = row.target.exists() && is_it(code_.exprs[row.target.index]);
    if (names_it && row.mode != AssignMode::Delete) renewed_ = true;
    if (names_it || !holds_time(row.value)) return true;
    if (!row.target.exists() || code_.exprs[row.target.index].kind != ExprKind::Variable)
      return false;
    const VariableId variable{code_.exprs[row.target.index].ref};
    variables_.insert(variable);
    return code_.variables[variable.index].owner.index != 0;
  }

  // A call that makes something of it: what that is, is asked of what takes the result. Nothing
  // does: it was done for what else it does.
  bool take_call(OpId at, const Call& row) {
    bool given = holds_time(row.callee);
    for (const Operand& one : code_.operands_of(row.arguments))
      given = given || holds_time(one.value) || holds_time(one.key);
    if (!given || compares(row)) return true;
    results_.insert(at);
    for (const Expr& expr : code_.exprs)
      if (expr.kind == ExprKind::Result && expr.ref == at.index) return true;
    return false;
  }

  [[nodiscard]] bool compares(const Call& row) const {
    const Expr& callee = code_.exprs[row.callee.index];
    if (callee.kind != ExprKind::Member) return false;
    const LibraryModel* model =
        find_library_model(code_.language, cat("*.", code_.string(callee.name)));
    return model != nullptr && (model->computes == "less" || model->computes == "equal");
  }

  const CodeFacts& code_;
  std::string_view name_;
  std::set<OpId> results_ = {};          // of calls that were given it
  std::set<VariableId> variables_ = {};  // that were assigned it
  bool renewed_ = false;
};

}  // namespace

bool only_tells_age(const CodeFacts& code, std::string_view name) {
  return TimeUses(code, name).only_tells_age();
}

}  // namespace fnlint
