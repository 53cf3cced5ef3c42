// What a compound test entails, which is less than all that it mentions.
#pragma once

#include "values/pool.h"

#include <functional>

namespace fnlint {

// Whether something follows from how a test comes out: one of its questions says so, and of several
// of which any may have answered, each. What a test mentions is not what it implies: `not fresh`
// mentions fresh. `says`: asked of a single question and its answer.
bool is_implied(const ValuePool& pool, const Fact& fact,
                const std::function<bool(const Fact&)>& says);

}  // namespace fnlint
