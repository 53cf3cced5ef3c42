#pragma once

#include "model/guard.h"
#include "values/pool.h"

#include <optional>
#include <vector>

namespace fnlint {

// The branches of a template that a check tells apart: each a conjunction of tests.
std::vector<Test> tests_of(const ValuePool& pool, GuardId guard);
// Both at once; nothing when they exclude each other.
std::optional<std::vector<Test>> both(const std::vector<Test>& a, const std::vector<Test>& b);

}  // namespace fnlint
