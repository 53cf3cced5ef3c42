// The dialects of templates: of each what evaluates it. These ask for parts of what they evaluate
// by value_of(), and know of each other by that alone.

#include "core/limits.h"
#include "link/serverless/serverless.h"
#include "link/stacks/cloudformation_functions.h"
#include "link/stacks/dialects.h"
#include "link/terraform/terraform.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

std::span<const Rename> sam_renames(std::string_view type) {
  const SamResource* sam = find_sam_resource(type);
  return sam != nullptr ? sam->renames : std::span<const Rename>{};
}

// What starts a handler that no template names: something outside, under the name that it is given.
ValueId event_source(LinkContext& build, ScopeId, const ExprClosure& at) {
  const TemplateFacts& facts = build.facts(at.text);
  const Expr& call = facts.exprs[at.expr.index];
  const Expr& name = facts.exprs[facts.operands_of(call.operands).front().value.index];
  return build.pool.hole(Origin::Outside, facts.string(name.name));
}
ValueId handler_code_value(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  return cloudformation_value(build, scope, at, event_source);
}

constexpr std::array kTemplateDialects{
    Dialect{TemplateDialect::CloudFormation, cloudformation_value, nullptr, sam_renames},
    Dialect{TemplateDialect::Sam, cloudformation_value, nullptr, sam_renames},
    Dialect{TemplateDialect::LambdaApi, cloudformation_value, nullptr, nullptr},
    Dialect{TemplateDialect::Chalice, cloudformation_value, nullptr, sam_renames},
    Dialect{TemplateDialect::HandlerCode, handler_code_value, nullptr, sam_renames},
    Dialect{TemplateDialect::ServerlessFramework, serverless_value, nullptr, sam_renames,
            serverless_follow, nullptr, function_of_service},
    Dialect{TemplateDialect::CdkProgram, cloudformation_value, nullptr, sam_renames},
    Dialect{TemplateDialect::Terraform, terraform_value, terraform_type, nullptr, nullptr,
            locate_terraform},
    Dialect{TemplateDialect::TerraformPlan, terraform_value, terraform_type, nullptr, nullptr,
            locate_terraform},
};

}  // namespace

ValueId value_of(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  if (!at.exists()) return build.pool.absent();
  if (build.depth > kNestingDepth || build.nodes_left == 0)
    return build.pool.with_uncertainty(build.pool.unknown("too many steps to its value"), kCut);
  --build.nodes_left;
  ++build.depth;
  const ValueId value = dialect_of(build, at.text).evaluate(build, scope, at);
  --build.depth;
  return build.pool.with_uncertainty(value, at.uncertainty);
}

const Dialect& dialect_of(const LinkContext& build, TextId text) {
  if (!text.exists()) return kTemplateDialects.front();
  const auto* const row =
      std::ranges::find(kTemplateDialects, build.facts(text).dialect, &Dialect::dialect);
  return row != kTemplateDialects.end() ? *row : kTemplateDialects.front();
}

}  // namespace fnlint::stacks
