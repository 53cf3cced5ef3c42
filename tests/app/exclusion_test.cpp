// What is left out: by configuration, by ignore files, and where the command line names it.
#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <set>

namespace fnlint::exclusion_test {
namespace {

using test::kFound;
using test::Program;

class Exclusions : public ::testing::Test {
 protected:
  Exclusions() {
    program.folder.write(".git/HEAD", "");
    program.folder.write("a/template.yaml", kFound);
    program.folder.write("a/old/template.yaml", kFound);
    program.folder.write("b/template.yaml", kFound);
  }
  using Paths = std::set<std::string>;
  Paths paths(std::vector<std::string> options = {}) {
    options.insert(options.end(), {"--output-format", "json"});
    Paths found;
    EXPECT_NE(program(options), 2) << program.err.str();
    const nlohmann::json report = program.parsed();
    for (const auto& each : report["findings"]) found.insert(each["path"]);
    return found;
  }

  Program program;
};

TEST_F(Exclusions, AnIgnoreFileExcludes) {
  program.folder.write(".fnlintignore", "# old ones\nold/\n/b\n");
  EXPECT_EQ(paths(), Paths{"a/template.yaml"});
  program.folder.write("a/.fnlintignore", "!old/\n");
  EXPECT_EQ(paths(), (Paths{"a/template.yaml", "a/old/template.yaml"}));
  program.directory = "a";
  program.folder.write("a/.fnlintignore", "template.yaml\n");
  EXPECT_EQ(paths(), Paths{});
}

TEST_F(Exclusions, IgnoreFilesCanBeTakenForAbsent) {
  program.folder.write(".fnlintignore", "old/\n");
  program.folder.write(".gitignore", "/b\n");
  EXPECT_EQ(paths(), Paths{"a/template.yaml"});
  EXPECT_EQ(paths({"--no-ignore"}),
            (Paths{"a/template.yaml", "a/old/template.yaml", "b/template.yaml"}));
}

TEST_F(Exclusions, AnIgnoreFileAboveTheRootOfARunCounts) {
  program.folder.write(".fnlintignore", "/a/old\n");
  program.folder.write("a/.fnlint.yaml", "fail-on: error\n");
  EXPECT_EQ(paths({"a"}), Paths{"a/template.yaml"});
}

TEST_F(Exclusions, WhatIsNamedIsLinted) {
  program.folder.write(".fnlint.yaml", "exclude: [old]\n");
  program.folder.write(".fnlintignore", "/b\n");
  EXPECT_EQ(paths(), Paths{"a/template.yaml"});
  EXPECT_EQ(paths({"a/old", "b/template.yaml"}), (Paths{"a/old/template.yaml", "b/template.yaml"}));
  EXPECT_EQ(paths({"a/old", "--exclude", "old"}), Paths{}) << "the command line says both";
}

TEST_F(Exclusions, WhatIsNamedIsLeftOutWhereTheUserForcesIt) {
  program.folder.write(".fnlint.yaml", "exclude: ['**/old/**']\n");
  program.folder.write(".gitignore", "/b\n");
  EXPECT_EQ(paths({"a/old/template.yaml", "b"}), (Paths{"a/old/template.yaml", "b/template.yaml"}));
  EXPECT_EQ(paths({"a/old/template.yaml", "b", "--force-exclude"}), Paths{});
  EXPECT_EQ(paths({"a/old/template.yaml", "a", "--force-exclude"}), Paths{"a/template.yaml"});
  EXPECT_EQ(paths({"b", "--force-exclude", "--no-ignore"}), Paths{"b/template.yaml"});
}

TEST_F(Exclusions, RulesAreIgnoredByPathFromTheCommandLine) {
  EXPECT_EQ(paths({"--per-path-ignores", "a/**:config,loop", "--per-path-ignores=nothing:ALL"}),
            Paths{"b/template.yaml"});
  program.directory = "a";
  EXPECT_EQ(paths({"--per-path-ignores", "old/**:ALL"}), Paths{"template.yaml"});
  EXPECT_EQ(program({"--per-path-ignores", "a:lop"}), 2);
  EXPECT_EQ(program.err.str(),
            "fnlint: no rule, category or profile is named 'lop'; did you mean 'loop'?\n");
}

TEST_F(Exclusions, LevelsCanBeGivenOnTheCommandLine) {
  program.folder.write(".fnlint.yaml", "severity: {config-suppression-unknown: note}\n");
  EXPECT_EQ(program({}), 0);
  EXPECT_EQ(program({"--severity", "config-suppression-unknown=error"}), 1);
  EXPECT_EQ(program({"--severity", "config=error"}), 1) << "whatever the file says of one rule";
  EXPECT_EQ(program({"--severity", "config=of"}), 2);
  EXPECT_NE(program.err.str().find("must be error, warning, note or off, not 'of'; did you mean "
                                   "'off'?"),
            std::string::npos)
      << program.err.str();
}

TEST_F(Exclusions, ALevelMayBeOff) {
  EXPECT_EQ(paths({"--severity", "config-suppression=off"}), Paths{});
  program.folder.write(".fnlint.yaml", "severity: {config: off}\n");
  program.folder.write("b/.fnlint.yaml", "extend: ../.fnlint.yaml\nseverity: {config-s: note}\n");
  EXPECT_EQ(paths(), Paths{"b/template.yaml"});
  EXPECT_EQ(paths({"--severity", "config=error"}),
            (Paths{"a/template.yaml", "a/old/template.yaml", "b/template.yaml"}));
  program({"--print-config"});
  EXPECT_NE(program.out.str().find("  config: off  # .fnlint.yaml:1"), std::string::npos);
}

TEST_F(Exclusions, TheFolderOfARunMayBeIgnoredItself) {
  program.folder.write(".fnlintignore", "/a\n");
  program.folder.write("a/.fnlint.yaml", "fail-on: error\n");
  program.directory = "a";
  EXPECT_EQ(paths(), Paths{});
  EXPECT_EQ(program.err.str(),
            "fnlint: nothing to lint: the current folder is left out by .fnlintignore or "
            "'exclude'; 'fnlint .' lints it nonetheless\n");
  EXPECT_EQ(paths({"."}), (Paths{"template.yaml", "old/template.yaml"}));
  EXPECT_EQ(paths({".", "--force-exclude"}), Paths{});
  EXPECT_EQ(paths({"old/template.yaml", "--force-exclude"}), Paths{});
  EXPECT_EQ(paths({"--no-ignore"}), (Paths{"template.yaml", "old/template.yaml"}));
  program.directory = "a/old";  // below it
  EXPECT_EQ(paths(), Paths{});
  EXPECT_EQ(paths({"."}), Paths{"template.yaml"});
}

}  // namespace
}  // namespace fnlint::exclusion_test
