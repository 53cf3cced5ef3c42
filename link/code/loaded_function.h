// What the rooms after this one are given of a function's code.
#pragma once

#include "link/code/handler_value.h"
#include "link/code/init_modules.h"
#include "link/code/linked_code.h"

#include <set>
#include <string>
#include <vector>

namespace fnlint {

// A function's code as the environment has it before the first event.
struct LoadedFunction {
  const FunctionCode* code = nullptr;
  HandlerValue handler = {};                // of code that was found
  std::vector<LoadedModule> modules = {};  // likewise
  // Names in its module that handlers of functions have, its own among them.
  const std::set<std::string>* handlers = nullptr;
};

}  // namespace fnlint
