// Gives what SAM will generate its rows and names, before anything refers to them.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Rows for the resources that SAM makes (roles, versions, aliases, URLs, mappings, rules, implicit
// APIs), so that references to them have a target. Their relations come later.
void declare_sam(LinkContext& build);

// The names of what SAM makes of a resource.
std::string sam_name(const LinkContext& build, ResourceId maker, std::string_view suffix);
// One that was declared so; no id when it was not.
ResourceId sam_resource(const LinkContext& build, ResourceId maker, std::string_view suffix);

// The part of the Globals section that the resource inherits.
ExprClosure globals_of(const LinkContext& build, ResourceId id);

}  // namespace fnlint::stacks
