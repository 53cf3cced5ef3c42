// Terraform's resources under CloudFormation's names, and modules of its registry:
// data/terraform_resources.yaml, data/terraform_modules.yaml.

#include "tables/generate.h"
#include "tables/template_rows.h"

#include <algorithm>
#include <map>

namespace fnlint::tables {

namespace {

// A map of texts as rows of a struct of two texts, and whether a list is meant.
std::string pairs_literal(Entry& row, const std::string& key, const std::string& name,
                          std::string_view struct_name, std::string& definitions) {
  const YAML::Node map = row.node(key);
  if (!map.IsDefined()) return "{}";
  if (!map.IsMap()) row.object(map, "\"" + key + "\" takes a map");
  std::string rows;
  for (const auto& pair : map) {
    std::string value = pair.second.Scalar();
    const bool list = value.ends_with("[]");
    if (list) value.resize(value.size() - 2);
    rows += "    " + std::string(struct_name) + "{" + literal(pair.first.Scalar()) + ", " +
            literal(value);
    if (struct_name == "TerraformProperty") rows += ", " + literal(list);
    rows += "},\n";
  }
  definitions += "constexpr std::array<" + std::string(struct_name) + ", " +
                 std::to_string(map.size()) + "> " + name + "{{\n" + rows + "}};\n";
  return name;
}

}  // namespace

std::string generate_terraform_resources(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/terraform_resources.yaml").string(),
                         "data/terraform_resources.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  std::string definitions;
  for (Entry& row : file.entries("resources")) {
    const std::string type = row.text("type");
    const std::string id = "kTerraform" + std::to_string(rows.size());
    std::string text = "    TerraformResource{.type = " + literal(type);
    text += ", .is = " + literal(row.optional_text("is"));
    text += ", .properties = " + pairs_literal(row, "properties", id + "Properties",
                                               "TerraformProperty", definitions);
    text += ", .attributes = " +
            pairs_literal(row, "attributes", id + "Attributes", "Rename", definitions);
    text += ", .unset = " + pairs_literal(row, "unset", id + "Unset", "Rename", definitions);
    text += ", .documents = " +
            list_literal(row.texts("documents"), id + "Documents", definitions) + "},\n";
    row.finish();
    if (!rows.emplace(type, text).second) row.object("this type stands here twice");
  }
  file.finish();
  std::string text;
  for (const auto& [type, row] : rows) text += row;
  return "namespace {\n" + definitions + "constexpr std::array<TerraformResource, " +
         std::to_string(rows.size()) + "> kTerraformResources{{\n" + text +
         "}};\n}  // namespace\n"
         "std::span<const TerraformResource> terraform_resources() { return kTerraformResources; }\n" +
         finder_definition("TerraformResource", "find_terraform_resource", "kTerraformResources",
                           "type");
}

std::string generate_terraform_modules(const std::filesystem::path& root) {
  Entry file =
      read_file((root / "data/terraform_modules.yaml").string(), "data/terraform_modules.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  for (Entry& row : file.entries("modules")) {
    const std::string source = row.text("source");
    const std::string text =
        "    RegistryModule{" + literal(source) + ", " + literal(row.text("text")) + "},\n";
    row.finish();
    if (!rows.emplace(source, text).second) row.object("this module stands here twice");
  }
  file.finish();
  std::string text;
  for (const auto& [source, row] : rows) text += row;
  return "namespace {\nconstexpr std::array<RegistryModule, " + std::to_string(rows.size()) +
         "> kRegistryModules{{\n" + text + R"(}};

// "terraform-aws-modules/lambda/aws//modules/x" of "git::https://github.com/terraform-aws-modules/
// terraform-aws-lambda.git//modules/x?ref=v1".
std::string registry_source(std::string_view address) {
  address = address.substr(0, address.find('?'));
  for (const std::string_view host : {"registry.terraform.io/", "registry.opentofu.org/"})
    if (address.starts_with(host)) address.remove_prefix(host.size());
  const std::size_t host = address.find("github.com");
  if (host == std::string_view::npos) return std::string(address);
  address.remove_prefix(host + 11);
  std::string_view below;
  if (const std::size_t at = address.find("//"); at != std::string_view::npos) {
    below = address.substr(at);
    address = address.substr(0, at);
  }
  if (address.ends_with(".git")) address.remove_suffix(4);
  const std::size_t slash = address.find('/');
  constexpr std::string_view kPrefix = "terraform-aws-";
  if (slash == std::string_view::npos || !address.substr(slash + 1).starts_with(kPrefix))
    return std::string(address);
  std::string source(address.substr(0, slash + 1));
  source += address.substr(slash + 1 + kPrefix.size());
  source += "/aws";
  source += below;
  return source;
}
}  // namespace
std::span<const RegistryModule> registry_modules() { return kRegistryModules; }
const RegistryModule* find_registry_module(std::string_view address) {
  const std::string source = registry_source(address);
  const auto found = std::ranges::find(kRegistryModules, source, &RegistryModule::source);
  return found != kRegistryModules.end() ? &*found : nullptr;
}
)";
}

}  // namespace fnlint::tables
