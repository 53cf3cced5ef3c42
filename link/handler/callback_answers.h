// How a handler answers by its callback, and what it still does afterwards.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/code.h"
#include "model/project.h"

#include <span>
#include <vector>

namespace fnlint {

// Where the handler's own code, or a function inside of it, tells its callback that it has
// finished, or the context in its place.
std::vector<CallbackAnswer> answers_by_callback(const Engine& engine,
                                                std::span<const ModuleInfo> modules,
                                                FunctionRef handler);

}  // namespace fnlint
