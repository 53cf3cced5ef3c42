// Writes the file section by section, with comments that explain each suggestion.

#include "app/commands/starting_configuration.h"

#include "app/commands/schema_command.h"
#include "app/configuration/yaml_text.h"
#include "app/run/baseline.h"
#include "core/text.h"
#include "report/report.h"
#include "report/unicode.h"
#include "report/words.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kManyFindings = 20;

class StartingText {
 public:
  StartingText(const SeenProject& seen, const ForeignConfiguration& foreign)
      : seen_(seen), foreign_(foreign) {}
  std::string write() {
    head();
    rules();
    paths();
    parameters();
    rest();
    without();
    return std::move(out_);
  }

 private:
  void line(std::string_view text) { out_ += cat(text, '\n'); }
  // With what it comes from as a comment.
  void item(std::string_view text, std::string_view from) {
    line(from.empty() ? cat("  - ", text) : cat("  - ", text, "  # ", one_line(from)));
  }
  void counts(std::string_view what, const std::map<std::string, std::size_t>& rows) {
    std::string listed;
    for (const auto& [name, count] : rows)
      listed += cat(listed.empty() ? "" : ", ", name, " (", count, ")");
    if (!listed.empty()) line(cat("#   ", what, ": ", one_line(listed)));
  }
  void head() {
    line(cat("# yaml-language-server: $schema=", kSite, kSchemaFile));
    line(cat("# How fnlint lints this project. All keys: ", kSite));
    line("#");
    line(cat("# Found when this was written: ", counted(seen_.functions, "function"), ", ",
             counted(seen_.findings, "finding"), "."));
    counts("templates", seen_.templates);
    counts("code files", seen_.code);
    if (!foreign_.files.empty()) line(cat("# Translated from ", foreign_.files, "."));
  }
  void rules();
  void paths();
  void parameters();
  void rest();
  void without();

  const SeenProject& seen_;
  const ForeignConfiguration& foreign_;
  std::string out_ = {};
};

void StartingText::rules() {
  line("\n# Rules to check. `fnlint rules` lists them, `fnlint explain RULE` explains one.");
  line("select:");
  line("  - default     # what is wrong in any project");
  line("  # - strict    # what a team may want to hold itself to");
  line("  # - security  # what an audit asks for");
  line("  # - cost      # what could be cheaper");
  for (const ForeignLine& each : foreign_.select) item(each.text, each.from);
  line("\n# Rules to leave out.");
  if (foreign_.ignore.empty()) line("# ignore: [RULE]");
  if (!foreign_.ignore.empty()) line("ignore:");
  for (const ForeignLine& each : foreign_.ignore) item(each.text, each.from);
}

void StartingText::paths() {
  line("\n# Files and folders to leave out: patterns as in a .gitignore.");
  if (!foreign_.exclude.empty()) line("exclude:");
  for (const ForeignLine& each : foreign_.exclude) item(yaml_text(each.text), each.from);
  if (foreign_.exclude.empty())
    line(seen_.made.empty() ? "# exclude: [\"examples/**\"]" : "# exclude:");
  for (const auto& [folder, templates] : seen_.made)
    line(cat("#   - ", one_line(yaml_text(cat('/', folder, '/'))),
             "  # it looks like build output, and has ", counted(templates, "template")));
  line("\n# Rules that are not reported in these files.");
  if (foreign_.per_path.empty()) line("# per-path-ignores: {\"tests/**\": [ALL]}");
  if (!foreign_.per_path.empty()) line("per-path-ignores:");
  for (const auto& [glob, ignored] : foreign_.per_path) {
    line(cat("  ", yaml_text(glob), ':'));
    for (const ForeignLine& each : ignored)
      line(cat("    - ", each.text, "  # ", one_line(each.from)));
  }
}

void StartingText::parameters() {
  if (seen_.parameters.empty()) return;
  line("\n# Parameters that findings depend on and that have no value:");
  line("# parameters:");
  for (const auto& [name, what] : seen_.parameters)
    line(cat("#   ", one_line(name), ": \"\"  # ", one_line(what)));
}

void StartingText::rest() {
  line("\n# The lowest level that fails a run: error, warning or note.");
  line("# fail-on: warning");
  if (seen_.findings < kManyFindings) return;
  line(cat("\n# `fnlint baseline` writes the ", seen_.findings,
           " current findings to a file, so that only new ones are reported:"));
  line(cat("# baseline: ", kBaselineFile));
}

void StartingText::without() {
  if (foreign_.without.empty()) return;
  line(cat("\n# What ", foreign_.files, " also says, which has no counterpart here:"));
  for (const std::string& each : foreign_.without) line(cat("#   ", one_line(each)));
}

}  // namespace

std::string starting_configuration(const SeenProject& seen, const ForeignConfiguration& foreign) {
  return StartingText(seen, foreign).write();
}

}  // namespace fnlint
