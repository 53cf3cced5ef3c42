#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <map>

// What of each language's library came when, how its handlers look, and which of its methods take
// them.
namespace fnlint::tables {

namespace {

struct LanguageWord {
  const char* key;
  const char* name;
};
constexpr LanguageWord kLanguages[] = {
    {"python", "Python"}, {"javascript", "JavaScript"}, {"java", "Java"}, {"go", "Go"},
    {"csharp", "CSharp"}, {"ruby", "Ruby"},             {"rust", "Rust"}, {"cpp", "Cpp"}};

// What stands behind the path.
std::string version_literal(Entry& row) {
  const std::string since = row.optional_text("since"), until = row.optional_text("until");
  if (since.empty() && until.empty()) row.object("since or until is missing");
  std::string out;
  if (!since.empty()) out += ", .since = " + literal(since);
  if (!until.empty()) out += ", .until = " + literal(until);
  out += ", .package = " + literal(row.flag("package"));
  out += ", .remedy = " + literal(row.optional_text("remedy")) + "},\n";
  row.finish();
  return out;
}

std::string form_literal(Entry row, const char* language, std::string& definitions) {
  std::string out = std::string("    HandlerContract{.language = Language::") + language;
  out += ", .given = " + std::to_string(row.number("given").value_or(-1));
  out += ", .named = " +
         list_literal(row.texts("named"), std::string("named_of_") + language, definitions);
  out += ", .by_file = " + literal(row.flag("by_file"));
  out += ", .may_be_async = " + literal(!row.flag("never_async"));
  out += ", .may_generate = " + literal(row.flag("may_generate"));
  out += ", .cold_tasks = " + literal(row.flag("cold_tasks"));
  const auto list = [&](const char* key) {
    return list_literal(row.texts(key), std::string(key) + "_of_" + language, definitions);
  };
  out += ", .forms = " + list("forms");
  out += ", .context = " + literal(row.optional_text("context"));
  out += ", .only_public = " + literal(row.flag("only_public"));
  out += ", .one_overload = " + literal(row.flag("one_overload"));
  out += ", .awaits_tasks_only = " + literal(row.flag("awaits_tasks_only"));
  out += ", .handler_types = " + list("handler_types");
  out += ", .called_by_generated = " + list("called_by_generated");
  out += ", .made_without_arguments = " + list("made_without_arguments");
  out += ", .plain_bases = " + list("plain_bases");
  out += ", .callbacks_until = " + literal(row.optional_text("callbacks_until"));
  out += ", .context_answers = " + list("context_answers");
  out += ", .leaves_loop = " + list("leaves_loop");
  out += ", .unserializable = " + list("unserializable");
  out += ", .promises_since = " + literal(row.optional_text("promises_since")) + "},\n";
  row.finish();
  return out;
}

}  // namespace

std::string generate_library_versions(const std::filesystem::path& root) {
  const std::string shown = "data/library_versions.yaml";
  Entry file = read_file((root / shown).string(), shown);
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string rows;
  std::size_t count = 0;
  for (const LanguageWord& language : kLanguages) {  // in the order of Language
    std::map<std::string, std::string> sorted;
    for (Entry& row : file.entries(language.key)) {
      const std::vector<std::string> paths = row.texts("paths");
      if (paths.empty()) row.object("paths is missing");
      const std::string rest = version_literal(row);
      for (const std::string& path : paths)
        if (!sorted.emplace(path, ".path = " + literal(path) + rest).second)
          row.object(path + " stands here twice");
    }
    for (const auto& [path, text] : sorted)
      rows += std::string("    LibraryVersion{.language = Language::") + language.name + ", " + text;
    count += sorted.size();
  }
  file.finish();
  return "namespace {\nconstexpr std::array<LibraryVersion, " + std::to_string(count) +
         "> kLibraryVersions{{\n" + rows + R"(}};
}  // namespace
std::span<const LibraryVersion> library_versions() { return kLibraryVersions; }
const LibraryVersion* find_library_version(Language language, std::string_view path) {
  const auto before = [](const LibraryVersion& row, std::pair<Language, std::string_view> wanted) {
    return std::pair(row.language, row.path) < wanted;
  };
  const auto found = std::lower_bound(kLibraryVersions.begin(), kLibraryVersions.end(),
                                      std::pair(language, path), before);
  return found != kLibraryVersions.end() && found->language == language && found->path == path
             ? &*found
             : nullptr;
}
)";
}

std::string generate_handler_contracts(const std::filesystem::path& root) {
  const std::string shown = "data/handler_contracts.yaml";
  Entry file = read_file((root / shown).string(), shown);
  std::string rows, definitions;
  std::size_t count = 0;
  for (const LanguageWord& language : kLanguages) {
    std::optional<Entry> row = file.entry(language.key);
    if (!row) continue;
    rows += form_literal(*row, language.name, definitions);
    ++count;
  }
  file.finish();
  return "namespace {\n" + definitions + "constexpr std::array<HandlerContract, " +
         std::to_string(count) + "> kHandlerContracts{{\n" + rows + R"(}};
}  // namespace
const HandlerContract* find_handler_contract(Language language) {
  const auto found = std::ranges::find(kHandlerContracts, language, &HandlerContract::language);
  return found != kHandlerContracts.end() ? &*found : nullptr;
}
namespace {
std::vector<int> numbers_in(std::string_view text) {
  std::vector<int> numbers;
  bool open = false;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !open) numbers.push_back(0);
    if (digit && numbers.back() < 100000) numbers.back() = numbers.back() * 10 + (c - '0');
    if (!digit && c != '.') break;
    open = digit;
  }
  return numbers;
}
}  // namespace
std::vector<int> version_numbers(std::string_view text) { return numbers_in(text); }
std::vector<int> version_of_runtime(std::string_view runtime) {
  const std::size_t digit = runtime.find_first_of("0123456789");
  if (runtime.starts_with("provided")) return {};  // what runs in it is its own
  return digit == std::string_view::npos ? std::vector<int>{} : numbers_in(runtime.substr(digit));
}
bool is_before(const std::vector<int>& runtime, std::string_view version) {
  const std::vector<int> wanted = numbers_in(version);
  for (std::size_t i = 0; i < runtime.size() && i < wanted.size(); ++i)
    if (runtime[i] != wanted[i]) return runtime[i] < wanted[i];
  return false;
}
)";
}

std::string generate_handler_signatures(const std::filesystem::path& root) {
  const std::string shown = "data/handler_signatures.yaml";
  Entry file = read_file((root / shown).string(), shown);
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string rows, signs, definitions;
  std::size_t count = 0, sign_count = 0;
  Entry languages = file.entry("languages").value_or(file);
  for (const LanguageWord& language : kLanguages) {
    std::optional<Entry> row = languages.entry(language.key);
    if (!row) continue;
    rows += std::string("    HandlerSignature{.language = Language::") + language.name;
    for (const char* const key :
         {"names", "telling", "event", "context", "own", "others", "runtime"})
      rows += std::string(", .") + key + " = " +
              list_literal(row->texts(key), std::string(key) + "_in_" + language.name, definitions);
    rows += "},\n";
    row->finish();
    ++count;
  }
  languages.finish();
  for (Entry& row : file.entries("events")) {
    const std::string type = row.text("type");
    signs +=
        "    EventSign{.type = " + literal(type) + ", .source = " + literal(row.text("source"));
    for (const char* const key : {"classes", "members"})
      signs += std::string(", .") + key + " = " +
               list_literal(row.texts(key), std::string(key) + "_of_" + type, definitions);
    signs += "},\n";
    row.finish();
    ++sign_count;
  }
  file.finish();
  return "namespace {\n" + definitions + "constexpr std::array<HandlerSignature, " +
         std::to_string(count) + "> kHandlerSignatures{{\n" + rows +
         "}};\nconstexpr std::array<EventSign, " + std::to_string(sign_count) +
         "> kEventSigns{{\n" + signs + R"(}};
}  // namespace
const HandlerSignature* find_handler_signature(Language language) {
  const auto found = std::ranges::find(kHandlerSignatures, language, &HandlerSignature::language);
  return found != kHandlerSignatures.end() ? &*found : nullptr;
}
std::span<const EventSign> event_signs() { return kEventSigns; }
)";
}

}  // namespace fnlint::tables
