// Sends a command's text to a file or to standard output, and reports what fails.

#include "app/commands/printed_output.h"

#include "app/files/exit_code.h"
#include "app/files/output_file.h"
#include "core/text.h"

#include <ostream>

namespace fnlint {

int print_output(const std::string& text, const CommandLine& line, Console& console) {
  if (line.output_file.empty()) {
    console.out << text;
    return kNothingFound;
  }
  const std::string error =
      write_file(join_path(console.working_directory, line.output_file), text);
  if (error.empty()) return kNothingFound;
  say(console, cat("cannot write ", line.output_file, ": ", error));
  return kCouldNotRun;
}

}  // namespace fnlint
