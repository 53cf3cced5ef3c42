// Tests whose answer is fixed for the life of an execution environment.
#pragma once

#include "values/pool.h"

namespace fnlint {

// Whether the variables of the environment alone decide how the test is answered: what it says
// while modules load, it says ever after.
bool rests_on_environment(const ValuePool& pool, ValueId test);

}  // namespace fnlint
