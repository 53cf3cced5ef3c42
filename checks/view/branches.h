// Numbers that depend on a template's conditions: what they are in which branch.
#pragma once

#include "model/guard.h"
#include "values/pool.h"

#include <optional>
#include <string>
#include <vector>

namespace fnlint {

// The branches of a template that a check tells apart: each a conjunction of tests.
std::vector<Test> tests_of(const ValuePool& pool, GuardId guard);
// Both at once; nothing when they exclude each other.
std::optional<std::vector<Test>> both(const std::vector<Test>& a, const std::vector<Test>& b);

// " where 'Stage' is 'prod'"; empty: always.
std::string label_of(const ValuePool& pool, const std::vector<Test>& tests);

// What a number may be, and in which branch. No number: not known.
struct Amount {
  std::optional<std::int64_t> number = {};
  std::vector<Test> tests = {};
  std::uint8_t uncertainty = 0;
};
// `absent`: what an alternative without a value stands for. No alternative is left out.
std::vector<Amount> amounts_of(const ValuePool& pool, ValueId value, const std::vector<Test>& outer,
                               std::optional<std::int64_t> absent);

}  // namespace fnlint
