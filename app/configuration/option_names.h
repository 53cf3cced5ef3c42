// Messages about mistyped or misplaced options, and options as variables of the environment.
#pragma once

#include "app/files/environment.h"

#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
}

namespace fnlint {

// What is wrong with an argument that is none, with options that it may have been meant for.
std::string unknown_option(CLI::App& app, const std::string& argument);

// What CLI11 finds wrong with an option's values, in the words of its user.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

// What is wrong with values that CLI11 would take: one of a flag ("--quiet=5"), and an option where
// the one before it needs a value ("--select --quiet"). Empty: nothing is.
std::string misplaced_value(const CLI::App& app, const std::vector<std::string>& arguments);

// The options that variables may say.
std::vector<OptionByVariable> options_by_variable(const CLI::App& app);

}  // namespace fnlint
