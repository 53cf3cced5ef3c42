// What is deployed of a folder, and what its lists add to it.
#include "deploy/content.h"
#include "deploy/dependencies.h"
#include "deploy/natives.h"
#include "deploy/npm_pack.h"
#include "deploy/package_filter.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fnlint {
namespace {

using test::MemoryFileSystem;

// The paths that stay, of some.
std::string kept(const CodeLocation& code, std::vector<std::string> left_out,
                 const std::vector<std::string>& paths) {
  const std::vector<std::string_view> names(left_out.begin(), left_out.end());
  const PackageFilter filter(names, code);
  std::string all;
  for (const std::string& path : paths) {
    PackageFilter::Above above;
    bool enter = true;
    for (std::size_t at = path.find('/'); enter && at != path.npos; at = path.find('/', at + 1)) {
      const std::string folder = path.substr(0, at);
      enter = filter.judge(folder, file_name_of(folder), true, above).enter;
    }
    if (enter && filter.judge(path, file_name_of(path), false, above).packaged)
      all += (all.empty() ? "" : " ") + path;
  }
  return all;
}
const std::vector<std::string> kPaths{"app.py",           "tests/app_test.py", "src/app.py",
                                      "src/deep/data.csv", "node_modules/a/index.js", "README.md"};

TEST(PackageFilter, ExcludesCoverWhatLiesBelow) {
  CodeLocation code;
  code.patterns = {{"tests", false}, {"**/*.csv", false}, {"./README.md", false}};
  EXPECT_EQ(kept(code, {}, kPaths), "app.py src/app.py node_modules/a/index.js");
}

TEST(PackageFilter, TheLastPatternDecides) {
  CodeLocation code;
  code.patterns = {{"**", false}, {"src/**", true}, {"src/deep/**", false}};
  EXPECT_EQ(kept(code, {}, kPaths), "src/app.py");
  code.patterns = {{"src/**", false}, {"src/deep/**", true}};
  EXPECT_EQ(kept(code, {}, kPaths),
            "app.py tests/app_test.py src/deep/data.csv node_modules/a/index.js README.md");
}

TEST(PackageFilter, OnlyWhatIsIncluded) {
  CodeLocation code;
  code.only_included = true;
  code.patterns = {{"{app,lib}.py", true}, {"src", true}};
  EXPECT_EQ(kept(code, {}, kPaths), "app.py src/app.py src/deep/data.csv");
}

TEST(PackageFilter, NamesThatBuildsLeaveOutStandAnywhere) {
  EXPECT_EQ(kept({}, {"*.csv", "node_modules"}, kPaths),
            "app.py tests/app_test.py src/app.py README.md");
}

TEST(NpmPack, FilesOfTheManifestOrWhatIsNotIgnored) {
  const MemoryFileSystem files{{"a/package.json", R"({"main": "app.js", "files": ["dist"]})"},
      {"b/package.json", "{}"},
      {"b/.npmignore", "# tests\ntest/\n*.md\n!keep.md\n"}};
  CodeLocation code;
  add_npm_patterns(files, "a", code);
  EXPECT_EQ(kept(code, {}, {"app.js", "dist/x.js", "src/x.ts", "package.json", "node_modules/a/b.js"}),
            "app.js dist/x.js package.json");
  CodeLocation other;
  add_npm_patterns(files, "b", other);
  EXPECT_EQ(kept(other, {}, {"app.js", "test/x.js", "lib/test/y.js", "a.md", "keep.md", ".npmignore"}),
            "app.js keep.md");
}

TEST(Natives, AreKnownByTheirFirstBytes) {
  std::string elf("\x7f" "ELF\x02\x01\x01", 7);
  elf.resize(64);
  elf[18] = static_cast<char>(0xB7);
  EXPECT_EQ(native_form(elf)->machine, "arm64");
  EXPECT_EQ(native_form(elf.substr(0, 19)), std::nullopt);
  EXPECT_FALSE(native_form(std::string("MZ") + std::string(62, '\0'))->linux);
  EXPECT_EQ(native_form(std::string("\xca\xfe\xba\xbe\0\0\0\x34", 8)), std::nullopt);  // Java
  EXPECT_EQ(native_form("#!/bin/sh\n"), std::nullopt);
}

struct Listed {
  Package package = {};
  std::string names = {};
};
Listed listed(const FileSystem& files, const std::string& folder, Registry registry,
              std::string installs, bool surely) {
  std::uint32_t next = 0;
  Manifests manifests(files, [&](const std::string&, const std::string&) { return FileId{next++}; });
  Listed result;
  add_dependencies(manifests, {folder, registry, std::move(installs), surely}, result.package);
  for (const PackagedDependency& row : result.package.dependencies)
    result.names += (result.names.empty() ? "" : " ") + row.name;
  return result;
}

TEST(Dependencies, WhatTheTableKnowsIsFollowed) {
  const MemoryFileSystem files{{"src/requirements.txt", "requests==2.32.0\n-r more/base.txt\n"},
      {"src/more/base.txt", "PyYAML\n"},
      {"other/requirements.txt", "acme-client\n"},
      {"lost/requirements.txt", "-r ../missing.txt\n"}};
  const Listed found = listed(files, "src", Registry::Python, "requirements.txt", true);
  EXPECT_EQ(found.names, "requests pyyaml certifi charset-normalizer idna urllib3");
  EXPECT_TRUE(found.package.complete);
  EXPECT_FALSE(listed(files, "other", Registry::Python, "requirements.txt", true).package.complete);
  EXPECT_FALSE(listed(files, "lost", Registry::Python, "requirements.txt", true).package.complete);
}

TEST(Dependencies, ALockIsFollowedFromTheManifest) {
  const MemoryFileSystem files{{"src/package.json", R"({"dependencies": {"a": "^1"}, "devDependencies": {"jest": "*"}})"},
      {"src/package-lock.json", R"({"packages": {"": {},
      "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "1"}},
      "node_modules/b": {"version": "1.0.0"}, "node_modules/jest": {"version": "29.0.0", "dev": true}}})"}};
  const Listed found = listed(files, "src", Registry::Npm, "package.json", true);
  EXPECT_EQ(found.names, "a b");
  EXPECT_TRUE(found.package.complete);
  EXPECT_EQ(found.package.development, std::vector<std::string>{"jest"});
}

TEST(Dependencies, ALockThatLacksWhatTheManifestNamesIsNotAll) {
  const MemoryFileSystem files{{"src/package.json", R"({"dependencies": {"a": "^1", "c": "^1"}})"},
      {"src/yarn.lock", "a@^1:\n  version \"1.0.0\"\n"}};
  const Listed found = listed(files, "src", Registry::Npm, "package.json", true);
  EXPECT_EQ(found.names, "a c");
  EXPECT_FALSE(found.package.complete);
}

TEST(Dependencies, RequirementsThatNameEachOtherEnd) {
  const MemoryFileSystem files{{"src/requirements.txt", "-r base.txt\nsix\n"},
      {"src/base.txt", "-r requirements.txt\nidna\n"}};
  EXPECT_EQ(listed(files, "src", Registry::Python, "requirements.txt", true).names, "six idna");
}

}  // namespace
}  // namespace fnlint
