// The last step: functions, put together from resources, roles and code.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// The functions and layers of the stacks, with their roles and where their code lies. Comes last:
// it reads properties and relations.
void declare_functions(LinkContext& build);

}  // namespace fnlint::stacks
