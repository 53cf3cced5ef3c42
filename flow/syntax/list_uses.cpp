// Follows a list through the expressions that mention it, to tell whether anything goes beyond its
// first element.

#include "flow/syntax/list_uses.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "tables/code_words.h"

#include <algorithm>
#include <string_view>

namespace fnlint {

namespace {

class ListUses {
 public:
  explicit ListUses(const CodeFacts& code) : code_(code) {}

  ListUse of(ExprId list) {
    ListUse use = ListUse::Asked;
    const auto add = [&](ListUse other) {
      if (use == ListUse::Other || other == ListUse::Asked) return;
      use = other;
    };
    constexpr int kSteps = 32;  // of variables and operators
    if (++steps_ > kSteps) return ListUse::Other;
    for (std::uint32_t i = 0; i < code_.exprs.size(); ++i) add(in_expression(ExprId{i}, list));
    for (OpId at{0}; at.index < code_.ops.size(); ++at.index) add(in_op(at, list));
    return use;
  }

  ListUse of_result(OpId call) {
    return of_each([&](const Expr& one, ExprId) {
      return one.kind == ExprKind::Result && one.ref == call.index;
    });
  }

 private:
  [[nodiscard]] bool is_zero(std::span<const Operand> given) const {
    return given.size() == 1 && given[0].value.exists() &&
           code_.exprs[given[0].value.index].kind == ExprKind::Number &&
           code_.string(code_.exprs[given[0].value.index].name) == "0";
  }

  ListUse in_expression(ExprId whole, ExprId list) {
    const Expr& row = code_.exprs[whole.index];
    if (has_base(row.kind) && row.ref == list.index) return as_base(whole, row);
    const auto operands = code_.operands_of(row.operands);
    const auto part = std::ranges::find(operands, list, &Operand::value);
    if (part == operands.end()) return ListUse::Asked;
    const bool is_first_part = part == operands.begin();
    if (row.kind == ExprKind::Choose) return is_first_part ? ListUse::Asked : of(whole);
    if (row.kind != ExprKind::Operator) return ListUse::Other;
    switch (static_cast<OperatorKind>(row.detail)) {
      case OperatorKind::Not:
      case OperatorKind::Equal:
      case OperatorKind::NotEqual:
      case OperatorKind::Less:
      case OperatorKind::LessEqual: return ListUse::Asked;
      case OperatorKind::And: return is_first_part ? ListUse::Asked : of(whole);
      case OperatorKind::Or:
      case OperatorKind::Coalesce: return of(whole);
      default: return ListUse::Other;
    }
  }

  // `records.length`, `records[0]`; what is called is a call's.
  [[nodiscard]] ListUse as_base(ExprId whole, const Expr& row) const {
    if (row.kind == ExprKind::TypeTest) return ListUse::Asked;
    if (row.kind == ExprKind::Index)
      return is_zero(code_.operands_of(row.operands)) ? ListUse::First : ListUse::Other;
    if (row.kind != ExprKind::Member) return ListUse::Other;
    const std::string_view name = code_.string(row.name);
    const auto call = std::ranges::find(code_.calls, whole, &Call::callee);
    if (call == code_.calls.end())
      return is_one_of(known::list_questions(), name) ? ListUse::Asked : ListUse::Other;
    const auto given = code_.operands_of(call->arguments);
    if (given.empty() && is_one_of(known::list_questions(), name)) return ListUse::Asked;
    const bool is_first = given.empty()
                              ? is_one_of(known::first_of_list(), name)
                              : is_one_of(known::element_of_list(), name) && is_zero(given);
    return is_first ? ListUse::First : ListUse::Other;
  }

  ListUse in_op(OpId at, ExprId list) {
    const Op& op = code_.ops[at.index];
    switch (op.kind) {
      case OpKind::Assign: return in_assignment(code_.assigns[op.detail], list);
      case OpKind::Call: return in_call(at, list);
      case OpKind::Await:
        return code_.awaits[op.detail].value == list ? ListUse::Other : ListUse::Asked;
      case OpKind::Yield:
        return code_.yields[op.detail].value == list ? ListUse::Other : ListUse::Asked;
      case OpKind::Loop:
        return code_.loops[op.detail].subject == list ? ListUse::Other : ListUse::Asked;
      case OpKind::Exit:
        return code_.exits[op.detail].value == list ? ListUse::Other : ListUse::Asked;
      default: return ListUse::Asked;  // a test of it, or nothing
    }
  }

  ListUse in_assignment(const Assign& row, ExprId list) {
    if (row.value != list || row.mode == AssignMode::Evaluate) return ListUse::Asked;
    if (!row.target.exists() || code_.exprs[row.target.index].kind != ExprKind::Variable)
      return ListUse::Other;
    const VariableId variable{code_.exprs[row.target.index].ref};
    const auto takes = [&](const Assign& one) { return is_variable(code_, one.target, variable); };
    if (code_.variables[variable.index].kind != VariableKind::Local ||
        std::ranges::count_if(code_.assigns, takes) != 1)
      return ListUse::Other;
    return of_each([&](const Expr& one, ExprId id) {
      return one.kind == ExprKind::Variable && one.ref == variable.index && id != row.target;
    });
  }

  // As the argument of `len(records)`; or it is what is called, and gives the list.
  ListUse in_call(OpId at, ExprId list) {
    const Call& row = code_.calls[code_.ops[at.index].detail];
    if (row.callee == list) return of_result(at);
    const auto given = code_.operands_of(row.arguments);
    if (std::ranges::find(given, list, &Operand::value) == given.end()) return ListUse::Asked;
    const Expr& callee = code_.exprs[row.callee.index];
    const std::string_view name = callee.kind == ExprKind::Variable
                                      ? code_.string(code_.variables[callee.ref].name)
                                      : code_.string(callee.name);
    return is_one_of(known::list_questions(), name) ? ListUse::Asked : ListUse::Other;
  }

  template <class Is>
  ListUse of_each(const Is& is) {
    ListUse use = ListUse::Asked;
    for (std::uint32_t i = 0; i < code_.exprs.size() && use != ListUse::Other; ++i) {
      if (!is(code_.exprs[i], ExprId{i})) continue;
      if (const ListUse one = of(ExprId{i}); one != ListUse::Asked) use = one;
    }
    return use;
  }

  const CodeFacts& code_;
  int steps_ = 0;
};

}  // namespace

ListUse use_of_list(const CodeFacts& code, ExprId list) { return ListUses(code).of(list); }

ListUse use_of_entry(const CodeFacts& code, OpId call, std::string_view name) {
  if (!call.exists() || code.ops[call.index].kind != OpKind::Call) return ListUse::Other;
  const Call& row = code.calls[code.ops[call.index].detail];
  const Expr& callee = code.exprs[row.callee.index];
  const auto given = code.operands_of(row.arguments);
  const bool is_key = !given.empty() && given[0].value.exists() &&
                      code.exprs[given[0].value.index].kind == ExprKind::Text &&
                      code.string(code.exprs[given[0].value.index].name) == name;
  const bool is_accessor =
      given.empty() && callee.kind == ExprKind::Member && code.string(callee.name).ends_with(name);
  if (!is_key && !is_accessor) return ListUse::Other;
  return ListUses(code).of_result(call);
}

}  // namespace fnlint
