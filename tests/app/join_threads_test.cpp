// The same findings on one thread and on several.

#include "app/files/disk_file_system.h"
#include "app/run/pipeline.h"
#include "core/text.h"
#include "tables/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace fnlint {
namespace {

std::string said_at(const Run& run, const Span& where, std::string_view message) {
  return cat(where.file.exists() ? run.files.path(where.file) : std::string(), ':',
             where.range.begin, ' ', message, '\n');
}

// Everything that is said of all fixtures, as one project of a few thousand functions in units of
// their own.
std::vector<std::string> said_with(std::size_t threads) {
  std::vector<const Rule*> all_rules;
  for (const Rule& rule : rules()) all_rules.push_back(&rule);
  PipelineOptions options{.rules = all_rules, .join_threads = threads};
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  options.settings.today = 20'000;
  options.possible = true;
  const DiskFileSystem disk(std::filesystem::path(FNLINT_SOURCE_DIR) / "fixtures");
  const Run run = run_pipeline(options, disk);
  std::vector<std::string> all;
  for (const Finding& finding : run.findings) {
    std::string said = cat(finding.rule, ' ', static_cast<int>(finding.confidence), ' ',
                           finding.identity, ' ', said_at(run, finding.where, finding.message));
    for (const std::vector<PlacedText>* more : {&finding.related, &finding.flow})
      for (const PlacedText& one : *more) said += said_at(run, one.where, one.message);
    all.push_back(std::move(said));
  }
  for (const Unresolved& one : run.unresolved)
    all.push_back(cat(one.function, ' ', said_at(run, one.where, one.reason)));
  for (const LocatedProblem& one : run.problems)
    all.push_back(said_at(run, one.where, one.message));
  std::ranges::sort(all);
  return all;
}

TEST(JoinThreads, say_the_same_however_many_they_are) {
  const std::vector<std::string> alone = said_with(1);
  ASSERT_GT(alone.size(), 1000U);
  for (const std::size_t threads : {2U, 5U}) {
    const std::vector<std::string> together = said_with(threads);
    std::vector<std::string> different;
    std::ranges::set_symmetric_difference(alone, together, std::back_inserter(different));
    EXPECT_TRUE(different.empty())
        << threads << " threads: " << different.size() << " differ, the first:\n"
        << different.front();
  }
}

}  // namespace
}  // namespace fnlint
