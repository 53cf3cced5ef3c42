// Parses the command line, calls the command, and turns whatever is thrown into an exit code.

#include "app/commands/run.h"

#include "app/commands/baseline_command.h"
#include "app/commands/check_command.h"
#include "app/commands/command_parser.h"
#include "app/commands/completions.h"
#include "app/commands/finding_page.h"
#include "app/commands/function_page.h"
#include "app/commands/graph_command.h"
#include "app/commands/init_command.h"
#include "app/commands/model_command.h"
#include "app/commands/policy_command.h"
#include "app/commands/rule_pages.h"
#include "app/commands/schema_command.h"
#include "app/commands/test_rules_command.h"
#include "app/configuration/command_line.h"
#include "app/files/crash_report.h"
#include "core/text.h"
#include "report/unicode.h"

#include <exception>
#include <new>
#include <ostream>

namespace fnlint {

namespace {

int run_command(const std::vector<std::string>& arguments, Console& console) {
  const Parsed parsed = parse_command_line(arguments, console.version, console.own_variables);
  if (!parsed.line.quiet)
    for (const std::string& hint : parsed.hints) say(console, hint);
  if (!parsed.error.empty()) {
    say(console, cat(parsed.error, "\nsee ", parsed.help));
    return kCouldNotRun;
  }
  if (!parsed.print.empty()) {
    console.out << parsed.print;
    return kNothingFound;
  }
  switch (parsed.line.command) {
    case Command::Check: return check_command(parsed.line, console);
    case Command::Explain:
      if (!parsed.line.finding.empty()) return explain_finding_command(parsed.line, console);
      return parsed.line.function.empty() ? explain_command(parsed.line.rule, console)
                                          : explain_function_command(parsed.line, console);
    case Command::Graph: return graph_command(parsed.line, console);
    case Command::Rules: return rules_command(parsed.line, console);
    case Command::Baseline: return baseline_command(parsed.line, console);
    case Command::Init: return init_command(parsed.line, console);
    case Command::Completions: return completions_command(parsed.line, console);
    case Command::Policy: return policy_command(parsed.line, console);
    case Command::Model: return model_command(parsed.line, console);
    case Command::Schema: return schema_command(parsed.line, console);
    case Command::TestRules: return test_rules_command(parsed.line, console);
  }
  return kCouldNotRun;
}

}  // namespace

void say(Console& console, std::string_view message) {
  for (const std::string_view line : split(message, '\n'))
    console.err << "fnlint: " << one_line(line) << '\n';
}

bool is_in_ci(const Console& console) {
  const std::string word = console.variable("CI");
  return !word.empty() && word != "false" && word != "0";
}

int run(const std::vector<std::string>& arguments, Console& console) {
  int code = kCouldNotRun;
  try {
    code = run_command(arguments, console);
  } catch (const std::bad_alloc&) {
    const std::string what = reading_now();
    say(console, cat("out of memory", what.empty() ? "" : " while reading ", what,
                     "\nnothing was reported; --exclude leaves folders out"));
  } catch (const std::exception& error) {
    say(console, cat("internal error: ", error.what()));
  }
  console.out.flush();
  if (!console.out && code != kCouldNotRun) {
    say(console, "could not write all of the output");
    code = kCouldNotRun;
  }
  return code;
}

}  // namespace fnlint
