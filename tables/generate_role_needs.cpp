#include "tables/generate.h"
#include "tables/template_rows.h"

// data/role_needs.yaml: what a role has to allow for what its function is set to do.
namespace fnlint::tables {

namespace {

struct Rows {
  std::string text = {};
  std::size_t count = 0;
  void add(const std::string& fields, const std::string& type) {
    text += "    " + type + "{" + fields + "},\n";
    ++count;
  }
  [[nodiscard]] std::string array(const std::string& type, const std::string& finder) const {
    return "namespace {\nconstexpr std::array<" + type + ", " + std::to_string(count) + "> k_" +
           finder + "{{\n" + text + "}};\n}  // namespace\nstd::span<const " + type + "> " +
           finder + "() { return k_" + finder + "; }\n";
  }
};

template <class Fields>
Rows rows_of(Entry& file, const char* key, const std::string& type, const Fields& fields) {
  Rows rows;
  for (Entry& row : file.entries(key)) {
    rows.add(fields(row), type);
    row.finish();
  }
  return rows;
}

}  // namespace

std::string generate_role_needs(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/role_needs.yaml").string(), "data/role_needs.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string lists;
  std::size_t list_count = 0;
  const auto texts = [&](Entry& row, const char* key) {
    return list_literal(row.texts(key), "kRoleNeeds" + std::to_string(list_count++), lists);
  };
  const auto read_sources = [&](const char* key) {
    Rows rows;
    for (Entry& row : file.entries(key)) {
      rows.add(".source = " + kind_literal(row, "kind") + ", .part = " +
                   literal(row.optional_text("part")) + ", .actions = " + texts(row, "actions"),
               "SourceRights");
      row.finish();
    }
    return rows;
  };
  const Rows sources = read_sources("sources"), further = read_sources("further_sources");
  Rows targets, keys;
  for (Entry& row : file.entries("targets")) {
    targets.add(
        ".target = " + kind_literal(row, "kind") + ", .action = " + literal(row.text("action")),
        "TargetRight");
    row.finish();
  }
  for (Entry& row : file.entries("keys")) {
    keys.add(
        ".kind = " + kind_literal(row, "kind") + ", .property = " + literal(row.text("property")) +
            ", .operations = " + texts(row, "operations") + ", .actions = " + texts(row, "actions"),
        "KeyRights");
    row.finish();
  }
  const auto properties = rows_of(file, "properties", "PropertyRights", [&](Entry& row) {
    return ".property = " + literal(row.text("property")) +
           ", .value = " + literal(row.optional_text("value")) +
           ", .words = " + literal(row.text("words")) + ", .actions = " + texts(row, "actions");
  });
  const auto naming = rows_of(file, "naming_calls", "NamingCall", [&](Entry& row) {
    return ".method = " + literal(row.text("method")) +
           ", .operation = " + literal(row.optional_text("operation")) +
           ", .members = " + literal(row.optional_text("members")) +
           ", .words = " + literal(row.text("words"));
  });
  const auto chosen = rows_of(file, "chosen", "ChosenAction", [&](Entry& row) {
    return ".action = " + literal(row.text("action")) + ", .by = " + literal(row.text("by"));
  });
  const auto aliases = rows_of(file, "sdk_aliases", "SdkAlias", [&](Entry& row) {
    return ".name = " + literal(row.text("name")) + ", .prefix = " + literal(row.text("prefix"));
  });
  const auto cdk = rows_of(file, "cdk_arns", "CdkArn", [&](Entry& row) {
    return ".kind = " + kind_literal(row, "kind") + ", .name = " + literal(row.text("name"));
  });
  const auto implied = rows_of(file, "implied", "ImpliedAction", [&](Entry& row) {
    const std::string how = row.optional_text("how");
    if (how != "instead" && how != "beside" && how != "anywhere")
      row.object("how: instead, beside or anywhere");
    return ".action = " + literal(row.text("action")) +
           ", .member = " + literal(row.text("member")) +
           ", .needs = " + literal(row.text("needs")) + ", .instead = " + literal(how != "beside") +
           ", .anywhere = " + literal(how == "anywhere");
  });
  const auto passing = rows_of(file, "passed_with", "PassedProperties", [&](Entry& row) {
    return ".action = " + literal(row.text("action")) +
           ", .properties = " + texts(row, "properties");
  });
  const std::string passed = list_literal(file.texts("passed"), "kPassedMembers", lists);
  const std::string paths = list_literal(file.texts("sdk_paths"), "kSdkPaths", lists);
  const std::string logs = list_literal(file.texts("logs"), "kLogActions", lists);
  file.finish();
  return "namespace {\n" + lists + "}  // namespace\n" +
         "std::span<const std::string_view> log_actions() { return " + logs +
         "; }\nstd::span<const std::string_view> sdk_paths() { return " + paths + "; }\n" +
         "std::span<const std::string_view> passed_members() { return " + passed + "; }\n" +
         passing.array("PassedProperties", "passed_properties") +
         implied.array("ImpliedAction", "implied_actions") + cdk.array("CdkArn", "cdk_arns") +
         aliases.array("SdkAlias", "sdk_aliases") +
         properties.array("PropertyRights", "property_rights") +
         naming.array("NamingCall", "naming_calls") +
         chosen.array("ChosenAction", "chosen_actions") +
         further.array("SourceRights", "further_source_rights") +
         sources.array("SourceRights", "source_rights") +
         targets.array("TargetRight", "target_rights") + keys.array("KeyRights", "key_rights");
}

}  // namespace fnlint::tables
