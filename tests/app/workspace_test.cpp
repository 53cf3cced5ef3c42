// What stays between runs: texts over the disk, the last run, and who has asked what for it.
#include "app/run/workspace.h"

#include "tables/tables.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::workspace_test {
namespace {

using test::MemoryFileSystem;
using Paths = std::set<std::string>;

constexpr std::string_view kTemplate =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {Handler: app.handler, Runtime: python3.12, CodeUri: src}\n";
constexpr std::string_view kLeaky =
    "import other\n"
    "seen = []\n"
    "def handler(event, context):\n"
    "    seen.append(event)\n"
    "    return other.count(seen)\n";
constexpr std::string_view kSound =
    "import other\n"
    "def handler(event, context):\n"
    "    return other.count([event])\n";

MemoryFileSystem disk_with(std::string_view code, bool with_other = true) {
  std::map<std::string, std::string> files{{"template.yaml", std::string(kTemplate)},
                                           {"src/app.py", std::string(code)},
                                           {"notes.txt", "nothing\n"}};
  if (with_other) files.emplace("src/other.py", "def count(seen):\n    return len(seen)\n");
  return MemoryFileSystem(std::move(files));
}

PipelineOptions options_for_all() {
  static const std::vector<const Rule*> all = [] {
    std::vector<const Rule*> listed;
    for (const Rule& rule : rules()) listed.push_back(&rule);
    return listed;
  }();
  PipelineOptions options{.rules = all};
  options.search.folders = {""};
  return options;
}

bool is_leaky(const Run& run) {
  return std::ranges::any_of(run.findings,
                             [](const Finding& one) { return one.rule.starts_with("state-"); });
}

Paths read_by(const Workspace& workspace, Stage stage) {
  Paths paths;
  for (const Question& one : workspace.questions_of(stage))
    if (one.about == Question::About::Read) paths.insert(one.path);
  return paths;
}

Paths missing_for(const Workspace& workspace, Stage stage) {
  Paths paths;
  for (const Question& one : workspace.questions_of(stage))
    if (says_missing(one)) paths.insert(one.path);
  return paths;
}

TEST(Workspace, KnowsWhichStageAskedForWhat) {
  const MemoryFileSystem disk = disk_with(kLeaky, false);
  Workspace workspace;
  workspace.make_and_keep(options_for_all(), disk);
  EXPECT_TRUE(read_by(workspace, Stage::Discover).contains("template.yaml"));
  EXPECT_EQ(missing_for(workspace, Stage::Templates),
            (Paths{"samconfig.toml", "samconfig.yaml", "samconfig.yml"}));
  EXPECT_TRUE(missing_for(workspace, Stage::Link).contains(".aws-sam/build/F"));
  EXPECT_EQ(read_by(workspace, Stage::Code), (Paths{"src/app.py"}));
  EXPECT_EQ(missing_for(workspace, Stage::Code), (Paths{"src/other", "src/other.py"}));
  EXPECT_TRUE(missing_for(workspace, Stage::Packages).contains("src/requirements.txt"));
  // What these do is done with what the others hand on.
  for (const Stage stage : {Stage::Programs, Stage::Join, Stage::Events, Stage::Checks})
    EXPECT_TRUE(workspace.questions_of(stage).empty()) << stage_words(stage).timed;
}

// Several may ask the same, and each depends on the answer.
TEST(Workspace, AQuestionIsOfAllWhoAskIt) {
  Workspace workspace;
  workspace.make_and_keep(options_for_all(), disk_with(kLeaky, false));
  const auto lists_root = [](const Question& one) {
    return one.about == Question::About::List && one.path.empty();
  };
  EXPECT_EQ(std::ranges::count_if(workspace.questions(), lists_root), 1);
  for (const Stage stage : {Stage::Discover, Stage::Link, Stage::Code, Stage::Packages})
    EXPECT_EQ(std::ranges::count_if(workspace.questions_of(stage), lists_root), 1)
        << stage_words(stage).timed;
}

TEST(Workspace, OpenBuffersLieOverTheDisk) {
  const MemoryFileSystem disk = disk_with(kSound);
  Workspace workspace;
  EXPECT_FALSE(is_leaky(workspace.make(options_for_all(), disk)));
  workspace.open("src/app.py", std::string(kLeaky));
  EXPECT_TRUE(is_leaky(workspace.make(options_for_all(), disk)));
  workspace.close("src/app.py");
  EXPECT_FALSE(is_leaky(workspace.make(options_for_all(), disk)));
}

TEST(Workspace, TheLastRunHoldsAsLongAsItsAnswersDo) {
  Workspace workspace;
  EXPECT_FALSE(workspace.last_run(options_for_all(), disk_with(kLeaky)));
  workspace.make_and_keep(options_for_all(), disk_with(kLeaky));
  ASSERT_EQ(workspace.why_not_kept(), "");
  const std::optional<fnlint::Run> same = workspace.last_run(options_for_all(), disk_with(kLeaky));
  ASSERT_TRUE(same);
  EXPECT_TRUE(is_leaky(*same));
  EXPECT_FALSE(workspace.last_run(options_for_all(), disk_with(kSound)));
  EXPECT_FALSE(workspace.last_run(options_for_all(), disk_with(kLeaky, false)));

  PipelineOptions other = options_for_all();
  other.parameters["Size"] = "1";
  EXPECT_FALSE(workspace.last_run(other, disk_with(kLeaky)));

  // A buffer is an answer like any other.
  workspace.open("src/app.py", std::string(kSound));
  EXPECT_FALSE(workspace.last_run(options_for_all(), disk_with(kLeaky)));
  workspace.open("src/app.py", std::string(kLeaky));
  EXPECT_TRUE(workspace.last_run(options_for_all(), disk_with(kSound)));
}

TEST(Workspace, ACancelledRunTakesNoPlace) {
  Workspace workspace;
  workspace.make_and_keep(options_for_all(), disk_with(kLeaky));
  const Cancel cancel = true;
  PipelineOptions options = options_for_all();
  options.workers.cancel = &cancel;
  EXPECT_TRUE(workspace.make_and_keep(options, disk_with(kSound)).cancelled);
  EXPECT_EQ(workspace.why_not_kept(), "it was cancelled");
  EXPECT_TRUE(workspace.last_run(options_for_all(), disk_with(kLeaky)));
}

}  // namespace
}  // namespace fnlint::workspace_test
