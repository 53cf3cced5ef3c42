// Another program that hangs, dies or talks nonsense costs one problem, and the text is read.
#include "app/stages/clang_stage.h"
#include "frontends/clang/request.h"
#include "frontends/source/cpp/cpp.h"
#include "model/code_bytes.h"
#include "tests/app/memory_file_system.h"
#include "tests/app/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace fnlint::test {
namespace {

constexpr std::string_view kText = "int main() { return 0; }\n";

class FakeTool {
 public:
  explicit FakeTool(std::string_view script) {
    folder_.write("tool", "#!/bin/sh\n" + std::string(script));
    std::filesystem::permissions(folder_.path("tool"), std::filesystem::perms::owner_all);
  }
  [[nodiscard]] std::string path() const { return folder_.path("tool"); }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
  // What the layer says of one file.
  [[nodiscard]] ClangLayer::Answer ask(ProcessLimits limits = {}) const {
    ClangLayer layer({.program = [this](const std::string&) { return path(); },
                      .root = folder_.path(),
                      .database = {},
                      .limits = limits},
                     files_);
    layer.ask({{.path = "main.cpp", .text = std::string(kText)}});
    return layer.facts("main.cpp", kText.size());
  }

 private:
  TemporaryFolder folder_;
  MemoryFileSystem files_{{"main.cpp", std::string(kText)}};
};

TEST(ClangLayer, FactsAreTaken) {
  const FakeTool tool("/bin/cat >/dev/null; /bin/cat answer\n");
  const FakeTool named("/bin/cat >/dev/null; /bin/cat " + tool.folder().path("answer") + "\n");
  tool.folder().write("answer", answer_bytes({code_bytes(lower_cpp(kText))}));
  const ClangLayer::Answer answer = named.ask();
  EXPECT_EQ(answer.problem, "");
  ASSERT_TRUE(answer.facts);
  EXPECT_EQ(code_bytes(*answer.facts), code_bytes(lower_cpp(kText)));
}

TEST(ClangLayer, WithoutTheProgramThereIsNothingAndNoProblem) {
  const MemoryFileSystem files{{"main.cpp", std::string(kText)}};
  ClangLayer layer({}, files);
  layer.ask({{.path = "main.cpp", .text = std::string(kText)}});
  EXPECT_FALSE(layer.facts("main.cpp", kText.size()).facts);
  EXPECT_EQ(layer.facts("main.cpp", kText.size()).problem, "");
}

TEST(ClangLayer, ACrashIsAProblem) {
  EXPECT_EQ(FakeTool("kill -SEGV $$\n").ask().problem,
            "is read only as text: fnlint-clang was ended by signal 11");
  EXPECT_EQ(FakeTool("exit 3\n").ask().problem,
            "is read only as text: fnlint-clang ended with exit code 3");
}

TEST(ClangLayer, AHangIsAProblem) {
  const auto begin = std::chrono::steady_clock::now();
  const ProcessLimits limits{.time = std::chrono::milliseconds(1'000)};
  EXPECT_EQ(FakeTool("/bin/sleep 60\n").ask(limits).problem,
            "is read only as text: fnlint-clang ran longer than 1 seconds");
  EXPECT_EQ(FakeTool("exec 1>&-; /bin/sleep 60\n").ask(limits).problem,
            "is read only as text: fnlint-clang ran longer than 1 seconds");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST(ClangLayer, WhatItLeavesRunningIsEnded) {
  const FakeTool tool("/bin/sleep 60 & exit 0\n");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(tool.ask().problem, "is read only as text: fnlint-clang gave no facts");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15));
}

TEST(ClangLayer, NonsenseIsAProblem) {
  const std::string expected = "is read only as text: fnlint-clang gave no facts";
  EXPECT_EQ(FakeTool("exit 0\n").ask().problem, expected);
  EXPECT_EQ(FakeTool("echo hello\n").ask().problem, expected);
  EXPECT_EQ(FakeTool("echo 'fnlint-clang facts'; echo 7:garbage\n").ask().problem, expected);
}

TEST(ClangLayer, TooMuchIsAProblem) {
  EXPECT_EQ(FakeTool("while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done\n")
                .ask({.output = 1U << 16U})
                .problem,
            "is read only as text: fnlint-clang printed too much");
}

TEST(ClangLayer, AnInputThatIsNotReadIsNoHarm) {
  const std::string large(4U << 20U, 'x');
  EXPECT_EQ(run_process({.program = FakeTool("exit 0\n").path()}, large, {}).failure, "");
  EXPECT_EQ(run_process({.program = "/nowhere/at/all"}, large, {}).failure, "could not be started");
}

TEST(ClangLayer, OneFailureOfASourceIsOneProblem) {
  const FakeTool tool("exit 3\n");
  const MemoryFileSystem files{};
  ClangLayer layer({.program = [&](const std::string&) { return tool.path(); },
                    .root = tool.folder().path(),
                    .database = {},
                    .limits = {}},
                   files);
  layer.ask({{"main.cpp", "#include \"a.h\"\n"}});
  layer.ask({{"a.h", "#include <x/b.h>"}, {"c.h", ""}});
  layer.ask({{"x/b.h", ""}});
  EXPECT_NE(layer.facts("main.cpp", 15).problem, "");
  EXPECT_EQ(layer.facts("a.h", 15).problem, "");
  EXPECT_NE(layer.facts("c.h", 0).problem, "");  // nothing includes it
  EXPECT_EQ(layer.facts("x/b.h", 0).problem, "");
}

TEST(ClangLayer, RequestsAndAnswersArriveAsTheyAreSent) {
  const ClangRequest sent{.root = "/shop",
                          .source = "src/a.cpp",
                          .arguments = {"-DA=1:2", ""},
                          .has_database = true,
                          .files = {{"src/a.h", "int x;\n\0y"}, {"b.h", ""}}};
  const std::string bytes = request_bytes(sent);
  const std::optional<ClangRequest> read = read_request(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->source, "src/a.cpp");
  EXPECT_EQ(read->arguments, sent.arguments);
  EXPECT_TRUE(read->has_database);
  ASSERT_EQ(read->files.size(), 2U);
  EXPECT_EQ(read->files[0].text, sent.files[0].text);
  const std::string answer = answer_bytes({"a:1", "", "b"});
  EXPECT_EQ(read_answer(answer, 3), (std::vector<std::string>{"a:1", "", "b"}));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(read_request(bytes.substr(0, size))) << size;
  for (std::size_t size = 0; size < answer.size(); ++size)
    EXPECT_FALSE(read_answer(answer.substr(0, size), 3)) << size;
  EXPECT_FALSE(read_answer(answer, 2));
}

}  // namespace
}  // namespace fnlint::test
