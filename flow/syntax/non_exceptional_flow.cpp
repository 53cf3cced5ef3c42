// Tells ways that end in a failure (by raising, by a status, by what is logged or returned) from
// those that do the function's work.

#include "flow/syntax/non_exceptional_flow.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "tables/known.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace fnlint {

namespace {

constexpr int kParts = 6;  // of a value that is looked into

bool is_failed_status(std::string_view text) {
  int status = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), status);
  return error == std::errc() && end == text.data() + text.size() && status >= 400 && status < 600;
}

// "badRequest", "NotFoundError", "error_response", "_404".
bool names_failure(std::string_view name) {
  std::string form = lower(name);
  std::erase(form, '_');
  if (is_failed_status(form)) return true;
  return std::ranges::any_of(known::failure_words(), [&](std::string_view word) {
    return form.find(word) != std::string::npos;
  });
}

std::string_view last_name(const CodeFacts& code, ExprId callee) {
  const Expr& row = code.exprs[callee.index];
  if (row.kind == ExprKind::Variable) return code.string(code.variables[row.ref].name);
  return row.kind == ExprKind::Member ? code.string(row.name) : std::string_view();
}

class ReportedError {
 public:
  explicit ReportedError(const CodeFacts& code) : code_(code) {}

  [[nodiscard]] bool by(ExprId value, int depth = 0) const {
    if (!value.exists() || depth > kParts) return false;
    const Expr& row = code_.exprs[value.index];
    switch (row.kind) {
      case ExprKind::ErrorOf: return true;
      case ExprKind::Variable: return by_variable(VariableId{row.ref});
      case ExprKind::Record: return by_entry(row, depth);
      case ExprKind::Result: return by_result(OpId{row.ref}, depth);
      default: return false;
    }
  }

 private:
  [[nodiscard]] bool by_variable(VariableId id) const {
    const Variable& row = code_.variables[id.index];
    const std::string name = lower(code_.string(row.name));
    return row.kind == VariableKind::Caught || name == "err" || names_failure(name);
  }

  [[nodiscard]] bool by_entry(const Expr& record, int depth) const {
    return std::ranges::any_of(code_.operands_of(record.operands), [&](const Operand& entry) {
      const std::string name = lower(code_.string(entry.name));
      const bool is_status = name == "statuscode" || name == "status_code" || name == "status";
      if (name == "error" || name == "errormessage" || name == "errors") return true;
      if (!is_status || !entry.value.exists()) return false;
      const Expr& value = code_.exprs[entry.value.index];
      return is_literal_status(value) || by_status_name(value) || by(entry.value, depth + 1);
    });
  }
  [[nodiscard]] bool is_literal_status(const Expr& value) const {
    return (value.kind == ExprKind::Number || value.kind == ExprKind::Text) &&
           is_failed_status(code_.string(value.name));
  }
  // HTTPStatus.BAD_REQUEST
  [[nodiscard]] bool by_status_name(const Expr& value) const {
    return value.kind == ExprKind::Member && names_failure(code_.string(value.name));
  }

  [[nodiscard]] bool by_result(OpId at, int depth) const {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Await) return by(code_.awaits[op.detail].value, depth + 1);
    if (op.kind != OpKind::Call) return false;
    const Call& row = code_.calls[op.detail];
    if (names_failure(last_name(code_, row.callee))) return true;
    return std::ranges::any_of(code_.operands_of(row.arguments), [&](const Operand& one) {
      if (!one.value.exists()) return false;
      const Expr& value = code_.exprs[one.value.index];
      return (value.kind == ExprKind::Number && is_literal_status(value)) ||
             by_status_name(value) || by(one.value, depth + 1);
    });
  }

  const CodeFacts& code_;
};

// `logger.error("no body"); return`
bool logs_failure(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at < end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const std::string name = lower(last_name(code, code.calls[code.ops[at.index].detail].callee));
    if (name == "error" || name == "exception" || name == "critical") return true;
  }
  return false;
}

bool is_nothing(const CodeFacts& code, ExprId value) {
  if (!value.exists()) return true;
  const Expr& row = code.exprs[value.index];
  return row.kind == ExprKind::Null || (row.kind == ExprKind::Bool && row.detail == 0);
}

}  // namespace

bool tells_failure(const CodeFacts& code, ExprId value) { return ReportedError(code).by(value); }

bool ends_in_failure(const CodeFacts& code, OpId first, OpId end) {
  if (!first.exists() || first >= end) return false;
  bool left = false;
  for (OpId at = first; at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind != OpKind::Exit) continue;
    const Exit& exit = code.exits[op.detail];
    const bool raises = exit.kind == ExitKind::Raise || exit.kind == ExitKind::Stop;
    const bool returns = exit.kind == ExitKind::Return;
    if (returns && !tells_failure(code, exit.value) &&
        !(is_nothing(code, exit.value) && logs_failure(code, first, at)))
      return false;
    if ((raises || returns) && op.end == end) left = true;
  }
  return left || surely_raises(code, first, end);
}

namespace {

bool is_in(const std::vector<std::pair<OpId, OpId>>& regions, OpId at) {
  return std::ranges::any_of(regions,
                             [at](const auto& one) { return one.first <= at && at < one.second; });
}

bool ends_in_return(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at < end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Exit && code.ops[at.index].end == end &&
        code.exits[code.ops[at.index].detail].kind == ExitKind::Return)
      return true;
  return false;
}

// The one module variable that a test asks for, and nothing else; no id: it asks for more.
VariableId asked_module_variable(const CodeFacts& code, ExprId condition) {
  VariableId asked;
  bool alone = true;
  visit_parts(code, condition, [&](const Expr& part) {
    if (part.kind == ExprKind::Result) alone = false;
    if (part.kind != ExprKind::Variable) return;
    const VariableId id{part.ref};
    if ((asked.exists() && asked != id) || code.variables[id.index].owner.index != 0) alone = false;
    asked = id;
  });
  return alone ? asked : VariableId{};
}

bool assigns(const CodeFacts& code, OpId first, OpId end, VariableId variable) {
  for (OpId at = first; at < end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Assign &&
        root_variable(code, code.assigns[code.ops[at.index].detail].target) == variable)
      return true;
  return false;
}

// Nothing but one assignment of that variable's own value to another.
bool only_keeps(const CodeFacts& code, OpId first, OpId end, VariableId variable) {
  if (end.index != first.index + 1 || code.ops[first.index].kind != OpKind::Assign) return false;
  const ExprId value = code.assigns[code.ops[first.index].detail].value;
  return value.exists() && code.exprs[value.index].kind == ExprKind::Variable &&
         VariableId{code.exprs[value.index].ref} == variable;
}

// `server = server ?? await start()`: what both sides give goes to the variable at once.
bool fills_by_choice(const CodeFacts& code, const Op& branch, OpId first, OpId otherwise,
                     VariableId variable) {
  const bool keeps = only_keeps(code, first, otherwise, variable) ||
                     only_keeps(code, otherwise, branch.end, variable);
  return keeps && assigns(code, branch.end, OpId{branch.end.index + 1}, variable);
}

}  // namespace

// `if (!server) server = await start();`, `if (server) return server;`: the first run of every
// environment goes the way that fills the variable.
bool OrdinaryWays::enter_filling(const Op& branch, OpId first, OpId otherwise) {
  const VariableId filled = asked_module_variable(code_, code_.branches[branch.detail].condition);
  if (!filled.exists()) return false;
  if (otherwise < branch.end)
    return branch.end < end_ && fills_by_choice(code_, branch, first, otherwise, filled);
  if (assigns(code_, first, otherwise, filled)) return true;
  if (!ends_in_return(code_, first, otherwise) || !assigns(code_, branch.end, end_, filled))
    return false;
  some_.push_back({first, otherwise});
  failed_.push_back({first, otherwise});
  return true;
}

void OrdinaryWays::enter(OpId at, const Op& branch) {
  const OpId first{at.index + 1}, otherwise = code_.branches[branch.detail].otherwise;
  if (enter_filling(branch, first, otherwise)) return;
  const bool has_else = otherwise < branch.end;
  const bool fails = ends_in_failure(code_, first, otherwise);
  const bool else_fails = has_else ? ends_in_failure(code_, otherwise, branch.end)
                                   : ends_in_return(code_, first, otherwise) &&
                                         ends_in_failure(code_, branch.end, end_);
  if (fails) failed_.push_back({first, otherwise});
  if (else_fails && has_else) failed_.push_back({otherwise, branch.end});
  if (fails == else_fails)
    some_.push_back({first, branch.end});
  else
    some_.push_back(fails ? Region{first, otherwise} : Region{otherwise, branch.end});
}

bool OrdinaryWays::all_pass(OpId at) {
  const Op& op = code_.ops[at.index];
  const bool some = is_in(some_, at);
  const bool every = !some && !may_have_left_;
  if (op.kind == OpKind::Exit && code_.exits[op.detail].kind == ExitKind::Return && some &&
      !is_in(failed_, at) && !tells_failure(code_, code_.exits[op.detail].value))
    may_have_left_ = true;
  if (op.kind == OpKind::Branch) enter(at, op);
  return every;
}

}  // namespace fnlint
