#include "flow/syntax/dropped_errors.h"

#include "core/text.h"
#include "flow/syntax/call_uses.h"
#include "flow/syntax/code_queries.h"
#include "tables/known.h"
#include "tables/models.h"

#include <algorithm>
#include <set>
#include <utility>

namespace fnlint {

namespace {

bool takes_any(const CodeFacts& code, const Catch& handler) {
  const std::vector<std::string_view> types = caught_types(code, handler);
  return types.empty() || std::ranges::any_of(types, [](std::string_view path) {
           const std::string_view name = path.substr(path.find_last_of(".:") + 1);
           const bool is_of_service = name == "ServiceError" && path.find("Errors") < path.size();
           return is_of_service || (name == path && is_one_of(known::any_errors(), name));
         });
}

// The batch as a whole, or a record of it, is delivered again.
bool reports_failures(const CodeFacts& code, ExprId value) {
  if (!value.exists() || code.exprs[value.index].kind != ExprKind::Record) return false;
  const auto entries = code.operands_of(code.exprs[value.index].operands);
  return std::ranges::any_of(entries, [&](const Operand& entry) {
    if (code.string(entry.name) != "batchItemFailures" || !entry.value.exists()) return false;
    const Expr& list = code.exprs[entry.value.index];
    return list.kind != ExprKind::List || list.operands.count != 0;
  });
}

bool does_nothing(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at.exists() && at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Block || op.kind == OpKind::Branch) continue;
    if (op.kind != OpKind::Exit) return false;
    const ExitKind kind = code.exits[op.detail].kind;
    if (kind == ExitKind::Raise || kind == ExitKind::Stop ||
        reports_failures(code, code.exits[op.detail].value))
      return false;
  }
  return true;
}

// A call that writes to a log, as models of libraries have it by its name: `print`,
// `console.error`, `log.warning`.
bool is_log_call(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  const auto logs = [&](const std::string& path) {
    const LibraryModel* row = find_library_model(code.language, path);
    return row != nullptr && row->sink.starts_with("log");
  };
  if (callee.kind == ExprKind::Variable)
    return logs(std::string(code.string(code.variables[callee.ref].name)));
  if (callee.kind != ExprKind::Member) return false;
  const std::string_view name = code.string(callee.name);
  const Expr& base = code.exprs[callee.ref];
  const bool is_named = base.kind == ExprKind::Variable;
  return logs(cat("*.", name)) ||
         (is_named && logs(cat(code.string(code.variables[base.ref].name), '.', name)));
}

// Nothing but that the error is written to a log, with what is made for that alone.
bool only_logs(const CodeFacts& code, OpId first, OpId end) {
  const CallUses uses = call_uses(code);
  bool logs = false;
  for (OpId at = first; at.exists() && at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Block || op.kind == OpKind::Branch) continue;
    if (op.kind == OpKind::Call) {
      const bool is_log = is_log_call(code, code.calls[op.detail]);
      logs = logs || is_log;
      if (!is_log && uses.results[at.index] == ResultUse::Dropped) return false;
      continue;
    }
    if (op.kind != OpKind::Exit) return false;
    const ExitKind kind = code.exits[op.detail].kind;
    if (kind == ExitKind::Raise || kind == ExitKind::Stop ||
        reports_failures(code, code.exits[op.detail].value))
      return false;
  }
  return logs;
}

bool returns_value(const CodeFacts& code, const Catch& handler) {
  for (OpId at = handler.first; at.exists() && at < handler.end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Exit) {
      const Exit& row = code.exits[code.ops[at.index].detail];
      if (row.kind == ExitKind::Return && row.value.exists()) return true;
    }
  return false;
}

// The call whose receiver is what a call gives; no id: none is.
OpId call_of_result(const CodeFacts& code, OpId op) {
  for (OpId at{code.ops[op.index].end.index}; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Expr& callee = code.exprs[code.calls[code.ops[at.index].detail].callee.index];
    if (callee.kind != ExprKind::Member) continue;
    const Expr& receiver = code.exprs[callee.ref];
    if (receiver.kind == ExprKind::Result && receiver.ref == op.index) return at;
  }
  return {};
}

// Whether nothing looks at what the call, once it is awaited, gives.
bool is_let_go(const CodeFacts& code, OpId call) {
  const CallUses uses = call_uses(code);
  for (std::uint32_t at = call.index; at < code.ops.size(); ++at) {
    if (code.ops[at].kind != OpKind::Await) continue;
    const ExprId awaited = code.awaits[code.ops[at].detail].value;
    if (!awaited.exists()) continue;
    const Expr& value = code.exprs[awaited.index];
    if (value.kind == ExprKind::Result && value.ref == call.index)
      return uses.results[at] == ResultUse::Dropped;
  }
  return false;
}

// `put(row).catch(() => {})`, and what else stands between a promise and its handler.
bool has_empty_handler(const CodeFacts& code, OpId op) {
  constexpr int kLinks = 4;
  for (int i = 0; i < kLinks && op.exists(); ++i) {
    op = call_of_result(code, op);
    if (!op.exists()) break;
    const Call& call = code.calls[code.ops[op.index].detail];
    const std::string_view name = code.string(code.exprs[call.callee.index].name);
    if (name == "catch") {
      if (call.arguments.count != 1) return false;
      const Expr& handler = code.exprs[code.operands[call.arguments.first].value.index];
      if (handler.kind != ExprKind::Function) return false;
      const Function& function = code.functions[handler.ref];
      return does_nothing(code, function.first, function.end) && is_let_go(code, op);
    }
    if (name != "promise" && name != "then" && name != "finally") break;
  }
  return false;
}

// Waits for several at once, and answers with the errors of those that failed:
// `Promise.allSettled(...)`, `asyncio.gather(..., return_exceptions=True)`.
bool answers_with_errors(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  if (code.language == Language::JavaScript)
    return callee.kind == ExprKind::Member && code.string(callee.name) == "allSettled";
  const auto arguments = code.operands_of(call.arguments);
  return std::ranges::any_of(arguments, [&](const Operand& one) {
    return code.string(one.name) == "return_exceptions" && one.value.exists() &&
           code.exprs[one.value.index].kind == ExprKind::Bool &&
           code.exprs[one.value.index].detail != 0;
  });
}

// `await Promise.all(...)`, `await asyncio.gather(...)`
bool waits_for_several(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind != ExprKind::Member) return false;
  const std::string_view name = code.string(callee.name);
  return name == "all" || name == "allSettled" || name == "gather";
}

// Stands among what such a call is given, and nobody reads its answer.
bool is_settled_unread(const CodeFacts& code, OpId op) {
  const Range where = code.op_ranges[op.index];
  for (OpId at = op; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Range around = code.op_ranges[at.index];
    const bool is_inside = around.begin < where.begin && where.end < around.end;
    if (is_inside && answers_with_errors(code, code.calls[code.ops[at.index].detail]))
      return is_let_go(code, at);
  }
  return false;
}

bool is_error_variable(const CodeFacts& code, ExprId expr, std::uint32_t variable) {
  return expr.exists() && code.exprs[expr.index].kind == ExprKind::Variable &&
         code.exprs[expr.index].ref == variable;
}

// The part of `if err != nil` that handles the error: nothing is done there.
bool skips_error(const CodeFacts& code, const Op& op, std::uint32_t error) {
  if (op.kind != OpKind::Branch) return false;
  const Branch& row = code.branches[op.detail];
  const Expr& test = code.exprs[row.condition.index];
  const auto operands = code.operands_of(test.operands);
  const bool is_failure = test.kind == ExprKind::Operator &&
                          static_cast<OperatorKind>(test.detail) == OperatorKind::NotEqual &&
                          operands.size() == 2 && is_error_variable(code, operands[0].value, error);
  const OpId first{static_cast<std::uint32_t>(&op - code.ops.data()) + 1};
  return is_failure && does_nothing(code, first, row.otherwise);
}

// A variable that only such tests look at.
bool is_only_skipped(const CodeFacts& code, std::uint32_t error) {
  const auto looks = std::ranges::count_if(code.exprs, [&](const Expr& expr) {
    return expr.kind == ExprKind::Variable && expr.ref == error;
  });
  const auto sets = std::ranges::count_if(
      code.assigns, [&](const Assign& row) { return is_error_variable(code, row.target, error); });
  const auto skips =
      std::ranges::count_if(code.ops, [&](const Op& op) { return skips_error(code, op, error); });
  return skips > 0 && looks == sets + skips;
}

bool is_used(const CodeFacts& code, ExprId expr) {
  const auto is_it = [&](ExprId other) { return other == expr; };
  return std::ranges::any_of(code.operands, is_it, &Operand::value) ||
         std::ranges::any_of(code.exits, is_it, &Exit::value) ||
         std::ranges::any_of(code.branches, is_it, &Branch::condition) ||
         std::ranges::any_of(code.exprs, [&](const Expr& one) {
           return has_base(one.kind) && one.ref == expr.index;
         });
}

// A variable takes what the call gives, and something reads that.
bool is_kept_and_read(const CodeFacts& code, OpId call) {
  return std::ranges::any_of(code.assigns, [&](const Assign& row) {
    if (!row.value.exists() || !row.target.exists()) return false;
    const Expr& value = code.exprs[row.value.index];
    const Expr& target = code.exprs[row.target.index];
    if (value.kind != ExprKind::Result || value.ref != call.index) return false;
    if (target.kind != ExprKind::Variable) return true;
    return std::ranges::count_if(code.exprs, [&](const Expr& expr) {
             return expr.kind == ExprKind::Variable && expr.ref == target.ref;
           }) > 1;
  });
}

// Where errors are values: nothing looks at the one that the call gives, or goes on where there is
// one.
bool lets_error_go(const CodeFacts& code, OpId call) {
  const Op& op = code.ops[call.index];
  if (op.kind != OpKind::Call || code.calls[op.detail].mode == CallMode::Detached) return false;
  bool has_error = false, has_result = is_kept_and_read(code, call);
  for (std::uint32_t i = 0; i < code.exprs.size(); ++i) {
    const Expr& row = code.exprs[i];
    if (row.kind == ExprKind::Result && row.ref == call.index && is_used(code, ExprId{i}))
      has_result = true;
    if (row.kind != ExprKind::ErrorOf || row.ref != call.index) continue;
    has_error = true;
    if (is_used(code, ExprId{i})) return false;
    for (const Assign& given : code.assigns) {
      if (given.value != ExprId{i}) continue;
      const bool is_kept = !given.target.exists() ||
                           code.exprs[given.target.index].kind != ExprKind::Variable ||
                           !is_only_skipped(code, code.exprs[given.target.index].ref);
      if (is_kept) return false;
    }
  }
  return has_error || !has_result;  // what the result itself says of it: `db.Create(&row).Error`
}

// In Rust what handles an error may stand behind: `if let Err(error) = put()` leaves where there is
// none.
bool leaves_body(const CodeFacts& code, OpId attempt) {
  const Try& row = code.tries[code.ops[attempt.index].detail];
  for (OpId at{attempt.index + 1}; at < row.body_end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Exit) return true;
  return false;
}

OpId last_of_block(const CodeFacts& code, OpId block) {
  OpId last;
  for (OpId at{block.index + 1}; at < code.ops[block.index].end; at = code.ops[at.index].end)
    last = at;
  return last;
}

// Where what is left goes on that the way without an error passes by: `if let Ok(row) = put() {}
// else {}`. Empty: all ways go on there.
std::pair<OpId, OpId> only_behind(const CodeFacts& code, const Exit& left) {
  const auto is_block = [&](OpId op) {
    return op.exists() && code.ops[op.index].kind == OpKind::Block;
  };
  if (left.kind != ExitKind::Break || !is_block(left.target)) return {};
  const OpId last = last_of_block(code, left.target);
  if (!last.exists() || code.ops[last.index].kind != OpKind::Exit) return {};
  const OpId passed = code.exits[code.ops[last.index].detail].target;
  if (!is_block(passed) || passed >= left.target) return {};
  return {code.ops[left.target.index].end, code.ops[passed.index].end};
}

// The handler leaves to where something is done for it alone.
bool is_handled_behind(const CodeFacts& code, const Catch& handler) {
  const auto does = [&](const Op& op) {
    if (op.kind == OpKind::Exit) {
      const ExitKind kind = code.exits[op.detail].kind;
      return kind != ExitKind::Break && kind != ExitKind::Continue;
    }
    return op.kind != OpKind::Block && op.kind != OpKind::Branch;
  };
  for (OpId at = handler.first; at.exists() && at < handler.end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Exit) continue;
    const auto [first, end] = only_behind(code, code.exits[code.ops[at.index].detail]);
    for (OpId inside = first; inside.exists() && inside < end; ++inside.index)
      if (does(code.ops[inside.index])) return true;
  }
  return false;
}

// The innermost handler that takes any error hides those around it.
const Catch* handler_of(const CodeFacts& code, OpId op) {
  for (std::uint32_t at = op.index; at-- > 0;) {  // the innermost comes last
    if (code.ops[at].kind != OpKind::Try) continue;
    const Try& row = code.tries[code.ops[at].detail];
    if (op.index >= row.body_end.index) continue;
    for (std::uint32_t i = 0; i < row.catches.count; ++i)
      if (const Catch& handler = code.catches[row.catches.first + i]; takes_any(code, handler))
        return code.language == Language::Rust &&
                       (leaves_body(code, OpId{at}) || is_handled_behind(code, handler))
                   ? nullptr
                   : &handler;
  }
  return nullptr;
}

// Where errors are values: what follows from the error that a call gives, by the code alone.
class ErrorUses {
 public:
  ErrorUses(const CodeFacts& code, OpId call)
      : code_(code), call_(call), uses_(call_uses(code)), captures_(all_captures(code)) {}

  // Whether somebody is told on a way of a test of it, whatever becomes of it then.
  bool tell() {
    for (OpId at{call_.index + 1}; at.index < code_.ops.size(); ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Assign && asks(code_.assigns[op.detail].value))
        hold(code_.assigns[op.detail].target);
      if (op.kind == OpKind::Call && asks(code_.calls[op.detail].callee)) answers_.insert(at);
      if (op.kind != OpKind::Branch || !asks(code_.branches[op.detail].condition)) continue;
      if (tells_on_way(at)) return true;
    }
    return false;
  }

 private:
  [[nodiscard]] bool asks(ExprId expr) const {
    bool found = false;
    if (expr.exists())
      visit_parts(code_, expr, [&](const Expr& row) {
        found = found || (row.kind == ExprKind::ErrorOf && row.ref == call_.index) ||
                (row.kind == ExprKind::Result && answers_.contains(OpId{row.ref})) ||
                (row.kind == ExprKind::Variable && holds(row.ref)) ||
                (row.kind == ExprKind::Function &&
                 std::ranges::any_of(captures_[row.ref],
                                     [&](VariableId one) { return holds(one.index); }));
      });
    return found;
  }
  [[nodiscard]] bool holds(std::uint32_t variable) const { return held_.contains(variable); }
  void hold(ExprId target) {
    if (const VariableId root = root_variable(code_, target); root.exists())
      held_.insert(root.index);
  }
  // Of `err != nil` the way where there is one; of other tests both.
  [[nodiscard]] std::pair<OpId, OpId> ways_of_error(OpId branch) const {
    const Op& op = code_.ops[branch.index];
    const Branch& row = code_.branches[op.detail];
    const Expr& test = code_.exprs[row.condition.index];
    const auto operands = code_.operands_of(test.operands);
    const bool asks_nil =
        test.kind == ExprKind::Operator && std::ranges::any_of(operands, [&](const Operand& one) {
          return one.value.exists() && code_.exprs[one.value.index].kind == ExprKind::Null;
        });
    const auto asked = static_cast<OperatorKind>(test.detail);
    const OpId inner{branch.index + 1};
    if (asks_nil && asked == OperatorKind::NotEqual) return {inner, row.otherwise};
    if (asks_nil && asked == OperatorKind::Equal) return {row.otherwise, op.end};
    return {inner, op.end};
  }
  // What is chosen on either way follows from it, too.
  bool tells_on_way(OpId branch) {
    bool tells = false;
    const auto [first, end] = ways_of_error(branch);
    for (OpId at{branch.index + 1}; at < code_.ops[branch.index].end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Assign) hold(code_.assigns[op.detail].target);
      tells = tells || (op.kind == OpKind::Call && first <= at && at < end &&
                        uses_.results[at.index] == ResultUse::Dropped);
    }
    return tells;
  }

  const CodeFacts& code_;
  const OpId call_;
  const CallUses uses_;
  const std::vector<std::vector<VariableId>> captures_;
  std::set<std::uint32_t> held_ = {};  // variables
  std::set<OpId> answers_ = {};        // calls of functions that read it
};

// Raises it again, and has told somebody before: the log, the caller's span.
bool tells_first(const CodeFacts& code, const Catch& handler) {
  const CallUses uses = call_uses(code);
  for (OpId at = handler.first; at.exists() && at < handler.end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Call && uses.results[at.index] == ResultUse::Dropped)
      return true;
  return false;
}

bool may_raise(const CodeFacts& code, const Catch& handler) {
  for (OpId at = handler.first; at.exists() && at < handler.end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Exit) {
      const ExitKind kind = code.exits[code.ops[at.index].detail].kind;
      if (kind == ExitKind::Raise || kind == ExitKind::Stop) return true;
    }
  return false;
}

}  // namespace

bool calls_what_fails(const CodeFacts& code, OpId call, const CodeFacts& callee_code, OpId inside) {
  FunctionId inner;
  for (std::uint32_t i = 0; i < callee_code.functions.size(); ++i) {
    const Function& row = callee_code.functions[i];
    const bool holds = row.first.exists() && row.first <= inside && inside < row.end;
    if (holds && (!inner.exists() || row.first >= callee_code.functions[inner.index].first))
      inner = FunctionId{i};
  }
  if (!inner.exists() || code.ops[call.index].kind != OpKind::Call) return false;
  const Function& called = callee_code.functions[inner.index];
  const Expr& callee = code.exprs[code.calls[code.ops[call.index].detail].callee.index];
  const std::string_view name = code.string(
      callee.kind == ExprKind::Variable ? code.variables[callee.ref].name : callee.name);
  if (name.substr(name.rfind('.') + 1) != callee_code.string(called.name))
    return false;  // a callback
  for (OpId at = called.first; at < called.end; ++at.index)
    if (callee_code.ops[at.index].kind == OpKind::Exit &&
        callee_code.exits[callee_code.ops[at.index].detail].kind == ExitKind::Raise)
      return true;
  return false;
}

namespace {

// What a stretch raises behind the op, wherever it has come as far; no id: it raises nothing.
OpId raised_behind(const CodeFacts& code, OpId op, OpId first, OpId end) {
  if (!op.exists() || op < first || op >= end) return {};
  for (OpId at = first; at < end;) {
    const Op& row = code.ops[at.index];
    if (row.kind == OpKind::Exit && at > op)
      return code.exits[row.detail].kind == ExitKind::Raise ? at : OpId{};
    at = row.kind == OpKind::Block ? OpId{at.index + 1} : row.end;
  }
  return {};
}

}  // namespace

OpId raised_after(const CodeFacts& code, OpId op) {
  for (const Catch& handler : code.catches)
    if (const OpId at = raised_behind(code, op, handler.first, handler.end); at.exists()) return at;
  // `if err != nil { tell(err); return err }`
  for (OpId at{0}; has_error_values(code.language) && op.exists() && at < op; ++at.index) {
    const Op& row = code.ops[at.index];
    if (row.kind != OpKind::Branch) continue;
    const OpId otherwise = code.branches[row.detail].otherwise;
    for (const auto& [first, end] :
         {std::pair(OpId{at.index + 1}, otherwise), std::pair(otherwise, row.end)})
      if (const OpId raised = raised_behind(code, op, first, end); raised.exists()) return raised;
  }
  return {};
}

bool goes_on_anyway(const CodeFacts& code, OpId op) {
  return op.exists() && code.language == Language::JavaScript && has_empty_handler(code, op);
}

bool looks_at_result(const CodeFacts& code, OpId call) {
  if (call_uses(code).results[call.index] == ResultUse::Dropped || is_let_go(code, call))
    return false;
  const Range where = code.op_ranges[call.index];
  for (OpId at = call; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Range around = code.op_ranges[at.index];
    const bool is_inside = around.begin < where.begin && where.end < around.end;
    if (is_inside && waits_for_several(code, code.calls[code.ops[at.index].detail]))
      return !is_let_go(code, at);
  }
  return true;
}

namespace {

// A call of one of these methods on what the call gives, or on a variable that takes it.
OpId call_on_result(const CodeFacts& code, OpId call, std::span<const std::string_view> methods) {
  std::vector<std::uint32_t> held;
  for (const Assign& row : code.assigns) {
    if (!row.value.exists() || !row.target.exists()) continue;
    const Expr& value = code.exprs[row.value.index];
    const Expr& target = code.exprs[row.target.index];
    if (value.kind == ExprKind::Result && value.ref == call.index &&
        target.kind == ExprKind::Variable)
      held.push_back(target.ref);
  }
  for (OpId at{call.index + 1}; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Expr& callee = code.exprs[code.calls[code.ops[at.index].detail].callee.index];
    if (callee.kind != ExprKind::Member ||
        std::ranges::find(methods, code.string(callee.name)) == methods.end())
      continue;
    const Expr& base = code.exprs[callee.ref];
    const bool is_result = base.kind == ExprKind::Result && base.ref == call.index;
    const bool is_held = base.kind == ExprKind::Variable &&
                         std::ranges::find(held, base.ref) != held.end();
    if (is_result || is_held) return at;
  }
  return {};
}

}  // namespace

ErrorEnd error_end(const CodeFacts& code, const Step& step) {
  constexpr std::string_view kError = "error=";
  const OpId op = step.at.op;
  const std::string_view tells =
      step.library != UINT32_MAX ? library_models()[step.library].tells : std::string_view{};
  if (!op.exists() || !tells.starts_with(kError)) return error_end(code, op);
  const OpId later = call_on_result(code, op, split(tells.substr(kError.size()), '|'));
  if (later.exists()) return error_end(code, later);
  const bool dropped = call_uses(code).results[op.index] == ResultUse::Dropped;
  return dropped ? ErrorEnd::Dropped : ErrorEnd::Passes;
}

bool is_in_finally(const CodeFacts& code, OpId op) {
  for (std::uint32_t at = op.exists() ? op.index : 0; at-- > 0;) {
    const Op& row = code.ops[at];
    if (row.kind == OpKind::Try && op < row.end &&
        op.index >= code.tries[row.detail].finally_first.index)
      return true;
  }
  return false;
}

ErrorEnd error_end(const CodeFacts& code, OpId op) {
  if (!op.exists()) return ErrorEnd::Passes;
  if (has_error_values(code.language))
    return lets_error_go(code, op)      ? ErrorEnd::Dropped
           : ErrorUses(code, op).tell() ? ErrorEnd::Handled
                                        : ErrorEnd::Passes;
  if (goes_on_anyway(code, op)) return ErrorEnd::Dropped;
  if (const Catch* handler = handler_of(code, op); handler != nullptr) {
    if (does_nothing(code, handler->first, handler->end))
      return returns_value(code, *handler) ? ErrorEnd::Told : ErrorEnd::Dropped;
    if (only_logs(code, handler->first, handler->end))
      return returns_value(code, *handler) ? ErrorEnd::LoggedAndTold : ErrorEnd::Logged;
    const bool passes = may_raise(code, *handler) && !tells_first(code, *handler);
    return passes ? ErrorEnd::Passes : ErrorEnd::Handled;
  }
  const bool waits = code.language == Language::JavaScript || code.language == Language::Python;
  return waits && is_settled_unread(code, op) ? ErrorEnd::Dropped : ErrorEnd::Passes;
}

}  // namespace fnlint
