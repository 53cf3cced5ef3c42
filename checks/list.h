#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// Every check, one line each; checks.cpp names the rules that each may report.
void alias_bypassed(const Project&, const Settings&, Findings&);
void alias_weights(const Project&, const Settings&, Findings&);
void async_blocking_call(const Project&, const Settings&, Findings&);
void async_unfinished_work(const Project&, const Settings&, Findings&);
void concurrency_above_reserved(const Project&, const Settings&, Findings&);
void concurrency_autoscaling_without_initial(const Project&, const Settings&, Findings&);
void concurrency_pool(const Project&, const Settings&, Findings&);
void concurrency_provisioned(const Project&, const Settings&, Findings&);
void concurrency_source_above_reserved(const Project&, const Settings&, Findings&);
void config_env_overwritten(const Project&, const Settings&, Findings&);
void config_env_variables(const Project&, const Settings&, Findings&);
void config_env_wrong_kind(const Project&, const Settings&, Findings&);
void config_sam(const Project&, const Settings&, Findings&);
void config_hardcoded_region(const Project&, const Settings&, Findings&);
void cost_notes(const Project&, const Settings&, Findings&);
void event_batch(const Project&, const Settings&, Findings&);
void event_batch_identifiers(const Project&, const Settings&, Findings&);
void event_data_not_decoded(const Project&, const Settings&, Findings&);
void event_fifo_order(const Project&, const Settings&, Findings&);
void event_key_not_decoded(const Project&, const Settings&, Findings&);
void event_response_shape(const Project&, const Settings&, Findings&);
void event_shape_mismatch(const Project&, const Settings&, Findings&);
void event_stream_view(const Project&, const Settings&, Findings&);
void event_test_message(const Project&, const Settings&, Findings&);
void handler_answers(const Project&, const Settings&, Findings&);
void handler_form(const Project&, const Settings&, Findings&);
void handler_unserializable(const Project&, const Settings&, Findings&);
void idempotency(const Project&, const Settings&, Findings&);
void image_client_lacking(const Project&, const Settings&, Findings&);
void image_options(const Project&, const Settings&, Findings&);
void init_client_in_handler(const Project&, const Settings&, Findings&);
void init_client_lookup(const Project&, const Settings&, Findings&);
void init_imports(const Project&, const Settings&, Findings&);
void init_work_at_import(const Project&, const Settings&, Findings&);
void injection(const Project&, const Settings&, Findings&);
void invocation_could_be_direct(const Project&, const Settings&, Findings&);
void invocation_sync_chain(const Project&, const Settings&, Findings&);
void invocation_wait_in_function(const Project&, const Settings&, Findings&);
void layer_fit(const Project&, const Settings&, Findings&);
void layer_layout(const Project&, const Settings&, Findings&);
void layer_too_many(const Project&, const Settings&, Findings&);
void leaks(const Project&, const Settings&, Findings&);
void limits_env_size(const Project&, const Settings&, Findings&);
void limits_number(const Project&, const Settings&, Findings&);
void limits_payload(const Project&, const Settings&, Findings&);
void limits_subscription_filters(const Project&, const Settings&, Findings&);
void limits_timeout_chain(const Project&, const Settings&, Findings&);
void loop_recursion(const Project&, const Settings&, Findings&);
void network_file_system(const Project&, const Settings&, Findings&);
void network_vpc(const Project&, const Settings&, Findings&);
void network_vpc_reach(const Project&, const Settings&, Findings&);
void package_contents(const Project&, const Settings&, Findings&);
void package_dependencies(const Project&, const Settings&, Findings&);
void package_dynamic_import(const Project&, const Settings&, Findings&);
void package_imports(const Project&, const Settings&, Findings&);
void package_permissions(const Project&, const Settings&, Findings&);
void package_secrets(const Project&, const Settings&, Findings&);
void package_shared(const Project&, const Settings&, Findings&);
void package_size(const Project&, const Settings&, Findings&);
void package_zip_direct_upload(const Project&, const Settings&, Findings&);
void reliability_dependencies(const Project&, const Settings&, Findings&);
void reliability_dlq_missing(const Project&, const Settings&, Findings&);
void reliability_error_swallowed(const Project&, const Settings&, Findings&);
void reliability_failures(const Project&, const Settings&, Findings&);
void reliability_results(const Project&, const Settings&, Findings&);
void reliability_timeouts(const Project&, const Settings&, Findings&);
void resource_schema(const Project&, const Settings&, Findings&);
void role_missing_key_permission(const Project&, const Settings&, Findings&);
void role_missing_permission(const Project&, const Settings&, Findings&);
void role_needs(const Project&, const Settings&, Findings&);
void role_resource_mismatch(const Project&, const Settings&, Findings&);
void role_unknown_action(const Project&, const Settings&, Findings&);
void role_unused_permission(const Project&, const Settings&, Findings&);
void runtime_language_feature(const Project&, const Settings&, Findings&);
void runtime_lifecycle(const Project&, const Settings&, Findings&);
void runtime_project_mismatch(const Project&, const Settings&, Findings&);
void secrets_cached_forever(const Project&, const Settings&, Findings&);
void secrets_fetched(const Project&, const Settings&, Findings&);
void secrets_literal(const Project&, const Settings&, Findings&);
void secrets_template(const Project&, const Settings&, Findings&);
void security_answers(const Project&, const Settings&, Findings&);
void security_bucket_owner(const Project&, const Settings&, Findings&);
void snapstart_state(const Project&, const Settings&, Findings&);
void snapstart_unsupported(const Project&, const Settings&, Findings&);
void state_global(const Project&, const Settings&, Findings&);
void state_unbounded_cache(const Project&, const Settings&, Findings&);
void storage_tmp_leak(const Project&, const Settings&, Findings&);
void storage_tmp_stale(const Project&, const Settings&, Findings&);
void storage_tmp_too_small(const Project&, const Settings&, Findings&);
void storage_write_outside_tmp(const Project&, const Settings&, Findings&);
void template_cycles(const Project&, const Settings&, Findings&);
void template_faults(const Project&, const Settings&, Findings&);
void trigger_dependency(const Project&, const Settings&, Findings&);
void trigger_filter_never_matches(const Project&, const Settings&, Findings&);
void trigger_filter_overlap(const Project&, const Settings&, Findings&);
void trigger_missing_permission(const Project&, const Settings&, Findings&);
void trigger_notification_overwritten(const Project&, const Settings&, Findings&);
void trigger_visibility_timeout(const Project&, const Settings&, Findings&);

}  // namespace fnlint
