#pragma once

#include "link/stacks/stack_relations.h"

namespace fnlint::stacks {

// What one resource of a type has to do with others, by its properties.

// Lambda's own (cloudformation_lambda.cpp).
void relate_function(Build& build, ResourceId id);
void relate_version(Build& build, ResourceId id);
void relate_alias(Build& build, ResourceId id);
void relate_function_url(Build& build, ResourceId id);
void relate_event_invoke_config(Build& build, ResourceId id);
void relate_recursion_config(Build& build, ResourceId id);
void relate_permission(Build& build, ResourceId id);
// Mappings and scaling (cloudformation_mappings.cpp).
void relate_mapping(Build& build, ResourceId id);
void relate_scalable_target(Build& build, ResourceId id);
// Storage (cloudformation_storage.cpp).
void relate_bucket(Build& build, ResourceId id);
void relate_bucket_notifications(Build& build, ResourceId id);
void relate_table(Build& build, ResourceId id);
void relate_delivery_stream(Build& build, ResourceId id);
// Messages (cloudformation_messages.cpp).
void relate_topic(Build& build, ResourceId id);
void relate_subscription(Build& build, ResourceId id);
void relate_queue(Build& build, ResourceId id);
// Events (cloudformation_events.cpp).
void relate_rule(Build& build, ResourceId id);
void relate_schedule(Build& build, ResourceId id);
void relate_pipe(Build& build, ResourceId id);
// APIs and what else invokes (cloudformation_apis.cpp).
void relate_api_method(Build& build, ResourceId id);
void relate_api_integration(Build& build, ResourceId id);
void relate_api_body(Build& build, ResourceId id);
void relate_websocket_routes(Build& build, ResourceId id);
void relate_invoker(Build& build, ResourceId id);
// Terraform's resources without a counterpart (terraform_relations.cpp).
void relate_event_target(Build& build, ResourceId id);
void relate_queue_redrive(Build& build, ResourceId id);
void relate_table_destination(Build& build, ResourceId id);
// State machines (state_machines.cpp).
void relate_state_machine(Build& build, ResourceId id);
void relate_sam_state_machine(Build& build, ResourceId id);
// The Serverless Framework's custom resources (serverless_custom.cpp).
void relate_existing_bucket(Build& build, ResourceId id);
void relate_existing_user_pool(Build& build, ResourceId id);
// SAM (sam_functions.cpp, sam_connectors.cpp).
void relate_sam_function(Build& build, ResourceId id);
void relate_connector(Build& build, ResourceId id);
void relate_embedded_connectors(Build& build, ResourceId id);

// --- Shared by CloudFormation's resources and what SAM makes of events.

// DestinationConfig: OnSuccess and OnFailure of asynchronous invocations.
void relate_destinations(Build& build, ResourceId declared_by, const Node& config,
                         const std::vector<End>& functions);
// A mapping with these properties; `kind`: what its source is where nothing else tells.
void relate_mapping_of(Build& build, ResourceId id, const Node& properties, const Node& source,
                       ResourceKind kind, const std::vector<End>& functions);
// The filter of an entry of a bucket's notifications.
ValueId notification_filter(ValuePool& pool, const Node& item);
// What subscribes to topics, with the subscription's filter and redrive policy.
void relate_subscription_of(Build& build, ResourceId declared_by, const std::vector<End>& topics,
                            const Node& properties, std::string_view protocol,
                            const std::vector<End>& targets, Span where);
// One target of a rule, wherever it stands.
void relate_rule_target(Build& build, ResourceId rule, ResourceId declared_by, const Node& target,
                        GuardId when);
// What a queue or topic hands on when it could not be handled.
void relate_redrive_of(Build& build, ResourceId declared_by, const std::vector<End>& from,
                       const Node& policy);
// The buses of a rule that names one, or none.
std::vector<End> rule_buses(Build& build, const Node& bus);
// What a rule or schedule sends in place of the event, where that is written down: a Record.
ValueId input_instead(Build& build, const Node& input);
// State and Enabled of a rule or schedule; false: it is never on.
bool read_state(ValuePool& pool, const Node& properties, Relation& relation);
// The content of a local file that a property names; no node, and noted, where it was not read.
Node located_file(Build& build, ResourceId id, const Node& path);

}  // namespace fnlint::stacks
