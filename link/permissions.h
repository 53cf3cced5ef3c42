#pragma once

#include "values/compute.h"

namespace fnlint {

// Does the function's role allow the action on the resource? No only when every statement of the
// role is known and none does; a role that nobody wrote proves nothing.
Answer role_allows(ValuePool& pool, const Stacks& stacks, const DeclaredFunction& function,
                   std::string_view action, ResourceId resource);

}  // namespace fnlint
