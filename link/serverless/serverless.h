#pragma once

#include "link/stacks/stack_build.h"

// The Serverless Framework, as the rest of link sees it. See serverless_service.h.
namespace fnlint::stacks {

// The dialect's functions: CloudFormation's, and variables.
ValueId serverless_value(Build& build, ScopeId scope, const Written& at);
// Where the value of a variable is written; nothing for what is no variable, or is written nowhere.
std::optional<Written> serverless_follow(Build& build, ScopeId scope, const Written& at);

// Rows for every resource that a service declares and that its framework makes.
void declare_service(Build& build, ScopeId scope);
// Their properties; once the resources of all stacks have rows.
void compile_services(Build& build);

// Whether a scope is a service.
bool is_service(const Build& build, ScopeId scope);

// What a service says of a function; nothing: it is none of a service.
Written said_by_service(const Build& build, ResourceId function);

// A function of the service by its own name, as state machines of a service call it.
ResourceId function_of_service(const Build& build, ScopeId scope, std::string_view name);

// Whether the framework makes this resource, and nobody wrote it.
bool is_compiled(const Build& build, ResourceId id);

// A role that the framework makes, with nothing in it that somebody wrote.
bool is_unwritten_role(const Build& build, ResourceId role);

CodeLocation code_of_service_function(Build& build, ResourceId id);
CodeLocation code_of_service_layer(Build& build, ResourceId id);

}  // namespace fnlint::stacks
