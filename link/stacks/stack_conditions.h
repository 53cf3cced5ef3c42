// Conditions of templates as tests over choices, from which guards are made.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// A named condition of the scope. One that is not declared, or depends on itself, is a choice of
// its own and a problem at `where`.
const Condition& condition_named(LinkContext& build, ScopeId scope, std::string_view name,
                                 Span where);

// A condition function (Fn::Equals, Fn::And, Fn::Or, Fn::Not, Condition) where it stands.
Condition condition_of(LinkContext& build, ScopeId scope, const ExprClosure& at);

// The condition of a Fn::If: one that is named, or in its place a condition function. One that is
// neither may hold or not.
Condition condition_of_choice(LinkContext& build, ScopeId scope, const ExprClosure& at);

// The guard under which it holds, or fails. Only of conditions that are not decided.
GuardId guard_of(ValuePool& pool, const Condition& condition, bool holds);

// Both at once; no id counts as always. Nothing when they exclude each other.
std::optional<GuardId> both(LinkContext& build, GuardId a, GuardId b);

}  // namespace fnlint::stacks
