#pragma once

#include "values/compute.h"

namespace fnlint {

// Does an action as a policy names it ("ec2:Create*") mean this one? Letter case is no matter.
Answer action_matches(const ValuePool& pool, ValueId named, std::string_view action);

}  // namespace fnlint
