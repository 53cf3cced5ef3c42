#include "app/command_line.h"

#include "app/command_help.h"
#include "app/configuration.h"
#include "app/day.h"
#include "app/run_options.h"
#include "core/text.h"
#include "report/report.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <utility>

namespace fnlint {

namespace {

// What a word of the command line may be, in the order in which it is told.
template <class Value>
using Words = std::vector<std::pair<std::string_view, Value>>;

const Words<Command> kCommands{{"check", Command::Check}, {"explain", Command::Explain},
                               {"graph", Command::Graph}, {"baseline", Command::Baseline},
                               {"init", Command::Init},   {"rules", Command::Rules},
                               {"model", Command::Model}, {"completions", Command::Completions}};
const Words<ColorMode> kColors{
    {"auto", ColorMode::Auto}, {"always", ColorMode::Always}, {"never", ColorMode::Never}};
const Words<Severity> kSeverities{
    {"error", Severity::Error}, {"warning", Severity::Warning}, {"note", Severity::Note}};
const Words<Confidence> kConfidences{{"certain", Confidence::Certain},
                                     {"likely", Confidence::Likely},
                                     {"possible", Confidence::Possible}};
const Words<ModelStage> kStages{{"compile", ModelStage::Compile},
                                {"templates", ModelStage::Templates},
                                {"code", ModelStage::Code},
                                {"join", ModelStage::Join}};
const Words<Profile> kProfileWords{{"default", Profile::Default},
                                   {"strict", Profile::Strict},
                                   {"security", Profile::Security},
                                   {"cost", Profile::Cost}};

const Words<ForeignTool> kForeignWords{{"checkov", ForeignTool::Checkov},
                                       {"cfn-lint", ForeignTool::CfnLint},
                                       {"tflint", ForeignTool::Tflint},
                                       {"semgrep", ForeignTool::Semgrep},
                                       {"ruff", ForeignTool::Ruff}};

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view close = nearest(word, known);
  return close.empty() ? std::string{} : cat("; did you mean '", close, "'?");
}

template <class Value>
std::vector<std::string_view> words_of(const Words<Value>& words) {
  std::vector<std::string_view> known;
  for (const auto& [word, value] : words) known.push_back(word);
  return known;
}

template <class Value>
std::string_view word_of(const Words<Value>& words, Value value) {
  return std::ranges::find(words, value, &Words<Value>::value_type::second)->first;
}

template <class Value>
const Value* find_word(const Words<Value>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word, &Words<Value>::value_type::first);
  return found == words.end() ? nullptr : &found->second;
}

// An option whose value is one of a few words.
template <class Target, class Value>
CLI::Option* add_word(CLI::App& app, const std::string& option, Target& target,
                      const Words<Value>& words, const std::string& help) {
  std::string choices;
  for (const auto& [word, value] : words) choices += cat(choices.empty() ? "" : "|", word);
  return app
      .add_option_function<std::string>(
          option,
          [option, choices, &target, &words](const std::string& word) {
            const Value* const found = find_word(words, word);
            if (found == nullptr)
              throw CLI::ValidationError(option, cat("must be one of ", choices, ", not '", word,
                                                     '\'', suggestion(word, words_of(words))));
            target = *found;
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

// An option with a text, of which the last one counts.
template <class Target>
void add_text(CLI::App& app, const std::string& option, Target& target, const std::string& type,
              const std::string& help) {
  app.add_option(option, target, help)->type_name(type)->take_last();
}

void add_paths(CLI::App& app, CommandLine& line) {
  app.add_option("PATH", line.paths, "files and folders; the current folder if none")
      ->type_name("");
}

void add_inputs(CLI::App& app, CommandLine& line) {
  add_text(app, "--config", line.config, "FILE",
           "the configuration file; else .fnlint.yaml, found upwards");
  app.add_flag("--isolated", line.isolated, "use no configuration file");
  add_text(app, "--config-env", line.config_env, "NAME",
           "the environment of samconfig.toml; else default");
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
  app.add_flag("-v,--verbose", line.verbose, "say what is looked at, and each finding's fingerprint");
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
  app.add_flag("--fail-on-unread", line.fail_on_unread,
               "give exit code 1 also where code was not read, or in part alone");
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

// Which of the findings are told: what a team knows already is not.
void add_narrowing(CLI::App& app, CommandLine& line) {
  add_text(app, "--baseline", line.baseline, "FILE",
           "leave out the findings of this file, which 'fnlint baseline' wrote");
  add_text(app, "--diff-base", line.diff_base, "REVISION",
           "report only what is new since this revision, in any file; asks git");
  app.add_flag("--changed", line.changed, "report only what is new since the last commit");
  app.add_flag("--staged", line.staged, "lint what is staged, and report only what is new in it");
  app.add_flag("--only-named", line.only_named,
               "report only what touches the files and folders that are named");
}

void add_output(CLI::App& app, CommandLine& line) {
  // Each is taken when it is met: which file belongs to which format is a matter of order.
  app.add_option_function<std::string>(
         "--output-format",
         [&line](const std::string& word) {
           const std::string error = add_format(line.outputs, word);
           if (!error.empty()) throw CLI::ValidationError("--output-format", error);
         },
         "how findings are printed: a format below; may be given again")
      ->type_name("FORMAT")
      ->trigger_on_parse();
  app.add_option_function<std::string>(
         "--output-file", [&line](const std::string& file) { add_file(line.outputs, file); },
         "print the format before it to this file; - is standard output")
      ->type_name("FILE")
      ->trigger_on_parse();
  add_text(app, "--sarif-category", line.sarif_category, "NAME",
           "the category of a SARIF log; else fnlint and the folder");
  app.add_flag("--sarif-all-rules", line.sarif_all_rules,
               "describe all rules in SARIF, and not only those that found something");
  add_word(app, "--color", line.color, kColors, "colours of text; auto: on a terminal");
  add_word(app, "--hyperlinks", line.hyperlinks, kColors,
           "links of text to rules and files; auto: on a terminal that opens them");
  app.add_flag("--statistics", line.statistics, "count the findings of each rule");
  app.add_flag("--show-unresolved", line.show_unresolved, "list what could not be understood");
  app.add_flag("--show-suppressed", line.show_suppressed,
               "list in JSON and SARIF what suppressions silence, too");
  // Scripts that are to work with later versions as well may say it; there is nothing to leave out
  // yet, so that the help is silent about it.
  app.add_flag("--no-cache")->group("");
}

const Words<GraphFormat> kGraphFormats{
    {"dot", GraphFormat::Dot}, {"mermaid", GraphFormat::Mermaid}, {"html", GraphFormat::Html}};
const Words<ListFormat> kListFormats{{"text", ListFormat::Text}, {"json", ListFormat::Json}};
const Words<Shell> kShells{{"bash", Shell::Bash}, {"zsh", Shell::Zsh}, {"fish", Shell::Fish}};

void add_help(CLI::App& app) { app.set_help_flag("-h,--help", "print this"); }

void add_options(CLI::App& app, CommandLine& line) {
  switch (line.command) {
    case Command::Check:
      add_paths(app, line);
      add_rules(app, line);
      add_inputs(app, line);
      add_narrowing(app, line);
      add_output(app, line);
      add_run_options(app, line);
      break;
    case Command::Baseline:
      add_paths(app, line);
      add_rules(app, line);
      add_inputs(app, line);
      add_text(app, "--output-file", line.output_file, "FILE",
               "the file that is written; else .fnlint-baseline.json in the root");
      break;
    case Command::Init:
      app.add_option_function<std::string>(
             "PATH", [&line](const std::string& path) { line.paths = {path}; },
             "where the project is; the current folder if none")
          ->type_name("");
      add_word(app, "--from", line.from, kForeignWords,
               "translate this tool's configuration, which lies in the root");
      add_text(app, "--output-file", line.output_file, "FILE",
               "the file that is written, - prints it; else .fnlint.yaml in the root");
      app.add_flag("--force", line.force, "write over a file that is there");
      app.add_flag("-q,--quiet", line.quiet, "do not say what was written");
      break;
    case Command::Explain:
      add_text(app, "--function", line.function, "NAME",
               "explain this function of the project: what is known of it, and what its init "
               "pays for");
      add_text(app, "--finding", line.finding, "FINGERPRINT",
               "explain this finding of the project, by its fingerprint: what was asked, and "
               "the answers");
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
      add_text(app, "--output-file", line.output_file, "FILE", "print to this file");
      add_inputs(app, line);
      break;
    case Command::Rules:
      app.add_option("RULE", line.paths,
                     "only these: ids, categories, profiles, other tools' ids; all if none")
          ->type_name("");
      add_word(app, "--profile", line.profile, kProfileWords, "only the rules of this profile");
      add_word(app, "--output-format", line.list_format, kListFormats,
               "how rules are printed; else text");
      break;
    case Command::Model:
      add_paths(app, line);
      add_word(app, "--stage", line.stage, kStages, "how far to go; else join");
      add_inputs(app, line);
      break;
    case Command::Completions:
      add_word(app, "SHELL", line.shell, kShells, "the shell that the script is for")->required();
      break;
  }
}

// "--output-format" for "--format", "--output" and "-o": its words begin as those that were given; a
// letter is the first one's.
bool begins_words_of(std::string_view given, std::string_view option) {
  if (given.size() == 1) return option.starts_with(given);
  const std::vector<std::string_view> words = split(option, '-');
  return std::ranges::all_of(split(given, '-'), [&](std::string_view part) {
    return std::ranges::any_of(words, [part](auto word) { return word.starts_with(part); });
  });
}

// What an option that does not exist may have been meant for.
std::string nearest_options(std::string_view option, const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  const std::vector<std::string_view> known(names.begin(), names.end());
  std::vector<std::string_view> close;
  if (const std::string_view one = nearest(option, known); !one.empty()) close.push_back(one);
  const std::string_view words =
      option.substr(std::min(option.find_first_not_of('-'), option.size()));
  for (const std::string_view name : known)
    if (!words.empty() && close.size() < kShown && begins_words_of(words, name.substr(2)) &&
        std::ranges::find(close, name) == close.end())
      close.push_back(name);
  std::string listed;
  for (std::size_t i = 0; i < close.size(); ++i)
    listed += cat(i == 0 ? "" : i + 1 == close.size() ? " or " : ", ", '\'', close[i], '\'');
  return listed.empty() ? listed : cat("; did you mean ", listed, '?');
}

std::string unknown(CLI::App& app, const std::string& argument) {
  if (!argument.starts_with('-')) return cat("unexpected argument '", argument, '\'');
  std::string option = argument.substr(0, argument.find('='));
  if (!option.starts_with("--")) option = option.substr(0, 2);
  std::vector<std::string> names;
  for (const CLI::Option* const each : app.get_options())
    if (!each->get_group().empty())
      for (const std::string& name : each->get_lnames()) names.push_back(cat("--", name));
  return cat("unknown option '", option, '\'', nearest_options(option, names));
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

// Options that exclude each other.
void refuse_pairs(Parsed& parsed) {
  const CommandLine& line = parsed.line;
  if (std::string error = settle_run_options(parsed.line); !error.empty())
    parsed.error = std::move(error);
  if (line.isolated && !line.config.empty())
    parsed.error = "--isolated uses no configuration file, and --config names one";
  if (int{!line.diff_base.empty()} + int{line.changed} + int{line.staged} > 1)
    parsed.error = "only one of --diff-base, --changed and --staged can be meant";
}

// Takes the command off the front. `help COMMAND` is `COMMAND --help`, `version` is `--version`.
void take_command(std::vector<std::string>& rest, Parsed& parsed) {
  if (!rest.empty() && rest[0] == "help") {
    rest.erase(rest.begin());
    if (!rest.empty() && find_word(kCommands, rest[0]) == nullptr) {
      parsed.error =
          cat("unknown command '", rest[0], '\'', suggestion(rest[0], words_of(kCommands)));
      return;
    }
    rest.emplace_back("--help");
  } else if (rest.size() == 1 && rest[0] == "version") {
    rest[0] = "--version";
  }
  const Command* const command = rest.empty() ? nullptr : find_word(kCommands, rest[0]);
  if (command == nullptr) return;
  parsed.line.command = *command;
  parsed.line.names_command = true;
  rest.erase(rest.begin());
}

}  // namespace

std::string nearest_command(std::string_view word) {
  std::vector<std::string_view> known = words_of(kCommands);
  known.insert(known.end(), {"help", "version"});
  return std::string(nearest(word, known));
}

void visit_commands(const std::function<void(std::string_view, const CLI::App&)>& visit) {
  for (const auto& [word, command] : kCommands) {
    CommandLine line{.command = command};
    CLI::App app(description(command));
    add_help(app);
    add_options(app, line);
    visit(word, app);
  }
}

Parsed parse_command_line(const std::vector<std::string>& arguments, std::string_view version) {
  Parsed parsed;
  std::vector<std::string> rest = arguments;
  take_command(rest, parsed);
  if (!parsed.error.empty()) return parsed;
  const bool named = parsed.line.names_command;
  CLI::App app(description(parsed.line.command),
               named ? cat("fnlint ", word_of(kCommands, parsed.line.command))
                     : std::string("fnlint [check]"));
  add_help(app);
  bool show_version = false;
  if (!named) app.add_flag("-V,--version", show_version, "print the version");
  add_options(app, parsed.line);
  app.footer(cat(named ? std::string_view{} : command_help(),
                 parsed.line.command == Command::Check ? formats_help() : std::string(),
                 "Documentation: ", kSite));
  try {
    std::ranges::reverse(rest);
    app.parse(std::move(rest));
    if (show_version) parsed.print = cat("fnlint ", version, '\n');
    take_rule(parsed);
    refuse_pairs(parsed);
  } catch (const CLI::CallForHelp&) {
    parsed.print = replace_all(app.help(), ",... ... ", ",...     ");  // it says twice: many
    parsed.print = replace_all(parsed.print, ",... ...", ",...");
    parsed.print = replace_all(parsed.print, "\n\n\n", "\n\n");
  } catch (const CLI::ExtrasError&) {
    const std::vector<std::string> extras = app.remaining();
    parsed.error = unknown(app, extras.empty() ? std::string{} : extras.front());
  } catch (const CLI::ParseError& error) {
    parsed.error = error.what();
  }
  return parsed;
}

}  // namespace fnlint
