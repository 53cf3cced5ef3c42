#pragma once

#include "link/handler_value.h"
#include "link/init_modules.h"
#include "link/linked_code.h"

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
