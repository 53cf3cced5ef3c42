#include "tables/generate.h"
#include "tables/template_rows.h"

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
    return "namespace {\nconstexpr std::array<" + type + ", " + std::to_string(count) + "> k" +
           type + "Table{{\n" + text + "}};\n}  // namespace\nstd::span<const " + type + "> " +
           finder + "() { return k" + type + "Table; }\n";
  }
};

}  // namespace

std::string generate_role_needs(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/role_needs.yaml").string(), "data/role_needs.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string lists;
  std::size_t list_count = 0;
  const auto texts = [&](Entry& row, const char* key) {
    return list_literal(row.texts(key), "kRoleNeeds" + std::to_string(list_count++), lists);
  };
  Rows sources, targets, keys;
  for (Entry& row : file.entries("sources")) {
    sources.add(".source = " + kind_literal(row, "kind") + ", .part = " +
                    literal(row.optional_text("part")) + ", .actions = " + texts(row, "actions"),
                "SourceRights");
    row.finish();
  }
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
  file.finish();
  return "namespace {\n" + lists + "}  // namespace\n" +
         sources.array("SourceRights", "source_rights") +
         targets.array("TargetRight", "target_rights") + keys.array("KeyRights", "key_rights");
}

}  // namespace fnlint::tables
