// Every option may be said by a variable: below the command line, above the configuration.
#include "app/commands/command_parser.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

namespace fnlint::environment_test {
namespace {

using Words = std::vector<std::string>;

Parsed parse(const Words& arguments, const OwnVariables& variables) {
  return parse_command_line(arguments, "1.2.3", variables);
}

TEST(OwnVariables, SayWhatTheCommandLineDoesNot) {
  const OwnVariables variables{{"FNLINT_FAIL_ON", "error"},
                               {"FNLINT_SELECT", "loop,init"},
                               {"FNLINT_STATISTICS", "1"},
                               {"FNLINT_EXCLUDE", "a/**\nb,c\n"},
                               {"FNLINT_PARAMETER", "A=1\nB=2 3"}};
  const CommandLine line = parse({}, variables).line;
  EXPECT_EQ(line.fail_on, Severity::Error);
  EXPECT_EQ(line.select, (Words{"loop", "init"}));
  EXPECT_TRUE(line.statistics);
  EXPECT_EQ(line.exclude, (Words{"a/**", "b,c"}));
  ASSERT_EQ(line.parameters.size(), 2U);
  EXPECT_EQ(line.parameters[1].second, "2 3");
  const CommandLine other =
      parse({"--fail-on=note", "--select", "state", "--exclude", "x"}, variables).line;
  EXPECT_EQ(other.fail_on, Severity::Note);
  EXPECT_EQ(other.select, Words{"state"});
  EXPECT_EQ(other.exclude, Words{"x"});
}

TEST(OwnVariables, OfFlagsAreTrueOrFalse) {
  for (const char* word : {"1", "true", "YES", "on"})
    EXPECT_TRUE(parse({}, {{"FNLINT_QUIET", word}}).line.quiet) << word;
  for (const char* word : {"0", "false", "No", "off", ""})
    EXPECT_FALSE(parse({}, {{"FNLINT_QUIET", word}}).line.quiet) << word;
  EXPECT_EQ(parse({}, {{"FNLINT_QUIET", "maybe"}}).error,
            "FNLINT_QUIET must be true or false, not 'maybe'");
}

TEST(OwnVariables, AFileBelongsToTheFormatWhoeverSaysThem) {
  const auto outputs = [](const Words& arguments, const OwnVariables& variables) {
    std::string told;
    for (const Output& each : parse(arguments, variables).line.outputs)
      told +=
          std::string(each.format == nullptr ? "none" : each.format->name) + '>' + each.file + ' ';
    return told;
  };
  EXPECT_EQ(outputs({}, {{"FNLINT_OUTPUT_FORMAT", "json"}, {"FNLINT_OUTPUT_FILE", "x"}}),
            "json>x ");
  EXPECT_EQ(outputs({"--output-file", "y"}, {{"FNLINT_OUTPUT_FORMAT", "json"}}), "json>y ");
  EXPECT_EQ(outputs({"--output-format", "sarif"}, {{"FNLINT_OUTPUT_FILE", "x"}}), "sarif>x ");
  EXPECT_EQ(outputs({"--output-format", "sarif"},
                    {{"FNLINT_OUTPUT_FORMAT", "json\ntext"}, {"FNLINT_OUTPUT_FILE", "x"}}),
            "sarif>x ");
}

TEST(OwnVariables, GiveWayToWhatTheCommandLineSaysInTheirPlace) {
  EXPECT_EQ(parse({"--config", "c"}, {{"FNLINT_ISOLATED", "1"}}).error, "");
  EXPECT_EQ(parse({"--staged"}, {{"FNLINT_DIFF_BASE", "main"}}).line.diff_base, "");
  EXPECT_FALSE(
      parse({"-q"}, {{"FNLINT_QUIET", "maybe"}}).line.from_environment.contains("--quiet"));
  EXPECT_EQ(parse({"rules"}, {{"FNLINT_SELECT", "loop"}}).error, "") << "it has no such option";
}

// What looks like an option may be the value of the one before it.
TEST(OwnVariables, GiveWayOnlyToOptions) {
  const auto quiet = [](const Words& arguments) {
    return parse(arguments, {{"FNLINT_QUIET", "1"}}).line.from_environment.contains("--quiet");
  };
  EXPECT_FALSE(quiet({"-vq"}));
  EXPECT_FALSE(quiet({"--exclude", "x", "-q"}));
  EXPECT_TRUE(quiet({"-v"}));
  EXPECT_TRUE(quiet({"--config=--quiet"}));
  EXPECT_TRUE(quiet({"--config=-q", "--", "-q"}));
  const std::vector<OptionByVariable> options{{.name = "--output", .also = {"-o"}},
                                              {.name = "--quiet", .also = {"-q"}, .is_flag = true}};
  const auto reads_variable = [&](const Words& arguments) {
    return with_environment(arguments, options, {}, {{"FNLINT_QUIET", "1"}})
        .variables.contains("--quiet");
  };
  EXPECT_TRUE(reads_variable({"-oq"})) << "a value in its cluster";
  EXPECT_TRUE(reads_variable({"-o", "-q"}));
  EXPECT_FALSE(reads_variable({"-qo", "x"}));
}

TEST(OwnVariables, AMistakeInOneNamesIt) {
  EXPECT_EQ(parse({}, {{"FNLINT_FAIL_ON", "eror"}}).error,
            "--fail-on: must be error, warning or note, not 'eror'; did you mean 'error'? "
            "(FNLINT_FAIL_ON)");
}

TEST(OwnVariables, ThatLookMistypedAreTold) {
  EXPECT_EQ(parse({}, {{"FNLINT_FAILON", "error"}}).hints,
            Words{"the variable FNLINT_FAILON is not an option; did you mean 'FNLINT_FAIL_ON'?"});
  EXPECT_EQ(parse({}, {{"FNLINT_STAGE", "code"}, {"FNLINT_CLANG_SETUP", "/x"}}).hints, Words{})
      << "of another command, and of none";
  EXPECT_EQ(parse({}, {{"FNLINT_DEPLOYMENT_ROLE_OF_CI", "x"}}).hints, Words{});
}

TEST(OwnVariables, StandBetweenTheCommandLineAndTheConfiguration) {
  test::Program program;
  program.folder.write("template.yaml", test::kFound);
  program.folder.write(".fnlint.yaml", "fail-on: error\n");
  EXPECT_EQ(program({}), 0);
  program.variables["FNLINT_FAIL_ON"] = "warning";
  EXPECT_EQ(program({}), 1);
  EXPECT_EQ(program({"--fail-on", "error"}), 0);
  program.variables["FNLINT_SELCT"] = "loop";
  program({});
  EXPECT_EQ(program.err.str(),
            "fnlint: the variable FNLINT_SELCT is not an option; did you mean 'FNLINT_SELECT'?\n");
}

}  // namespace
}  // namespace fnlint::environment_test
