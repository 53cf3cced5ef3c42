#include "checks/deployment_functions.h"

#include "checks/project_view.h"

#include <algorithm>

namespace fnlint {

namespace {

// Answers CloudFormation: the address for that is in its requests alone.
bool answers_stacks(const ValuePool& pool, const LambdaFunction& function) {
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    return pool[read.value].origin == Origin::Event && pool.text(read.value) == "ResponseURL";
  });
}

}  // namespace

DeploymentFunctions::DeploymentFunctions(const Project& project) : project_(project) {
  const ValuePool& pool = *project.pool;
  for (const Relation& relation : project.stacks.relations)
    if (relation.kind == RelationKind::Trigger && relation.to.exists())
      triggered_.insert(relation.to);
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const std::string_view type = pool[project.stacks.resources[i].type];
    if (!type.starts_with("Custom::") && type != "AWS::CloudFormation::CustomResource") continue;
    const Property* token = property_of(project, ResourceId{i}, "ServiceToken");
    if (token != nullptr && pool.is(token->value, ValueKind::Reference))
      named_.insert(ResourceId{static_cast<std::uint32_t>(pool[token->value].ref)});
  }
}

bool DeploymentFunctions::contains(const LambdaFunction& function) const {
  if (triggered_.contains(function.resource)) return false;
  return named_.contains(function.resource) || answers_stacks(*project_.pool, function);
}

}  // namespace fnlint
