#include "tables/generate.h"
#include "tables/template_rows.h"

#include <map>

// Defaults of the platform, rights that an invocation needs, and shapes of events.
namespace fnlint::tables {

std::string generate_platform_defaults(const std::filesystem::path& root) {
  Entry file =
      read_file((root / "data/platform_defaults.yaml").string(), "data/platform_defaults.yaml");
  file.day("as_of");
  std::map<std::pair<std::string, std::string>, std::string> rows;
  for (Entry& row : file.entries("defaults")) {
    const std::string property = row.text("property");
    const auto value = row.number("value");
    if (!value) row.object("a default needs a value");
    for (const std::string& type : row.texts("types"))
      if (!rows.emplace(std::pair(type, property), literal(value)).second)
        row.object("this default stands here twice");
    row.finish();
  }
  file.finish();
  std::string text;
  for (const auto& [key, value] : rows)
    text += "    PlatformDefault{" + literal(key.first) + ", " + literal(key.second) + ", " +
            value + "},\n";
  return "namespace {\nstruct PlatformDefault {\n  std::string_view type, property;\n"
         "  std::int64_t value;\n};\nconstexpr std::array<PlatformDefault, " +
         std::to_string(rows.size()) + "> kPlatformDefaults{{\n" + text +
         R"(}};
}  // namespace
std::optional<std::int64_t> platform_default(std::string_view type, std::string_view property) {
  const auto found = std::ranges::find_if(kPlatformDefaults, [&](const PlatformDefault& row) {
    return row.type == type && row.property == property;
  });
  if (found == kPlatformDefaults.end()) return std::nullopt;
  return found->value;
}
)";
}

std::string generate_invocation_rights(const std::filesystem::path& root) {
  Entry file =
      read_file((root / "data/invocation_rights.yaml").string(), "data/invocation_rights.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  for (Entry& row : file.entries("rights")) {
    std::string text = ", .principal = " + literal(row.text("principal"));
    const std::string action = row.optional_text("action");
    text += ", .action = " + literal(action.empty() ? "lambda:InvokeFunction" : action);
    text += ", .words = " + literal(row.text("words"));
    for (const char* key : {"role", "only_property", "only_value", "granted_by"})
      text += std::string(", .") + key + " = " + literal(row.optional_text(key));
    for (const char* key : {"asynchronous", "by_clock", "by_own_arn"})
      text += std::string(", .") + key + " = " + (row.flag(key) ? "true" : "false");
    for (const std::string& type : row.texts("types"))
      if (!rows.emplace(type, "    InvocationRight{.type = " + literal(type) + text + "},\n")
               .second)
        row.object("this type stands here twice");
    row.finish();
  }
  file.finish();
  std::string text;
  for (const auto& [type, row] : rows) text += row;
  return "namespace {\nconstexpr std::array<InvocationRight, " + std::to_string(rows.size()) +
         "> kInvocationRights{{\n" + text + "}};\n}  // namespace\n" +
         "std::span<const InvocationRight> invocation_rights() { return kInvocationRights; }\n" +
         finder_definition("InvocationRight", "find_invocation_right", "kInvocationRights", "type");
}

namespace {

// "text: A|B" as the field's kind and the texts that it may be.
std::string field_literal(const Entry& file, const YAML::Node& path, const YAML::Node& kind,
                          const std::string& id, std::string& definitions) {
  static const std::map<std::string, std::string> kFieldKinds{
      {"any", "Any"},       {"text", "Text"},   {"number", "Number"},        {"bool", "Bool"},
      {"record", "Record"}, {"texts", "Texts"}, {"attributes", "Attributes"}};
  const std::string words = kind.Scalar();
  const std::size_t colon = words.find(": ");
  const auto known = kFieldKinds.find(words.substr(0, colon));
  if (known == kFieldKinds.end()) file.object(kind, "no kind of field");
  std::vector<std::string> only;
  for (std::size_t at = colon; at != words.npos;) {
    const std::size_t from = at + (words[at] == '|' ? 1 : 2);
    at = words.find('|', from);
    only.push_back(words.substr(from, at == words.npos ? at : at - from));
  }
  return "    EventField{" + literal(path.Scalar()) + ", FieldHolds::" + known->second + ", " +
         list_literal(only, id, definitions) + "},\n";
}

}  // namespace

std::string generate_event_shapes(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/event_shapes.yaml").string(), "data/event_shapes.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  std::string definitions;
  for (Entry& row : file.entries("shapes")) {
    const std::string source = row.text("source");
    const std::string id = "kShape" + std::to_string(rows.size());
    const YAML::Node fields = row.node("fields");
    std::string list;
    std::size_t count = 0;
    for (const auto& pair : fields)
      list += field_literal(row, pair.first, pair.second, id + "Only" + std::to_string(count++),
                            definitions);
    definitions += "constexpr std::array<EventField, " + std::to_string(count) + "> " + id +
                   "{{\n" + list + "}};\n";
    if (!rows.emplace(source, "    EventShape{" + literal(source) + ", " +
                                  literal(row.text("words")) + ", " + id + "},\n")
             .second)
      row.object("this source stands here twice");
    row.finish();
  }
  file.finish();
  std::string text;
  for (const auto& [source, row] : rows) text += row;
  return "namespace {\n" + definitions + "constexpr std::array<EventShape, " +
         std::to_string(rows.size()) + "> kEventShapes{{\n" + text + "}};\n}  // namespace\n" +
         finder_definition("EventShape", "find_event_shape", "kEventShapes", "source");
}

}  // namespace fnlint::tables
