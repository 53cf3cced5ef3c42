// What the table generators share: their inputs, C++ literals, and the list of all of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::tables {

// A file of rules/ or data/: where it is and how it is named in objections ("rules/x.yaml").
struct Input {
  std::string path = {};
  std::string shown = {};
};

// The *.yaml files of a folder below the repository's root, by name.
std::vector<Input> inputs(const std::filesystem::path& root, const std::string& folder);

// What a generator writes: C++ inside namespace fnlint.
std::string in_quotes(std::string_view text);   // as C++ writes it, and messages show it
std::string literal(std::string_view text);  // a string_view of this text
std::string literal(bool value);
std::string literal(std::optional<std::int64_t> value);  // std::nullopt, or the number
std::string list_literal(const std::vector<std::string>& texts, std::string_view name,
                         std::string& definitions);  // a span; its array goes to `definitions`

// One table each: reads its files, returns definitions of the functions that tables.h declares.
// To add a table: a struct and an accessor in tables.h, a function here, a line in generate.cpp's
// list.
std::string generate_rules(const std::filesystem::path& root);
std::string generate_policy_tables(const std::filesystem::path& root);
std::string generate_runtimes(const std::filesystem::path& root);
std::string generate_heavy_imports(const std::filesystem::path& root);
std::string generate_models(const std::filesystem::path& root);  // and operations
// A hash table k<name>Slots of paths, half full at most: a row's number and one, and 16 bits of the
// path's hash; 0 for a free slot. Rows of one path stand one after another.
std::string slot_table(const std::string& name, const std::vector<std::string>& paths);
std::string generate_library_versions(const std::filesystem::path& root);
std::string generate_handler_contracts(const std::filesystem::path& root);
std::string generate_handler_signatures(const std::filesystem::path& root);
std::string generate_computing_libraries(const std::filesystem::path& root);
std::string generate_derived_libraries(const std::filesystem::path& root);
std::string generate_outside_libraries(const std::filesystem::path& root);
std::string generate_store_reads(const std::filesystem::path& root);
std::string generate_packages(const std::filesystem::path& root);
std::string generate_quotas(const std::filesystem::path& root);
std::string generate_event_attributes(const std::filesystem::path& root);
std::string generate_event_shapes(const std::filesystem::path& root);
std::string generate_event_members(const std::filesystem::path& root);
std::string generate_policy_templates(const std::filesystem::path& root);
std::string generate_managed_policies(const std::filesystem::path& root);
std::string generate_resource_types(const std::filesystem::path& root);
std::string generate_resource_schemas(const std::filesystem::path& root);
std::string generate_invokers(const std::filesystem::path& root);
std::string generate_state_machine_tasks(const std::filesystem::path& root);
std::string generate_sam_resources(const std::filesystem::path& root);
std::string generate_sam_events(const std::filesystem::path& root);
std::string generate_cdk(const std::filesystem::path& root);
std::string generate_sam_connectors(const std::filesystem::path& root);
std::string generate_serverless_functions(const std::filesystem::path& root);
std::string generate_serverless_events(const std::filesystem::path& root);
std::string generate_terraform_resources(const std::filesystem::path& root);
std::string generate_terraform_modules(const std::filesystem::path& root);
std::string generate_permissions(const std::filesystem::path& root);
std::string generate_unused_rights(const std::filesystem::path& root);
std::string generate_target_forms(const std::filesystem::path& root);
std::string generate_environment(const std::filesystem::path& root);
std::string generate_iam_actions(const std::filesystem::path& root);
std::string generate_guesses(const std::filesystem::path& root);
std::string generate_known(const std::filesystem::path& root);  // names of data/known
std::string generate_sdk_parameters(const std::filesystem::path& root);
std::string generate_secrets(const std::filesystem::path& root);
std::string generate_platform_defaults(const std::filesystem::path& root);
std::string generate_invocation_rights(const std::filesystem::path& root);
std::string generate_role_needs(const std::filesystem::path& root);
std::string generate_sent_events(const std::filesystem::path& root);
std::string generate_invoker_timeouts(const std::filesystem::path& root);
std::string generate_service_endpoints(const std::filesystem::path& root);

}  // namespace fnlint::tables
