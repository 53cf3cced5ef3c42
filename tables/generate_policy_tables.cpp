// data/policy_tables.yaml: lists that policies name.
#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>

namespace fnlint::tables {

namespace {

struct PolicyList {
  std::string name;
  std::vector<std::string> rows;

  friend auto operator<=>(const PolicyList&, const PolicyList&) = default;
};

PolicyList written_list(Entry table) {
  PolicyList list{table.text("name"), table.texts("rows")};
  table.text("source");
  if (list.rows.empty()) table.object("the table has no rows");
  std::ranges::sort(list.rows);
  if (std::ranges::adjacent_find(list.rows) != list.rows.end()) table.object("a row stands twice");
  table.finish();
  return list;
}

// What data/runtimes.yaml says of them, which stands there with its sources.
void add_runtimes(const std::filesystem::path& root, std::vector<PolicyList>& lists) {
  Entry file = read_file((root / "data/runtimes.yaml").string(), "data/runtimes.yaml");
  PolicyList all{"runtimes", {}}, snapshots{"snapstart-runtimes", {}};
  for (Entry& runtime : file.entries("runtimes")) {
    all.rows.push_back(runtime.text("id"));
    if (runtime.flag("snapstart")) snapshots.rows.push_back(runtime.text("id"));
  }
  for (PolicyList* list : {&all, &snapshots}) {
    std::ranges::sort(list->rows);
    lists.push_back(std::move(*list));
  }
}

}  // namespace

std::string generate_policy_tables(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/policy_tables.yaml").string(), "data/policy_tables.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::vector<PolicyList> lists;
  for (const Entry& table : file.entries("tables")) lists.push_back(written_list(table));
  file.finish();
  add_runtimes(root, lists);
  std::ranges::sort(lists);
  std::string definitions, rows;
  for (const auto& [name, texts] : lists) {
    std::string array = "policy_table_" + name;
    std::ranges::replace(array, '-', '_');
    rows += "    PolicyTable{.name = " + literal(name) +
            ", .rows = " + list_literal(texts, array, definitions) + "},\n";
  }
  return "namespace {\n" + definitions + "constexpr std::array<PolicyTable, " +
         std::to_string(lists.size()) + "> kPolicyTables{{\n" + rows + R"(}};
}  // namespace
std::span<const PolicyTable> policy_tables() { return kPolicyTables; }
)";
}

}  // namespace fnlint::tables
