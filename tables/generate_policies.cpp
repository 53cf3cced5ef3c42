#include "tables/generate.h"
#include "tables/template_rows.h"

#include <map>

// Policies that AWS and SAM bring along: data/managed_policies.yaml, data/policy_templates.yaml.
namespace fnlint::tables {

namespace {

std::string joined(const std::map<std::string, std::string>& rows) {
  std::string text;
  for (const auto& [name, row] : rows) text += row;
  return text;
}

std::string accessors(std::string_view type, std::string_view plural, std::string_view finder,
                      const std::map<std::string, std::string>& rows) {
  const std::string array = "k" + std::string(type) + "Rows";
  return "constexpr std::array<" + std::string(type) + ", " + std::to_string(rows.size()) + "> " +
         array + "{{\n" + joined(rows) + "}};\n}  // namespace\nstd::span<const " +
         std::string(type) + "> " + std::string(plural) + "() { return " + array + "; }\n" +
         finder_definition(type, finder, array, "name");
}

}  // namespace

std::string generate_policy_templates(const std::filesystem::path& root) {
  Entry file =
      read_file((root / "data/policy_templates.yaml").string(), "data/policy_templates.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  std::string definitions;
  for (Entry& row : file.entries("templates")) {
    const std::string name = row.text("name");
    const std::string id = "kTemplate" + std::to_string(rows.size());
    std::string text = "    PolicyTemplate{.name = " + literal(name) + ", .parameters = ";
    text += list_literal(row.texts("parameters"), id + "Parameters", definitions);
    text += ", .statements = " + statements_literal(row, "statements", id, definitions) + "},\n";
    row.finish();
    if (!rows.emplace(name, text).second) row.object("this name stands here twice");
  }
  file.finish();
  return "namespace {\n" + definitions +
         accessors("PolicyTemplate", "policy_templates", "find_policy_template", rows);
}

std::string generate_managed_policies(const std::filesystem::path& root) {
  Entry file =
      read_file((root / "data/managed_policies.yaml").string(), "data/managed_policies.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  std::string definitions;
  for (Entry& row : file.entries("policies")) {
    const std::string name = row.text("name");
    const std::string id = "kManaged" + std::to_string(rows.size());
    std::string text = "    ManagedPolicy{.name = " + literal(name);
    text += ", .partial = " + literal(row.flag("partial"));
    text += ", .statements = " + statements_literal(row, "statements", id, definitions) + "},\n";
    row.finish();
    if (!rows.emplace(name, text).second) row.object("this name stands here twice");
  }
  file.finish();
  return "namespace {\n" + definitions +
         accessors("ManagedPolicy", "managed_policies", "find_managed_policy", rows);
}

}  // namespace fnlint::tables
