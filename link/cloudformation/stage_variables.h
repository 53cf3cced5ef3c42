// Evaluates the URI of an API's integration once for each stage.
#pragma once

#include "link/stacks/stack_build.h"

#include <vector>

namespace fnlint::stacks {

// What an integration's URI means for one stage of its API.
struct StageValue {
  ValueId value = {};
  GuardId when = {};  // under which the stage is there
};

// A URI with "${stageVariables.name}" in it, for each stage of the API that sets the variables; it
// stays as it is where none does, and that is noted. Any other value as it is.
std::vector<StageValue> with_stage_variables(LinkContext& build, ResourceId api, ValueId uri,
                                             Span where);

}  // namespace fnlint::stacks
