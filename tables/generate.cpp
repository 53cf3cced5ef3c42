// Writes rules/*.yaml and data/*.yaml as constant C++ arrays: generate_tables ROOT OUTPUT.cpp
#include "tables/generate.h"

#include "tables/yaml_reader.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>

namespace fnlint::tables {

namespace {

constexpr std::array kTables{generate_rules,
                             generate_policy_tables,
                             generate_runtimes,
                             generate_heavy_imports,
                             generate_models,
                             generate_library_versions,
                             generate_handler_contracts,
                             generate_handler_signatures,
                             generate_computing_libraries,
                             generate_derived_libraries,
                             generate_outside_libraries,
                             generate_store_reads,
                             generate_packages,
                             generate_quotas,
                             generate_event_attributes,
                             generate_event_members,
                             generate_sent_events,
                             generate_policy_templates,
                             generate_managed_policies,
                             generate_resource_types,
                             generate_resource_schemas,
                             generate_invokers,
                             generate_state_machine_tasks,
                             generate_sam_resources,
                             generate_sam_events,
                             generate_sam_connectors,
                             generate_serverless_functions,
                             generate_serverless_events,
                             generate_cdk,
                             generate_platform_defaults,
                             generate_invocation_rights,
                             generate_event_shapes,
                             generate_invoker_timeouts,
                             generate_service_endpoints,
                             generate_terraform_resources,
                             generate_terraform_modules,
                             generate_permissions,
                             generate_unused_rights,
                             generate_role_needs,
                             generate_secrets,
                             generate_target_forms,
                             generate_environment,
                             generate_iam_actions,
                             generate_sdk_parameters,
                             generate_guesses,
                             generate_known};

constexpr std::string_view kHead = R"(// Generated from rules/ and data/.
#include "tables/tables.h"

#include "core/text.h"
#include "tables/cdk.h"
#include "tables/environment.h"
#include "tables/event_shapes.h"
#include "tables/events.h"
#include "tables/guesses.h"
#include "tables/iam_actions.h"
#include "tables/known.h"
#include "tables/languages.h"
#include "tables/libraries.h"
#include "tables/models.h"
#include "tables/network.h"
#include "tables/packages.h"
#include "tables/permissions.h"
#include "tables/platform.h"
#include "tables/policy_forms.h"
#include "tables/quotas.h"
#include "tables/schemas.h"
#include "tables/sdk_parameters.h"
#include "tables/secrets.h"
#include "tables/serverless.h"
#include "tables/slot_hash.h"
#include "tables/target_forms.h"
#include "tables/templates.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace fnlint {
using namespace std::string_view_literals;
)";

}  // namespace

std::vector<Input> inputs(const std::filesystem::path& root, const std::string& folder) {
  std::vector<Input> found;
  if (!std::filesystem::is_directory(root / folder)) return found;
  for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
    if (entry.path().extension() != ".yaml") continue;
    found.push_back({entry.path().string(), folder + '/' + entry.path().filename().string()});
  }
  std::ranges::sort(found, {}, &Input::shown);
  return found;
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte >= 0x7f) {  // three octal digits never take a following digit in
      out += '\\';
      for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + ((byte >> shift) & 7));
    } else {
      out += c;
    }
  }
  return out + '"';
}

// Its length is in it, and needs no counting when tables are compiled.
std::string literal(std::string_view text) {
  return in_quotes(text) + "sv";
}

std::string literal(bool value) { return value ? "true" : "false"; }

std::string literal(std::optional<std::int64_t> value) {
  return value ? std::to_string(*value) : "std::nullopt";
}

std::string list_literal(const std::vector<std::string>& texts, std::string_view name,
                         std::string& definitions) {
  if (texts.empty()) return "{}";
  definitions += "constexpr std::array<std::string_view, " + std::to_string(texts.size()) + "> " +
                 std::string(name) + "{";
  for (const std::string& text : texts) definitions += literal(text) + ", ";
  definitions += "};\n";
  return std::string(name);
}

// Every table is tried, so that one build shows the first mistake of each.
int run(const std::filesystem::path& root, const std::string& output) {
  std::string text(kHead);
  bool sound = true;
  for (const auto generate : kTables) {
    try {
      text += '\n' + generate(root);
    } catch (const Mistake& mistake) {
      std::cerr << mistake.what() << '\n';
      sound = false;
    }
  }
  if (!sound) return 1;
  text += "\n}  // namespace fnlint\n";
  std::ofstream stream(output, std::ios::binary);
  stream << text;
  stream.close();
  if (stream) return 0;
  std::cerr << output << ": cannot be written\n";
  return 1;
}

}  // namespace fnlint::tables

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: generate_tables ROOT OUTPUT.cpp\n";
    return 2;
  }
  return fnlint::tables::run(argv[1], argv[2]);
}
