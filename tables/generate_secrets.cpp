#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>

// data/secrets.yaml: forms and names of credentials.
namespace fnlint::tables {

namespace {

std::string form_literal(Entry row, std::string& definitions) {
  const std::string id = row.text("id");
  std::string name = "needles_of_secret_" + id;
  std::ranges::replace(name, '-', '_');
  const std::vector<std::string> needles = row.texts("needles");
  if (needles.empty()) row.object("a form without needles would be looked for everywhere");
  std::string out = "    SecretForm{.id = " + literal(id) + ", .words = " +
                    literal(row.text("words")) + ", .regex = " + literal(row.text("regex"));
  out += ", .needles = " + list_literal(needles, name, definitions);
  out += ", .group = " + std::to_string(row.number("group").value_or(0));
  out += ", .host = " + std::to_string(row.number("host").value_or(0));
  out += ", .likely = " + literal(row.flag("likely"));
  out += ", .dated = " + literal(row.flag("dated"));
  if (const std::vector<std::string> beside = row.texts("public_beside"); !beside.empty())
    out += ", .public_beside = " + list_literal(beside, name + "_public", definitions);
  out += "},\n";
  row.finish();
  return out;
}

}  // namespace

std::string generate_secrets(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/secrets.yaml").string(), "data/secrets.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string definitions, forms, names;
  std::size_t form_count = 0, name_count = 0;
  for (Entry& row : file.entries("forms")) {
    forms += form_literal(row, definitions);
    ++form_count;
  }
  for (Entry& row : file.entries("names")) {
    const std::string words = row.text("words");
    const bool chosen = row.flag("chosen"), random = row.flag("random");
    for (const std::string& ends : row.texts("ends")) {
      names += "    SecretName{.ends = " + literal(ends) + ", .words = " + literal(words) +
               ", .chosen = " + literal(chosen) + ", .random = " + literal(random) + "},\n";
      ++name_count;
    }
    row.finish();
  }
  std::string rest;
  for (const char* key :
       {"other_names", "deeds", "qualifiers", "connections", "fetches", "caches", "forever", "safe", "samples",
        "sequences", "host_names", "own_hosts", "setting_files", "text_files", "spared_files"})
    rest += std::string(", .") + key + " = " +
            list_literal(file.texts(key), std::string("secret_") + key, definitions);
  file.finish();
  return "namespace {\n" + definitions + "constexpr std::array<SecretForm, " +
         std::to_string(form_count) + "> kSecretForms{{\n" + forms +
         "}};\nconstexpr std::array<SecretName, " + std::to_string(name_count) +
         "> kSecretNames{{\n" + names +
         "}};\nconstexpr SecretTables kSecretTables{.forms = kSecretForms, .names = kSecretNames" +
         rest + "};\n}  // namespace\nconst SecretTables& secret_tables() { return kSecretTables; }\n";
}

}  // namespace fnlint::tables
