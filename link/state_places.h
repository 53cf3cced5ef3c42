#pragma once

#include "flow/engine.h"

#include <cstddef>
#include <string>

namespace fnlint {

// "history", "Cache.items", "process.env.STAGE": a place as the code names it.
std::string place_name(const Engine& engine, ValueId place);

// What the initialiser leaves where a change happens: in the variable that the place is a part of,
// in the field of an object or class; what changes in place is asked of the objects that hold it.
// No id: not known. `modules`: how many there are.
ValueId initial_of(Engine& engine, std::size_t modules, ValueId place, StoreKind how);

}  // namespace fnlint
