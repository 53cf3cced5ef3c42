#include "tables/generate.h"
#include "tables/yaml_reader.h"

namespace fnlint::tables {

std::string generate_permissions(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/permissions.yaml").string(), "data/permissions.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string definitions, below, policies;
  std::size_t below_count = 0, policy_count = 0;
  for (Entry& row : file.entries("below")) {
    const std::string name = "kBelowActions" + std::to_string(below_count++);
    below += "    BelowTarget{.actions = " + list_literal(row.texts("actions"), name, definitions) +
             ", .with = " + literal(row.optional_text("with")) +
             ", .between = " + literal(row.text("between")) + "},\n";
    row.finish();
  }
  for (Entry& row : file.entries("policies")) {
    policies += "    ResourcePolicy{.type = " + literal(row.text("type")) +
                ", .target = " + literal(row.optional_text("target")) +
                ", .document = " + literal(row.text("document")) + "},\n";
    row.finish();
    ++policy_count;
  }
  const std::string others = list_literal(file.texts("others"), "kOtherPolicies", definitions);
  file.finish();
  return "namespace {\n" + definitions + "constexpr std::array<BelowTarget, " +
         std::to_string(below_count) + "> kBelowTargets{{\n" + below +
         "}};\nconstexpr std::array<ResourcePolicy, " + std::to_string(policy_count) +
         "> kResourcePolicies{{\n" + policies +
         "}};\n}  // namespace\n"
         "std::span<const BelowTarget> below_targets() { return kBelowTargets; }\n"
         "std::span<const ResourcePolicy> resource_policies() { return kResourcePolicies; }\n"
         "std::span<const std::string_view> services_with_other_policies() { return " +
         others + "; }\n";
}

}  // namespace fnlint::tables
