#pragma once

#include "values/compute.h"

#include <functional>

namespace fnlint {

// `table[key]`, `table.get(key)`: of a table that is known whole by a key that is not known.

// Whether the key is one of the table's, where there is something under each of them. No id: the
// value is no such lookup.
ValueId test_of_lookup(ValuePool& pool, ValueId value);
// Whether what is found is another value: nothing, or a text; for which keys it is. No id: the
// value is no such lookup, or one of the table's entries is not known.
ValueId equality_of_lookup(ValuePool& pool, ValueId value, ValueId other);
// The value with each lookup in it as what the table holds, under whatever key. The value itself
// where there is none.
ValueId any_entry(ValuePool& pool, ValueId value);

// Each of the table's entries, where the key is its own, if all of them are wanted; what is nothing
// is left out. The table may have others beside. No id: it is no such lookup.
using IsWanted = std::function<bool(ValueId entry)>;
ValueId entries_by_key(ValuePool& pool, ValueId value, const IsWanted& is_wanted);

}  // namespace fnlint
