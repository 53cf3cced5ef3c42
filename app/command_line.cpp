#include "app/command_line.h"

#include "app/configuration.h"
#include "app/day.h"
#include "core/text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <span>

namespace fnlint {

namespace {

constexpr std::string_view kIntroduction =
    "Lints AWS Lambda projects: handler code, templates and packages together.";

const std::map<std::string, Command> kCommands{{"check", Command::Check},
                                               {"explain", Command::Explain},
                                               {"graph", Command::Graph},
                                               {"rules", Command::Rules},
                                               {"model", Command::Model}};
const std::map<std::string, OutputFormat> kFormats{{"text", OutputFormat::Text},
                                                   {"json", OutputFormat::Json},
                                                   {"jsonl", OutputFormat::Jsonl},
                                                   {"sarif", OutputFormat::Sarif},
                                                   {"github", OutputFormat::GitHub}};
const std::map<std::string, ColorMode> kColors{
    {"auto", ColorMode::Auto}, {"always", ColorMode::Always}, {"never", ColorMode::Never}};
const std::map<std::string, Severity> kSeverities{
    {"error", Severity::Error}, {"warning", Severity::Warning}, {"note", Severity::Note}};
const std::map<std::string, Confidence> kConfidences{{"certain", Confidence::Certain},
                                                     {"likely", Confidence::Likely},
                                                     {"possible", Confidence::Possible}};

const std::map<std::string, ModelStage> kStages{{"compile", ModelStage::Compile},
                                                {"templates", ModelStage::Templates},
                                                {"code", ModelStage::Code},
                                                {"join", ModelStage::Join}};

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view close = nearest(word, known);
  return close.empty() ? std::string{} : cat("; did you mean '", close, "'?");
}

template <class Value>
std::vector<std::string_view> words_of(const std::map<std::string, Value>& words) {
  std::vector<std::string_view> known;
  for (const auto& [word, value] : words) known.push_back(word);
  return known;
}

// An option whose value is one of a few words.
template <class Target, class Value>
void add_word(CLI::App& app, const std::string& option, Target& target,
              const std::map<std::string, Value>& words, const std::string& help) {
  std::string choices;
  for (const auto& [word, value] : words) choices += cat(choices.empty() ? "" : "|", word);
  app.add_option_function<std::string>(
         option,
         [option, choices, &target, &words](const std::string& word) {
           const auto found = words.find(word);
           if (found == words.end())
             throw CLI::ValidationError(option, cat("must be one of ", choices, ", not '", word,
                                                    '\'', suggestion(word, words_of(words))));
           target = found->second;
         },
         help)
      ->type_name(choices)
      ->take_last();
}

// An option that may be given again, each time with one value or several after commas.
void add_list(CLI::App& app, const std::string& option, std::vector<std::string>& target,
              const std::string& type, const std::string& help) {
  app.add_option(option, target, help)->type_name(type)->delimiter(',')->allow_extra_args(false);
}

void add_paths(CLI::App& app, CommandLine& line) {
  app.add_option("PATH", line.paths, "files and folders; the current folder if none")
      ->type_name("");
}

void add_inputs(CLI::App& app, CommandLine& line) {
  app.add_option("--config", line.config,
                 "the configuration file; else .fnlint.yaml, found upwards")
      ->type_name("FILE")
      ->take_last();
  app.add_option("--config-env", line.config_env, "the environment of samconfig.toml; else default")
      ->type_name("NAME")
      ->take_last();
  app.add_option_function<std::vector<std::string>>(
         "--parameter",
         [&line](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) {
             const std::size_t equals = text.find('=');
             if (equals == 0 || equals == std::string::npos)
               throw CLI::ValidationError("--parameter",
                                          cat("must be KEY=VALUE, not '", text, '\''));
             line.parameters.emplace_back(text.substr(0, equals), text.substr(equals + 1));
           }
         },
         "the value of a template's parameter; may be given again")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app.add_option("--exclude", line.exclude,
                 "leave out what this pattern matches; may be given again")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  app.add_flag("-q,--quiet", line.quiet, "print findings and problems alone");
  app.add_flag("-v,--verbose", line.verbose, "say what is looked at");
  app.add_flag("--timing", line.timing, "print the time of each stage");
}

void add_rules(CLI::App& app, CommandLine& line) {
  const std::string type = "RULE,...";
  add_list(app, "--select", line.select, type,
           "rules to check: ids, categories, profiles, other tools' ids, ALL");
  add_list(app, "--ignore", line.ignore, type, "rules to leave out");
  add_list(app, "--extend-select", line.extend_select, type, "rules to check besides");
  add_word(app, "--confidence", line.confidence, kConfidences,
           "the least confidence that is shown; else likely");
  add_word(app, "--fail-on", line.fail_on, kSeverities,
           "the least level that gives exit code 1; else warning");
  app.add_flag("--exit-zero", line.exit_zero, "give exit code 0 whatever is found");
  app.add_option_function<std::string>(
         "--today",
         [&line](const std::string& text) {
           line.today = day_of(text);
           if (!line.today)
             throw CLI::ValidationError("--today",
                                        cat("must be a day as YYYY-MM-DD, not '", text, '\''));
         },
         "the day that runtimes' dates are compared with")
      ->type_name("YYYY-MM-DD")
      ->take_last();
}

void add_output(CLI::App& app, CommandLine& line) {
  add_word(app, "--output-format", line.format, kFormats, "how findings are printed; else text");
  app.add_option("--output-file", line.output_file, "print to this file")
      ->type_name("FILE")
      ->take_last();
  add_word(app, "--color", line.color, kColors, "colours of text; auto: on a terminal");
  app.add_flag("--statistics", line.statistics, "count the findings of each rule");
  app.add_flag("--show-unresolved", line.show_unresolved, "list what could not be understood");
  app.add_flag("--no-cache", line.no_cache, "read everything anew");
}

const std::map<std::string, GraphFormat> kGraphFormats{
    {"dot", GraphFormat::Dot}, {"mermaid", GraphFormat::Mermaid}, {"html", GraphFormat::Html}};
const std::map<std::string, OutputFormat> kListFormats{{"text", OutputFormat::Text},
                                                       {"json", OutputFormat::Json}};

void add_options(CLI::App& app, CommandLine& line) {
  switch (line.command) {
    case Command::Check:
      add_paths(app, line);
      add_rules(app, line);
      add_inputs(app, line);
      add_output(app, line);
      break;
    case Command::Explain:
      app.add_option("--function", line.function,
                     "explain this function of the project: what is known of it, and what its init "
                     "pays for")
          ->type_name("NAME")
          ->take_last();
      app.add_option("--finding", line.finding,
                     "explain this finding of the project, by its fingerprint: what was asked, and "
                     "the answers")
          ->type_name("FINGERPRINT")
          ->take_last();
      app.add_option("RULE", line.paths,
                     "a rule's id, or another tool's id for it; with --function or --finding: where "
                     "the project is")
          ->type_name("");
      add_inputs(app, line);
      break;
    case Command::Graph:
      add_paths(app, line);
      add_word(app, "--output-format", line.graph_format, kGraphFormats,
               "how the graph is written; else dot");
      app.add_option("--output-file", line.output_file, "print to this file")
          ->type_name("FILE")
          ->take_last();
      add_inputs(app, line);
      break;
    case Command::Rules:
      add_word(app, "--output-format", line.format, kListFormats, "how rules are printed");
      break;
    case Command::Model:
      add_paths(app, line);
      add_word(app, "--stage", line.stage, kStages, "how far to go; else join");
      add_inputs(app, line);
      break;
  }
}

std::string description(Command command) {
  switch (command) {
    case Command::Check: return std::string(kIntroduction);
    case Command::Explain: return "Prints the page of a rule, of a function, or of a finding.";
    case Command::Graph: return "Draws what sends events to what.";
    case Command::Rules: return "Lists the rules.";
    case Command::Model: return "Prints what is known of the functions, as JSON.";
  }
  return {};
}

constexpr std::string_view kCommandHelp = R"(
Commands:
  check [PATH...]             lint; the default
  explain RULE                print the page of a rule
  explain --function NAME     print what is known of a function, and what its init pays for
  explain --finding PRINT     print why a finding is one, by its fingerprint
  graph [PATH...]             draw what sends events to what: DOT, Mermaid or one HTML page
  rules                       list the rules
  model [PATH...]             print what is known of the functions, as JSON

`fnlint COMMAND --help` tells more. Exit codes: 0 nothing found, 1 findings, 2 could not run.
)";

std::string unknown(CLI::App& app, const std::string& argument) {
  if (!argument.starts_with('-')) return cat("unexpected argument '", argument, '\'');
  const std::string option = argument.substr(0, argument.find('='));
  std::vector<std::string> names;
  for (const CLI::Option* const each : app.get_options())
    for (const std::string& name : each->get_lnames()) names.push_back(cat("--", name));
  return cat("unknown option '", option, '\'',
             suggestion(option, std::vector<std::string_view>(names.begin(), names.end())));
}

// What `explain` is about: a function or finding of the project at its paths, or the one word that
// is a rule.
void take_rule(Parsed& parsed) {
  CommandLine& line = parsed.line;
  if (line.command != Command::Explain || !line.function.empty() || !line.finding.empty()) return;
  if (line.paths.empty())
    parsed.error = "a rule, --function NAME or --finding FINGERPRINT is required";
  else if (line.paths.size() > 1)
    parsed.error = cat("unexpected argument '", line.paths[1], '\'');
  else
    line.rule = std::exchange(line.paths, {}).front();
}

}  // namespace

Parsed parse_command_line(const std::vector<std::string>& arguments, std::string_view version) {
  Parsed parsed;
  std::span<const std::string> rest(arguments);
  bool named = false;
  if (!rest.empty()) {
    if (const auto found = kCommands.find(rest[0]); found != kCommands.end()) {
      parsed.line.command = found->second;
      named = true;
      rest = rest.subspan(1);
    }
  }
  CLI::App app(description(parsed.line.command),
               named ? cat("fnlint ", arguments[0]) : std::string("fnlint [check]"));
  app.set_help_flag("-h,--help", "print this");
  bool show_version = false;
  if (!named) app.add_flag("-V,--version", show_version, "print the version");
  add_options(app, parsed.line);
  if (!named) app.footer(std::string(kCommandHelp));
  try {
    app.parse(std::vector<std::string>(rest.rbegin(), rest.rend()));
    if (show_version) parsed.print = cat("fnlint ", version, '\n');
    take_rule(parsed);
  } catch (const CLI::CallForHelp&) {
    parsed.print = app.help();
  } catch (const CLI::ExtrasError&) {
    const std::vector<std::string> extras = app.remaining();
    parsed.error = unknown(app, extras.empty() ? std::string{} : extras.front());
  } catch (const CLI::ParseError& error) {
    parsed.error = error.what();
  }
  return parsed;
}

}  // namespace fnlint
