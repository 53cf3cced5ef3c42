// Each word of data/known/builds.yaml that a guess goes by decides in a project: with another word
// in its place something else is found.

#include "link/resolve/bundled_entry.h"
#include "link/resolve/executables.h"
#include "link/resolve/image_code.h"
#include "link/resolve/image_sources.h"
#include "tables/known.h"
#include "tests/link/stacks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace fnlint::test {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

StackProject project_of(const Files& files) {
  StackProject project;
  for (const auto& [path, text] : files) project.file(path, text);
  return project;
}

HandlerQuery query_of(const CodeLocation& code, std::string_view handler,
                      std::string_view function = "Fn") {
  return {code, code.path, handler, "nodejs22.x", function, {}, [](std::string_view) {
            return std::string();
          }};
}

// By which sign the source of a module is found that is not there.
std::string sign_of_module(const Files& files, const std::string& handler) {
  const StackProject project = project_of(files);
  BuildFacts builds(project);
  Languages languages(builds);
  const CodeLocation code{.kind = CodeKind::Folder};
  return std::string(languages[Language::JavaScript].find_handler(query_of(code, handler)).guess.sign);
}

// Whether it is among the names that a function's program may have.
std::string is_a_name(const std::string& word, CodeLocation code, const std::string& handler,
                      const std::string& function) {
  const std::vector<std::string> names = program_names(query_of(code, handler, function));
  return std::ranges::find(names, word) != names.end() ? "a name" : "no name";
}

std::string folders_packed(const std::string& script, std::string text) {
  if (script.ends_with("package.json"))
    text = cat(R"({"scripts": {"pack": ")", text, "\"}}");
  const StackProject project = project_of({{script, text}});
  BuildFacts builds(project);
  const std::vector<std::string> folders = folders_of_archive(builds.scripts(), "orders.zip");
  return folders.empty() ? "none" : folders.front();
}

std::string image_called(const Files& files, const std::string& name) {
  const StackProject project = project_of(files);
  BuildFacts builds(project);
  ImageSources images(builds);
  const std::vector<std::string> names{name};
  const ImageCandidate found = images.find(names, "");
  return found ? found->thing->path : "none";
}

const Files kPay{{"in/pay.ts", "export const handler = 1;"},
                 {"in/charge.ts", "export const handler = 1;"}};
Files with(std::string path, std::string text) {
  Files files = kPay;
  files.emplace_back(std::move(path), std::move(text));
  return files;
}
std::string package_with(const std::string& script) {
  return cat(R"({"scripts": {"make": ")", script, "\"}}");
}

struct WordList {
  std::string name;
  known::Words words;
  std::function<std::string(const std::string& word)> found;
};
void PrintTo(const WordList& list, std::ostream* out) { *out << list.name; }

const std::vector<WordList>& lists() {
  static const std::string kHandler = "FROM scratch\nCMD [\"app.handler\"]\n";
  static const std::vector<WordList> kLists{
      {"javascript_output_folders", known::javascript_output_folders(),
       [](const std::string& word) {
         return sign_of_module({{"src/app.ts", "export const handler = 1;"}},
                               cat(word, "/app.handler"));
       }},
      {"javascript_source_folders", known::javascript_source_folders(),
       [](const std::string& word) {
         return sign_of_module({{join_path(word, "app.ts"), "export const handler = 1;"}},
                               "dist/app.handler");
       }},
      {"bundler_programs", known::bundler_programs(),
       [](const std::string& word) {
         return sign_of_module(with(cat(word, ".js"), "x = {paid: './in/pay.ts'}"),
                               "dist/paid.handler");
       }},
      {"bundler_output_words", known::bundler_output_words(),
       [](const std::string& word) {
         return sign_of_module(
             with("package.json", package_with(cat("make in/pay.ts ", word, " dist/paid.js"))),
             "dist/paid.handler");
       }},
      {"bundler_folder_words", known::bundler_folder_words(),
       [](const std::string& word) {
         return sign_of_module(
             with("package.json", package_with(cat("make in/pay.ts ", word, " dist"))),
             "dist/pay.handler");
       }},
      {"one_file_bundlers", known::one_file_bundlers(),
       [](const std::string& word) {
         const StackProject project =
             project_of(with("package.json", package_with(cat(word, " in/pay.ts"))));
         BuildFacts builds(project);
         return bundled_entry(builds, "");
       }},
      {"packing_programs", known::packing_programs(),
       [](const std::string& word) { return folders_packed("a.sh", cat(word, " orders.zip in")); }},
      {"packing_scripts", known::packing_scripts(),
       [](const std::string& word) { return folders_packed(word, "zip orders.zip in"); }},
      {"workflow_folders", known::workflow_folders(),
       [](const std::string& word) {
         return folders_packed(join_path(word, "a.yml"), "- run: zip orders.zip in");
       }},
      {"program_output_folders", known::program_output_folders(),
       [](const std::string& word) {
         return is_a_name(word, {.path = cat("orders/", word, "/bootstrap.zip")}, "bootstrap", "Fn");
       }},
      {"plain_program_names", known::plain_program_names(),
       [](const std::string& word) { return is_a_name(word, {}, word, "Fn"); }},
      {"function_name_endings", known::function_name_endings(),
       [](const std::string& word) { return is_a_name("Pay", {}, "bootstrap", cat("Pay", word)); }},
      {"plain_image_folders", known::plain_image_folders(),
       [](const std::string& word) {
         return image_called({{cat("orders/", word, "/Dockerfile"), kHandler}}, "orders");
       }},
      {"plain_dockerfile_names", known::plain_dockerfile_names(),
       [](const std::string& word) {
         return image_called({{cat("orders/Dockerfile.", word), kHandler}}, word);
       }},
      {"runtime_interface_clients", known::runtime_interface_clients(),
       [](const std::string& word) {
         const StackProject project =
             project_of({{"Dockerfile", cat("FROM scratch\nCMD [\"", word, "\", \"app.handler\"]\n")}});
         BuildFacts builds(project);
         return image_code(builds, {.kind = CodeKind::Image}).handler;
       }},
      {"build_naming_flags", known::build_naming_flags(),
       [](const std::string& word) {
         const StackProject project =
             project_of({{"Makefile", cat("build-Fn:\n\tbuild ", word, " pay\n")}});
         BuildFacts builds(project);
         const std::vector<Executable> all{{"pay", "a/main.go", "a"}, {"other", "b/main.go", "b"}};
         const CodeLocation code{.kind = CodeKind::Folder};
         const ChosenExecutable chosen = choose_executable(builds, query_of(code, "bootstrap"), all);
         return chosen.thing == nullptr ? "none" : chosen.thing->name;
       }},
  };
  return kLists;
}

class GuessWords : public testing::TestWithParam<WordList> {};

TEST_P(GuessWords, EachDecides) {
  const std::string other = GetParam().found("zzzz");
  for (const std::string_view word : GetParam().words)
    EXPECT_NE(GetParam().found(std::string(word)), other) << word;
}

INSTANTIATE_TEST_SUITE_P(Lists, GuessWords, testing::ValuesIn(lists()),
                         [](const testing::TestParamInfo<WordList>& list) {
                           return list.param.name;
                         });

}  // namespace
}  // namespace fnlint::test
