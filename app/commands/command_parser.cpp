// Declares all commands and options, and turns arguments and variables into a CommandLine, or into
// an error with a suggestion.

#include "app/commands/command_parser.h"

#include "app/commands/command_help.h"
#include "app/commands/run_options.h"
#include "app/configuration/configuration.h"
#include "app/configuration/option_kinds.h"
#include "app/configuration/option_names.h"
#include "app/files/day.h"
#include "core/text.h"
#include "report/report.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace fnlint {

namespace {

const Words<Command> kCommands{{"check", Command::Check},
                               {"explain", Command::Explain},
                               {"graph", Command::Graph},
                               {"policy", Command::Policy},
                               {"baseline", Command::Baseline},
                               {"init", Command::Init},
                               {"rules", Command::Rules},
                               {"model", Command::Model},
                               {"completions", Command::Completions},
                               {"schema", Command::Schema},
                               {"test-rules", Command::TestRules}};
const Words<SchemaKind> kSchemas{{"configuration", SchemaKind::Configuration},
                                 {"rules", SchemaKind::Rules},
                                 {"model", SchemaKind::Model}};
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
                                   {"cost", Profile::Cost},
                                   {"observability", Profile::Observability}};

const Words<ForeignTool> kForeignWords{{"checkov", ForeignTool::Checkov},
                                       {"cfn-lint", ForeignTool::CfnLint},
                                       {"tflint", ForeignTool::Tflint},
                                       {"semgrep", ForeignTool::Semgrep},
                                       {"ruff", ForeignTool::Ruff}};

void add_paths(CLI::App& app, CommandLine& line) {
  app.add_option("PATH", line.paths, "files and folders; by default the current folder")
      ->type_name("");
}

void add_inputs(CLI::App& app, CommandLine& line) {
  add_text(app, "--config", line.config, "FILE",
           "the configuration of all files; by default the nearest .fnlint.yaml, beside each file "
           "or above");
  app.add_flag("--isolated", line.isolated, "use no configuration file");
  add_text(app, "--config-env", line.config_env, "NAME",
           "the environment of samconfig.toml; by default 'default'");
  add_pairs(app, "--parameter", '=', "KEY=VALUE",
            "the value of a template parameter; may be given again",
            [&line](const std::string& name, const std::string& value) -> std::string {
              line.parameters.emplace_back(name, value);
              return {};
            });
  app.add_option("--exclude", line.exclude, "files and folders to leave out; may be given again")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  app.add_flag("--no-ignore", line.no_ignore, "ignore .gitignore and .fnlintignore");
  app.add_flag("--force-exclude", line.force_exclude,
               "also leave out excluded and ignored files if they are named");
  app.add_flag("-q,--quiet", line.quiet, "print only findings and problems");
  app.add_flag("-v,--verbose", line.verbose,
               "print what is linted, and the fingerprint of each finding");
  app.add_flag("--timing", line.timing, "print the time that each stage takes");
}

// What the configuration says of rules, too.
void add_rules_by_place_and_level(CLI::App& app, CommandLine& line) {
  add_pairs(app, "--severity", '=', "RULE=LEVEL",
            "the level of a rule: error, warning, note or off; may be given again",
            [&line](const std::string& rule, const std::string& word) -> std::string {
              const std::optional<Level> level = level_named(word);
              if (!level)
                return cat("must be error, warning, note or off, not '", word, '\'',
                           suggestion(word, {"error", "warning", "note", "off"}));
              line.severity.emplace_back(rule, *level);
              return {};
            });
  add_pairs(app, "--per-path-ignores", ':', "GLOB:RULE,...",
            "rules that are not reported in the files of a pattern; may be given again",
            [&line](const std::string& glob, const std::string& listed) -> std::string {
              auto& rules =
                  line.per_path_ignores.emplace_back(glob, std::vector<std::string>{}).second;
              for (const std::string_view rule : split(listed, ',')) rules.emplace_back(trim(rule));
              return {};
            });
}

void add_rules(CLI::App& app, CommandLine& line) {
  const std::string type = "RULE,...";
  add_list(
      app, "--select", line.select, type,
      "rules to check: ids or what they begin with, categories, profiles, other tools' ids, ALL");
  add_list(app, "--ignore", line.ignore, type, "rules to leave out");
  add_list(app, "--extend-select", line.extend_select, type, "rules to check in addition");
  add_rules_by_place_and_level(app, line);
  add_word(app, "--confidence", line.confidence, kConfidences,
           "the lowest confidence to report; by default likely");
  add_word(app, "--fail-on", line.fail_on, kSeverities,
           "the lowest level that gives exit code 1; by default warning");
  app.add_flag("--fail-on-unread", line.fail_on_unread,
               "also give exit code 1 if code was not read, or only partly");
  app.add_flag("--exit-zero", line.exit_zero, "give exit code 0 even if there are findings");
  app.add_option_function<std::string>(
         "--today",
         [&line](const std::string& text) {
           line.today = day_of(text);
           if (!line.today)
             throw CLI::ValidationError("--today",
                                        cat("must be a day as YYYY-MM-DD, not '", text, '\''));
         },
         "the day to compare the dates of runtimes with; by default today")
      ->type_name("YYYY-MM-DD")
      ->take_last();
}

// Which of the findings are told: what a team knows already is not.
void add_narrowing(CLI::App& app, CommandLine& line) {
  add_text(app, "--baseline", line.baseline, "FILE",
           "leave out the findings in this file, written by 'fnlint baseline'");
  add_text(app, "--diff-base", line.diff_base, "REVISION",
           "report only what is new since this git revision, in any file");
  app.add_flag("--changed", line.changed, "report only what is new since the last commit");
  app.add_flag("--staged", line.staged, "lint what is staged, and report only what is new in it");
  app.add_flag("--only-named", line.only_named,
               "report only what touches the named files and folders");
}

void add_output(CLI::App& app, CommandLine& line) {
  // Each is taken when it is met: which file belongs to which format is a matter of order.
  app.add_option_function<std::string>(
         "--output-format",
         [&line](const std::string& word) {
           const std::string error = add_format(line.outputs, word);
           if (!error.empty()) throw CLI::ValidationError("--output-format", error);
         },
         "the output format, see below; may be given again")
      ->type_name("FORMAT")
      ->trigger_on_parse();
  app.add_option_function<std::string>(
         "--output-file", [&line](const std::string& file) { add_file(line.outputs, file); },
         "the file for the format before it; - is standard output")
      ->type_name("FILE")
      ->trigger_on_parse();
  app.add_flag("--print-config", line.print_config,
               "only print the configuration of the paths, with where each value comes from");
  app.add_flag("--show-files", line.show_files, "only list the files that are read, and as what");
  add_text(app, "--sarif-category", line.sarif_category, "NAME",
           "the category of a SARIF log; by default fnlint and the folder");
  app.add_flag("--sarif-all-rules", line.sarif_all_rules,
               "describe all rules in SARIF, not only those with findings");
  add_word(app, "--color", line.color, kColors, "colour the text; auto: on a terminal");
  add_word(app, "--hyperlinks", line.hyperlinks, kColors,
           "link rules and files in text; auto: on a terminal that supports links");
  app.add_flag("--statistics", line.statistics, "print the number of findings of each rule");
  app.add_flag("--show-unresolved", line.show_unresolved, "list what could not be understood");
  app.add_flag("--show-suppressed", line.show_suppressed,
               "also list suppressed findings, in HTML, JSON and SARIF");
}

const Words<GraphFormat> kGraphFormats{
    {"dot", GraphFormat::Dot}, {"mermaid", GraphFormat::Mermaid}, {"html", GraphFormat::Html}};
const Words<PolicyFormat> kPolicyFormats{{"iam", PolicyFormat::Iam},
                                         {"cloudformation", PolicyFormat::CloudFormation},
                                         {"terraform", PolicyFormat::Terraform},
                                         {"cdk", PolicyFormat::Cdk},
                                         {"json", PolicyFormat::Json}};
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
               "the file to write; by default .fnlint-baseline.json in the root");
      break;
    case Command::Init:
      app.add_option_function<std::string>(
             "PATH", [&line](const std::string& path) { line.paths = {path}; },
             "the folder to write it for; by default the root of the project")
          ->type_name("");
      add_word(app, "--from", line.from, kForeignWords,
               "translate this tool's configuration, in the same folder");
      add_text(app, "--output-file", line.output_file, "FILE",
               "the file to write, or - to print; by default .fnlint.yaml in that folder");
      app.add_flag("--force", line.force, "overwrite an existing file");
      app.add_flag("-q,--quiet", line.quiet, "do not print what was written");
      break;
    case Command::Explain:
      add_text(
          app, "--function", line.function, "NAME",
          "explain this function of the project: what is known about it, and what its init costs");
      add_text(app, "--finding", line.finding, "FINGERPRINT",
               "explain this finding of the project, given its fingerprint");
      app.add_option("RULE", line.paths,
                     "a rule's id, or another tool's id for it; with --function or --finding: the "
                     "project's folder")
          ->type_name("");
      add_inputs(app, line);
      break;
    case Command::Graph:
      add_paths(app, line);
      add_word(app, "--output-format", line.graph_format, kGraphFormats,
               "the format of the graph; by default dot");
      add_text(app, "--output-file", line.output_file, "FILE", "the file to write");
      add_inputs(app, line);
      break;
    case Command::Policy:
      app.add_option("FUNCTION", line.paths,
                     "the function, by its name in the template or in its tool; by default all. "
                     "What is written like a path (./orders, template.yaml) is the project")
          ->type_name("");
      add_word(app, "--output-format", line.policy_format, kPolicyFormats,
               "the format of the policy; by default iam");
      add_text(app, "--output-file", line.output_file, "FILE", "the file to write");
      add_inputs(app, line);
      break;
    case Command::Rules:
      app.add_option("RULE", line.paths,
                     "only these: ids or what they begin with, categories, profiles, other tools' "
                     "ids; by default all")
          ->type_name("");
      add_word(app, "--profile", line.profile, kProfileWords, "only the rules of this profile");
      add_word(app, "--output-format", line.list_format, kListFormats,
               "the output format; by default text");
      break;
    case Command::Schema:
      add_word(app, "SCHEMA", line.schema, kSchemas, "of what; by default configuration");
      break;
    case Command::TestRules: add_paths(app, line); break;
    case Command::Model:
      add_paths(app, line);
      add_word(app, "--stage", line.stage, kStages, "the stage to stop at; by default join");
      add_inputs(app, line);
      break;
    case Command::Completions:
      add_word(app, "SHELL", line.shell, kShells, "the shell that the script is for")->required();
      break;
  }
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
    parsed.error = "--isolated uses no configuration file, but --config names one";
  if (int{!line.diff_base.empty()} + int{line.changed} + int{line.staged} > 1)
    parsed.error = "only one of --diff-base, --changed and --staged can be given";
}

// Takes the command off the front. `help COMMAND` is `COMMAND --help`, `version` is `--version`.
void take_command(std::vector<std::string>& rest, Parsed& parsed) {
  if (!rest.empty() && rest[0] == "help") {
    rest.erase(rest.begin());
    if (!rest.empty() && find_word(kCommands, rest[0]) == nullptr) {
      parsed.error =
          cat("unknown command '", rest[0], '\'', suggestion(rest[0], label_of(kCommands)));
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
  parsed.help = cat("fnlint ", rest[0], " --help");
  rest.erase(rest.begin());
}

std::vector<std::string> all_options() {
  std::vector<std::string> names;
  for (const auto& [word, command] : kCommands) {
    CommandLine line{.command = command};
    CLI::App app;
    add_options(app, line);
    for (const OptionByVariable& option : options_by_variable(app)) names.push_back(option.name);
  }
  return names;
}

// Adds what the environment says to the arguments; false: it says what cannot be understood.
bool take_environment(const CLI::App& app, const OwnVariables& environment,
                      std::vector<std::string>& rest, Parsed& parsed) {
  static const std::vector<std::vector<std::string>> kExclusive{
      {"--config", "--isolated"}, {"--diff-base", "--changed", "--staged"}};
  if (environment.empty()) return true;
  FromEnvironment read =
      with_environment(std::move(rest), options_by_variable(app), kExclusive, environment);
  rest = std::move(read.arguments);
  parsed.error = std::move(read.error);
  parsed.line.from_environment = std::move(read.variables);
  parsed.hints = mistyped_variables(environment, all_options());
  return parsed.error.empty();
}

}  // namespace

std::string nearest_command(std::string_view word) {
  std::vector<std::string_view> known = label_of(kCommands);
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

Parsed parse_command_line(const std::vector<std::string>& arguments, std::string_view version,
                          const OwnVariables& environment) {
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
  parsed.error = misplaced_value(app, rest);
  if (!parsed.error.empty() || !take_environment(app, environment, rest, parsed)) return parsed;
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
    parsed.error = unknown_option(app, extras.empty() ? std::string{} : extras.front());
  } catch (const CLI::ParseError& error) {
    parsed.error = usage_error(app, error);
    for (const auto& [option, variable] : parsed.line.from_environment)
      if (parsed.error.starts_with(cat(option, ':')) || parsed.error.starts_with(cat(option, ' ')))
        parsed.error += cat(" (", variable, ')');
  }
  return parsed;
}

}  // namespace fnlint
