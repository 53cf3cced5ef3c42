// Equal files share one code form. What is reported must not show that.

#include "app/run/pipeline.h"
#include "core/text.h"
#include "tables/tables.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::copied_code_test {
namespace {

constexpr std::string_view kTemplate = R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Importer:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: importer}
  Exporter:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: exporter}
)";

constexpr std::string_view kHandler =
    "from helper import keep\n"
    "def handler(event, context):\n"
    "    keep(event['customer'])\n";

// Keeps request data, which is a finding where the first line does not say otherwise, and breaks
// off.
constexpr std::string_view kHelper =
    "customer = None\n"
    "def keep(text):\n"
    "    global customer\n"
    "    customer = text\n"
    "    return customer\n"
    "def broken(:\n"
    "    pass\n";

Run run_over(const std::string& importers_helper, const std::string& exporters_helper) {
  const test::MemoryFileSystem files{{"template.yaml", std::string(kTemplate)},
                                     {"importer/app.py", std::string(kHandler)},
                                     {"importer/helper.py", importers_helper},
                                     {"exporter/app.py", std::string(kHandler)},
                                     {"exporter/helper.py", exporters_helper}};
  PipelineOptions options;
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  const std::array rules{find_rule("state-request-data-in-global")};
  options.rules = rules;
  return run_pipeline(options, files);
}

std::vector<std::string> sorted(std::vector<std::string> texts) {
  std::ranges::sort(texts);
  return texts;
}

std::vector<std::string> problem_files(const Run& run) {
  std::vector<std::string> files;
  for (const LocatedProblem& problem : run.problems)
    files.push_back(run.files.path(problem.where.file));
  return sorted(std::move(files));
}

std::vector<std::string> suppression_files(const Run& run) {
  std::vector<std::string> files;
  for (const Suppression& suppression : run.suppressions)
    files.push_back(run.files.path(suppression.file));
  return sorted(std::move(files));
}

std::vector<std::string> finding_files(const Run& run, std::string_view rule) {
  std::vector<std::string> files;
  for (const Finding& finding : run.findings)
    if (finding.rule == rule) files.push_back(run.files.path(finding.where.file));
  return sorted(std::move(files));
}

using Files = std::vector<std::string>;

TEST(CopiedCode, WhatIsWrongInACopyIsSaidOfEachCopy) {
  const fnlint::Run run = run_over(std::string(kHelper), std::string(kHelper));
  EXPECT_EQ(finding_files(run, "state-request-data-in-global"),
            (Files{"exporter/helper.py", "importer/helper.py"}));
  EXPECT_EQ(problem_files(run), (Files{"exporter/helper.py", "importer/helper.py"}));
}

TEST(CopiedCode, ASuppressionHoldsInEachCopy) {
  const std::string helper = cat("# fnlint: ignore-file[state-request-data-in-global]\n", kHelper);
  EXPECT_EQ(suppression_files(run_over(helper, helper)),
            (Files{"exporter/helper.py", "importer/helper.py"}));
}

TEST(CopiedCode, WhatHasChangedInOneCopyIsNotSaidOfTheOther) {
  const fnlint::Run run = run_over(std::string(kHelper), "def keep(text):\n    return text\n");
  EXPECT_EQ(finding_files(run, "state-request-data-in-global"), (Files{"importer/helper.py"}));
  EXPECT_EQ(problem_files(run), (Files{"importer/helper.py"}));
}

}  // namespace
}  // namespace fnlint::copied_code_test
