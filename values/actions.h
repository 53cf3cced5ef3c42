// What a policy's pattern of actions covers.
#pragma once

#include "values/compute.h"

namespace fnlint {

// Does an action as a policy names it ("ec2:Create*") mean this one? Letter case is no matter.
Answer action_matches(const ValuePool& pool, ValueId named, std::string_view action);
// Whether names with a space between them (tables/iam_actions.h) have one that a pattern means.
bool lists_action(std::string_view names, std::string_view pattern);

}  // namespace fnlint
