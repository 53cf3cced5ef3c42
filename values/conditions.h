// Tells requests that carry a condition of their own from unconditional ones, as an operation's row
// describes it.
#pragma once

#include "core/text.h"
#include "values/compute.h"

#include <algorithm>
#include <string_view>

namespace fnlint {

// Whether one alternative of an operation's `condition` is there: "ConditionExpression" where
// `part(selector)` gives a value, "Statement^INSERT" where that begins so. False: it has none.
template <class Part>
bool meets_condition(const ValuePool& pool, std::string_view condition, const Part& part) {
  return std::ranges::any_of(split(condition, '|'), [&](std::string_view one) {
    if (one.empty()) return false;
    const std::size_t mark = std::min(one.find('^'), one.size());
    const ValueId value = part(one.substr(0, mark));
    return value.exists() && (mark == one.size() || begins_with(pool, value, one.substr(mark + 1)));
  });
}

}  // namespace fnlint
