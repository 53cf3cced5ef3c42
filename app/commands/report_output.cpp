// Decides on colours, links and widths, writes every requested format to its place, and says on the
// error stream what a format leaves out.

#include "app/commands/report_output.h"

#include "app/files/exit_code.h"
#include "app/files/output_file.h"
#include "core/text.h"
#include "report/uri.h"

#include <unistd.h>

#include <algorithm>
#include <climits>
#include <filesystem>
#include <ostream>
#include <system_error>

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

// "file://host/home/me/shop": a terminal on another machine must not open its own file.
std::string address_of(const std::string& folder) {
  char host[HOST_NAME_MAX + 1] = {};
  if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
  return cat("file://", uri_of(host), uri_of(folder));
}

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
TextStyle style_of(const CommandLine& line, const std::string& file, const Console& console) {
  const bool is_file = !file.empty();
  const bool is_read_there = console.out_is_terminal && !is_file;
  const bool color = wants_color(line, is_file, console);
  return {.color = color,
          .quiet = line.quiet,
          .fingerprints = line.verbose,
          .links = line.hyperlinks == ColorMode::Always ||
                   (line.hyperlinks == ColorMode::Auto && is_read_there && color &&
                    opens_links(console)),
          .files = address_of(console.working_directory),
          .columns = is_read_there ? console.columns : 0,
          .line_template = line.line_template,
          .way = way_from(file, console.working_directory, console.working_directory)};
}

bool all_tell(const std::vector<Output>& outputs, bool Format::* what) {
  return std::ranges::all_of(outputs,
                             [what](const Output& output) { return output.format->*what; });
}

bool any_tells(const std::vector<Output>& outputs, bool Format::* what) {
  return std::ranges::any_of(outputs,
                             [what](const Output& output) { return output.format->*what; });
}

bool is_among(const std::vector<Output>& outputs, std::string_view format) {
  return std::ranges::any_of(outputs,
                             [format](const Output& each) { return each.format->name == format; });
}

// What readers of one of the outputs would not learn from it.
void say_the_rest(const Report& report, const std::vector<Output>& outputs, Console& console) {
  constexpr std::size_t kShownByGitHub = 5000;
  if (!all_tell(outputs, &Format::tells_problems)) console.err << text_problems(report, {});
  if (const std::string words = unread_words(report);
      !words.empty() && !all_tell(outputs, &Format::tells_unread))
    say(console, words);
  if (const std::string words = cut_words(report);
      !words.empty() && !all_tell(outputs, &Format::tells_cut))
    say(console, words);
  if (report.show_statistics && !any_tells(outputs, &Format::tells_statistics))
    say(console, "--statistics counts only in text and JSON");
  if (report.show_suppressed && !any_tells(outputs, &Format::tells_suppressed))
    say(console, "--show-suppressed lists only in HTML, JSON and SARIF");
  if (is_among(outputs, "sarif") && report.findings.size() > kShownByGitHub)
    say(console,
        cat(report.findings.size(), " findings: code scanning shows the first ", kShownByGitHub));
}

// GitHub shows few of a step's annotations. Where some are not shown, all of them go to the summary
// of the job, unless that has them already.
void add_job_summary(const Report& report, const std::vector<Output>& outputs, Console& console) {
  constexpr std::uintmax_t kSummaryBytes = 1U << 20U;  // GitHub refuses a longer one as a whole
  constexpr std::uintmax_t kLeast = 1000;
  const std::string summary = console.variable("GITHUB_STEP_SUMMARY");
  if (summary.empty() || hidden_annotations(report) == 0) return;
  for (const Output& output : outputs)
    if (join_path(console.working_directory, output.file) == normal_path(summary)) return;
  std::error_code none;
  std::uintmax_t used = std::filesystem::file_size(summary, none);
  if (none) used = 0;
  if (used + kLeast > kSummaryBytes) return;
  const std::string error = append_to_file(
      summary, markdown_report(report, static_cast<std::size_t>(kSummaryBytes - used)));
  if (!error.empty()) say(console, cat("cannot write the job's summary: ", error));
}

}  // namespace

int print_report(const Report& report, const std::vector<Output>& outputs, const CommandLine& line,
                 Console& console) {
  int code = kNothingFound;
  for (const Output& output : outputs) {
    const bool is_file = !output.file.empty();
    const std::string text = output.format->write(report, style_of(line, output.file, console));
    if (!is_file) {
      console.out << text;
      continue;
    }
    const std::string error = write_file(join_path(console.working_directory, output.file), text);
    if (error.empty()) continue;
    say(console, cat("cannot write ", output.file, ": ", error));
    code = kCouldNotRun;
  }
  if (is_among(outputs, "github")) add_job_summary(report, outputs, console);
  say_the_rest(report, outputs, console);
  return code;
}

}  // namespace fnlint
