// What the deployment would refuse, noted while templates are linked.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// What a template says that cannot be, whatever else there is: rows of Stacks::faults, each once.
void add_fault(LinkContext& build, TemplateFault fault);

// A reference of the scope's template leads to nothing. Silent where an included file, a macro or a
// framework may bring what it names.
void note_nothing_named(LinkContext& build, ScopeId scope, std::string_view name, Span where);

// The states of a definition, as Step Functions validates them.
void judge_definition(LinkContext& build, ResourceId machine, const Node& definition);

// The policy documents of roles, policies and SAM's functions, as IAM validates them.
void judge_policies(LinkContext& build);

// The keys beside Type and Properties that SAM knows nothing of, and drops, and those that nothing
// but SAM knows.
void judge_keys(LinkContext& build);

// Credentials that are the defaults of inputs which are said to be secret.
void judge_inputs(LinkContext& build);

// The routes of all APIs, but for those of a service of the Serverless Framework.
void judge_routes(LinkContext& build);

// What templates name in outputs, conditions and everything else, and do not declare.
void judge_names(LinkContext& build);

// What is made after what.
void read_dependencies(LinkContext& build);

}  // namespace fnlint::stacks
