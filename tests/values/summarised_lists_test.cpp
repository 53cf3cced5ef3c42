// Lists and maps that a loop fills, known by what an element is.

#include "values/summarised_lists.h"

#include "values/where.h"

#include <gtest/gtest.h>

#include <array>

namespace fnlint {
namespace {

class Many : public ::testing::Test {
 protected:
  ValueId text(std::string_view literal) { return pool.text_value(literal); }
  ValueId asked(std::string_view name) {
    const ValueId field = pool.hole(Origin::Event, name);
    return compute(pool, "truthy", std::span(&field, 1));
  }
  ValueId list_of(std::initializer_list<ValueId> elements) {
    return many(pool, std::span(elements.begin(), elements.size()));
  }
  ValuePool pool;
};

TEST_F(Many, AnElementIsWhatWasAppended) {
  EXPECT_EQ(element(pool, list_of({text("a")})), text("a"));
  const ValueId empty = list_of({});
  EXPECT_TRUE(pool.is(element(pool, empty), ValueKind::Computed));
}

TEST_F(Many, IsNotEmptyOnceSomethingWasAppended) {
  const ValueId list = list_of({text("a")}), none = list_of({});
  EXPECT_EQ(truth(pool, list), Answer::Yes);
  EXPECT_EQ(truth(pool, none), Answer::Unknown);
  const std::array<ValueId, 2> compared{pool.number(0), member(pool, list, "length")};
  EXPECT_EQ(truth(pool, compute(pool, "less", compared)), Answer::Yes);
}

TEST_F(Many, AMapThatALoopFillsIsALoopOverItsEntries) {
  const std::array<Fact, 1> x{Fact{asked("x"), true}};
  const ValueId key = pool.hole(Origin::Event, "key"), value = given(pool, text("a"), x);
  const ValueId map = compute(pool, "with_entry", std::array{pool.record({}, true), key, value});
  const auto of = [&](std::string_view name) { return compute(pool, name, std::span(&map, 1)); };
  EXPECT_EQ(of("truthy"), asked("x"));
  EXPECT_EQ(of("has_items"), asked("x"));
  const ValueId one = element(pool, of("values"));
  EXPECT_EQ(without_conditions(pool, one), text("a"));
  EXPECT_EQ(conditions_of(pool, one), std::vector{asked("x")});
  EXPECT_EQ(without_conditions(pool, element(pool, of("keys"))), key);
  EXPECT_EQ(compute(pool, "from_entries", std::array{of("entries")}), map);
  const ValueId other = compute(pool, "with_entry", std::array{key, key, value});
  EXPECT_FALSE(is_filled(pool, other));
}

TEST_F(Many, IsNotEmptyWhereATestOfItsElementsHolds) {
  const std::array<Fact, 1> x{Fact{asked("x"), true}};
  const ValueId list = list_of({given(pool, text("a"), x)});
  EXPECT_EQ(truth(pool, list), Answer::Unknown);
  EXPECT_EQ(compute(pool, "truthy", std::span(&list, 1)), asked("x"));
  const ValueId is_empty = compute(pool, "not", std::array{asked("x")});
  EXPECT_EQ(compute(pool, "not", std::span(&list, 1)), is_empty);
  const ValueId length = member(pool, list, "length");
  const auto compared = [&](std::string_view name, ValueId a, ValueId b) {
    return compute(pool, name, std::array{a, b});
  };
  const ValueId none = pool.number(0), one = pool.number(1), two = pool.number(2);
  EXPECT_EQ(compared("less", none, length), asked("x"));
  EXPECT_EQ(compared("less_equal", one, length), asked("x"));
  EXPECT_EQ(compared("not_equal", length, none), asked("x"));
  EXPECT_EQ(compared("equal", none, length), is_empty);
  EXPECT_EQ(compared("less", length, one), is_empty);
  EXPECT_EQ(compared("less_equal", length, none), is_empty);
  EXPECT_EQ(truth(pool, compared("less_equal", none, length)), Answer::Yes);
  EXPECT_EQ(truth(pool, compared("less", one, length)), Answer::Unknown);
  EXPECT_EQ(truth(pool, compared("less", length, two)), Answer::Unknown);
}

TEST_F(Many, APartHasTheSameElements) {
  const ValueId list = list_of({text("a")});
  EXPECT_EQ(part(pool, list, pool.hole(Origin::Event, "from"), pool.absent()), list);
}

TEST_F(Many, TestsOfAllElementsHoldForTheList) {
  const std::array<Fact, 2> both{Fact{asked("x"), true}, Fact{asked("y"), true}};
  const ValueId list = list_of({given(pool, text("a"), both),
                                given(pool, text("b"), std::span(both).first(1))});
  EXPECT_EQ(taken_apart(pool, any_of_many(pool, list)).tests, std::vector<ValueId>{asked("x")});
  std::vector<ValueId> tests;
  const ValueId plain = as_plain_lists(pool, list, tests);
  ASSERT_TRUE(pool.is(plain, ValueKind::List));
  EXPECT_EQ(tests, std::vector<ValueId>{asked("x")});
  EXPECT_EQ(pool.operands(plain)[0], pool.with_uncertainty(text("a"), kConditional));
  EXPECT_EQ(pool.operands(plain)[1], text("b"));
}

TEST_F(Many, AnElementWhoseTestFailsIsNone) {
  const std::array<Fact, 1> never{Fact{pool.boolean(false), true}};
  const ValueId list = list_of({given(pool, text("a"), never), text("b")});
  EXPECT_EQ(any_of_many(pool, list), text("b"));
}

TEST_F(Many, EitherWayHasTheElementsOfBoth) {
  const ValueId appended = list_of({text("a")}), empty = pool.list({});
  EXPECT_EQ(joined_lists(pool, empty, appended), appended);
  EXPECT_EQ(joined_lists(pool, list_of({text("b")}), appended), list_of({text("b"), text("a")}));
  EXPECT_FALSE(joined_lists(pool, text("a"), empty).exists());
}

}  // namespace
}  // namespace fnlint
