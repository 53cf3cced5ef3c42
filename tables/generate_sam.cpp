#include "tables/generate.h"
#include "tables/template_rows.h"

#include <map>

// What SAM makes of its resources, events and connectors.
namespace fnlint::tables {

namespace {

std::string renames_literal(Entry& row, const std::string& id, std::string& definitions) {
  const YAML::Node renames = row.node("renames");
  if (!renames.IsDefined()) return "{}";
  if (!renames.IsMap()) row.object(renames, "\"renames\" takes a map");
  std::string rows;
  for (const auto& pair : renames)
    rows += "    Rename{" + literal(pair.first.Scalar()) + ", " + literal(pair.second.Scalar()) +
            "},\n";
  definitions += "constexpr std::array<Rename, " + std::to_string(renames.size()) + "> " + id +
                 "Renames{{\n" + rows + "}};\n";
  return id + "Renames";
}

std::string event_literal(Entry& row, const std::string& type, const std::string& id,
                          std::string& definitions) {
  static const std::vector<std::string_view> kForms{
      "notification", "mapping", "subscription", "rule", "schedule", "api", "direct"};
  static const std::vector<std::string_view> kNames{
      "Notification", "Mapping", "Subscription", "Rule", "Schedule", "Api", "Direct"};
  std::string text = "    SamEvent{.type = " + literal(type);
  text += ", .form = EventForm::" + std::string(kNames[row.word("form", kForms)]);
  text += ", .source = " + literal(row.optional_text("source"));
  if (row.has("kind")) text += ", .kind = " + kind_literal(row, "kind");
  for (const char* key : {"generates", "implicit", "implicit_type"})
    text += std::string(", .") + key + " = " + literal(row.optional_text(key));
  text += ", .invocation = " + invocation_literal(row, "invocation");
  text += ", .policy = " + literal(row.optional_text("policy"));
  text += ", .statements = " + statements_literal(row, "statements", id, definitions) + "},\n";
  row.finish();
  return text;
}

}  // namespace

std::string generate_sam_resources(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/sam_resources.yaml").string(), "data/sam_resources.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  std::string definitions;
  for (Entry& row : file.entries("resources")) {
    const std::string type = row.text("type");
    const std::string id = "kSam" + std::to_string(rows.size());
    std::string text = "    SamResource{.type = " + literal(type);
    text += ", .section = " + literal(row.text("section"));
    text += ", .globals = " + list_literal(row.texts("globals"), id + "Globals", definitions);
    text += ", .renames = " + renames_literal(row, id, definitions) + "},\n";
    row.finish();
    if (!rows.emplace(type, text).second) row.object("this type stands here twice");
  }
  file.finish();
  std::string text;
  for (const auto& [type, row] : rows) text += row;
  return "namespace {\n" + definitions + "constexpr std::array<SamResource, " +
         std::to_string(rows.size()) + "> kSamResources{{\n" + text +
         "}};\n}  // namespace\n"
         "std::span<const SamResource> sam_resources() { return kSamResources; }\n" +
         finder_definition("SamResource", "find_sam_resource", "kSamResources", "type");
}

std::string generate_sam_events(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/sam_events.yaml").string(), "data/sam_events.yaml");
  file.day("as_of");
  std::map<std::string, std::string> rows;
  std::string definitions;
  for (Entry& row : file.entries("events")) {
    const std::string type = row.text("type");
    const std::string id = "kSamEvent" + std::to_string(rows.size());
    if (!rows.emplace(type, event_literal(row, type, id, definitions)).second)
      row.object("this type stands here twice");
  }
  file.finish();
  std::string text;
  for (const auto& [type, row] : rows) text += row;
  return "namespace {\n" + definitions + "constexpr std::array<SamEvent, " +
         std::to_string(rows.size()) + "> kSamEvents{{\n" + text +
         "}};\n}  // namespace\nstd::span<const SamEvent> sam_events() { return kSamEvents; }\n" +
         finder_definition("SamEvent", "find_sam_event", "kSamEvents", "type");
}

std::string generate_sam_connectors(const std::filesystem::path& root) {
  static const std::vector<std::string_view> kRoles{"source", "destination", "permission"};
  static const std::vector<std::string_view> kNames{"Source", "Destination", "Permission"};
  Entry file = read_file((root / "data/sam_connectors.yaml").string(), "data/sam_connectors.yaml");
  file.day("as_of");
  std::string text, definitions;
  std::size_t count = 0;
  for (Entry& row : file.entries("connectors")) {
    const std::string id = "kConnector" + std::to_string(count++);
    text += "    SamConnector{.from = " + kind_literal(row, "from");
    text += ", .to = " + kind_literal(row, "to");
    text += ", .role = ConnectorRole::" + std::string(kNames[row.word("role", kRoles)]);
    text += ", .read = " + statements_literal(row, "read", id + "Read", definitions);
    text += ", .write = " + statements_literal(row, "write", id + "Write", definitions) + "},\n";
    row.finish();
  }
  file.finish();
  return "namespace {\n" + definitions + "constexpr std::array<SamConnector, " +
         std::to_string(count) + "> kSamConnectors{{\n" + text +
         R"(}};
}  // namespace
const SamConnector* find_sam_connector(ResourceKind from, ResourceKind to) {
  const auto found = std::ranges::find_if(kSamConnectors, [&](const SamConnector& row) {
    return row.from == from && row.to == to;
  });
  return found != kSamConnectors.end() ? &*found : nullptr;
}
)";
}

}  // namespace fnlint::tables
