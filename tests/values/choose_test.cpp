// Gated choices, and what their tests imply.

#include "tests/values/values_test.h"
#include "values/implied.h"
#include "values/where.h"

namespace fnlint {
namespace {

class Choose : public ValuesTest {
 protected:
  ValueId key = hole("key");
  ValueId made = call("starts_with", {key, text("thumbs/")});
  ValueId kind = choose(pool, made, text("thumb"), text("photo"));
  ValueId is(std::string_view word) { return call("equal", {kind, text(word)}); }
};

TEST_F(Choose, asks_the_test_that_chose) {
  EXPECT_EQ(is("thumb"), made);
  EXPECT_EQ(is("photo"), call("not", {made}));
  EXPECT_EQ(is("film"), pool.boolean(false));
  EXPECT_EQ(call("not_equal", {kind, text("photo")}), made);
}

TEST_F(Choose, goes_through_functions_texts_and_members) {
  const ValueId path = pool.concat(std::array{text("out/"), kind});
  EXPECT_EQ(call("equal", {path, text("out/thumb")}), made);
  const ValueId plan = choose(pool, made, record({{"skip", pool.boolean(true)}}),
                              record({{"skip", pool.boolean(false)}}));
  EXPECT_EQ(call("truthy", {member(pool, plan, "skip")}), made);
  const ValueId found = choose(pool, made, list({text("no")}), list({}));
  EXPECT_EQ(call("less", {number(0), call("length", {found})}), made);
  EXPECT_EQ(call("is_empty", {found}), call("not", {made}));
}

TEST_F(Choose, of_what_was_chosen_by_the_same_test_is_one_of_two) {
  const ValueId again = choose(pool, is("photo"), text("work"), text("skip"));
  EXPECT_EQ(call("equal", {again, text("skip")}), made);
  EXPECT_EQ(choose(pool, made, kind, text("other")),
            choose(pool, made, text("thumb"), text("other")));
}

TEST_F(Choose, of_tests_is_a_test_whose_opposite_is_as_short) {
  const ValueId a = call("truthy", {hole("a")}), b = call("truthy", {hole("b")});
  const ValueId either = choose(pool, made, a, b);
  EXPECT_EQ(pool.opcode(either), Opcode::Chosen);
  EXPECT_EQ(call("not", {call("not", {either})}), either);
  EXPECT_EQ(choose(pool, made, pool.boolean(true), pool.boolean(false)), made);
  EXPECT_EQ(choose(pool, made, made, b), call("or", {made, b}));
}

TEST_F(Choose, says_so_where_nothing_tells_the_ways_apart) {
  ValueId many = text("0");
  for (int i = 1; i < 12; ++i)
    many = choose(pool, call("truthy", {hole(std::to_string(i))}), text(std::to_string(i)), many);
  EXPECT_NE(uncertainty(many) & kUngated, 0);
  EXPECT_EQ(uncertainty(kind) & kUngated, 0);
}

// One value that is met under different tests is one, where there are too many to tell them apart.
TEST_F(Choose, takes_off_its_tests_before_it_is_cut) {
  std::vector<Alternative> ways;
  for (int i = 0; i < 12; ++i) {
    const ValueId test = call("truthy", {hole(std::to_string(i))});
    ways.push_back({where(pool, text(i % 2 == 0 ? "a" : "b"), std::span(&test, 1)), {}});
  }
  const ValueId value = pool.one_of(ways);
  EXPECT_EQ(show(value), "a or b");
  EXPECT_EQ(uncertainty(value), kUngated);
}

// What stands for the rest stays the rest where more is known of the others.
TEST_F(Choose, nothing_beside_what_is_met_under_tests_stays_bare) {
  const ValueId other = call("truthy", {hole("other")});
  const ValueId value = pool.join(where(pool, text("x"), std::span(&made, 1)), pool.null());
  const ValueId met = where(pool, value, std::span(&other, 1));
  EXPECT_EQ(call("is_null", {met}), call("not", {call("and", {made, other})}));
}

class Implied : public ValuesTest {
 protected:
  ValueId done = pool.computed("succeeded", std::array{text("put")});
  ValueId other = call("truthy", {hole("other")});
  bool tells(ValueId test, bool holds) {
    return is_implied(pool, {test, holds},
                      [&](const Fact& fact) { return fact.test == done && fact.holds; });
  }
};

TEST_F(Implied, is_no_more_than_mentioned_by_its_opposite) {
  EXPECT_TRUE(tells(done, true));
  EXPECT_FALSE(tells(done, false));
  EXPECT_FALSE(tells(pool.computed("not", std::array{done}), true));
  EXPECT_TRUE(tells(pool.computed("not", std::array{done}), false));
}

TEST_F(Implied, by_one_of_all_and_by_each_of_any) {
  const ValueId both = pool.computed("and", std::array{done, other});
  const ValueId any = pool.computed("or", std::array{done, other});
  EXPECT_TRUE(tells(both, true));
  EXPECT_FALSE(tells(both, false));
  EXPECT_FALSE(tells(any, true));
  EXPECT_TRUE(tells(pool.computed(Opcode::Chosen, std::array{other, done, done}), true));
  EXPECT_FALSE(tells(pool.computed(Opcode::Chosen, std::array{other, done, other}), true));
}

}  // namespace
}  // namespace fnlint
