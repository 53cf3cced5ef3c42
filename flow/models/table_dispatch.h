// Dispatch tables: which functions and objects a lookup with an unknown key may come to.
#pragma once

#include "values/pool.h"

namespace fnlint {

// What is called of a table by a key that is not known: each of its entries, where the key is its
// own. No id: it is no such lookup, or not all of the table is understood.

// `HANDLERS[kind](event)`: functions, and classes that are made. `RULES[key].forEach((rule) =>
// rule(value))`: those of the lists that it holds.
ValueId callable_by_key(ValuePool& pool, ValueId callee);
// `HANDLERS[kind].run(event)`: objects and classes of the project, functions, and records with a
// function of that name.
ValueId receiver_by_key(ValuePool& pool, ValueId receiver, ValueId method);

}  // namespace fnlint
