// What a second way to the same step adds to it.
#include "flow/state/known_steps.h"

#include "flow/state/facts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace fnlint::testing {
namespace {

class KnownSteps : public ::testing::Test {
 protected:
  Step call(ValueId receiver, std::uint32_t place = 1) {
    Step step;
    step.kind = StepKind::Call;
    step.at = {ModuleId{0}, OpId{place}};
    const std::array operands{receiver, pool_.text_value("weigh")};
    step.subject = pool_.computed(Opcode::Method, operands);
    step.arguments = pool_.record({});
    return step;
  }
  ValuePool pool_;
};

TEST_F(KnownSteps, CallsOfWhatNoCallerCanTellAreOneAtEachPlace) {
  std::vector<Step> steps{call(pool_.unknown("one"))};
  EXPECT_TRUE(joins_known(pool_, call(pool_.unknown("another")), steps));
  EXPECT_FALSE(joins_known(pool_, call(pool_.unknown("one"), 2), steps));
}

TEST_F(KnownSteps, ACallThatACallerCanTellIsKeptForEachReceiver) {
  const ValueId one = pool_.hole(Origin::Parameter, "one");
  std::vector<Step> steps{call(one)};
  EXPECT_FALSE(joins_known(pool_, call(pool_.hole(Origin::Parameter, "another")), steps));
  EXPECT_FALSE(joins_known(pool_, call(pool_.unknown("nothing")), steps));
  EXPECT_TRUE(joins_known(pool_, call(one), steps));
}

TEST_F(KnownSteps, OfTwoWaysOnlyWhatBothHoldIsKept) {
  const Fact both{pool_.hole(Origin::Parameter, "both")}, one{pool_.hole(Origin::Parameter, "one")};
  Step first = call(pool_.unknown("")), second = first;
  first.holds = {both, one};
  std::ranges::sort(first.holds);
  first.flags = kUnderTest;
  second.holds = {both};
  second.flags = kInLoop;
  std::vector<Step> steps{first};
  EXPECT_TRUE(joins_known(pool_, second, steps));
  EXPECT_EQ(steps[0].holds, FactSet{both});
  EXPECT_EQ(steps[0].flags, std::uint32_t{kInLoop});
}

TEST_F(KnownSteps, WhatIsReadAtTwoPlacesIsKeptTwice) {
  Step read;
  read.kind = StepKind::Read;
  read.value = pool_.hole(Origin::Event, "body");
  std::vector<Step> steps{read};
  EXPECT_TRUE(joins_known(pool_, read, steps));
  read.at = {ModuleId{0}, OpId{1}};
  EXPECT_FALSE(joins_known(pool_, read, steps));
}

TEST_F(KnownSteps, EffectsAreKeptEachTime) {
  Step effect;
  effect.kind = StepKind::Effect;
  std::vector<Step> steps{effect};
  EXPECT_FALSE(joins_known(pool_, effect, steps));
}

}  // namespace
}  // namespace fnlint::testing
