// Parameters as values where they are decided, else as choices over what they are compared with.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Finds what a text compares its inputs with, so that their choices have one domain from the start.
void collect_comparisons(LinkContext& build, TextId text);

// What Ref gives of a parameter or pseudo parameter; no id when the name is neither.
ValueId input_value(LinkContext& build, ScopeId scope, std::string_view name);

// A parameter or pseudo parameter that a deployment still decides, as a choice for guards.
struct OpenInput {
  std::uint32_t choice = 0;
  bool closed = false;  // it has no values but those of the choice's domain
};
std::optional<OpenInput> open_input(LinkContext& build, ScopeId scope, std::string_view name);

// The tests of an open input that hold for one value of its domain; nothing when the value is not
// in the domain, or shares its bit with others.
std::optional<Test> test_of(ValuePool& pool, const OpenInput& input, std::string_view value);
// The test for every other value.
Test other_values(ValuePool& pool, const OpenInput& input, const Test& test);

}  // namespace fnlint::stacks
