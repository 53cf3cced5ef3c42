// What facts about one value say of other tests of it.

#include "flow/state/term_facts.h"

#include "values/pool.h"

#include <gtest/gtest.h>

namespace fnlint::testing {
namespace {

class TermFacts : public ::testing::Test {
 protected:
  ValueId call(std::string_view name, ValueId a, ValueId b) {
    return compute(pool, name, std::array{a, b});
  }
  ValueId text(std::string_view words) { return pool.text_value(words); }
  ValueId is(std::string_view word) { return call("equal", kind, text(word)); }
  ValueId below(std::int64_t limit) { return call("less", count, pool.number(limit)); }
  Answer where(ValueId known, bool holds, ValueId asked) {
    return answer_of_term(pool, std::array{Fact{known, holds}}, asked);
  }

  ValuePool pool;
  ValueId kind = pool.hole(Origin::Event, "kind"), count = pool.hole(Origin::Event, "count");
  ValueId of_two = call("in", kind, pool.list(std::array{text("a"), text("b")}));
};

TEST_F(TermFacts, ThatItIsOneThingSaysThatItIsNoOther) {
  EXPECT_EQ(where(is("a"), true, is("b")), Answer::No);
  EXPECT_EQ(where(is("a"), true, of_two), Answer::Yes);
  EXPECT_EQ(where(is("a"), true, kind), Answer::Yes);
  EXPECT_EQ(where(is("a"), false, is("b")), Answer::Unknown);
}

TEST_F(TermFacts, OfSeveralItIsWhatAllOfThemAnswer) {
  EXPECT_EQ(where(of_two, true, is("c")), Answer::No);
  EXPECT_EQ(where(of_two, true, is("a")), Answer::Unknown);
  EXPECT_EQ(where(of_two, false, is("a")), Answer::No);
  EXPECT_EQ(answer_of_term(pool, std::array{Fact{of_two, true}, Fact{is("a"), false}}, is("b")),
            Answer::Yes);
}

TEST_F(TermFacts, OfTheKeysOfATableItIsOneOrNone) {
  const NamedValue entries[] = {{pool.string("a"), text("x")}, {pool.string("b"), text("y")}};
  const ValueId is_key = call("in", kind, pool.record(entries));
  EXPECT_EQ(where(is_key, false, is("a")), Answer::No);
  EXPECT_EQ(where(is_key, true, is("c")), Answer::No);
  EXPECT_EQ(where(is_key, false, is("c")), Answer::Unknown);
}

TEST_F(TermFacts, WhatATableHoldsSaysNothingOfItsKeys) {
  const NamedValue entries[] = {{pool.string("a"), count}};
  const ValueId is_key = call("in", kind, pool.record(entries));
  EXPECT_EQ(where(is("b"), true, is_key), Answer::No);
  EXPECT_EQ(where(is("a"), true, is_key), Answer::Yes);
}

TEST_F(TermFacts, ThatThereIsNothingSaysThatItIsNoText) {
  const ValueId is_there = compute(pool, "truthy", std::span(&kind, 1));
  EXPECT_EQ(where(is_there, false, is("a")), Answer::No);
}

TEST_F(TermFacts, NumbersLieBetweenTheirEnds) {
  const ValueId is_three = call("equal", count, pool.number(3));
  EXPECT_EQ(where(below(3), true, is_three), Answer::No);
  EXPECT_EQ(where(below(4), true, is_three), Answer::Unknown);
  EXPECT_EQ(where(below(3), true, below(5)), Answer::Yes);
  EXPECT_EQ(where(below(3), false, below(3)), Answer::Unknown);  // the same test: not its matter
  EXPECT_EQ(where(below(3), false, below(2)), Answer::No);
  EXPECT_EQ(where(below(3), true, below(2)), Answer::Unknown);
}

TEST_F(TermFacts, AnotherValueSaysNothing) {
  const ValueId other = pool.hole(Origin::Event, "other");
  EXPECT_EQ(where(call("equal", other, text("a")), true, is("b")), Answer::Unknown);
}

// One of several values, of which nothing says which: not the same one each time, perhaps.
TEST_F(TermFacts, OfAChoiceThatIsOpenNothingIsSaid) {
  const ValueId any = pool.join(kind, count);
  EXPECT_EQ(where(pool.computed("equal", std::array{any, text("a")}), true,
                  pool.computed("equal", std::array{any, text("b")})),
            Answer::Unknown);
}

}  // namespace
}  // namespace fnlint::testing
