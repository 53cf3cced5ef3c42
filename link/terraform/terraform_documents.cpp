#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_conditions.h"
#include "link/stacks/stack_json.h"
#include "link/terraform/terraform_builders.h"
#include "link/terraform/terraform_evaluation.h"
#include "link/terraform/terraform_locator.h"

// Policies and other documents in JSON, which Terraform makes of blocks and of functions.
namespace fnlint::stacks {

// data.aws_iam_policy.NAME.policy: the document of a policy that the run makes.
bool TerraformLocator::looked_up_policy(PropertyBuilder& made, const StandFor& found,
                                        std::uint32_t depth) {
  const Instances* of = instances_of(build_, found.scope, found.address);
  const ExprClosure body{of->text, of->declaration->body, found.instance->bindings};
  const ValueId arn = value_of(build_, found.scope, build_.entry(body, "arn"));
  if (!pool_.is(arn, ValueKind::Reference)) return false;
  const ResourceBuilder draft =
      build_.draft(ResourceId{static_cast<std::uint32_t>(pool_[arn].ref)});
  if (draft.declaration == nullptr || !build_[draft.scope].is_module()) return false;
  const ScopedExpr document{draft.scope, build_.entry(build_.body(draft), "policy")};
  if (!document.exists()) return false;
  this->document(made, document, depth + 1);
  return !made.children.empty();
}

// data.aws_iam_policy_document.NAME.json: its statements, and those of the documents that it takes
// in.
bool TerraformLocator::policy_document(PropertyBuilder& made, const ScopedExpr& at,
                                       std::uint32_t depth) {
  constexpr std::string_view kType = "data.aws_iam_policy_document";
  const Expr& expr = build_.expr(at.written);
  if (expr.kind != ExprKind::Member || depth > 8) return false;
  ExprClosure base = at.written;
  base.expr = ExprId{expr.ref};
  ValueId value = value_of(build_, at.scope, base);
  if (pool_.is(value, ValueKind::OneOf) && !pool_.operands(value).empty())
    value = pool_.operands(value).front();
  const auto found = stood_for(build_, value);
  if (found && found->address.starts_with("data.aws_iam_policy."))
    return looked_up_policy(made, *found, depth);
  if (!found || !found->address.starts_with(kType)) return false;
  const Instances* of = instances_of(build_, found->scope, found->address);
  const ExprClosure body{of->text, of->declaration->body, found->instance->bindings};
  TerraformLocator inner(build_, found->scope, find_terraform_resource(kType), when_);
  PropertyBuilder read{.native = made.native, .where = made.where, .when = made.when};
  inner.body(read, body, "", "");
  PropertyBuilder& statements = child(made, "Statement");
  statements.list = true;
  statements.key = made.key;
  statements.where = made.where;
  const auto take = [&](PropertyBuilder& from) {
    for (PropertyBuilder& row : from.children) {
      as_statement(pool_, row);
      row.name = std::to_string(statements.children.size());
      statements.children.push_back(std::move(row));
    }
  };
  take(child(read, "Statement"));
  for (const std::string_view name : {"source_policy_documents", "override_policy_documents"}) {
    const ScopedExpr list{found->scope, build_.entry(body, name)};
    if (!list.exists()) continue;
    std::vector<ScopedExpr> documents;
    const bool known = listed(list, documents, 0);
    for (const ScopedExpr& one : documents) {
      PropertyBuilder more{.native = made.native, .key = made.key, .where = made.where};
      document(more, one, depth + 1);
      if (!more.children.empty()) take(child(more, "Statement"));
    }
    if (!known) {
      // Some statements are not known: what cannot be read says so.
      PropertyBuilder row{.name = std::to_string(statements.children.size()), .key = made.key};
      row.where = made.where;
      row.value = pool_.unknown("statements of other documents");
      statements.children.push_back(std::move(row));
    }
  }
  return true;
}

void TerraformLocator::document(PropertyBuilder& made, const ScopedExpr& given,
                                std::uint32_t depth) {
  if (depth > 32) return;
  const ScopedExpr at = followed(build_, given);
  if (!at.exists()) return;
  const std::string_view function = build_.function(at.written);
  if (function == "jsonencode" || function == "yamlencode") {
    value(made, {at.scope, build_.operand(at.written, 0), at.uncertainty}, 0);
    // Text is what it is; the map in it is what counts.
    return;
  }
  if (function == "try" || function == "coalesce" || function == "one") {
    document(made, {at.scope, build_.operand(at.written, 0), at.uncertainty}, depth + 1);
    return;
  }
  if (function == "choose.") {
    // Both are open: what one of them says is read, with the guard of its branch.
    const Decision decision = decide(build_, {at.scope, build_.operand(at.written, 0)});
    for (const bool holds : {true, false}) {
      const ScopedExpr way{at.scope, build_.operand(at.written, holds ? 1 : 2), at.uncertainty};
      if (!way.exists() || build_.expr(way.written).kind == ExprKind::Null) continue;
      const auto when = both(build_, made.when, holds ? decision.holds : decision.fails);
      if (!when || !made.children.empty()) continue;
      made.when = *when;
      document(made, way, depth + 1);
    }
    return;
  }
  if (policy_document(made, at, depth)) return;
  const ValueId whole = placed_value(build_, at);
  if (pool_.is(whole, ValueKind::Null) || pool_.is(whole, ValueKind::Absent)) {
    made.value = whole;
    return;
  }
  if (pool_.is(whole, ValueKind::Record)) {
    value(made, at, 0);
    return;
  }
  const LongText text = terraform_text(build_, at);
  const Node read =
      text.known && !text.text.empty() ? locate_json(build_, text, made.where) : Node{};
  if (read.has_children())
    copy(made, read, 0);
  else
    made.value = whole;
}

}  // namespace fnlint::stacks
