// Finds fallbacks that quietly take effect because template and code disagree on a variable's name.
#pragma once

#include "model/finding.h"
#include "model/project.h"

#include <set>
#include <string_view>

namespace fnlint {

// config-env-undefined where the code has a default: what it does goes to the name that stands in
// the code, while the template sets another variable to the resource that was meant. `set`: the
// names of all variables that anything sets for the function; `uncertainty`: of that.
void find_defaults_in_use(const Project& project, const LambdaFunction& function,
                          const std::set<std::string_view>& set, std::uint8_t uncertainty,
                          Findings& findings);

}  // namespace fnlint
