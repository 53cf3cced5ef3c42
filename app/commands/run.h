// The program as a function, which `main` and the tests call.
#pragma once

#include "app/files/console.h"
#include "app/files/exit_code.h"

#include <string>
#include <vector>

namespace fnlint {

// The whole program. `arguments` without its name; returns the exit code. Throws nothing.
int run(const std::vector<std::string>& arguments, Console& console);

}  // namespace fnlint
