#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>
#include <set>
#include <utility>

// Libraries that compute and ask nobody, and reads of stores: data/computing_libraries.yaml,
// data/store_reads.yaml.
namespace fnlint::tables {

namespace {

// By path, and the language that the code is written in.
std::string libraries_table(const std::set<std::pair<std::string, std::string>>& libraries) {
  std::string rows;
  std::vector<std::string> paths;
  for (const auto& [path, language] : libraries) {
    paths.push_back(path);
    rows += "    {" + literal(path) + ", Language::" + language + "},\n";
  }
  return R"(namespace {
struct ComputingLibrary {
  std::string_view path;
  Language language;  // Unknown: whatever the code is written in
};
constexpr std::array<ComputingLibrary, )" +
         std::to_string(libraries.size()) + "> kComputingLibraries{{\n" + rows + "}};\n" +
         slot_table("Library", paths) + R"(}  // namespace
bool only_computes(Language language, std::string_view path) {
  const auto is_listed = [&](std::string_view library) {
    const std::uint64_t hash = slot_hash(library);
    for (std::size_t place = hash; kLibrarySlots[place & kLibraryMask] != 0; ++place) {
      const std::uint32_t slot = kLibrarySlots[place & kLibraryMask];
      if ((slot & 0xFFFFU) != hash >> 48U) continue;
      const ComputingLibrary& row = kComputingLibraries[(slot >> 16U) - 1U];
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
}

}  // namespace

std::string generate_computing_libraries(const std::filesystem::path& root) {
  struct Group {
    const char* key;
    const char* language;
  };
  constexpr Group kGroups[] = {{"records", "Unknown"}, {"formats", "Unknown"},
                               {"times", "Unknown"},   {"tokens", "Unknown"},
                               {"others", "Unknown"},  {"python", "Python"},
                               {"java", "Java"},       {"javascript", "JavaScript"},
                               {"kotlin", "Java"},     {"go", "Go"},
                               {"csharp", "CSharp"},   {"ruby", "Ruby"},
                               {"rust", "Rust"},       {"cpp", "Cpp"}};
  const std::string shown = "data/computing_libraries.yaml";
  Entry file = read_file((root / shown).string(), shown);
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::set<std::pair<std::string, std::string>> libraries;
  for (const Group& group : kGroups)
    for (std::string& library : file.texts(group.key))
      if (!libraries.emplace(std::move(library), group.language).second)
        file.object(std::string("a row of \"") + group.key + "\" stands there twice");
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
  return libraries_table(libraries) + "namespace {\n" + definitions + R"(}  // namespace
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
