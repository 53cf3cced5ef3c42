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

// The literal parts of a text in their order, each run of holes as one kSkeletonHole: what two
// names that are built alike have in common.
inline constexpr char kSkeletonHole = '\x01';
std::string skeleton_of(const ValuePool& pool, ValueId name);
// Whether a pattern has this one, without making its own: it is asked of all names of a kind.
bool has_skeleton(const ValuePool& pool, ValueId pattern, std::string_view skeleton);

// What an address of an object names inside its bucket: the key of "s3://bucket/key". Any other
// value as it is.
ValueId key_in_address(ValuePool& pool, ValueId value);

}  // namespace fnlint
