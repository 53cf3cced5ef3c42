// Follows a result through variables, callbacks, unwrapping calls and the functions that return it.

#include "link/handler/result_reads.h"

#include "core/limits.h"
#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "link/handler/callee_rows.h"
#include "tables/models.h"

#include <algorithm>
#include <vector>

namespace fnlint {

namespace {

// Follows one call's result through its module: the results and variables that hold it, alone or
// inside of something.
class Reader {
 public:
  Reader(const CodeFacts& code, ResultReads& reads)
      : code_(code),
        reads_(reads),
        results_(code.ops.size(), false),
        variables_(code.variables.size(), false) {}

  // True where a function around it gives it back.
  bool follow(OpId call, bool is_first) {
    hold(call);
    if (is_first) take_callback_parameters(call);
    constexpr int kRounds = 4;
    for (int round = 0; round < kRounds && grew_; ++round) {
      grew_ = false;
      for (OpId at{0}; at.index < code_.ops.size(); ++at.index) read(at);
    }
    return returned_;
  }

 private:
  void hold(OpId op) {
    grew_ = grew_ || !results_[op.index];
    results_[op.index] = true;
  }
  void hold(VariableId variable) {
    grew_ = grew_ || !variables_[variable.index];
    variables_[variable.index] = true;
    const Variable& row = code_.variables[variable.index];
    if ((row.flags & kExported) != 0) reads_.goes_on = true;
  }
  [[nodiscard]] std::string_view text_of(ExprId expr) const {
    const Expr& row = code_.exprs[expr.index];
    return row.kind == ExprKind::Text ? code_.string(row.name) : std::string_view();
  }

  // `call(request, (error, data) => ...)`
  void take_callback_parameters(OpId call) {
    const Op& op = code_.ops[call.index];
    if (op.kind != OpKind::Call) return;
    for (const Operand& operand : code_.operands_of(code_.calls[op.detail].arguments))
      if (operand.value.exists()) hold_parameters(operand.value);
  }
  void hold_parameters(ExprId function) {
    const Expr& row = code_.exprs[function.index];
    if (row.kind != ExprKind::Function) return;
    const Slice<Parameter> parameters = code_.functions[row.ref].parameters;
    for (std::uint32_t i = 0; i < parameters.count; ++i)
      hold(code_.parameters[parameters.first + i].variable);
  }

  // Of what `Promise.allSettled` gives for each: the result itself.
  static constexpr std::string_view kSettled = "value";

  // Whether the expression holds the result; members that are read of it are noted.
  bool holds(ExprId expr, int depth = 0) {
    constexpr int kDepth = 40;
    if (!expr.exists() || depth > kDepth) return false;
    const Expr& row = code_.exprs[expr.index];
    switch (row.kind) {
      case ExprKind::Variable: return variables_[row.ref];
      case ExprKind::Result: return results_[row.ref];
      case ExprKind::Member:
        if (!holds(ExprId{row.ref}, depth + 1)) return false;
        reads_.members.emplace(code_.string(row.name));
        return code_.string(row.name) == kSettled;
      case ExprKind::Index: return holds_index(row, depth);
      case ExprKind::Part: return holds(ExprId{row.ref}, depth + 1);
      case ExprKind::Operator: {
        const bool inside = holds_any(row.operands, depth);
        switch (static_cast<OperatorKind>(row.detail)) {
          case OperatorKind::Add:
          case OperatorKind::Modulo:
          case OperatorKind::Format:
          case OperatorKind::Or:
          case OperatorKind::Coalesce:
          case OperatorKind::And: return inside;
          default: return false;
        }
      }
      case ExprKind::Concat:
      case ExprKind::Choose:
      case ExprKind::List:
      case ExprKind::Record: return holds_any(row.operands, depth);
      default: return false;
    }
  }
  bool holds_any(Slice<Operand> operands, int depth) {
    bool found = false;
    for (const Operand& operand : code_.operands_of(operands))
      found = holds(operand.value, depth + 1) || found;
    return found;
  }
  bool holds_index(const Expr& row, int depth) {
    const auto operands = code_.operands_of(row.operands);
    const ExprId at = operands.empty() ? ExprId{} : operands[0].value;
    const bool by_number = at.exists() && code_.exprs[at.index].kind == ExprKind::Number;
    note_first_item(ExprId{row.ref}, by_number);
    if (!holds(ExprId{row.ref}, depth + 1)) return false;
    if (!at.exists()) return true;
    const std::string_view name = text_of(at);
    if (name.empty()) return true;
    reads_.members.emplace(name);
    return false;
  }
  // `result.Items[0]`
  void note_first_item(ExprId list, bool by_number) {
    const Expr& row = code_.exprs[list.index];
    if (!by_number || (row.kind != ExprKind::Member && row.kind != ExprKind::Index)) return;
    const ExprId base{row.ref};
    const Expr& root = code_.exprs[base.index];
    const bool direct = (root.kind == ExprKind::Variable && variables_[root.ref]) ||
                        (root.kind == ExprKind::Result && results_[root.ref]);
    if (!direct) return;
    const auto operands = code_.operands_of(row.operands);
    const std::string_view name = row.kind == ExprKind::Member ? code_.string(row.name)
                                  : operands.empty()           ? std::string_view()
                                                               : text_of(operands[0].value);
    if (!name.empty()) reads_.members.insert(cat(name, "[0]"));
  }

  void read(OpId at) {
    const Op& op = code_.ops[at.index];
    switch (op.kind) {
      case OpKind::Assign: return read_assign(code_.assigns[op.detail]);
      case OpKind::Call: return read_call(code_.calls[op.detail], at);
      case OpKind::Await:
        if (holds(code_.awaits[op.detail].value)) hold(at);
        return;
      case OpKind::Exit: {
        const Exit& exit = code_.exits[op.detail];
        if (!holds(exit.value)) return;
        (exit.kind == ExitKind::Return ? returned_ : reads_.goes_on) = true;
        return;
      }
      case OpKind::Branch: holds(code_.branches[op.detail].condition); return;
      case OpKind::Loop:
      case OpKind::Yield:
        visit_expressions(code_, at, [this](ExprId expr) {
          if (holds(expr)) reads_.goes_on = true;
        });
        return;
      default: return;
    }
  }

  void read_assign(const Assign& row) {
    const bool to_variable =
        row.target.exists() && code_.exprs[row.target.index].kind == ExprKind::Variable;
    if (row.target.exists() && !to_variable) holds(row.target);
    if (!row.value.exists() || !holds(row.value) || !row.target.exists()) return;
    if (to_variable)
      hold(VariableId{code_.exprs[row.target.index].ref});
    else
      reads_.goes_on = true;
  }

  // `result.unwrap()`: a row says that it is the same; any other method gives a part.
  static bool gives_all(const LibraryModel* model) {
    return model != nullptr &&
           (model->returns == "receiver" || model->of.starts_with("receiver"));
  }

  void read_call(const Call& row, OpId at) {
    const Expr& callee = code_.exprs[row.callee.index];
    const bool of_result =
        callee.kind == ExprKind::Member && holds(ExprId{callee.ref});
    const LibraryModel* model = row_of_callee(code_, row.callee);
    bool by_name = false;  // `result.get("Failed")`
    for (const Operand& operand : code_.operands_of(row.arguments))
      by_name = by_name || (operand.value.exists() && !text_of(operand.value).empty());
    if (!of_result) {
      holds(row.callee);
    } else {
      // `.context("writes the batch")` names nothing of it.
      const bool all = gives_all(model) && (!by_name || model->returns == "receiver");
      if (all) hold(at);
      if (!all) reads_.members.emplace(code_.string(callee.name));
    }
    for (const Operand& operand : code_.operands_of(row.arguments)) {
      if (!operand.value.exists()) continue;
      if (of_result && !results_[at.index] && !text_of(operand.value).empty())
        reads_.members.emplace(text_of(operand.value));
      if (of_result) hold_parameters(operand.value);  // `.then(data => ...)`
      if (holds(operand.value)) take_argument(model, callee, at);
    }
  }
  // A library that only looks at it may give it back; `list.push(result)`.
  void take_argument(const LibraryModel* model, const Expr& callee, OpId at) {
    if (model != nullptr && model->store == StoreHow::Append && callee.kind == ExprKind::Member) {
      const Expr& list = code_.exprs[callee.ref];
      if (list.kind == ExprKind::Variable) return hold(VariableId{list.ref});
    }
    if (only_looks(model))
      hold(at);
    else
      reads_.goes_on = true;
  }

  const CodeFacts& code_;
  ResultReads& reads_;
  std::vector<bool> results_, variables_;
  bool grew_ = false, returned_ = false;
};

}  // namespace

ResultReads result_reads(std::span<const ModuleInfo> modules, const Step& step) {
  ResultReads reads;
  CallSite at = step.at;
  std::size_t outer = step.via.size();
  while (true) {
    if (at.module.index >= modules.size() || modules[at.module.index].facts == nullptr) {
      reads.goes_on = true;
      return reads;
    }
    const bool returned = Reader(*modules[at.module.index].facts, reads).follow(at.op, outer == step.via.size());
    if (!returned || reads.goes_on) return reads;
    if (outer == 0) break;
    at = step.via[--outer];
  }
  reads.goes_on = true;  // the handler gives it back
  return reads;
}

bool names_any_beside(const CodeFacts& code, OpId call, std::string_view words) {
  const FunctionId around = function_around(code, call);
  if (!around.exists()) return false;
  bool found = false;
  const auto look = [&](const Expr& row) {
    const std::string name = flat_name(code.string(row.name));
    for (const std::string_view word : split(words, '|'))
      found = found || (!name.empty() && name == flat_name(word));
  };
  for (std::uint32_t i = 0; i < code.functions.size() && !found; ++i) {
    const Function& function = code.functions[i];
    if (!function.first.exists() || !is_within(code, FunctionId{i}, around)) continue;
    for (OpId at = function.first; at < function.end && !found; ++at.index)
      visit_expressions(code, at, [&](ExprId expr) { visit_parts(code, expr, look); });
  }
  return found;
}

}  // namespace fnlint
