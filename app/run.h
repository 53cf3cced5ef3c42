#pragma once

#include "app/console.h"
#include "app/exit_code.h"

#include <string>
#include <vector>

namespace fnlint {

// The whole program. `arguments` without its name; returns the exit code. Throws nothing.
int run(const std::vector<std::string>& arguments, Console& console);

}  // namespace fnlint
