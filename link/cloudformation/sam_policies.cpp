#include "core/text.h"
#include "link/stacks/roles.h"
#include "link/stacks/stack_properties.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

// What a SAM function's or state machine's own role may do: policies, policy templates, and what
// its events and destinations need.
namespace fnlint::stacks {

namespace {

// {SQSPollerPolicy: {QueueName: ...}}; two in one map where a Fn::If chooses.
void add_template(ValuePool& pool, RolePolicies& roles, ResourceId role, const Node& named) {
  const PolicyTemplate* known = find_policy_template(named.name());
  if (known == nullptr) {
    roles.mark_incomplete(role, cat("there is no policy template ", named.name()), named.key());
    return;
  }
  roles.add_known(role, known->statements, named.key(), [&](std::string_view parameter) {
    const Node value = named[parameter];
    return value ? value.value()
                 : pool.unknown(cat("the policy's parameter ", parameter, " is missing"));
  });
}

void add_policy(ValuePool& pool, RolePolicies& roles, ResourceId role, const Node& policy) {
  if (policy["Statement"]) {
    roles.add_document(role, policy);
  } else if (policy["PolicyDocument"]) {
    roles.add_document(role, policy["PolicyDocument"]);
  } else if (policy.has_children()) {
    for (const Node& named : policy.children()) add_template(pool, roles, role, named);
  } else {
    roles.add_managed(role, policy.value(), policy.where());
  }
}

void add_policies(ValuePool& pool, RolePolicies& roles, ResourceId role, const Node& policies) {
  if (!policies) return;
  const bool list = pool.is(policies.value(), ValueKind::List);
  if (!list) {
    add_policy(pool, roles, role, policies);
    return;
  }
  for (const Node& policy : policies.children()) add_policy(pool, roles, role, policy);
}

void add_by_name(RolePolicies& roles, ResourceId role, std::string_view name, Span where,
                 ValuePool& pool) {
  const ManagedPolicy* known = find_managed_policy(name);
  if (known == nullptr) return;
  roles.add_known(role, known->statements, where,
                  [&](std::string_view part) { return pool.unknown(part); });
}

// SAM lets the function send to its destination where the type is given.
void add_destination(RolePolicies& roles, ResourceId role, const Node& target,
                     std::string_view arn) {
  const auto* const row = known::row_of(known::sam_destinations(), target["Type"].text());
  const Node resource = target[arn];
  if (row == nullptr || !resource) return;
  roles.add_statement(role, std::span(*row).subspan(1), resource.value(), resource.where());
}

void add_event_policies(ValuePool& pool, RolePolicies& roles, ResourceId role, const Node& event) {
  const SamEvent* form = find_sam_event(event["Type"].text());
  if (form == nullptr) return;
  const Node properties = event["Properties"];
  if (!form->policy.empty()) add_by_name(roles, role, form->policy, event.where(), pool);
  roles.add_known(role, form->statements, event.where(), [&](std::string_view name) {
    const Node value = properties[name];
    return value ? value.value() : pool.unknown(name);
  });
  add_destination(roles, role, properties["DestinationConfig"]["OnFailure"], "Destination");
}

}  // namespace

void add_sam_policies(const LinkContext& build, RolePolicies& roles, ResourceId id,
                      ResourceId role) {
  const Node properties = build.draft(id).properties;
  const Span where = build.resource(id).name;
  roles.begin(role);
  roles.generate(true);
  if (build.resource(id).kind == ResourceKind::Function) {
    add_by_name(roles, role,
                properties["DurableConfig"] ? "AWSLambdaBasicDurableExecutionRolePolicy"
                                            : "AWSLambdaBasicExecutionRole",
                where, build.pool);
    const Node tracing = properties["Tracing"];
    if (tracing && tracing.text() != "Disabled")
      add_by_name(roles, role, "AWSXrayWriteOnlyAccess", tracing.where(), build.pool);
    if (const Node network = properties["VpcConfig"])
      add_by_name(roles, role, "AWSLambdaVPCAccessExecutionRole", network.key(), build.pool);
    add_destination(roles, role, properties["DeadLetterQueue"], "TargetArn");
    for (const std::string_view name : {"OnSuccess", "OnFailure"})
      add_destination(roles, role, properties["EventInvokeConfig"]["DestinationConfig"][name],
                      "Destination");
  }
  roles.generate(false);
  add_policies(build.pool, roles, role, properties["Policies"]);
  roles.generate(true);
  for (const Node& event : properties["Events"].children())
    add_event_policies(build.pool, roles, role, event);
  roles.generate(false);
}

}  // namespace fnlint::stacks
