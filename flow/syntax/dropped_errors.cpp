// Follows an error outwards from the op that fails: which handler takes it, what that does about
// it, and whether a `finally` part or a later test changes the outcome.

#include "flow/syntax/dropped_errors.h"

#include "core/text.h"
#include "flow/syntax/call_uses.h"
#include "flow/syntax/caught_results.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/error_values.h"
#include "flow/syntax/failure_forms.h"
#include "flow/syntax/promise_errors.h"
#include "model/language_traits.h"
#include "tables/known.h"
#include "tables/models.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// In Rust what handles an error may stand behind: `if let Err(error) = put() { log() }` leaves
// where there is none, so that what follows up to there is done for an error alone. Empty: the body
// leaves nowhere. Nothing: elsewhere.
struct Stretch {
  OpId first = {}, end = {};
};
std::optional<Stretch> done_behind(const CodeFacts& code, OpId attempt) {
  const Op& whole = code.ops[attempt.index];
  Stretch found{.first = whole.end, .end = whole.end};
  for (OpId at{attempt.index + 1}; at < code.tries[whole.detail].body_end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Exit) continue;
    const Exit& left = code.exits[code.ops[at.index].detail];
    const bool is_block = left.kind == ExitKind::Break && left.target.exists() &&
                          code.ops[left.target.index].kind == OpKind::Block;
    if (!is_block || left.target > attempt || found.first != found.end) return std::nullopt;
    found.end = code.ops[left.target.index].end;
  }
  return found;
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

struct Handler {
  OpId attempt = {};  // the Try that it is of; no id: there is none
  Catch row = {};
};

// The handler takes nothing but errors that the library never lets out: it raises its own in their
// place.
bool takes_what_is_wrapped(const CodeFacts& code, const Catch& handler, std::string_view library) {
  if (library.empty()) return false;
  const std::vector<std::string_view> types = caught_types(code, handler);
  const auto is_wrapped = [&](std::string_view type) {
    return std::ranges::any_of(known::errors_that_are_wrapped(), [&](const auto& row) {
      const bool is_of_it = row[0].ends_with('.') ? library.starts_with(row[0]) : library == row[0];
      return is_of_it && type.starts_with(row[1]);
    });
  };
  // Of the others only those that take any matter.
  const auto takes_it = [&](std::string_view type) {
    return !is_wrapped(type) && is_any_error(type);
  };
  return std::ranges::any_of(types, is_wrapped) && std::ranges::none_of(types, takes_it);
}

// `except psycopg2.Error`, of a call of psycopg2.
bool takes_all_of_library(const CodeFacts& code, const Catch& handler, std::string_view library) {
  return std::ranges::any_of(caught_types(code, handler), [&](std::string_view type) {
    return std::ranges::any_of(known::errors_of_libraries(), [&](const auto& row) {
      return type == row[0] && library.starts_with(row[1]);
    });
  });
}

// The innermost handler that takes any error hides those around it.
// `library`: of the call that fails, where one is known.
Handler handler_of(const CodeFacts& code, OpId op, std::string_view library = {}) {
  for (std::uint32_t at = op.index; at-- > 0;) {  // the innermost comes last
    if (code.ops[at].kind != OpKind::Try) continue;
    const Try& row = code.tries[code.ops[at].detail];
    if (op.index >= row.body_end.index) continue;
    for (std::uint32_t i = 0; i < row.catches.count; ++i) {
      const Catch& handler = code.catches[row.catches.first + i];
      if (!takes_all_of_library(code, handler, library) &&
          (!takes_any(code, handler) || takes_what_is_wrapped(code, handler, library)))
        continue;
      if (!traits(code.language).errors_are_results) return {OpId{at}, handler};
      const std::optional<Stretch> behind = done_behind(code, OpId{at});
      if (!behind || is_handled_behind(code, handler)) return {};
      if (behind->first == behind->end) return {OpId{at}, handler};
      return {OpId{at}, {.first = behind->first, .end = behind->end}};
    }
  }
  return {};
}

bool holds_exit(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at < end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Exit) return true;
  return false;
}

// What ends the stretch that an op stands in: a loop, an arm of a branch, the function.
OpId end_around(const CodeFacts& code, OpId op) {
  const FunctionId function = function_around(code, op);
  const OpId first = function.exists() ? code.functions[function.index].first : OpId{0};
  for (OpId at = op; at > first;) {
    const Op& row = code.ops[--at.index];
    if (row.end <= op || row.kind == OpKind::Block) continue;
    if (row.kind == OpKind::Try && code.tries[row.detail].catches.count == 0) continue;  // `with`
    const OpId otherwise =
        row.kind == OpKind::Branch ? code.branches[row.detail].otherwise : OpId{};
    return otherwise.exists() && op < otherwise ? otherwise : row.end;
  }
  return function.exists() ? code.functions[function.index].end
                           : OpId{static_cast<std::uint32_t>(code.ops.size())};
}

// Whether all that goes on behind a try raises: `try: ... except Error: log()` and `raise
// Failed()`.
bool raises_behind(const CodeFacts& code, OpId attempt) {
  const OpId end = end_around(code, attempt);
  for (OpId at = code.ops[attempt.index].end; at < end;) {
    const Op& row = code.ops[at.index];
    if (row.kind == OpKind::Exit) return code.exits[row.detail].kind == ExitKind::Raise;
    const OpId next = row.kind == OpKind::Block ? OpId{at.index + 1} : row.end;
    if (row.kind != OpKind::Block && holds_exit(code, at, next)) return false;
    at = next;
  }
  return false;
}

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

bool raises_in(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at < end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Exit &&
        code.exits[code.ops[at.index].detail].kind == ExitKind::Raise)
      return true;
  return false;
}

bool mentions(const CodeFacts& code, ExprId expr, std::span<const std::uint32_t> variables) {
  if (!expr.exists()) return false;
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Variable)
    return std::ranges::find(variables, row.ref) != variables.end();
  const bool has_base = row.kind == ExprKind::Member || row.kind == ExprKind::Index;
  if (has_base && mentions(code, ExprId{row.ref}, variables)) return true;
  return std::ranges::any_of(code.operands_of(row.operands), [&](const Operand& operand) {
    return mentions(code, operand.value, variables);
  });
}

// `not row`, `row == null`: the branch is for what is not there.
bool asks_for_nothing(const CodeFacts& code, ExprId condition) {
  const Expr& row = code.exprs[condition.index];
  if (row.kind != ExprKind::Operator) return false;
  const auto kind = static_cast<OperatorKind>(row.detail);
  if (kind == OperatorKind::Not)
    return !asks_for_nothing(code, code.operands_of(row.operands)[0].value);
  return kind == OperatorKind::Equal;
}

// Whether what a try sets behind the op is asked for behind it, and the answer raises: `row =
// None`, `try: row = get() ... except Error: log()`, `if not row: raise Missing()`.
bool raises_unless_set(const CodeFacts& code, OpId attempt, OpId op) {
  std::vector<std::uint32_t> set;
  for (OpId at = op; at < code.tries[code.ops[attempt.index].detail].body_end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Assign) continue;
    const ExprId target = code.assigns[code.ops[at.index].detail].target;
    if (target.exists() && code.exprs[target.index].kind == ExprKind::Variable)
      set.push_back(code.exprs[target.index].ref);
  }
  const OpId end = end_around(code, attempt);
  bool is_asked = false;
  for (OpId at = code.ops[attempt.index].end; at < end;) {
    const Op& row = code.ops[at.index];
    if (row.kind == OpKind::Exit) return is_asked && code.exits[row.detail].kind == ExitKind::Raise;
    if (row.kind == OpKind::Branch && mentions(code, code.branches[row.detail].condition, set)) {
      const Branch& branch = code.branches[row.detail];
      if (asks_for_nothing(code, branch.condition)) return raises_in(code, at, branch.otherwise);
      if (raises_in(code, branch.otherwise, row.end)) return true;
      is_asked = true;  // `if row: return row`, and an error behind that
    }
    at = row.kind == OpKind::Block ? OpId{at.index + 1} : row.end;
  }
  return false;
}

}  // namespace

bool calls_what_fails(const CodeFacts& code, OpId call, const CodeFacts& callee_code, OpId inside) {
  const FunctionId inner = function_around(callee_code, inside);
  if (!inner.exists() || code.ops[call.index].kind != OpKind::Call) return false;
  const Function& called = callee_code.functions[inner.index];
  const Expr& callee = code.exprs[code.calls[code.ops[call.index].detail].callee.index];
  const std::string_view name = code.string(
      callee.kind == ExprKind::Variable ? code.variables[callee.ref].name : callee.name);
  if (name.substr(name.rfind('.') + 1) != callee_code.string(called.name))
    return false;  // a callback
  for (OpId at = called.first; at < called.end; ++at.index) {
    if (callee_code.ops[at.index].kind != OpKind::Exit) continue;
    const Exit& left = callee_code.exits[callee_code.ops[at.index].detail];
    if (left.kind == ExitKind::Raise && left.panics == 0) return true;
  }
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
  for (OpId at{0}; traits(code.language).errors_are_values && op.exists() && at < op; ++at.index) {
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
  return op.exists() && traits(code.language).has_promises &&
         promise_end(code, op) == ErrorEnd::Dropped;
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

std::string_view library_of(const Step& step) {
  return step.library != UINT32_MAX ? library_models()[step.library].path : std::string_view{};
}

ErrorEnd error_end(const CodeFacts& code, const Step& step) {
  constexpr std::string_view kError = "error=";
  const OpId op = step.at.op;
  if (op.exists() && traits(code.language).errors_are_values && step.library != UINT32_MAX &&
      fails_without_result(code, op))
    return ErrorEnd::Handled;
  const std::string_view tells =
      step.library != UINT32_MAX ? library_models()[step.library].tells : std::string_view{};
  if (op.exists() && traits(code.language).callbacks_take_errors && step.kind == StepKind::Effect)
    if (const ErrorEnd end = callback_end(code, op); end != ErrorEnd::Passes) return end;
  if (!op.exists() || !tells.starts_with(kError)) return error_end(code, op, library_of(step));
  const OpId later = call_on_result(code, op, split(tells.substr(kError.size()), '|'));
  if (later.exists()) return error_end(code, later);
  const bool dropped = call_uses(code).results[op.index] == ResultUse::Dropped;
  return dropped ? ErrorEnd::Dropped : ErrorEnd::Passes;
}

namespace {

// The exit by which a stretch leaves what it is a part of, whatever comes of what stands in it: a
// `return`, and of a `break` or `continue` one that leaves more than the stretch.
OpId left_by_all(const CodeFacts& code, OpId attempt, OpId first, OpId end) {
  for (OpId at = first; at < end;) {
    const Op& row = code.ops[at.index];
    if (row.kind == OpKind::Exit) {
      const Exit& left = code.exits[row.detail];
      const bool is_out = left.kind == ExitKind::Return ||
                          ((left.kind == ExitKind::Break || left.kind == ExitKind::Continue) &&
                           left.target.exists() && left.target < attempt);
      return is_out ? at : OpId{};
    }
    const OpId next = row.kind == OpKind::Block ? OpId{at.index + 1} : row.end;
    if (row.kind != OpKind::Block && holds_exit(code, at, next)) return {};
    at = next;
  }
  return {};
}

// The innermost try around an op whose last part takes away what was raised: it leaves by an exit
// of its own.
struct TakenAway {
  OpId attempt = {}, by = {};
};
TakenAway taken_away(const CodeFacts& code, OpId op) {
  if (!op.exists() || traits(code.language).errors_are_values) return {};
  const FunctionId function = function_around(code, op);
  const std::uint32_t first = function.exists() ? code.functions[function.index].first.index : 0;
  for (std::uint32_t at = op.index; at-- > first;) {
    const Op& row = code.ops[at];
    if (row.kind != OpKind::Try) continue;
    const OpId last = code.tries[row.detail].finally_first;
    if (op >= last || last >= row.end) continue;
    if (const OpId by = left_by_all(code, OpId{at}, last, row.end); by.exists())
      return {OpId{at}, by};
  }
  return {};
}

// What the last part of a try gives back holds what the try, or a handler of its, has set.
bool tells_at_last(const CodeFacts& code, const TakenAway& taken) {
  const ExprId value = code.exits[code.ops[taken.by.index].detail].value;
  std::vector<std::uint32_t> set;
  for (OpId at = taken.attempt; at < taken.by; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Assign) continue;
    const ExprId target = code.assigns[code.ops[at.index].detail].target;
    if (target.exists() && code.exprs[target.index].kind == ExprKind::Variable)
      set.push_back(code.exprs[target.index].ref);
  }
  return mentions(code, value, set);
}

// `try { return client.put(row); }` of what gives a future: it fails where that is waited for.
bool gives_its_task(const CodeFacts& code, OpId op) {
  const FunctionId around = function_around(code, op);
  if (!around.exists()) return false;
  const Function& row = code.functions[around.index];
  if ((row.flags & kAsync) != 0 || !row.returns.exists()) return false;
  const std::string_view type = code.string(code.types[row.returns.index].path);
  return is_one_of(known::task_types(), type.substr(type.rfind('.') + 1)) &&
         is_given_back(code, op);
}

ErrorEnd end_by_handlers(const CodeFacts& code, OpId op, std::string_view library) {
  if (gives_its_task(code, op)) return ErrorEnd::Passes;
  if (traits(code.language).has_promises)
    if (const ErrorEnd end = promise_end(code, op); end != ErrorEnd::Passes) return end;
  const auto [attempt, handler] = handler_of(code, op, library);
  if (attempt.exists()) {
    const bool gives = returns_value(code, handler.first, handler.end);
    if (!gives && raises_behind(code, attempt)) return ErrorEnd::Passes;
    if (!gives && raises_unless_set(code, attempt, op)) return ErrorEnd::Handled;
    // `try: put(); return True`: whoever gets something else knows.
    const bool tells =
        gives || returns_value(code, op, code.tries[code.ops[attempt.index].detail].body_end);
    if (does_nothing(code, handler.first, handler.end))
      return tells ? ErrorEnd::Told : ErrorEnd::Dropped;
    if (only_logs(code, handler.first, handler.end))
      return tells || returns_count(code, handler.first, handler.end) ? ErrorEnd::LoggedAndTold
                                                                      : ErrorEnd::Logged;
    if (logs_and_raises(code, handler.first, handler.end)) return ErrorEnd::LoggedAndPasses;
    const bool passes = may_raise(code, handler) && !tells_first(code, handler);
    return passes ? ErrorEnd::Passes : ErrorEnd::Handled;
  }
  if (traits(code.language).has_catching_calls)
    if (const ErrorEnd end = caught_end(code, op); end != ErrorEnd::Passes) return end;
  return traits(code.language).waits_give_errors && is_settled_unread(code, op) ? ErrorEnd::Dropped
                                                                                : ErrorEnd::Passes;
}

// What becomes of an error that is on its way out of a try whose last part leaves.
ErrorEnd end_at_last(const CodeFacts& code, OpId op, ErrorEnd end) {
  const TakenAway taken = taken_away(code, op);
  if (!taken.by.exists()) return end;
  const auto [attempt, handler] = handler_of(code, op);
  const bool is_inside = attempt.exists() && attempt >= taken.attempt;
  const bool is_told = tells_at_last(code, taken);
  if (!is_inside || end == ErrorEnd::Passes) return is_told ? ErrorEnd::Told : ErrorEnd::Dropped;
  // Something has been told of it before it was raised again.
  const bool is_raised = end == ErrorEnd::Handled && raises_in(code, handler.first, handler.end) &&
                         !returns_value(code, handler.first, handler.end);
  if (end == ErrorEnd::LoggedAndPasses || is_raised)
    return is_told ? ErrorEnd::LoggedAndTold : ErrorEnd::Logged;
  return end;
}

}  // namespace

OpId taken_away_by(const CodeFacts& code, OpId op) {
  const TakenAway taken = taken_away(code, op);
  if (!taken.by.exists()) return {};
  const ErrorEnd end = end_by_handlers(code, op, {});
  return end_at_last(code, op, end) == end ? OpId{} : taken.by;
}

OpId taken_by(const CodeFacts& code, OpId op, std::string_view library) {
  if (!op.exists() || traits(code.language).errors_are_values) return {};
  const OpId attempt = handler_of(code, op, library).attempt;
  const OpId last = taken_away(code, op).attempt;
  return last.exists() && (!attempt.exists() || attempt < last) ? last : attempt;
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

ErrorEnd error_end(const CodeFacts& code, OpId op) { return error_end(code, op, {}); }

ErrorEnd error_end(const CodeFacts& code, OpId op, std::string_view library) {
  if (!op.exists()) return ErrorEnd::Passes;
  if (traits(code.language).errors_are_values) return error_value_end(code, op);
  return end_at_last(code, op, end_by_handlers(code, op, library));
}

bool is_meant_to_be_lost(const CodeFacts& code, OpId attempt) {
  if (!attempt.exists()) return false;
  const Range where = code.op_ranges[attempt.index];
  const OpId body_end = code.tries[code.ops[attempt.index].detail].body_end;
  std::uint32_t begin = where.begin;
  for (OpId inner{attempt.index + 1}; inner < body_end; ++inner.index)
    begin = std::max(begin, std::min(code.op_ranges[inner.index].end, where.end));
  const bool is_in_loop = std::ranges::any_of(
      ops_holding(code, attempt), [&](OpId op) { return code.ops[op.index].kind == OpKind::Loop; });
  return std::ranges::any_of(code.handler_comments, [&](const HandlerComment& one) {
    if (one.where.begin < begin || one.where.end > where.end) return false;
    const std::string text = lower(code.string(one.text));
    const auto says = [&](std::string_view reason) { return text.find(reason) != text.npos; };
    const bool is_for_others = is_in_loop && std::ranges::any_of(known::reasons_of_batches(), says);
    return !is_for_others && std::ranges::any_of(known::reasons_to_go_on(), says);
  });
}

}  // namespace fnlint
