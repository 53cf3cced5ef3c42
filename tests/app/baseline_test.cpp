// What a team knows already is not told again: a file of it, or what the code was like before.
#include "app/run/baseline.h"

#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace fnlint::baseline_test {
namespace {

using test::kFound;
using test::Program;

// A function with a finding at its handler: a client that is made for every event.
const std::string kTemplate =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: ., Timeout: 5000}\n";
const std::string kClient =
    "import boto3\n"
    "\n"
    "def handler(event, context):\n"
    "    return boto3.client('sqs').list_queues(MaxResults=event['most'])\n";

std::vector<std::string> rules_of(const Program& program) {
  std::vector<std::string> rules;
  const nlohmann::json document = program.parsed();
  for (const auto& finding : document["findings"])
    rules.push_back(finding["rule"].get<std::string>());
  return rules;
}
using Rules = std::vector<std::string>;

TEST(Baseline, IsWrittenOneFindingALine) {
  EXPECT_EQ(baseline_text({}), "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
  const std::string text = baseline_text({{.fingerprint = "f2", .rule = "b", .path = "b.py"},
                                          {.fingerprint = "f1",
                                           .rule = "a",
                                           .path = "a.py",
                                           .message = "a \"word\"\n\xff",
                                           .confidence = Confidence::Likely,
                                           .function = "F"}});
  EXPECT_EQ(
      text,
      "{\n  \"version\": 1,\n  \"findings\": [\n"
      "    {\"path\": \"a.py\", \"rule\": \"a\", \"function\": \"F\", \"confidence\": \"likely\", "
      "\"fingerprint\": \"f1\", \"message\": \"a \\\"word\\\"\\n\xef\xbf\xbd\"},\n"
      "    {\"path\": \"b.py\", \"rule\": \"b\", \"confidence\": \"certain\", "
      "\"fingerprint\": \"f2\", \"message\": \"\"}\n"
      "  ]\n}\n");
  const auto read = read_baseline(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(baseline_text(read.value()), text);
}

TEST(Baseline, ThatIsNoneSaysWhy) {
  const auto error = [](std::string_view text) { return read_baseline(text).error(); };
  EXPECT_EQ(error(""), "is not JSON");
  EXPECT_EQ(error("{\"version\": 1"), "is not JSON");
  EXPECT_EQ(error("[]"), "is not a baseline: it has no list of findings");
  EXPECT_EQ(error("{\"version\": 2, \"findings\": []}"),
            "is not a baseline of version 1, the only one that can be read");
  EXPECT_EQ(error("{\"version\": 1, \"findings\": [{\"rule\": \"a\", \"fingerprint\": 3}]}"),
            "finding 1 of the baseline has no fingerprint");
}

TEST(Baseline, LeavesOutWhatItHas) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("app.py", kClient);
  EXPECT_EQ(program({"baseline"}), 0);
  EXPECT_EQ(program.err.str(),
            "fnlint: .fnlint-baseline.json has 2 findings: --baseline .fnlint-baseline.json leaves "
            "them out, and so does 'baseline: .fnlint-baseline.json' in .fnlint.yaml\n");
  EXPECT_EQ(program({}), 1);
  EXPECT_EQ(program({"--baseline", ".fnlint-baseline.json"}), 0);
  EXPECT_EQ(program.err.str(), "fnlint: 2 known findings are left out\n");
  program.folder.write(".fnlint.yaml", "baseline: .fnlint-baseline.json\n");
  EXPECT_EQ(program({}), 0);
}

TEST(Baseline, SurvivesLinesThatMoveAndFilesThatAreRenamed) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("app.py", kClient);
  program({"baseline"});
  program.folder.write("app.py", "# orders\n\n" + kClient);
  std::filesystem::rename(program.folder.path("template.yaml"), program.folder.path("sam.yaml"));
  EXPECT_EQ(program({"--baseline", ".fnlint-baseline.json"}), 0) << program.out.str();
}

TEST(Baseline, TellsWhatIsNewAmongEqualOnes) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("app.py", kClient);
  program({"baseline"});
  program.folder.write("app.py", kClient +
                                     "\nlast = None\n\ndef keep(event):\n"
                                     "    global last\n    last = event\n");
  program.folder.write("template.yaml", kTemplate +
                                            "  G:\n    Type: AWS::Serverless::Function\n"
                                            "    Properties: {Handler: app.handler, "
                                            "Runtime: python3.13, CodeUri: ., "
                                            "Timeout: 6000}\n");
  program({"--baseline", ".fnlint-baseline.json", "--output-format", "json"});
  for (const std::string& rule : rules_of(program))  // of the second function alone
    EXPECT_TRUE(rule == "limits-timeout" || rule == "init-client-in-handler") << rule;
  EXPECT_FALSE(rules_of(program).empty());
}

TEST(Baseline, LosesWhatIsFixed) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("app.py", kClient);
  program({"baseline"});
  program.folder.write("template.yaml", test::kClean);
  program.variables["CI"] = "true";
  const std::string before = program.folder.read(".fnlint-baseline.json");
  program({"--baseline", ".fnlint-baseline.json"});
  EXPECT_EQ(
      program.err.str(),
      "fnlint: 1 finding of .fnlint-baseline.json is fixed: a run outside of CI removes it\n");
  EXPECT_EQ(program.folder.read(".fnlint-baseline.json"), before);
  program.variables.clear();
  program({"--baseline", ".fnlint-baseline.json"});
  EXPECT_EQ(program.err.str(),
            "fnlint: 1 finding of .fnlint-baseline.json is fixed and removed; 1 left\n");
  // The file of the other one is there and was not read: no function names it any more.
  EXPECT_NE(program.folder.read(".fnlint-baseline.json").find("app.py"), std::string::npos);
  EXPECT_EQ(program.folder.read(".fnlint-baseline.json").find("template.yaml"), std::string::npos);
}

TEST(Baseline, KeepsWhatARunDoesNotLookAt) {
  Program program;
  program.folder.write(".git/HEAD", "ref: refs/heads/main\n");
  program.folder.write("a/template.yaml", kFound);
  program.folder.write("b/template.yaml", kTemplate);
  program.folder.write("b/app.py", kClient);
  program({"baseline"});
  const std::string before = program.folder.read(".fnlint-baseline.json");
  program.folder.write("a/template.yaml", test::kClean);
  program({"b", "--baseline", ".fnlint-baseline.json"});
  EXPECT_EQ(program.folder.read(".fnlint-baseline.json"), before);
  program({"--select", "limits", "--baseline", ".fnlint-baseline.json"});
  EXPECT_EQ(program.folder.read(".fnlint-baseline.json"), before);
  program({"--confidence", "certain", "--baseline", ".fnlint-baseline.json"});
  EXPECT_NE(program.folder.read(".fnlint-baseline.json"), before);
}

TEST(Baseline, KeepsWhatAnOptionMayHide) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("app.py", kClient);
  program({"baseline"});
  const std::string before = program.folder.read(".fnlint-baseline.json");
  program.folder.write(".other.yaml", "exclude: [app.py]\n");
  for (const auto& options : {Rules{"--exclude", "app.py"}, Rules{"--config", ".other.yaml"},
                              Rules{"--parameter", "Stage=dev"}, Rules{"--today", "2026-01-01"}}) {
    Rules arguments{"--baseline", ".fnlint-baseline.json"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    program(arguments);
    EXPECT_EQ(program.folder.read(".fnlint-baseline.json"), before) << options[0];
  }
}

TEST(Baseline, ThatCannotBeReadEndsTheRun) {
  Program program;
  program.folder.write("template.yaml", kFound);
  EXPECT_EQ(program({"--baseline", "none.json"}), 2);
  EXPECT_EQ(program.err.str(),
            "fnlint: the baseline none.json does not exist; 'fnlint baseline' "
            "writes one\n");
  program.folder.write("b.json", "{");
  EXPECT_EQ(program({"--baseline", "b.json"}), 2);
  EXPECT_EQ(program.err.str(), "fnlint: the baseline b.json is not JSON\n");
}

TEST(Baseline, HasFilesThatCannotBeRead) {
  Program program;
  program.folder.write("template.yaml", test::kBroken);
  EXPECT_EQ(program({}), 1);
  program({"baseline"});
  EXPECT_EQ(program({"--baseline", ".fnlint-baseline.json"}), 0);
  EXPECT_NE(program.out.str().find("template.yaml:6:7: problem:"), std::string::npos);
  program.folder.write("template.yaml", "# Orders\n" + test::kBroken);
  EXPECT_EQ(program({"--baseline", ".fnlint-baseline.json"}), 0);
  program.folder.write("other.yaml", test::kBroken);
  EXPECT_EQ(program({"--baseline", ".fnlint-baseline.json"}), 1);
  std::filesystem::remove(program.folder.path("other.yaml"));
  program.folder.write("template.yaml", test::kClean);
  program({"--baseline", ".fnlint-baseline.json"});
  EXPECT_EQ(program.folder.read(".fnlint-baseline.json"), baseline_text({}));
}

// What a half-written handler hides is not fixed.
TEST(Baseline, KeepsWhatCodeThatIsNotReadMayStillDo) {
  Program program;
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("app.py", kClient);
  program({"baseline"});
  const std::string text = program.folder.read(".fnlint-baseline.json");
  for (const char* const half : {"", "def handle(event, context):\n    x = (\n"}) {
    program.folder.write("app.py", half);
    program({"--baseline", ".fnlint-baseline.json"});
    EXPECT_EQ(program.folder.read(".fnlint-baseline.json"), text) << half;
  }
}

TEST(Baseline, KeepsWhatOtherFoldersHave) {
  Program program;
  program.folder.write(".git/HEAD", "ref: refs/heads/main\n");
  for (const std::string folder : {"a", "b"})
    program.folder.write(folder + "/t.yaml", test::kFound);
  program({"baseline", "a"});
  program({"baseline", "b"});
  EXPECT_EQ(program({"--baseline", ".fnlint-baseline.json"}), 0) << program.out.str();
}

TEST(Baseline, IsOfOneRoot) {
  Program program;
  for (const std::string folder : {"a", "b"}) {
    program.folder.write(folder + "/.fnlint.yaml", "");
    program.folder.write(folder + "/t.yaml", test::kFound);
  }
  program({"baseline", "a", "--output-file", "known.json"});
  const std::string text = program.folder.read("known.json");
  EXPECT_EQ(program({"a", "b", "--baseline", "known.json"}), 2);
  EXPECT_NE(program.err.str().find("covers one project"), std::string::npos) << program.err.str();
  EXPECT_EQ(program.folder.read("known.json"), text);
}

TEST(OnlyNamed, TellsWhatTouchesAFileOrFolder) {
  Program program;
  program.folder.write(".git/HEAD", "ref: refs/heads/main\n");
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("app.py", kClient);
  program({"--only-named", "app.py", "--output-format", "json"});
  EXPECT_EQ(rules_of(program), Rules{"init-client-in-handler"});
  program({"--only-named", "template.yaml", "--output-format", "json"});
  EXPECT_EQ(rules_of(program), Rules{"limits-timeout"});
  program.folder.write("docs/a.md", "# Orders\n");
  EXPECT_EQ(program({"--only-named", "docs"}), 0);
  EXPECT_EQ(program({"--only-named"}), 2);
  EXPECT_EQ(program.err.str(), "fnlint: --only-named needs the files and folders to be named\n");
}

TEST(OnlyNamed, TellsOfAHandlerThatIsMissingThere) {
  Program program;
  program.folder.write(".git/HEAD", "ref: refs/heads/main\n");
  program.folder.write(
      "template.yaml",
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: src}\n");
  program.folder.write("src/app.py", "def handle(event, context):\n    return 1\n");
  program.folder.write("src/other.py", "");
  const auto told = [&](const std::string& named) {
    program({"--only-named", named, "--output-format", "json"});
    return rules_of(program);
  };
  EXPECT_EQ(told("src/app.py"), Rules{"handler-not-found"});
  EXPECT_EQ(told("src"), Rules{"handler-not-found"});
  EXPECT_EQ(told("src/other.py"), Rules{});
  std::filesystem::remove(program.folder.path("src/app.py"));
  EXPECT_EQ(told("src"), Rules{"handler-not-found"});
  EXPECT_EQ(told("src/other.py"), Rules{});
}

// A repository with one commit, made by the git of this machine.
class Repository : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("git --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "there is no git";
    for (const char* const name : {"PATH", "HOME"})
      if (const char* const value = std::getenv(name)) program.variables[name] = value;
    program.folder.write("template.yaml", kTemplate);
    program.folder.write("app.py", kClient);
    program.folder.write(".gitignore", "built/\n");
    git("init -q -b main .");
    commit();
  }
  void git(const std::string& words) const {
    const std::string line = "cd '" + program.folder.path() +
                             "' && git -c user.email=a@example.org -c user.name=a " + words +
                             " > /dev/null 2>&1";
    ASSERT_EQ(std::system(line.c_str()), 0) << line;
  }
  void commit() const {
    git("add -A");
    git("commit -q -m one");
  }
  Rules told(std::vector<std::string> options) {
    options.insert(options.end(), {"--output-format", "json"});
    program(options);
    return rules_of(program);
  }
  Program program;
};

TEST_F(Repository, WithoutAChangeTellsNothingNew) {
  EXPECT_EQ(program({}), 1);
  EXPECT_EQ(program({"--changed"}), 0);
  EXPECT_EQ(program.err.str(), "fnlint: 2 known findings are left out\n");
  EXPECT_EQ(program({"--diff-base", "HEAD"}), 0);
  EXPECT_EQ(program({"--staged"}), 0);
}

TEST_F(Repository, TellsWhatAChangeBringsInElsewhere) {
  // The handler is as it was; what the template says of it now makes it wrong.
  program.folder.write("template.yaml", kTemplate + "  Q: {Type: AWS::SQS::Queue}\n");
  EXPECT_EQ(told({"--changed"}), Rules{});
  program.folder.write("template.yaml",
                       "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n"
                       "    Type: AWS::Serverless::Function\n    Properties: {Handler: "
                       "app.handle, Runtime: python3.13, CodeUri: ., Timeout: 5000}\n");
  EXPECT_EQ(told({"--changed"}), Rules{"handler-not-found"});
  // Whether what the handler did is gone, nobody knows: it was not read.
  EXPECT_EQ(program.err.str().find("fixed since then"), std::string::npos);
  program.folder.write("template.yaml", kTemplate);
  program.folder.write("app.py", "def handler(event, context):\n    return 1\n");
  EXPECT_EQ(told({"--changed"}), Rules{});
  EXPECT_NE(program.err.str().find("fixed since then"), std::string::npos) << program.err.str();
}

// Its root is then a folder of the repository, and not the top.
TEST_F(Repository, HasProjectsWithAConfigurationOfTheirOwn) {
  program.folder.write("a/.fnlint.yaml", "baseline: known.json\n");
  program.folder.write("a/template.yaml", kTemplate);
  program.folder.write("a/app.py", kClient);
  program({"baseline", "a", "--output-file", "a/known.json"});
  commit();
  for (const char* const option : {"--changed", "--staged"}) {
    EXPECT_EQ(program({"a", option}), 0) << program.err.str();
    EXPECT_EQ(program.err.str().find("fixed"), std::string::npos) << program.err.str();
  }
}

TEST_F(Repository, NewFilesAreNew) {
  program.folder.write("other/template.yaml", kTemplate);
  program.folder.write("other/app.py", "def handler(event, context):\n    return 1\n");
  EXPECT_EQ(told({"--changed"}), Rules{"limits-timeout"});
  EXPECT_EQ(told({"--staged"}), Rules{});
  git("add other");
  EXPECT_EQ(told({"--staged"}), Rules{"limits-timeout"});
  commit();
  EXPECT_EQ(told({"--changed"}), Rules{});
  EXPECT_EQ(told({"--diff-base", "HEAD~1"}), Rules{"limits-timeout"});
}

TEST_F(Repository, BeforeTheFirstCommitEverythingIsNew) {
  git("update-ref -d HEAD");
  EXPECT_EQ(told({"--staged"}), told({}));
  EXPECT_EQ(told({"--changed"}), told({}));
  EXPECT_EQ(program({"--diff-base", "HEAD"}), 2);
}

TEST_F(Repository, WhatIsStagedIsLintedAndNotWhatIsOnTheDisk) {
  program.folder.write("app.py", kClient + "\ndef more():\n    pass\n");
  git("add app.py");
  program.folder.write("app.py", "def handler(event, context)\n");
  EXPECT_EQ(told({"--staged"}), Rules{});
  EXPECT_EQ(told({"--changed"}), Rules{"handler-not-found"});
}

TEST_F(Repository, ABranchIsComparedWithWhereItLeft) {
  git("checkout -q -b feature");
  program.folder.write("feature.yaml", kFound);
  commit();
  git("checkout -q main");
  program.folder.write("main.yaml", kFound);
  commit();
  git("checkout -q feature");
  EXPECT_EQ(told({"--diff-base", "main"}), Rules{"config-suppression-unknown"});
}

TEST_F(Repository, WhatGitIgnoresIsTheSameOnBothSides) {
  program.folder.write("built/template.yaml", kFound);
  EXPECT_EQ(told({"--changed"}), Rules{});
}

TEST_F(Repository, AFileThatCouldNotBeReadBeforeDoesNotFail) {
  program.folder.write("broken.yaml", test::kBroken);
  commit();
  EXPECT_EQ(program({"--changed"}), 0);
  program.folder.write("template.yaml", test::kBroken);
  EXPECT_EQ(program({"--changed"}), 1);
}

TEST_F(Repository, LinksAreFollowedInThePast) {
  program.folder.write("shared/code.py", kClient);
  program.folder.write("linked.yaml",
                       "Transform: AWS::Serverless-2016-10-31\nResources:\n  L:\n"
                       "    Type: AWS::Serverless::Function\n    Properties: {Handler: "
                       "code.handler, Runtime: python3.13, CodeUri: fn}\n");
  program.folder.link("fn", "shared");
  commit();
  EXPECT_EQ(told({"--changed"}), Rules{});
}

TEST_F(Repository, WhatGitSaysIsToldWhereItFails) {
  const std::string named = "fnlint: " + program.folder.path();
  program.folder.write(".git/config", "[core\n");
  EXPECT_EQ(program({"--changed"}), 2);
  EXPECT_EQ(program.err.str().find(named + " is not in a repository that git can read: git says:\n"
                                           "fnlint: fatal: bad config line 1 in file "),
            0U)
      << program.err.str();
}

TEST_F(Repository, WhatGitDoesNotKnowIsAnError) {
  EXPECT_EQ(program({"--diff-base", "nowhere"}), 2);
  EXPECT_EQ(program.err.str(), "fnlint: git finds no commit 'nowhere' here\n");
  EXPECT_EQ(program({"--diff-base", "--output=x"}), 2);
  EXPECT_EQ(program({"--diff-base", "HEAD", "--changed"}), 2);
  program.variables["PATH"] = ".:/nowhere";
  EXPECT_EQ(program({"--changed"}), 2);
  EXPECT_EQ(program.err.str(), "fnlint: git is not on the PATH\n");
}

// Nothing that a repository brings along is run.
TEST_F(Repository, NoProgramOfTheRepositoryIsRun) {
  const std::string mark = program.folder.path("ran");
  program.folder.write("run.sh", "#!/bin/sh\ntouch " + mark + "\n");
  std::filesystem::permissions(program.folder.path("run.sh"), std::filesystem::perms::owner_all);
  const std::string script = program.folder.path("run.sh");
  git("config core.fsmonitor " + script);
  git("config filter.x.clean " + script);
  git("config filter.x.smudge " + script);
  git("config diff.x.textconv " + script);
  git("config core.hooksPath " + program.folder.path());
  program.folder.write(".gitattributes", "*.py filter=x diff=x\n");
  std::filesystem::remove(mark);
  program.folder.write("app.py", kClient + "\n# changed\n");
  EXPECT_EQ(told({"--changed"}), Rules{});
  EXPECT_FALSE(std::filesystem::exists(mark));
}

}  // namespace
}  // namespace fnlint::baseline_test
