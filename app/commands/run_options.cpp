// Declares the options about threads, caches, watching, fixing and standard input, and refuses
// combinations that make no sense.

#include "app/commands/run_options.h"

#include "app/configuration/option_kinds.h"
#include "app/files/day.h"
#include "app/suppressions/suppressions.h"
#include "core/text.h"
#include "report/template.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace fnlint {

namespace {

template <class Target>
void add_number(CLI::App& app, const std::string& option, Target& target, std::size_t least,
                const std::string& help) {
  app.add_option_function<std::string>(
         option,
         [option, least, &target](const std::string& text) {
           std::size_t number = 0;
           const char* const end = text.data() + text.size();
           const auto [stop, error] = std::from_chars(text.data(), end, number);
           if (error != std::errc{} || stop != end || number < least)
             throw CLI::ValidationError(
                 option, cat("must be a whole number of at least ", least, ", not '", text, '\''));
           target = number;
         },
         help)
      ->type_name("N")
      ->take_last();
}

// A template is for one format, which it chooses where none is named.
std::string settle_template(CommandLine& line) {
  if (line.line_template.empty()) return {};
  if (const std::string error = template_error(line.line_template); !error.empty())
    return cat("--output-template: ", error);
  const Format* const format = find_format("template");
  if (line.outputs.empty()) line.outputs.emplace_back();
  if (line.outputs.size() == 1 && line.outputs[0].format == nullptr)
    line.outputs[0].format = format;
  return std::ranges::find(line.outputs, format, &Output::format) == line.outputs.end()
             ? "--output-template is for --output-format template, and another is named"
             : "";
}

std::string settle_watch(const CommandLine& line) {
  if (!line.watch) return {};
  if (!line.stdin_filename.empty()) return "--watch waits for files, and - is standard input";
  if (line.print_config || line.show_files)
    return "--watch lints again and again; --print-config and --show-files are done once";
  if (line.silent) return "--watch tells what changes, and --silent nothing";
  if (line.staged) return "--watch waits for files on the disk, and --staged lints what git has";
  return {};
}

std::string settle_suppressions(const CommandLine& line) {
  if (!line.add_suppressions)
    return line.reason.empty() ? "" : "--reason is what --add-suppressions writes";
  if (!line.stdin_filename.empty() || line.staged)
    return "--add-suppressions writes files on the disk, and others are linted";
  if (line.watch) return "--add-suppressions is done once, and --watch goes on";
  if (!line.outputs.empty()) return "--add-suppressions prints no report";
  if (const std::optional<Day> last = last_day(line.reason);
      last && *last < line.today.value_or(today()))
    return cat("--reason: ", date_of(*last), " has passed, so nothing would be suppressed");
  return {};
}

std::string settle_fixes(const CommandLine& line) {
  if (!line.fix) return line.unsafe_fixes ? "--unsafe-fixes says which fixes --fix makes" : "";
  if (!line.stdin_filename.empty() || line.staged)
    return "--fix writes files on the disk, and others are linted";
  if (line.watch) return "--fix is done once, and --watch goes on";
  if (line.add_suppressions) return "--fix settles findings, and --add-suppressions silences them";
  return {};
}

// "-" is standard input, which needs the name of the file that it is.
std::string settle_input(CommandLine& line) {
  const bool names_input = std::ranges::find(line.paths, "-") != line.paths.end();
  if (!names_input && line.stdin_filename.empty()) return {};
  if (line.stdin_filename.empty())
    return "- is standard input; --stdin-filename PATH says which file that is";
  if (line.paths.size() > std::size_t{names_input})
    return "standard input is linted alone: no other path can be named with it";
  if (line.staged) return "--staged lints what is staged, and - what standard input has";
  line.paths.clear();
  return {};
}

}  // namespace

void add_run_options(CLI::App& app, CommandLine& line) {
  add_number(app, "--max-warnings", line.max_warnings, 0,
             "give exit code 1 for warnings only if there are more than N");
  add_number(app, "--max-findings", line.max_findings, 0,
             "report only the N worst findings; all count for the exit code");
  add_text(app, "--output-template", line.line_template, "TEXT",
           "one line per finding, such as '{path}:{line}: {message}'");
  app.add_flag("-s,--silent", line.silent, "print nothing; only give the exit code");
  add_text(app, "--log-file", line.log_file, "FILE",
           "write what is linted, and the time of each stage, to this file");
  add_number(app, "--threads", line.threads, 1,
             "use at most N threads; by default one per processor");
  app.add_flag("--no-cache", line.no_cache,
               "do not use what earlier runs have found, and keep nothing");
  add_text(app, "--cache-dir", line.cache_dir, "PATH",
           "keep what is found in this folder; by default in the user's cache folder");
  app.add_flag("--fix", line.fix,
               "make the fixes that change nothing but what they are for, and report what is left");
  app.add_flag("--unsafe-fixes", line.unsafe_fixes,
               "with --fix: make those as well whose effect somebody should look at");
  app.add_flag("--add-suppressions", line.add_suppressions,
               "write a suppression comment beside each finding, and print no report");
  add_text(app, "--reason", line.reason, "TEXT",
           "with --add-suppressions: the reason in the comments");
  app.add_flag("--watch", line.watch,
               "lint again whenever a file changes, and print what is new; Ctrl-C ends it");
  add_text(app, "--stdin-filename", line.stdin_filename, "PATH",
           "with - as PATH: lint standard input as this file of its project");
}

std::string settle_run_options(CommandLine& line) {
  if (line.silent && line.verbose) return "--silent prints nothing, and --verbose more";
  for (const std::string& error : {settle_input(line), settle_template(line), settle_watch(line),
                                   settle_suppressions(line), settle_fixes(line)})
    if (!error.empty()) return error;
  return {};
}

}  // namespace fnlint
