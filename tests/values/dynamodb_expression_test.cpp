// The grammar of DynamoDB's expressions.

#include "values/dynamodb_expression.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

std::string fault_of(std::string_view text, ExpressionKind kind) {
  return dynamo_expression(text, kind).fault;
}

TEST(DynamoExpression, TakesWhatTheGrammarHas) {
  for (const std::string_view text :
       {"SET a = :a", "set #p.#5star[1] = if_not_exists(a.b, :z) + :m, c = list_append(c, :l)",
        "REMOVE a[0], b.c ADD n :one DELETE s :gone", "SET a = a - :n, b = (b + :n)"})
    EXPECT_EQ(fault_of(text, ExpressionKind::Update), "") << text;
  for (const std::string_view text :
       {"a = :a", "NOT a <> :a OR (b <= :b AND size(c) > :n)", "attribute_exists (a.b)",
        "a BETWEEN :x AND :y and b IN (:x, :y)", "(size(a)) >= :n", "NOT (contains(a, :x))",
        "((a = :a))", "attribute_type(a, :t) or begins_with(#b, :b)"})
    EXPECT_EQ(fault_of(text, ExpressionKind::Condition), "") << text;
  for (const std::string_view text :
       {"a = :a", "#a = :a AND begins_with(b, :b)", "(a = :a) and (b between :x and :y)"})
    EXPECT_EQ(fault_of(text, ExpressionKind::KeyCondition), "") << text;
  EXPECT_EQ(fault_of("a, b.c[0].#d", ExpressionKind::Projection), "");
}

TEST(DynamoExpression, SaysWhereTheGrammarIsLeft) {
  for (const std::string_view text : {"", "a = :a", "SET a == :a", "SET a = 1", "SET a = 'x'",
                                      "SET a = :a,", "SET a = :a SET b = :b", "SET _a = :a",
                                      "SET a-b = :a", "REMOVE", "ADD a", "SET a = plus(a, :a)"})
    EXPECT_NE(fault_of(text, ExpressionKind::Update), "") << text;
  for (const std::string_view text :
       {"a == :a", "a != :a", "a = :a && b = :b", "a IN :list", "a = ", "exists(a)", "a",
        "contains(a)", "(a = :a", "a LIKE :b", "a = :a AND"})
    EXPECT_NE(fault_of(text, ExpressionKind::Condition), "") << text;
  for (const std::string_view text :
       {"a = :a OR b = :b", "a <> :a", "contains(a, :a)", "NOT a = :a", "a IN (:a)"})
    EXPECT_NE(fault_of(text, ExpressionKind::KeyCondition), "") << text;
  EXPECT_NE(fault_of("a b", ExpressionKind::Projection), "");
}

TEST(DynamoExpression, ReadsWhatItNames) {
  const DynamoExpression read =
      dynamo_expression("customer = :c AND begins_with(#d, :d)", ExpressionKind::KeyCondition);
  EXPECT_EQ(read.attributes, std::vector<std::string_view>{"customer"});
  EXPECT_EQ(read.names, std::vector<std::string_view>{"#d"});
  EXPECT_EQ(read.values, (std::vector<std::string_view>{":c", ":d"}));
  EXPECT_EQ(read.keys, (std::vector<std::string_view>{"customer", "#d"}));
}

TEST(DynamoExpression, BeginsNoClause) {
  EXPECT_TRUE(begins_no_clause("paid = "));
  EXPECT_TRUE(begins_no_clause("#a = "));
  EXPECT_FALSE(begins_no_clause("set "));
  EXPECT_FALSE(begins_no_clause(" SET a = "));
  EXPECT_FALSE(begins_no_clause("SE"));
}

}  // namespace
}  // namespace fnlint
