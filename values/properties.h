// What a linked resource says at a path, and what a function's environment holds as a whole.
#pragma once

#include "values/pool.h"

#include <set>
#include <string_view>

namespace fnlint {

// The property at `path` of a resource; null when it has none.
const Property* find_property(const ValuePool& pool, const Stacks& stacks, ResourceId resource,
                              std::string_view path);

inline constexpr std::string_view kEnvironmentVariables = "Environment.Variables";

// What a template says of a function's variables as a whole. What it rests on is of the kinds that
// may hide a name.
struct EnvironmentBlock {
  bool known = true;  // there are no names but those of the properties and `named`
  std::uint8_t evidence = 0;
  std::set<std::string_view> named = {};  // with values that are not known yet, too
};
EnvironmentBlock environment_block(const ValuePool& pool, const Stacks& stacks,
                                   ResourceId function);

}  // namespace fnlint
