// Loggers as shared state: what one request adds to a logger and the next one's lines still show.
#pragma once

#include "model/project.h"
#include "values/pool.h"

namespace fnlint {

// Of a logger, by what the initialiser has left there or by the method that is called.
bool is_of_logger(const ValuePool& pool, const StateChange& change);

// Keys that a logger takes along until they are removed: each invocation that sets them under a
// condition leaves them to those that do not.
bool is_left_log_key(const ValuePool& pool, const LambdaFunction& function,
                     const StateChange& change);
// A logger with data of the request in its fields that takes another one's place under a condition:
// later requests that do not meet it log with that.
bool is_left_logger(const ValuePool& pool, const LambdaFunction& function,
                    const StateChange& change);

}  // namespace fnlint
