#include "tables/generate.h"
#include "tables/yaml_reader.h"

namespace fnlint::tables {

std::string generate_computing_libraries(const std::filesystem::path& root) {
  const std::string shown = "data/computing_libraries.yaml";
  Entry file = read_file((root / shown).string(), shown);
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::vector<std::string> libraries;
  for (const char* group : {"records", "formats", "times", "tokens", "others"})
    for (std::string& library : file.texts(group)) libraries.push_back(std::move(library));
  file.finish();
  std::string definitions;
  const std::string name = list_literal(libraries, "kComputingLibraries", definitions);
  return "namespace {\n" + definitions +
         "}  // namespace\nstd::span<const std::string_view> computing_libraries() { return " + name +
         "; }\n";
}

}  // namespace fnlint::tables
