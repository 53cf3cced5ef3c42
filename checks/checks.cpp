// Which check may report which rules, and what it needs made beforehand; new checks go here.

#include "checks/checks.h"

#include "checks/alias/rules.h"
#include "checks/async/rules.h"
#include "checks/concurrency/rules.h"
#include "checks/config/rules.h"
#include "checks/cost/rules.h"
#include "checks/event/rules.h"
#include "checks/handler/rules.h"
#include "checks/idempotency/rules.h"
#include "checks/init/rules.h"
#include "checks/invocation/rules.h"
#include "checks/layer/rules.h"
#include "checks/limits/rules.h"
#include "checks/loop/rules.h"
#include "checks/network/rules.h"
#include "checks/package/rules.h"
#include "checks/reliability/rules.h"
#include "checks/role/rules.h"
#include "checks/runtime/rules.h"
#include "checks/secrets/rules.h"
#include "checks/security/rules.h"
#include "checks/snapstart/rules.h"
#include "checks/state/rules.h"
#include "checks/storage/rules.h"
#include "checks/template/rules.h"
#include "checks/trigger/rules.h"

#include <array>

namespace fnlint {

namespace {

// The whole list, in alphabetical order; a test holds it against rules/*.yaml.
constexpr std::array kChecks{
    Check{alias_bypassed, {"alias-bypassed"}},
    Check{alias_version_mismatch, {"alias-version-mismatch"}},
    Check{async_blocking_call, {"async-blocking-call"}},
    Check{async_unfinished_work, {"async-unfinished-work"}, kNeedsPackages},
    Check{concurrency_above_reserved,
          {"concurrency-autoscaling-above-reserved", "concurrency-provisioned-above-reserved"}},
    Check{concurrency_autoscaling_without_initial, {"concurrency-autoscaling-without-initial"}},
    Check{concurrency_pool, {"concurrency-reserved-above-account"}},
    Check{concurrency_provisioned,
          {"concurrency-provisioned-on-latest", "concurrency-provisioned-with-snapstart"}},
    Check{concurrency_source_above_reserved, {"concurrency-source-above-reserved"}},
    Check{config_env_overwritten, {"config-env-overwritten"}},
    Check{config_env_variables, {"config-env-undefined", "config-env-unused"}, kNeedsPackages},
    Check{config_env_wrong_kind, {"config-env-wrong-kind"}},
    Check{config_sam, {"config-sam-globals-invalid", "config-sam-transform-missing"}},
    Check{config_hardcoded_region, {"config-hardcoded-region"}},
    Check{cost_notes,
          {"cost-memory-too-small", "cost-provisioned-concurrency", "cost-x86-architecture"},
          kNeedsPackages},
    Check{event_batch,
          {"event-batch-failures-unreported", "event-batch-response-ignored",
           "event-only-first-record", "event-records-skipped"}},
    Check{event_batch_error_escapes, {"event-batch-error-escapes"}},
    Check{event_batch_identifiers, {"event-batch-wrong-identifier"}},
    Check{event_batch_repeated_whole, {"event-batch-repeated-whole"}},
    Check{event_data_not_decoded, {"event-data-not-decoded"}},
    Check{event_fifo_order, {"event-fifo-order-lost"}},
    Check{event_key_not_decoded, {"event-key-not-decoded"}},
    Check{event_key_spelled_otherwise, {"event-key-spelled-otherwise"}},
    Check{event_part_unchecked, {"event-part-unchecked"}},
    Check{event_response_shape, {"event-response-shape"}},
    Check{event_shape_mismatch, {"event-shape-mismatch"}},
    Check{event_stream_view, {"event-stream-view-mismatch"}},
    Check{event_test_message, {"event-test-message-unhandled"}},
    Check{code_faults,
          {"handler-callback-without-result", "handler-default-misses-empty",
           "handler-function-not-called", "handler-key-twice", "handler-missing-member",
           "handler-null-test-late", "handler-null-unchecked", "handler-undefined-name",
           "handler-wrong-arguments", "reliability-failure-as-empty"}},
    Check{handler_answer_dropped, {"handler-answer-dropped"}},
    Check{handler_answers,
          {"handler-event-loop-open", "handler-mixed-callback", "handler-process-exit"}},
    Check{handler_batch_perhaps_empty, {"handler-batch-perhaps-empty"}},
    Check{handler_context_member, {"handler-context-member"}},
    Check{handler_dynamodb_expressions, {"handler-dynamodb-expression-invalid"}},
    Check{handler_dynamodb_key_mismatch, {"handler-dynamodb-key-mismatch"}},
    Check{handler_dynamodb_typed_value, {"handler-dynamodb-typed-value"}},
    Check{handler_form, {"handler-not-found", "handler-signature"}, kNeedsPackages},
    Check{handler_request_body_mismatch, {"handler-request-body-mismatch"}},
    Check{handler_response_url_hidden, {"handler-response-url-hidden"}},
    Check{handler_sdk_error_field, {"handler-sdk-error-field"}},
    Check{handler_sdk_parameters, {"handler-sdk-parameter-invalid"}},
    Check{handler_unbound_variable, {"handler-unbound-variable"}},
    Check{handler_unserializable, {"handler-return-unserializable"}},
    Check{idempotency_deduplication_shared, {"idempotency-deduplication-shared"}},
    Check{idempotency,
          {"idempotency-expiry-too-short", "idempotency-guard-ineffective", "idempotency-missing",
           "idempotency-missing-ttl", "idempotency-unsafe-key"},
          kNeedsUniqueKeys},
    Check{image_client_lacking, {"package-image-runtime-client-missing"}, kNeedsPackages},
    Check{init_client_in_handler, {"init-client-in-handler"}},
    Check{init_client_lookup, {"init-client-lookup"}},
    Check{init_imports,
          {"init-heavy-import", "init-unused-import", "init-whole-sdk-import"},
          kNeedsPackages},
    Check{init_lazy_import_defeated, {"init-lazy-import-defeated"}},
    Check{init_work_at_import, {"init-work-at-import"}},
    Check{injection,
          {"security-code-injection", "security-command-injection", "security-html-injection",
           "security-nosql-injection", "security-path-traversal", "security-request-forgery",
           "security-sql-injection", "security-unsafe-deserialization"}},
    Check{invocation_could_be_direct, {"invocation-could-be-direct"}},
    Check{invocation_sync_chain, {"invocation-sync-chain"}},
    Check{invocation_wait_in_function, {"invocation-wait-in-function"}},
    Check{layer_fit, {"layer-incompatible-architecture", "layer-incompatible-runtime"}},
    Check{layer_layout, {"layer-wrong-layout"}, kNeedsPackages},
    Check{layer_too_many, {"layer-too-many"}},
    Check{leaks, {"secrets-logged", "security-event-logged", "security-tls-unverified"}},
    Check{limits_env_size, {"limits-env-size"}},
    Check{limits_payload, {"limits-payload"}},
    Check{limits_subscription_filters, {"limits-subscription-filters"}},
    Check{limits_timeout_chain, {"limits-timeout-chain"}},
    Check{limits_timeout_default, {"limits-timeout-default"}},
    Check{limits_wait_outlasts_timeout, {"limits-wait-outlasts-timeout"}},
    Check{loop_recursion,
          {"loop-cross-service", "loop-event-bus-recursion", "loop-function-recursion",
           "loop-queue-recursion", "loop-s3-recursion", "loop-stream-recursion",
           "loop-table-stream-recursion", "loop-topic-recursion"},
          kNeedsCycles},
    Check{network_egress_closed, {"network-egress-closed"}},
    Check{network_file_system, {"network-file-system-unreachable"}},
    Check{network_vpc, {"network-vpc-incomplete", "role-missing-eni-permissions"}},
    Check{network_vpc_reach, {"network-vpc-no-route", "network-vpc-unneeded"}},
    Check{package_contents,
          {"package-native-architecture", "package-unneeded-files"},
          kNeedsPackages},
    Check{package_dependencies,
          {"package-dev-dependencies", "package-duplicate-in-layer", "package-sdk-included"},
          kNeedsPackages},
    Check{package_dynamic_import, {"package-dynamic-import"}},
    Check{package_imports,
          {"package-dependency-missing", "package-dependency-unused"},
          kNeedsPackages | kNeedsLostModules},
    Check{package_permissions, {"package-unreadable-file"}, kNeedsPackages},
    Check{package_secrets, {"secrets-in-package"}, kNeedsPackages},
    Check{package_shared, {"config-package-shared"}, kNeedsPackages},
    Check{package_size, {"layer-oversized", "package-oversized"}, kNeedsPackages},
    Check{package_zip_direct_upload, {"package-zip-direct-upload"}, kNeedsPackages},
    Check{reliability_connection_pool_large, {"reliability-connection-pool-large"}},
    Check{reliability_dependencies,
          {"reliability-dependency-unlocked", "reliability-sdk-deprecated"},
          kNeedsPackages},
    Check{reliability_dlq_missing, {"reliability-dlq-missing"}},
    Check{reliability_dlq_unwatched, {"reliability-dlq-unwatched"}},
    Check{reliability_error_swallowed, {"reliability-error-swallowed"}},
    Check{reliability_failure_as_absence, {"reliability-failure-as-absence"}},
    Check{reliability_function_error_unread, {"reliability-function-error-unread"}},
    Check{reliability_http_failure_acknowledged, {"reliability-http-failure-acknowledged"}},
    Check{reliability_http_status_unchecked, {"reliability-http-status-unchecked"}},
    Check{reliability_item_never_expires, {"reliability-item-never-expires"}},
    Check{reliability_mark_kept, {"reliability-mark-kept"}},
    Check{reliability_failures, {"reliability-custom-retry", "reliability-error-unhandled"}},
    Check{reliability_message_deleted_early, {"reliability-message-deleted-early"}},
    Check{reliability_missing_item_unchecked, {"reliability-missing-item-unchecked"}},
    Check{reliability_presigned_url_too_long, {"reliability-presigned-url-too-long"}},
    Check{reliability_results,
          {"reliability-batch-result-unchecked", "reliability-pagination-missing"}},
    Check{reliability_search_unchecked, {"reliability-search-unchecked"}},
    Check{reliability_state_unretried, {"reliability-state-unretried"}},
    Check{reliability_timeouts, {"reliability-call-without-timeout"}},
    Check{
        resource_schema,
        {"config-invalid-value", "config-missing-property", "config-unknown-property",
         "config-wrong-type", "limits-list-length", "limits-number-range", "limits-string-length"}},
    Check{reliability_write_failure_untold, {"reliability-write-failure-untold"}},
    Check{role_missing_key_permission, {"role-missing-key-permission"}},
    Check{role_missing_permission, {"role-missing-permission"}},
    Check{role_needs,
          {"role-missing-failure-permission", "role-missing-log-permission",
           "role-missing-source-permission"}},
    Check{role_resource_mismatch, {"role-resource-mismatch"}},
    Check{role_session_token, {"role-session-token-missing"}},
    Check{role_unknown_action, {"role-unknown-action"}},
    Check{role_unused_permission, {"role-unused-permission"}, kNeedsUnusedRights},
    Check{runtime_language_feature, {"runtime-language-feature"}, kNeedsPackages},
    Check{runtime_lifecycle,
          {"runtime-deprecated", "runtime-deprecating-soon", "runtime-unknown"},
          kNeedsPackages},
    Check{runtime_project_mismatch, {"runtime-project-mismatch"}, kNeedsPackages},
    Check{secrets_cached_forever, {"secrets-cached-forever"}},
    Check{secrets_fetched, {"secrets-fetched-per-invocation"}},
    Check{secrets_literal, {"secrets-in-env", "secrets-in-source"}, kNeedsSecretFiles},
    Check{secrets_resolved, {"secrets-resolved-into-env"}},
    Check{secrets_template, {"secrets-in-template"}},
    Check{security_answers, {"security-authorizer-wildcard", "security-error-leaked"}},
    Check{security_bucket_owner, {"security-bucket-owner-unchecked"}},
    Check{security_cors_credentials, {"security-cors-credentials"}},
    Check{security_sql_multiple_statements, {"security-sql-multiple-statements"}},
    Check{security_token_unverified, {"security-token-unverified"}},
    Check{snapstart_state, {"snapstart-connection-at-init", "snapstart-unique-state"}},
    Check{state_failure_kept, {"state-failure-kept"}},
    Check{state_frozen_time, {"state-frozen-time"}},
    Check{state_global,
          {"state-await-race", "state-env-mutation", "state-mutable-global",
           "state-request-data-in-global"},
          kNeedsPackages},
    Check{state_listeners_pile_up, {"state-listeners-pile-up"}},
    Check{state_lost_update, {"state-lost-update"}},
    Check{state_shared_environment, {"state-shared-environment-race"}},
    Check{state_unbounded_cache, {"state-unbounded-cache"}},
    Check{storage_tmp_leak, {"storage-tmp-leak"}},
    Check{storage_tmp_stale, {"storage-tmp-stale"}},
    Check{storage_tmp_too_small, {"storage-tmp-too-small"}},
    Check{storage_write_outside_tmp, {"storage-write-outside-tmp"}, kNeedsPackages},
    Check{template_cycles, {"config-circular-dependency"}},
    Check{template_faults,
          {"config-ignored-key", "config-unresolved-reference", "reliability-state-uncaught",
           "role-policy-invalid", "trigger-route-duplicate", "trigger-state-machine-invalid"}},
    Check{trigger_dependency, {"trigger-missing-dependency"}},
    Check{trigger_deployment, {"trigger-deployment-too-early"}},
    Check{trigger_filter_never_matches, {"trigger-filter-never-matches"}},
    Check{trigger_filter_overlap, {"trigger-filter-overlap"}},
    Check{trigger_missing_permission, {"trigger-missing-permission"}},
    Check{trigger_notification_overwritten, {"trigger-notification-overwritten"}},
    Check{trigger_visibility_timeout, {"trigger-visibility-timeout"}},
};

}  // namespace

std::span<const Check> all_checks() { return kChecks; }

}  // namespace fnlint
