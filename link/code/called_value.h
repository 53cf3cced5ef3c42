// The result of the search for a handler: a value to call, or why there is none.
#pragma once

#include "flow/state/project_object.h"
#include "model/project.h"

#include <string>

namespace fnlint {

// What the runtime calls with each event.
struct HandlerValue {
  ValueId value = {};        // none: not found
  ValueId place = {};        // of the object that the runtime made of the handler's class
  ProjectObject type = {};   // the class that the handler names, where it is a method of one
  ResolutionFailure lack{};  // not found: what is missing ...
  std::string looked_for = {};
  std::string reason = {};  // ... in words
};

}  // namespace fnlint
