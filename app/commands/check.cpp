// One check from the command line to its exit code: finds the targets, lints each, merges the
// reports, prints them, and adds hints, timings and the log.

#include "app/commands/check.h"

#include "app/commands/baseline_command.h"
#include "app/commands/command_parser.h"
#include "app/commands/report_output.h"
#include "app/configuration/outputs.h"
#include "app/configuration/targets.h"
#include "app/files/day.h"
#include "app/files/discovery.h"
#include "app/files/disk_file_system.h"
#include "app/files/exit_code.h"
#include "app/files/output_file.h"
#include "app/files/paths.h"
#include "app/files/progress.h"
#include "app/run/aside_hint.h"
#include "app/run/linter.h"
#include "app/run/merged_report.h"
#include "app/run/project_run.h"
#include "core/limits.h"
#include "core/text.h"
#include "report/report.h"
#include "report/words.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <istream>
#include <optional>
#include <ostream>
#include <sstream>
#include <system_error>

namespace fnlint {

namespace {

void print_timings(const std::vector<ProjectRun>& runs, Console& console) {
  Timings all;
  for (const ProjectRun& each : runs)
    for (const StageTime& row : each.run.timings.rows()) all.add(row.name, row.milliseconds);
  for (const StageTime& row : all.rows())
    console.err << fmt::format("{:9.2f} ms  {}\n", row.milliseconds, row.name);
}

void print_progress(const ProjectRun& project, Console& console) {
  std::string listed;
  for (const std::string& path : project.configuration_paths)
    listed += cat(listed.empty() ? "" : ", ", path);
  say(console,
      cat("root ", project.target.root, ", configuration ", listed.empty() ? "none" : listed));
  for (const std::string& folder : project.run.folders)
    say(console, cat("searched ", folder.empty() ? "." : folder, ": ",
                     counted(project.run.templates, "template"), " among ",
                     counted(project.run.looked_at, "file")));
  if (!project.cache.empty()) say(console, cat("cache: ", project.cache));
}

// Where nothing was found in the folders that were named, the nearest project above one of them:
// within its root, else within the working directory.
std::string project_above_all(const std::vector<ProjectRun>& runs,
                              const std::string& working_directory) {
  for (const ProjectRun& each : runs)
    for (const std::string& folder : each.target.folders) {
      const std::string full = join_path(each.target.root, folder);
      const std::string& top = folder.empty() ? working_directory : each.target.root;
      if (full == top || !is_below(full, top)) continue;
      const DiskFileSystem disk(top);
      const auto found = project_above(disk, folder_of(relative_path(full, top)));
      if (!found) continue;
      const std::string shown = relative_path(join_path(top, *found), working_directory);
      return shown.empty() ? "." : shown;
    }
  return {};
}

// Nothing at all was found to look at: said once, so that a wrong path does not pass for a clean
// project.
void say_if_nothing(const std::vector<ProjectRun>& runs, const CommandLine& line,
                    Console& console) {
  std::size_t looked_at = 0, by_form = 0;
  if (std::ranges::any_of(runs, &ProjectRun::is_left_out))
    return say(console,
               "nothing to lint: the current folder is left out by .fnlintignore or 'exclude'; "
               "'fnlint .' lints it nonetheless");
  for (const ProjectRun& each : runs) by_form += each.run.handlers_of_code;
  if (by_form > 0)
    return say(console, cat("no template names a function: ", counted(by_form, "handler"),
                            " found in the code by ", by_form == 1 ? "its form" : "their form",
                            "; what only a template says is not known"));
  for (const ProjectRun& each : runs) {
    if (each.run.templates + each.run.problems.size() > 0) return;
    looked_at += each.run.looked_at;
  }
  const std::string above = project_above_all(runs, console.working_directory);
  std::string where;
  for (const std::string& path : line.paths) where += cat(where.empty() ? "" : ", ", path);
  if (line.paths.size() > 3) where = cat(line.paths.size(), " paths");
  say(console, cat("nothing to lint: no template of Lambda functions in ",
                   !line.stdin_filename.empty() ? line.stdin_filename
                   : where.empty()              ? "."
                                                : where,
                   " (", counted(looked_at, "file"), " searched)",
                   above.empty() ? "" : cat("; there is one in ", above)));
}

// A parameter that no template has changes nothing: it may be mistyped.
void say_unknown_parameters(const std::vector<ProjectRun>& runs, const CommandLine& line,
                            Console& console) {
  std::vector<std::string_view> known;
  for (const ProjectRun& each : runs) {
    if (each.run.takes_any_parameter) return;
    known.insert(known.end(), each.run.parameters.begin(), each.run.parameters.end());
  }
  for (const auto& [name, value] : line.parameters) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const std::string_view close = nearest(name, known);
    say(console, cat("no template has a parameter '", name, '\'',
                     close.empty() ? std::string() : cat("; did you mean '", close, "'?")));
  }
}

// The first word of a command line that names no command is a path; where nothing is there it may
// have been meant for a command.
std::string error_of_paths(const std::string& error, const CommandLine& line,
                           const std::string& working_directory) {
  if (line.names_command || line.paths.empty()) return error;
  const std::string& word = line.paths.front();
  const bool may_be_command = !word.empty() && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || c == '-';
  });
  std::error_code none;
  if (!may_be_command || std::filesystem::exists(join_path(working_directory, word), none))
    return error;
  const std::string command = nearest_command(word);
  if (command == word) return cat("options go after the command: fnlint ", word, " ...");
  return command.empty() ? cat(error, "\nthere is no command '", word, "' either: fnlint --help")
                         : cat("unknown command '", word, "'; did you mean '", command, "'?");
}

// No file that is read may be larger.
Result<std::string> all_of_input(const Console& console) {
  std::string text, part(64U << 10U, '\0');
  if (console.in == nullptr) return Error{"there is no standard input"};
  while (console.in->good() && text.size() <= kPlanBytes) {
    console.in->read(part.data(), static_cast<std::streamsize>(part.size()));
    text.append(part, 0, static_cast<std::size_t>(console.in->gcount()));
  }
  if (console.in->bad()) return Error{"standard input cannot be read"};
  if (text.size() > kPlanBytes)
    return Error{cat("standard input is larger than ", size_words(kPlanBytes))};
  return text;
}

// What standard input has, as a file of that name.
Result<std::vector<Target>> target_of_input(const CommandLine& line, const Console& console) {
  Result<std::string> text = all_of_input(console);
  if (!text) return Error{text.error()};
  Result<Target> target =
      target_of_text(line.stdin_filename, std::move(text.value()), console.working_directory);
  if (!target) return Error{cat("--stdin-filename: ", target.error())};
  return std::vector<Target>{std::move(target.value())};
}

// Where the command line names no format, the configuration may: of several the first that does.
void name_format(std::vector<Output>& outputs, const std::vector<ProjectRun>& runs) {
  const auto named = std::ranges::find_if(
      runs, [](const ProjectRun& each) { return each.output_format != nullptr; });
  const Format* const format = named == runs.end() ? &formats().front() : named->output_format;
  for (Output& output : outputs)
    if (output.format == nullptr) output.format = format;
}

// A line for whoever waits at a terminal; a log, or whoever asks for no control codes, has none.
Progress::Write progress_line(const CommandLine& line, const Console& console) {
  const std::string terminal = console.variable("TERM");
  const bool is_shown = console.err_is_terminal && !line.quiet && !line.silent &&
                        terminal != "dumb" && console.variable("NO_COLOR").empty() &&
                        !is_in_ci(console);
  if (!is_shown) return {};
  return [&console](std::string_view text) { console.err << text << std::flush; };
}

Workspace* workspace_of(const Target& target, Workspaces* workspaces) {
  if (workspaces == nullptr) return nullptr;
  const auto found = workspaces->find(target.root);
  return found == workspaces->end() ? nullptr : &found->second;
}

// Each target's run, of which nothing is printed yet.
Checked run_all(std::span<const Target> targets, const CommandLine& line, Console& console,
                Workspaces* workspaces) {
  Checked checked;
  for (const Target& target : targets) {
    Result<ProjectRun> run = [&] {
      Progress progress(progress_line(line, console), console.columns);
      console.progress = &progress;
      Workspace* const workspace = workspace_of(target, workspaces);
      Result<ProjectRun> done = run_project(target, targets, line, console, {}, workspace);
      console.progress = nullptr;
      return done;
    }();
    if (!run) {
      say(console, run.error());
      return {};
    }
    if (run.value().run.cancelled) return {.cancelled = true};
    checked.runs.push_back(std::move(run.value()));
    if (line.verbose) print_progress(checked.runs.back(), console);
  }
  return checked;
}

// Of all projects together: --max-warnings takes the place of the level of a warning.
bool has_too_many_warnings(const Report& report, const CommandLine& line, Console& console) {
  if (!line.max_warnings) return false;
  const std::size_t warnings = count_of(report, Severity::Warning);
  if (warnings <= *line.max_warnings) return false;
  if (!line.quiet)
    say(console, cat(counted(warnings, "warning"), ": more than --max-warnings ",
                     *line.max_warnings, " allows"));
  return true;
}

// What --verbose and --timing print, for --log-file. Returns what is wrong with the file.
std::string write_log(const std::vector<ProjectRun>& runs, const CommandLine& line,
                      const Console& console) {
  if (line.log_file.empty()) return {};
  std::ostringstream text;
  Console log{.out = text, .err = text, .working_directory = console.working_directory};
  for (const ProjectRun& each : runs) print_progress(each, log);
  print_timings(runs, log);
  const std::string error =
      write_file(join_path(console.working_directory, line.log_file), text.str());
  return error.empty() ? error : cat("cannot write ", line.log_file, ": ", error);
}

// Everything but what is wrong with the call itself.
int report_of(const std::vector<ProjectRun>& runs, std::vector<Output> outputs,
              const CommandLine& line, Console& console) {
  name_format(outputs, runs);
  Report report = merged_report(runs, line, console.working_directory);
  report.version = console.version;
  if (!line.quiet) say_if_nothing(runs, line, console);
  say_unknown_parameters(runs, line, console);
  if (line.timing) print_timings(runs, console);
  tell_what_is_known(runs, line, console);
  if (const int failed = print_report(report, outputs, line, console); failed != kNothingFound)
    return failed;
  if (const std::string error = write_log(runs, line, console); !error.empty()) {
    say(console, error);
    return kCouldNotRun;
  }
  if (const std::string hint = aside_hint(runs); !hint.empty() && !line.quiet) say(console, hint);
  const bool has_too_many = has_too_many_warnings(report, line, console);
  const bool fails = has_too_many || std::ranges::any_of(runs, &ProjectRun::fails);
  return fails && !line.exit_zero ? kFindings : kNothingFound;
}

}  // namespace

Result<std::vector<Target>> targets_to_lint(const CommandLine& line, const Console& console) {
  if (!line.stdin_filename.empty()) return target_of_input(line, console);
  if (line.only_named && line.paths.empty())
    return Error{"--only-named needs the files and folders to be named"};
  Result<std::vector<Target>> targets = targets_of(line.paths, console.working_directory);
  if (!targets) return Error{error_of_paths(targets.error(), line, console.working_directory)};
  // One root's findings would be met by another's, or taken for fixed there.
  if (!line.baseline.empty() && targets.value().size() > 1)
    return Error{"--baseline covers one project, but the paths belong to several roots"};
  if (line.only_named)
    for (Target& target : targets.value()) target = told_of_named(std::move(target));
  return targets;
}

Checked check(const CommandLine& line, Console& console, Workspaces* workspaces) {
  Checked checked;
  Result<std::vector<Output>> outputs = checked_outputs(line.outputs, console.working_directory);
  if (!outputs) {
    say(console, outputs.error());
    return checked;
  }
  Result<std::vector<Target>> targets = targets_to_lint(line, console);
  if (!targets) {
    say(console, targets.error());
    return checked;
  }
  checked = run_all(targets.value(), line, console, workspaces);
  if (checked.runs.size() < targets.value().size()) return checked;
  checked.code = report_of(checked.runs, std::move(outputs.value()), line, console);
  return checked;
}

}  // namespace fnlint
