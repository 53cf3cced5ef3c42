// Counters that end a loop, and those that do not.

#include "values/progress.h"

#include "tests/values/values_test.h"

namespace fnlint {
namespace {

class Progress : public ValuesTest {
 protected:
  ValueId raised(ValueId value, std::int64_t by) {
    return compute(pool, "add", std::array{value, number(by)});
  }
  ValueId test(std::string_view name, ValueId a, ValueId b) {
    return compute(pool, name, std::array{a, b});
  }
  // A counter n that each round raises by `by`, asked `n name bound`.
  bool ends(std::string_view name, std::int64_t by, bool holds) {
    const ValueId n = hole("n");
    return runs_out(pool, test(name, n, number(5)), test(name, raised(n, by), number(5)), holds);
  }
};

TEST_F(Progress, a_counter_that_rises_runs_into_its_upper_bound) {
  EXPECT_TRUE(ends("less", 1, true));
  EXPECT_TRUE(ends("less_equal", 2, true));
  EXPECT_FALSE(ends("less", -1, true));
}

TEST_F(Progress, a_counter_that_falls_runs_into_its_lower_bound) {
  EXPECT_TRUE(ends("less", -1, false));
  EXPECT_FALSE(ends("less", 1, false));
  EXPECT_TRUE(ends("equal", -1, false));
}

TEST_F(Progress, a_counter_that_stands_still_runs_into_nothing) {
  EXPECT_FALSE(ends("less", 0, true));
  EXPECT_FALSE(ends("equal", 0, false));
}

TEST_F(Progress, a_counter_that_rises_does_not_come_to_zero) {
  const ValueId n = hole("n");
  const auto until = [&](std::int64_t end, std::int64_t by) {
    return runs_out(pool, test("not_equal", n, number(end)),
                    test("not_equal", raised(n, by), number(end)), true);
  };
  EXPECT_TRUE(until(5, 1));
  EXPECT_TRUE(until(0, -1));
  EXPECT_FALSE(until(0, 1));
  EXPECT_TRUE(
      runs_out(pool, test("equal", n, number(0)), test("equal", raised(n, 1), number(0)), true));
}

TEST_F(Progress, a_bound_on_the_left_counts_the_other_way) {
  const ValueId n = hole("n");
  const ValueId before = test("less", number(0), n);
  EXPECT_TRUE(runs_out(pool, before, test("less", number(0), raised(n, -1)), true));
  EXPECT_FALSE(runs_out(pool, before, test("less", number(0), raised(n, 1)), true));
}

TEST_F(Progress, a_counter_is_read_through_its_text_and_its_default) {
  const ValueId n = hole("n");
  const ValueId text_of_next = compute(pool, "to_text", std::array{raised(n, 1)});
  EXPECT_TRUE(runs_out(pool, test("less", n, number(5)),
                       pool.computed("less", std::array{text_of_next, number(5)}), true));
  const ValueId first = one_of({n, number(0)}), next = one_of({raised(n, 1), number(1)});
  EXPECT_TRUE(runs_out(pool, test("less", first, number(5)), test("less", next, number(5)), true));
}

TEST_F(Progress, another_value_is_no_counter) {
  const ValueId before = test("less", hole("n"), number(5));
  EXPECT_FALSE(runs_out(pool, before, test("less", raised(hole("m"), 1), number(5)), true));
}

TEST_F(Progress, of_two_tests_that_must_both_hold_one_suffices) {
  const ValueId n = hole("n"), other = test("equal", hole("kind"), text("job"));
  const auto both = [&](ValueId count) {
    return pool.computed("and", std::array{other, test("less", count, number(5))});
  };
  EXPECT_TRUE(runs_out(pool, both(n), both(raised(n, 1)), true));
  const auto either = [&](ValueId count) {
    return pool.computed("or", std::array{other, test("less", count, number(5))});
  };
  EXPECT_FALSE(runs_out(pool, either(n), either(raised(n, 1)), true));
}

}  // namespace
}  // namespace fnlint
