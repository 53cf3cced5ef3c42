#include "core/limits.h"
#include "core/text.h"
#include "link/terraform/terraform_evaluation.h"
#include "values/whole_text.h"

#include <algorithm>
#include <array>
#include <optional>

// Whether a condition of the configuration holds, or which choice of a deployment it is.
namespace fnlint::stacks {

namespace {

// `a && b`, `a || b`: one that settles it does so whatever the other is, and one that does not
// leaves it to the other. Nothing: both are open.
std::optional<Decision> decided_by_one(LinkContext& build, const ScopedExpr& at, bool any) {
  std::optional<Decision> open;
  for (std::uint32_t i = 0; i < build.expr(at.written).operands.count; ++i) {
    const Decision one = decide(build, {at.scope, build.operand(at.written, i), at.uncertainty});
    if (one.decided && *one.decided == any) return one;
    if (one.decided) continue;
    if (open) return std::nullopt;
    open = one;
  }
  return open ? *open : Decision{!any};
}

// The variable whose default is written there; else the place, behind kPlaceOfChoice.
std::string name_of_choice(const LinkContext& build, const ScopedExpr& at) {
  const TemplateFacts& facts = build.facts(at.written.text);
  for (const Input& input : facts.inputs)
    if (input.fallback == at.written.expr) return cat("var.", facts.string(input.name));
  return cat(kPlaceOfChoice, build[at.written.text].source->path, ":",
             facts.expr_ranges[at.written.expr.index].begin);
}

// What one side of a comparison is called: a variable by its name, what no deployment may replace
// by its text.
std::optional<std::string> name_of_side(LinkContext& build, const ScopedExpr& side) {
  const ScopedExpr at = followed(build, side);
  if (at.exists()) {
    const std::string name = name_of_choice(build, at);
    if (!name.starts_with(kPlaceOfChoice)) return name;
  }
  const ValueId value = placed_value(build, at);
  if (build.pool.is(value, ValueKind::Null)) return "null";
  const auto text = as_text(build.pool, value);
  if (!text || (build.pool[value].uncertainty & kOverridable) != 0) return std::nullopt;
  return cat('"', *text, '"');
}

// `var.kind == "Zip"`: the same comparison asks for the same, whichever way round it is written.
// Other conditions ask for what stands at their place.
std::string name_of_question(LinkContext& build, const ScopedExpr& at) {
  const Expr& row = build.expr(at.written);
  if (row.kind != ExprKind::Apply || build.facts(at.written.text).string(row.name) != "equals." ||
      row.operands.count != 2)
    return name_of_choice(build, at);
  const auto one = name_of_side(build, {at.scope, build.operand(at.written, 0), at.uncertainty});
  const auto other = name_of_side(build, {at.scope, build.operand(at.written, 1), at.uncertainty});
  const bool of_variable = one && other && (one->starts_with("var.") || other->starts_with("var."));
  if (!of_variable) return name_of_choice(build, at);
  return cat(std::min(*one, *other), " == ", std::max(*one, *other));
}

Decision decided(LinkContext& build, const ScopedExpr& condition) {
  ValuePool& pool = build.pool;
  const ScopedExpr at = followed(build, condition);
  if (at.exists() && build.expr(at.written).kind == ExprKind::Operator) {
    const auto kind = static_cast<OperatorKind>(build.expr(at.written).detail);
    if (kind == OperatorKind::Not) {
      const Decision inner =
          decide(build, {at.scope, build.operand(at.written, 0), at.uncertainty});
      if (inner.decided) return {!*inner.decided};
      return {{}, inner.fails, inner.holds};
    }
    if (kind == OperatorKind::And || kind == OperatorKind::Or)
      if (const auto settled = decided_by_one(build, at, kind == OperatorKind::Or)) return *settled;
  }
  const ValueId value = placed_value(build, at);
  const auto text = as_text(pool, value);
  Answer answer = truth(pool, value);
  if (text == "true") answer = Answer::Yes;
  if (text == "false") answer = Answer::No;
  if (answer != Answer::Unknown && (pool[value].uncertainty & kOverridable) == 0)
    return {answer == Answer::Yes};
  // The same words in one module ask for the same.
  std::string subject = whole_words(pool, value);
  if (at.exists() && (text || subject.empty())) subject = name_of_question(build, at);
  const std::array domain{pool.string("true")};
  const std::uint32_t choice = pool.choice(at.scope.exists() ? at.scope.index : 0, subject, domain);
  constexpr std::uint64_t kOther = std::uint64_t{1} << 63U;
  return {{}, pool.guard({Test{choice, 1}}), pool.guard({Test{choice, kOther}})};
}

}  // namespace

Decision decide(LinkContext& build, const ScopedExpr& condition) {
  if (build.depth > kNestingDepth) return {};  // it asks for itself
  ++build.depth;
  const Decision decision = decided(build, condition);
  --build.depth;
  return decision;
}

}  // namespace fnlint::stacks
