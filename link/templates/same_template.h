// Copies of templates, which would double everything.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// For every text the one that it is a copy of, where it is one: the same resources with the same
// properties beside it, or above, but that packaging has uploaded the files that they name.
std::vector<TextId> copies_of(const LinkContext& build);

// Whether it is a template of CloudFormation or SAM that declares something.
bool is_stack_template(const LinkContext& build, TextId text);

// Whether CDK wrote it: it asks for the version of what CDK put into the account, or its resources
// tell their constructs' paths.
bool is_synthesised(const LinkContext& build, TextId text);

}  // namespace fnlint::stacks
