// Values that are constant over the life of the process, so that keeping them leaks nothing.
#pragma once

#include "values/pool.h"

namespace fnlint {

// Whether all that a value is made of is the same for every invocation. An object of the project is
// what its constructor was given; a library's may be an answer.
bool is_of_the_process(const ValuePool& pool, ValueId value);

}  // namespace fnlint
