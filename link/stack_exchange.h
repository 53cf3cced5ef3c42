#pragma once

#include "link/stack_build.h"

// What stacks hand to one another.
namespace fnlint::stacks {

// An output of a nested stack's own scope. Absent when there is none of that name.
ValueId output_value(Build& build, ScopeId scope, std::string_view output);

// What Fn::ImportValue gives of this name: the export of any stack of the run, else a hole.
ValueId imported_value(Build& build, ValueId name, Span where);

// What the parameter store holds under a literal name: the value of the run's own
// AWS::SSM::Parameter, else a hole.
ValueId parameter_store_value(Build& build, std::string_view name);

}  // namespace fnlint::stacks
