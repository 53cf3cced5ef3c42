#pragma once

#include "model/project.h"
#include "values/pool.h"

#include <initializer_list>

namespace fnlint {

// Questions that the checks of state ask of what every invocation would find the same.

// Whether all of a value comes from such places, and nothing in it is unknown or an object of the
// project, which may hold anything.
bool is_made_of(const ValuePool& pool, ValueId value, std::initializer_list<Origin> allowed);
// Every invocation of every environment makes the same of it.
bool is_configuration(const ValuePool& pool, ValueId value);
// What a store of secrets and parameters gave, where no request decides over it, or over what any
// is asked for.
bool is_stored_setting(const ValuePool& pool, const LambdaFunction& function,
                       const StateChange& change);
// Entries that every invocation puts in again, and that are the same each time: routes of another
// module, configuration, clients by their names.
bool is_same_again(const ValuePool& pool, const LambdaFunction& function,
                   const StateChange& change);

}  // namespace fnlint
