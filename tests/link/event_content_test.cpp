// Events as their receivers see them, and table writes that repeat.

#include "link/effects/event_content.h"

#include "link/effects/table_writes.h"
#include "tables/models.h"
#include "tests/values/values_test.h"

namespace fnlint {
namespace {

class EventContent : public ValuesTest {
 protected:
  Stacks stacks;

  ResourceId add(ResourceKind kind) {
    Resource resource;
    resource.kind = kind;
    stacks.resources.push_back(resource);
    return ResourceId{static_cast<std::uint32_t>(stacks.resources.size() - 1)};
  }
  Relation between(ResourceId from, ResourceId to, RelationKind kind) {
    return {.kind = kind, .from = from, .to = to};
  }
  std::string field(const CausedEvent& event, std::string_view path) {
    const ValueId value = field_at(pool, event.message, path);
    return value.exists() ? describe(pool, value) : "not known";
  }
};

TEST_F(EventContent, of_a_queue_is_a_record_with_a_body) {
  const ResourceId queue = add(ResourceKind::Queue), function = add(ResourceKind::Function);
  CausedEvent sent;
  sent.message = record({{"id", text("7")}});
  sent.attributes = record({{"hops", text("2")}});
  const CausedEvent got =
      carried(pool, stacks, between(queue, function, RelationKind::Trigger), sent);
  EXPECT_EQ(field(got, "Records[].body.id"), "7");
  EXPECT_EQ(field(got, "Records[].messageAttributes.hops.stringValue"), "2");
  EXPECT_EQ(field(got, "Records[].eventSource"), "aws:sqs");
  EXPECT_EQ(field(got, "detail"), "nothing");
  EXPECT_EQ(field(got, "Records[].messageId"), "event Records[].messageId");
}

TEST_F(EventContent, of_a_topic_is_wrapped_for_a_queue) {
  const ResourceId topic = add(ResourceKind::Topic), queue = add(ResourceKind::Queue),
                   function = add(ResourceKind::Function);
  CausedEvent sent;
  sent.message = text(R"({"id": 7})");
  const CausedEvent there =
      carried(pool, stacks, between(topic, queue, RelationKind::Forward), sent);
  const CausedEvent got =
      carried(pool, stacks, between(queue, function, RelationKind::Trigger), there);
  EXPECT_EQ(field(got, "Records[].body.Message.id"), "7");
}

TEST_F(EventContent, of_a_bucket_is_named_by_its_key_through_every_transport) {
  const ResourceId bucket = add(ResourceKind::Bucket), topic = add(ResourceKind::Topic),
                   function = add(ResourceKind::Function);
  CausedEvent sent;
  sent.types = {"s3:ObjectCreated:Put"};
  sent.key = text("out/a.png");
  sent.source = bucket;
  const CausedEvent there =
      carried(pool, stacks, between(bucket, topic, RelationKind::Forward), sent);
  const CausedEvent got =
      carried(pool, stacks, between(topic, function, RelationKind::Trigger), there);
  EXPECT_EQ(field(got, "Records[].Sns.Message.Records[].s3.object.key"), "out/a.png");
}

TEST_F(EventContent, reads_attribute_values_with_and_without_their_types) {
  const ValueId image = record({{"state", record({{"S", text("done")}})}});
  const ValueId event =
      record({{"Records", list({record({{"dynamodb", record({{"NewImage", image}})}})})}});
  EXPECT_EQ(describe(pool, field_at(pool, event, "Records[].dynamodb.NewImage.state.S")), "done");
  EXPECT_EQ(describe(pool, field_at(pool, event, "Records[].dynamodb.NewImage.state")), "done");
}

TEST_F(EventContent, of_the_first_event_is_what_the_filter_says) {
  const ResourceId table = add(ResourceKind::Table), function = add(ResourceKind::Function);
  Relation trigger = between(table, function, RelationKind::Trigger);
  trigger.filter = record({{"patterns", list({record({{"eventName", list({text("INSERT")})}})})}});
  const CausedEvent first = first_event(pool, stacks, &trigger);
  EXPECT_EQ(field(first, "Records[].eventName"), "INSERT");
  EXPECT_EQ(field(first, "Records[].eventID"), "event Records[].eventID");
}

class TableWrites : public EventContent {
 protected:
  // An update of the item that the event is about.
  TableWrite update(std::string_view expression, ValueId values, std::string_view condition = "") {
    const ValueId id = hole("Records[].dynamodb.Keys.id.S");
    std::vector<std::pair<std::string_view, ValueId>> members{
        {"Key", record({{"id", id}})},
        {"UpdateExpression", text(expression)},
        {"ExpressionAttributeValues", values}};
    if (!condition.empty()) members.emplace_back("ConditionExpression", text(condition));
    std::vector<NamedValue> rows;
    for (const auto& [name, value] : members) rows.push_back({pool.string(name), value});
    Effect effect;
    effect.operation =
        static_cast<std::uint32_t>(find_operation("dynamodb.UpdateItem") - operations().data());
    effect.target = add(ResourceKind::Table);
    return table_writes(pool, stacks, effect, pool.record(rows)).front();
  }
};

TEST_F(TableWrites, that_set_constants_change_nothing_the_second_time) {
  const TableWrite write = update("SET #a = :a, b = :b REMOVE c",
                                  record({{":a", text("x")}, {":b", number(1)}}));
  EXPECT_FALSE(write.understood);  // the name behind #a is not given
  const TableWrite plain = update("set a = :a", record({{":a", text("x")}}));
  EXPECT_EQ(changes_again(pool, plain, plain), Answer::No);
}

TEST_F(TableWrites, that_count_change_with_each_time) {
  const ValueId one = record({{":n", number(1)}});
  for (const std::string_view expression :
       {"ADD n :n", "SET n = n + :n", "SET l = list_append(l, :n)"})
    EXPECT_EQ(changes_again(pool, update(expression, one), update(expression, one)), Answer::Yes)
        << expression;
}

TEST_F(TableWrites, of_the_time_change_with_each_time) {
  const ValueId now = record({{":t", pool.hole(Origin::Clock, "time")}});
  EXPECT_EQ(changes_again(pool, update("SET t = :t", now), update("SET t = :t", now)), Answer::Yes);
}

TEST_F(TableWrites, under_a_condition_that_they_break_are_made_once) {
  const ValueId now = record({{":t", pool.hole(Origin::Clock, "time")}, {":d", text("done")}});
  for (const std::string_view condition : {"attribute_not_exists(t)", "s <> :d"}) {
    const TableWrite write = update("SET t = :t, s = :d", now, condition);
    EXPECT_EQ(changes_again(pool, write, write), Answer::No) << condition;
  }
  const TableWrite other = update("SET t = :t", now, "attribute_not_exists(u)");
  EXPECT_EQ(changes_again(pool, other, other), Answer::Yes);
}

}  // namespace
}  // namespace fnlint
