#include "app/selection.h"

#include "tests/app/some_rules.h"

#include <gtest/gtest.h>

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
  EXPECT_EQ(selector_error("E501xxxxxxxx", kSomeRules),
            "no rule, category or profile is named 'E501xxxxxxxx'; `fnlint rules` lists them");
}

}  // namespace
}  // namespace fnlint
