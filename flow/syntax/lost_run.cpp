// Looks for a handler that spans a function's body and swallows what it catches, so that a failed
// run ends like a good one.

#include "flow/syntax/lost_run.h"

#include "flow/syntax/code_queries.h"
#include "flow/syntax/dropped_errors.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "flow/syntax/non_exceptional_flow.h"

#include <algorithm>
#include <span>

namespace fnlint {

namespace {

class LostWorks {
 public:
  LostWorks(const CodeFacts& code, const Function& function,
            const std::function<bool(OpId)>& is_quiet)
      : code_(code), function_(function), is_quiet_(is_quiet) {}

  LostWork find() const {
    if (has_error_values(code_.language)) return of_last_call();
    for (OpId at = function_.first; at.exists() && at < function_.end;
         at = code_.ops[at.index].end) {
      const Op& op = code_.ops[at.index];
      if (op.kind != OpKind::Try) continue;
      const Try& row = code_.tries[op.detail];
      const bool is_all = !works(function_.first, at) && works(OpId{at.index + 1}, row.body_end) &&
                          !works(op.end, function_.end) && !tells_failure_behind(op.end);
      if (is_all) return of_handlers(at, row);
    }
    return {};
  }

 private:
  [[nodiscard]] bool works(OpId first, OpId end) const {
    for (OpId at = first; at < end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Opaque || op.kind == OpKind::Yield) return true;
      if (op.kind == OpKind::Call && !is_quiet_(at)) return true;
    }
    return false;
  }
  [[nodiscard]] bool tells_failure_in(OpId first, OpId end) const {
    for (OpId at = first; at < end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind != OpKind::Exit) continue;
      const Exit& row = code_.exits[op.detail];
      if (row.kind != ExitKind::Return || (row.value.exists() && !is_plain(row.value))) return true;
    }
    return false;
  }
  [[nodiscard]] bool tells_failure_behind(OpId first) const {
    return tells_failure_in(first, function_.end);
  }
  // What says nothing of a failure: nothing, a constant that is no failure's.
  [[nodiscard]] bool is_plain(ExprId value) const {
    const Expr& row = code_.exprs[value.index];
    const bool is_constant = row.kind == ExprKind::Null || row.kind == ExprKind::Text ||
                             (row.kind == ExprKind::Bool && row.detail == 1) ||
                             (row.kind == ExprKind::List && row.operands.count == 0) ||
                             (row.kind == ExprKind::Record && row.operands.count == 0);
    return is_constant && !tells_failure(code_, value);
  }
  // Every error, and not only those of a service.
  [[nodiscard]] bool takes_all(const Catch& handler) const {
    const std::vector<std::string_view> types = caught_types(code_, handler);
    return types.empty() || std::ranges::any_of(types, [](std::string_view type) {
             type.remove_prefix(type.find_last_of(".:") + 1);
             return std::ranges::find(known::any_errors(), type) != known::any_errors().end();
           });
  }
  [[nodiscard]] bool is_on_every_way(OpId call) const {
    for (OpId at = function_.first; at < call; ++at.index) {
      const Op& op = code_.ops[at.index];
      const bool chooses = op.kind == OpKind::Loop || op.kind == OpKind::Branch;
      if (chooses && call < op.end) return false;
    }
    return true;
  }
  // Of errors that are values: what the last call gives is only logged, and nothing tells of it.
  [[nodiscard]] LostWork of_last_call() const {
    OpId last;
    for (OpId at = function_.first; at < function_.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Opaque || op.kind == OpKind::Yield) return {};
      if (op.kind == OpKind::Call && !is_quiet_(at)) last = at;
    }
    // What is done for some alone, or for each of several, may be lost for one of them.
    if (!last.exists() || !is_on_every_way(last) || error_end(code_, last) != ErrorEnd::Logged ||
        tells_failure_behind(code_.ops[last.index].end))
      return {};
    return {last, true, gives_nothing(), true};
  }
  [[nodiscard]] LostWork of_handlers(OpId attempt, const Try& row) const {
    const auto handlers = std::span(code_.catches).subspan(row.catches.first, row.catches.count);
    for (const Catch& one : handlers) {
      if (!takes_all(one)) continue;
      const bool is_empty = !one.first.exists() || !(one.first < one.end);
      const bool logs = !is_empty && only_logs(code_, one.first, one.end);
      const bool is_lost = is_empty || logs || does_nothing(code_, one.first, one.end);
      if (!is_lost || (!is_empty && tells_failure_in(one.first, one.end)) ||
          is_meant_to_be_lost(code_, attempt))
        return {};
      return {is_empty ? attempt : one.first, logs, gives_nothing()};
    }
    return {};
  }
  [[nodiscard]] bool gives_nothing() const {
    for (OpId at = function_.first; at < function_.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Exit && code_.exits[op.detail].kind == ExitKind::Return &&
          code_.exits[op.detail].value.exists() &&
          code_.exprs[code_.exits[op.detail].value.index].kind != ExprKind::Null)
        return false;
    }
    return true;
  }

  const CodeFacts& code_;
  const Function& function_;
  const std::function<bool(OpId)>& is_quiet_;
};

}  // namespace

LostWork lost_work(const CodeFacts& code, const Function& function,
                   const std::function<bool(OpId)>& is_quiet) {
  if (!function.first.exists() || (function.flags & (kBroken | kGenerator)) != 0) return {};
  return LostWorks(code, function, is_quiet).find();
}

}  // namespace fnlint
