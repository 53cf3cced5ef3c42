// Comments that suppress what is found, written into the sources.
#include "app/suppressions/suppression_edits.h"
#include "core/encoding.h"
#include "core/text.h"
#include "tests/app/program.h"

#include <unistd.h>

namespace fnlint::added_suppressions_test {
namespace {

using test::Program;

const std::string kTemplate =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties:\n"
    "      CodeUri: src\n"
    "      Handler: app.handler\n"
    "      Runtime: python3.8\n";
const std::string kHandler =
    "seen = []\n"
    "def handler(event, context):\n"
    "    seen.append(event)\n"
    "    return len(seen)\n";
const std::string kMark = "  # fnlint: ignore[state-request-data-in-global]";

std::vector<std::string> adding(const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"--add-suppressions", "--today", "2026-03-01"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

// What a run finds afterwards.
std::string found_by(Program& program) {
  program({"--output-format", "concise", "--today", "2026-03-01"});
  return program.out.str();
}

TEST(AddedSuppressions, SilenceWhatIsFound) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("src/app.py", kHandler);
  EXPECT_NE(found_by(program), "");
  EXPECT_EQ(program(adding({"--reason", "moves in spring"})), kNothingFound) << program.err.str();
  EXPECT_EQ(program.err.str(), "fnlint: 2 suppressions written to 2 files\n");
  EXPECT_EQ(program.out.str(), "");
  EXPECT_EQ(program.folder.read("src/app.py"),
            replace_all(kHandler, "seen.append(event)",
                        "seen.append(event)" + kMark + " moves in spring"));
  EXPECT_EQ(program.folder.read("template.yaml"),
            replace_all(kTemplate, "python3.8",
                        "python3.8  # fnlint: ignore[runtime-deprecated] moves in spring"));
  EXPECT_EQ(found_by(program), "");

  const std::string written = program.folder.read("src/app.py");
  EXPECT_EQ(program(adding()), kNothingFound);
  EXPECT_EQ(program.err.str(), "fnlint: 0 suppressions written to 0 files\n");
  EXPECT_EQ(program.folder.read("src/app.py"), written);
}

TEST(AddedSuppressions, KeepLineEndsAndEncodings) {
  const auto wide = [](const std::string& text) {
    std::string bytes = "\xFF\xFE";
    for (const char each : text) (bytes += each) += '\0';
    return bytes;
  };
  const std::string windows = replace_all(kHandler, "\n", "\r\n");
  const auto marked = [](const std::string& text) {
    return replace_all(text, "seen.append(event)", "seen.append(event)" + kMark);
  };
  struct Case {
    std::string before, after;
  };
  for (const auto& [before, after] :
       {Case{windows, marked(windows)}, Case{wide(kHandler), wide(marked(kHandler))},
        Case{"\xEF\xBB\xBF" + windows, "\xEF\xBB\xBF" + marked(windows)}}) {
    Program program;
    program.folder.write("template.yaml", kTemplate);
    program.folder.write("src/app.py", before);
    EXPECT_EQ(program(adding()), kNothingFound) << program.err.str();
    EXPECT_EQ(program.folder.read("src/app.py"), after);
    EXPECT_EQ(found_by(program), "");
  }
}

TEST(AddedSuppressions, StandBehindAnotherComment) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("src/app.py", replace_all(kHandler, "(event)", "(event)  # all of them"));
  EXPECT_EQ(program(adding()), kNothingFound) << program.err.str();
  EXPECT_EQ(program.folder.read("src/app.py"),
            replace_all(kHandler, "(event)", "(event)  # all of them" + kMark));
  EXPECT_EQ(found_by(program), "");
}

// Each line of a run is told from those that its comments have moved.
TEST(AddedSuppressions, StandAboveWhatGoesOnInTheNextLine) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  const std::string handler =
      "seen = []\n"
      "also = []\n"
      "def handler(event, context):\n"
      "    seen.append( \\\n"
      "        event)\n"
      "    also.append(\"\"\"a\n"
      "    \"\"\" + event[\"x\"])\n"
      "    return len(seen) + len(also)\n";
  program.folder.write("src/app.py", handler);
  EXPECT_EQ(program(adding({"--ignore", "runtime"})), kNothingFound) << program.err.str();
  const std::string written = program.folder.read("src/app.py");
  const std::string mark = "    # fnlint: ignore[state-request-data-in-global]\n";
  EXPECT_NE(written.find(mark + "    seen.append( \\\n"), std::string::npos) << written;
  EXPECT_EQ(found_by(program).find("app.py"), std::string::npos) << written;
  EXPECT_EQ(replace_all(replace_all(written, mark, ""), kMark, ""), handler);
}

TEST(AddedSuppressions, AreInTheCommentsOfTheLanguage) {
  Program program;
  program.folder.write("template.yaml", replace_all(kTemplate, "python3.8", "nodejs22.x"));
  program.folder.write("src/app.js",
                       "const seen = [];\n"
                       "exports.handler = async (event) => {\n"
                       "  seen.push(event);\n"
                       "  return seen.length;\n"
                       "};\n");
  EXPECT_EQ(program(adding()), kNothingFound) << program.err.str();
  EXPECT_NE(program.folder.read("src/app.js").find("  // fnlint: ignore["), std::string::npos);
  EXPECT_EQ(found_by(program), "");
}

// "#" begins no comment in JavaScript, which stands in a template here.
TEST(AddedSuppressions, WhatWouldBreakTheCodeIsNotWritten) {
  Program program;
  const std::string text =
      "Transform: AWS::Serverless-2016-10-31\n"
      "Resources:\n"
      "  F:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties:\n"
      "      Handler: index.handler\n"
      "      Runtime: nodejs22.x\n"
      "      InlineCode: |\n"
      "        const seen = [];\n"
      "        exports.handler = async (event) => {\n"
      "          seen.push(event);\n"
      "          return seen.length;\n"
      "        };\n";
  program.folder.write("template.yaml", text);
  EXPECT_EQ(program(adding()), kFindings);
  EXPECT_EQ(program.folder.read("template.yaml"), text);
  EXPECT_EQ(
      program.err.str(),
      "fnlint: template.yaml:11: state-request-data-in-global: no comment beside or above the "
      "line is one that counts\n"
      "fnlint: 0 suppressions written to 0 files; 1 finding left\n");
}

TEST(AddedSuppressions, OneThatWouldBreakItsFileLeavesTheOthers) {
  Program program;
  const std::string text =
      "Transform: AWS::Serverless-2016-10-31\n"
      "Resources:\n"
      "  E:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties: {CodeUri: src, Handler: app.handler, Runtime: python3.8}\n"
      "  F:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties:\n"
      "      Handler: index.handler\n"
      "      Runtime: nodejs16.x\n"
      "      InlineCode: |\n"
      "        const seen = [];\n"
      "        exports.handler = async (event) => {\n"
      "          seen.push(event);\n"
      "          return seen.length;\n"
      "        };\n";
  program.folder.write("template.yaml", text);
  program.folder.write("src/app.py", kHandler);
  EXPECT_EQ(program(adding({"--select", "runtime-deprecated,state-request-data-in-global"})),
            kFindings);
  const std::string mark = "  # fnlint: ignore[runtime-deprecated]";
  EXPECT_EQ(program.folder.read("template.yaml"),
            replace_all(replace_all(text, "python3.8}", "python3.8}" + mark), "nodejs16.x",
                        "nodejs16.x" + mark));
  EXPECT_EQ(
      program.err.str(),
      "fnlint: template.yaml:14: state-request-data-in-global: no comment beside or above the "
      "line is one that counts\n"
      "fnlint: 3 suppressions written to 2 files; 1 finding left\n");
}

TEST(AddedSuppressions, WhatWasWrittenBeforeAFailureIsTold) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("src/app.py", kHandler);
  // Where the new file is put before it takes the old one's place.
  program.folder.write("template.yaml.fnlint-" + std::to_string(::getpid()), "");
  EXPECT_EQ(program(adding()), kCouldNotRun);
  EXPECT_EQ(program.err.str(),
            "fnlint: cannot write template.yaml: File exists\n"
            "fnlint: 1 suppression had been written to src/app.py\n");
  EXPECT_EQ(program.folder.read("template.yaml"), kTemplate);
}

TEST(AddedSuppressions, AFileWithoutCommentsIsLeftAndTheConfigurationNamed) {
  Program program;
  const std::string json =
      R"({"Transform": "AWS::Serverless-2016-10-31", "Resources": {"F": {)"
      R"("Type": "AWS::Serverless::Function", "Properties": {"Handler": "app.handler", )"
      R"("Runtime": "python3.8", "InlineCode": "def handler(e, c): return 1"}}}})";
  program.folder.write("template.json", json);
  EXPECT_EQ(program(adding()), kFindings);
  EXPECT_NE(program.err.str().find(
                "fnlint: template.json:1: runtime-deprecated: the file cannot have comments; in "
                ".fnlint.yaml it is per-path-ignores: {\"template.json\": [runtime-deprecated]}\n"),
            std::string::npos)
      << program.err.str();
  EXPECT_EQ(program.folder.read("template.json"), json);
  EXPECT_EQ(program(adding({"--exit-zero"})), kNothingFound);
}

TEST(AddedSuppressions, MistakesOfSuppressionsAreNotSuppressed) {
  Program program;
  program.folder.write("template.yaml", test::kFound);
  EXPECT_EQ(program(adding()), kFindings);
  EXPECT_NE(program.err.str().find("it is about a suppression"), std::string::npos);
  EXPECT_EQ(program.folder.read("template.yaml"), test::kFound);
}

TEST(AddedSuppressions, AreOfWhatIsShown) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("src/app.py", kHandler);
  EXPECT_EQ(program(adding({"--select", "runtime"})), kNothingFound);
  EXPECT_EQ(program.folder.read("src/app.py"), kHandler);
}

TEST(AddedSuppressions, WhatCannotBeMeantIsRefused) {
  Program program;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--reason", "x"}, adding({"--watch"}), adding({"--staged"}),
        adding({"--output-format", "json"}), adding({"-", "--stdin-filename", "a.py"}),
        adding({"--reason", "until 2026-02-28"})})
    EXPECT_EQ(program(arguments), kCouldNotRun) << arguments.back();
  EXPECT_EQ(program.err.str(),
            "fnlint: --reason: 2026-02-28 has passed, so nothing would be suppressed\n"
            "fnlint: see fnlint --help\n");
  EXPECT_EQ(program(adding({"--reason", "until 2026-03-01"})), kNothingFound);
}

TEST(SuppressionEdits, TakeRulesIntoACommentThatIsThere) {
  const std::string text = "a: 1  # fnlint: ignore[x] because\nb: 2\n";
  EXPECT_TRUE(can_stand_beside("t.yaml", text, 1));
  EXPECT_EQ(with_suppressions("t.yaml", text, {{1, {.beside = {"y", "z"}}}}, "other"),
            "a: 1  # fnlint: ignore[x, y, z] because\nb: 2\n");
}

TEST(SuppressionEdits, SplitNoLineThatGoesOn) {
  const std::string text = "FROM x\nRUN a \\\n  && b\n";
  EXPECT_FALSE(can_stand_beside("Dockerfile", text, 2));
  EXPECT_EQ(with_suppressions("Dockerfile", text, {{3, {.above = {"r"}}}}, ""),
            "FROM x\n# fnlint: ignore[r]\nRUN a \\\n  && b\n");
  EXPECT_FALSE(can_stand_beside("app.py", "x = 1 + \\\n  2\n", 1));
}

TEST(SuppressionEdits, AreFoundAgainByTheirLines) {
  const std::string text = "a\nb\nc";
  const LineEdits edits{{2, {.above = {"r"}}}, {3, {.beside = {"s"}}}};
  EXPECT_EQ(with_suppressions("a.py", text, edits, ""),
            "a\n# fnlint: ignore[r]\nb\nc  # fnlint: ignore[s]");
  EXPECT_EQ(line_before(edits, text, 1), 1U);
  EXPECT_EQ(line_before(edits, text, 3), 2U);
  EXPECT_EQ(line_before(edits, text, 4), 3U);
}

TEST(SuppressionEdits, KnowTheCommentsOfFiles) {
  struct Case {
    std::string path, text, mark;
  };
  for (const auto& [path, text, mark] :
       {Case{"app.py", "", "#"}, Case{"app.ts", "", "//"}, Case{"main.tf", "", "#"},
        Case{"go.mod", "", "//"}, Case{"build.gradle", "", "//"},
        Case{"build.gradle.kts", "", "//"}, Case{"requirements.txt", "", "#"},
        Case{"template.yaml", "a: 1", "#"}, Case{"template.yaml", " {\"a\": 1}", ""},
        Case{"template.json", "{}", ""}, Case{"main.tf.json", "{}", ""},
        Case{"pom.xml", "<project/>", ""}})
    EXPECT_EQ(comment_mark_of(path, text), mark) << path;
}

}  // namespace
}  // namespace fnlint::added_suppressions_test
