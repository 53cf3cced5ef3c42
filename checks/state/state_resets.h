#pragma once

#include "model/project.h"
#include "values/pool.h"

namespace fnlint {

// Questions that the checks of state ask of what a change finds and of what it leaves behind.

// Set anew, to nothing of the request, before anything else happens to it: itself, or what it is a
// part of.
bool is_reset_first(const ValuePool& pool, const LambdaFunction& function,
                    const StateChange& change);
// A buffer that each run fills and flushes: only one that fails between leaves something in it.
bool is_emptied_after(const ValuePool& pool, const LambdaFunction& function,
                      const StateChange& change);
// On every way but those on which a call gave an error: where errors are values, these end there.
bool is_unconditional(const ValuePool& pool, const StateChange& change);
// A part of what this invocation has put there before: what is told of that holds of its parts.
bool is_part_of_new(const ValuePool& pool, const LambdaFunction& function,
                    const StateChange& change);
// `for kind in KINDS: found[kind] = ...`: each run may put all of them, before it reads any.
bool puts_each_of_a_few(const ValuePool& pool, const StateChange& change);
// Given another value by every invocation, before anything that it does depends on what was there.
bool is_replaced_first(const ValuePool& pool, const LambdaFunction& function,
                       const StateChange& change);
// Kept with the request's own key, which is asked for before: only who has the same key finds it.
bool is_kept_under_own_key(const ValuePool& pool, const LambdaFunction& function,
                           const StateChange& change);
// What begins with nothing is given back to it at last, however the invocation ends: the next one
// finds what the first one did.
bool is_given_back_at_last(const ValuePool& pool, const LambdaFunction& function,
                           const StateChange& change);
// Set to something that is no request's, once the work is done.
bool is_put_back(const ValuePool& pool, const LambdaFunction& function, const StateChange& change);
// Emptied, where other changes fill it: those are what is told.
bool is_emptying(const ValuePool& pool, const LambdaFunction& function, const StateChange& change);
// What an application's hooks put there before each event: the same each time, unless it grows.
bool is_put_by_hook(const ValuePool& pool, const LambdaFunction& function,
                    const StateChange& change);

}  // namespace fnlint
