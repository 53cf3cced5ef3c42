// Are all members of a request known? Only then is a missing one missing.
#pragma once

#include "model/project.h"
#include "model/summary.h"
#include "values/pool.h"

#include <span>

namespace fnlint {

// Whether what a call of an SDK is given stands there whole: members that are written at the call,
// or in variables that nothing gets which may put more into them.
bool is_whole_request(std::span<const ModuleInfo> modules, const Step& step);

// The members with those of what is spread among them by name (`**request`), where that is known
// whole.
ValueId with_spread_members(ValuePool& pool, ValueId members);

}  // namespace fnlint
