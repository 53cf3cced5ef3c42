#pragma once

#include "app/command_line.h"
#include "app/console.h"

#include <string>

namespace fnlint {

// The page of a rule, by its id or another tool's id for it.
int explain_command(const std::string& rule, Console& console);

// All rules, as a table or as JSON.
int rules_command(OutputFormat format, Console& console);

}  // namespace fnlint
