// What the linter believes about a function, so that users can check it.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

namespace fnlint {

// `explain --function NAME [PATH]`: everything that is known of one function, and what its cold
// starts pay for, the costliest first.
int explain_function_command(const CommandLine& line, Console& console);

}  // namespace fnlint
