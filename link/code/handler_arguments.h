// How the runtime of each language calls a handler, and with which function of an overloaded name.
#pragma once

#include "flow/engine/engine.h"

namespace fnlint {

// Whether the runtime of the language makes an object of a handler's class, once, at init.
bool makes_objects(Language language);

// Of several functions of the handler's name, the one that the runtime takes. No id: no function.
ValueId runtime_choice(Engine& engine, ValueId handler);

// The function that calling a handler's value ends in, through wrappers that nobody knows. No id:
// none.
ValueId callable_in(Engine& engine, ValueId value);

// The function that is called of what a program hands to the runtime: a function, or an object with
// a method for it. No id: none is known.
ValueId entry_function(Engine& engine, ValueId entry);

// What the runtime of its language gives a handler: the event and the context, each where the
// handler's parameters take it.
ValueId handler_arguments(Engine& engine, ValueId handler);

}  // namespace fnlint
