// `fnlint test-rules`: unit tests for a project's own policies.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

namespace fnlint {

// Runs the tests that the project's own rules have beside them: of each the rule alone, over its
// template alone. 1: one of them is not as it should be.
int test_rules_command(const CommandLine& line, Console& console);

}  // namespace fnlint
