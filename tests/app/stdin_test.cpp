// What an editor has not saved is linted as a file of its project.
#include "core/text.h"
#include "report/formats.h"
#include "tests/app/program.h"

namespace fnlint::stdin_test {
namespace {

using test::kBroken;
using test::kClean;
using test::kFound;
using test::Program;

const std::string kTemplate =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {Handler: app.handler, Runtime: python3.12, CodeUri: src}\n";
const std::string kLeaky =
    "seen = []\n"
    "def handler(event, context):\n"
    "    seen.append(event)\n"
    "    return len(seen)\n";
const std::string kSound = "def handler(event, context):\n    return 1\n";

std::vector<std::string> linted(const std::string& path,
                                const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"check",           "-",   "--stdin-filename", path,
                                     "--output-format", "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(Stdin, GoesBeforeWhatTheDiskHas) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("src/app.py", kSound);
  program.input = kLeaky;
  EXPECT_EQ(program(linted("src/app.py")), kFindings) << program.err.str();
  EXPECT_EQ(program.parsed()["findings"][0]["path"], "src/app.py");
  EXPECT_EQ(program.folder.read("src/app.py"), kSound);

  program.folder.write("src/app.py", kLeaky);
  program.input = kSound;
  EXPECT_EQ(program(linted("src/app.py")), kNothingFound) << program.out.str();
}

TEST(Stdin, IsAFileThatNeedNotBeThere) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.input = kLeaky;
  EXPECT_EQ(program(linted("src/app.py")), kFindings) << program.err.str();
  EXPECT_EQ(program.parsed()["findings"][0]["path"], "src/app.py");

  Program alone;
  alone.input = kFound;
  EXPECT_EQ(alone(linted("new/folders/template.yaml")), kFindings) << alone.err.str();
}

TEST(Stdin, IsFoundThroughLinksAndFromOtherFolders) {
  Program program;
  program.folder.write("here/.git/HEAD", "");
  program.folder.write("here/template.yaml", kTemplate);
  program.folder.write("here/src/app.py", kSound);
  program.folder.link("there", "here");
  program.folder.write("elsewhere/x.txt", "");
  program.input = kLeaky;
  for (const std::string path : {"../there/src/app.py", "../here/./src/app.py"}) {
    program.directory = "elsewhere";
    EXPECT_EQ(program(linted(path)), kFindings) << path << program.err.str();
  }
  EXPECT_EQ(program(linted(program.folder.path("there/src/app.py"))), kFindings);
}

TEST(Stdin, IsReadInTheEncodingsAndLineEndsOfFiles) {
  Program program;
  std::string wide = "\xFF\xFE";
  for (const char each : kFound) (wide += each) += '\0';
  for (const std::string& input :
       {"\xEF\xBB\xBF" + kFound, wide, replace_all(kFound, "\n", "\r\n")}) {
    program.input = input;
    EXPECT_EQ(program(linted("template.yaml")), kFindings) << program.err.str();
    EXPECT_EQ(program.parsed()["findings"][0]["line"], 7);
  }
}

// What is wrong elsewhere cannot be shown where one file is open.
TEST(Stdin, TellsOnlyWhatTouchesTheFile) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("other.yaml", kFound);
  program.folder.write("broken.yaml", kBroken);
  program.folder.write("src/app.py", kLeaky);
  program.input = kSound;
  EXPECT_EQ(program(linted("src/app.py")), kNothingFound) << program.out.str();
  EXPECT_TRUE(program.parsed()["problems"].empty());
  EXPECT_TRUE(program.parsed()["unresolved"].empty());
  EXPECT_EQ(program.parsed()["summary"]["functions"], 3);
}

// The finding stands in the template, and what it is about does not.
TEST(Stdin, AHandlerThatTheFileLacksIsToldOfIt) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("src/app.py", kSound);
  program.folder.write("src/other.py", "");
  for (const std::string input : {"def handle(event, context):\n    return 1\n", "handler = 5\n"}) {
    program.input = input;
    EXPECT_EQ(program(linted("src/app.py")), kFindings) << input << program.out.str();
    EXPECT_EQ(program.parsed()["findings"][0]["path"], "template.yaml");
    EXPECT_EQ(program(linted("src/other.py")), kNothingFound) << program.out.str();
  }
}

TEST(Stdin, MayBeHalfWritten) {
  Program program;
  program.folder.write("template.yaml", kClean);
  program.input = kBroken;
  EXPECT_EQ(program(linted("template.yaml")), kFindings);
  EXPECT_EQ(program.parsed()["problems"][0]["path"], "template.yaml");
  for (std::size_t bytes = 0; bytes < kFound.size(); bytes += 7) {
    program.input = kFound.substr(0, bytes);
    EXPECT_NE(program(linted("template.yaml")), kCouldNotRun) << bytes << program.err.str();
  }
}

TEST(Stdin, IsToldInEveryFormat) {
  Program program;
  program.input = kFound;
  for (const Format& format : formats()) {
    EXPECT_EQ(program({"-", "--stdin-filename", "my app/template.yaml", "--output-format",
                       std::string(format.name)}),
              kFindings)
        << format.name << program.err.str();
    EXPECT_FALSE(program.out.str().empty()) << format.name;
  }
}

TEST(Stdin, ExcludedFilesStayExcluded) {
  Program program;
  program.folder.write(".fnlint.yaml", "exclude: ['src/']\n");
  program.folder.write("template.yaml", kTemplate);
  program.input = kLeaky;
  EXPECT_EQ(program(linted("src/app.py")), kNothingFound) << program.out.str();
}

TEST(Stdin, WhatCannotBeMeantIsRefused) {
  struct Case {
    std::vector<std::string> arguments;
    std::string words;
  };
  Program program;
  program.folder.write("src/app.py", "");
  for (const auto& [arguments, words] : {
           Case{{"-"}, "- is standard input; --stdin-filename PATH says which file that is"},
           Case{{"-", "src", "--stdin-filename", "a.py"}, "standard input is linted alone"},
           Case{{"-", "--stdin-filename", "a.py", "--staged"}, "--staged lints what is staged"},
           Case{{"-", "--stdin-filename", "src"}, "src is no file"},
           Case{{"-", "--stdin-filename", "src/app.py/b.py"}, "a file where it needs a folder"},
           Case{{"-", "--stdin-filename", "src/"}, "no path of a file"},
       }) {
    EXPECT_EQ(program(arguments), kCouldNotRun);
    EXPECT_NE(program.err.str().find(words), std::string::npos) << program.err.str();
  }
}

}  // namespace
}  // namespace fnlint::stdin_test
