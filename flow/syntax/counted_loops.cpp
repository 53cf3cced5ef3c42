// Recognises counters and ranges, and reads off how many rounds the loop can have at most.

#include "flow/syntax/counted_loops.h"

#include "flow/syntax/code_queries.h"
#include "tables/known.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace fnlint {

namespace {

class LoopCounter {
 public:
  LoopCounter(const CodeFacts& code, const Function& function, OpId loop)
      : code_(code), function_(function), loop_(loop), end_(code.ops[loop.index].end) {}

  [[nodiscard]] CountedLoop find() const {
    const Loop& row = code_.loops[code_.ops[loop_.index].detail];
    if (asks_clock()) return {};
    if (row.kind == LoopKind::Each) return of_range(row.subject);
    for (OpId at{loop_.index + 1}; at < end_;) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Branch) {
        const Branch& branch = code_.branches[op.detail];
        const bool leaves_then = leaves(OpId{at.index + 1}, branch.otherwise);
        const bool leaves_else = leaves(branch.otherwise, op.end);
        if (leaves_then != leaves_else)
          if (const CountedLoop found = of_condition(branch.condition, leaves_else);
              found.limit.exists() || !found.by_limit)
            return found;
      }
      at = op.kind == OpKind::Loop ? op.end : OpId{at.index + 1};
    }
    return {};
  }

 private:
  // It looks in each round how late it is, and may leave for that.
  [[nodiscard]] bool asks_clock() const {
    for (OpId at{loop_.index + 1}; at < end_; ++at.index) {
      if (code_.ops[at.index].kind != OpKind::Call) continue;
      const ExprId callee = code_.calls[code_.ops[at.index].detail].callee;
      if (!callee.exists()) continue;
      const std::string_view name = name_of(code_, callee);
      if (is_one_of(known::calls_of_clocks(), name.substr(name.rfind('.') + 1))) return true;
    }
    return false;
  }
  [[nodiscard]] std::optional<std::int64_t> number(ExprId expr) const {
    if (!expr.exists() || code_.exprs[expr.index].kind != ExprKind::Number) return std::nullopt;
    const std::string_view text = code_.string(code_.exprs[expr.index].name);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
  }
  // `range(3)`, `range(1, 4)`; or, in Go, a number.
  [[nodiscard]] CountedLoop of_range(ExprId subject) const {
    if (number(subject)) return {.limit = subject};
    const Expr& row = code_.exprs[subject.index];
    if (row.kind != ExprKind::Result || code_.ops[row.ref].kind != OpKind::Call) return {};
    const Call& call = code_.calls[code_.ops[row.ref].detail];
    const Expr& callee = code_.exprs[call.callee.index];
    const auto given = code_.operands_of(call.arguments);
    const bool is_range = callee.kind == ExprKind::Variable && name_of(code_, callee) == "range" &&
                          code_.variables[callee.ref].kind == VariableKind::Import;
    if (!is_range || given.empty() || given.size() > 2 || given[0].spread != 0) return {};
    if (given.size() == 1) return {.limit = given[0].value};
    const auto from = number(given[0].value);
    return from ? CountedLoop{.limit = given[1].value, .from = *from} : CountedLoop{};
  }
  // Whether what stands there, and in no branch, leaves the loop.
  [[nodiscard]] bool leaves(OpId first, OpId end) const {
    for (OpId at = first; at < end; at = code_.ops[at.index].end) {
      const Op& op = code_.ops[at.index];
      if (op.kind != OpKind::Exit) continue;
      const Exit& exit = code_.exits[op.detail];
      return exit.kind != ExitKind::Continue &&
             (exit.kind != ExitKind::Break || (exit.target.exists() && exit.target <= loop_));
    }
    return false;
  }
  // `stays`: the loop is left where the condition does not hold, else where it does.
  [[nodiscard]] CountedLoop of_condition(ExprId condition, bool stays) const {
    const Expr& row = code_.exprs[condition.index];
    if (row.kind != ExprKind::Operator) return {};
    const auto parts = code_.operands_of(row.operands);
    const auto which = static_cast<OperatorKind>(row.detail);
    if (which == OperatorKind::Not) return of_condition(parts[0].value, !stays);
    if (which == (stays ? OperatorKind::And : OperatorKind::Or)) {
      for (const Operand& one : parts)
        if (const CountedLoop found = of_condition(one.value, stays);
            found.limit.exists() || !found.by_limit)
          return found;
      return {};
    }
    if (parts.size() != 2) return {};
    const ExprId a = parts[0].value, b = parts[1].value;
    // As long as a < b, a <= b, a != b; or until b <= a, b < a, a == b.
    if (which == OperatorKind::Less) return stays ? between(a, b, 0) : between(b, a, 1);
    if (which == OperatorKind::LessEqual) return stays ? between(a, b, 1) : between(b, a, 0);
    const bool is_until = which == (stays ? OperatorKind::NotEqual : OperatorKind::Equal);
    return is_until ? between(a, b, 0) : CountedLoop{};
  }
  // As long as one is below the other: the first goes up, or the second one down.
  [[nodiscard]] CountedLoop between(ExprId low, ExprId high, std::int64_t more) const {
    if (const auto from = begin_of(low, OperatorKind::Add); from && !is_changed(high))
      return {.limit = high, .from = *from, .more = more};
    const auto to = number(low);
    const auto from = begin_of(high, OperatorKind::Subtract);
    if (to && from && *from > *to) return {.more = *from - *to + more, .by_limit = false};
    return {};
  }
  [[nodiscard]] VariableId changed_by(OpId at) const {
    if (code_.ops[at.index].kind != OpKind::Assign) return {};
    const Assign& row = code_.assigns[code_.ops[at.index].detail];
    if (row.mode == AssignMode::Evaluate || !row.target.exists()) return {};
    return root_variable(code_, row.target);
  }
  [[nodiscard]] bool is_changed(ExprId expr) const {
    const VariableId variable = root_variable(code_, expr);
    if (!variable.exists()) return false;
    for (OpId at{loop_.index + 1}; at < end_; ++at.index)
      if (changed_by(at) == variable) return true;
    return false;
  }
  // `n += 1`, `n = n + 1`.
  [[nodiscard]] bool is_step(const Assign& row, VariableId counter, OperatorKind way) const {
    if (row.mode == AssignMode::Update) return row.update == way && number(row.value) == 1;
    const Expr& value = code_.exprs[row.value.index];
    if (value.kind != ExprKind::Operator || static_cast<OperatorKind>(value.detail) != way)
      return false;
    const auto parts = code_.operands_of(value.operands);
    const Expr& first = code_.exprs[parts[0].value.index];
    return first.kind == ExprKind::Variable && first.ref == counter.index &&
           number(parts[1].value) == 1;
  }
  // Where a variable begins that goes by one in the loop and in no other way there; not in a loop
  // inside of it, whose rounds it may count.
  [[nodiscard]] std::optional<std::int64_t> begin_of(ExprId expr, OperatorKind way) const {
    if (code_.exprs[expr.index].kind != ExprKind::Variable) return std::nullopt;
    const VariableId counter{code_.exprs[expr.index].ref};
    int steps = 0;
    for (OpId at{loop_.index + 1}; at < end_; ++at.index) {
      if (changed_by(at) != counter) continue;
      const Assign& row = code_.assigns[code_.ops[at.index].detail];
      if (!is_step(row, counter, way) || is_in_loop_inside(at) || ++steps > 1) return std::nullopt;
    }
    if (steps == 0) return std::nullopt;
    std::optional<std::int64_t> begin;
    for (OpId at = function_.first; at < loop_; ++at.index)
      if (changed_by(at) == counter)
        begin = number(code_.assigns[code_.ops[at.index].detail].value);
    return begin;
  }
  [[nodiscard]] bool is_in_loop_inside(OpId inner) const {
    for (OpId at{loop_.index + 1}; at < inner; ++at.index)
      if (code_.ops[at.index].kind == OpKind::Loop && inner < code_.ops[at.index].end) return true;
    return false;
  }

  const CodeFacts& code_;
  const Function& function_;
  OpId loop_, end_;
};

}  // namespace

CountedLoop counted_loop(const CodeFacts& code, const Function& function, OpId loop) {
  return LoopCounter(code, function, loop).find();
}

}  // namespace fnlint
