// Recognises such functions by what refers to them in the templates, or by the fields of the event
// that they read.

#include "checks/view/deployment_functions.h"

#include "checks/view/project_view.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

bool reads(const ValuePool& pool, const LambdaFunction& function, std::string_view field) {
  return field.empty() || std::ranges::any_of(function.reads, [&](const InputRead& read) {
    const std::string_view path = pool.text(read.value);
    return pool[read.value].origin == Origin::Event && path.substr(0, path.find('.')) == field;
  });
}

bool is_rotation(const Project& project, const Relation& trigger) {
  const auto is_schedule = [&](ResourceId resource) {
    return resource.exists() && (*project.pool)[project.stacks[resource].type] ==
                                    "AWS::SecretsManager::RotationSchedule";
  };
  return is_schedule(trigger.declared_by) || is_schedule(trigger.from);
}

// The function of a version.
ResourceId unversioned(const Project& project, ResourceId named) {
  if (type_of(project, named) != "AWS::Lambda::Version") return named;
  const Property* function = property_of(project, named, "FunctionName");
  return function != nullptr && project.pool->is(function->value, ValueKind::Reference)
             ? ResourceId{static_cast<std::uint32_t>((*project.pool)[function->value].ref)}
             : named;
}

}  // namespace

DeploymentFunctions::DeploymentFunctions(const Project& project) : project_(project) {
  const ValuePool& pool = *project.pool;
  for (const Relation& relation : project.stacks.relations)
    if (relation.kind == RelationKind::Trigger && relation.to.exists())
      (is_rotation(project, relation) ? named_ : triggered_).insert(relation.to);
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const std::string_view type = pool[project.stacks.resources[i].type];
    if (!type.starts_with("Custom::") && type != "AWS::CloudFormation::CustomResource") continue;
    for (const std::string_view path : {"ServiceToken", "HandlerArn"})  // of the CDK's Custom::Trigger
      if (const Property* named = property_of(project, ResourceId{i}, path);
          named != nullptr && pool.is(named->value, ValueKind::Reference))
        named_.insert(
            unversioned(project, ResourceId{static_cast<std::uint32_t>(pool[named->value].ref)}));
  }
}

bool DeploymentFunctions::contains(const LambdaFunction& function) const {
  if (triggered_.contains(function.resource)) return false;
  return named_.contains(function.resource) ||
         std::ranges::any_of(known::deployment_events(), [&](const auto& row) {
           return reads(*project_.pool, function, row[0]) && reads(*project_.pool, function, row[1]);
         });
}

}  // namespace fnlint
