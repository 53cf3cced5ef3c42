// What is null or not, as the code of one function asks for it and goes by it.

#include "flow/syntax/null_uses.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/failure_forms.h"
#include "model/language_traits.h"
#include "tables/known.h"

#include <algorithm>
#include <map>
#include <set>

namespace fnlint {

namespace {

bool is_null(const CodeFacts& code, ExprId expr) {
  if (!expr.exists()) return false;
  const Expr& row = code.exprs[expr.index];
  return row.kind == ExprKind::Null ||
         (row.kind == ExprKind::Variable && traits(code.language).has_undefined &&
          code.string(code.variables[row.ref].name) == "undefined");
}

bool is_variable_row(const CodeFacts& code, ExprId expr) {
  return expr.exists() && code.exprs[expr.index].kind == ExprKind::Variable;
}

// The same arm of each branch, the same part of each try: what stands in one stands in the other.
std::uint32_t part_of(const CodeFacts& code, OpId construct, OpId inner) {
  const Op& op = code.ops[construct.index];
  if (op.kind == OpKind::Branch) return inner < code.branches[op.detail].otherwise ? 0 : 1;
  if (op.kind != OpKind::Try) return 0;
  const Try& row = code.tries[op.detail];
  if (inner < row.body_end) return 0;
  std::uint32_t part = 1;
  for (const Catch& one : std::span(code.catches).subspan(row.catches.first, row.catches.count)) {
    if (one.first <= inner && inner < one.end) return part;
    ++part;
  }
  return part;
}

// Whether each way to the later op passes the earlier one.
bool all_ways_pass(const CodeFacts& code, OpId earlier, OpId later) {
  const std::vector<OpId> around = ops_holding(code, earlier);
  return std::ranges::all_of(around, [&](OpId outer) {
    return later < code.ops[outer.index].end &&
           part_of(code, outer, earlier) == part_of(code, outer, later);
  });
}

class LateTests {
 public:
  LateTests(const CodeFacts& code, FunctionId id)
      : code_(code), id_(id), function_(code.functions[id.index]) {}

  std::vector<LateTest> find() {
    for (OpId at = function_.first; at < function_.end; ++at.index) take(at);
    std::vector<LateTest> all;
    for (const auto& [variable, late] : found_) all.push_back(late);
    std::ranges::sort(all, {}, [](const LateTest& one) { return one.read.begin; });
    return all;
  }

 private:
  struct PartRead {
    OpId at = {};
    Range where = {};
  };

  void take(OpId at) {
    const Op& op = code_.ops[at.index];
    visit_expressions(code_, at, [&](ExprId expr) { ask(expr, at); });
    const ExprId called = op.kind == OpKind::Call ? code_.calls[op.detail].callee : ExprId{};
    visit_expressions(code_, at, [&](ExprId expr) { read(expr, expr == called, at); });
    if (op.kind == OpKind::Branch) note_tested(code_.branches[op.detail].condition);
    if (op.kind == OpKind::Assign) forget(code_.assigns[op.detail].target);
    if (op.kind == OpKind::Loop) forget(code_.loops[op.detail].target);
    if (op.kind == OpKind::Opaque) reads_.clear();
  }
  void forget(ExprId target) {
    if (is_variable_row(code_, target)) reads_.erase(code_.exprs[target.index].ref);
  }
  // `row == null`, wherever it stands in a test.
  void ask(ExprId expr, OpId at) {
    visit_parts(code_, expr, [&](const Expr& row) {
      const auto kind = static_cast<OperatorKind>(row.detail);
      if (row.kind != ExprKind::Operator ||
          (kind != OperatorKind::Equal && kind != OperatorKind::NotEqual))
        return;
      const auto sides = code_.operands_of(row.operands);
      if (sides.size() != 2) return;
      for (std::size_t i = 0; i < 2; ++i)
        if (is_null(code_, sides[1 - i].value) && is_variable_row(code_, sides[i].value))
          tell(code_.exprs[sides[i].value.index].ref, at, row);
    });
  }
  void tell(std::uint32_t variable, OpId at, const Expr& test) {
    const Range where = code_.expr_ranges[&test - code_.exprs.data()];
    const auto read = reads_.find(variable);
    if (read != reads_.end() && !tested_.contains(variable) && where.begin != where.end &&
        all_ways_pass(code_, read->second.at, at))
      found_.try_emplace(variable, LateTest{VariableId{variable}, read->second.where, where});
    tested_.insert(variable);
  }
  // Whatever else a test asks of it.
  void note_tested(ExprId condition) {
    visit_parts(code_, condition, [&](const Expr& row) {
      if (row.kind == ExprKind::Variable && !reads_.contains(row.ref)) tested_.insert(row.ref);
    });
  }
  // What is read for sure, as a part of a variable of the function's own.
  void read(ExprId expr, bool is_called, OpId at) {
    if (!expr.exists()) return;
    const Expr& row = code_.exprs[expr.index];
    if (row.kind == ExprKind::Function) return;
    const bool reads_part = row.kind == ExprKind::Member || row.kind == ExprKind::Index;
    if (has_base(row.kind)) {
      const ExprId base{row.ref};
      if (reads_part && is_variable_row(code_, base)) note(row, is_called, at);
      read(base, false, at);
    }
    std::size_t sure = is_choice(row) ? 1 : row.operands.count;
    if (is_choice(row))
      for (const Operand& operand : code_.operands_of(row.operands)) note_tested(operand.value);
    for (const Operand& operand : code_.operands_of(row.operands)) {
      if (sure-- == 0) break;
      read(operand.value, false, at);
    }
  }
  static bool is_choice(const Expr& row) {
    const auto kind = static_cast<OperatorKind>(row.detail);
    return row.kind == ExprKind::Choose ||
           (row.kind == ExprKind::Operator &&
            (kind == OperatorKind::And || kind == OperatorKind::Or ||
             kind == OperatorKind::Coalesce));
  }
  void note(const Expr& row, bool is_called, OpId at) {
    const std::uint32_t variable = code_.exprs[row.ref].ref;
    const Variable& of = code_.variables[variable];
    const std::string_view name = code_.string(row.name);
    if (row.detail == 1) {
      tested_.insert(variable);
      return;
    }
    const bool is_own = of.owner == id_ && (of.flags & kWrittenByInner) == 0 &&
                        (of.kind == VariableKind::Local || of.kind == VariableKind::Parameter ||
                         of.kind == VariableKind::Element);
    // An extension of C# or Kotlin takes null, too.
    const bool may_pass = is_called && (traits(code_.language).methods_take_null ||
                                        is_one_of(known::methods_of_null(), name));
    const bool fails = row.kind == ExprKind::Member || !traits(code_.language).null_has_entries;
    if (!is_own || may_pass || !fails || name.starts_with('<') || name.starts_with("__")) return;
    reads_.try_emplace(variable, PartRead{at, code_.expr_ranges[&row - code_.exprs.data()]});
  }

  const CodeFacts& code_;
  const FunctionId id_;
  const Function& function_;
  std::map<std::uint32_t, PartRead> reads_ = {};  // by variable: the first since it was assigned
  std::set<std::uint32_t> tested_ = {};
  std::map<std::uint32_t, LateTest> found_ = {};
};

}  // namespace

bool compares_with_null(const CodeFacts& code) {
  return std::ranges::any_of(code.exprs, [&](const Expr& row) {
    const auto kind = static_cast<OperatorKind>(row.detail);
    return row.kind == ExprKind::Operator &&
           (kind == OperatorKind::Equal || kind == OperatorKind::NotEqual) &&
           std::ranges::any_of(code.operands_of(row.operands),
                               [&](const Operand& side) { return is_null(code, side.value); });
  });
}

std::vector<LateTest> late_tests(const CodeFacts& code, FunctionId function) {
  const Function& row = code.functions[function.index];
  if (!row.first.exists() || (row.flags & kBroken) != 0 || traits(code.language).null_has_methods)
    return {};
  return LateTests(code, function).find();
}

namespace {

// Variables in the tests around an op.
std::vector<VariableId> asked_around(const CodeFacts& code, OpId op) {
  std::vector<VariableId> asked;
  for (const OpId outer : ops_holding(code, op)) {
    const Op& row = code.ops[outer.index];
    if (row.kind == OpKind::Branch) add_variables(code, code.branches[row.detail].condition, asked);
  }
  return asked;
}

}  // namespace

NullReturn null_return(const CodeFacts& code, const Function& function) {
  const auto is_parameter = [&](VariableId variable) {
    return code.variables[variable.index].kind == VariableKind::Parameter;
  };
  NullReturn null;
  bool gives = false;
  for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Yield) return {};
    if (op.kind != OpKind::Exit || code.exits[op.detail].kind != ExitKind::Return) continue;
    const ExprId value = code.exits[op.detail].value;
    const bool is_nothing = !value.exists() || is_null(code, value);
    gives = gives || !is_nothing;
    if (!is_nothing) continue;
    const bool by_parameter = std::ranges::any_of(asked_around(code, at), is_parameter);
    if (!null.at.exists() || (null.by_parameter && !by_parameter)) null = {at, by_parameter};
  }
  return gives ? null : NullReturn{};
}

bool asks_before(const CodeFacts& code, OpId call) {
  std::vector<VariableId> given;
  for (const Operand& operand : code.operands_of(code.calls[code.ops[call.index].detail].arguments))
    if (operand.value.exists()) add_variables(code, operand.value, given);
  const std::vector<VariableId> asked = asked_around(code, call);
  return std::ranges::any_of(
      given, [&](VariableId one) { return std::ranges::find(asked, one) != asked.end(); });
}

}  // namespace fnlint
