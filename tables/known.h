#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// Names of the outside world, each list with its source in data/known/: what they are is said
// there.
namespace fnlint::known {

using Words = std::span<const std::string_view>;
template <std::size_t N>
using Rows = std::span<const std::array<std::string_view, N>>;

// data/known/builds.yaml
Words plain_image_folders();
Words plain_dockerfile_names();
Words one_file_bundlers();
Words rewriting_tools();
Rows<3> variables_of_builds();
Words rewriting_tool_files();
Words script_endings_at_a_root();
Words javascript_source_folders();
Words bundler_programs();
Words javascript_output_folders();
Words bundler_output_words();
Words bundler_folder_words();
Words function_name_endings();
Words image_parameter_endings();
Words runtime_interface_clients();
Words plain_program_names();
Words packing_scripts();
Rows<2> declared_generators();
Rows<3> code_generators();
Words packing_programs();
Words workflow_folders();
Words program_output_folders();
Words build_naming_flags();
Words installed_folders();
Words source_test_folders();
Words bundle_helpers();
Words made_source_folders();
Words vendored_folders();
Words unread_locks();
Words copying_words();
Words build_script_endings();
Words deployment_files();
Words made_folders_of_packages();

// data/known/languages.yaml
Words linked_resources();
Words member_generators();
Rows<2> dependency_providers();
Words dependency_components();
Rows<2> dependency_imports();
Words dependency_wrappers();
Words dependency_names();
Words dependency_conditions();
Words function_types();
Rows<2> es_module_packages();
Words injecting_calls();
Words name_makers();
Words member_makers();
Rows<2> errors_that_are_wrapped();
Words calls_that_do_not_fail();
Words go_calls_that_give_nil();
Rows<4> takers_of_results();
Rows<3> options_that_give_results();
Words methods_of_null();
Words python_names();
Words python_two_names();
Rows<2> context_members();
Words node_names();
Words builtin_functions();
Words function_members();
Words go_true_tags();
Words go_other_systems();
Words go_deployment_imports();
Words javascript_sources();
Words kotlin_implied_packages();
Words endings_that_may_hold_sql();
Words java_build_texts();
Words java_source_generators();
Words java_made_prefixes();
Words java_made_suffixes();
Words java_module_files();
Words gradle_settings_files();
Words java_output_folders();
Words jvm_other_extensions();
Words csharp_implicit_usings();
Words csharp_source_makers();
Words cpp_include_folders();
Words rust_runtime_crates();
Words ruby_load_folders();
Words implied_names();
Words plain_handler_names();
Words absence_errors();
Words reasons_to_go_on();
Words reasons_of_batches();
Words settling_methods();
Words insisting_methods();
Words insisting_getters();
Words parsing_methods();
Words refusing_decoders();
Words raising_settings();
Words any_errors();
Words failure_words();
Words outcome_entries();
Words success_entries();
Words duplicate_words();
Words duplicate_codes();
Words repeated_request_words();
Words repeated_request_codes();
Words day_calls();
Words day_members();
Words day_parts();
Words time_formats();
Words whole_time_texts();
Words year_words();
Words loading_words();
Words collection_questions();

// data/known/services.yaml
Words bucket_events();
Words bucket_event_families();
Words headers_of_servers();
Words asking_paths();
Words kinds_that_answer_with_names();
Words idempotency_members();
Words credential_entries();
Words event_fields_of_few_values();
Words narrowing_arguments();
Words libraries_that_page();
Words operations_without_rights();
Words services_of_the_account();
Rows<2> asked_of_the_whole_service();
Rows<2> exclusive_members();
Rows<2> typed_members();
Words clients_of_typed_values();
Words makers_of_typed_values();
Words sdks_in_api_terms();
Words dynamodb_reserved_words();
Words parameters_of_sdks();
Words whole_sdks();
Words notice_writers();
Rows<2> names_of_clients();
Words limited_all_the_same();
Words dynamodb_clients_of_plain_values();
Words needed_everywhere();
Rows<4> answers_that_do_not_raise();
Rows<3> answers_with_an_error_beside();
Rows<3> extension_addresses();
Rows<4> clients_that_write_objects();
Words releasing_methods();
Words telling_fields();
Words telemetry_services();
Words message_services();
Words properties_of_settings();
Words varying_variables();
Words sdk_core_names();
Words chat_services();
Words request_methods();
Words chat_addresses();
Words success_lists();
Words alarm_fields();
Rows<2> seldom_event_sources();
Words calls_that_may_fail();
Words state_fields();
Words failed_states();
Words packaged_readers();
Words packaged_paths();
Words asking_methods();
Words methods_that_give_or_raise();
Words methods_that_hold_what_they_make();
Words file_readers();
Words written_folders();
Words errors_of_operators();
Words own_file_names();
Words context_of_environment();
Words ends_of_fixed_fields();
Rows<2> deployment_events();

// data/known/times.yaml
Words clocks_in_milliseconds();
Words clocks_in_seconds();
Words times_as_text();
Words expiry_names();
Words calls_of_clocks();
Words slow_operations();
Words slow_libraries();

// data/known/cloudformation.yaml
Words resource_attributes();
Words pseudo_parameters();
Words packaged_properties();
Words state_types();
Words states_without_next();
Words policy_document_keys();
Words policy_statement_keys();
Words sam_parts_of_others();
Words sam_parts_of_apis();
Words private_route_targets();
Rows<2> properties_told_elsewhere();
Rows<2> further_required();
Rows<2> sam_made_types();
Rows<3> sam_function_parts();
Rows<3> sam_event_sources();
Rows<2> sam_destinations();
Rows<3> stages();

// data/known/terraform.yaml
Words terraform_shared_folders();
Words terraform_outer_files();
Words terraform_trial_folders();
Words code_arguments();
Words map_arguments();
Words functions_kept();
Words functions_of_sets();
Words module_handler_arguments();
Words module_container_arguments();
Words module_code_words();
Rows<4> backends();
Rows<3> parts_of_resources();
Rows<3> egress_rules();
Rows<3> pseudo_attributes();

// data/known/cdk.yaml
Words java_collections();
Words go_plain_constructs();
Words own_classes();
Words java_list_makers();
Words argument_class_endings();
Rows<2> stack_members();
Words own_name_maps();
Rows<2> flat_packages();
Words sst_stack_packages();
Words libraries();
Words inner_namespaces();
Rows<2> made_classes();
Rows<2> method_settings();
Rows<3> app_builds();
Rows<3> app_marks();
Words script_runners();
Rows<2> local_package_marks();
Rows<2> statement_members();
Rows<3> principals();
Rows<2> event_pattern_members();
Rows<2> namespaces();

// data/known/provider.yaml
Rows<2> provider_classes();
Rows<2> provider_arguments();
Rows<4> provider_attachments();
Rows<2> provider_statement();

// data/known/scripts.yaml
Words script_extensions();
Words program_extensions();
Words script_folders();
Words deploying_calls();
Rows<3> variable_setters();
Rows<3> code_setters();
Words browser_prefixes();
Words files_beside_code();

// data/known/discovery.yaml
Words never_template_endings();
Words never_template_names();
Words environment_folders();
Rows<2> unread_tools();

// data/known/layers.yaml
Words layer_paths();
Words layer_folders();
Words npm_never_packed();
Words npm_always_packed();

// data/known/serverless.yaml
Words serverless_function_keys();
Rows<2> serverless_function_mistakes();
Rows<3> lift_constructs();
Rows<2> lift_outputs();
Rows<2> plugins_that_leave_out();
Words provider_settings();
Rows<3> role_destinations();
Rows<2> machine_events();
Rows<3> machine_event_properties();

// The row that begins with a text; null: there is none.
template <std::size_t N>
const std::array<std::string_view, N>* row_of(Rows<N> rows, std::string_view first) {
  for (const auto& row : rows)
    if (row[0] == first) return &row;
  return nullptr;
}

}  // namespace fnlint::known
