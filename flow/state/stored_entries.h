// State inside of module collections: what functions leave there for later invocations to find.
#pragma once

#include "model/summary.h"
#include "values/pool.h"

#include <map>
#include <set>
#include <vector>

namespace fnlint {

// What initialisers put into a collection that another module or a function of their own keeps.
struct Registered {
  ValueId place = {};  // of the collection
  ValueId key = {};    // no id: appended
  ValueId value = {};
  friend bool operator==(const Registered&, const Registered&) = default;
};

// What functions change inside of what a variable holds, by places that begin with the variable.
struct StoredEntries {
  // Entries that are assigned, each with what was stored there as far as that is known.
  std::map<ValueId, std::vector<ValueId>> assigned = {};
  std::set<ValueId> filled = {};  // lists and records that get more, or lose some
  std::vector<Registered> registered = {};
};

// Notes a store inside of the variable `place` begins with; no `value`: it is not known. True: of
// what was noted there is more now.
bool add_stored(ValuePool& pool, ValueId place, ValueId key, ValueId value, StoreKind how,
                StoredEntries& entries);
// Notes what a module puts into a collection while it is loaded, if that is something to be called:
// a function, a class or an object of the project.
bool add_registered(ValuePool& pool, const Registered& entry, StoredEntries& entries);
// What the initialiser leaves in the variable, where each of these entries holds what it began
// with, what was stored, or what is found at its place.
ValueId with_stored(ValuePool& pool, ValueId value, const StoredEntries& entries);

}  // namespace fnlint
