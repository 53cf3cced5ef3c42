#include "tables/generate.h"
#include "tables/model_rows.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint::tables {

namespace {

// The members of LibraryModel in their order, as designated initialisers want them.
constexpr std::array kFields =
    std::to_array<std::string_view>({"operation",   "command", "effect_of", "members_in_first",
                                     "target",      "key",     "returns",   "computes",
                                     "of",          "store",   "into",      "store_key",
                                     "store_value", "invokes", "with",      "times",
                                     "wraps",       "guard",   "origin",    "kind",
                                     "task",        "raises",  "under",     "guard_of",
                                     "attribute"});

std::string row_literal(const ModelRow& row) {
  std::string out = "    LibraryModel{.language = Language::";
  out += row.language == ModelLanguage::Python ? "Python" : "JavaScript";
  out += ", .path = " + literal(row.path);
  for (const std::string_view name : kFields) {
    const auto found = row.fields.find(name);
    if (found != row.fields.end()) out += ", ." + std::string(name) + " = " + found->second;
  }
  return out + "},\n";
}

void append(std::vector<ModelRow>& rows, std::vector<ModelRow> more) {
  std::ranges::move(more, std::back_inserter(rows));
}

std::vector<ModelRow> read_models(const std::filesystem::path& root,
                                  const std::vector<OperationRow>& operations) {
  std::vector<ModelRow> rows;
  for (const Input& input : inputs(root, "data/models")) {
    Entry file = read_file(input.path, input.shown);
    for (Entry& service : file.entries("services"))
      append(rows, expand_service(service, operations));
    for (Entry& entry : file.entries("python"))
      append(rows, read_model(ModelLanguage::Python, entry));
    for (Entry& entry : file.entries("javascript"))
      append(rows, read_model(ModelLanguage::JavaScript, entry));
    file.finish();
  }
  return rows;
}

void check_operations(const std::vector<ModelRow>& rows,
                      const std::vector<OperationRow>& operations) {
  std::set<std::string> known;
  for (const OperationRow& operation : operations) known.insert(literal(operation.id));
  for (const ModelRow& row : rows)
    for (const char* field : {"operation", "command"}) {
      const auto found = row.fields.find(field);
      if (found != row.fields.end() && !known.contains(found->second))
        throw Mistake(row.where + ": no operation is called " + found->second);
    }
}

bool before(const ModelRow& a, const ModelRow& b) {
  return a.language != b.language ? a.language < b.language : a.path < b.path;
}

}  // namespace

std::string generate_models(const std::filesystem::path& root) {
  const std::vector<OperationRow> operations = read_operations(root);
  std::vector<ModelRow> rows = read_models(root, operations);
  check_operations(rows, operations);
  std::ranges::stable_sort(rows, before);
  const auto twice = std::ranges::adjacent_find(
      rows, [](const ModelRow& a, const ModelRow& b) { return !before(a, b); });
  if (twice != rows.end())
    throw Mistake(std::next(twice)->where + ": a row of " + literal(twice->path) + " stands at " +
                  twice->where + " too");
  std::string text;
  for (const ModelRow& row : rows) text += row_literal(row);
  return operations_table(operations) + "namespace {\nconstexpr std::array<LibraryModel, " +
         std::to_string(rows.size()) + "> kLibraryModels{{\n" + text + R"(}};
}  // namespace
std::span<const LibraryModel> library_models() { return kLibraryModels; }
const LibraryModel* find_library_model(Language language, std::string_view path) {
  const auto before = [](const LibraryModel& row, std::pair<Language, std::string_view> wanted) {
    return std::pair(row.language, row.path) < wanted;
  };
  const auto found = std::lower_bound(kLibraryModels.begin(), kLibraryModels.end(),
                                      std::pair(language, path), before);
  return found != kLibraryModels.end() && found->language == language && found->path == path
             ? &*found
             : nullptr;
}
)";
}

std::string generate_event_attributes(const std::filesystem::path& root) {
  const std::string shown = "data/event_attributes.yaml";
  Entry file = read_file((root / shown).string(), shown);
  std::map<std::string, std::string> sorted;
  for (Entry& row : file.entries("attributes")) {
    const std::string name = row.text("name");
    if (!sorted.emplace(name, row.text("path")).second)
      row.object("this attribute stands here twice");
    row.finish();
  }
  file.finish();
  std::string rows;
  for (const auto& [name, path] : sorted)
    rows += "    EventAttribute{.name = " + literal(name) + ", .path = " + literal(path) + "},\n";
  return "namespace {\nconstexpr std::array<EventAttribute, " + std::to_string(sorted.size()) +
         "> kEventAttributes{{\n" + rows + R"(}};
}  // namespace
const EventAttribute* find_event_attribute(std::string_view name) {
  const auto found = std::ranges::lower_bound(kEventAttributes, name, {}, &EventAttribute::name);
  return found != kEventAttributes.end() && found->name == name ? &*found : nullptr;
}
)";
}

}  // namespace fnlint::tables
