// Typed events: leads the accessors of a library's event classes back to fields of the raw event.
#pragma once

#include "model/code.h"
#include "values/pool.h"

#include <string_view>

namespace fnlint {

// A field of the event by an accessor's name; no id: as it is written.
ValueId event_member(ValuePool& pool, Language spoken, ValueId event, std::string_view name);

}  // namespace fnlint
