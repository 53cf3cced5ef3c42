// Functions that react to alarms run rarely, so that costs per invocation do not matter there.
#pragma once

#include "model/project.h"

namespace fnlint {

// Whether a function reads what alarms say of themselves: it is called when one goes off.
bool reads_alarms(const ValuePool& pool, const LambdaFunction& function);

}  // namespace fnlint
