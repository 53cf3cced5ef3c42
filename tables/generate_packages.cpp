#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>
#include <map>
#include <set>

// data/packages.yaml: what is known of published packages.
namespace fnlint::tables {

namespace {

struct RegistryWord {
  const char* key;
  const char* name;
};
constexpr RegistryWord kRegistries[] = {{"python", "Python"}, {"npm", "Npm"},   {"maven", "Maven"},
                                        {"nuget", "NuGet"},   {"ruby", "RubyGems"}};
const std::vector<std::string_view> kDependencyKinds{"repository", "environment", "cache",
                                                     "tests",      "documents",   "source-maps"};
constexpr const char* kKindNames[] = {"Repository", "Environment", "Cache",
                                      "Tests",      "Documents",   "SourceMaps"};

std::string row_literal(Entry& row, const RegistryWord& registry, const std::string& name,
                        std::string& definitions) {
  static int count = 0;
  const std::string id = "kPackageList" + std::to_string(count++);
  std::string out = std::string("    PackageFact{.registry = Registry::") + registry.name;
  out += ", .name = " + literal(name);
  out += ", .modules = " + list_literal(row.texts("modules"), id + "m", definitions);
  const bool known = row.has("needs");
  out += ", .needs = " + list_literal(row.texts("needs"), id + "n", definitions);
  out += ", .needs_known = " + literal(known);
  out += ", .tool = " + literal(row.flag("tool"));
  out += ", .declares = " + literal(row.flag("declares"));
  out += ", .by_name = " + literal(row.flag("by_name"));
  if (const std::string client = row.optional_text("client"); !client.empty())
    out += ", .client = " + literal(client);
  out += ", .kib = " + literal(row.number("kib"));
  out += ", .recalled = " + literal(row.flag("recalled")) + "},\n";
  row.finish();
  return out;
}

std::string packages(Entry& file) {
  std::string rows, definitions, wide;
  std::size_t count = 0, wide_count = 0;
  for (const RegistryWord& registry : kRegistries) {  // in the order of Registry
    std::map<std::string, std::string> sorted;
    for (Entry& row : file.entries(registry.key)) {
      const std::string name = row.text("name");
      if (!sorted.emplace(name, row_literal(row, registry, name, definitions)).second)
        row.object(name + " stands here twice");
    }
    const std::vector<std::string> tools = file.texts(std::string(registry.key) + "_tools");
    for (const std::string& name : tools)
      sorted.emplace(name, std::string("    PackageFact{.registry = Registry::") + registry.name +
                               ", .name = " + literal(name) + ", .tool = true},\n");
    for (const auto& [name, text] : sorted) {
      rows += text;
      if (name.ends_with('*')) {
        wide += std::to_string(count) + ", ";
        ++wide_count;
      }
      ++count;
    }
  }
  return "namespace {\n" + definitions + "constexpr std::array<PackageFact, " +
         std::to_string(count) + "> kPackages{{\n" + rows +
         "}};\nconstexpr std::array<std::size_t, " + std::to_string(wide_count) +
         "> kWidePackages{" + wide + "};\n}  // namespace\n";
}

std::string standard_modules(Entry& file) {
  std::string out = "namespace {\n";
  for (const RegistryWord& registry : kRegistries) {
    const std::vector<std::string> names = file.texts(std::string(registry.key) + "_standard");
    const std::set<std::string> sorted(names.begin(), names.end());
    out += "constexpr std::array<std::string_view, " + std::to_string(sorted.size()) +
           "> kStandard" + registry.name + "{";
    for (const std::string& name : sorted) out += literal(name) + ", ";
    out += "};\n";
  }
  out += "}  // namespace\nbool is_standard_module(Registry registry, std::string_view module) {\n";
  for (const RegistryWord& registry : kRegistries)
    out += std::string("  if (registry == Registry::") + registry.name +
           ") return std::ranges::binary_search(kStandard" + registry.name + ", module);\n";
  return out + "  return false;\n}\n";
}

std::string runtime_packages_literal(Entry& file) {
  std::string rows;
  std::size_t count = 0;
  for (const RegistryWord& registry : kRegistries)
    for (Entry& row : file.entries(std::string(registry.key) + "_runtime")) {
      const std::string since = row.optional_text("since"), until = row.optional_text("until");
      const bool sdk = row.flag("sdk"), inline_only = row.flag("inline_only");
      for (const std::string& name : row.texts("names")) {
        rows += std::string("    RuntimePackage{.registry = Registry::") + registry.name +
                ", .name = " + literal(name) + ", .since = " + literal(since) +
                ", .until = " + literal(until) + ", .sdk = " + literal(sdk) +
                ", .inline_only = " + literal(inline_only) + "},\n";
        ++count;
      }
      row.finish();
    }
  return "namespace {\nconstexpr std::array<RuntimePackage, " + std::to_string(count) +
         "> kRuntimePackages{{\n" + rows +
         "}};\n}  // namespace\nstd::span<const RuntimePackage> runtime_packages() { return "
         "kRuntimePackages; }\n";
}

std::string build_rules(Entry& file) {
  std::string rows, definitions;
  std::size_t count = 0;
  for (Entry& row : file.entries("builds")) {
    const std::string id = "kLeftOut" + std::to_string(count);
    const std::vector<std::string> left = row.texts("leaves_out");
    const std::string manifest = row.optional_text("manifest");
    const bool packs = row.flag("packs"), compiles = row.flag("compiles"), calls = row.flag("calls");
    const std::string list = list_literal(left, id, definitions);
    for (const std::string& runtime : row.texts("runtimes")) {
      rows += "    BuildRule{.runtime = " + literal(runtime) + ", .manifest = " +
              literal(manifest) + ", .leaves_out = " + list + ", .packs = " + literal(packs) +
              ", .compiles = " + literal(compiles) + ", .calls = " + literal(calls) + "},\n";
      ++count;
    }
    row.finish();
  }
  return "namespace {\n" + definitions + "constexpr std::array<BuildRule, " +
         std::to_string(count) + "> kBuildRules{{\n" + rows + "}};\n}  // namespace\n";
}

std::string unneeded(Entry& file) {
  std::string rows;
  std::size_t count = 0;
  for (Entry& row : file.entries("unneeded")) {
    const std::size_t kind = row.word("kind", kDependencyKinds);
    for (const bool folder : {true, false})
      for (const std::string& name : row.texts(folder ? "folders" : "files")) {
        rows += std::string("    UnneededName{UnneededKind::") + kKindNames[kind] + ", " +
                literal(name) + ", " + literal(folder) + "},\n";
        ++count;
      }
    row.finish();
  }
  return "namespace {\nconstexpr std::array<UnneededName, " + std::to_string(count) +
         "> kUnneeded{{\n" + rows +
         "}};\n}  // namespace\nstd::span<const UnneededName> unneeded_names() { return kUnneeded; "
         "}\n";
}

std::string retired(Entry& file) {
  static const std::vector<std::string_view> kWords{"python", "npm",  "maven",
                                                    "nuget",  "ruby", "go"};
  constexpr const char* kNames[] = {"Python", "Npm", "Maven", "NuGet", "RubyGems", "Go"};
  std::string rows, definitions;
  std::size_t count = 0;
  for (Entry& row : file.entries("retired")) {
    const std::string id = "kRetired" + std::to_string(count++);
    rows +=
        std::string("    RetiredSdk{.registry = Registry::") + kNames[row.word("registry", kWords)];
    for (const char* key : {"names", "imports", "but"})
      rows +=
          std::string(", .") + key + " = " + list_literal(row.texts(key), id + key, definitions);
    const std::optional<std::int32_t> ended = row.day("ended");
    if (!ended) row.object("the key \"ended\" is missing");
    rows += ", .ended = " + std::to_string(ended.value_or(0));
    rows += ", .words = " + literal(row.text("words")) +
            ", .instead = " + literal(row.text("instead")) + "},\n";
    row.finish();
  }
  return "namespace {\n" + definitions + "constexpr std::array<RetiredSdk, " +
         std::to_string(count) + "> kRetiredSdks{{\n" + rows +
         "}};\n}  // namespace\nstd::span<const RetiredSdk> retired_sdks() { return kRetiredSdks; "
         "}\n";
}

// Names of one kind, and the function that gives them.
std::string name_list(Entry& file, std::string_view key, const std::string& function) {
  std::string definitions;
  const std::string list = list_literal(file.texts(key), "k_" + function, definitions);
  return "namespace {\n" + definitions + "}  // namespace\nstd::span<const std::string_view> " +
         function + "() { return " + list + "; }\n";
}

}  // namespace

std::string generate_packages(const std::filesystem::path& root) {
  const std::string shown = "data/packages.yaml";
  Entry file = read_file((root / shown).string(), shown);
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string out = packages(file) + standard_modules(file) + runtime_packages_literal(file) +
                    build_rules(file) + unneeded(file) + retired(file) +
                    name_list(file, "bare_images", "bare_images") +
                    name_list(file, "client_words", "client_words") +
                    name_list(file, "plain_folders", "plain_folder_names") +
                    name_list(file, "test_folders", "test_folder_names") +
                    name_list(file, "aside_folders", "aside_folder_names");
  file.finish();
  return out + R"(
const PackageFact* find_package(Registry registry, std::string_view name) {
  const auto before = [](const PackageFact& row, std::pair<Registry, std::string_view> wanted) {
    return std::pair(row.registry, row.name) < wanted;
  };
  const auto found = std::lower_bound(kPackages.begin(), kPackages.end(),
                                      std::pair(registry, name), before);
  if (found != kPackages.end() && found->registry == registry && found->name == name)
    return &*found;
  for (const std::size_t i : kWidePackages) {
    const PackageFact& row = kPackages[i];
    if (row.registry == registry && name.starts_with(row.name.substr(0, row.name.size() - 1)))
      return &row;
  }
  return nullptr;
}
std::vector<const PackageFact*> packages_of_module(Registry registry, std::string_view module) {
  // By the names of modules, "-" and "_" being one: each of a name is looked at more closely.
  static const std::multimap<std::string, const PackageFact*> kByModule = [] {
    std::multimap<std::string, const PackageFact*> rows;
    for (const PackageFact& row : kPackages) {
      if (row.name.ends_with('*') || row.tool) continue;
      for (const std::string_view one : row.modules) rows.emplace(replace_all(one, "-", "_"), &row);
      if (row.modules.empty()) rows.emplace(replace_all(row.name, "-", "_"), &row);
    }
    return rows;
  }();
  std::vector<const PackageFact*> found;
  const auto [first, last] = kByModule.equal_range(replace_all(module, "-", "_"));
  for (auto at = first; at != last; ++at) {
    const PackageFact& row = *at->second;
    if (row.registry != registry) continue;
    bool brings = std::ranges::find(row.modules, module) != row.modules.end();
    if (row.modules.empty()) {
      brings = row.name.size() == module.size();
      for (std::size_t i = 0; brings && i < module.size(); ++i)
        brings = row.name[i] == module[i] || (row.name[i] == '-' && module[i] == '_');
    }
    if (brings && (found.empty() || found.back() != &row)) found.push_back(&row);
  }
  return found;
}
const BuildRule* find_build_rule(std::string_view runtime) {
  for (const BuildRule& row : kBuildRules)
    if (runtime.starts_with(row.runtime)) return &row;
  return nullptr;
}
)";
}

}  // namespace fnlint::tables
