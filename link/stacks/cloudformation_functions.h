// Evaluates expressions of CloudFormation in a scope.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// CloudFormation's functions over values/evaluate.h. Without a scope only literals have a value.
ValueId cloudformation_value(LinkContext& build, ScopeId scope, const ExprClosure& at);
// The same for a dialect that has functions beside CloudFormation's.
using FurtherFunction = ValueId (*)(LinkContext&, ScopeId, const ExprClosure&);
ValueId cloudformation_value(LinkContext& build, ScopeId scope, const ExprClosure& at,
                             FurtherFunction further);

// What Ref and Fn::GetAtt give. Unknown, and noted, when nothing has that name.
ValueId ref_value(LinkContext& build, ScopeId scope, std::string_view name, const ExprClosure& at);
ValueId attribute_value(LinkContext& build, ScopeId scope, std::string_view resource,
                        std::string_view attribute, const ExprClosure& at);

// The list that Fn::Split makes of a resource's ARN; no id where the text is no reference to one.
ValueId arn_parts(const LinkContext& build, ValueId text, ValueId separator);

// The value of a loop's variable; no id when none of that name is bound.
ValueId bound_value(const LinkContext& build, BindingId bindings, std::string_view variable);

// The entries of a Fn::ForEach: the inner record under each element's binding. At most
// kLoopCopies; an unknown collection gives one with a hole.
std::vector<ExprClosure> loop_turns(LinkContext& build, ScopeId scope, const ExprClosure& at);
inline constexpr std::size_t kLoopCopies = 256;

// The elements of a loop's collection, known or not.
std::vector<ValueId> loop_elements(LinkContext& build, ScopeId scope, const ExprClosure& collection,
                                   std::string_view variable);

// The content of the local file that an AWS::Include stands for. Nothing, and noted, when it is
// not there.
std::optional<ExprClosure> included(LinkContext& build, ScopeId scope, const ExprClosure& at);

}  // namespace fnlint::stacks
