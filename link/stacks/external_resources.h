// Rows for resources that are only referred to, one for each name.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// A resource that no template declares, only this value names; the same value means the same one.
// No id where the value says nothing.
ResourceId external_resource(LinkContext& build, ResourceKind kind, ValueId value, Span where);

// The bus that events go to when no other is named.
ResourceId default_bus(LinkContext& build);

}  // namespace fnlint::stacks
