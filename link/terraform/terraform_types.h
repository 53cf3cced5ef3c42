#pragma once

#include "link/stacks/stack_build.h"

// What a variable's type makes of the value that it is given: optional() attributes that are not
// there get their defaults.
namespace fnlint::stacks {

// `type`: as Input::allowed has it, evaluated in the scope of the variable.
[[nodiscard]] ValueId with_type_defaults(Build& build, ScopeId scope, const Written& type,
                                         ValueId value);

// What an attribute of an object of that type is where the object is given without it, and what it
// may be where it has to be given; no id: the type has no such attribute.
[[nodiscard]] ValueId type_default_of(Build& build, ScopeId scope, const Written& type,
                                      std::string_view attribute);

}  // namespace fnlint::stacks
