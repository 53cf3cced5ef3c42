// Evaluates expressions of CloudFormation in a scope.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// CloudFormation's functions over values/evaluate.h. Without a scope only literals have a value.
ValueId cloudformation_value(Build& build, ScopeId scope, const Written& at);
// The same for a dialect that has functions beside CloudFormation's.
using FurtherFunction = ValueId (*)(Build&, ScopeId, const Written&);
ValueId cloudformation_value(Build& build, ScopeId scope, const Written& at,
                             FurtherFunction further);

// What Ref and Fn::GetAtt give. Unknown, and noted, when nothing has that name.
ValueId ref_value(Build& build, ScopeId scope, std::string_view name, const Written& at);
ValueId attribute_value(Build& build, ScopeId scope, std::string_view resource,
                        std::string_view attribute, const Written& at);

// The list that Fn::Split makes of a resource's ARN; no id where the text is no reference to one.
ValueId arn_parts(const Build& build, ValueId text, ValueId separator);

// The value of a loop's variable; no id when none of that name is bound.
ValueId bound_value(const Build& build, BindingId bindings, std::string_view variable);

// The entries of a Fn::ForEach: the inner record under each element's binding. At most
// kLoopCopies; an unknown collection gives one with a hole.
std::vector<Written> loop_turns(Build& build, ScopeId scope, const Written& at);
inline constexpr std::size_t kLoopCopies = 256;

// The elements of a loop's collection, known or not.
std::vector<ValueId> loop_elements(Build& build, ScopeId scope, const Written& collection,
                                   std::string_view variable);

// The content of the local file that an AWS::Include stands for. Nothing, and noted, when it is
// not there.
std::optional<Written> included(Build& build, ScopeId scope, const Written& at);

}  // namespace fnlint::stacks
