// data/known/*.yaml: a function for each list, which gives its names or rows.

#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>
#include <set>

namespace fnlint::tables {

namespace {

using Row = std::vector<std::string>;

// A row is a text, or a list of texts.
Row known_row(Entry& list, const YAML::Node& node) {
  Row row;
  if (node.IsScalar()) row.push_back(node.Scalar());
  for (const YAML::Node& cell : node) {
    if (!cell.IsScalar()) list.object(cell, "this takes a text");
    row.push_back(cell.Scalar());
  }
  if (row.empty()) list.object(node, "this takes a text, or a list of texts");
  return row;
}

std::vector<Row> known_rows(Entry& list) {
  const YAML::Node nodes = list.node("rows");
  if (!nodes.IsDefined() || !nodes.IsSequence() || nodes.size() == 0)
    list.object("the key \"rows\" takes a list");
  std::vector<Row> rows;
  for (const YAML::Node& node : nodes) {
    Row row = known_row(list, node);
    if (!rows.empty() && row.size() != rows.front().size())
      list.object(node, "the rows of a list have equally many texts");
    if (std::ranges::find(rows, row) != rows.end()) list.object(node, "this stands here twice");
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string known_literal(const Row& row) {
  std::string out;
  for (const std::string& text : row) out += (out.empty() ? "" : ", ") + literal(text);
  return row.size() == 1 ? out : "{{" + out + "}}";
}

bool is_function_name(const std::string& name) {
  return std::ranges::all_of(name, [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); });
}

std::string known_list(Entry& list, std::set<std::string>& names) {
  const std::string name = list.text("list");
  if (!is_function_name(name)) list.object(name + " is no name of a function");
  if (!names.insert(name).second) list.object(name + " stands here twice");
  list.text("says");
  list.text("source");
  const std::vector<Row> rows = known_rows(list);
  list.finish();
  const std::size_t width = rows.front().size();
  const std::string of = width == 1 ? "std::string_view"
                                    : "std::array<std::string_view, " + std::to_string(width) + ">";
  std::string out = (width == 1 ? "Words " : "Rows<" + std::to_string(width) + "> ") + name +
                    "() {\n  static constexpr std::array<" + of + ", " +
                    std::to_string(rows.size()) + "> kRows{{\n";
  for (const Row& row : rows) out += "    " + known_literal(row) + ",\n";
  return out + "  }};\n  return kRows;\n}\n";
}

}  // namespace

std::string generate_known(const std::filesystem::path& root) {
  std::string out = "namespace known {\n";
  std::set<std::string> names;
  for (const Input& input : inputs(root, "data/known")) {
    Entry file = read_file(input.path, input.shown);
    if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
    for (Entry& list : file.entries("lists")) out += known_list(list, names);
    file.finish();
  }
  return out + "}  // namespace known\n";
}

}  // namespace fnlint::tables
