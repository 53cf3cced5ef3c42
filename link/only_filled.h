#pragma once

#include "flow/engine.h"

#include <string_view>

namespace fnlint {

// Whether the code of a unit puts something into what bears this name and does nothing else with
// it: no entry is read, and it is handed to nobody. A name that something else bears, too, counts
// with it.
bool is_only_filled(const Engine& engine, std::uint32_t unit, std::string_view name);

}  // namespace fnlint
