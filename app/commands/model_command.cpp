// Runs the linter for its model alone, and prints what the chosen stage has made.

#include "app/commands/model_command.h"

#include "app/configuration/targets.h"
#include "app/files/exit_code.h"
#include "app/pictures/model_json.h"
#include "app/run/linter.h"
#include "app/run/project_run.h"

#include <ostream>

namespace fnlint {

int model_command(const CommandLine& line, Console& console) {
  const Result<std::vector<Target>> targets = targets_of(line.paths, console.working_directory);
  if (!targets) {
    say(console, targets.error());
    return kCouldNotRun;
  }
  if (targets.value().size() > 1) {
    say(console, "model prints one project, but the paths belong to several roots");
    return kCouldNotRun;
  }
  const Inspect print = [&](const LinkedModel& model) {
    console.out << model_json(model, line.stage);
  };
  const Result<ProjectRun> run =
      run_project(targets.value().front(), targets.value(), line, console, print);
  if (run) return kNothingFound;
  say(console, run.error());
  return kCouldNotRun;
}

}  // namespace fnlint
