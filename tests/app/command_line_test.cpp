// Options, commands and mistakes in them, as the parser takes them.

#include "app/commands/command_parser.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using Words = std::vector<std::string>;

Parsed parse(const Words& arguments) { return parse_command_line(arguments, "1.2.3"); }

std::string format_names() {
  std::string names;
  for (const Format& format : formats()) {
    const bool is_last = &format == &formats().back();
    names += (names.empty() ? "" : is_last ? " or " : ", ") + std::string(format.name);
  }
  return names;
}

TEST(CommandLine, ChecksUnlessAnotherCommandIsNamed) {
  EXPECT_EQ(parse({}).line.command, Command::Check);
  EXPECT_EQ(parse({"some/path"}).line.paths, Words{"some/path"});
  EXPECT_EQ(parse({"check", "explain"}).line.paths, Words{"explain"});
  EXPECT_EQ(parse({"explain", "loop-s3-recursion"}).line.rule, "loop-s3-recursion");
  EXPECT_EQ(parse({"rules", "--output-format", "json"}).line.list_format, ListFormat::Json);
}

TEST(CommandLine, UnderstandsEveryOptionOfInit) {
  const CommandLine line =
      parse({"init", "a", "--from", "cfn-lint", "--force", "--output-file", "-", "-q"}).line;
  EXPECT_EQ(line.command, Command::Init);
  EXPECT_EQ(line.paths, Words{"a"});
  EXPECT_EQ(line.from, ForeignTool::CfnLint);
  EXPECT_TRUE(line.force && line.quiet);
  EXPECT_EQ(line.output_file, "-");
  EXPECT_EQ(parse({"init", "--from", "rufff"}).error,
            "--from: must be checkov, cfn-lint, tflint, semgrep or ruff, not 'rufff'; did you mean "
            "'ruff'?");
  EXPECT_EQ(parse({"init", "a", "b"}).error, "unexpected argument 'b'");
}

TEST(CommandLine, UnderstandsEveryOptionOfCheck) {
  const CommandLine line = parse({"check",
                                  "a",
                                  "--select",
                                  "x,y",
                                  "--select=z",
                                  "--ignore",
                                  "i",
                                  "--extend-select",
                                  "e",
                                  "--output-format",
                                  "sarif",
                                  "--output-file",
                                  "o",
                                  "--sarif-category",
                                  "nightly",
                                  "--sarif-all-rules",
                                  "--config",
                                  "c",
                                  "--config-env",
                                  "prod",
                                  "--exit-zero",
                                  "--statistics",
                                  "--show-unresolved",
                                  "--confidence",
                                  "certain",
                                  "--fail-on",
                                  "note",
                                  "--no-cache",
                                  "--parameter",
                                  "A=1=2",
                                  "--parameter",
                                  "B=",
                                  "--today",
                                  "2026-03-01",
                                  "--timing",
                                  "--color",
                                  "never",
                                  "--exclude",
                                  "p,q",
                                  "--exclude",
                                  "r",
                                  "-q",
                                  "-v",
                                  "b"})
                               .line;
  EXPECT_EQ(line.paths, (Words{"a", "b"}));
  EXPECT_EQ(line.select, (Words{"x", "y", "z"}));
  EXPECT_EQ(line.ignore, Words{"i"});
  EXPECT_EQ(line.extend_select, Words{"e"});
  ASSERT_EQ(line.outputs.size(), 1U);
  EXPECT_EQ(line.outputs[0].format->name, "sarif");
  EXPECT_EQ(line.outputs[0].file, "o");
  EXPECT_EQ(line.sarif_category, "nightly");
  EXPECT_TRUE(line.sarif_all_rules);
  EXPECT_EQ(line.config, "c");
  EXPECT_EQ(line.config_env, "prod");
  EXPECT_EQ(line.confidence, Confidence::Certain);
  EXPECT_EQ(line.fail_on, Severity::Note);
  EXPECT_EQ(line.today, 20513);
  EXPECT_EQ(line.color, ColorMode::Never);
  EXPECT_EQ(line.exclude, (Words{"p,q", "r"}));
  EXPECT_EQ(line.parameters[0], std::pair(std::string("A"), std::string("1=2")));
  EXPECT_EQ(line.parameters[1], std::pair(std::string("B"), std::string()));
  EXPECT_TRUE(line.exit_zero && line.statistics && line.show_unresolved &&
              line.timing && line.quiet && line.verbose);
}

TEST(CommandLine, WhatFollowsTwoDashesIsAPath) {
  EXPECT_EQ(parse({"--", "--odd.yaml"}).line.paths, Words{"--odd.yaml"});
}

TEST(CommandLine, OfAnOptionGivenTwiceTheLastCounts) {
  EXPECT_EQ(parse({"--color", "never", "--color", "always"}).line.color, ColorMode::Always);
}

TEST(CommandLine, AMistypedOptionIsAnErrorWithASuggestion) {
  EXPECT_EQ(parse({"--selct", "a"}).error, "unknown option '--selct'; did you mean '--select'?");
  EXPECT_EQ(parse({"--output-fromat=json"}).error,
            "unknown option '--output-fromat'; did you mean '--output-format'?");
}

TEST(CommandLine, WhatIsNotBuiltIsAnError) {
  for (const char* option : {"--diff", "--stdin-filename", "--unsafe-fixes"})
    EXPECT_NE(parse({option}).error, "") << option;
}

TEST(CommandLine, FindingsAreComparedWithOneRevision) {
  for (const auto& two : {std::vector<std::string>{"--changed", "--staged"},
                          {"--changed", "--diff-base", "main"},
                          {"--diff-base", "main", "--staged"}})
    EXPECT_EQ(parse(two).error, "only one of --diff-base, --changed and --staged can be given");
  EXPECT_EQ(parse({"--diff-base", "main", "--diff-base", "dev"}).line.diff_base, "dev");
}

TEST(CommandLine, NoConfigurationAndOneExcludeEachOther) {
  EXPECT_TRUE(parse({"--isolated"}).line.isolated);
  EXPECT_EQ(parse({"--isolated", "--config", "a.yaml"}).error,
            "--isolated uses no configuration file, but --config names one");
}

TEST(CommandLine, ABadValueIsAnErrorThatNamesTheGoodOnes) {
  EXPECT_EQ(parse({"--output-format", "jsn"}).error, "--output-format: must be " + format_names() +
                                                         ", not 'jsn'; "
                                                         "did you mean 'json'?");
  EXPECT_NE(parse({"--today", "2026-02-30"}).error, "");
  EXPECT_NE(parse({"--today", "yesterday"}).error, "");
  EXPECT_NE(parse({"--parameter", "novalue"}).error, "");
  EXPECT_NE(parse({"--parameter", "=x"}).error, "");
  EXPECT_NE(parse({"--fail-on"}).error, "");
  EXPECT_NE(parse({"explain"}).error, "");
}

TEST(CommandLine, AValueThatIsMissingOrTooMuchIsToldInWords) {
  EXPECT_EQ(parse({"--threads"}).error, "--threads needs a value: --threads N");
  EXPECT_EQ(parse({"--select"}).error, "--select needs a value: --select RULE,...");
  EXPECT_EQ(parse({"--fail-on"}).error, "--fail-on needs a value: --fail-on error|warning|note");
  EXPECT_EQ(parse({"--output-format"}).error,
            "--output-format needs a value: --output-format FORMAT");
  for (const char* flag : {"--quiet=maybe", "--quiet=5", "--quiet=true", "--quiet="})
    EXPECT_EQ(parse({flag}).error, "--quiet takes no value") << flag;
  EXPECT_EQ(parse({"--exit-zero=5"}).error, "--exit-zero takes no value");
  for (const char* next : {"--quiet", "-q", "--", "--no-such-option", "--ignore=x"})
    EXPECT_EQ(parse({"--select", next}).error, "--select needs a value: --select RULE,...") << next;
  EXPECT_EQ(parse({"--output-template=--{path}"}).line.line_template, "--{path}");
  EXPECT_EQ(parse({"--output-format", "json", "--output-file", "-", "-q"}).error, "");
  EXPECT_EQ(parse({"--", "--select", "--quiet"}).line.paths, (Words{"--select", "--quiet"}));
  EXPECT_EQ(parse({"completions"}).error, "SHELL is required: bash|zsh|fish");
  EXPECT_EQ(parse({"--threads", "x"}).error,
            "--threads: must be a whole number of at least 1, not 'x'");
  EXPECT_EQ(parse({"--threads", "0"}).error,
            "--threads: must be a whole number of at least 1, not '0'");
  EXPECT_EQ(parse({"--config", ""}).error, "--config: must be FILE, not ''");
}

TEST(CommandLine, APartOfAnOptionsNameIsNearIt) {
  EXPECT_EQ(parse({"--format", "json"}).error,
            "unknown option '--format'; did you mean '--output-format'?");
  EXPECT_EQ(parse({"--output", "json"}).error,
            "unknown option '--output'; did you mean '--output-format', '--output-file' or "
            "'--output-template'?");
  EXPECT_EQ(parse({"-o", "x"}).error,
            "unknown option '-o'; did you mean '--only-named', '--output-format' or "
            "'--output-file'?");
  EXPECT_NE(parse({"-c", "x"}).error.find("'--config'"), std::string::npos);
  EXPECT_EQ(parse({"--frobnicate"}).error, "unknown option '--frobnicate'");
}

TEST(CommandLine, CommandsAreSuggestedByName) {
  EXPECT_EQ(nearest_command("chek"), "check");
  EXPECT_EQ(nearest_command("explian"), "explain");
  EXPECT_EQ(nearest_command("src"), "");
  EXPECT_EQ(parse({"help", "chek"}).error, "unknown command 'chek'; did you mean 'check'?");
}

TEST(CommandLine, RulesMayBeFewer) {
  const CommandLine line = parse({"rules", "loop", "--profile", "strict"}).line;
  EXPECT_EQ(line.paths, Words{"loop"});
  EXPECT_EQ(line.profile, Profile::Strict);
  EXPECT_EQ(parse({"rules", "--profile", "strit"}).error,
            "--profile: must be default, strict, security, cost or observability, not 'strit'; did you mean "
            "'strict'?");
}

TEST(CommandLine, ChoicesAreToldInTheirOrder) {
  const std::string help = parse({"--help"}).print;
  for (const char* choices : {"error|warning|note", "certain|likely|possible", "auto|always|never"})
    EXPECT_NE(help.find(choices), std::string::npos) << choices;
  EXPECT_EQ(help.find("... ..."), std::string::npos);
  EXPECT_EQ(help.find("\n\n\n"), std::string::npos);
  EXPECT_NE(help.find("Examples:"), std::string::npos);
  for (const Format& format : formats())
    EXPECT_NE(help.find("\n  " + std::string(format.name) + ' '), std::string::npos) << format.name;
  EXPECT_NE(help.find("Documentation: https://"), std::string::npos);
}

TEST(CommandLine, HelpAndVersionArePrinted) {
  EXPECT_EQ(parse({"help"}).print, parse({"--help"}).print);
  EXPECT_EQ(parse({"help", "explain"}).print, parse({"explain", "--help"}).print);
  EXPECT_EQ(parse({"version"}).print, parse({"--version"}).print);
  EXPECT_EQ(parse({"--version"}).print, "fnlint 1.2.3\n");
  EXPECT_NE(parse({"--help"}).print.find("--select"), std::string::npos);
  EXPECT_NE(parse({"--help"}).print.find("explain RULE"), std::string::npos);
  EXPECT_NE(parse({"explain", "--help"}).print.find("fnlint explain"), std::string::npos);
}

}  // namespace
}  // namespace fnlint
