// From a thread's pool of values to that of the run.
#pragma once

#include "model/project.h"
#include "values/transfer.h"

namespace fnlint {

// Brings every value that a function was joined with to the pool of the transfer. Facts stay
// sorted.
void move_values(LambdaFunction& function, ValueTransfer& to);

}  // namespace fnlint
