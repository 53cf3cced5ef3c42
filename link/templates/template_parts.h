#pragma once

#include "link/stacks/stack_build.h"

#include <set>

// Templates that are one template only together: a tool merges the files of a folder before it
// deploys them, and none of them names the others.
namespace fnlint::stacks {

// By text: all texts of the template that it is a part of, the one with the parameters first; empty
// for a template that stands alone. A part has no parameters and asks for names that it does not
// declare, so that it cannot be deployed by itself. Its others are those that declare them in the
// nearest folder around it where each name is declared once.
std::vector<std::vector<TextId>> template_parts(const Build& build,
                                                const std::set<std::string, std::less<>>& nested);

}  // namespace fnlint::stacks
