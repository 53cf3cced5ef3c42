// Checks that say nothing say why: each reason that may decide is the one that decides in some case
// of the fixtures. A reason that no case needs is to be deleted, or wants a case.
#include "app/files/disk_file_system.h"
#include "app/pictures/model_json.h"
#include "app/run/pipeline.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/state/state_verdict.h"
#include "link/effects/caused_event.h"
#include "tests/fixtures/case_folder.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

namespace fnlint::test {
namespace {

namespace fs = std::filesystem;

using Names = std::set<std::string, std::less<>>;

// Shows the models of all cases of the rules that begin so.
void inspect_cases(std::string_view rules, bool chain_ends, const Inspect& inspect) {
  for (const auto& rule : fs::directory_iterator(fs::path(FNLINT_SOURCE_DIR) / "fixtures")) {
    if (!rule.path().filename().string().starts_with(rules)) continue;
    for (const auto& entry : fs::directory_iterator(rule)) {
      if (!entry.is_directory()) continue;
      const CaseFolder folder(entry.path());
      PipelineOptions options;
      options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
      options.inspect = inspect;
      options.chain_ends = chain_ends;
      const DiskFileSystem disk(folder.path(), {});
      run_pipeline(options, disk);
    }
  }
}

std::string missing(const std::vector<Reason>& all, const Names& seen) {
  std::string names;
  for (const Reason& reason : all)
    if (!seen.contains(reason.name)) names += std::string(reason.name) + '\n';
  return names;
}

TEST(Reasons, EachOfAStateChangeDecidesACase) {
  Names seen;
  inspect_cases("state-", false, [&](const LinkedModel& model) {
    for (const LambdaFunction& function : model.project.functions)
      for (const StateChange& change : function.changes) {
        const JudgedState judged = judge(*model.project.pool, function, change);
        const std::string_view reason = judged.reason.name;
        if (judge(*model.project.pool, function, change, reason).verdict != judged.verdict)
          seen.emplace(reason);
      }
  });
  EXPECT_EQ(missing(state_reasons(), seen), "");
}

TEST(Reasons, EachOfAnEffectThatIsDeliveredTwiceDecidesACase) {
  Names seen;
  inspect_cases("idempotency-", false, [&](const LinkedModel& model) {
    const Project& project = model.project;
    const RelationsTo relations(project.stacks);
    const DeliverySources all(project, relations);
    for (const LambdaFunction& function : project.functions) {
      const std::vector<DeliverySource> sources = all.of(function);
      if (sources.empty()) continue;
      for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
        for (const Effect& effect : *list)
          seen.emplace(
              reason_of(judge_repeat(project, function, sources.front(), effect).how).name);
    }
  });
  std::vector<Reason> all;
  for (std::size_t i = 0; i < kRepeatWays; ++i) all.push_back(reason_of(static_cast<RepeatWay>(i)));
  EXPECT_EQ(missing(all, seen), "");
}

TEST(Reasons, EachOfASecondRoundDecidesACase) {
  std::string said;
  inspect_cases("loop-", true, [&](const LinkedModel& model) {
    for (const ChainEnd& end : model.project.chain_ends) said += end.why + '\n';
    for (const Cycle& cycle : model.project.cycles)
      for (const CycleStep& step : cycle.steps) said += step.why + '\n';
  });
  for (const std::string_view words : replay_reasons())
    EXPECT_NE(said.find(words), said.npos) << words;
}

}  // namespace
}  // namespace fnlint::test
