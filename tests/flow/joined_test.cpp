// Which facts remain where two arms of a branch meet.

#include "flow/state/joined.h"

#include "values/pool.h"

#include <gtest/gtest.h>

namespace fnlint::testing {
namespace {

// What holds behind a branch of which both arms go on.
class EitherFact : public ::testing::Test {
 protected:
  ValueId truthy(std::string_view field) {
    const ValueId hole = pool.hole(Origin::Event, std::string(field));
    return compute(pool, "truthy", std::span(&hole, 1));
  }
  ValueId call(std::string_view name, ValueId a, ValueId b) {
    return compute(pool, name, std::array{a, b});
  }
  ValueId opposite(ValueId test) { return compute(pool, "not", std::span(&test, 1)); }
  // No id: nothing more than the facts that both have.
  ValueId either(FactSet a, FactSet b, const FactSet& no_conditions = {}) {
    std::ranges::sort(a);
    std::ranges::sort(b);
    const std::optional<Fact> found = disjunction_of(pool, a, b, no_conditions);
    return found ? found->test : ValueId{};
  }

  ValuePool pool;
  ValueId gate = truthy("gate"), one = truthy("one"), two = truthy("two");
};

TEST_F(EitherFact, IsNothingWhereTheTestAloneTellsThemApart) {
  EXPECT_FALSE(either({{gate, true}}, {{gate, false}}).exists());
  const ValueId both = call("and", one, two);
  EXPECT_FALSE(either({{one, true}, {two, true}}, {{both, false}}).exists());
}

TEST_F(EitherFact, IsWhatOneArmHasMadeSure) {
  EXPECT_EQ(either({{gate, true}, {one, true}}, {{gate, false}}), call("or", opposite(gate), one));
}

TEST_F(EitherFact, IsWhatEachArmHasMadeSure) {
  const ValueId found = either({{gate, true}, {one, true}}, {{gate, false}, {two, true}});
  FactSet neither{{one, false}, {two, false}};
  std::ranges::sort(neither);
  EXPECT_FALSE(assume(pool, neither, found, true));
  FactSet there{{gate, true}};
  EXPECT_TRUE(assume(pool, there, found, true));
  EXPECT_EQ(answer_by(pool, there, one), Answer::Yes);
}

TEST_F(EitherFact, KeepsAllThatAnArmSays) {
  FactSet said{{gate, true}};
  for (const std::string_view field : {"a", "b", "c", "d", "e", "f", "g", "h", "i"})
    said.push_back({truthy(field), true});
  const ValueId found = either(said, {{gate, false}});
  FactSet there{{gate, true}};
  EXPECT_TRUE(assume(pool, there, found, true));
  for (const Fact& fact : said) EXPECT_EQ(answer_by(pool, there, fact.test), Answer::Yes);
}

TEST_F(EitherFact, IsNothingThatALoopEndsWith) {
  EXPECT_FALSE(either({{gate, true}, {one, true}}, {{gate, false}}, {{one, true}}).exists());
}

TEST_F(EitherFact, OfWhichNothingIsLeftCannotHold) {
  const ValueId found = call("or", one, two);
  FactSet facts;
  EXPECT_TRUE(assume(pool, facts, found, true));
  EXPECT_TRUE(assume(pool, facts, one, false));
  EXPECT_FALSE(assume(pool, facts, two, false));
}

TEST_F(EitherFact, SeveralTestsMayEachHoldAndNotAllOfThem) {
  FactSet facts;
  EXPECT_TRUE(assume(pool, facts, call("or", one, two), true));
  const std::array neither{opposite(one), opposite(two)};
  FactAnswers answers(pool, facts);
  EXPECT_EQ(answers.to_all(neither), Answer::No);
  EXPECT_EQ(answers.to_all(std::span(neither).first(1)), Answer::Unknown);
}

}  // namespace
}  // namespace fnlint::testing
