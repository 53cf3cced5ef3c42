// data/policy_tables.yaml: lists that policies name.
#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>

namespace fnlint::tables {

std::string generate_policy_tables(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/policy_tables.yaml").string(), "data/policy_tables.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string definitions, rows;
  std::vector<Entry> tables = file.entries("tables");
  std::vector<std::pair<std::string, std::string>> made;
  for (Entry& table : tables) {
    const std::string name = table.text("name");
    table.text("source");
    std::vector<std::string> texts = table.texts("rows");
    if (texts.empty()) table.object("the table has no rows");
    std::ranges::sort(texts);
    if (std::ranges::adjacent_find(texts) != texts.end()) table.object("a row stands twice");
    table.finish();
    std::string array = "policy_table_" + name;
    std::ranges::replace(array, '-', '_');
    made.emplace_back(name, "    PolicyTable{.name = " + literal(name) +
                                ", .rows = " + list_literal(texts, array, definitions) + "},\n");
  }
  file.finish();
  std::ranges::sort(made);
  for (const auto& [name, row] : made) rows += row;
  return "namespace {\n" + definitions + "constexpr std::array<PolicyTable, " +
         std::to_string(made.size()) + "> kPolicyTables{{\n" + rows + R"(}};
}  // namespace
std::span<const PolicyTable> policy_tables() { return kPolicyTables; }
)";
}

}  // namespace fnlint::tables
