// A validator for the schemas of fnlint's own output, stricter than the standard asks.
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fnlint::test {

// Holds values to as much of JSON Schema as the schemas in docs/ are written in. A word that it
// does not know is a mistake, and so is a member that the schema does not describe: what the
// program prints is documented.
class JsonSchema {
 public:
  explicit JsonSchema(nlohmann::json root) : root_(std::move(root)) {}

  // What is wrong with a value, "/findings/0/line: is 0, less than 1"; empty: nothing is.
  std::vector<std::string> mistakes(const nlohmann::json& value,
                                    const std::string& definition = "") {
    mistakes_.clear();
    const nlohmann::json& schema = definition.empty() ? root_ : root_["$defs"][definition];
    check(value, schema, "");
    strange(value, schema, "");
    return mistakes_;
  }
  // Of what a schema has several forms of, each of which says what else may be there.
  std::vector<std::string> mistakes_of_forms(const nlohmann::json& value) {
    mistakes_.clear();
    is_closed_ = true;
    check(value, root_, "");
    return mistakes_;
  }

 private:
  using Json = nlohmann::json;

  void wrong(const std::string& at, const std::string& what) {
    mistakes_.push_back(at + ": " + what);
  }
  const Json& target(const Json& schema) const {
    return root_.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1)));
  }

  static bool is_of_type(const Json& value, const std::string& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
           (type == "integer" && value.is_number_integer()) ||
           (type == "number" && value.is_number()) || (type == "null" && value.is_null());
  }

  void check(const Json& value, const Json& schema, const std::string& at) {
    for (const auto& [word, rule] : schema.items()) check_word(value, word, rule, at);
    const bool is_closed =
        is_closed_ && schema.value("additionalProperties", Json()) == false && value.is_object();
    if (is_closed)
      for (const auto& [name, each] : value.items())
        if (!schema["properties"].contains(name)) wrong(at + '/' + name, "is not described");
    if (schema.contains("$ref")) check(value, target(schema), at);
    if (schema.contains("allOf"))
      for (const Json& each : schema["allOf"]) check(value, each, at);
  }

  void check_word(const Json& value, const std::string& word, const Json& rule,
                  const std::string& at) {
    static const std::set<std::string> kElsewhere{"$schema",     "$id",     "$defs",
                                                  "$ref",        "allOf",   "title",
                                                  "description", "default", "definitions"};
    if (word == "type") {
      const Json types = rule.is_array() ? rule : Json::array({rule});
      if (std::ranges::none_of(types, [&](const Json& each) { return is_of_type(value, each); }))
        wrong(at, "is no " + rule.dump());
    } else if (word == "const") {
      if (value != rule) wrong(at, "is not " + rule.dump());
    } else if (word == "enum") {
      if (std::ranges::find(rule, value) == rule.end()) wrong(at, "is none of " + rule.dump());
    } else if (word == "minimum") {
      if (value.is_number() && value < rule)
        wrong(at, "is " + value.dump() + ", less than " + rule.dump());
    } else if (word == "maximum") {
      if (value.is_number() && value > rule)
        wrong(at, "is " + value.dump() + ", more than " + rule.dump());
    } else if (word == "anyOf") {
      if (std::ranges::none_of(rule, [&](const Json& each) { return fits(value, each); }))
        wrong(at, "fits none of " + rule.dump());
    } else if (word == "oneOf") {
      if (std::ranges::count_if(rule, [&](const Json& each) { return fits(value, each); }) != 1)
        wrong(at, "fits not one alone of " + rule.dump());
    } else if (word == "propertyNames") {
      for (const auto& [name, each] : value.items()) check(name, rule, at + '/' + name);
    } else if (word == "additionalProperties") {
      if (rule.is_object() && value.is_object())  // false: see strange()
        for (const auto& [name, each] : value.items()) check(each, rule, at + '/' + name);
    } else if (word == "minLength") {
      if (value.get<std::string>().size() < rule.get<std::size_t>()) wrong(at, "is too short");
    } else if (word == "pattern") {
      if (!value.is_string()) return;
      if (!std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>())))
        wrong(at, "is not as " + rule.dump());
    } else if (word == "required") {
      for (const Json& name : rule)
        if (!value.contains(name)) wrong(at, "has no " + name.dump());
    } else if (word == "properties") {
      for (const auto& [name, each] : rule.items())
        if (value.contains(name)) check(value[name], each, at + '/' + name);
    } else if (word == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
        check(value[i], rule, at + '/' + std::to_string(i));
    } else if (!kElsewhere.contains(word)) {
      wrong(at, "the schema has a word that this does not check: " + word);
    }
  }

  bool fits(const Json& value, const Json& schema) {
    std::vector<std::string> before = std::exchange(mistakes_, {});
    check(value, schema, "");
    return std::exchange(mistakes_, std::move(before)).empty();
  }

  // The members that a schema describes, wherever it does.
  Json described(const Json& schema) const {
    Json members = schema.value("properties", Json::object());
    if (schema.contains("$ref")) members.update(described(target(schema)));
    for (const char* word : {"allOf", "anyOf"})
      if (schema.contains(word))
        for (const Json& each : schema[word]) members.update(described(each));
    return members;
  }
  const Json* items_of(const Json& schema) const {
    if (schema.contains("items")) return &schema["items"];
    return schema.contains("$ref") ? items_of(target(schema)) : nullptr;
  }

  void strange(const Json& value, const Json& schema, const std::string& at) {
    if (value.is_array()) {
      const Json* const items = items_of(schema);
      for (std::size_t i = 0; items != nullptr && i < value.size(); ++i)
        strange(value[i], *items, at + '/' + std::to_string(i));
    } else if (value.is_object()) {
      const Json members = described(schema);
      if (schema.value("additionalProperties", Json()).is_object())
        return;  // any name may be there
      for (const auto& [name, each] : value.items()) {
        if (members.contains(name))
          strange(each, members[name], at + '/' + name);
        else
          wrong(at + '/' + name, "is not described");
      }
    }
  }

  Json root_;
  bool is_closed_ = false;  // what is not described is looked for in check()
  std::vector<std::string> mistakes_ = {};
};

}  // namespace fnlint::test
