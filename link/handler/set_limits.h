// Limits of time that an object is told where the code uses it.
#pragma once

#include "model/project.h"
#include "model/summary.h"
#include "tables/models.h"
#include "values/pool.h"

#include <span>

namespace fnlint {

// The object of a request with those limits as if it had been made with them, of which it is not
// known how long they are: `http.read_timeout = 5` where `http` is what a function is given.
ValueId with_set_limits(ValuePool& pool, std::span<const ModuleInfo> modules, const Step& step,
                        const LibraryModel& row, ValueId object);

}  // namespace fnlint
