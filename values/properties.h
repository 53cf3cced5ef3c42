// What a linked resource says at a path, and what a function's environment holds as a whole.
#pragma once

#include "values/pool.h"

#include <string_view>

namespace fnlint {

// The property at `path` of a resource; null when it has none.
const Property* find_property(const ValuePool& pool, const Stacks& stacks, ResourceId resource,
                              std::string_view path);

inline constexpr std::string_view kEnvironmentVariables = "Environment.Variables";

}  // namespace fnlint
