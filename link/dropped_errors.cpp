#include "link/dropped_errors.h"

#include "flow/code_queries.h"

#include <algorithm>

namespace fnlint {

namespace {

// Types that every error is of, by their last words, in whatever language.
constexpr std::string_view kAnyError[] = {"Exception", "BaseException", "Throwable", "StandardError",
                                          "Error"};

bool takes_any(const CodeFacts& code, const Catch& handler) {
  const std::vector<std::string_view> types = caught_types(code, handler);
  return types.empty() || std::ranges::any_of(types, [](std::string_view path) {
           const std::string_view name = path.substr(path.find_last_of(".:") + 1);
           return name == path && std::ranges::find(kAnyError, name) != std::end(kAnyError);
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
  constexpr int kChain = 4;
  for (int i = 0; i < kChain && op.exists(); ++i) {
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

}  // namespace

bool drops_errors(const CodeFacts& code, OpId op) {
  // Where errors are values, what stands in place of a handler may look at them.
  const bool by_value = code.language == Language::Go || code.language == Language::Rust;
  if (!op.exists() || by_value) return false;
  if (code.language == Language::JavaScript && has_empty_handler(code, op)) return true;
  // The innermost comes last; one that takes any error hides those around it.
  for (std::uint32_t at = op.index; at-- > 0;) {
    if (code.ops[at].kind != OpKind::Try) continue;
    const Try& row = code.tries[code.ops[at].detail];
    if (op.index >= row.body_end.index) continue;
    for (std::uint32_t i = 0; i < row.catches.count; ++i) {
      const Catch& handler = code.catches[row.catches.first + i];
      if (takes_any(code, handler)) return does_nothing(code, handler.first, handler.end);
    }
  }
  return false;
}

}  // namespace fnlint
