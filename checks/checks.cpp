#include "checks/checks.h"

#include "checks/list.h"

#include <array>

namespace fnlint {

namespace {

// The whole list, in alphabetical order; a test holds it against rules/*.yaml.
constexpr std::array kChecks{
    Check{alias_bypassed, {"alias-bypassed"}},
    Check{alias_weights,
          {"alias-invalid-weights", "alias-version-mismatch", "alias-weighted-latest"}},
    Check{async_unfinished_work, {"async-unfinished-work"}},
    Check{concurrency_above_reserved,
          {"concurrency-autoscaling-above-reserved", "concurrency-provisioned-above-reserved"}},
    Check{concurrency_autoscaling_without_initial, {"concurrency-autoscaling-without-initial"}},
    Check{concurrency_pool, {"concurrency-reserved-above-account"}},
    Check{concurrency_provisioned,
          {"concurrency-provisioned-on-latest", "concurrency-provisioned-with-snapstart"}},
    Check{concurrency_source_above_reserved, {"concurrency-source-above-reserved"}},
    Check{config_env_variables, {"config-env-undefined", "config-env-unused"}},
    Check{config_env_wrong_kind, {"config-env-wrong-kind"}},
    Check{config_sam, {"config-sam-globals-invalid", "config-sam-transform-missing"}},
    Check{cost_notes,
          {"cost-memory-too-small", "cost-provisioned-concurrency", "cost-x86-architecture"}},
    Check{event_batch,
          {"event-batch-failures-unreported", "event-batch-response-ignored",
           "event-batch-wrong-identifier", "event-only-first-record"}},
    Check{event_data_not_decoded, {"event-data-not-decoded"}},
    Check{event_key_not_decoded, {"event-key-not-decoded"}},
    Check{event_response_shape, {"event-response-shape"}},
    Check{event_shape_mismatch, {"event-shape-mismatch"}},
    Check{handler_form, {"handler-not-found", "handler-signature"}},
    Check{idempotency,
          {"idempotency-expiry-too-short", "idempotency-guard-ineffective", "idempotency-missing",
           "idempotency-missing-ttl", "idempotency-unsafe-key"}},
    Check{image_options, {"handler-with-image", "layer-with-image", "signing-with-image"}},
    Check{init_client_in_handler, {"init-client-in-handler"}},
    Check{init_imports, {"init-heavy-import", "init-unused-import", "init-whole-sdk-import"}},
    Check{init_work_at_import, {"init-work-at-import"}},
    Check{invocation_could_be_direct, {"invocation-could-be-direct"}},
    Check{invocation_sync_chain, {"invocation-sync-chain"}},
    Check{invocation_wait_in_function, {"invocation-wait-in-function"}},
    Check{layer_fit, {"layer-incompatible-architecture", "layer-incompatible-runtime"}},
    Check{layer_too_many, {"layer-too-many"}},
    Check{limits_env_size, {"limits-env-size"}},
    Check{limits_number, {"limits-ephemeral-storage", "limits-memory", "limits-timeout"}},
    Check{limits_payload, {"limits-payload"}},
    Check{limits_timeout_chain, {"limits-timeout-chain"}},
    Check{loop_recursion,
          {"loop-cross-service", "loop-event-bus-recursion", "loop-function-recursion",
           "loop-queue-recursion", "loop-s3-recursion", "loop-stream-recursion",
           "loop-table-stream-recursion", "loop-topic-recursion"}},
    Check{network_file_system, {"network-file-system-unreachable"}},
    Check{network_vpc, {"network-vpc-incomplete", "role-missing-eni-permissions"}},
    Check{network_vpc_reach, {"network-vpc-no-route", "network-vpc-unneeded"}},
    Check{package_contents, {"package-native-architecture", "package-unneeded-files"}},
    Check{package_dependencies,
          {"package-dev-dependencies", "package-duplicate-in-layer", "package-sdk-included"}},
    Check{package_imports, {"package-dependency-missing", "package-dependency-unused"}},
    Check{package_size, {"layer-oversized", "package-oversized"}},
    Check{package_zip_direct_upload, {"package-zip-direct-upload"}},
    Check{reliability_dlq_missing, {"reliability-dlq-missing"}},
    Check{reliability_error_swallowed, {"reliability-error-swallowed"}},
    Check{reliability_results,
          {"reliability-batch-result-unchecked", "reliability-pagination-missing"}},
    Check{reliability_timeouts, {"reliability-call-without-timeout"}},
    Check{
        resource_schema,
        {"config-invalid-value", "config-missing-property", "config-unknown-property",
         "config-wrong-type", "limits-list-length", "limits-number-range", "limits-string-length"}},
    Check{role_missing_permission, {"role-missing-permission"}},
    Check{role_unused_permission, {"role-unused-permission"}},
    Check{runtime_language_feature, {"runtime-language-feature"}},
    Check{runtime_lifecycle, {"runtime-deprecated", "runtime-deprecating-soon", "runtime-unknown"}},
    Check{secrets_cached_forever, {"secrets-cached-forever"}},
    Check{secrets_fetched, {"secrets-fetched-per-invocation"}},
    Check{secrets_literal, {"secrets-in-env", "secrets-in-source"}},
    Check{snapstart_state, {"snapstart-connection-at-init", "snapstart-unique-state"}},
    Check{snapstart_unsupported, {"snapstart-unsupported", "snapstart-without-version"}},
    Check{state_global,
          {"state-await-race", "state-env-mutation", "state-mutable-global",
           "state-request-data-in-global"}},
    Check{state_unbounded_cache, {"state-unbounded-cache"}},
    Check{storage_tmp_stale, {"storage-tmp-stale"}},
    Check{storage_tmp_too_small, {"storage-tmp-too-small"}},
    Check{storage_write_outside_tmp, {"storage-write-outside-tmp"}},
    Check{trigger_filter_never_matches, {"trigger-filter-never-matches"}},
    Check{trigger_filter_overlap, {"trigger-filter-overlap"}},
    Check{trigger_missing_permission, {"trigger-missing-permission"}},
    Check{trigger_notification_overwritten, {"trigger-notification-overwritten"}},
    Check{trigger_visibility_timeout, {"trigger-visibility-timeout"}},
};

}  // namespace

std::span<const Check> all_checks() { return kChecks; }

}  // namespace fnlint
