// What a set of facts implies, and what it leaves open.

#include "flow/state/facts.h"

#include "values/pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace fnlint::testing {
namespace {

// What holds wherever something else does.
class Implied : public ::testing::Test {
 protected:
  ValueId call(std::string_view name, ValueId a, ValueId b) {
    return compute(pool, name, std::array{a, b});
  }
  ValueId opposite(ValueId test) { return compute(pool, "not", std::span(&test, 1)); }
  ValueId truthy(ValueId value) { return compute(pool, "truthy", std::span(&value, 1)); }
  ValueId where(ValueId fact, ValueId test) { return implies(pool, {{fact, true}}, test); }
  Answer answer(ValueId fact, ValueId test) { return answer_of_implied(pool, where(fact, test)); }
  bool may_be(ValueId fact, ValueId test) { return may_be_implied(pool, where(fact, test)); }

  ValuePool pool;
  ValueId kind = pool.hole(Origin::Event, "kind"), size = pool.hole(Origin::Event, "size");
  ValueId is_new = call("equal", kind, pool.text_value("new"));
  ValueId is_old = call("equal", kind, pool.text_value("old"));
  ValueId is_large = call("less", pool.number(200), size);
};

TEST_F(Implied, IsWhatTheFactsAnswer) {
  EXPECT_EQ(answer(is_new, is_new), Answer::Yes);
  EXPECT_EQ(answer(is_new, opposite(is_old)), Answer::Yes);
  EXPECT_EQ(answer(is_new, is_old), Answer::No);
  EXPECT_EQ(answer(is_large, is_new), Answer::Unknown);
}

TEST_F(Implied, IsWhatEachOfSeveralWaysAnswers) {
  const ValueId large = call("and", is_new, is_large),
                small = call("and", is_new, opposite(is_large));
  EXPECT_EQ(answer(call("or", large, small), is_new), Answer::Yes);
  EXPECT_EQ(answer(call("or", large, is_old), is_new), Answer::Unknown);
}

TEST_F(Implied, MayBeWhatTheFactsAskAsWell) {
  const ValueId short_kind = call("less", kind, pool.text_value("x"));
  EXPECT_TRUE(may_be(short_kind, is_new));
  EXPECT_FALSE(may_be(is_large, is_new));
}

TEST_F(Implied, MayBeWhatACallThatNobodyKnowsAnswers) {
  const ValueId answer = truthy(pool.hole(Origin::CallResult, "acme.may_see", 7));
  EXPECT_TRUE(may_be(answer, is_new));
  EXPECT_FALSE(may_be(call("or", answer, is_large), is_new));
}

TEST_F(Implied, IsNotThatACallDidNotFail) {
  const ValueId error = pool.hole(Origin::CallResult, "error", 7);
  const ValueId succeeds = call("equal", error, pool.null());
  EXPECT_FALSE(may_be(succeeds, is_new));
  EXPECT_FALSE(may_be(opposite(succeeds), is_new));
}

TEST_F(Implied, IsNotWhereTheFactsHoldBecauseItFails) {
  EXPECT_FALSE(may_be(call("or", opposite(truthy(kind)), is_large), truthy(kind)));
}

TEST_F(Implied, MayBeWhatRestsOnAChoiceThatNothingDecides) {
  const ValueId either = pool.join(kind, size);
  EXPECT_TRUE(may_be(truthy(either), call("equal", pool.hole(Origin::Event, "id"), kind)));
}

// More tests than are kept leave it open what the others ask: no place is reached surely then.
TEST(Facts, OfMoreThanAreKeptItIsSaidThatThereAreMore) {
  ValuePool pool;
  FactSet facts;
  for (int i = 0; i < 2 * static_cast<int>(kFacts); ++i) {
    const ValueId asked = pool.hole(Origin::Event, "f" + std::to_string(i));
    EXPECT_TRUE(assume(pool, facts, compute(pool, "truthy", std::span(&asked, 1)), true));
    EXPECT_EQ(std::ranges::binary_search(facts, Fact{ValuePool::kFurtherTests, true}),
              i + 1 >= static_cast<int>(kFacts));
    EXPECT_TRUE(std::ranges::is_sorted(facts));
  }
  EXPECT_EQ(facts.size(), kFacts);
  EXPECT_FALSE(is_readable(pool, ValuePool::kFurtherTests));
  EXPECT_EQ(answer_by(pool, facts, pool.hole(Origin::Event, "f100")), Answer::Unknown);
}

}  // namespace
}  // namespace fnlint::testing
