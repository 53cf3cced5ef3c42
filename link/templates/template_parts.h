#pragma once

#include "link/stacks/parted_templates.h"

#include <set>

// Templates that are one template only together: a tool merges the files of a folder before it
// deploys them, and none of them names the others.
namespace fnlint::stacks {

TemplateParts template_parts(const LinkContext& build,
                             const std::set<std::string, std::less<>>& nested);

}  // namespace fnlint::stacks
