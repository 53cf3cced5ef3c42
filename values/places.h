#pragma once

#include "values/pool.h"

#include <vector>

namespace fnlint {

// Where something lives: a variable, an object, a library's object, or a "member", "index" or
// "element" of a place.

// "member"(place, name): a field.
bool is_field(const ValuePool& pool, ValueId place);
// The field that a key names: what stands under a text in a record, or at a number in a list, has a
// place of its own, however deep. No id: a key on the way is not known.
ValueId entry_place(ValuePool& pool, ValueId place, ValueId key);
// What is set once entries were put into the place beside those that it had: in sets of places
// alone.
ValueId merged_place(ValuePool& pool, ValueId place);
// What is set where a callback ran of which nobody knows whether it did: in sets of places alone.
ValueId perhaps_place(ValuePool& pool, ValueId place);
// The place of which it says so; no id: it is none of those.
ValueId set_perhaps(const ValuePool& pool, ValueId perhaps);
// What a call that waits for its callee may have set is set: likewise.
ValueId surely_place(ValuePool& pool, ValueId place);
ValueId set_surely(const ValuePool& pool, ValueId surely);
// The module's variable in whose records and lists an entry's place lies; no id: it is none.
ValueId variable_of_entries(const ValuePool& pool, ValueId place);
// The variable, object or library that a place is a part of.
ValueId base_of(const ValuePool& pool, ValueId place);

// Sets of places are sorted, without duplicates.
void add_locations(std::vector<ValueId>& places, const std::vector<ValueId>& more);
std::vector<ValueId> common_locations(const std::vector<ValueId>& a, const std::vector<ValueId>& b);
// The place itself, or what it is a field of.
bool contains_location(const ValuePool& pool, const std::vector<ValueId>& places, ValueId place);

}  // namespace fnlint
