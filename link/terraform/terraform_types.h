#pragma once

#include "link/stacks/stack_build.h"

// What a variable's type makes of the value that it is given: optional() attributes that are not
// there get their defaults.
namespace fnlint::stacks {

// `type`: as Input::allowed has it, evaluated in the scope of the variable.
[[nodiscard]] ValueId with_type_defaults(LinkContext& build, ScopeId scope, const ExprClosure& type,
                                         ValueId value);

// What an attribute of an object of that type is where the object is given without it, and what it
// may be where it has to be given; no id: the type has no such attribute.
[[nodiscard]] ValueId type_default_of(LinkContext& build, ScopeId scope, const ExprClosure& type,
                                      std::string_view attribute);

// `null.attribute` of a variable whose default is null: Terraform refuses the attribute of null, so
// that what asks for it is made only where a deployment gives an object, and has what the type says
// then. No id: it is no such variable, or `try` is asking.
[[nodiscard]] ValueId attribute_unless_null(LinkContext& build, ScopeId scope,
                                            const ExprClosure& at, ValueId null,
                                            std::string_view attribute);

}  // namespace fnlint::stacks
