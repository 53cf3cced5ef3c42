#include "tables/generate.h"
#include "tables/yaml_reader.h"

// data/environment.yaml: variables that are there without a template.
namespace fnlint::tables {

std::string generate_environment(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/environment.yaml").string(), "data/environment.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string definitions, accessors;
  const auto add = [&](const char* key, const char* accessor) {
    const std::string name =
        list_literal(file.texts(key), std::string("kEnvironment_") + key, definitions);
    accessors += std::string("std::span<const std::string_view> ") + accessor + "() { return " +
                 name + "; }\n";
  };
  add("set", "variables_set_by_others");
  add("platform", "variables_of_platform");
  add("managed", "variables_of_managed_runtimes");
  add("local", "variables_of_local_runs");
  add("elsewhere", "variables_of_other_places");
  add("no", "words_for_no");
  add("read", "variables_read_by_others");
  add("credentials", "variables_of_credentials");
  add("loaders", "environment_loaders");
  add("fillers", "environment_fillers");
  add("processes", "modules_that_start_processes");
  file.finish();
  return "namespace {\n" + definitions + "}  // namespace\n" + accessors;
}

}  // namespace fnlint::tables
