// The outputs of a run: several formats at once, each to a place of its own.
#pragma once

#include "core/result.h"
#include "report/formats.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// One way in which a run is printed.
struct Output {
  const Format* format = nullptr;  // null: none is named
  std::string file = {};           // empty: standard output, as is "-" before it is checked
};

// The next --output-format or --output-file of a command line: a file belongs to the format before
// it, or, where that has one already, to the format behind it.
std::string add_format(std::vector<Output>& outputs, std::string_view name);  // returns an error
void add_file(std::vector<Output>& outputs, std::string_view file);

// As they are to be printed: at least one, and no two of them to the same place. Where it is one,
// it may still name no format.
Result<std::vector<Output>> checked_outputs(std::vector<Output> outputs,
                                            const std::string& working_directory);

// Why no format has that name, with those that there are; empty: one has.
std::string format_error(std::string_view name);

// The formats and what they are for, as a section of the help.
std::string formats_help();

}  // namespace fnlint
