#include "link/only_filled.h"

#include "core/text.h"
#include "flow/code_queries.h"
#include "tables/models.h"

#include <algorithm>

namespace fnlint {

namespace {

class Uses {
 public:
  Uses(const CodeFacts& code, std::string_view name) : code_(code), name_(name) {}

  [[nodiscard]] bool any() const {
    for (OpId at{0}; at.index < code_.ops.size(); ++at.index)
      if (is_used_by(at)) return true;
    return false;
  }

 private:
  [[nodiscard]] bool is_it(const Expr& row) const {
    if (row.kind == ExprKind::Member) return code_.string(row.name) == name_;
    return row.kind == ExprKind::Variable && code_.string(code_.variables[row.ref].name) == name_;
  }
  [[nodiscard]] bool stands_in(ExprId expr) const {
    bool found = false;
    if (expr.exists())
      visit_parts(code_, expr, [&](const Expr& row) { found = found || is_it(row); });
    return found;
  }
  [[nodiscard]] bool stores(std::string_view method) const {
    const LibraryModel* row = find_library_model(code_.language, cat("*.", method));
    return row != nullptr && row->into == "receiver" &&
           (row->store == StoreHow::Append || row->store == StoreHow::PutKey);
  }
  [[nodiscard]] bool is_used_by(OpId at) const {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Call) {
      const Call& call = code_.calls[op.detail];
      const Expr& callee = code_.exprs[call.callee.index];
      const bool fills = callee.kind == ExprKind::Member && is_it(code_.exprs[callee.ref]) &&
                         stores(code_.string(callee.name));
      if (!fills) return stands_in_any(at);
      return std::ranges::any_of(code_.operands_of(call.arguments),
                                 [&](const Operand& one) { return stands_in(one.value); });
    }
    if (op.kind != OpKind::Assign) return stands_in_any(at);
    const Assign& row = code_.assigns[op.detail];
    const bool sets = row.mode == AssignMode::Set || row.mode == AssignMode::Declare;
    if (!sets || stands_in(row.value)) return stands_in_any(at);
    const Expr& target = code_.exprs[row.target.index];
    const bool is_entry = target.kind == ExprKind::Index && is_it(code_.exprs[target.ref]);
    return !is_it(target) && !is_entry && stands_in(row.target);
  }
  [[nodiscard]] bool stands_in_any(OpId at) const {
    bool found = false;
    visit_expressions(code_, at, [&](ExprId expr) { found = found || stands_in(expr); });
    return found;
  }

  const CodeFacts& code_;
  std::string_view name_;
};

}  // namespace

bool is_only_filled(const Engine& engine, std::uint32_t unit, std::string_view name) {
  return std::ranges::none_of(engine.program().modules_of(unit), [&](ModuleId module) {
    return Uses(engine.facts(module), name).any();
  });
}

}  // namespace fnlint
