#include "tables/generate.h"
#include "tables/yaml_reader.h"

// data/runtimes.yaml: runtimes, and the days on which they end.
namespace fnlint::tables {

namespace {

std::string runtime_literal(Entry runtime) {
  static const std::vector<std::string_view> kRuntimeLanguages{
      "python", "nodejs", "java", "dotnet", "ruby", "go", "custom"};
  static const std::vector<std::string_view> kRuntimePackages{"zip", "image"};
  std::string out = "    Runtime{.id = " + literal(runtime.text("id"));
  out += ", .language = " + literal(kRuntimeLanguages[runtime.word("language", kRuntimeLanguages)]);
  if (runtime.has("package"))
    out += ", .image_only = " + literal(runtime.word("package", kRuntimePackages) == 1);
  out += ", .in_api = " + literal(!runtime.flag("not_in_api"));
  out += ", .preview = " + literal(runtime.flag("preview"));
  out += ", .no_module_detection = " + literal(runtime.flag("no_module_detection"));
  for (const char* key : {"released", "deprecated", "block_create", "block_update"})
    out += std::string(", .") + key + " = " + literal(runtime.day(key));
  out += ", .successor = " + literal(runtime.optional_text("successor"));
  out += ", .move = " + literal(runtime.optional_text("move")) + "},\n";
  runtime.flag("snapstart");  // for policies
  runtime.finish();
  return out;
}

}  // namespace

std::string generate_runtimes(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/runtimes.yaml").string(), "data/runtimes.yaml");
  const std::optional<std::int32_t> as_of = file.day("as_of");
  if (!as_of) file.object("the key \"as_of\" is missing");
  const std::vector<Entry> entries = file.entries("runtimes");
  std::string rows;
  for (const Entry& entry : entries) rows += runtime_literal(entry);
  file.finish();
  return "namespace {\nconstexpr std::array<Runtime, " + std::to_string(entries.size()) +
         "> kRuntimes{{\n" + rows + "}};\n}  // namespace\nDay runtimes_as_of() { return " +
         std::to_string(*as_of) + "; }\n" +
         R"(std::span<const Runtime> runtimes() { return kRuntimes; }
const Runtime* find_runtime(std::string_view id) {
  const auto found = std::ranges::find(kRuntimes, id, &Runtime::id);
  return found != kRuntimes.end() ? &*found : nullptr;
}
)";
}

}  // namespace fnlint::tables
