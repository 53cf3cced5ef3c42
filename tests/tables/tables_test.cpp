// Tables of rules, runtimes and imports: sorted, complete and consistent.

#include "tables/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

namespace fnlint {
namespace {

Day day(int year, unsigned month, unsigned date) {
  using namespace std::chrono;
  const sys_days days =
      year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(date));
  return static_cast<Day>(days.time_since_epoch().count());
}

const HeavyImport* import_row(Ecosystem ecosystem, std::string_view module) {
  for (const HeavyImport& row : heavy_imports())
    if (row.ecosystem == ecosystem && row.module == module) return &row;
  return nullptr;
}

TEST(Rules, AreSortedAndFoundById) {
  EXPECT_TRUE(std::ranges::is_sorted(rules(), {}, &Rule::id));
  for (const Rule& rule : rules()) EXPECT_EQ(find_rule(rule.id), &rule);
  EXPECT_EQ(find_rule("no-such-rule"), nullptr);
}

TEST(Runtimes, EndOnTheDaysThatAwsPublished) {
  const std::pair<std::string_view, Day> expected[] = {
      {"nodejs18.x", day(2025, 9, 1)},    {"python3.9", day(2025, 12, 15)},
      {"ruby3.2", day(2026, 3, 31)},      {"nodejs20.x", day(2026, 4, 30)},
      {"provided.al2", day(2026, 7, 31)},
  };
  for (const auto& [id, deprecated] : expected) {
    ASSERT_NE(find_runtime(id), nullptr) << id;
    EXPECT_EQ(find_runtime(id)->deprecated, deprecated) << id;
  }
}

TEST(Runtimes, WithoutADateKeepItAbsent) {
  ASSERT_NE(find_runtime("python3.15"), nullptr);
  EXPECT_FALSE(find_runtime("python3.15")->deprecated);
  EXPECT_TRUE(find_runtime("python3.15")->preview);
  EXPECT_EQ(find_runtime("python3.99"), nullptr);
}

TEST(Runtimes, SuccessorsAreCurrentRuntimesOfTheTable) {
  for (const Runtime& runtime : runtimes()) {
    if (runtime.successor.empty()) continue;
    const Runtime* successor = find_runtime(runtime.successor);
    ASSERT_NE(successor, nullptr) << runtime.id << " is followed by " << runtime.successor;
    EXPECT_FALSE(successor->preview || successor->image_only) << runtime.successor;
    ASSERT_TRUE(successor->deprecated) << runtime.successor;
    EXPECT_GT(*successor->deprecated, runtimes_as_of()) << runtime.successor;
  }
}

TEST(Runtimes, AreBlockedForUpdatesNoEarlierThanForCreation) {
  for (const Runtime& runtime : runtimes())
    if (runtime.block_create && runtime.block_update) {
      EXPECT_LE(*runtime.block_create, *runtime.block_update) << runtime.id;
    }
}

TEST(HeavyImports, HoldThePackagesThatAreKnownToCost) {
  for (const std::string_view module :
       {"pandas",      "numpy",           "scipy",          "sklearn",   "torch",
        "tensorflow",  "transformers",    "matplotlib",     "spacy",     "nltk",
        "cv2",         "pyspark",         "awswrangler",    "langchain", "sympy",
        "statsmodels", "googleapiclient", "google.cloud.*", "azure.*",   "airflow",
        "polars",      "pyarrow"})
    EXPECT_NE(import_row(Ecosystem::Python, module), nullptr) << module;
  for (const std::string_view module :
       {"aws-sdk", "firebase-admin", "googleapis", "puppeteer", "playwright", "sharp", "typescript",
        "webpack", "moment-timezone", "aws-cdk-lib", "@tensorflow/tfjs"})
    EXPECT_NE(import_row(Ecosystem::JavaScript, module), nullptr) << module;
}

TEST(HeavyImports, ExemptTheClientsOfTheSdk) {
  ASSERT_NE(import_row(Ecosystem::Python, "boto3"), nullptr);
  EXPECT_EQ(import_row(Ecosystem::Python, "boto3")->weight, Weight::Exempt);
  ASSERT_NE(import_row(Ecosystem::JavaScript, "@aws-sdk/*"), nullptr);
  EXPECT_EQ(import_row(Ecosystem::JavaScript, "@aws-sdk/*")->weight, Weight::Exempt);
}

TEST(HeavyImports, ContainOnlyWhatOtherRowsAreAbout) {
  for (const HeavyImport& row : heavy_imports())
    for (const std::string_view inner : row.contains)
      EXPECT_NE(import_row(row.ecosystem, inner), nullptr) << row.module << ": " << inner;
}

TEST(HeavyImports, SayWhatDoesTheSameWhereSomethingDoes) {
  for (const HeavyImport& row : heavy_imports())
    EXPECT_TRUE(row.drop_in.empty() || !row.lighter.empty()) << row.module;
}

TEST(HeavyImports, AreSortedByEcosystemAndModule) {
  EXPECT_TRUE(std::ranges::is_sorted(heavy_imports(), [](const auto& a, const auto& b) {
    return std::pair(a.ecosystem, a.module) < std::pair(b.ecosystem, b.module);
  }));
}

}  // namespace
}  // namespace fnlint
