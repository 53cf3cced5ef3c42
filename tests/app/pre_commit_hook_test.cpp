// The hook for pre-commit runs where any kind of file is committed that fnlint reads: a commit of a
// kind that it leaves out would be skipped with a green mark.
#include "frontends/packages/manifests.h"
#include "frontends/templates/dialects.h"
#include "link/resolve/languages.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace fnlint {
namespace {

namespace fs = std::filesystem;

// The lines of the hooks' block `files: |`, as YAML reads them.
std::string pattern_of_hook() {
  std::ifstream hooks(fs::path(FNLINT_SOURCE_DIR) / ".pre-commit-hooks.yaml");
  constexpr std::string_view kKey = "  files: &files |", kIndent = "    ";
  std::string pattern;
  bool inside = false;
  for (std::string line; std::getline(hooks, line);) {
    inside = inside ? line.starts_with(kIndent) : line == kKey;
    if (inside && line != kKey) pattern += line.substr(kIndent.size()) + '\n';
  }
  return pattern;
}

// pre-commit asks with Python's re.search. RE2 has no (?x), under which blanks mean nothing.
bool runs_for(const std::string& path) {
  static const std::string pattern = [] {
    std::string written = pattern_of_hook();
    EXPECT_TRUE(written.starts_with("(?x)")) << written;
    written.erase(0, std::string_view("(?x)").size());
    std::erase_if(written, [](char c) { return c == ' ' || c == '\n'; });
    return written;
  }();
  return RE2::PartialMatch(path, pattern);
}

TEST(PreCommitHook, RunsForTheSourcesOfEveryLanguage) {
  for (const DialectRow& row : dialect_rows())
    for (const std::string_view extension : row.extensions)
      EXPECT_TRUE(runs_for("src/app" + std::string(extension))) << extension;
}

TEST(PreCommitHook, RunsForEveryManifestAndLock) {
  for (const ManifestForm& form : manifest_forms()) {
    std::string name(form.name);
    if (name.starts_with('*')) name.replace(0, 1, "Shop");
    EXPECT_TRUE(runs_for("src/" + name)) << name;
    EXPECT_TRUE(runs_for(name)) << name;
  }
  EXPECT_TRUE(runs_for("requirements-dev.txt"));
}

TEST(PreCommitHook, RunsForTheTemplatesOfEveryTool) {
  for (const char* name :
       {"main.tf", "main.tofu", "main.tf.json", "prod.tfvars", "prod.auto.tfvars.json", "arc.yaml",
        "zappa_settings.json", "zappa_settings.toml", "app.arc", ".arc", "app.py", "cdk.json",
        "sst.config.ts", "serverless.yml", "serverless.ts", "serverless.json"}) {
    EXPECT_TRUE(is_template_name(name)) << name;
    EXPECT_TRUE(runs_for(name)) << name;
    EXPECT_TRUE(runs_for(std::string("services/shop/") + name)) << name;
  }
  for (const char* name : {"template.yaml", "stack.yml", "stack.json", "stack.template",
                           "samconfig.toml", ".fnlint.yaml", "pnpm-workspace.yaml", "go.work"})
    EXPECT_TRUE(runs_for(name)) << name;
}

TEST(PreCommitHook, RunsForImagesArchivesAndBuilds) {
  for (const char* name : {"Dockerfile", "src/Dockerfile.arm64", "api.Dockerfile", "build/shop.zip",
                           "Makefile", "src/makefile", "CMakeLists.txt", "settings.gradle.kts"})
    EXPECT_TRUE(runs_for(name)) << name;
}

// What no table lists, because a tool recognises it by more than its name.
TEST(PreCommitHook, RunsForAllThatTheFixturesHaveFnlintRead) {
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(FNLINT_SOURCE_DIR) / "fixtures")) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() &&
        (is_template_name(name) || dialect_of(name) || manifest_form(name) != nullptr)) {
      EXPECT_TRUE(runs_for(name)) << entry.path();
    }
  }
}

std::string text_of(const char* name) {
  std::ifstream stream(fs::path(FNLINT_SOURCE_DIR) / name);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

// A revision of the hooks brings the program of the same revision.
TEST(PreCommitHook, BringsTheVersionOfTheProgram) {
  std::string version;
  ASSERT_TRUE(RE2::PartialMatch(text_of("CMakeLists.txt"), R"(project\(fnlint VERSION ([0-9.]+))", &version));
  const std::string hooks = text_of(".pre-commit-hooks.yaml");
  EXPECT_NE(hooks.find("additional_dependencies: [\"fnlint@" + version + "\"]"), std::string::npos);
  EXPECT_NE(hooks.find("entry: ghcr.io/fnlint/fnlint:" + version + " check"), std::string::npos);
}

// `language: node` installs the package that package.json describes: the grammars must not come with it.
TEST(PreCommitHook, BringsNoGrammars) {
  const std::string manifest = text_of("package.json");
  EXPECT_EQ(manifest.find("\"dependencies\""), std::string::npos);
  EXPECT_NE(manifest.find("\"files\": [\"package.json\"]"), std::string::npos);
}

TEST(PreCommitHook, DoesNotRunForOtherFiles) {
  for (const char* name : {"README.md", "docs/shop.png", "src/style.css", "LICENSE", "shop.sql"})
    EXPECT_FALSE(runs_for(name)) << name;
}

}  // namespace
}  // namespace fnlint
