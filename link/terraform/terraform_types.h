#pragma once

#include "link/stacks/stack_build.h"

// What a variable's type makes of the value that it is given: optional() attributes that are not
// there get their defaults.
namespace fnlint::stacks {

// `type`: as Input::allowed has it, evaluated in the scope of the variable.
[[nodiscard]] ValueId with_type_defaults(Build& build, ScopeId scope, const Written& type,
                                         ValueId value);

}  // namespace fnlint::stacks
