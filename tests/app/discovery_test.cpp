// Which files a run finds, and which project a named file belongs to.

#include "app/files/discovery.h"

#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

namespace fnlint::discovery_test {
namespace {

using test::MemoryFileSystem;
using Paths = std::vector<std::string>;

const std::string kTemplate =
    "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {Handler: a.b}\n";

Paths found_in(const FileSystem& files, SearchRequest request) {
  Paths paths;
  for (const FoundFile& file : find_templates(files, request).templates) paths.push_back(file.path);
  return paths;
}

TEST(Discovery, KnowsTemplatesByTheirContent) {
  const MemoryFileSystem files{
      {"template.yaml", kTemplate},      {"infra/stack", kTemplate},
      {"infra/api.template", kTemplate}, {"infra/other.yaml", "name: value\n"},
      {"template.yaml.bak", kTemplate},  {"app.py", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {""}}),
            (Paths{"infra/api.template", "infra/stack", "template.yaml"}));
}

TEST(Discovery, PassesByWhatIsCalledAsATemplateBesideIt) {
  const MemoryFileSystem files{{"template.yaml", kTemplate},
                               {"template.yaml.full", kTemplate},
                               {"other.yaml.erb", kTemplate},
                               {"api.template", kTemplate},
                               {"api.template.json", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {""}}),
            (Paths{"api.template", "api.template.json", "other.yaml.erb", "template.yaml"}));
}

TEST(Discovery, SearchesNoHiddenFoldersAndNoInstalledPackages) {
  const MemoryFileSystem files{{".aws-sam/build/template.yaml", kTemplate},
                               {"node_modules/x/template.yaml", kTemplate},
                               {"env/pyvenv.cfg", ""},
                               {"env/lib/template.yaml", kTemplate},
                               {"tests/__snapshots__/stack/stack.json", kTemplate},
                               {"a/template.yaml", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {""}}), Paths{"a/template.yaml"});
}

TEST(Discovery, SearchesWhatLiesBesideAVirtualEnvironmentOfTheSameFolder) {
  const MemoryFileSystem files{{"app/pyvenv.cfg", ""},
                               {"app/lib/python3.13/site-packages/x/template.yaml", kTemplate},
                               {"app/infra/template.yaml", kTemplate},
                               {"app/template.yaml", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {""}}),
            (Paths{"app/infra/template.yaml", "app/template.yaml"}));
}

TEST(Discovery, SearchesNoSnapshotsOfTests) {
  const MemoryFileSystem files{{"test/integ.app.ts.snapshot/manifest.json", "{}"},
                               {"test/integ.app.ts.snapshot/App.template.json", kTemplate},
                               {"test/integ.app.ts.snapshot/asset.1a/template.yaml", kTemplate},
                               {"days/monday.snapshot/template.yaml", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {""}}), Paths{"days/monday.snapshot/template.yaml"});
  EXPECT_EQ(found_in(files, {.folders = {"test/integ.app.ts.snapshot"}}),
            (Paths{"test/integ.app.ts.snapshot/App.template.json",
                   "test/integ.app.ts.snapshot/asset.1a/template.yaml"}));
}

TEST(Discovery, ObeysIgnoreFilesAboveAndBelowTheStart) {
  const MemoryFileSystem files{{".gitignore", "generated/\n"},
                               {"app/.gitignore", "/local.yaml\n"},
                               {"app/local.yaml", kTemplate},
                               {"app/generated/template.yaml", kTemplate},
                               {"app/x/local.yaml", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {"app"}}), Paths{"app/x/local.yaml"});
}

TEST(Discovery, AFolderThatTheUserNamesIsSearchedThoughIgnored) {
  const MemoryFileSystem files{{".gitignore", "build/\n"}, {"build/template.yaml", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {""}}), Paths{});
  EXPECT_EQ(found_in(files, {.folders = {"build"}}), Paths{"build/template.yaml"});
}

TEST(Discovery, LeavesOutWhatIsExcluded) {
  const MemoryFileSystem files{{"a/template.yaml", kTemplate}, {"b/template.yaml", kTemplate}};
  const auto excluded = [](std::string_view path, bool) { return path == "a"; };
  EXPECT_EQ(found_in(files, {.folders = {""}, .excluded = excluded}), Paths{"b/template.yaml"});
  EXPECT_EQ(found_in(files, {.folders = {"a"}, .excluded = excluded}), Paths{});
}

TEST(Discovery, AFileStandsForItsProject) {
  const MemoryFileSystem files{{"one/template.yaml", kTemplate},
                               {"one/src/fn/app.py", ""},
                               {"one/src/fn/event.json", "{\"Records\": []}"},
                               {"two/template.yaml", kTemplate}};
  EXPECT_EQ(found_in(files, {.files = {"one/src/fn/app.py"}}), Paths{"one/template.yaml"});
}

TEST(Discovery, SeveralFilesOfOneProjectAreOneSearch) {
  const MemoryFileSystem files{
      {"one/template.yaml", kTemplate}, {"one/a.py", ""}, {"one/src/b.py", ""}};
  const SearchResult result =
      find_templates(files, {.files = {"one/a.py", "one/src/b.py", "one/template.yaml"}});
  EXPECT_EQ(result.folders, Paths{"one"});
  EXPECT_EQ(result.templates.size(), 1U);
}

TEST(Discovery, AToolsOwnFileMakesAProject) {
  const MemoryFileSystem files{{"template.yaml", kTemplate},
                               {"svc/samconfig.toml", ""},
                               {"svc/src/app.py", ""},
                               {"svc/deploy/stack.yaml", kTemplate}};
  EXPECT_EQ(project_folder(files, "svc/src/app.py"), "svc");
}

TEST(Discovery, AFileWithoutAProjectStandsForItsFolder) {
  const MemoryFileSystem files{{"lib/src/app.py", ""}, {"lib/notes.yaml", "a: 1\n"}};
  EXPECT_EQ(project_folder(files, "lib/src/app.py"), "lib/src");
}

TEST(Discovery, ANamedTemplateIsLookedAtThoughHidden) {
  const MemoryFileSystem files{{".stacks/main.yaml", kTemplate}};
  EXPECT_EQ(found_in(files, {.files = {".stacks/main.yaml"}}), Paths{".stacks/main.yaml"});
}

TEST(Discovery, FoldersNestedWithoutEndAreNotSearchedToTheirEnd) {
  std::string deep;
  for (int i = 0; i < 500; ++i) deep += "d/";
  const MemoryFileSystem files{{deep + "template.yaml", kTemplate}, {"a.yaml", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {""}}), Paths{"a.yaml"});
}

TEST(Discovery, ATemplateOverTheLimitIsSaidToBe) {
  const MemoryFileSystem files{{"big.yaml", kTemplate + std::string((16U << 20U) + 1, '#')},
                               {"data.json", "[" + std::string((16U << 20U) + 1, ' ') + "]"}};
  const SearchResult result = find_templates(files, {.folders = {""}});
  ASSERT_EQ(result.unread.size(), 1U);
  EXPECT_EQ(result.unread[0].path, "big.yaml");
}

std::string manifest(const std::string& artifacts) {
  return "{\"version\": \"38.0.0\", \"artifacts\": {" + artifacts + "}}";
}
std::string stack(const std::string& file) {
  return "\"" + file + "\": {\"type\": \"aws:cloudformation:stack\", \"properties\": {\"templateFile\": \"" +
         file + "\"}}";
}
std::string stage(const std::string& folder) {
  return "\"" + folder +
         "\": {\"type\": \"cdk:cloud-assembly\", \"properties\": {\"directoryName\": \"" + folder +
         "\"}}";
}

TEST(Discovery, WhatAnAppHasSynthesisedIsFoundThoughIgnored) {
  const MemoryFileSystem files{
      {".gitignore", "cdk.out\n"},
      {"cdk.json", "{}"},
      {"cdk.out/cdk.out", "{}"},
      {"cdk.out/manifest.json", manifest(stack("A.template.json") + "," + stage("assembly-Prod"))},
      {"cdk.out/A.template.json", kTemplate},
      {"cdk.out/Renamed.template.json", kTemplate},
      {"cdk.out/asset.1/template.yaml", kTemplate},
      {"cdk.out/assembly-Prod/manifest.json", manifest(stack("B.template.json"))},
      {"cdk.out/assembly-Prod/B.template.json", kTemplate},
      {"other/cdk.json", "{\"output\": \"build/out\"}"},
      {"other/build/out/manifest.json", manifest(stack("C.template.json"))},
      {"other/build/out/C.template.json", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {""}}),
            (Paths{"cdk.out/A.template.json", "cdk.out/assembly-Prod/B.template.json",
                   "other/build/out/C.template.json"}));
  EXPECT_EQ(find_templates(files, {.folders = {""}}).assemblies,
            (Paths{"cdk.out", "other/build/out"}));
}

TEST(Discovery, AManifestThatNamesItselfOrTheWorldEndsTheSearchAllTheSame) {
  const MemoryFileSystem files{
      {"secret.yaml", kTemplate},
      {"app/cdk.out/cdk.out", "{}"},
      {"app/cdk.out/manifest.json", manifest(stage(".") + "," + stage("..") + "," +
                                             stack("../../secret.yaml") + "," + stage("a/../a"))},
      {"app/cdk.out/a/manifest.json", manifest(stage("../") + "," + stack("T.template.json"))},
      {"app/cdk.out/a/T.template.json", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {"app"}}), Paths{"app/cdk.out/a/T.template.json"});
}

TEST(Discovery, AManifestOfSomethingElseHidesNothing) {
  const MemoryFileSystem files{{"web/manifest.json", "{\"name\": \"app\", \"version\": \"1\"}"},
                               {"web/a.template.json", kTemplate}};
  EXPECT_EQ(found_in(files, {.folders = {""}}), Paths{"web/a.template.json"});
}

}  // namespace
}  // namespace fnlint::discovery_test
