#include "app/report_output.h"

#include "app/output_file.h"
#include "app/run.h"
#include "core/text.h"

#include <algorithm>
#include <ostream>

namespace fnlint {

namespace {

bool wants_color(const CommandLine& line, bool is_file, const Console& console) {
  if (line.color != ColorMode::Auto) return line.color == ColorMode::Always;
  if (is_file) return false;
  const std::string forced = console.variable("FORCE_COLOR");
  if (!forced.empty()) return forced != "0";
  if (!console.variable("NO_COLOR").empty()) return false;
  return console.out_is_terminal && console.variable("TERM") != "dumb";
}

// What says that a terminal opens links, beside being one: a variable, and how its value begins.
struct Terminal {
  std::string_view variable = {}, value = {};
};
constexpr Terminal kTerminalsWithLinks[] = {{"TERM_PROGRAM", "iTerm"},  {"TERM_PROGRAM", "WezTerm"},
                                            {"TERM_PROGRAM", "vscode"}, {"TERM_PROGRAM", "ghostty"},
                                            {"TERM_PROGRAM", "Hyper"},  {"TERM", "xterm-kitty"},
                                            {"TERM", "alacritty"},      {"TERM", "foot"},
                                            {"VTE_VERSION", ""},        {"WT_SESSION", ""},
                                            {"KONSOLE_VERSION", ""},    {"DOMTERM", ""}};

bool opens_links(const Console& console) {
  const std::string forced = console.variable("FORCE_HYPERLINK");
  if (!forced.empty()) return forced != "0";
  const std::string kind = console.variable("TERM");
  if (kind == "dumb" || kind.starts_with("screen") || kind.starts_with("tmux")) return false;
  return std::ranges::any_of(kTerminalsWithLinks, [&](const Terminal& row) {
    const std::string value = console.variable(row.variable);
    return !value.empty() && value.starts_with(row.value);
  });
}

// Lines are broken, and links made, for a person at a terminal alone: what is piped on stays one
// line a finding.
TextStyle style_of(const CommandLine& line, bool is_file, const Console& console) {
  const bool is_read_there = console.out_is_terminal && !is_file;
  const bool color = wants_color(line, is_file, console);
  return {.color = color,
          .quiet = line.quiet,
          .fingerprints = line.verbose,
          .links = is_read_there && color && opens_links(console),
          .columns = is_read_there ? console.columns : 0};
}

bool all_tell(const std::vector<Output>& outputs, bool Format::* what) {
  return std::ranges::all_of(outputs,
                             [what](const Output& output) { return output.format->*what; });
}

// What readers of one of the outputs would not learn from it.
void say_the_rest(const Report& report, const std::vector<Output>& outputs, Console& console) {
  constexpr std::size_t kShownByGitHub = 5000;
  if (!all_tell(outputs, &Format::tells_problems)) console.err << text_problems(report, {});
  if (const std::string words = unread_words(report);
      !words.empty() && !all_tell(outputs, &Format::tells_unread))
    say(console, words);
  const bool counts = std::ranges::any_of(
      outputs, [](const Output& output) { return output.format->tells_statistics; });
  if (report.show_statistics && !counts) say(console, "--statistics counts in text and JSON alone");
  const bool is_uploaded = std::ranges::any_of(
      outputs, [](const Output& output) { return output.format->name == "sarif"; });
  if (is_uploaded && report.findings.size() > kShownByGitHub)
    say(console,
        cat(report.findings.size(), " findings: code scanning shows the first ", kShownByGitHub));
}

}  // namespace

int print_report(const Report& report, const std::vector<Output>& outputs, const CommandLine& line,
                 Console& console) {
  int code = kNothingFound;
  for (const Output& output : outputs) {
    const bool is_file = !output.file.empty();
    const std::string text = output.format->write(report, style_of(line, is_file, console));
    if (!is_file) {
      console.out << text;
      continue;
    }
    const std::string error = write_file(join_path(console.working_directory, output.file), text);
    if (error.empty()) continue;
    say(console, cat("cannot write ", output.file, ": ", error));
    code = kCouldNotRun;
  }
  say_the_rest(report, outputs, console);
  return code;
}

}  // namespace fnlint
