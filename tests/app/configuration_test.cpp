// Keys and mistakes of .fnlint.yaml, each mistake at its place.

#include "app/configuration/configuration_reading.h"
#include "tests/app/some_rules.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using test::kSomeRules;

Configuration read(std::string_view text) {
  Result<Configuration> result = read_configuration(text, kSomeRules);
  EXPECT_TRUE(result) << (result ? "" : result.error());
  return result ? result.value() : Configuration{};
}
std::string error_of(std::string_view text) {
  const Result<Configuration> result = read_configuration(text, kSomeRules);
  return result ? "" : result.error();
}

TEST(Configuration, ReadsEveryKey) {
  const Configuration configuration = read(R"(
select: [default, security]
ignore: [config-env-unused]
severity: {init-heavy-import: note}
per-path-ignores: {"tests/**": [ALL]}
exclude: ["examples/**"]
parameters: {Stage: prod, Size: 3}
compile-commands: out/x64
fail-on: error
confidence: possible
runtime-soon-days: 90
package-bytes: 1000
)");
  EXPECT_EQ(configuration.select, (std::vector<std::string>{"default", "security"}));
  EXPECT_EQ(configuration.ignore, std::vector<std::string>{"config-env-unused"});
  EXPECT_EQ(configuration.severity[0],
            std::pair(std::string("init-heavy-import"), Level(Severity::Note)));
  EXPECT_TRUE(configuration.per_path_ignores[0].glob.glob.covers("tests/a/b.py"));
  EXPECT_TRUE(configuration.exclude[0].glob.covers("examples/x/template.yaml"));
  EXPECT_EQ(configuration.parameters[1], std::pair(std::string("Size"), std::string("3")));
  EXPECT_EQ(configuration.compile_commands, "out/x64");
  EXPECT_EQ(configuration.fail_on, Severity::Error);
  EXPECT_EQ(configuration.confidence, Confidence::Possible);
  EXPECT_EQ(configuration.settings.runtime_soon_days, 90);
  EXPECT_EQ(configuration.settings.package_bytes, 1000);
  EXPECT_EQ(configuration.settings.init_import_ms, 300);
}

TEST(Configuration, WhatIsNoYamlIsToldAsItIsOfTemplates) {
  EXPECT_EQ(read_configuration("select: [\"init\nignore: [loop]\n", test::kSomeRules).error(),
            "1:10: not readable as YAML: the quote that begins here is not closed");
  EXPECT_EQ(read_configuration("a:\n\t- b\n", test::kSomeRules).error(),
            "2:1: not readable as YAML: a tab cannot be used for indentation");
}

TEST(Configuration, TheWordsOfOtherLintersAreKnown) {
  EXPECT_EQ(read_configuration("rules: {loop: off}\n", test::kSomeRules).error(),
            "1:8: 'rules' must be a list of files and folders; levels of rules stand under 'severity'");
}

TEST(Configuration, AnEmptyFileSaysNothing) {
  for (const char* text : {"", "\n", "# nothing\n", "---\n", "\xEF\xBB\xBF", "select:\n"})
    EXPECT_EQ(error_of(text), "") << text;
}

TEST(Configuration, LineEndsOfWindowsAreLineEnds) {
  const Configuration configuration = read("select: [default]\r\nfail-on: error\r\n");
  EXPECT_EQ(configuration.fail_on, Severity::Error);
}

TEST(Configuration, AnUnknownKeyIsAnErrorAtItsPlaceWithASuggestion) {
  EXPECT_EQ(error_of("select: []\nruntime-soon-day: 3\n"),
            "2:1: unknown key 'runtime-soon-day'; did you mean 'runtime-soon-days'?");
  EXPECT_EQ(error_of("whatever_this_is: 1\n"), "1:1: unknown key 'whatever_this_is'");
}

TEST(Configuration, ABadValueIsAnErrorAtItsPlace) {
  EXPECT_EQ(error_of("fail-on: eror\n"),
            "1:10: 'fail-on' must be error, warning or note, not 'eror'; did you mean 'error'?");
  EXPECT_EQ(error_of("runtime-soon-days: soon\n"),
            "1:20: 'runtime-soon-days' must be a whole number from 0 to 3650, not 'soon'");
  EXPECT_EQ(error_of("init-import-ms: -1\n"),
            "1:17: 'init-import-ms' must be a whole number from 1 to 600000, not '-1'");
  EXPECT_EQ(error_of("select:\n  - default\n  - loop-s3-recursoin\n"),
            "3:5: no rule, category or profile is named 'loop-s3-recursoin'; "
            "did you mean 'loop-s3-recursion'?");
  EXPECT_EQ(error_of("severity: [loop]\n"), "1:11: 'severity' must be a map");
  EXPECT_EQ(error_of("select: {a: b}\n"), "1:9: 'select' must be a list");
}

TEST(Configuration, AKeyMayBeSetOnce) {
  EXPECT_EQ(error_of("fail-on: error\nfail-on: note\n"), "2:1: 'fail-on' is set twice");
}

TEST(Configuration, TextThatIsNotYamlIsAnErrorAtItsPlace) {
  EXPECT_TRUE(error_of("select: [default\n").starts_with("1:17: not readable as YAML: "));
  EXPECT_EQ(error_of("- a\n- b\n"), "1:1: the configuration must be a map of keys");
}

TEST(Configuration, NestingWithoutEndIsAnError) {
  EXPECT_NE(error_of("select: " + std::string(100'000, '[')), "");
}

}  // namespace
}  // namespace fnlint
