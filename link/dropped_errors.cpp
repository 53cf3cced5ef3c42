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

bool does_nothing(const CodeFacts& code, const Catch& handler) {
  for (OpId at = handler.first; at.exists() && at < handler.end; ++at.index) {
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

}  // namespace

bool drops_errors(const CodeFacts& code, OpId op) {
  // Where errors are values, what stands in place of a handler may look at them.
  const bool by_value = code.language == Language::Go || code.language == Language::Rust;
  if (!op.exists() || by_value) return false;
  // The innermost comes last; one that takes any error hides those around it.
  for (std::uint32_t at = op.index; at-- > 0;) {
    if (code.ops[at].kind != OpKind::Try) continue;
    const Try& row = code.tries[code.ops[at].detail];
    if (op.index >= row.body_end.index) continue;
    for (std::uint32_t i = 0; i < row.catches.count; ++i) {
      const Catch& handler = code.catches[row.catches.first + i];
      if (takes_any(code, handler)) return does_nothing(code, handler);
    }
  }
  return false;
}

}  // namespace fnlint
