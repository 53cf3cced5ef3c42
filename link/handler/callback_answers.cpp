// How a handler calls back, as it is written: what waits for the call, and what stands behind it.

#include "link/handler/callback_answers.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/failure_forms.h"
#include "link/handler/call_places.h"
#include "link/handler/handler_calls.h"
#include "tables/languages.h"
#include "tables/models.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace fnlint {

namespace {

constexpr std::uint32_t kContextAt = 1, kCallbackAt = 2;  // parameters

VariableId parameter_at(const CodeFacts& code, FunctionRef handler, std::uint32_t number) {
  const Slice<Parameter> rows = code.functions[handler.function.index].parameters;
  return rows.count > number ? code.parameters[rows.first + number].variable : VariableId{};
}

// What follows the first of them decides; a file of thousands is not read for each.
constexpr std::size_t kFollowedAnswers = 100;

bool uses_result(const CodeFacts& code, ExprId expr, OpId call) {
  std::vector<OpId> results;
  add_results(code, expr, results);
  return std::ranges::find(results, call) != results.end();
}

// Nothing takes what the call gives, nor what is made of it: `load().then(told);`.
bool is_dropped(const CodeFacts& code, OpId call, int depth = 0) {
  constexpr int kDepth = 8;
  if (depth > kDepth) return false;
  for (OpId at{call.index + 1}; at.index < code.ops.size(); ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Assign && code.assigns[op.detail].mode == AssignMode::Evaluate) continue;
    bool used = false;
    visit_expressions(code, at, [&](ExprId expr) { used = used || uses_result(code, expr, call); });
    if (!used) continue;
    const bool goes_on = op.kind == OpKind::Call && code.calls[op.detail].callee.exists() &&
                         uses_result(code, code.calls[op.detail].callee, call);
    return goes_on && is_dropped(code, at, depth + 1);
  }
  return true;
}

// "jsonwebtoken.verify" of a member of what an import brings; empty: the callee is something else.
std::string imported_path(const CodeFacts& code, ExprId callee) {
  std::string members;
  ExprId at = callee;
  while (code.exprs[at.index].kind == ExprKind::Member) {
    members = cat('.', code.string(code.exprs[at.index].name), members);
    at = ExprId{code.exprs[at.index].ref};
  }
  if (members.empty() || code.exprs[at.index].kind != ExprKind::Variable) return {};
  VariableId name{code.exprs[at.index].ref};
  // `const jwt = require("jsonwebtoken")`
  for (const Assign& assign : code.assigns)
    if (is_variable(code, assign.target, name) && assign.value.exists() &&
        code.exprs[assign.value.index].kind == ExprKind::Variable) {
      name = VariableId{code.exprs[assign.value.index].ref};
      break;
    }
  const auto row = std::ranges::find(code.imports, name, &Import::local);
  return row == code.imports.end() ? std::string() : cat(code.string(row->module), members);
}

// Of a library that gives its answer at once there is a row that says what that is.
bool answers_at_once(const CodeFacts& code, ExprId callee) {
  const std::string path = imported_path(code, callee);
  const LibraryModel* const row = path.empty() ? nullptr : find_library_model(code.language, path);
  return row != nullptr && !row->returns.empty() && !row->task;
}

// What is given functions and calls them before it returns, or is the file's own.
bool may_call_at_once(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind == ExprKind::Variable)
    return std::ranges::any_of(code.assigns, [&](const Assign& row) {
      return is_variable(code, row.target, VariableId{callee.ref}) && row.value.exists() &&
             code.exprs[row.value.index].kind == ExprKind::Function;
    });
  if (callee.kind != ExprKind::Member) return false;
  if (answers_at_once(code, call.callee)) return true;
  const LibraryModel* const row =
      find_library_model(code.language, cat("*.", code.string(callee.name)));
  return row != nullptr && row->times == Times::Each;
}

class CallbackAnswers {
 public:
  CallbackAnswers(const Engine& engine, std::span<const ModuleInfo> modules, FunctionRef handler)
      : code_(engine.facts(handler.module)), modules_(modules), handler_(handler) {
    for (std::uint32_t at = 0; at < code_.ops.size(); ++at) {
      const Op& op = code_.ops[at];
      if (op.kind == OpKind::Branch) parts_.emplace_back(code_.branches[op.detail].otherwise, at);
      if (op.kind != OpKind::Try) continue;
      const Try& row = code_.tries[op.detail];
      if (row.finally_first.exists() && row.finally_first < op.end) finallies_.push_back(OpId{at});
      parts_.emplace_back(row.body_end, at);
      for (std::uint32_t i = 0; i < row.catches.count; ++i)
        parts_.emplace_back(code_.catches[row.catches.first + i].end, at);
    }
    // The innermost first.
    std::ranges::sort(parts_, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second > b.second;
    });
  }

  std::vector<CallbackAnswer> all() {
    std::vector<CallbackAnswer> found;
    const HandlerContract* const form = find_handler_contract(code_.language);
    if (form == nullptr || form->context_answers.empty()) return found;
    const VariableId context = parameter_at(code_, handler_, kContextAt);
    const VariableId callback = parameter_at(code_, handler_, kCallbackAt);
    for (std::uint32_t at = 0; at < code_.ops.size(); ++at) {
      if (code_.ops[at].kind != OpKind::Call) continue;
      const ExprId callee = code_.calls[code_.ops[at].detail].callee;
      if (!callee.exists()) continue;
      const Expr& row = code_.exprs[callee.index];
      const bool tells_context = row.kind == ExprKind::Member &&
                                 is_variable(code_, ExprId{row.ref}, context) &&
                                 std::ranges::find(form->context_answers, code_.string(row.name)) !=
                                     form->context_answers.end();
      if (tells_context || is_variable(code_, callee, callback)) answers_.push_back(OpId{at});
    }
    for (const OpId answer : answers_)
      found.push_back(found.size() < kFollowedAnswers ? of(answer)
                                               : CallbackAnswer{.where = span_of(answer)});
    return found;
  }

 private:
  Span span_of(OpId op) const { return span_of_call(modules_, {handler_.module, op}); }

  CallbackAnswer of(OpId answer) {
    CallbackAnswer row{.where = span_of(answer)};
    const FunctionId function = function_around(code_, answer);
    if (!function.exists()) return row;
    row.waits = tells_success(answer);
    row.late = function != handler_.function && runs_later(function, 0);
    follow(answer, code_.functions[function.index], row);
    return row;
  }

  // `callback(null, answer)`, `callback()`
  bool tells_success(OpId answer) const {
    const Call& call = code_.calls[code_.ops[answer.index].detail];
    if (code_.exprs[call.callee.index].kind != ExprKind::Variable) return false;
    const auto given = code_.operands_of(call.arguments);
    return given.empty() ||
           (given[0].value.exists() && code_.exprs[given[0].value.index].kind == ExprKind::Null);
  }

  // The function is given to what nothing waits for, or stands in one that is.
  bool runs_later(FunctionId function, int depth) const {
    constexpr int kDepth = 8;
    if (function == handler_.function || depth > kDepth) return false;
    const FunctionId parent = code_.functions[function.index].parent;
    if (!parent.exists()) return false;
    for (std::uint32_t at = 0; at < code_.ops.size(); ++at) {
      if (code_.ops[at].kind != OpKind::Call) continue;
      const Call& call = code_.calls[code_.ops[at].detail];
      const auto is_it = [&](const Operand& operand) {
        if (!operand.value.exists()) return false;
        const Expr& value = code_.exprs[operand.value.index];
        return value.kind == ExprKind::Function && value.ref == function.index;
      };
      if (std::ranges::none_of(code_.operands_of(call.arguments), is_it)) continue;
      if (!call.callee.exists() || may_call_at_once(code_, call)) break;
      if (is_dropped(code_, OpId{at})) return true;
      break;
    }
    return runs_later(parent, depth + 1);
  }

  // What runs behind the answer where nothing fails: other parts of the branches around it do not.
  void follow(OpId answer, const Function& function, CallbackAnswer& row) {
    OpId at = code_.ops[answer.index].end;
    std::vector<OpId> parts;  // ends of the parts of branches that were entered on the way
    while (at < function.end) {
      if (const OpId behind = behind_other_parts(answer, at); behind != at) {
        at = behind;
        continue;
      }
      while (!parts.empty() && parts.back() <= at) parts.pop_back();
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Exit) {
        take_exit(answer, at, row);
        at = !parts.empty() ? parts.back() : finally_behind(at, function.end);
        continue;
      }
      if (op.kind == OpKind::Branch) {
        const OpId otherwise = code_.branches[op.detail].otherwise;
        parts.push_back(op.end);
        if (otherwise < op.end) parts.push_back(otherwise);
      }
      if (op.kind == OpKind::Call) take_call(at, row);
      if (op.kind == OpKind::Await) row.awaits.push_back(span_of(at));
      ++at.index;
    }
  }

  // Where a return leads first.
  OpId finally_behind(OpId exit, OpId none) const {
    if (code_.exits[code_.ops[exit.index].detail].kind != ExitKind::Return) return none;
    for (std::size_t i = finallies_.size(); i-- > 0;) {
      const OpId at = finallies_[i];
      const OpId first = code_.tries[code_.ops[at.index].detail].finally_first;
      if (at < exit && exit < first) return first;
    }
    return none;
  }

  // At the end of a part of a branch or a `try` that the answer stands in: what follows it all.
  OpId behind_other_parts(OpId answer, OpId at) const {
    const auto first =
        std::ranges::lower_bound(parts_, at, {}, &std::pair<OpId, std::uint32_t>::first);
    for (auto part = first; part != parts_.end() && part->first == at; ++part) {
      const Op& around = code_.ops[part->second];
      if (part->second >= answer.index || around.end <= answer) continue;
      if (around.kind == OpKind::Branch) {
        if (at < around.end) return around.end;
        continue;
      }
      const Try& row = code_.tries[around.detail];
      const OpId behind = row.finally_first.exists() ? row.finally_first : around.end;
      if (at < row.body_end || at >= behind) continue;
      const bool in_body = answer < row.body_end;
      if (in_body ? at == row.body_end : is_end_of_catch(row, answer, at)) return behind;
    }
    return at;
  }
  bool is_end_of_catch(const Try& row, OpId answer, OpId at) const {
    for (std::uint32_t i = 0; i < row.catches.count; ++i) {
      const Catch& one = code_.catches[row.catches.first + i];
      if (one.first <= answer && answer < one.end) return one.end == at;
    }
    return false;
  }

  void take_call(OpId at, CallbackAnswer& row) const {
    const bool again = std::ranges::binary_search(answers_, at);
    if (again && !row.again.file.exists()) row.again = span_of(at);
    row.calls.push_back(span_of(at));
  }

  void take_exit(OpId answer, OpId at, CallbackAnswer& row) const {
    const Exit& exit = code_.exits[code_.ops[at.index].detail];
    if (exit.kind != ExitKind::Return || !exit.value.exists() || row.returned.file.exists()) return;
    const ExprKind kind = code_.exprs[exit.value.index].kind;
    constexpr auto kAnswers =
        std::to_array<ExprKind>({ExprKind::Record, ExprKind::List, ExprKind::Text, ExprKind::Concat,
                                 ExprKind::Number, ExprKind::Bool});
    bool other = std::ranges::find(kAnswers, kind) != kAnswers.end();
    if (kind == ExprKind::Variable) other = !is_told(answer, code_.exprs[exit.value.index].ref);
    if (other) row.returned = span_of(at);
  }
  // The answer is the variable's content too.
  bool is_told(OpId answer, std::uint32_t variable) const {
    const Call& call = code_.calls[code_.ops[answer.index].detail];
    return std::ranges::any_of(code_.operands_of(call.arguments), [&](const Operand& operand) {
      return is_variable(code_, operand.value, VariableId{variable});
    });
  }

  const CodeFacts& code_;
  std::span<const ModuleInfo> modules_;
  const FunctionRef handler_;
  std::vector<OpId> answers_;  // in order
  // Where a part of a branch or a `try` ends, and the branch or `try`.
  std::vector<std::pair<OpId, std::uint32_t>> parts_;
  std::vector<OpId> finallies_;  // the `try`s that have one
};

}  // namespace

std::vector<CallbackAnswer> answers_by_callback(const Engine& engine,
                                                std::span<const ModuleInfo> modules,
                                                FunctionRef handler) {
  return CallbackAnswers(engine, modules, handler).all();
}

}  // namespace fnlint
