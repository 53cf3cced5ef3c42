#pragma once

#include "link/stacks/stack_build.h"

// What stacks hand to one another.
namespace fnlint::stacks {

// An output of a nested stack's own scope. Absent when there is none of that name.
ValueId output_value(LinkContext& build, ScopeId scope, std::string_view output);

// What Fn::ImportValue gives of this name: the export of any stack of the run, else a hole.
ValueId imported_value(LinkContext& build, ValueId name, Span where);

// An output of another stack, by its name alone: that of the only stack of the run that has one of
// this name, else a hole. A stack's own name is mostly given by whoever deploys it.
ValueId stack_output(LinkContext& build, ScopeId asking, std::string_view stack,
                     std::string_view output);

}  // namespace fnlint::stacks
