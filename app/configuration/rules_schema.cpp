// Builds the schema of rule files and the list of policy names from the tables that the policies
// are read by.

#include "app/configuration/rules_schema.h"

#include "app/configuration/selection.h"
#include "core/text.h"
#include "model/words.h"
#include "policies/attributes.h"
#include "report/report.h"
#include "tables/tables.h"

#include <nlohmann/json.hpp>

namespace fnlint {

namespace {

using Json = nlohmann::ordered_json;

Json text(std::string_view words) { return {{"type", "string"}, {"description", words}}; }
Json scalar(std::string_view words) {
  return {{"type", {"string", "number", "boolean"}}, {"description", words}};
}
Json one_or_several(const Json& one) {
  return {{"anyOf", {one, {{"type", "array"}, {"items", one}}}}};
}

const Json kCondition{{"$ref", "#/definitions/conditions"}};

Json condition_schema() {
  Json keys{{"attribute", text("a path, or an expression, that is compared")},
            {"exists", {{"type", "boolean"}, {"description", "whether it is set"}}}};
  for (const char* key : {"equals", "not_equals", "starts_with", "ends_with", "contains"})
    keys[key] = scalar("a literal, or '= ' and an expression");
  for (const char* key : {"less_than", "at_most", "more_than", "at_least"})
    keys[key] = scalar("a number, or '= ' and an expression");
  for (const char* key : {"matches", "not_matches"})
    keys[key] = text("a regular expression, found somewhere in the text");
  for (const char* key : {"in", "not_in"})
    keys[key] = one_or_several(scalar("a literal, or table:NAME"));
  keys["is"] = {{"enum", {"bool", "list", "map", "number", "text"}}};
  for (const char* key : {"all", "any", "not", "that"}) keys[key] = kCondition;
  for (const char* key : {"some", "every", "no"})
    keys[key] = text("a path to several items; beside it stands 'that'");
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", keys}};
}

Json resource_schema() {
  Json kinds = Json::array({"any"});
  for (int i = 0; i <= static_cast<int>(ResourceKind::LayerPermission); ++i)
    kinds.push_back(word_of(static_cast<ResourceKind>(i)));
  const Json type{{"type", "string"}, {"pattern", "^([A-Za-z0-9]+::|aws_)"}};
  return one_or_several({{"anyOf", {{{"enum", kinds}}, type}}});
}

Json policy_schema() {
  Json keys{{"resource", resource_schema()},
            {"tools", one_or_several(text("a template tool"))},
            {"each", text("a path to what is asked about")},
            {"where", kCondition},
            {"require", kCondition},
            {"report", kCondition},
            {"message", text("what is said, with {PATH} in it")},
            {"at", text("the path of the property at which a finding stands")},
            {"related",
             one_or_several({{"type", "object"},
                             {"required", {"at", "say"}},
                             {"properties", {{"at", text("a path")}, {"say", text("a text")}}}})},
            {"once", {{"type", "boolean"}, {"description", "one finding for all of a template"}}},
            {"guess", {{"type", "boolean"}, {"description", "never certain"}}},
            {"severity", {{"enum", {"error", "warning", "note"}}}},
            {"fix",
             {{"type", "object"},
              {"description", "what settles it, of the property at which the finding stands"},
              {"additionalProperties", false},
              {"properties",
               {{"remove", {{"type", "boolean"}, {"description", "take the property out"}}},
                {"set", text("the value that it gets")},
                {"safe",
                 {{"type", "boolean"},
                  {"description", "nothing changes but what the finding is about"}}}}}}}};
  return {{"type", "object"},
          {"required", {"resource", "message"}},
          {"oneOf",
           {{{"required", Json::array({"require"})}}, {{"required", Json::array({"report"})}}}},
          {"additionalProperties", false},
          {"properties", keys}};
}

Json rule_schema() {
  Json profiles = Json::array();
  for (const std::string_view name : profile_names()) profiles.push_back(name);
  Json test{{"type", "object"},
            {"additionalProperties", false},
            {"properties",
             {{"good", text("a template without a finding")},
              {"bad", text("a template with a finding")},
              {"file", text("what the template is called; by default template.yaml")},
              {"name", text("what the test is about")}}}};
  return {{"type", "object"},
          {"required", {"id", "title", "policy"}},
          {"additionalProperties", false},
          {"properties",
           {{"id", {{"type", "string"}, {"pattern", "^[a-z][a-z0-9]*(-[a-z0-9]+)+$"}}},
            {"title", text("what is wrong, in a line")},
            {"why", text("why it matters")},
            {"remedy", text("what to do, with {PATH} in it")},
            {"severity", {{"enum", {"error", "warning", "note"}}}},
            {"profile", {{"enum", profiles}}},
            {"policy", one_or_several(policy_schema())},
            {"tests", {{"type", "array"}, {"items", test}}},
            {"sources", {{"type", "array"}, {"items", {{"type", "string"}}}}}}}};
}

}  // namespace

std::string rules_schema() {
  const Json schema{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"$id", cat(kSite, kRulesSchemaFile)},
      {"title", "Rules of a project: .fnlint/rules/*.yaml"},
      {"anyOf",
       {{{"type", "object"},
         {"required", {"rules"}},
         {"properties",
          {{"rules", {{"type", "array"}, {"items", {{"$ref", "#/definitions/rule"}}}}}}}},
        {{"$ref", "#/definitions/rule"}}}},
      {"definitions",
       {{"rule", rule_schema()},
        {"condition", condition_schema()},
        {"conditions",
         {{"anyOf",
           {{{"$ref", "#/definitions/condition"}},
            {{"type", "array"}, {"items", {{"$ref", "#/definitions/conditions"}}}}}}}}}}};
  return schema.dump(2) + '\n';
}

std::string policy_model() {
  Json rows = Json::array();
  for (const Attribute& row : attributes())
    rows.push_back({{"of", word_of(row.of)},
                    {"kinds", row.kinds},
                    {"name", row.many ? cat(row.name, "[*]") : std::string(row.name)},
                    {"gives", word_of(row.gives)},
                    {"says", row.says}});
  Json tables = Json::array();
  for (const PolicyTable& table : policy_tables())
    tables.push_back({{"name", table.name}, {"rows", table.rows}});
  return Json{{"version", 1}, {"names", rows}, {"tables", tables}}.dump(2) + '\n';
}

}  // namespace fnlint
