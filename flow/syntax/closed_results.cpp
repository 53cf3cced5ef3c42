// Follows what a call gives through the local variables that hold it, and looks at each use.

#include "flow/syntax/closed_results.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "tables/code_words.h"

#include <algorithm>
#include <vector>

namespace fnlint {

namespace {

class HeldResult {
 public:
  HeldResult(const CodeFacts& code, OpId call) : code_(code), results_{call} {}

  ResultEnd end() {
    const OpId call = results_.front();
    if (!call.exists() || code_.ops[call.index].kind != OpKind::Call) return ResultEnd::Unknown;
    // What a closure does with a variable may stand before the variable is assigned.
    while (take_names()) {
    }
    for (OpId at{0}; at.index < code_.ops.size(); ++at.index) take_use(at);
    if (closed_) return ResultEnd::Closed;
    if (escapes_) return ResultEnd::Unknown;
    return returned_ ? ResultEnd::Returned : ResultEnd::Dropped;
  }

 private:
  // The result itself, awaited or not, a part of it (`conn, err := open()`), or a variable with it.
  [[nodiscard]] bool is_it(ExprId expr) const {
    if (!expr.exists()) return false;
    const Expr& row = code_.exprs[expr.index];
    switch (row.kind) {
      case ExprKind::Result: return std::ranges::find(results_, OpId{row.ref}) != results_.end();
      case ExprKind::Variable:
        return std::ranges::find(variables_, VariableId{row.ref}) != variables_.end();
      case ExprKind::Index:
      case ExprKind::Part: return is_it(ExprId{row.ref});
      default: return false;
    }
  }

  // What a method without arguments gives at once may be it in another form, which closes it as
  // well: `createConnection().promise()`.
  [[nodiscard]] bool gives_form(const Op& op) const {
    const ExprId receiver = receiver_of(op);
    return code_.calls[op.detail].arguments.count == 0 && is_it(receiver) &&
           code_.exprs[receiver.index].kind == ExprKind::Result;
  }
  [[nodiscard]] bool is_form(ExprId expr) const {
    if (!expr.exists()) return false;
    const Expr& row = code_.exprs[expr.index];
    return row.kind == ExprKind::Result
               ? std::ranges::find(forms_, OpId{row.ref}) != forms_.end()
               : row.kind == ExprKind::Variable &&
                     std::ranges::find(variables_of_forms_, VariableId{row.ref}) !=
                         variables_of_forms_.end();
  }

  // What a call is made on, where it is a call of a method.
  [[nodiscard]] ExprId receiver_of(const Op& op) const {
    const Expr& callee = code_.exprs[code_.calls[op.detail].callee.index];
    return callee.kind == ExprKind::Member ? ExprId{callee.ref} : ExprId{};
  }
  [[nodiscard]] std::string_view method_of(const Op& op) const {
    return code_.string(code_.exprs[code_.calls[op.detail].callee.index].name);
  }

  template <class Id>
  static bool add(std::vector<Id>& all, Id one) {
    if (std::ranges::find(all, one) != all.end()) return false;
    all.push_back(one);
    return true;
  }

  // Further names of it; false: there are none.
  bool take_names() {
    bool more = false;
    for (OpId at{0}; at.index < code_.ops.size(); ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Await && is_it(code_.awaits[op.detail].value))
        more = add(results_, at) || more;
      if (op.kind == OpKind::Call && gives_form(op)) more = add(forms_, at) || more;
      // `with open() as it`
      if (op.kind == OpKind::Call && code_.calls[op.detail].mode == CallMode::Implicit &&
          method_of(op).find("enter") != std::string_view::npos && is_it(receiver_of(op)))
        more = add(results_, at) || more;
      if (op.kind != OpKind::Assign) continue;
      const Assign& row = code_.assigns[op.detail];
      const VariableId held = local_target(row);
      if (!held.exists()) continue;
      if (is_it(row.value)) more = add(variables_, held) || more;
      if (is_form(row.value)) more = add(variables_of_forms_, held) || more;
    }
    return more;
  }

  [[nodiscard]] VariableId local_target(const Assign& row) const {
    if (!row.target.exists() || code_.exprs[row.target.index].kind != ExprKind::Variable) return {};
    const VariableId variable{code_.exprs[row.target.index].ref};
    const bool is_local = code_.variables[variable.index].owner.index != 0 &&
                          (code_.variables[variable.index].flags & kFunctionStatic) == 0;
    return is_local ? variable : VariableId{};
  }

  void take_use(OpId at) {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Call) return take_call(op);
    if (op.kind == OpKind::Assign) {
      const Assign& row = code_.assigns[op.detail];
      if (row.mode == AssignMode::Evaluate || (is_it(row.value) && local_target(row).exists()))
        return;
      escapes_ = escapes_ || holds_it(row.value);
    } else if (op.kind == OpKind::Exit) {
      const ExprId value = code_.exits[op.detail].value;
      const bool returns = code_.exits[op.detail].kind == ExitKind::Return && gives_it(value);
      if (returns) returned_ = true;
      else escapes_ = escapes_ || holds_it(value);
    } else if (op.kind == OpKind::Loop) {
      escapes_ = escapes_ || holds_it(code_.loops[op.detail].subject);
    } else if (op.kind == OpKind::Yield) {
      escapes_ = escapes_ || holds_it(code_.yields[op.detail].value);
    }
  }

  void take_call(const Op& op) {
    const bool is_asked = is_it(receiver_of(op));
    if (is_one_of(known::closing_calls(), method_of(op))) {
      closed_ = closed_ || is_asked;
      escapes_ = escapes_ || is_form(receiver_of(op));
    }
    for (const Operand& operand : code_.operands_of(code_.calls[op.detail].arguments)) {
      // `open().let { it.close() }`: a function may get what it is handed to.
      const bool is_function = operand.value.exists() &&
                               code_.exprs[operand.value.index].kind == ExprKind::Function;
      escapes_ = escapes_ || (is_asked && is_function) || holds_it(operand.value);
    }
  }

  // Itself, or as the first of what a function gives: `return conn, nil`.
  [[nodiscard]] bool gives_it(ExprId value) const {
    if (!value.exists() || is_it(value)) return value.exists();
    const Expr& row = code_.exprs[value.index];
    const auto parts = code_.operands_of(row.operands);
    return row.kind == ExprKind::List && !parts.empty() && is_it(parts.front().value);
  }

  // Whether it stands in a value as itself, or by a method that closes it (`t.Cleanup(conn.Close)`):
  // not as what another member is read of.
  [[nodiscard]] bool holds_it(ExprId value) const {
    if (!value.exists()) return false;
    if (is_it(value)) return true;
    const Expr& row = code_.exprs[value.index];
    if (row.kind == ExprKind::Member)
      return is_it(ExprId{row.ref}) && is_one_of(known::closing_calls(), code_.string(row.name));
    if (row.kind == ExprKind::Operator || row.kind == ExprKind::TypeTest) {
      const auto kind = static_cast<OperatorKind>(row.detail);
      const bool gives_operand = row.kind == ExprKind::Operator &&
                                 (kind == OperatorKind::And || kind == OperatorKind::Or ||
                                  kind == OperatorKind::Coalesce);
      if (!gives_operand) return false;
    }
    return std::ranges::any_of(code_.operands_of(row.operands), [&](const Operand& one) {
      return holds_it(one.value);
    });
  }

  const CodeFacts& code_;
  std::vector<OpId> results_, forms_ = {};
  std::vector<VariableId> variables_ = {}, variables_of_forms_ = {};
  bool closed_ = false, returned_ = false, escapes_ = false;
};

}  // namespace

ResultEnd result_end(const CodeFacts& code, OpId call) { return HeldResult(code, call).end(); }

}  // namespace fnlint
