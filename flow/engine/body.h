// The way into the walk: one function goes in, its summary comes out.
#pragma once

#include "flow/engine/engine.h"

namespace fnlint {

// Walks one function's body into its summary. `given`: the values of its parameters, by position;
// those that are not given are holes, for every caller to put its own in.
BodyResult walk_body(Engine& engine, FunctionRef function, std::span<const ValueId> given = {});
// The value of a parameter's default, as far as it is made of literals and module variables.
ValueId default_value(Engine& engine, FunctionRef function, ExprId fallback);

}  // namespace fnlint
