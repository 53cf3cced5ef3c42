// What a call gives, by the parameters of a function of the project.
#pragma once

#include "flow/engine/engine.h"

#include <cstddef>

namespace fnlint {

// What the parameter at that position gets of the arguments, or of its default.
ValueId bound_parameter(Engine& engine, FunctionRef function, std::size_t position,
                        ValueId arguments);
// A partial application: what was bound comes before the call's own arguments, or in the place of
// some.
CallInput with_bound(ValuePool& pool, const CallInput& invocation);
// A function with the first argument for its receiver, and the others in their places before it.
CallInput with_first_as_receiver(ValuePool& pool, const CallInput& invocation, ValueId function);
// `f.apply(object, [a, b])`.
CallInput with_receiver_and_list(ValuePool& pool, const CallInput& invocation, ValueId function);
// The others, each in the place before its own.
ValueId without_first(ValuePool& pool, ValueId arguments);
// `Base.__init__(self, name)`, `jobs.filter(Job::isOpen)`: a method that is read of its class takes
// its object as the first argument. So does one that a decorator was given: `func(*args)`, where `args` begin with `self`.
// What the decorator has made of it is a function that stands in the class, and gets it so.
CallInput with_given_receiver(ValuePool& pool, const Program& program, const CallInput& given);

}  // namespace fnlint
