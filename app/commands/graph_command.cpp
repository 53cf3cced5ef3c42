// Runs the linter for its model alone, and prints the event graph in the format that is asked for.

#include "app/commands/graph_command.h"

#include "app/commands/printed_output.h"
#include "app/configuration/targets.h"
#include "app/files/exit_code.h"
#include "app/files/output_file.h"
#include "app/pictures/graph_picture.h"
#include "app/pictures/model_json.h"
#include "app/run/linter.h"
#include "app/run/project_run.h"
#include "core/text.h"
#include "report/graph.h"
#include "report/words.h"

namespace fnlint {

namespace {

std::string written(const GraphPicture& picture, GraphFormat format) {
  switch (format) {
    case GraphFormat::Dot: return dot_graph(picture);
    case GraphFormat::Mermaid: return mermaid_graph(picture);
    case GraphFormat::Html: return html_graph(picture);
  }
  return {};
}

}  // namespace

int graph_command(const CommandLine& line, Console& console) {
  const Result<std::vector<Target>> targets = targets_of(line.paths, console.working_directory);
  if (!targets || targets.value().size() > 1) {
    say(console, targets ? "graph draws one project, but the paths belong to several roots"
                         : targets.error());
    return kCouldNotRun;
  }
  GraphPicture picture;
  const Inspect paint = [&](const LinkedModel& model) { picture = graph_picture(model); };
  const Result<ProjectRun> run =
      run_project(targets.value().front(), targets.value(), line, console, paint);
  if (!run) {
    say(console, run.error());
    return kCouldNotRun;
  }
  picture.title = cat(counted(run.value().run.functions, "function"), ", ",
                      counted(picture.edges.size(), "connection"));
  picture.base =
      way_from(line.output_file, targets.value().front().root, console.working_directory);
  const SourceFiles& files = run.value().run.files;
  add_findings(
      run.value().findings, [&files](FileId file) { return std::string(files.path(file)); },
      picture);
  return print_output(written(picture, line.graph_format), line, console);
}

}  // namespace fnlint
