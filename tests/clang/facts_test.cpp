// What fnlint-clang says of files, beside what their texts alone say. Needs the executable, which
// scripts/test always builds.
#include "app/commands/run.h"
#include "app/files/process.h"
#include "frontends/clang/request.h"
#include "frontends/source/common/code_text.h"
#include "frontends/source/common/validate.h"
#include "frontends/source/cpp/cpp.h"
#include "model/code_bytes.h"
#include "tests/app/temporary_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <sstream>

namespace fnlint::test {
namespace {

namespace fs = std::filesystem;

const std::string kTool = FNLINT_CLANG_TOOL;

bool has_tool() { return ::access(kTool.c_str(), X_OK) == 0; }

#define NEEDS_TOOL() \
  if (!has_tool()) GTEST_SKIP() << "fnlint-clang is not built"

struct Asked {
  std::string path = "main.cpp", through = {};
  std::vector<std::string> flags = {};
  bool has_database = false;
};

std::string facts_by_clang(const TemporaryFolder& folder, const Asked& asked = {}) {
  const std::string text = folder.read(asked.path);
  const ClangRequest request{.root = folder.path(),
                             .source = asked.through.empty() ? asked.path : asked.through,
                             .arguments = asked.flags,
                             .has_database = asked.has_database,
                             .files = {{asked.path, text}}};
  const ProcessResult result =
      run_process({.program = std::string(kTool)}, request_bytes(request), {});
  EXPECT_EQ(result.failure, "");
  const auto answer = read_answer(result.output, 1);
  if (!answer) return "no answer";
  const auto facts = read_code_bytes(answer->front());
  if (!facts) return "no facts";
  for (const std::string& fault : validate(*facts)) ADD_FAILURE() << fault;
  EXPECT_EQ(facts->function_ranges[0].end, text.size());
  return code_text(*facts);
}

std::string by_clang(std::string_view text) {
  const TemporaryFolder folder;
  folder.write("main.cpp", text);
  return facts_by_clang(folder);
}
std::string by_text(std::string_view text) { return code_text(lower_cpp(text)); }

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}
#define EXPECT_HOLDS(text, part) EXPECT_TRUE(holds(text, part)) << (text)

TEST(ClangFacts, AFileWithoutNamesOfOthersIsTheSameForBothLayers) {
  NEEDS_TOOL();
  for (const std::string_view text :
       {"int main() { return 0; }\n", "static int count = 0;\nvoid add(int n) { count += n; }\n",
        "namespace a { int f(int x) { if (x > 1) return 2; return x; } }\n",
        "struct S { int n = 0; void add() { n += 1; } };\nS s;\nvoid f() { s.add(); }\n", ""})
    EXPECT_EQ(by_clang(text), by_text(text)) << text;
}

TEST(ClangFacts, EveryFileOfTheFixturesIsStillThere) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  const fs::path sources =
      fs::path(FNLINT_SOURCE_DIR) / "fixtures" / "languages" / "same-in-cpp" / "src";
  for (const auto& entry : fs::directory_iterator(sources)) {
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    folder.write("main.cpp", text);
    const std::string clang = facts_by_clang(folder);
    const auto count = [](const std::string& all, std::string_view word) {
      std::size_t found = 0;
      for (std::size_t at = all.find(word); at != std::string::npos; at = all.find(word, at + 1))
        ++found;
      return found;
    };
    EXPECT_EQ(count(clang, "function "), count(by_text(text), "function ")) << entry.path();
    EXPECT_EQ(count(clang, "call "), count(by_text(text), "call ")) << entry.path() << clang;
  }
}

TEST(ClangFacts, MacrosAreWhatTheyStandFor) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  folder.write("names.h",
               "#define BUCKET \"uploads\"\n#define PUT(c, k) (c).PutObject(BUCKET, k)\n");
  folder.write("main.cpp", "#include \"names.h\"\nvoid f(int& client) { PUT(client, \"key\"); }\n");
  EXPECT_HOLDS(facts_by_clang(folder), "call client.PutObject(\"uploads\", \"key\")");
}

TEST(ClangFacts, AliasesOfHeadersAreFollowed) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  folder.write("names.h",
               "#include <aws/s3/S3Client.h>\nnamespace shop { using Store = Aws::S3::S3Client; "
               "using Shared = std::shared_ptr<Store>; namespace s = Aws::S3; }\n");
  folder.write("main.cpp",
               "#include \"names.h\"\nusing namespace shop;\nStore one;\ns::S3Client two;\n"
               "void f(Shared const& three) { three->PutObject(1); }\n");
  const std::string text = facts_by_clang(folder);
  EXPECT_HOLDS(text, "Aws.S3.S3Client");
  EXPECT_FALSE(holds(text, "Shared")) << text;
  EXPECT_FALSE(holds(text, "s.S3Client(")) << text;
}

TEST(ClangFacts, WhatAHeaderDeclaresIsResolved) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  folder.write("store.h",
               "namespace shop { namespace detail { void put(int); } using detail::put;\n"
               "struct Base { int count; void note(); }; struct Store : Base { void run(); }; }\n");
  folder.write("main.cpp",
               "#include \"store.h\"\nusing namespace shop;\n"
               "void Store::run() { put(count); note(); }\n");
  const std::string text = facts_by_clang(folder);
  EXPECT_HOLDS(text, "call shop.detail.put(this.count)");
  EXPECT_HOLDS(text, "call this.note()");
}

TEST(ClangFacts, ATemplateThatIsInstantiatedOnceHasThatType) {
  NEEDS_TOOL();
  const std::string text = by_clang(
      "#include <aws/s3/S3Client.h>\ntemplate <class T> struct Keeper { T client; };\n"
      "Keeper<Aws::S3::S3Client> keeper;\n");
  EXPECT_HOLDS(text, "Aws.S3.S3Client()");
}

TEST(ClangFacts, ATemplateOfTwoTypesIsNoneOfThem) {
  NEEDS_TOOL();
  const std::string text = by_clang(
      "#include <aws/s3/S3Client.h>\n#include <aws/sqs/SQSClient.h>\n"
      "template <class T> struct Keeper { T client; };\n"
      "Keeper<Aws::S3::S3Client> one;\nKeeper<Aws::SQS::SQSClient> two;\n");
  EXPECT_FALSE(holds(text, "Aws.S3.S3Client()")) << text;
}

TEST(ClangFacts, AHeadersTemplateIsKnownThroughTheSourceThatUsesIt) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  folder.write("keeper.h",
               "#pragma once\n#include <aws/s3/S3Client.h>\n"
               "template <class T> struct Keeper { T client; };\n");
  folder.write("main.cpp", "#include \"keeper.h\"\nKeeper<Aws::S3::S3Client> keeper;\n");
  EXPECT_FALSE(holds(facts_by_clang(folder, {.path = "keeper.h"}), "Aws.S3.S3Client()"));
  EXPECT_HOLDS(facts_by_clang(folder, {.path = "keeper.h", .through = "main.cpp"}),
               "Aws.S3.S3Client()");
}

TEST(ClangFacts, TheDatabaseSaysWhatIsCompiled) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  folder.write("main.cpp",
               "void a();\nvoid b();\nvoid f() {\n#ifdef FAST\n  a();\n#else\n  b();\n#endif\n}\n");
  const std::string with = facts_by_clang(folder, {.flags = {"-DFAST"}, .has_database = true});
  EXPECT_HOLDS(with, "call a()");
  EXPECT_FALSE(holds(with, "call b()")) << with;
  EXPECT_FALSE(holds(with, "#ifdef")) << with;
  const std::string without = facts_by_clang(folder);
  EXPECT_HOLDS(without, "call a()");
  EXPECT_HOLDS(without, "call b()");
}

TEST(ClangFacts, WhatClangDoesNotUnderstandIsReadFromTheText) {
  NEEDS_TOOL();
  const std::string text = by_clang(
      "#include <unknown/library.h>\nusing namespace unknown;\nvoid f(Thing& thing) {\n"
      "  auto other = make(thing);\n  other->run(missing::call(1));\n}\nvoid g( {\n");
  EXPECT_HOLDS(text, "call missing.call(1)");
  EXPECT_HOLDS(text, "other.run(");
}

TEST(ClangFacts, NothingOutsideTheRootIsRead) {
  NEEDS_TOOL();
  const TemporaryFolder outside, folder;
  outside.write("secret.h", "#define SECRET \"known\"\n");
  folder.link("linked.h", outside.path("secret.h"));
  folder.write("main.cpp", "#include \"" + outside.path("secret.h") +
                               "\"\n#include \"linked.h\"\n#include \"../" +
                               fs::path(outside.path()).filename().string() +
                               "/secret.h\"\nconst char* x = SECRET;\n");
  EXPECT_FALSE(holds(facts_by_clang(folder, {.flags = {"-I" + outside.path()}}), "known"));
}

TEST(ClangFacts, HostileTextsEndInFactsOrAFailure) {
  NEEDS_TOOL();
  std::string deep, bomb = "#define A0 x x x x x x x x x x\n";
  for (int i = 0; i < 20'000; ++i) deep += "a<";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "A" + std::to_string(i - 1) + " ";
    bomb += "#define A" + std::to_string(i);
    for (int j = 0; j < 10; ++j) bomb += " " + before;
    bomb += "\n";
  }
  bomb += "void f() { A11; }\n";
  const std::string include_itself = "#include \"main.cpp\"\nint x;\n";
  const std::string templates =
      "template <int N> struct F { static const int v = F<N + 1>::v; };\nint x = F<0>::v;\n";
  for (const std::string& text :
       {deep, bomb, include_itself, templates, std::string(1U << 16U, '(')}) {
    const TemporaryFolder folder;
    folder.write("main.cpp", text);
    const ClangRequest request{.root = folder.path(),
                               .source = "main.cpp",
                               .arguments = {},
                               .has_database = false,
                               .files = {{"main.cpp", text}}};
    const ProcessResult result = run_process(
        {.program = std::string(kTool)}, request_bytes(request),
        {.time = std::chrono::milliseconds(30'000), .cpu_seconds = 2, .memory = 2ULL << 30U});
    if (!result.failure.empty()) continue;
    const auto answer = read_answer(result.output, 1);
    ASSERT_TRUE(answer);
    const auto facts = read_code_bytes(answer->front());
    EXPECT_TRUE(facts && validate(*facts).empty());
  }
}

// --- Whole runs.

std::set<std::string> lines_of(const std::string& project, const std::string& tool) {
  std::ostringstream out, err;
  Console console{.out = out, .err = err, .version = "0", .working_directory = project};
  console.variable = [](std::string_view) { return std::string(); };
  if (!tool.empty()) console.clang = [&tool](const std::string&) { return tool; };
  run({"check", ".", "--output-format", "jsonl", "--select", "ALL", "--confidence", "possible",
       "--today", "2026-03-01", "--no-cache", "--exit-zero"},
      console);
  std::set<std::string> lines;
  std::istringstream all(out.str() + err.str());
  for (std::string line; std::getline(all, line);) lines.insert(line);
  return lines;
}

std::string all_of(const std::set<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

std::string copy_of(const TemporaryFolder& folder, const fs::path& project) {
  fs::copy(project, folder.path("p"), fs::copy_options::recursive);
  return folder.path("p");
}

TEST(ClangRuns, FindWhatStandsBehindHeadersMacrosAndTemplates) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  const std::string project =
      copy_of(folder, fs::path(FNLINT_SOURCE_DIR) / "tests/clang/projects/through-headers");
  const std::string with = all_of(lines_of(project, kTool)),
                    without = all_of(lines_of(project, ""));
  EXPECT_FALSE(holds(without, "loop-s3-recursion")) << without;
  EXPECT_HOLDS(with, "loop-s3-recursion");
  EXPECT_FALSE(holds(without, "state-request-data-in-global")) << without;
  EXPECT_HOLDS(with, "state-request-data-in-global");
  EXPECT_EQ(with, all_of(lines_of(project, kTool)));
}

TEST(ClangRuns, FindTheHandlersOfAProjectWhoseMainsAreMacros) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  const std::string project =
      copy_of(folder, fs::path(FNLINT_SOURCE_DIR) / "tests/clang/projects/shop");
  const std::string without = all_of(lines_of(project, ""));
  EXPECT_FALSE(holds(without, "\"rule\":\"handler")) << without;
  const std::string with = all_of(lines_of(project, kTool));
  EXPECT_HOLDS(with, "idempotency-missing");
  EXPECT_HOLDS(with, "loop-s3-recursion");
  EXPECT_HOLDS(with, "\"confidence\":\"likely\"");  // #ifdef SHOP_DRY_RUN
}

TEST(ClangRuns, TakeTheBuildsOwnFlags) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  const std::string project =
      copy_of(folder, fs::path(FNLINT_SOURCE_DIR) / "tests/clang/projects/shop");
  const auto build_with = [&](const std::string& flags) {
    folder.write("p/build/compile_commands.json",
                 "[{\"directory\": \"/src/build\", \"file\": \"../src/store.cpp\", \"command\": "
                 "\"c++ -I../include " +
                     flags + " -c x\"}]");
    return all_of(lines_of(project, kTool));
  };
  const std::string normal = build_with("");
  EXPECT_HOLDS(normal, "loop-s3-recursion");
  EXPECT_FALSE(holds(normal, "\"confidence\":\"likely\"")) << normal;
  EXPECT_FALSE(holds(build_with("-DSHOP_DRY_RUN"), "loop-s3-recursion"));
  folder.write("p/build/compile_commands.json", "{");
  EXPECT_HOLDS(all_of(lines_of(project, kTool)), "a compile database that is no list of commands");
}

TEST(ClangRuns, TakeTheFlagsThatTheConfigurationOfTheProjectNames) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  copy_of(folder, fs::path(FNLINT_SOURCE_DIR) / "tests/clang/projects/shop");
  folder.write(".fnlint.yaml", "");
  const std::string source = folder.path("p/src/store.cpp");
  for (const std::string flags : {"", "-DSHOP_DRY_RUN"})
    folder.write("p/db" + flags + "/compile_commands.json",
                 "[{\"directory\": \"" + folder.path("p") + "\", \"file\": \"" + source +
                     "\", \"command\": \"c++ -Iinclude " + flags + " -c x\"}]");
  folder.write("p/.fnlint.yaml", "compile-commands: db\n");
  EXPECT_HOLDS(all_of(lines_of(folder.path(), kTool)), "loop-s3-recursion");
  folder.write("p/.fnlint.yaml", "compile-commands: db-DSHOP_DRY_RUN\n");
  EXPECT_FALSE(holds(all_of(lines_of(folder.path(), kTool)), "loop-s3-recursion"));
}

TEST(ClangRuns, AreTheSameWhereTheTextSaysAll) {
  NEEDS_TOOL();
  const TemporaryFolder folder;
  const std::string project =
      copy_of(folder, fs::path(FNLINT_SOURCE_DIR) / "fixtures/languages/same-in-cpp");
  EXPECT_EQ(all_of(lines_of(project, kTool)), all_of(lines_of(project, "")));
}

TEST(ClangRuns, GoOnWithoutAProgramThatFails) {
  const TemporaryFolder folder;
  const std::string project =
      copy_of(folder, fs::path(FNLINT_SOURCE_DIR) / "fixtures/languages/same-in-cpp");
  const std::string failed = all_of(lines_of(project, "/bin/false"));
  EXPECT_HOLDS(failed, "is read only as text: fnlint-clang ended with exit code 1");
  EXPECT_HOLDS(failed, "loop-s3-recursion");
}

}  // namespace
}  // namespace fnlint::test
