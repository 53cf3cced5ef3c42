// The table of types that relate to others, and what an unread module may do with its arguments.

#include "link/templates/related_resources.h"

#include "link/cloudformation/cloudformation_relations.h"
#include "link/cloudformation/snapshots.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_relations.h"
#include "link/stacks/work_shares.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

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

// Its arguments, to what is in them.
void hand_over(LinkContext& build, std::span<const ValueId> values) {
  for (const ValueId one : values)
    if (build.pool.is(one, ValueKind::Reference))
      build.stacks.handed_over.push_back(
          ResourceId{static_cast<std::uint32_t>(build.pool[one].ref)});
}

// A module that is not in the run may let others invoke the functions that it is told of, and add
// to whatever it is given.
void relate_open_calls(LinkContext& build) {
  for (const OpenCall& call : build.open_calls)
    for (const Operand& operand : build.operands(call.arguments)) {
      ExprClosure given = call.arguments;
      given.expr = operand.value;
      const ValueId value = value_of(build, call.caller, given);
      const Relation relation{
          .kind = RelationKind::MayInvoke, .uncertainty = kUncertain, .where = call.where};
      std::vector<ValueId> below;
      for_each_below(build.pool, value, [&](ValueId one) { below.push_back(one); });
      hand_over(build, below);
      for (const ValueId one : below)
        relate_all(build, relation, {End{}},
                   ends(build, one, ResourceKind::Function, call.where, Outside::Dropped));
    }
}

}  // namespace

void relate_resources(LinkContext& build) {
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
  std::vector<ResourceId>& given = build.stacks.handed_over;
  std::ranges::sort(given);
  given.erase(std::unique(given.begin(), given.end()), given.end());
}

}  // namespace fnlint::stacks
