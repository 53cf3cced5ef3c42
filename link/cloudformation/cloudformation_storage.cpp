#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/stacks/external_resources.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"

#include <array>

// What buckets, tables and delivery streams of CloudFormation tell functions of.
namespace fnlint::stacks {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string url_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// Notifications keep their prefix and suffix URL-encoded.
ValueId decoded(ValuePool& pool, ValueId value) {
  if (!value.exists()) return value;
  if (const auto text = as_text(pool, value)) {
    if (text->find_first_of("+%") == text->npos) return value;
    return pool.with_uncertainty(pool.text_value(url_decoded(*text)), pool[value].uncertainty);
  }
  if (pool.is(value, ValueKind::Pattern)) {
    std::vector<ValueId> parts;
    for (const ValueId part : pool.operands(value)) parts.push_back(decoded(pool, part));
    return pool.concat(parts);
  }
  if (!pool.is(value, ValueKind::OneOf)) return value;
  std::vector<Alternative> alternatives;
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i)
    alternatives.push_back({decoded(pool, pool.operands(value)[i]), pool.guards(value)[i]});
  return pool.one_of(alternatives);
}

// The values of one property, which may be a text or a list of them.
ValueId as_list(ValuePool& pool, const Node& node) {
  if (!node) return {};
  if (pool.is(node.value(), ValueKind::List)) return node.value();
  return pool.list(std::array{node.value()});
}

// Every item of a section of a bucket's notifications.
struct Section {
  std::string_view name, target;
  ResourceKind kind;
};
constexpr std::array<Section, 6> kSections{
    {{"LambdaConfigurations", "Function", ResourceKind::Function},
     {"LambdaFunctionConfigurations", "LambdaFunctionArn", ResourceKind::Function},
     {"QueueConfigurations", "Queue", ResourceKind::Queue},
     {"QueueConfigurations", "QueueArn", ResourceKind::Queue},
     {"TopicConfigurations", "Topic", ResourceKind::Topic},
     {"TopicConfigurations", "TopicArn", ResourceKind::Topic}}};

void relate_item(LinkContext& build, ResourceId declared_by, const std::vector<End>& buckets,
                 const Section& section, const Node& item) {
  const Node target = item[section.target];
  if (!target) return;
  const bool function = section.kind == ResourceKind::Function;
  Relation relation{.kind = function ? RelationKind::Trigger : RelationKind::Forward,
                    .declared_by = declared_by,
                    .filter = notification_filter(build.pool, item),
                    .when = item.when(),
                    .where = target.where(),
                    .filter_where = item["Filter"].where()};
  if (function) relation.invocation = Invocation::Asynchronous;
  relate_all(build, relation, buckets,
             ends(build, target.value(), section.kind, target.where(), Outside::Kept));
}

void relate_notifications(LinkContext& build, ResourceId declared_by,
                          const std::vector<End>& buckets, const Node& configuration) {
  for (const Section& section : kSections)
    for (const Node& item : configuration[section.name].children())
      relate_item(build, declared_by, buckets, section, item);
  const Node bridge = configuration["EventBridgeConfiguration"];
  if (!bridge) return;
  const Switch enabled = read_switch(build.pool, bridge["EventBridgeEnabled"], "false");
  if (!enabled.ever) return;
  const auto when = build.pool.both(bridge.when(), enabled.when);
  if (!when) return;
  const Relation relation{.kind = RelationKind::Forward,
                          .uncertainty = enabled.uncertainty,
                          .declared_by = declared_by,
                          .when = *when,
                          .where = bridge.key()};
  relate_all(build, relation, buckets, {itself(build, default_bus(build))});
}

}  // namespace

ValueId notification_filter(ValuePool& pool, const Node& item) {
  Node events = item["Event"];
  if (!events) events = item["Events"];
  Node rules = item["Filter"]["S3Key"]["Rules"];
  if (!rules) rules = item["Filter"]["Key"]["FilterRules"];
  ValueId prefix, suffix;
  for (const Node& rule : rules.children()) {
    const std::string name = lower(rule["Name"].text());
    if (name == "prefix") prefix = decoded(pool, rule["Value"].value());
    if (name == "suffix") suffix = decoded(pool, rule["Value"].value());
  }
  // Terraform has no rules, but a prefix and a suffix.
  if (const Node plain = item["FilterPrefix"]) prefix = plain.value();
  if (const Node plain = item["FilterSuffix"]) suffix = plain.value();
  const std::array<std::pair<std::string_view, ValueId>, 3> entries{
      {{"events", as_list(pool, events)}, {"prefix", prefix}, {"suffix", suffix}}};
  return filter_record(pool, entries);
}

void relate_bucket(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  relate_notifications(build, {}, {itself(build, id)}, properties["NotificationConfiguration"]);
  for (const Node& rule : properties["ReplicationConfiguration"]["Rules"].children()) {
    const Node target = rule["Destination"]["Bucket"];
    const Switch enabled = read_switch(build.pool, rule["Status"], "disabled");
    if (!target || !enabled.ever) continue;
    const Relation relation{.kind = RelationKind::Forward,
                            .uncertainty = enabled.uncertainty,
                            .when = rule.when(),
                            .where = target.where()};
    relate_all(build, relation, {itself(build, id)},
               ends(build, target.value(), ResourceKind::Bucket, target.where(), Outside::Kept));
  }
}

void relate_bucket_notifications(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node bucket = properties["BucketName"];
  relate_notifications(
      build, id, ends(build, bucket.value(), ResourceKind::Bucket, bucket.where(), Outside::Kept),
      properties["NotificationConfiguration"]);
}

void relate_table(LinkContext& build, ResourceId id) {
  const Node stream = at_path(build.draft(id).properties, "KinesisStreamSpecification.StreamArn");
  if (!stream) return;
  const Relation relation{
      .kind = RelationKind::Forward, .when = stream.when(), .where = stream.where()};
  relate_all(build, relation, {itself(build, id)},
             ends(build, stream.value(), ResourceKind::Stream, stream.where(), Outside::Kept));
}

void relate_delivery_stream(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  for (const Node& destination : properties.children()) {
    Node bucket = destination["BucketARN"];
    Node from = destination;
    if (!bucket) {  // a backup of what goes elsewhere
      from = destination["S3Configuration"];
      bucket = from["BucketARN"];
    }
    if (!bucket) continue;
    const std::array<std::pair<std::string_view, ValueId>, 1> entries{
        {{"prefix", from["Prefix"].value()}}};
    const Relation relation{.kind = RelationKind::Forward,
                            .filter = filter_record(build.pool, entries),
                            .when = bucket.when(),
                            .where = bucket.where(),
                            .filter_where = from["Prefix"].where()};
    relate_all(build, relation, {itself(build, id)},
               ends(build, bucket.value(), ResourceKind::Bucket, bucket.where(), Outside::Kept));
  }
  if (const Node stream =
          at_path(properties, "KinesisStreamSourceConfiguration.KinesisStreamARN")) {
    const Relation relation{.kind = RelationKind::Forward, .where = stream.where()};
    relate_all(build, relation,
               ends(build, stream.value(), ResourceKind::Stream, stream.where(), Outside::Kept),
               {itself(build, id)});
  }
}

}  // namespace fnlint::stacks
