// `fnlint graph`.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

namespace fnlint {

// `graph [PATH]`: what sends events to what, as DOT, Mermaid or a page. Returns the exit code.
int graph_command(const CommandLine& line, Console& console);

}  // namespace fnlint
