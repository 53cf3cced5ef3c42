// Closes an event: after this, a field that its source does not have is known to be missing.
#pragma once

#include "model/project.h"
#include "values/pool.h"

#include <string_view>

namespace fnlint {

// A record of an event, or an event of a bus, as far as it is known, with the fields that its source gives each of them,
// and no other: what stands in no list of data/event_shapes.yaml is not there. Fields that are not
// known are holes below `path` of that round.
ValueId in_known_form(ValuePool& pool, ValueId record, ResourceKind source, std::string_view path,
                      std::uint64_t round);

}  // namespace fnlint
