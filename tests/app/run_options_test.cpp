// Options about how a run goes, and how much of it is told.
#include "tests/app/program.h"

namespace fnlint::run_options_test {
namespace {

using test::kClean;
using test::kFound;
using test::Program;

// Two warnings.
void write_two(const Program& program) {
  program.folder.write("a.yaml", kFound);
  program.folder.write("b.yaml", kFound);
}

// One error more.
void write_error(const Program& program) {
  program.folder.write("c/template.yaml",
                       "Transform: AWS::Serverless-2016-10-31\n"
                       "Resources:\n"
                       "  G:\n"
                       "    Type: AWS::Serverless::Function\n"
                       "    Properties: {Handler: app.handler, Runtime: python3.12}\n");
  program.folder.write("c/app.py",
                       "seen = []\ndef handler(event, context):\n    seen.append(event)\n"
                       "    return len(seen)\n");
}

TEST(MaxWarnings, GivesExitCodeOneForMoreOfThemAlone) {
  Program program;
  write_two(program);
  EXPECT_EQ(program({}), kFindings);
  EXPECT_EQ(program({"--max-warnings", "2"}), kNothingFound);
  EXPECT_EQ(program.err.str(), "");
  EXPECT_EQ(program({"--max-warnings", "1"}), kFindings);
  EXPECT_EQ(program.err.str(), "fnlint: 2 warnings: more than --max-warnings 1 allows\n");
  EXPECT_EQ(program({"--max-warnings", "1", "-q"}), kFindings);
  EXPECT_EQ(program.err.str(), "");
  EXPECT_EQ(program({"--max-warnings", "1", "--exit-zero"}), kNothingFound);
}

TEST(MaxWarnings, LeavesOtherLevelsToFailOn) {
  Program program;
  write_two(program);
  EXPECT_EQ(program({"--max-warnings", "1", "--fail-on", "error"}), kFindings);
  EXPECT_EQ(program({"--max-warnings", "2", "--fail-on", "note"}), kNothingFound);
  write_error(program);
  EXPECT_EQ(program({"--max-warnings", "9", "--fail-on", "error"}), kFindings);
}

TEST(MaxFindings, TellsTheWorstAndCountsThemAll) {
  Program program;
  write_two(program);
  write_error(program);
  EXPECT_EQ(program({"--max-findings", "1"}), kFindings);
  EXPECT_EQ(program.out.str().find("c/app.py:3:5: error:"), 0U) << program.out.str();
  EXPECT_NE(program.out.str().find("2 more findings are not shown (--max-findings 1).\n"
                                   "3 findings: 1 error, 2 warnings in"),
            std::string::npos)
      << program.out.str();
  EXPECT_EQ(program({"--max-findings", "1", "--output-format", "jsonl"}), kFindings);
  EXPECT_EQ(program.err.str(), "fnlint: 2 more findings are not shown (--max-findings 1)\n");
  EXPECT_EQ(program({"--max-findings", "0", "--output-format", "json"}), kFindings);
  EXPECT_TRUE(program.parsed()["findings"].empty());
  EXPECT_EQ(program.parsed()["summary"]["cut"], 3);
}

TEST(Numbers, AreWholeOnes) {
  Program program;
  for (const std::string option : {"--max-warnings", "--max-findings", "--threads"})
    for (const std::string value : {"-1", "x", "1.5", "", "99999999999999999999999"}) {
      EXPECT_EQ(program({option + "=" + value}), kCouldNotRun) << option << value;
      EXPECT_EQ(program.err.str().find("fnlint: " + option), 0U) << program.err.str();
    }
  EXPECT_EQ(program({"--threads", "0"}), kCouldNotRun);
  EXPECT_NE(program.err.str().find("must be a whole number of at least 1, not '0'"),
            std::string::npos);
}

TEST(Threads, FindTheSame) {
  Program program;
  write_two(program);
  write_error(program);
  program({});
  const std::string all = program.out.str();
  for (const std::string count : {"1", "2", "64"}) {
    EXPECT_EQ(program({"--threads", count}), kFindings);
    EXPECT_EQ(program.out.str(), all) << count;
  }
}

TEST(Silent, PrintsNothing) {
  Program program;
  EXPECT_EQ(program({"-s"}), kNothingFound);
  write_two(program);
  EXPECT_EQ(program({"--silent", "--output-file", "report.txt"}), kFindings);
  EXPECT_EQ(program.out.str() + program.err.str(), "");
  EXPECT_NE(program.folder.read("report.txt").find("2 findings"), std::string::npos);
}

TEST(Silent, StillSaysWhyItCouldNotRun) {
  Program program;
  EXPECT_EQ(program({"-s", "there"}), kCouldNotRun);
  EXPECT_EQ(program.err.str().find("fnlint: no such file or folder: there"), 0U);
}

TEST(LogFile, HasWhatVerboseSays) {
  Program program;
  program.folder.write("template.yaml", kClean);
  EXPECT_EQ(program({"--log-file", "run.log", "-q"}), kNothingFound);
  EXPECT_EQ(program.err.str(), "");
  const std::string log = program.folder.read("run.log");
  EXPECT_EQ(log.find("fnlint: root " + program.folder.path() +
                     ", configuration none\n"
                     "fnlint: searched .: 1 template among 1 file\n"),
            0U)
      << log;
  EXPECT_NE(log.find(" ms  link templates\n"), std::string::npos);
  EXPECT_EQ(program({"--log-file", "no/such/folder/run.log"}), kCouldNotRun);
  EXPECT_NE(program.err.str().find("cannot write no/such/folder/run.log: "), std::string::npos);
}

TEST(OutputTemplate, ChoosesItsFormat) {
  Program program;
  program.folder.write("a.yaml", kFound);
  EXPECT_EQ(program({"--output-template", "{path} {rule}"}), kFindings);
  EXPECT_EQ(program.out.str(), "a.yaml config-suppression-unknown\n");
  EXPECT_EQ(program({"--output-file", "x", "--output-template", "{line}"}), kFindings);
  EXPECT_EQ(program.folder.read("x"), "7\n");
}

TEST(OutputTemplate, IsRefusedWhereItCannotBeMeant) {
  Program program;
  EXPECT_EQ(program({"--output-template", "{pth}"}), kCouldNotRun);
  EXPECT_EQ(program.err.str().find(
                "fnlint: --output-template: there is no {pth}; did you mean '{path}'?\n"),
            0U)
      << program.err.str();
  EXPECT_EQ(program({"--output-template", "{path}", "--output-format", "json"}), kCouldNotRun);
  EXPECT_NE(program.err.str().find("is for --output-format template"), std::string::npos);
}

TEST(Hyperlinks, AreForTerminalsThatOpenThem) {
  Program program;
  program.folder.write("a.yaml", kFound);
  const auto has_links = [&](const std::vector<std::string>& arguments) {
    program(arguments);
    return program.out.str().find("\x1b]8;;file://") != std::string::npos &&
           program.out.str().find("\x1b]8;;https://") != std::string::npos;
  };
  EXPECT_FALSE(has_links({}));
  EXPECT_TRUE(has_links({"--hyperlinks", "always"}));
  program.terminal = true;
  program.variables = {{"TERM", "xterm-kitty"}};
  EXPECT_TRUE(has_links({}));
  EXPECT_FALSE(has_links({"--hyperlinks", "never"}));
  EXPECT_FALSE(has_links({"--hyperlinks", "never", "--color", "always"}));
  program.variables = {{"TERM", "dumb"}, {"TERM_PROGRAM", "vscode"}};
  EXPECT_FALSE(has_links({}));
}

TEST(RunOptions, ThatExcludeEachOtherAreRefused) {
  Program program;
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"-s", "-v"},
                                                    {"-s", "--watch"},
                                                    {"--watch", "--staged"},
                                                    {"--watch", "-", "--stdin-filename", "a.py"}})
    EXPECT_EQ(program(arguments), kCouldNotRun) << arguments[0];
}

}  // namespace
}  // namespace fnlint::run_options_test
