#pragma once

#include "values/compute.h"

namespace fnlint {

// A list of which it is known what an element is, and not how many there are: what a loop has
// appended. A Computed over the different elements; one that was appended under tests is a Computed
// "given" over itself and these. element() gives what such a list holds.

bool is_summarised(const ValuePool& pool, ValueId list);
ValueId many(ValuePool& pool, std::span<const ValueId> elements);
// With another element, or those of another list, which may be a known one. No id: they are no
// elements that are known.
ValueId with_element(ValuePool& pool, ValueId many, ValueId element);
ValueId with_elements(ValuePool& pool, ValueId many, ValueId list);
// An entry of a map that a loop fills: its value may be `given`.
struct FilledEntry {
  ValueId key = {}, value = {};
};
// Those of an open record of which all are known; empty: it is none, or has others.
std::vector<FilledEntry> entries_of_map(ValuePool& pool, ValueId record);
bool is_filled(ValuePool& pool, ValueId value);  // such a list, or such a map
// Whether there is an element, as a test of what they were appended under. No id: nothing says so.
ValueId has_elements(ValuePool& pool, ValueId filled);
// Both ways of a path: the one list or the other. No id: that is no such list.
ValueId joined_lists(ValuePool& pool, ValueId a, ValueId b);
// The list, of which nothing is there but where the facts hold.
ValueId all_given(ValuePool& pool, ValueId many, std::span<const Fact> facts);
// An element that is only there where the facts hold.
ValueId given(ValuePool& pool, ValueId element, std::span<const Fact> facts);
// The element, whatever it was appended under.
ValueId without_tests(const ValuePool& pool, ValueId element);
// Any element, where the tests hold that all have in common; what else it was appended under leaves
// it conditional. No id: there is none.
ValueId any_of_many(ValuePool& pool, ValueId many);
// The value with each such list in it as a list of one element of each kind. `tests`: takes what
// all elements of one list have in common.
ValueId as_plain_lists(ValuePool& pool, ValueId value, std::vector<ValueId>& tests);

}  // namespace fnlint
