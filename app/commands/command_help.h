// Descriptions of commands, for the help and for what is generated from it.
#pragma once

#include "app/configuration/command_line.h"

#include <string>
#include <string_view>

namespace fnlint {

// What a command does, in a sentence.
std::string description(Command command);

// The commands, examples and exit codes: the part of the help that is about no option.
std::string_view command_help();

}  // namespace fnlint
