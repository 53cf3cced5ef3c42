// Runs every target over inputs that once broke it, and over damaged fixtures.

#include "core/text.h"
#include "frontends/source/python/python.h"
#include "model/code_bytes.h"
#include "tests/fuzz/mutation.h"
#include "tests/fuzz/targets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::fuzz {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::vector<Target> targets() {
  std::vector<Target> all(frontend_targets().begin(), frontend_targets().end());
  all.push_back(project_target());
  return all;
}

Target target(std::string_view name) {
  const std::vector<Target> all = targets();
  return *std::ranges::find(all, name, &Target::name);
}

const fs::path kFixtures = fs::path(FNLINT_SOURCE_DIR) / "fixtures";

// Each folder tests/fuzz/inputs/TARGET holds what once broke that target.
TEST(Fuzz, WhatOnceBrokeATargetDoesSoNoMore) {
  for (const Target& each : targets())
    for (const fs::path& path :
         files_below(fs::path(FNLINT_SOURCE_DIR) / "tests/fuzz/inputs" / each.name)) {
      SCOPED_TRACE(path.string());
      each.run(content_of(path));
    }
}

// The same rounds each time; scripts/fuzz goes on from here for as long as it is given.
TEST(Fuzz, DamagedFilesBreakNoFrontend) {
  constexpr std::size_t kRounds = 2000;
  const std::vector<fs::path> files = files_below(kFixtures);
  ASSERT_GT(files.size(), kRounds);
  Mutation mutate(41);
  std::string donor;
  for (std::size_t round = 0; round < kRounds; ++round) {
    const fs::path& path = files[mutate.below(files.size())];
    std::string content = content_of(path);
    const std::string damaged = named_input(path.filename().string(), mutate(content, donor));
    for (const std::string_view name : {"source", "template", "package"}) target(name).run(damaged);
    donor = std::move(content);
  }
}

TEST(Fuzz, DamagedCodeBytesAreRefusedOrJudged) {
  constexpr std::size_t kRounds = 4000;
  constexpr std::string_view kCode = R"(import os
def handler(event, context):
    try:
        for record in event["Records"]:
            if record.get("id"):
                print(f"{record['id']} {os.environ['NAME']}")
    finally:
        return [x for x in event]
)";
  const std::string bytes = code_bytes(lower_python(kCode));
  Mutation random(41);
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::string damaged = bytes;
    for (std::size_t times = 1 + random.below(4); times > 0; --times)
      damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
    target("code_bytes").run(damaged);
  }
}

// A project whose files were damaged is linted all the same.
TEST(Fuzz, DamagedProjectsAreLinted) {
  constexpr std::size_t kRounds = 200;
  std::map<fs::path, std::string> cases;  // by folder: fixtures/RULE/CASE
  for (const fs::path& path : files_below(kFixtures)) {
    const fs::path inside = fs::relative(path, kFixtures);
    if (std::distance(inside.begin(), inside.end()) < 3) continue;
    auto part = inside.begin();
    const fs::path folder = *part++ / *part++;
    cases[folder] += project_part(fs::relative(inside, folder).string(), content_of(path));
  }
  std::vector<std::string> projects;
  for (auto& [folder, project] : cases) projects.push_back(std::move(project));
  ASSERT_GT(projects.size(), kRounds);
  Mutation mutate(41);
  for (std::size_t round = 0; round < kRounds; ++round)
    target("project").run(
        mutate(projects[mutate.below(projects.size())], projects[mutate.below(projects.size())]));
}

}  // namespace
}  // namespace fnlint::fuzz
