// Conditional writes: whether the write itself makes its condition fail the next time.

#include "values/write_condition.h"

#include "tests/values/values_test.h"

namespace fnlint {
namespace {

class WriteConditions : public ValuesTest {
 protected:
  ValueId typed(std::string_view literal) { return record({{"S", text(literal)}}); }
  // An update of the item `{pk}`: what it sets, under which condition.
  WriteCondition update(std::string_view expression, std::string_view condition) {
    const ValueId values = record({{":held", typed("held")},
                                   {":free", typed("free")},
                                   {":at", hole("at")},
                                   {":now", pool.hole(Origin::Clock, "Date.now", 0)},
                                   {":n", hole("count")}});
    return write_condition(pool, record({{"Key", record({{"pk", hole("id")}})},
                                         {"UpdateExpression", text(expression)},
                                         {"ConditionExpression", text(condition)},
                                         {"ExpressionAttributeNames", record({{"#s", text("state")}})},
                                         {"ExpressionAttributeValues", values}}));
  }
  Answer again(std::string_view expression, std::string_view condition) {
    return update(expression, condition).again;
  }
  WriteCondition put(std::string_view condition) {
    return write_condition(pool, record({{"Item", record({{"pk", hole("id")}, {"at", hole("at")}})},
                                         {"ConditionExpression", text(condition)},
                                         {"ExpressionAttributeValues", record({{":at", hole("at")}})}}));
  }
};

TEST_F(WriteConditions, a_state_that_the_write_leaves_is_a_guard) {
  EXPECT_EQ(again("SET #s = :free, freedAt = :now", "#s = :held"), Answer::No);
  EXPECT_EQ(again("SET #s = :free", "state = :held and attribute_exists(pk)"), Answer::No);
  EXPECT_EQ(again("SET #s = :free", "#s <> :free"), Answer::No);
  EXPECT_EQ(again("SET #s = :free", "NOT (#s = :free)"), Answer::No);
  EXPECT_EQ(again("REMOVE #s", ":held = #s"), Answer::No);
  EXPECT_EQ(again("SET seen = :at ADD n :n", "attribute_not_exists(seen) OR seen < :at"), Answer::No);
  EXPECT_EQ(again("ADD n :n", "attribute_not_exists(pk)"), Answer::No);
}

TEST_F(WriteConditions, a_bound_of_a_counter_is_none) {
  EXPECT_EQ(again("SET n = n - :n", "n >= :n"), Answer::Yes);
  EXPECT_EQ(again("SET n = if_not_exists(n, :zero) - :n", ":n <= n"), Answer::Yes);
  EXPECT_EQ(again("ADD n :n", "attribute_not_exists(n) OR n < :n"), Answer::Yes);
  EXPECT_EQ(again("SET n = n + :n", "(attribute_exists(pk)) AND (n < :n)"), Answer::Yes);
  EXPECT_EQ(again("SET n = n - :n", "NOT n < :n"), Answer::Unknown);
}

TEST_F(WriteConditions, what_the_write_leaves_alone_holds_unless_others_change_it) {
  const WriteCondition condition = update("ADD n :n", "#s = :held");
  EXPECT_EQ(condition.again, Answer::Yes);
  EXPECT_TRUE(condition.by_others);
  EXPECT_EQ(again("SET n = n + :n", "size(log) < :n OR #s IN (:held, :free)"), Answer::Yes);
  EXPECT_EQ(again("SET n = n + :n", "expires > :now"), Answer::Unknown);
  EXPECT_EQ(again("SET #s = :free ADD n :n", "#s = :held OR n BETWEEN :n AND :at"), Answer::Unknown);
}

TEST_F(WriteConditions, what_nobody_can_read_is_not_known) {
  EXPECT_EQ(again("SET n = :n", "#other = :held"), Answer::Unknown);
  EXPECT_EQ(again("SET #s = :free", "#s = :missing"), Answer::Unknown);
  EXPECT_EQ(again("SET #s = :free", "#s = :held AND"), Answer::Unknown);
  EXPECT_EQ(again("SET #s = :free", "#s = "), Answer::Unknown);
  EXPECT_EQ(again("DELETE waiting :n", "contains(waiting, :n)"), Answer::Unknown);
  EXPECT_EQ(again("SET last = :now", "last < :now"), Answer::Unknown);
  EXPECT_EQ(again("ADD n :n", std::string(500, '(')), Answer::Unknown);
}

TEST_F(WriteConditions, an_item_that_is_put_or_deleted_is_known_whole) {
  EXPECT_EQ(put("attribute_not_exists(pk)").again, Answer::No);
  EXPECT_EQ(put("attribute_not_exists(at) OR at < :at").again, Answer::No);
  EXPECT_EQ(put("attribute_not_exists(lock)").again, Answer::Yes);
  const ValueId gone = record({{"Key", record({{"pk", hole("id")}})},
                               {"ConditionExpression", text("attribute_exists(claimed)")}});
  EXPECT_EQ(write_condition(pool, gone).again, Answer::No);
}

TEST_F(WriteConditions, what_asks_for_an_attribute_needs_the_item) {
  EXPECT_EQ(update("SET #s = :free", "#s = :held").of_nothing, Answer::No);
  EXPECT_EQ(update("SET #s = :free", "attribute_exists(pk) AND #s <> :free").of_nothing, Answer::No);
  EXPECT_EQ(update("SET #s = :free", "#s <> :free").of_nothing, Answer::Yes);
  EXPECT_EQ(put("attribute_not_exists(pk)").of_nothing, Answer::Yes);
}

}  // namespace
}  // namespace fnlint
