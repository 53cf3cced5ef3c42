// What all units of this room are given to work with.
#pragma once

#include "flow/engine/engine.h"
#include "link/effects/function_scope.h"
#include "link/handler/run_environment.h"
#include "model/project.h"

#include <span>

namespace fnlint {

// What one function's code is run in, and the function that is filled by it. Rows of `modules` give
// the places.
struct HandlerContext {
  Engine& engine;
  FunctionScope& scope;
  RunEnvironment& environment;
  std::span<const ModuleInfo> modules;
  const Stacks& stacks;
  LambdaFunction& function;
};

}  // namespace fnlint
