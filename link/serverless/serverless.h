#pragma once

#include "link/stacks/stack_build.h"

// The Serverless Framework, as the rest of link sees it. See serverless_service.h.
namespace fnlint::stacks {

// The dialect's functions: CloudFormation's, and variables.
ValueId serverless_value(LinkContext& build, ScopeId scope, const ExprClosure& at);
// Where the value of a variable is written; nothing for what is no variable, or is written nowhere.
std::optional<ExprClosure> serverless_follow(LinkContext& build, ScopeId scope,
                                             const ExprClosure& at);

// Rows for every resource that a service declares and that its framework makes.
void declare_service(LinkContext& build, ScopeId scope);
// Their properties; once the resources of all stacks have rows.
void compile_services(LinkContext& build);

// Whether a scope is a service.
bool is_service(const LinkContext& build, ScopeId scope);

// What a service says of a function; nothing: it is none of a service.
ExprClosure said_by_service(const LinkContext& build, ResourceId function);

// A function of the service by its own name, as state machines of a service call it.
ResourceId function_of_service(const LinkContext& build, ScopeId scope, std::string_view name);

// Whether the framework makes this resource, and nobody wrote it.
bool is_compiled(const LinkContext& build, ResourceId id);

// A role that the framework makes, with nothing in it that somebody wrote.
bool is_unwritten_role(const LinkContext& build, ResourceId role);

CodeLocation code_of_service_function(LinkContext& build, ResourceId id);
CodeLocation code_of_service_layer(LinkContext& build, ResourceId id);

}  // namespace fnlint::stacks
