// Accepts a closure whose only call is of one function, copies of captures aside.

#include "link/handler/forwarded_handler.h"

#include <optional>

namespace fnlint {

namespace {

constexpr int kClosures = 4;

// What a call's callee is, as far as the code alone says it.
std::optional<FunctionRef> called(Engine& engine, ModuleId module, const Call& call) {
  const CodeFacts& code = engine.facts(module);
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind == ExprKind::Function) return FunctionRef{module, FunctionId{callee.ref}};
  if (callee.kind != ExprKind::Variable) return std::nullopt;
  const VariableId variable{callee.ref};
  if (code.variables[variable.index].owner.index != 0) return std::nullopt;
  const ValueId value = engine.loader().global(module, variable);
  if (engine.pool()[value].kind != ValueKind::Function) return std::nullopt;
  return unpack(engine.pool()[value].ref);
}

// The one function that the body calls; methods of what it captures (copies) do not count.
std::optional<FunctionRef> only_callee(Engine& engine, FunctionRef function) {
  const CodeFacts& code = engine.facts(function.module);
  const Function& row = code.functions[function.function.index];
  std::optional<FunctionRef> found;
  for (OpId at = row.first; at.exists() && at < row.end; ++at.index) {
    const Op& op = code.ops[at.index];
    switch (op.kind) {
      case OpKind::Assign:
      case OpKind::Await:
      case OpKind::Exit: break;
      case OpKind::Call: {
        const Call& call = code.calls[op.detail];
        if (code.exprs[call.callee.index].kind == ExprKind::Member) break;
        const std::optional<FunctionRef> callee = called(engine, function.module, call);
        if (!callee || found) return std::nullopt;
        found = callee;
        break;
      }
      default: return std::nullopt;
    }
  }
  return found;
}

}  // namespace

FunctionRef forwarded_handler(Engine& engine, FunctionRef function) {
  FunctionRef at = function;
  for (int depth = 0; depth < kClosures; ++depth) {
    const Function& row = engine.facts(at.module).functions[at.function.index];
    if ((row.flags & kArrow) == 0) return at;
    const std::optional<FunctionRef> next = only_callee(engine, at);
    if (!next) break;
    at = *next;
  }
  const Function& row = engine.facts(at.module).functions[at.function.index];
  return (row.flags & kArrow) == 0 ? at : function;
}

}  // namespace fnlint
