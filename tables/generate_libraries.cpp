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

std::string generate_store_reads(const std::filesystem::path& root) {
  const std::string shown = "data/store_reads.yaml";
  Entry file = read_file((root / shown).string(), shown);
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string definitions, accessors;
  const auto add = [&](const char* key, const std::string& accessor) {
    const std::string name =
        list_literal(file.texts(key), std::string("kStore_") + key, definitions);
    accessors += "std::span<const std::string_view> " + accessor + "() { return " + name + "; }\n";
  };
  add("services", "storing_services");
  add("reads", "store_reads");
  add("gets", "store_gets");
  add("claims", "store_claims");
  add("claims_beside", "store_claims_beside");
  file.finish();
  return "namespace {\n" + definitions + "}  // namespace\n" + accessors;
}

}  // namespace fnlint::tables
