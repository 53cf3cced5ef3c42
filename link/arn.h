#pragma once

#include "model/resources.h"
#include "values/compute.h"

#include <functional>
#include <string>
#include <string_view>

namespace fnlint {

// A text in which {Name} stands for a value.
ValueId filled_pattern(ValuePool& pool, std::string_view pattern,
                       const std::function<ValueId(std::string_view name)>& fill);

// The literal parts of a text in their order, each run of holes as one \x01: what two names that
// are built alike have in common.
std::string skeleton_of(const ValuePool& pool, ValueId name);

// What an address of an object names inside its bucket: the key of "s3://bucket/key". Any other
// value as it is.
ValueId key_in_address(ValuePool& pool, ValueId value);

}  // namespace fnlint
