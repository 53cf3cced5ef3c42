// Derives the JSON Schema of the configuration from its table of keys, and prints whichever schema
// is asked for.

#include "app/commands/schema_command.h"

#include "app/configuration/configuration_keys.h"
#include "app/configuration/rules_schema.h"
#include "app/configuration/selection.h"
#include "app/files/exit_code.h"
#include "core/text.h"
#include "report/formats.h"
#include "report/report.h"
#include "tables/tables.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>
#include <set>
#include <variant>

namespace fnlint {

namespace {

using Json = nlohmann::ordered_json;

Json words(std::initializer_list<std::string_view> list) {
  Json all = Json::array();
  for (const std::string_view word : list) all.push_back(word);
  return {{"enum", all}};
}

// One, several, or nothing.
Json list_of(const Json& one) {
  return {{"anyOf", {one, {{"type", "array"}, {"items", one}}, {{"type", "null"}}}}};
}

Json map_to(const Json& value) {
  return {{"type", {"object", "null"}}, {"additionalProperties", value}};
}

const Json kSelector{{"$ref", "#/definitions/selector"}};
const Json kPattern{{"type", {"string", "number"}}};

// Matches whatever the texts from there on may begin with. They are sorted, and alike up to there.
std::string beginnings_pattern(std::span<const std::string_view> texts, std::size_t at) {
  std::string pattern;
  while (!texts.empty()) {
    if (texts.front().size() == at) {
      texts = texts.subspan(1);
      continue;
    }
    const char next = texts.front()[at];
    const auto other =
        std::ranges::find_if(texts, [at, next](std::string_view text) { return text[at] != next; });
    const auto alike = texts.first(static_cast<std::size_t>(other - texts.begin()));
    const std::string rest = beginnings_pattern(alike, at + 1);
    pattern += cat(pattern.empty() ? "" : "|", next, rest.empty() ? "" : cat('(', rest, ")?"));
    texts = texts.subspan(alike.size());
  }
  return pattern;
}

// What an editor offers are the product's own names; beginnings of them and other tools' ids are a
// pattern, to be typed.
Json selector_schema(std::span<const Rule> rules) {
  std::set<std::string_view> categories, ids, aliases;
  Json named = Json::array({"ALL"});
  for (const std::string_view profile : profile_names()) named.push_back(profile);
  for (const Rule& rule : rules) {
    categories.insert(rule.category);
    ids.insert(rule.id);
    aliases.insert(rule.aliases.begin(), rule.aliases.end());
  }
  for (const std::string_view category : categories)  // one is named as a profile is
    if (std::ranges::find(named, Json(category)) == named.end()) named.push_back(category);
  for (const std::string_view id : ids) named.push_back(id);
  std::string pattern;
  const auto add = [&pattern](std::string_view text) {
    pattern += pattern.empty() ? "^(" : "|";
    for (const char c : text)
      pattern += std::string_view(".*+?^${}()|[]\\").find(c) == std::string_view::npos
                     ? std::string(1, c)
                     : cat('\\', c);
  };
  add("");
  const std::vector<std::string_view> sorted(ids.begin(), ids.end());
  pattern += beginnings_pattern(sorted, 0);
  for (const std::string_view alias : aliases) {
    const std::size_t colon = alias.find(':');
    add(alias);
    if (colon != std::string_view::npos) add(alias.substr(colon + 1));
  }
  return {{"description",
           "a rule, what ids of rules begin with, a profile, or another tool's id of a rule"},
          {"anyOf", {{{"enum", named}}, {{"type", "string"}, {"pattern", pattern + ")$"}}}}};
}

Json formats_schema() {
  Json names = Json::array();
  for (const Format& format : formats()) names.push_back(format.name);
  return {{"enum", names}};
}

// By the kind of a key's value.
struct ValueSchema {
  Json operator()(ExtendKey) const { return {{"type", "string"}}; }
  Json operator()(SelectorsKey) const { return list_of(kSelector); }
  Json operator()(LevelsKey) const {
    Json schema = map_to(words({"error", "warning", "note", "off"}));
    schema["propertyNames"] = kSelector;
    return schema;
  }
  Json operator()(PathIgnoresKey) const { return map_to(list_of(kSelector)); }
  Json operator()(GlobsKey) const { return list_of(kPattern); }
  Json operator()(TextsKey) const { return map_to({{"type", {"string", "number", "boolean"}}}); }
  Json operator()(PathsKey) const { return list_of({{"type", "string"}}); }
  Json operator()(PathKey) const { return {{"type", "string"}}; }
  Json operator()(FormatKey) const { return formats_schema(); }
  Json operator()(LevelKey) const { return words({"error", "warning", "note"}); }
  Json operator()(ConfidenceKey) const { return words({"certain", "likely", "possible"}); }
  Json operator()(TruthKey) const { return {{"type", "boolean"}}; }
  Json operator()(NumberKey row) const {
    return {{"type", "integer"},
            {"minimum", row->least},
            {"maximum", row->most},
            {"default", Settings{}.*(row->field)}};
  }
  Json operator()(ListKey) const { return list_of({{"type", {"string", "number"}}}); }
};

Json key_schema(const ConfigurationKey& key) {
  Json schema{{"description", key.text}};
  schema.update(std::visit(ValueSchema{}, key.value));
  if (key.fallback.empty() || key.adds) return schema;
  if (std::holds_alternative<TruthKey>(key.value))
    schema["default"] = key.fallback == "true";
  else if (std::holds_alternative<SelectorsKey>(key.value))
    schema["default"] = Json::array({key.fallback});
  else
    schema["default"] = key.fallback;
  return schema;
}

}  // namespace

std::string configuration_schema(std::span<const Rule> rules) {
  Json keys;
  for (const ConfigurationKey& key : configuration_keys())
    keys[std::string(key.name)] = key_schema(key);
  const Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                    {"$id", cat(kSite, kSchemaFile)},
                    {"title", "The configuration of fnlint: .fnlint.yaml"},
                    {"type", {"object", "null"}},
                    {"additionalProperties", false},
                    {"properties", keys},
                    {"definitions", {{"selector", selector_schema(rules)}}}};
  return schema.dump(2) + '\n';
}

int schema_command(const CommandLine& line, Console& console) {
  switch (line.schema) {
    case SchemaKind::Configuration: console.out << configuration_schema(rules()); break;
    case SchemaKind::Rules: console.out << rules_schema(); break;
    case SchemaKind::Model: console.out << policy_model(); break;
  }
  return kNothingFound;
}

}  // namespace fnlint
