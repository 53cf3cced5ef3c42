#include "link/stack_relations.h"

#include "core/text.h"
#include "link/arn.h"
#include "link/cloudformation_relations.h"
#include "link/dialects.h"
#include "link/snapshots.h"
#include "link/stack_resources.h"
#include "link/work_shares.h"
#include "values/functions.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

struct RelationRow {
  std::string_view type;
  Relate relate;
};
// Sorted by type. What invokes a function and does nothing else stands in data/invokers.yaml.
constexpr std::array kRelate{
    RelationRow{"AWS::ApiGateway::Method", relate_api_method},
    RelationRow{"AWS::ApiGateway::RestApi", relate_api_body},
    RelationRow{"AWS::ApiGatewayV2::Api", relate_api_body},
    RelationRow{"AWS::ApiGatewayV2::Integration", relate_api_integration},
    RelationRow{"AWS::ApplicationAutoScaling::ScalableTarget", relate_scalable_target},
    RelationRow{"AWS::DynamoDB::Table", relate_table},
    RelationRow{"AWS::Events::Rule", relate_rule},
    RelationRow{"AWS::KinesisFirehose::DeliveryStream", relate_delivery_stream},
    RelationRow{"AWS::Lambda::Alias", relate_alias},
    RelationRow{"AWS::Lambda::EventInvokeConfig", relate_event_invoke_config},
    RelationRow{"AWS::Lambda::EventSourceMapping", relate_mapping},
    RelationRow{"AWS::Lambda::Function", relate_function},
    RelationRow{"AWS::Lambda::Permission", relate_permission},
    RelationRow{"AWS::Lambda::Url", relate_function_url},
    RelationRow{"AWS::Lambda::Version", relate_version},
    RelationRow{"AWS::Pipes::Pipe", relate_pipe},
    RelationRow{"AWS::S3::Bucket", relate_bucket},
    RelationRow{"AWS::SNS::Subscription", relate_subscription},
    RelationRow{"AWS::SNS::Topic", relate_topic},
    RelationRow{"AWS::SQS::Queue", relate_queue},
    RelationRow{"AWS::Scheduler::Schedule", relate_schedule},
    RelationRow{"AWS::Serverless::Api", relate_api_body},
    RelationRow{"AWS::Serverless::Connector", relate_connector},
    RelationRow{"AWS::Serverless::Function", relate_sam_function},
    RelationRow{"AWS::Serverless::HttpApi", relate_api_body},
    RelationRow{"AWS::Serverless::StateMachine", relate_sam_state_machine},
    RelationRow{"AWS::Serverless::WebSocketApi", relate_websocket_routes},
    RelationRow{"AWS::StepFunctions::StateMachine", relate_state_machine},
    RelationRow{"Custom::CognitoUserPool", relate_existing_user_pool},
    RelationRow{"Custom::S3", relate_existing_bucket},
    RelationRow{"Custom::S3BucketNotifications", relate_bucket_notifications},
    RelationRow{"Lambda::ProvisionedConcurrency", relate_provisioned_concurrency},
    RelationRow{"aws_cloudwatch_event_target", relate_event_target},
    RelationRow{"aws_dynamodb_kinesis_streaming_destination", relate_table_destination},
    RelationRow{"aws_lambda_function_recursion_config", relate_recursion_config},
    RelationRow{"aws_sqs_queue_redrive_policy", relate_queue_redrive},
};

static_assert(std::ranges::is_sorted(kRelate, {}, &RelationRow::type));

std::optional<GuardId> all_of(Build& build, std::initializer_list<GuardId> guards) {
  GuardId result;
  for (const GuardId guard : guards) {
    const auto next = build.pool.both(result, guard);
    if (!next) return std::nullopt;
    result = *next;
  }
  return result;
}

void add_external(Build& build, ValueId value, GuardId when, ResourceKind kind, Span where,
                  std::vector<End>& out) {
  if (build.pool.is(value, ValueKind::OneOf)) {
    for (std::size_t i = 0; i < build.pool.operands(value).size(); ++i) {
      const auto both_hold = build.pool.both(when, build.pool.guards(value)[i]);
      if (!both_hold) continue;
      const ValueId one = build.pool.operands(value)[i];
      const auto known = find_resource(build.pool, build.stacks, one, kind);
      if (known.empty()) add_external(build, one, *both_hold, kind, where, out);
    }
    return;
  }
  if (kind == ResourceKind::Other) kind = kind_of_arn(build.pool, value);
  if (kind == ResourceKind::Other) return;
  const ResourceId resource = external_resource(build, kind, value, where);
  if (resource.exists()) out.push_back({resource, when, build.pool[value].evidence, {}});
}

// A module that is not in the run may let others invoke the functions that it is told of.
void relate_open_calls(Build& build) {
  for (const OpenCall& call : build.open_calls)
    for (const Operand& operand : build.operands(call.arguments)) {
      Written given = call.arguments;
      given.expr = operand.value;
      const ValueId value = value_of(build, call.caller, given);
      const Relation relation{
          .kind = RelationKind::MayInvoke, .evidence = kUncertain, .where = call.where};
      std::vector<ValueId> below;
      for_each_below(build.pool, value, [&](ValueId one) { below.push_back(one); });
      for (const ValueId one : below)
        relate_all(build, relation, {End{}},
                   ends(build, one, ResourceKind::Function, call.where, Outside::Dropped));
    }
}

}  // namespace

void relate_resources(Build& build) {
  WorkShares shares(build);
  const auto count = static_cast<std::uint32_t>(build.stacks.resources.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!build.drafts[i].is_whole() || build.superseded(ResourceId{i})) continue;
    shares.begin(build.drafts[i].scope);
    const std::string_view type = build.pool[build.stacks.resources[i].type];
    const auto row = std::ranges::lower_bound(kRelate, type, {}, &RelationRow::type);
    if (row != kRelate.end() && row->type == type) row->relate(build, ResourceId{i});
    relate_invoker(build, ResourceId{i});
    relate_embedded_connectors(build, ResourceId{i});
  }
  relate_open_calls(build);
}

std::vector<End> ends(Build& build, ValueId value, ResourceKind kind, Span where, Outside outside) {
  std::vector<End> found;
  if (!value.exists()) return found;
  for (const Match& match : find_resource(build.pool, build.stacks, value, kind))
    found.push_back({match.resource, match.when, match.evidence, match.qualifier});
  if (outside == Outside::Kept && (found.empty() || build.pool.is(value, ValueKind::OneOf)))
    add_external(build, value, {}, kind, where, found);
  return found;
}

void relate(Build& build, Relation relation) {
  const auto exists = [&](ResourceId id) {
    return id.exists() ? build.resource(id).exists : GuardId{};
  };
  const auto when = all_of(build, {relation.when, exists(relation.from), exists(relation.to),
                                   exists(relation.declared_by)});
  if (!when) return;
  relation.when = *when;
  build.stacks.relations.push_back(relation);
}

void relate_all(Build& build, Relation relation, const std::vector<End>& from,
                const std::vector<End>& to) {
  for (const End& source : from) {
    for (const End& target : to) {
      const auto when = all_of(build, {relation.when, source.when, target.when});
      if (!when) continue;
      Relation row = relation;
      row.from = source.resource;
      row.to = target.resource;
      row.when = *when;
      row.evidence = static_cast<std::uint8_t>(row.evidence | source.evidence | target.evidence);
      if (target.qualifier.exists()) row.qualifier = target.qualifier;
      relate(build, row);
    }
  }
}

End itself(const Build&, ResourceId resource) { return {.resource = resource}; }

Switch read_switch(Build& build, const Node& node, std::string_view off) {
  Switch result;
  if (!node) return result;
  const ValuePool& pool = build.pool;
  const ValueId value = node.value();
  const auto is_off = [&](ValueId one) {
    const auto text = as_text(pool, one);
    return text && lower(*text) == off;
  };
  if (pool.is(value, ValueKind::OneOf)) {
    std::vector<GuardId> on;
    for (std::size_t i = 0; i < pool.operands(value).size(); ++i)
      if (!is_off(pool.operands(value)[i])) on.push_back(pool.guards(value)[i]);
    result.ever = !on.empty();
    if (on.size() == 1) result.when = on.front();
    return result;
  }
  result.evidence = pool[value].evidence & kOverridable;
  // What decides is not known, or only in parts.
  const ValueKind kind = pool[value].kind;
  if (is_text_like(kind) && kind != ValueKind::Text) result.evidence |= kConditional;
  // A default that a deployment may replace does not rule it out.
  result.ever = !is_off(value) || (result.evidence & kOverridable) != 0;
  return result;
}

ValueId filter_record(Build& build, std::span<const std::pair<std::string_view, ValueId>> entries) {
  std::vector<NamedValue> values;
  for (const auto& [name, value] : entries)
    if (value.exists() && !build.pool.is(value, ValueKind::Absent))
      values.push_back({build.pool.string(name), value});
  return build.pool.record(values);
}

void note_source(Build& build, ValueId value, Span where, ResourceId function) {
  const std::string words = value.exists() ? describe(build.pool, value) : "nothing";
  build.unresolved(UnresolvedKind::TriggerSource,
                   cat("the source ", words, " is not one that a template of this run declares"),
                   where, function.exists() ? build.address(function) : std::string_view{});
}

}  // namespace fnlint::stacks
