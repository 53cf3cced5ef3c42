// Links parameters that one stack stores and another one reads.
#pragma once

#include "link/stacks/stack_build.h"

#include <string_view>

namespace fnlint::stacks {

// What the parameter store holds under a name: the value of the run's own AWS::SSM::Parameter, in
// whatever tool's words, else a hole. Names that are built alike are taken to be the same.
ValueId parameter_store_value(LinkContext& build, std::string_view name);
ValueId parameter_store_value(LinkContext& build, ValueId name);

}  // namespace fnlint::stacks
