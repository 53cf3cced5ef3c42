// Puts each function together from its properties, role and code, then adds what connectors,
// scripts and emulators say of it.

#include "link/templates/stack_functions.h"

#include "core/text.h"
#include "link/cloudformation/cloudformation_state.h"
#include "link/cloudformation/sam_declarations.h"
#include "link/resolve/candidates.h"
#include "link/serverless/serverless.h"
#include "link/stacks/roles.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"
#include "link/stacks/work_shares.h"
#include "link/templates/code_location.h"
#include "link/templates/emulator_scripts.h"
#include "link/templates/role_scripts.h"
#include "link/templates/variable_scripts.h"
#include "link/terraform/terraform.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

// What decides something and is not known, because a parameter has no default.
void note_open_parameters(LinkContext& build, ResourceId id) {
  constexpr std::array<std::string_view, 5> kPaths{
      "Handler", "Runtime", "ReservedConcurrentExecutions", "PackageType",
      "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions"};
  for (const std::string_view path : kPaths) {
    const Node node = at_path(build.draft(id).properties, path);
    if (!node) continue;
    for_each_below(build.pool, node.value(), [&](ValueId value) {
      const Value& row = build.pool[value];
      if (row.kind != ValueKind::Hole || row.origin != Origin::TemplateInput) return;
      build.unresolved(
          UnresolvedKind::Parameter,
          cat(path, " is the parameter ", build.pool.text(value), ", which has no default"),
          node.where(), build.address(id));
    });
  }
}

// The role that a function names, where it is one of the run.
ResourceId declared_role(LinkContext& build, ResourceId id) {
  const Node role = build.draft(id).properties["Role"];
  if (!role) return {};
  const auto found = ends(build, role.value(), ResourceKind::Role, role.where(), Outside::Dropped);
  Relation relation{.kind = RelationKind::Grants, .when = role.when(), .where = role.where()};
  relate_all(build, relation, {itself(build, id)}, found);
  if (found.size() == 1 && !build.pool.is(role.value(), ValueKind::OneOf))
    return found.front().resource;
  if (found.empty())
    build.unresolved(
        UnresolvedKind::RolePolicy,
        cat("the role ", describe(build.pool, role.value()), " is not declared in this run"),
        role.where(), build.address(id));
  return {};
}

void set_role(LinkContext& build, RolePolicies& roles, DeclaredFunction& function) {
  const ResourceId id = function.resource;
  const ResourceId made = sam_resource(build, id, "Role");
  const Node properties = build.draft(id).properties;
  if (properties["Role"]) {
    function.role = declared_role(build, id);
    function.default_role = is_unwritten_role(build, function.role);
  } else if (made.exists()) {
    function.role = made;
    function.default_role = !properties["Policies"];
    relate(
        build,
        {.kind = RelationKind::Grants, .from = id, .to = made, .where = build.resource(id).name});
  }
  if (made.exists()) add_sam_policies(build, roles, id, made);
}

void declare_function(LinkContext& build, RolePolicies& roles, ResourceId id) {
  DeclaredFunction function{.resource = id};
  const Node properties = build.draft(id).properties;
  const auto value = [&](std::string_view name) {
    const Node node = properties[name];
    return node ? node.value() : build.pool.absent();
  };
  function.handler = value("Handler");
  function.runtime = value("Runtime");
  function.code = code_of_function(build, id);
  function.image =
      function.code.kind == CodeKind::Image || properties["PackageType"].text() == "Image";
  const auto alias = as_text(build.pool, value("AutoPublishAlias"));
  function.publishes_alias = alias.value_or("");
  set_role(build, roles, function);
  note_open_parameters(build, id);
  build.stacks.functions.push_back(std::move(function));
}

// What connectors grant to the roles of the functions at their ends.
void apply_connectors(LinkContext& build, RolePolicies& roles) {
  for (const ConnectorGrant& grant : build.cloudformation->connector_grants) {
    const SamConnector* row = find_sam_connector(build.resource(grant.source).kind,
                                                 build.resource(grant.destination).kind);
    if (row == nullptr || row->role == ConnectorRole::Permission) continue;
    const ResourceId owner = row->role == ConnectorRole::Source ? grant.source : grant.destination;
    const auto function =
        std::ranges::find(build.stacks.functions, owner, &DeclaredFunction::resource);
    if (function == build.stacks.functions.end() || !function->role.exists()) continue;
    function->default_role = false;
    const auto fill = [&](std::string_view name) {
      const ResourceId end = name.starts_with("Source") ? grant.source : grant.destination;
      return build.pool.reference(end, name.ends_with(".Arn") ? "Arn" : "");
    };
    if (grant.read) roles.add_known(function->role, row->read, grant.where, fill);
    if (grant.write) roles.add_known(function->role, row->write, grant.where, fill);
  }
}

void declare_layer(LinkContext& build, ResourceId id) {
  DeclaredLayer layer{.resource = id, .code = code_of_layer(build, id)};
  build.stacks.layers.push_back(std::move(layer));
}

}  // namespace

void declare_functions(LinkContext& build) {
  WorkShares shares(build);
  RolePolicies roles(build);
  roles.read_declared();
  const auto count = static_cast<std::uint32_t>(build.stacks.resources.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const Resource& row = build.stacks.resources[i];
    if (!build.drafts[i].is_whole() || row.superseded) continue;
    shares.begin(build.drafts[i].scope);
    if (row.kind == ResourceKind::Function) declare_function(build, roles, ResourceId{i});
    if (row.kind == ResourceKind::Layer) declare_layer(build, ResourceId{i});
    const ResourceId made = row.kind == ResourceKind::StateMachine
                                ? sam_resource(build, ResourceId{i}, "Role")
                                : ResourceId{};
    if (made.exists()) add_sam_policies(build, roles, ResourceId{i}, made);
  }
  apply_connectors(build, roles);
  ProjectScripts scripts(build.files);
  RoleScripts role_scripts(build, scripts);
  VariableScripts variable_scripts(build, scripts);
  EmulatorScripts emulator_scripts(build, scripts);
  const bool has_real =
      std::ranges::any_of(build.stacks.functions, [&](const DeclaredFunction& function) {
        return !is_made_on_this_machine(build, function.resource);
      });
  for (DeclaredFunction& function : build.stacks.functions) {
    function.variables_by_scripts = variable_scripts.may_set(function.resource);
    function.code_by_scripts = variable_scripts.may_update_code(function.resource);
    // What stands in the template may only hold the place of it.
    if (function.code.kind == CodeKind::Inline &&
        variable_scripts.may_replace_code(function.resource))
      function.code.guess = guess_by(guesses::script_that_replaces());
    function.undeployed = emulator_scripts.only_emulate(function.resource);
    function.emulated = emulator_scripts.stands_for_another(function.resource);
    function.packed_otherwise = emulator_scripts.packs_otherwise(function.resource);
    if (has_real && is_made_on_this_machine(build, function.resource))
      function.undeployed = function.emulated = function.packed_otherwise = true;
    function.uncalled = is_uncalled(build, build.draft(function.resource).scope);
    function.by_form =
        build.facts(build.draft(function.resource).text).dialect == TemplateDialect::HandlerCode;
    if (!function.role.exists()) continue;
    function.role_complete =
        roles.complete(function.role) && !role_scripts.may_add(function.resource, function.role);
    roles.explain(function.role, build.address(function.resource));
  }
}

}  // namespace fnlint::stacks
