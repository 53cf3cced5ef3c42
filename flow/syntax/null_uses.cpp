// What is null or not, as the code of one function asks for it and goes by it.

#include "flow/syntax/null_uses.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
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

// Whether the end of the ops is come to on some way. That loops and calls come back is taken for
// granted.
bool completes(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at.exists() && at < end; at = code.ops[at.index].end) {
    const Op& op = code.ops[at.index];
    const OpId inside{at.index + 1};
    if (op.kind == OpKind::Exit) return false;
    if (op.kind == OpKind::Branch) {
      const OpId otherwise = code.branches[op.detail].otherwise;
      if (!completes(code, inside, otherwise) && !completes(code, otherwise, op.end)) return false;
    }
    if (op.kind == OpKind::Loop && code.loops[op.detail].kind == LoopKind::Forever) return false;
    if (op.kind != OpKind::Try) continue;
    const Try& row = code.tries[op.detail];
    if (!completes(code, row.finally_first, op.end)) return false;
    bool passes = completes(code, inside, row.body_end);
    for (const Catch& one : std::span(code.catches).subspan(row.catches.first, row.catches.count))
      passes = passes || completes(code, one.first, one.end);
    if (!passes) return false;
  }
  return true;
}

// Variables in tests before an op, at the same depth, of which one way leaves the function: `if
// (row) { return use(row); } return null`.
void add_guards_before(const CodeFacts& code, const Function& function, OpId op,
                       std::vector<ExprId>& conditions) {
  for (OpId at = function.first; at < op; at = code.ops[at.index].end) {
    const Op& row = code.ops[at.index];
    if (row.kind != OpKind::Branch) continue;
    const OpId otherwise = code.branches[row.detail].otherwise;
    if (!completes(code, OpId{at.index + 1}, otherwise) || !completes(code, otherwise, row.end))
      conditions.push_back(code.branches[row.detail].condition);
  }
}

// A test of whether a parameter is there, and of nothing else.
bool is_bare_test(const CodeFacts& code, ExprId condition) {
  if (!condition.exists()) return false;
  const Expr& row = code.exprs[condition.index];
  const auto is_parameter = [&](ExprId one) {
    return is_variable_row(code, one) &&
           code.variables[code.exprs[one.index].ref].kind == VariableKind::Parameter;
  };
  if (row.kind == ExprKind::Variable) return is_parameter(condition);
  const auto sides = code.operands_of(row.operands);
  return row.kind == ExprKind::Operator && std::ranges::all_of(sides, [&](const Operand& one) {
           return is_null(code, one.value) || is_bare_test(code, one.value);
         });
}

// What its own object has may be asked for by the caller in another way: `if (vars.hasUser())
// vars.getUser().name`.
bool asks_receiver(const CodeFacts& code, const Function& function, ExprId condition) {
  bool found = false;
  if (function.receiver.exists() && condition.exists())
    visit_parts(code, condition, [&](const Expr& row) {
      found = found || (row.kind == ExprKind::Member &&
                        is_variable(code, ExprId{row.ref}, function.receiver));
    });
  return found;
}

// Not behind a call in the same block that always raises.
bool is_reached(const CodeFacts& code, OpId at, const std::function<bool(OpId)>& comes_back) {
  const std::vector<OpId> around = ops_holding(code, at);
  const std::uint32_t first = around.empty() ? 0 : around.back().index + 1;
  for (std::uint32_t before = at.index; before-- > first;) {
    const OpId one{before};
    if (code.ops[before].kind == OpKind::Exit) return true;
    if (code.ops[before].kind == OpKind::Call && ops_holding(code, one) == around &&
        !comes_back(one))
      return false;
  }
  return true;
}

// The try of the function, if its last op is one, whose handler only tells a log of the error:
// where the body returns, the function ends behind the handler, and gives nothing.
OpId handler_to_end(const CodeFacts& code, const Function& function) {
  OpId last;
  for (OpId at = function.first; at.exists() && at < function.end; at = code.ops[at.index].end)
    last = at;
  if (!last.exists() || code.ops[last.index].kind != OpKind::Try) return {};
  const Op& op = code.ops[last.index];
  const Try& row = code.tries[op.detail];
  if (completes(code, OpId{last.index + 1}, row.body_end) ||
      !completes(code, row.finally_first, op.end))
    return {};
  for (const Catch& one : std::span(code.catches).subspan(row.catches.first, row.catches.count))
    if (completes(code, one.first, one.end) &&
        (only_logs(code, one.first, one.end) || does_nothing(code, one.first, one.end)))
      return one.first.exists() && one.first < one.end ? one.first : last;
  return {};
}

}  // namespace

OpId list_return(const CodeFacts& code, const Function& function) {
  OpId list;
  bool gives = false;
  for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Yield) return {};
    if (op.kind != OpKind::Exit || code.exits[op.detail].kind != ExitKind::Return) continue;
    const ExprId value = code.exits[op.detail].value;
    if (!value.exists()) continue;
    const Expr& row = code.exprs[value.index];
    const bool is_list = row.kind == ExprKind::List;
    if (is_list && row.operands.count == 0)
      list = at;
    else
      gives = gives || !is_list;
  }
  return gives ? list : OpId{};
}

NullReturn null_return(const CodeFacts& code, const Function& function,
                       const std::function<bool(OpId)>& comes_back) {
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
    std::vector<ExprId> guards;
    add_guards_before(code, function, at, guards);
    for (const OpId outer : ops_holding(code, at))
      if (code.ops[outer.index].kind == OpKind::Branch)
        guards.push_back(code.branches[code.ops[outer.index].detail].condition);
    // It is for those who hand over nothing.
    if (std::ranges::any_of(guards,
                            [&](ExprId one) {
                              return is_bare_test(code, one) || asks_receiver(code, function, one);
                            }) ||
        !is_reached(code, at, comes_back))
      continue;
    const bool by_parameter = std::ranges::any_of(asked_around(code, at), is_parameter);
    if (!null.at.exists() || (null.by_parameter && !by_parameter)) null = {at, by_parameter};
  }
  if (gives && !null.at.exists()) {
    const OpId handler = handler_to_end(code, function);
    if (handler.exists() && is_reached(code, code.ops[handler.index].end, comes_back))
      null = {handler, false, true};
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
