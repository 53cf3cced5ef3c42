// Turns call sites of a summary into spans, and spells callees as the code does.

#include "link/handler/call_places.h"

#include "core/text.h"

#include <string_view>

namespace fnlint {

namespace {

// "db.send", "Session().client", "getTable": a callee as the code spells it, shortly.
std::string spelled(const CodeFacts& code, ExprId expr, int depth = 0) {
  constexpr int kParts = 12;
  if (!expr.exists() || depth > kParts) return "…";
  const Expr& row = code.exprs[expr.index];
  switch (row.kind) {
    case ExprKind::Variable: return std::string(code.string(code.variables[row.ref].name));
    case ExprKind::Member:
      return cat(spelled(code, ExprId{row.ref}, depth + 1), '.', code.string(row.name));
    case ExprKind::Index: return cat(spelled(code, ExprId{row.ref}, depth + 1), "[…]");
    case ExprKind::Function: {
      const std::string_view name = code.string(code.functions[row.ref].name);
      return name.empty() ? std::string("a function") : std::string(name);
    }
    case ExprKind::Result: {
      const Op& op = code.ops[row.ref];
      if (op.kind == OpKind::Call)
        return cat(spelled(code, code.calls[op.detail].callee, depth + 1), "()");
      if (op.kind == OpKind::Await) return spelled(code, code.awaits[op.detail].value, depth + 1);
      return "…";
    }
    default: return "…";
  }
}

std::string name_of_call(const CodeFacts& code, OpId at) {
  if (at.index >= code.ops.size()) return {};
  const Op& op = code.ops[at.index];
  if (op.kind != OpKind::Call && op.kind != OpKind::Assign) return {};
  std::string name = spelled(code, op.kind == OpKind::Call ? code.calls[op.detail].callee
                                                           : code.assigns[op.detail].target);
  while (name.starts_with("….")) name.erase(0, std::string_view("….").size());
  while (name.starts_with('.')) name.erase(0, 1);  // of what a call gives: require("x").load
  return name;
}

// A step on the way: "calls 'pay()'".
std::string words_of_call(std::span<const ModuleInfo> modules, CallSite at) {
  const std::string name = at.module.index < modules.size()
                               ? name_of_call(*modules[at.module.index].facts, at.op)
                               : std::string();
  return name.empty() || name == "…" ? std::string("goes on") : cat("calls '", name, "()'");
}

}  // namespace

std::string name_of_call(const Engine& engine, CallSite at) {
  if (!at.module.exists() || at.module.index >= engine.program().modules.size()) return {};
  return name_of_call(engine.facts(at.module), at.op);
}

Span span_of_call(std::span<const ModuleInfo> modules, CallSite at) {
  if (at.module.index >= modules.size()) return {};
  const ModuleInfo& module = modules[at.module.index];
  // Of a unit that is done with: a secret of a template has no place in code, and a number all the
  // same.
  if (module.facts == nullptr) return {};
  // Of more modules than a site has room for, it may be of another one.
  if (at.op.index >= module.facts->op_ranges.size()) return {};
  return {module.file, module.facts->op_ranges[at.op.index]};
}

std::vector<PlacedText> path_of_step(std::span<const ModuleInfo> modules, const Step& step) {
  std::vector<PlacedText> path;
  for (const CallSite& at : step.via)
    path.push_back({span_of_call(modules, at), words_of_call(modules, at)});
  return path;
}

}  // namespace fnlint
