#pragma once

#include "flow/engine.h"
#include "link/code.h"

#include <string>

namespace fnlint {

// What the runtime calls with each event.
struct HandlerValue {
  ValueId value = {};  // none: not found
  ValueId place = {};  // of the object that the runtime made of the handler's class
  ProjectObject type = {};  // the class that the handler names, where it is a method of one
  HandlerLack lack{};  // not found: what is missing ...
  std::string looked_for = {};
  std::string reason = {};  // ... in words
};
// Loads what the handler is made of: where a library's class has it, the methods that it calls are
// noted as called later. Asked for once.
HandlerValue handler_value(Engine& engine, const FunctionCode& code);

// The function that calling a handler's value ends in, through wrappers that nobody knows. No id:
// none.
ValueId callable_in(Engine& engine, ValueId value);

}  // namespace fnlint
