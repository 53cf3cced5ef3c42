// What calls, sources and properties need of a role, and which rights something may use:
// data/permissions.yaml, data/unused_rights.yaml.

#include "tables/generate.h"
#include "tables/model_rows.h"
#include "tables/template_rows.h"
#include "tables/yaml_reader.h"

#include <algorithm>

namespace fnlint::tables {

namespace {

// A table of rows, each written by `write`, and what gives it.
template <class Write>
std::string rows_of(Entry& file, std::string_view key, std::string_view type,
                    std::string_view finder, const Write& write) {
  std::string rows;
  std::size_t count = 0;
  for (Entry& row : file.entries(key)) {
    rows += "    " + std::string(type) + "{" + write(row, std::to_string(count++)) + "},\n";
    row.finish();
  }
  const std::string array = "k" + std::string(type) + "Rows";
  return "namespace {\nconstexpr std::array<" + std::string(type) + ", " + std::to_string(count) +
         "> " + array + "{{\n" + rows + "}};\n}  // namespace\nstd::span<const " +
         std::string(type) + "> " + std::string(finder) + "() { return " + array + "; }\n";
}

}  // namespace

std::string generate_permissions(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/permissions.yaml").string(), "data/permissions.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string definitions, below, policies;
  std::size_t below_count = 0, policy_count = 0;
  for (Entry& row : file.entries("below")) {
    const std::string name = "kBelowActions" + std::to_string(below_count++);
    below += "    BelowTarget{.actions = " + list_literal(row.texts("actions"), name, definitions) +
             ", .with = " + literal(row.optional_text("with")) +
             ", .between = " + literal(row.text("between")) +
             ", .words = " + literal(row.optional_text("words")) + "},\n";
    row.finish();
  }
  std::string lists;
  const std::string copies =
      rows_of(file, "copies", "CopyRight", "copy_rights", [&](Entry& row, const std::string& n) {
        return ".operations = " + list_literal(row.texts("operations"), "kCopies" + n, lists) +
               ", .action = " + literal(row.text("action"));
      });
  for (Entry& row : file.entries("policies")) {
    policies += "    ResourcePolicy{.type = " + literal(row.text("type")) +
                ", .target = " + literal(row.optional_text("target")) +
                ", .document = " + literal(row.text("document")) + "},\n";
    row.finish();
    ++policy_count;
  }
  const std::string others = list_literal(file.texts("others"), "kOtherPolicies", definitions);
  const std::string providers = list_literal(file.texts("role"), "kProvidersOfRole", definitions);
  file.finish();
  return "namespace {\n" + lists + "}  // namespace\n" + copies + "namespace {\n" + definitions +
         "constexpr std::array<BelowTarget, " + std::to_string(below_count) +
         "> kBelowTargets{{\n" + below + "}};\nconstexpr std::array<ResourcePolicy, " +
         std::to_string(policy_count) + "> kResourcePolicies{{\n" + policies +
         "}};\n}  // namespace\n"
         "std::span<const BelowTarget> below_targets() { return kBelowTargets; }\n"
         "std::span<const ResourcePolicy> resource_policies() { return kResourcePolicies; }\n"
         "std::span<const std::string_view> services_with_other_policies() { return " +
         others + "; }\nstd::span<const std::string_view> providers_of_role() { return " +
         providers + "; }\n";
}

std::string generate_unused_rights(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/unused_rights.yaml").string(), "data/unused_rights.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string lists;
  const auto texts = [&](Entry& row, const char* key, const std::string& name) {
    return list_literal(row.texts(key), "k" + name, lists);
  };
  std::string tables = rows_of(
      file, "platform", "PlatformActions", "platform_actions", [&](Entry& row, const std::string& n) {
        const std::string kind =
            row.has("trigger") ? kind_literal(row, "trigger") : std::string("ResourceKind::Other");
        return ".trigger = " + kind + ", .property = " + literal(row.optional_text("property")) +
               ", .actions = " + texts(row, "actions", "PlatformList" + n);
      });
  tables += rows_of(file, "called_by", "NamedActions", "named_actions",
                    [&](Entry& row, const std::string& n) {
                      const bool others = row.flag("others");
                      return ".names = " + texts(row, "names", "NamedNames" + n) +
                             ", .actions = " + texts(row, "actions", "NamedList" + n) +
                             ", .by_others = " + (others ? "true" : "false");
                    });
  tables += rows_of(file, "services", "ServiceNames", "service_names",
                    [&](Entry& row, const std::string& n) {
                      return ".service = " + literal(row.text("service")) +
                             ", .names = " + texts(row, "names", "ServiceNameList" + n);
                    });
  tables += rows_of(
      file, "modules", "SilentModules", "silent_modules", [&](Entry& row, const std::string& n) {
        const std::string key = row.text("language");
        const auto language = std::ranges::find(kModelLanguages, key, &ModelLanguage::key);
        if (language == kModelLanguages.end()) row.object("there is no such language");
        return ".language = Language::" + std::string(language->name) +
               ", .names = " + texts(row, "names", "SilentNames" + n);
      });
  const std::string exempt = texts(file, "exempt", "NeverUnused");
  const std::string layers = texts(file, "layers", "SilentLayerNames");
  file.finish();
  return "namespace {\n" + lists + "}  // namespace\n" + tables +
         "std::span<const std::string_view> actions_never_unused() { return " + exempt +
         "; }\nstd::span<const std::string_view> silent_layers() { return " + layers + "; }\n";
}

}  // namespace fnlint::tables
