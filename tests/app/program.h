// Runs the program in a folder of its own, and keeps what it prints.
#pragma once

#include "app/commands/run.h"
#include "tests/app/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace fnlint::test {

// A template with an unused suppression: a finding that needs no check.
inline const std::string kFound =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties:\n"
    "      Handler: index.handler\n"
    "      Runtime: python3.12 # fnlint: ignore[no-such-rule]\n"
    "      InlineCode: 'def handler(event, context): pass'\n";
inline const std::string kClean =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {Handler: index.handler, Runtime: python3.12, InlineCode: 'def handler(e, c): "
    "1'}\n";
inline const std::string kBroken = kClean + "  G: [\n";

// The program, run in a folder.
class Program {
 public:
  int operator()(const std::vector<std::string>& arguments) {
    out.str({});
    err.str({});
    Console console{
        out,      err,
        "1.2.3",  folder.path(),
        terminal, [this](std::string_view name) { return variables[std::string(name)]; }};
    console.columns = columns;
    std::istringstream text(input);
    console.in = &text;
    console.err_is_terminal = err_is_terminal;
    console.build = build;
    for (const auto& [name, value] : variables)
      if (name.starts_with("FNLINT_")) console.own_variables[name] = value;
    if (!directory.empty()) console.working_directory = folder.path(directory);
    return run(arguments, console);
  }
  [[nodiscard]] nlohmann::json parsed() const { return nlohmann::json::parse(out.str()); }

  TemporaryFolder folder;
  std::string directory = {};  // to run in, below the folder
  std::ostringstream out = {}, err = {};
  std::map<std::string, std::string> variables = {};
  bool terminal = false, err_is_terminal = false;
  std::size_t columns = 0;
  std::string build = {};  // empty: no run is kept
  std::string input = {};  // standard input
};

}  // namespace fnlint::test
