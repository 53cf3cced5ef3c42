// `fnlint explain RULE` and `fnlint rules`: the documentation that comes with the program.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

#include <string>

namespace fnlint {

// The page of a rule, by its id or another tool's id for it; of a category or profile, its rules.
int explain_command(const std::string& rule, Console& console);

// The rules that the command line's selectors and profile name, all if it has none, as a table or
// as JSON.
int rules_command(const CommandLine& line, Console& console);

}  // namespace fnlint
