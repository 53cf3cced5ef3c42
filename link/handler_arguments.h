#pragma once

#include "flow/engine.h"

namespace fnlint {

// What the runtime of its language gives a handler: the event and the context, each where the
// handler's parameters take it.
ValueId handler_arguments(Engine& engine, ValueId handler);

}  // namespace fnlint
