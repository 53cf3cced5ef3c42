// Names, declared types and initial values of the places that changes of state are about.
#pragma once

#include "flow/engine/engine.h"
#include "model/project.h"

#include <cstddef>
#include <string>
#include <vector>

namespace fnlint {

// "history", "Cache.items", "process.env.STAGE": a place as the code names it.
std::string place_name(const Engine& engine, ValueId place, Language language);

// What the initialiser leaves where a change happens: in the variable that the place is a part of,
// in the field of an object or class; what changes in place is asked of the objects that hold it.
// No id: not known. `modules`: how many there are.
ValueId initial_of(Engine& engine, std::size_t modules, ValueId place, StoreKind how);

// The library's object that was put there before, or that an object holds there that was: a field of
// a singleton that its first use made. No id: not known.
ValueId held_since(Engine& engine, const std::vector<StateChange>& changes, ValueId place);

// Whether the module variable is declared to be a client of a library.
bool is_declared_client(Engine& engine, std::size_t modules, ValueId place);
// A part of what a variable holds whose declared type is a library's logger.
bool is_in_declared_logger(Engine& engine, std::size_t modules, ValueId place);

}  // namespace fnlint
