// `fnlint policy`: least privilege, derived from code and templates.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

namespace fnlint {

// `policy [FUNCTION] [PATH]`: the least policy of functions' roles on standard output; why, and
// what is not known, beside it.
int policy_command(const CommandLine& line, Console& console);

}  // namespace fnlint
