// The proof behind a finding, for users who doubt it.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

namespace fnlint {

// `explain --finding FINGERPRINT [PATH]`: the finding, and why it is one: of a loop each edge with
// what was asked on the way along it.
int explain_finding_command(const CommandLine& line, Console& console);

}  // namespace fnlint
