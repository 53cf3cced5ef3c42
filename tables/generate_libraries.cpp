#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>
#include <set>
#include <utility>

// Libraries that compute and ask nobody, libraries that act outside of the project, and reads of
// stores: data/computing_libraries.yaml, data/outside_libraries.yaml, data/store_reads.yaml.
namespace fnlint::tables {

namespace {

using Libraries = std::set<std::pair<std::string, std::string>>;  // path, language

// `asks` of a path and the language that the code is written in: whether the table has it, or what
// it is below of. `name` makes what the table consists of unique.
std::string libraries_table(const Libraries& libraries, const std::string& name,
                            const std::string& asks) {
  std::string rows;
  std::vector<std::string> paths;
  for (const auto& [path, language] : libraries) {
    paths.push_back(path);
    rows += "    {" + literal(path) + ", Language::" + language + "},\n";
  }
  std::string table = R"(namespace {
struct NAMELibrary {
  std::string_view path;
  Language language;  // Unknown: whatever the code is written in
};
constexpr std::array<NAMELibrary, SIZE> kNAMELibraries{{
ROWS}};
SLOTS}  // namespace
bool ASKS(Language language, std::string_view path) {
  const auto is_listed = [&](std::string_view library) {
    const std::uint64_t hash = slot_hash(library);
    for (std::size_t place = hash; kNAMESlots[place & kNAMEMask] != 0; ++place) {
      const std::uint32_t slot = kNAMESlots[place & kNAMEMask];
      if ((slot & 0xFFFFU) != hash >> 48U) continue;
      const NAMELibrary& row = kNAMELibraries[(slot >> 16U) - 1U];
      if (row.path == library && (language == Language::Unknown ||
                                  row.language == Language::Unknown || row.language == language))
        return true;
    }
    return false;
  };
  if (is_listed(path)) return true;
  for (std::size_t at = path.find_first_of(".:/("); at != path.npos;
       at = path.find_first_of(".:/(", at + 1))
    if (at > 0 && is_listed(path.substr(0, at))) return true;
  return false;
}
)";
  const auto put = [&](std::string_view word, const std::string& text) {
    for (std::size_t at = table.find(word); at != table.npos; at = table.find(word, at))
      table.replace(at, word.size(), text), at += text.size();
  };
  put("NAME", name);
  put("SIZE", std::to_string(libraries.size()));
  put("ASKS", asks);
  put("SLOTS", slot_table(name, paths));
  put("ROWS", rows);
  return table;
}

void add_libraries(Entry& file, const char* key, const char* language, Libraries& libraries) {
  for (std::string& library : file.texts(key))
    if (!libraries.emplace(std::move(library), language).second)
      file.object(std::string("a row of \"") + key + "\" stands there twice");
}

void add_by_language(Entry& file, Libraries& libraries) {
  struct Group {
    const char* key;
    const char* language;
  };
  constexpr Group kGroups[] = {{"python", "Python"}, {"java", "Java"}, {"javascript", "JavaScript"},
                               {"kotlin", "Java"},   {"go", "Go"},     {"csharp", "CSharp"},
                               {"ruby", "Ruby"},     {"rust", "Rust"}, {"cpp", "Cpp"}};
  for (const Group& group : kGroups) add_libraries(file, group.key, group.language, libraries);
}

}  // namespace

std::string generate_computing_libraries(const std::filesystem::path& root) {
  const std::string shown = "data/computing_libraries.yaml";
  Entry file = read_file((root / shown).string(), shown);
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  Libraries libraries;
  for (const char* key : {"records", "formats", "times", "tokens", "others"})
    add_libraries(file, key, "Unknown", libraries);
  add_by_language(file, libraries);
  std::string definitions;
  const auto sorted = [&](const char* key, const char* name) {
    std::vector<std::string> words = file.texts(key);
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return list_literal(words, name, definitions);
  };
  const std::string errors = sorted("errors", "kErrorEndings"), sdks = sorted("sdks", "kSdks"),
                    services = sorted("services", "kServiceSdks"),
                    reading = sorted("reading", "kReadingVerbs"),
                    setting = sorted("setting", "kSettingVerbs"),
                    settled = sorted("settled", "kSettledOperations"),
                    methods = sorted("methods", "kMildMethods"),
                    releases = sorted("releases", "kReleases");
  file.finish();
  return libraries_table(libraries, "Computing", "only_computes") + "namespace {\n" + definitions +
         R"(}  // namespace
bool makes_error(std::string_view path) {
  return std::ranges::any_of()" +
         errors + R"(, [&](std::string_view end) { return path.ends_with(end); });
}
bool is_of_sdk(std::string_view path) {
  return std::ranges::any_of()" +
         sdks + R"(, [&](std::string_view begin) { return path.starts_with(begin); });
}
bool is_of_service(std::string_view path) {
  return std::ranges::any_of()" +
         services + R"(, [&](std::string_view begin) { return path.starts_with(begin); });
}
bool only_reads(std::string_view operation) {
  return std::ranges::any_of()" +
         reading + R"(, [&](std::string_view verb) { return operation.starts_with(verb); });
}
bool leaves_the_same(std::string_view operation) {
  return std::ranges::any_of()" +
         setting + R"(, [&](std::string_view verb) { return operation.starts_with(verb); }) ||
         std::ranges::binary_search()" +
         settled + R"(, operation);
}
bool changes_itself_alone(std::string_view method) {
  return std::ranges::binary_search()" +
         methods + R"(, method);
}
bool only_releases(std::string_view method) {
  return std::ranges::binary_search()" +
         releases + R"(, method);
}
)";
}

std::string generate_outside_libraries(const std::filesystem::path& root) {
  const std::string shown = "data/outside_libraries.yaml";
  Entry file = read_file((root / shown).string(), shown);
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  Libraries libraries;
  add_by_language(file, libraries);
  file.finish();
  return libraries_table(libraries, "Outside", "acts_outside");
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
