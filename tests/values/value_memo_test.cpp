// The memo of answers about values.

#include "values/value_memo.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(ValueMemo, finds_what_was_added_however_many_there_are) {
  ValueMemo memo;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(memo.find(ValueId{i}), nullptr);
    memo.add(ValueId{i}, ValueId{i + 1});
    for (const std::uint32_t one : {0U, i / 2, i})
      ASSERT_TRUE(memo.find(ValueId{one}) != nullptr &&
                  *memo.find(ValueId{one}) == ValueId{one + 1});
  }
}

}  // namespace
}  // namespace fnlint
