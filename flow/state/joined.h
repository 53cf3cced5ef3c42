// What values and facts become where control flow meets again.
#pragma once

#include "flow/state/facts.h"

#include <optional>
#include <span>

namespace fnlint {

// What a variable is where two ways meet on which it is `a` and `b`: as far as the facts of the
// ways tell these apart, a test, or each where its facts hold.
// `gate`: the branch's own test, which holds on the way of `a` and fails on that of `b`; none where
// the ways meet otherwise.
ValueId joined(ValuePool& pool, ValueId a, ValueId b, const FactSet& of_a, const FactSet& of_b,
               ValueId gate = {});

// What the ways of a function give: a choice by the tests that tell them apart.
struct Way {
  ValueId value = {};
  FactSet facts = {};
};
ValueId chosen_way(ValuePool& pool, std::span<const Way> ways);
// Whether tests tell all of them apart.
bool are_parted(ValuePool& pool, std::span<const Way> ways);

// What holds where two paths meet: all that one of them says alone, or all that the other does
// (`a || b()`: a, or not a and b). Nothing where one says nothing, but for facts of
// `no_conditions`.
std::optional<Fact> disjunction_of(ValuePool& pool, const FactSet& a, const FactSet& b,
                                const FactSet& no_conditions);

}  // namespace fnlint
