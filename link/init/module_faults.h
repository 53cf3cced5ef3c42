// Faults of a module that follow from the project's own code alone.
#pragma once

#include "link/init/own_code.h"
#include "model/project.h"

#include <vector>

namespace fnlint {

// Something in a module that fails where it is reached, by what the module and other own modules
// say: CodeFault without what the function adds.
struct ModuleFault {
  CodeFault fault = {};  // `where`, `path` and `elsewhere` are empty
  Range where = {};
  ModuleId other = {};  // of `elsewhere`
  Range there = {};
};

// Names that an own module or class does not have, calls of own functions with arguments that they
// do not take, variables that are read without a value. Python; of JavaScript, names that an own
// module does not export. What both give where that is nothing; of all languages, what is asked for
// too late. In the order of their places.
std::vector<ModuleFault> module_faults(OwnCode& own, const Program& program, ModuleId module);

}  // namespace fnlint
