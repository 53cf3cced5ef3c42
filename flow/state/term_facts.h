// What known comparisons of a value decide about another one.
#pragma once

#include "model/summary.h"
#include "values/compute.h"

#include <span>

namespace fnlint {

// What facts say of a test that compares one value with literals, by what other tests of the same
// value say: that it is "a" answers whether it is "b", whether it is one of several, or below a
// number. Unknown where they leave it open, or contradict each other.
Answer answer_of_term(ValuePool& pool, std::span<const Fact> facts, ValueId test);

}  // namespace fnlint
