// Which rules are in effect, and at which level, by configuration and command line.

#include "app/configuration/selection.h"

#include "tables/tables.h"
#include "tests/app/some_rules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fnlint {
namespace {

using test::kSomeRules;
using Ids = std::vector<std::string_view>;

Ids selected(const Selectors& selectors) {
  Ids ids;
  for (const Rule& rule : kSomeRules)
    if (is_selected(rule, selectors)) ids.push_back(rule.id);
  return ids;
}

TEST(Selection, IsTheDefaultProfileUnlessSomethingIsSaid) {
  EXPECT_EQ(selected({}),
            (Ids{"config-suppression-unused", "init-heavy-import", "loop-s3-recursion"}));
}

TEST(Selection, TakesIdsCategoriesProfilesAndOtherToolsIds) {
  EXPECT_EQ(selected({.select = {"loop-s3-recursion"}}), Ids{"loop-s3-recursion"});
  EXPECT_EQ(selected({.select = {"loop"}}), Ids{"loop-s3-recursion"});
  EXPECT_EQ(selected({.select = {"loop-"}}), Ids{"loop-s3-recursion"});
  EXPECT_EQ(selected({.select = {"strict"}}), Ids{"config-env-unused"});
  EXPECT_EQ(selected({.select = {"CKV_AWS_116"}}), Ids{"reliability-dlq-missing"});
  EXPECT_EQ(selected({.select = {"checkov:CKV_AWS_116"}}), Ids{"reliability-dlq-missing"});
  EXPECT_EQ(selected({.select = {"ALL"}}).size(), kSomeRules.size());
}

// What a rule's check gives as a note may be of another profile.
TEST(Selection, NotesMayBeOfAProfileOfTheirOwn) {
  const Rule rule{.id = "trigger-visibility-timeout",
                  .category = "trigger",
                  .profile = Profile::Default,
                  .notes = Profile::Strict};
  EXPECT_TRUE(is_selected(rule, {}));
  EXPECT_FALSE(are_notes_selected(rule, {}));
  EXPECT_TRUE(are_notes_selected(rule, {.select = {"strict"}}));
  EXPECT_FALSE(is_selected(rule, {.select = {"strict"}}));
  EXPECT_TRUE(are_notes_selected(rule, {.select = {"trigger-visibility-timeout"}}));
  EXPECT_FALSE(are_notes_selected(rule, {.select = {"strict"}, .ignore = {"trigger"}}));
}

// No rule has it as its own: it is made of what others have.
TEST(Selection, ObservabilityIsWhatItsCategoryIsAbout) {
  const Rule log{
      .id = "observability-log-retention", .category = "observability", .profile = Profile::Cost};
  EXPECT_TRUE(is_of_profile(log, Profile::Observability));
  EXPECT_TRUE(is_of_profile(log, Profile::Cost));
  EXPECT_FALSE(is_of_profile(log, Profile::Strict));
  EXPECT_TRUE(is_selected(log, {.select = {"observability"}}));
  EXPECT_TRUE(is_selected(log, {.select = {"cost"}}));
  EXPECT_TRUE(selector_error("observability", {}).empty());
}

TEST(Selection, EveryProfileHasRules) {
  const auto all = rules();
  for (const Profile profile : {Profile::Default, Profile::Strict, Profile::Security, Profile::Cost,
                                Profile::Observability})
    EXPECT_GE(
        std::ranges::count_if(all, [&](const Rule& rule) { return is_of_profile(rule, profile); }),
        9)
        << static_cast<int>(profile);
}

TEST(Selection, TakesWhatIdsBeginWith) {
  EXPECT_EQ(selected({.select = {"loop-s3"}}), Ids{"loop-s3-recursion"});
  EXPECT_EQ(selected({.select = {"loop-s3-"}}), Ids{"loop-s3-recursion"});
  EXPECT_EQ(selected({.select = {"conf"}}),
            (Ids{"config-env-unused", "config-suppression-unused"}));
  EXPECT_EQ(selected({.select = {"recursion"}}), Ids{});
  EXPECT_EQ(selected({.select = {""}}), Ids{});
  EXPECT_EQ(selected({.select = {"-"}}), Ids{});
}

TEST(Selection, OfTwoBeginningsTheLongerWins) {
  EXPECT_EQ(selected({.select = {"config-env"}, .ignore = {"config"}}), Ids{"config-env-unused"});
  EXPECT_EQ(selected({.select = {"config-"}, .ignore = {"config-e"}}),
            Ids{"config-suppression-unused"});
  EXPECT_EQ(selected({.select = {"config"}, .ignore = {"config-"}}), Ids{}) << "as long";
}

TEST(Selection, ALevelMayBeOff) {
  EXPECT_EQ(selected({.levels = {{"loop", {}}, {"config", Severity::Note}}}),
            (Ids{"config-suppression-unused", "init-heavy-import"}));
  EXPECT_EQ(selected({.select = {"loop", "init"},
                      .levels = {{"ALL", {}}, {"loop-s3-recursion", Severity::Error}}}),
            (Ids{"init-heavy-import", "loop-s3-recursion"}))
      << "what is selected by a narrower word stays";
  const Levels off{{"loop-s3-recursion", {}}};
  EXPECT_EQ(selected({.select = {"loop"}, .levels = off}), Ids{});
  EXPECT_EQ(selected({.select_here = {"loop-s3-recursion"}, .levels = off}),
            Ids{"loop-s3-recursion"});
  EXPECT_EQ(
      selected({.select = {"loop"}, .levels = off, .levels_here = {{"loop", Severity::Note}}}),
      Ids{"loop-s3-recursion"});
  EXPECT_EQ(selected({.select_here = {"loop-s3-recursion"}, .levels_here = off}), Ids{});
}

TEST(Selection, TheNarrowerSelectorWins) {
  EXPECT_EQ(selected({.select = {"config-env-unused"}, .ignore = {"config"}}),
            Ids{"config-env-unused"});
  EXPECT_EQ(selected({.select = {"config"}, .ignore = {"config-env-unused"}}),
            Ids{"config-suppression-unused"});
  EXPECT_EQ(selected({.select = {"loop"}, .ignore = {"loop"}}), Ids{});
}

TEST(Selection, TheCommandLinesSelectTakesThePlaceOfTheConfigurations) {
  EXPECT_EQ(selected({.select = {"loop"}, .select_here = {"init"}}), Ids{"init-heavy-import"});
  EXPECT_EQ(selected({.select = {"loop"}, .extend_here = {"init"}}),
            (Ids{"init-heavy-import", "loop-s3-recursion"}));
}

TEST(Selection, AnIgnoreOfTheConfigurationHoldsUnlessTheCommandLineNamesTheSame) {
  EXPECT_EQ(selected({.ignore = {"loop-s3-recursion"}, .select_here = {"loop"}}), Ids{});
  EXPECT_EQ(selected({.ignore = {"loop-s3-recursion"}, .select_here = {"loop-s3-recursion"}}),
            Ids{"loop-s3-recursion"});
  EXPECT_EQ(selected({.select_here = {"loop"}, .ignore_here = {"loop"}}), Ids{});
}

TEST(Selection, AnUnknownSelectorIsAnErrorWithASuggestion) {
  EXPECT_EQ(selector_error("loop-s3-recursion", kSomeRules), "");
  EXPECT_EQ(selector_error("cost", kSomeRules), "");
  EXPECT_EQ(selector_error("init-havy-import", kSomeRules),
            "no rule, category or profile is named 'init-havy-import'; did you mean "
            "'init-heavy-import'?");
  EXPECT_EQ(selector_error("", kSomeRules),
            "no rule, category or profile is named ''; `fnlint rules` lists them");
  EXPECT_EQ(selector_error("E501xxxxxxxx", kSomeRules),
            "no rule, category or profile is named 'E501xxxxxxxx'; `fnlint rules` lists them");
}

}  // namespace
}  // namespace fnlint
