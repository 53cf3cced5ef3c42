#include "link/only_filled.h"

#include "core/text.h"
#include "flow/code_queries.h"
#include "tables/models.h"
#include "values/places.h"

namespace fnlint {

namespace {

// Of one file.
class FieldUses {
 public:
  using Names = std::set<std::string, std::less<>>;
  FieldUses(const CodeFacts& code, Names& names) : code_(code), names_(names) {}

  void take_all() {
    for (OpId at{0}; at.index < code_.ops.size(); ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Call && is_filling(code_.calls[op.detail])) {
        const Call& call = code_.calls[op.detail];
        take_below(code_.exprs[code_.exprs[call.callee.index].ref]);
        for (const Operand& one : code_.operands_of(call.arguments)) take(one.value);
      } else if (op.kind == OpKind::Assign && gives(code_.assigns[op.detail])) {
        take(code_.assigns[op.detail].value);
        take_target(code_.exprs[code_.assigns[op.detail].target.index]);
      } else {
        visit_expressions(code_, at, [&](ExprId expr) { take(expr); });
      }
    }
  }

 private:
  [[nodiscard]] std::string_view name_of(const Expr& row) const {
    if (row.kind == ExprKind::Member) return code_.string(row.name);
    if (row.kind == ExprKind::Variable) return code_.string(code_.variables[row.ref].name);
    return {};
  }
  void take(ExprId expr) {
    if (!expr.exists()) return;
    visit_parts(code_, expr, [&](const Expr& row) {
      if (const std::string_view name = name_of(row); !name.empty()) names_.emplace(name);
    });
  }
  // What that is a member of.
  void take_below(const Expr& row) {
    if (row.kind == ExprKind::Member) take(ExprId{row.ref});
  }
  void take_target(const Expr& target) {
    take_below(target);
    if (target.kind != ExprKind::Index) return;
    take_below(code_.exprs[target.ref]);
    for (const Operand& one : code_.operands_of(target.operands)) take(one.value);
  }
  // `waiting.push(one)`
  [[nodiscard]] bool is_filling(const Call& call) const {
    const Expr& callee = code_.exprs[call.callee.index];
    if (callee.kind != ExprKind::Member || name_of(code_.exprs[callee.ref]).empty()) return false;
    const LibraryModel* row =
        find_library_model(code_.language, cat("*.", code_.string(callee.name)));
    return row != nullptr && row->into == "receiver" &&
           (row->store == StoreHow::Append || row->store == StoreHow::PutKey);
  }
  // `waiting = []`, `waiting[key] = one`
  [[nodiscard]] bool gives(const Assign& row) const {
    if (row.mode != AssignMode::Set && row.mode != AssignMode::Declare) return false;
    const Expr& target = code_.exprs[row.target.index];
    const Expr& whole = target.kind == ExprKind::Index ? code_.exprs[target.ref] : target;
    return !name_of(whole).empty();
  }

  const CodeFacts& code_;
  Names& names_;
};

}  // namespace

void OnlyFilled::settle(std::uint32_t unit, std::vector<StateChange>& changes) {
  const ValuePool& pool = engine_.pool();
  for (StateChange& change : changes) {
    const bool fills = change.how == StoreKind::Append || change.how == StoreKind::PutKey;
    if (!fills || change.left != LeftBehind::Unknown) continue;
    // What is a part of something that is read is read with it.
    const bool is_whole =
        !is_field(pool, change.place) || pool.is(pool.operands(change.place)[0], ValueKind::Object);
    const std::string_view name = std::string_view(change.name).substr(change.name.rfind('.') + 1);
    if (is_whole && !name.empty() && contains(unit, name)) change.left = LeftBehind::OnlyKept;
  }
}

bool OnlyFilled::contains(std::uint32_t unit, std::string_view name) {
  const auto [used, is_new] = used_.try_emplace(unit);
  if (is_new)
    for (const ModuleId module : engine_.program().modules_of(unit))
      FieldUses(engine_.facts(module), used->second).take_all();
  return !used->second.contains(name);
}

}  // namespace fnlint
