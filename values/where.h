// Values that are there only under conditions, and the gated choices that are made of them.
#pragma once

#include "values/compute.h"

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// What is met only where tests hold: an element of a list that was filtered, what was put into a
// list behind a guard.
//   Computed "where"(value, tests...): the value. Functions over it are functions over the value,
//   and met under the same tests; a test over it asks of the value alone. Computed "filtered"(list,
//   tests...): the list, with those elements alone of which the tests hold. These are asked of
//   element(list).
// Computed "chosen"(test, yes, no): one test, which is that of the way taken. Not said with `and`,
// `or` and `not`: its opposite is as short, and what bounds one way is seen to bound that one
// alone.
inline constexpr std::size_t kConditions = 8;  // tests of one value; further ones are left out

// A fact as a test that holds.
ValueId as_literal(ValuePool& pool, const Fact& fact);
bool is_where(const ValuePool& pool, ValueId value);
// What is met, without the tests right above it.
ValueId bare(const ValuePool& pool, ValueId value);
ValueId where(ValuePool& pool, ValueId value, std::span<const ValueId> tests);
ValueId filtered(ValuePool& pool, ValueId list, ValueId test);
// The gated phi of two paths that meet: `test ? yes : no`, each of its ways met where the test
// holds, or fails. Beyond kAlternatives and kConditions it is a choice that no test tells apart:
// kUngated. Of tests themselves see "chosen".
ValueId choose(ValuePool& pool, ValueId test, ValueId yes, ValueId no);
// Whether a test and its opposite are among them: nothing is met there.
bool exclude_themselves(ValuePool& pool, std::span<const ValueId> tests);

struct Conditioned {
  ValueId value = {};               // without conditions, wherever they stood in it
  std::vector<ValueId> tests = {};  // that hold wherever the value is met
};
Conditioned taken_apart(ValuePool& pool, ValueId value);
std::vector<ValueId> conditions_of(const ValuePool& pool, ValueId value);
// Whether it is several things somewhere, of which conditions say which.
bool is_path_dependent(const ValuePool& pool, ValueId value);
ValueId without_conditions(ValuePool& pool, ValueId value);
// The same but for the tests that are to stay.
ValueId with_conditions(ValuePool& pool, ValueId value,
                        const std::function<bool(ValueId test)>& stays);
// The value where it is known which tests hold: of what is several things on as many ways, what it
// is on those that are left. `hold`: whether all of these do.
using Hold = std::function<Answer(std::span<const ValueId> tests)>;
ValueId simplified_under(ValuePool& pool, ValueId value, const Hold& hold);
// What was found, or nothing where `there` is not Yes: of what is surely something wherever it is
// there. Of anything else that is not said.
ValueId or_nothing(ValuePool& pool, ValueId found, Answer there);
// "", false, None, [] and, of what gives several values, where the last one says so, or all do:
// whoever is given that is told that there is nothing.
bool tells_nothing(const ValuePool& pool, ValueId value);
// What is asked where the value stands as a test.
ValueId as_condition(ValuePool& pool, ValueId value);

}  // namespace fnlint
