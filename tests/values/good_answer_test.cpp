// Tests that only ask whether a request was answered well.

#include "values/good_answer.h"

#include "tests/values/values_test.h"

namespace fnlint {
namespace {

class GoodAnswer : public ValuesTest {
 protected:
  ValueId answer(std::string_view name) {
    return pool.hole(Origin::CallResult, "requests.get()." + std::string(name), 7);
  }
  ValueId asked(std::string_view test, ValueId left, ValueId right) {
    const ValueId operands[] = {left, right};
    return pool.computed(std::string(test), operands);
  }
  bool is_good(ValueId test, bool holds) { return is_good_answer(pool, {test, holds}); }
};

TEST_F(GoodAnswer, is_a_status_of_two_hundred) {
  const ValueId equal = asked("equal", answer("status_code"), number(200));
  EXPECT_TRUE(is_good(equal, true));
  EXPECT_FALSE(is_good(equal, false));
  EXPECT_TRUE(is_good(asked("equal", number(204), answer("statusCode()")), true));
  EXPECT_TRUE(is_good(asked("not_equal", answer("status"), number(200)), false));
}

TEST_F(GoodAnswer, is_a_status_below_the_failures) {
  EXPECT_TRUE(is_good(asked("less", answer("status"), number(300)), true));
  EXPECT_TRUE(is_good(asked("less", number(399), answer("status_code")), false));
  EXPECT_FALSE(is_good(asked("less", answer("status"), number(300)), false));
  EXPECT_FALSE(is_good(asked("less", answer("status"), number(5)), true));
}

TEST_F(GoodAnswer, is_what_says_so_itself) {
  const ValueId ok = answer("ok");
  EXPECT_TRUE(is_good(ok, true));
  EXPECT_FALSE(is_good(ok, false));
  EXPECT_TRUE(is_good(pool.computed("not", std::span(&ok, 1)), false));
}

TEST_F(GoodAnswer, is_not_that_something_is_missing) {
  EXPECT_FALSE(is_good(asked("equal", answer("status_code"), number(404)), true));
  EXPECT_FALSE(is_good(asked("equal", answer("count"), number(200)), true));
}

TEST_F(GoodAnswer, is_not_what_the_event_says) {
  const ValueId said = pool.hole(Origin::Event, "detail.status");
  EXPECT_FALSE(is_good(asked("equal", said, number(200)), true));
}

}  // namespace
}  // namespace fnlint
