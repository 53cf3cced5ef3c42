// The help's texts that no option brings along.

#include "app/commands/command_help.h"

namespace fnlint {

namespace {

constexpr std::string_view kIntroduction =
    "Lints AWS Lambda projects: handler code, templates and packages together.";

constexpr std::string_view kCommandHelp = R"(Commands:
  check [PATH...]             lint; the default
  explain RULE                print the page of a rule, or list the rules of a category
  explain --function NAME     print what is known about a function, and what its init costs
  explain --finding PRINT     print how a finding came about; -v shows its fingerprint
  graph [PATH...]             draw which resources send events where: DOT, Mermaid or one HTML page
  policy [FUNCTION]           print the least policy that a function's role needs, and why
  baseline [PATH...]          write the current findings to a file, for --baseline
  init [PATH]                 write a first configuration, or translate another tool's
  rules [RULE...]             list the rules
  model [PATH...]             print what is known about the functions, as JSON
  completions SHELL           print a script for bash, zsh or fish that completes commands and options
  schema [SCHEMA]             print a JSON schema for editors: of .fnlint.yaml, or of rules
  test-rules [PATH...]        run the tests of the project's own rules
  help [COMMAND]              print this help, or that of a command
  version                     print the version

Examples:
  fnlint                                         lint the current folder
  fnlint --select ALL --show-unresolved infra/   all rules, and what could not be read
  fnlint --output-format text --output-format sarif --output-file fnlint.sarif
  fnlint explain loop-s3-recursion

Each option may also be said by a variable of the environment, FNLINT_FAIL_ON for --fail-on: below the
command line and above .fnlint.yaml. A flag's is true or false; what may be given again has a value a line.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run.

)";

}  // namespace

std::string description(Command command) {
  switch (command) {
    case Command::Check: return std::string(kIntroduction);
    case Command::Explain: return "Prints the page of a rule, of a function, or of a finding.";
    case Command::Graph: return "Draws which resources send events where.";
    case Command::Policy:
      return "Prints the least policy that the roles of functions need, from code and templates.";
    case Command::Rules: return "Lists the rules.";
    case Command::Model: return "Prints what is known about the functions, as JSON.";
    case Command::Schema:
      return "Prints a JSON schema: of .fnlint.yaml, of rules in .fnlint/rules/, or the names that policies have.";
    case Command::TestRules: return "Runs the tests that stand beside the project's own rules.";
    case Command::Init: return "Writes a first configuration for the project.";
    case Command::Completions: return "Prints a script that completes commands, options and rules.";
    case Command::Baseline: return "Writes the current findings to a file, for --baseline.";
  }
  return {};
}

std::string_view command_help() { return kCommandHelp; }

}  // namespace fnlint
