#pragma once

#include "link/stacks/stack_relations.h"

namespace fnlint::stacks {

// What one resource of a type has to do with others, by its properties.

// Lambda's own (cloudformation_lambda.cpp).
void relate_function(LinkContext& build, ResourceId id);
void relate_version(LinkContext& build, ResourceId id);
void relate_alias(LinkContext& build, ResourceId id);
void relate_function_url(LinkContext& build, ResourceId id);
void relate_event_invoke_config(LinkContext& build, ResourceId id);
void relate_recursion_config(LinkContext& build, ResourceId id);
void relate_permission(LinkContext& build, ResourceId id);
// Mappings and scaling (cloudformation_mappings.cpp).
void relate_mapping(LinkContext& build, ResourceId id);
void relate_scalable_target(LinkContext& build, ResourceId id);
// Storage (cloudformation_storage.cpp).
void relate_bucket(LinkContext& build, ResourceId id);
void relate_bucket_notifications(LinkContext& build, ResourceId id);
void relate_table(LinkContext& build, ResourceId id);
void relate_delivery_stream(LinkContext& build, ResourceId id);
// Messages (cloudformation_messages.cpp).
void relate_topic(LinkContext& build, ResourceId id);
void relate_subscription(LinkContext& build, ResourceId id);
void relate_queue(LinkContext& build, ResourceId id);
// Events (cloudformation_events.cpp).
void relate_rule(LinkContext& build, ResourceId id);
void relate_schedule(LinkContext& build, ResourceId id);
void relate_pipe(LinkContext& build, ResourceId id);
// APIs and what else invokes (cloudformation_apis.cpp).
void relate_api_method(LinkContext& build, ResourceId id);
void relate_api_integration(LinkContext& build, ResourceId id);
void relate_api_body(LinkContext& build, ResourceId id);
void relate_websocket_routes(LinkContext& build, ResourceId id);
void relate_invoker(LinkContext& build, ResourceId id);
// Terraform's resources without a counterpart (terraform_relations.cpp).
void relate_event_target(LinkContext& build, ResourceId id);
void relate_queue_redrive(LinkContext& build, ResourceId id);
void relate_table_destination(LinkContext& build, ResourceId id);
// State machines (state_machines.cpp).
void relate_state_machine(LinkContext& build, ResourceId id);
void relate_sam_state_machine(LinkContext& build, ResourceId id);
// The Serverless Framework's custom resources (serverless_custom.cpp).
void relate_existing_bucket(LinkContext& build, ResourceId id);
void relate_existing_user_pool(LinkContext& build, ResourceId id);
// SAM (sam_functions.cpp, sam_connectors.cpp).
void relate_sam_function(LinkContext& build, ResourceId id);
void relate_connector(LinkContext& build, ResourceId id);
void relate_embedded_connectors(LinkContext& build, ResourceId id);

// --- Shared by CloudFormation's resources and what SAM makes of events.

// DestinationConfig: OnSuccess and OnFailure of asynchronous invocations.
void relate_destinations(LinkContext& build, ResourceId declared_by, const Node& config,
                         const std::vector<End>& functions);
// A mapping with these properties; `kind`: what its source is where nothing else tells.
void relate_mapping_of(LinkContext& build, ResourceId id, const Node& properties,
                       const Node& source, ResourceKind kind, const std::vector<End>& functions);
// The filter of an entry of a bucket's notifications.
ValueId notification_filter(ValuePool& pool, const Node& item);
// What subscribes to topics, with the subscription's filter and redrive policy.
void relate_subscription_of(LinkContext& build, ResourceId declared_by,
                            const std::vector<End>& topics, const Node& properties,
                            std::string_view protocol, const std::vector<End>& targets, Span where);
// One target of a rule, wherever it stands.
void relate_rule_target(LinkContext& build, ResourceId rule, ResourceId declared_by,
                        const Node& target, GuardId when);
// What a queue or topic hands on when it could not be handled.
void relate_redrive_of(LinkContext& build, ResourceId declared_by, const std::vector<End>& from,
                       const Node& policy);
// The buses of a rule that names one, or none.
std::vector<End> rule_buses(LinkContext& build, const Node& bus);
// What a rule or schedule sends in place of the event, where that is written down: a Record.
ValueId input_instead(LinkContext& build, const Node& input);
// State and Enabled of a rule or schedule; false: it is never on.
bool read_state(ValuePool& pool, const Node& properties, Relation& relation);
// The content of a local file that a property names; no node, and noted, where it was not read.
Node located_file(LinkContext& build, ResourceId id, const Node& path);

}  // namespace fnlint::stacks
