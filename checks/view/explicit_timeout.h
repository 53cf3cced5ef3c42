// Durations that code gives to calls, in milliseconds whatever unit the library takes.
#pragma once

#include "tables/models.h"
#include "values/pool.h"

#include <optional>
#include <string>

namespace fnlint {

// How long the code says that a call may wait, in milliseconds: by `timeout` of its library's row.
// Nothing: it does not say so, or not in a number that is known.
std::optional<double> explicit_timeout(const ValuePool& pool, const LibraryModel& row,
                                       ValueId arguments, ValueId object);

// How long a call waits of which it is certain that the code says nothing of it: what the library
// does by itself.
std::optional<double> default_wait(const ValuePool& pool, const LibraryModel& row,
                                   ValueId arguments, ValueId object);

// As explicit_timeout, how long what it gives is good: by `lifetime`.
std::optional<double> told_lifetime(const ValuePool& pool, const LibraryModel& row,
                                    ValueId arguments, ValueId object);

// "30 s", "1.5 s".
std::string seconds_of(double milliseconds);

}  // namespace fnlint
