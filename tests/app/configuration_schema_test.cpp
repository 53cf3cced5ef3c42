// The schema of .fnlint.yaml says the same as its reader, as far as a schema can.
#include "app/commands/schema_command.h"
#include "app/configuration/configuration_keys.h"
#include "app/configuration/configuration_reading.h"
#include "tables/tables.h"
#include "tests/app/json_schema.h"
#include "tests/app/some_rules.h"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace fnlint::configuration_schema_test {
namespace {

using nlohmann::json;
using test::JsonSchema;
using test::kSomeRules;

// As an editor reads YAML: by its core schema.
json json_of(const YAML::Node& node) {
  if (node.IsSequence()) {
    json list = json::array();
    for (const YAML::Node& item : node) list.push_back(json_of(item));
    return list;
  }
  if (node.IsMap()) {
    json map = json::object();
    for (const auto& entry : node) map[entry.first.Scalar()] = json_of(entry.second);
    return map;
  }
  if (!node.IsScalar()) return nullptr;
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return text;  // quoted
  if (text == "true" || text == "false") return text == "true";
  const json number = json::parse(text, nullptr, false);
  return number.is_number() ? number : json(text);
}

std::vector<std::string> mistakes(const std::string& text) {
  return JsonSchema(json::parse(configuration_schema(kSomeRules)))
      .mistakes(json_of(YAML::Load(text)));
}

TEST(ConfigurationSchema, AcceptsWhatTheReaderAccepts) {
  for (const char* text : {"",
                           "# nothing\n",
                           "select:\n",
                           "select: default\n",
                           "select: [default, loop, loop-, ALL]\n",
                           "select: [checkov:CKV_AWS_116, CKV_AWS_116, a-b]\n",
                           "extend-select: [loop]\n",
                           "ignore: [config-env-unused]\nextend-ignore: init\n",
                           "severity: {init-heavy-import: note, loop-: error, config: off}\n",
                           "select: [loop-s3, loop-s3-, conf, r]\n",
                           "severity:\n",
                           "per-path-ignores: {\"tests/**\": [ALL], 'a': loop, b: }\n",
                           "exclude: [\"examples/**\", 2024]\nextend-exclude: x\n",
                           "parameters: {Stage: prod, Size: 3, On: true}\n",
                           "compile-commands: out/x64\n",
                           "output-format: sarif\n",
                           "baseline: .fnlint-baseline.json\n",
                           "fail-on: error\n",
                           "fail-on-unread: true\nother-suppressions: false\n",
                           "confidence: possible\n",
                           "runtime-soon-days: 0\npackage-bytes: 1000\nsecrets-rotate: 1\n"}) {
    EXPECT_TRUE(read_configuration(text, kSomeRules)) << text;
    EXPECT_EQ(mistakes(text), std::vector<std::string>{}) << text;
  }
}

TEST(ConfigurationSchema, RefusesWhatTheReaderRefuses) {
  for (const char* text : {"- a\n",
                           "selct: [loop]\n",
                           "select: [lop]\n",
                           "select: {a: b}\n",
                           "select: [[loop]]\n",
                           "severity: [loop]\n",
                           "severity: {lop: note}\n",
                           "severity: {loop: eror}\n",
                           "severity: {loop: of}\n",
                           "fail-on: off\n",
                           "select: [loop-s3-recursions]\n",
                           "select: [\"\"]\n",
                           "per-path-ignores: [a]\n",
                           "per-path-ignores: {a: lop}\n",
                           "exclude: {a: b}\n",
                           "parameters: {A: [1]}\n",
                           "compile-commands: [a]\n",
                           "output-format: jsn\n",
                           "baseline: [a]\n",
                           "fail-on: eror\n",
                           "fail-on:\n",
                           "fail-on-unread: perhaps\n",
                           "confidence: sure\n",
                           "runtime-soon-days: soon\n",
                           "runtime-soon-days: 3651\n",
                           "init-import-ms: 0\n",
                           "extend: [a, b]\n"}) {
    EXPECT_FALSE(read_configuration(text, kSomeRules)) << text;
    EXPECT_NE(mistakes(text), std::vector<std::string>{}) << text;
  }
}

TEST(ConfigurationSchema, DescribesEveryKeyAndTellsWhatHoldsWithoutIt) {
  const json schema = json::parse(configuration_schema(kSomeRules));
  EXPECT_EQ(schema["properties"].size(), configuration_keys().size());
  for (const ConfigurationKey& key : configuration_keys())
    EXPECT_EQ(schema["properties"][std::string(key.name)]["description"], key.text);
  EXPECT_EQ(schema["properties"]["fail-on"]["default"], "warning");
  EXPECT_EQ(schema["properties"]["runtime-soon-days"]["default"], 180);
}

TEST(ConfigurationSchema, ThatIsPublishedIsTheOneOfTheRules) {
  std::ifstream stream(std::filesystem::path(FNLINT_SOURCE_DIR) / "docs" / kSchemaFile);
  std::stringstream text;
  text << stream.rdbuf();
  EXPECT_TRUE(text.str() == configuration_schema(rules())) << "run scripts/reference-pages";
}

}  // namespace
}  // namespace fnlint::configuration_schema_test
