// DynamoDB's update expressions, clause by clause.

#include "values/update_expression.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(UpdateExpression, IsReadClauseByClauseInEitherCase) {
  const UpdateExpression update = update_expression(
      "set #state = :done, log = list_append(log, :entry) REMOVE lock ADD n :one");
  ASSERT_EQ(update.fields.size(), 2U);
  EXPECT_EQ(update.fields[0].name, "#state");
  EXPECT_TRUE(is_placeholder(update.fields[0].value));
  EXPECT_EQ(update.fields[1].value, "list_append(log, :entry)");
  EXPECT_FALSE(is_placeholder(update.fields[1].value));
  ASSERT_EQ(update.added.size(), 1U);
  EXPECT_EQ(update.added[0], "n");
  EXPECT_TRUE(update.understood);
}

TEST(UpdateExpression, NeedsClausesThatAreUnderstood) {
  EXPECT_FALSE(update_expression("a = :a").understood);
  EXPECT_FALSE(update_expression("SET a").understood);
}

}  // namespace
}  // namespace fnlint
