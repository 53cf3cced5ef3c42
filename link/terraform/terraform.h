#pragma once

#include "link/stacks/stack_build.h"

#include <string_view>
#include <vector>

// Terraform, as the rest of link sees it; between the files of the room is terraform_evaluation.h.
// A module instance is a scope: its rows come from all configuration files of a folder, its inputs
// are bound in its caller's scope. What is declared with count or for_each has an instance for
// each; instances are made when they are first asked for, because a count may depend on anything
// but itself.
namespace fnlint::stacks {

void declare_terraform(LinkContext& build);

ValueId terraform_value(LinkContext& build, ScopeId scope, const ExprClosure& at);
std::string_view terraform_type(std::string_view native);
void locate_terraform(LinkContext& build, ResourceId id);
// Where a function's or a layer's code lies.
CodeLocation terraform_code(LinkContext& build, ResourceId id, UnresolvedKind kind);

// What stands under an address in a module: the resources of all its instances.
[[nodiscard]] std::vector<ResourceId> resources_under(LinkContext& build, ScopeId scope,
                                                      std::string_view address);
// The expression of a local value of a module; none: nothing is called so.
[[nodiscard]] ExprClosure local_value(LinkContext& build, ScopeId scope, std::string_view name);

// Credentials that providers are given as plain text.
void judge_providers(LinkContext& build);
// Whether a scope is a module whose root nothing deploys: see UncalledModules.
[[nodiscard]] bool is_uncalled(const LinkContext& build, ScopeId scope);

// Whether its provider asks an emulator on this machine in place of AWS (`endpoints`). Source:
// Terraform AWS provider, "Custom Service Endpoint Configuration".
[[nodiscard]] bool is_made_on_this_machine(const LinkContext& build, ResourceId id);

}  // namespace fnlint::stacks
