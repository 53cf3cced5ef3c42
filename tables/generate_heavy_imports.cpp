#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>
#include <map>

// data/heavy_imports.yaml: modules that cost time where they are loaded.
namespace fnlint::tables {

namespace {

std::string import_literal(Entry row, const std::string& module, std::size_t ecosystem,
                           std::string& lists) {
  static const std::vector<std::string_view> kWeights{"exempt", "light", "medium", "heavy",
                                                      "very-heavy"};
  std::string out = "    HeavyImport{.ecosystem = Ecosystem{" + std::to_string(ecosystem) + '}';
  out += ", .module = " + literal(module);
  out += ", .weight = Weight{" + std::to_string(row.word("class", kWeights)) + '}';
  out += ", .ms = " + literal(row.number("ms"));
  out += ", .size_kib = " + literal(row.number("kib"));
  out += ", .estimated = " + literal(row.flag("estimated"));
  out += ", .lighter = " + literal(row.optional_text("lighter"));
  out += ", .shaken = " + literal(row.flag("shaken"));
  const std::string number = std::to_string(std::ranges::count(lists, '\n'));
  out += ", .drop_in = " + list_literal(row.texts("drop_in"), "kDropIn" + number, lists);
  out += ", .contains = " + list_literal(row.texts("contains"), "kContains" + number, lists);
  row.finish();
  return out + "},\n";
}

}  // namespace

std::string generate_heavy_imports(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/heavy_imports.yaml").string(), "data/heavy_imports.yaml");
  std::string rows, lists;
  std::size_t count = 0, ecosystem = 0;
  for (const char* key : {"python", "javascript"}) {
    std::map<std::string, std::string> sorted;
    for (Entry& row : file.entries(key)) {
      const std::string module = row.text("module");
      if (sorted.contains(module)) row.object("this module stands here twice");
      sorted.emplace(module, import_literal(row, module, ecosystem, lists));
    }
    for (const auto& [module, text] : sorted) rows += text;
    count += sorted.size();
    ++ecosystem;
  }
  file.finish();
  return "namespace {\n" + lists + "constexpr std::array<HeavyImport, " + std::to_string(count) +
         "> kHeavyImports{{\n" + rows +
         "}};\n}  // namespace\n"
         "std::span<const HeavyImport> heavy_imports() { return kHeavyImports; }\n";
}

}  // namespace fnlint::tables
