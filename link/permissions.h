#pragma once

#include "tables/models.h"
#include "values/compute.h"

#include <string>
#include <vector>

namespace fnlint {

// Does the function's role allow the action on the resource? No only when every statement of the
// role is known and none does; a role that nobody wrote proves nothing.
Answer role_allows(ValuePool& pool, const Stacks& stacks, const DeclaredFunction& function,
                   std::string_view action, ResourceId resource);

// The actions of an operation that the role surely does not allow on its target; of alternatives
// one suffices.
std::vector<std::string> missing_actions(ValuePool& pool, const Stacks& stacks,
                                         const DeclaredFunction& function,
                                         const Operation& operation, ResourceId target);

}  // namespace fnlint
