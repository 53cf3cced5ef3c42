#include "tables/generate.h"
#include "tables/template_rows.h"

#include <map>

// What the Serverless Framework makes of functions and events, and what plugins change.
namespace fnlint::tables {

namespace {

std::string number_text(Entry& row, std::string_view key) {
  const auto number = row.number(key);
  return number ? std::to_string(*number) : std::string();
}

std::string properties_table(Entry& file, const std::string& key, const std::string& name,
                             const std::string& accessor) {
  std::string rows;
  std::size_t count = 0;
  for (Entry& row : file.entries(key)) {
    rows += "    ServerlessProperty{.property = " + literal(row.text("property"));
    rows += ", .provider = " + literal(row.optional_text("provider"));
    rows += ", .path = " + literal(row.text("path"));
    rows += ", .fallback = " + literal(number_text(row, "fallback"));
    rows += ", .merge = " + literal(row.flag("merge")) + "},\n";
    row.finish();
    ++count;
  }
  return "namespace {\nconstexpr std::array<ServerlessProperty, " + std::to_string(count) + "> " +
         name + "{{\n" + rows + "}};\n}  // namespace\nstd::span<const ServerlessProperty> " +
         accessor + "() { return " + name + "; }\n";
}

std::string plugin_literal(Entry& row, const std::string& id, std::string& definitions) {
  std::vector<std::string> changes = row.texts("changes");
  std::string text;
  for (const char* key : {"environment", "rights", "package", "roles"})
    if (std::erase(changes, key) > 0) text += std::string(", .") + key + " = true";
  if (!changes.empty()) row.object("no such change: " + changes.front());
  for (const char* key : {"only", "builds"})
    text += std::string(", .") + key + " = " + literal(row.optional_text(key));
  text += ", .brings = " + list_literal(row.texts("brings"), id + "Brings", definitions);
  row.finish();
  return text;
}

// A map of texts as a span of pairs of `type`.
std::string pairs_literal(Entry& row, std::string_view key, std::string_view type,
                          const std::string& name, std::string& definitions) {
  const YAML::Node map = row.node(key);
  if (!map.IsDefined()) return "{}";
  if (!map.IsMap()) row.object(map, "this takes a map");
  std::string rows;
  for (const auto& pair : map)
    rows += "    " + std::string(type) + "{" + literal(pair.first.Scalar()) + ", " +
            literal(pair.second.Scalar()) + "},\n";
  definitions += "constexpr std::array<" + std::string(type) + ", " + std::to_string(map.size()) +
                 "> " + name + "{{\n" + rows + "}};\n";
  return name;
}

std::string event_literal(Entry& row, const std::string& id, std::string& definitions) {
  static const std::vector<std::string_view> kForms{
      "resource",  "bucket",    "topic",         "schedule",     "rest-api",  "http-api",
      "websocket", "user-pool", "load-balancer", "distribution", "permission"};
  static const std::vector<std::string_view> kNames{
      "Resource",  "Bucket",   "Topic",        "Schedule",     "RestApi",   "HttpApi",
      "Websocket", "UserPool", "LoadBalancer", "Distribution", "Permission"};
  std::string text = ", .form = ServerlessForm::" + std::string(kNames[row.word("form", kForms)]);
  text += ", .short_key = " + literal(row.optional_text("short"));
  for (const char* key : {"source", "generates", "id", "target"})
    text += std::string(", .") + key + " = " + literal(row.optional_text(key));
  text += ", .properties = " +
          pairs_literal(row, "properties", "Rename", id + "Properties", definitions);
  text += ", .constants = " +
          pairs_literal(row, "constants", "ServerlessConstant", id + "Constants", definitions);
  for (const char* key : {"principal", "permission"})
    text += std::string(", .") + key + " = " + literal(row.optional_text(key));
  text += ", .statements = " + statements_literal(row, "statements", id, definitions);
  row.finish();
  return text;
}

std::string plugins_table(const std::filesystem::path& root) {
  const std::string name = "data/serverless_plugins.yaml";
  Entry file = read_file((root / name).string(), name);
  file.day("as_of");
  std::map<std::string, std::string> rows;
  std::string definitions;
  for (Entry& row : file.entries("plugins")) {
    const std::string plugin = row.text("plugin");
    const std::string id = "kServerlessPlugin" + std::to_string(rows.size());
    const std::string text = plugin_literal(row, id, definitions);
    if (!rows.emplace(plugin, text).second) row.object("this plugin stands here twice");
  }
  for (const std::string& plugin : file.texts("unchanging"))
    if (!rows.emplace(plugin, "").second) file.object(plugin + " stands here twice");
  std::string text = "namespace {\n" + definitions + "constexpr std::array<ServerlessPlugin, " +
                     std::to_string(rows.size()) + "> kServerlessPlugins{{\n";
  for (const auto& [plugin, rest] : rows)
    text += "    ServerlessPlugin{.plugin = " + literal(plugin) + rest + "},\n";
  text += "}};\n}  // namespace\n";
  text += finder_definition("ServerlessPlugin", "find_serverless_plugin", "kServerlessPlugins",
                            "plugin");
  file.finish();
  return text;
}

}  // namespace

std::string generate_serverless_functions(const std::filesystem::path& root) {
  const std::string name = "data/serverless_functions.yaml";
  Entry file = read_file((root / name).string(), name);
  file.day("as_of");
  std::string text = properties_table(file, "functions", "kServerlessFunctionProperties",
                                      "serverless_function_properties");
  text += properties_table(file, "layers", "kServerlessLayerProperties",
                           "serverless_layer_properties");
  file.finish();
  return text + plugins_table(root);
}

std::string generate_serverless_events(const std::filesystem::path& root) {
  const std::string name = "data/serverless_events.yaml";
  Entry file = read_file((root / name).string(), name);
  file.day("as_of");
  std::map<std::string, std::string> rows;
  std::string definitions;
  for (Entry& row : file.entries("events")) {
    const std::string event = row.text("event");
    const std::string id = "kServerlessEvent" + std::to_string(rows.size());
    const std::string text = "    ServerlessEvent{.event = " + literal(event) +
                             event_literal(row, id, definitions) + "},\n";
    if (!rows.emplace(event, text).second) row.object("this event stands here twice");
  }
  file.finish();
  std::string text;
  for (const auto& [event, row] : rows) text += row;
  return "namespace {\n" + definitions + "constexpr std::array<ServerlessEvent, " +
         std::to_string(rows.size()) + "> kServerlessEvents{{\n" + text +
         "}};\n}  // namespace\n"
         "std::span<const ServerlessEvent> serverless_events() { return kServerlessEvents; }\n" +
         finder_definition("ServerlessEvent", "find_serverless_event", "kServerlessEvents",
                           "event");
}

}  // namespace fnlint::tables
