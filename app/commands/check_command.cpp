// Chooses what the options of `check` ask for: a plain or silent check, watching, editing the
// sources, or only listing files or settings.

#include "app/commands/check_command.h"

#include "app/commands/added_suppressions.h"
#include "app/commands/applied_fixes.h"
#include "app/commands/check.h"
#include "app/commands/print_configuration.h"
#include "app/commands/show_files.h"
#include "app/commands/watch_command.h"
#include "app/files/exit_code.h"

#include <ostream>
#include <sstream>
#include <vector>

namespace fnlint {

namespace {

// Says nothing, unless why it could not run.
int check_silently(CommandLine line, const Console& console) {
  std::ostringstream said, printed;
  Console silent{.out = printed,
                 .err = said,
                 .version = console.version,
                 .working_directory = console.working_directory,
                 .variable = console.variable,
                 .clang = console.clang,
                 .in = console.in,
                 .build = console.build};
  line.silent = false;
  const int code = check(line, silent).code;
  if (code == kCouldNotRun) console.err << said.str();
  return code;
}

}  // namespace

int check_command(const CommandLine& line, Console& console) {
  if (line.watch) return watch_command(line, console);
  if (line.print_config || line.show_files || line.add_suppressions) {
    const Result<std::vector<Target>> targets = targets_to_lint(line, console);
    if (!targets) {
      say(console, targets.error());
      return kCouldNotRun;
    }
    if (line.print_config) return print_configurations(targets.value(), line, console);
    if (line.show_files) return show_files(targets.value(), line, console);
    return add_suppressions(targets.value(), line, console);
  }
  if (line.fix) {
    const Result<std::vector<Target>> targets = targets_to_lint(line, console);
    if (!targets) {
      say(console, targets.error());
      return kCouldNotRun;
    }
    if (const int code = apply_fixes(targets.value(), line, console); code != kNothingFound)
      return code;
  }
  CommandLine report = line;
  report.fix = false;
  return line.silent ? check_silently(report, console) : check(report, console).code;
}

}  // namespace fnlint
