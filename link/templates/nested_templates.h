#pragma once

#include "link/stacks/stack_build.h"

#include <set>

// Which template of the run a nested stack is made of.
namespace fnlint::stacks {

struct NestedTemplate {
  TextId text = {};  // none: not in the run
  // By the file's name alone: the address is that of a copy that a build uploads.
  bool guessed = false;
};

// Where the properties of a nested stack name its template; none: they do not.
ExprClosure location_of(const LinkContext& build, const ExprClosure& body);

// `location` becomes where the file is named, which may be the stack's metadata.
NestedTemplate nested_template(LinkContext& build, ResourceId stack, ExprClosure& location);

// The paths of templates that another one nests.
std::set<std::string, std::less<>> nested_paths(const LinkContext& build);

}  // namespace fnlint::stacks
