#include "tables/generate.h"
#include "tables/template_rows.h"

#include <map>

// How long services wait, and by which endpoint a VPC reaches them.
namespace fnlint::tables {

std::string generate_invoker_timeouts(const std::filesystem::path& root) {
  Entry file =
      read_file((root / "data/invoker_timeouts.yaml").string(), "data/invoker_timeouts.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  for (Entry& row : file.entries("timeouts")) {
    const auto fallback = row.number("default");
    if (!fallback) row.object("a timeout needs a default");
    const std::string text = ", " + literal(row.optional_text("property")) + ", " +
                             literal(fallback) + ", " + literal(row.text("words")) + "},\n";
    for (const std::string& type : row.texts("types"))
      if (!rows.emplace(type, "    InvokerTimeout{" + literal(type) + text).second)
        row.object("this type stands here twice");
    row.finish();
  }
  file.finish();
  std::string text;
  for (const auto& [type, row] : rows) text += row;
  return "namespace {\nconstexpr std::array<InvokerTimeout, " + std::to_string(rows.size()) +
         "> kInvokerTimeouts{{\n" + text + "}};\n}  // namespace\n" +
         finder_definition("InvokerTimeout", "find_invoker_timeout", "kInvokerTimeouts", "type");
}

std::string generate_service_endpoints(const std::filesystem::path& root) {
  Entry file =
      read_file((root / "data/service_endpoints.yaml").string(), "data/service_endpoints.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  for (Entry& row : file.entries("services")) {
    const std::string service = row.text("service");
    const std::string endpoint = row.optional_text("endpoint");
    if (endpoint.empty() != row.flag("internet")) row.object("an endpoint, or the internet");
    const std::string text = "    ServiceEndpoint{" + literal(service) + ", " + literal(endpoint) +
                             ", " + literal(row.flag("gateway")) + "},\n";
    if (!rows.emplace(service, text).second) row.object("this service stands here twice");
    row.finish();
  }
  std::string definitions;
  const std::string harmless =
      list_literal(file.texts("harmless"), "kHarmlessModules", definitions);
  const std::string hosts = list_literal(file.texts("private_hosts"), "kPrivateHosts", definitions);
  const std::string givers = list_literal(file.texts("name_givers"), "kNameGivers", definitions);
  file.finish();
  std::string text;
  for (const auto& [service, row] : rows) text += row;
  return "namespace {\n" + definitions + "constexpr std::array<ServiceEndpoint, " +
         std::to_string(rows.size()) + "> kServiceEndpoints{{\n" + text + "}};\n}  // namespace\n" +
         "std::span<const std::string_view> harmless_modules() { return " + harmless + "; }\n" +
         "std::span<const std::string_view> private_hosts() { return " + hosts + "; }\n" +
         "std::span<const std::string_view> name_givers() { return " + givers + "; }\n" +
         finder_definition("ServiceEndpoint", "find_service_endpoint", "kServiceEndpoints",
                           "service");
}

}  // namespace fnlint::tables
