// From arguments to what the user wants, before anything is read.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/environment.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

// The command line, with the environment's variables, as what is to be done.
namespace fnlint {

// What to do: run a command; or only print (help, version); or refuse.
struct Parsed {
  CommandLine line = {};
  std::string print = {};               // to standard output: nothing else is to be done
  std::string error = {};               // a usage error, with a suggestion where one is near
  std::string help = "fnlint --help";   // where that is told
  std::vector<std::string> hints = {};  // to standard error: variables that look mistyped
};

// `arguments` without the program's name. Options that they do not have may be said by variables of
// the environment: FNLINT_FAIL_ON for --fail-on.
Parsed parse_command_line(const std::vector<std::string>& arguments, std::string_view version,
                          const OwnVariables& environment = {});

// Each command with the options that it takes, in the order in which they are told: for those who
// write them down in another form.
void visit_commands(const std::function<void(std::string_view name, const CLI::App&)>& visit);

// The command that a word is like; empty: none.
std::string nearest_command(std::string_view word);

}  // namespace fnlint
