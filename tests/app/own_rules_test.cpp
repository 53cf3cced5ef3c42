// Where rules of one's own may lie, as a configuration names them.
#include "app/configuration/rules_schema.h"
#include "frontends/documents/document.h"
#include "tables/tables.h"
#include "tests/app/json_schema.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace fnlint::test {

const std::string kSmall =
    "rules:\n"
    "  - id: team-memory\n"
    "    title: Functions are small\n"
    "    policy: {resource: function, require: {attribute: memory, at_most: 64}, message: big}\n";

struct Place {
  const char* file;   // in which the rule stands
  const char* named;  // what the configuration says of it
};

class OwnRules : public testing::TestWithParam<Place> {};

TEST_P(OwnRules, AreFoundWhereTheConfigurationNamesThem) {
  Program program;
  program.folder.write("template.yaml", kClean);
  program.folder.write(GetParam().file, kSmall);
  program.folder.write(".fnlint.yaml", std::string("rules: [\"") + GetParam().named +
                                           "\"]\nselect: [team-memory]\n");
  EXPECT_EQ(program({"--output-format", "json"}), 1) << program.err.str();
  EXPECT_EQ(program.parsed()["findings"].size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Places, OwnRules,
    testing::Values(Place{"lint/team.yaml", "lint/team.yaml"}, Place{"lint/team.yml", "./lint"},
                    Place{"node_modules/@acme/conventions/team.yaml", "@acme/conventions"},
                    Place{"node_modules/conventions/rules/team.yaml", "conventions"},
                    Place{"node_modules/conventions/lambda/team.yaml", "conventions/lambda"}));

TEST(OwnRules, OfAPackageOfTheWorkspaceAboveAreFound) {
  Program program;
  program.folder.write(".git/HEAD", "ref: refs/heads/main\n");
  program.folder.write("node_modules/conventions/team.yaml", kSmall);
  program.folder.write("services/orders/template.yaml", kClean);
  program.folder.write("services/orders/.fnlint.yaml",
                       "rules: conventions\nselect: [team-memory]\n");
  EXPECT_EQ(program({"services/orders", "--output-format", "json"}), 1) << program.err.str();
  EXPECT_EQ(program.parsed()["findings"].size(), 1U);
}

TEST(OwnRules, ThatAreNotThereAreAMistake) {
  Program program;
  program.folder.write("template.yaml", kClean);
  program.folder.write("empty/README.md", "Nothing yet.\n");
  program.folder.write(".fnlint.yaml", "rules: [conventions]\n");
  EXPECT_EQ(program({}), 2);
  EXPECT_NE(program.err.str().find("conventions: there are no rules\n"), std::string::npos)
      << program.err.str();
  program.folder.write(".fnlint.yaml", "rules: [empty]\n");
  EXPECT_EQ(program({}), 2);
  EXPECT_NE(program.err.str().find("empty: there are no rules in its *.yaml\n"), std::string::npos)
      << program.err.str();
}

TEST(OwnRules, AreTestedByWhatStandsBesideThem) {
  Program program;
  const std::string tests =
      "    tests:\n"
      "      - bad: |\n          Resources: {F: {Type: 'AWS::Lambda::Function'}}\n"
      "      - good: |\n          Resources: {F: {Type: 'AWS::Lambda::Alias'}}\n";
  program.folder.write(".fnlint/rules/team.yaml", kSmall + tests);
  EXPECT_EQ(program({"test-rules"}), 0) << program.out.str() << program.err.str();
  program.folder.write(".fnlint/rules/team.yaml",
                       std::string(kSmall).replace(kSmall.find("64"), 2, "512") + tests);
  EXPECT_EQ(program({"test-rules"}), 1);
  EXPECT_NE(program.out.str().find("team-memory"), std::string::npos) << program.out.str();
}

TEST(OwnRules, NameWhatTheyAreAboutInTheirRemedy) {
  Program program;
  program.folder.write("template.yaml", kClean);
  program.folder.write(".fnlint.yaml", "select: [team-memory]\n");
  program.folder.write(".fnlint/rules/team.yaml",
                       kSmall + "    remedy: \"Set MemorySize of {name} to 64 {{MB}}\"\n");
  EXPECT_EQ(program({"--output-format", "json"}), 1) << program.err.str();
  EXPECT_EQ(program.parsed()["findings"][0]["remedy"], "Set MemorySize of F to 64 {MB}");
  EXPECT_EQ(program({"explain", "team-memory"}), 0);
  EXPECT_NE(program.out.str().find("Set MemorySize of {name} to 64 {MB}"), std::string::npos)
      << program.out.str();
  program.folder.write(".fnlint/rules/team.yaml", kSmall + "    remedy: \"Shrink {nam}\"\n");
  EXPECT_EQ(program({}), 2);
  EXPECT_NE(program.err.str().find(".fnlint/rules/team.yaml:5:13: a resource has no 'nam'; did you "
                                   "mean 'name'?"),
            std::string::npos)
      << program.err.str();
}

TEST(OwnRules, MayBeATitleAlone) {
  Program program;
  program.folder.write("template.yaml", kClean);
  program.folder.write(".fnlint.yaml", "select: [team-memory]\n");
  program.folder.write(".fnlint/rules/team.yaml", kSmall);
  EXPECT_EQ(program({"--output-format", "sarif"}), 1) << program.err.str();
  EXPECT_EQ(program.parsed()["runs"][0]["tool"]["driver"]["rules"][0]["fullDescription"]["text"],
            "Functions are small.");
}

TEST(OwnRules, ThatAskForTooMuchAreToldAndLoseNothingElse) {
  Program program;
  std::string functions = "Resources:\n";
  for (int i = 0; i < 500; ++i)
    functions += "  F" + std::to_string(i) + ": {Type: AWS::Lambda::Function}\n";
  program.folder.write("template.yaml", functions);
  program.folder.write(
      ".fnlint/rules/team.yaml",
      kSmall +
          "  - id: team-dear\n    title: All of all\n    policy:\n"
          "      resource: function\n      message: dear\n"
          "      report: {attribute: \"count(others[*].others[*])\", more_than: 9}\n");
  program.folder.write(".fnlint.yaml", "select: [team-memory, team-dear]\n");
  EXPECT_EQ(program({"--output-format", "json"}), 1) << program.err.str();
  const auto report = program.parsed();
  ASSERT_EQ(report["problems"].size(), 1U);
  EXPECT_EQ(report["problems"][0]["path"], ".fnlint/rules/team.yaml");
  EXPECT_EQ(report["problems"][0]["line"], 8);
  EXPECT_NE(report["problems"][0]["message"].get<std::string>().find("'team-dear' looked at more"),
            std::string::npos)
      << report["problems"];
  EXPECT_EQ(report["findings"].size(), 500U);
}

// The blocks of a page that are whole files of rules.
std::vector<std::string> files_of_rules(const std::string& page) {
  std::ifstream stream(std::filesystem::path(FNLINT_SOURCE_DIR) / "docs" / page);
  std::stringstream text;
  text << stream.rdbuf();
  std::vector<std::string> all;
  const std::string all_text = text.str();
  constexpr std::string_view kFence = "```yaml\n";
  for (std::size_t at = all_text.find("```yaml\nrules:\n"); at != std::string::npos;
       at = all_text.find("```yaml\nrules:\n", at + 1)) {
    const std::size_t begin = at + kFence.size();
    all.push_back(all_text.substr(begin, all_text.find("```", begin) - begin));
  }
  return all;
}

TEST(OwnRules, OfTheDocumentationPassTheirTests) {
  const std::vector<std::string> files = files_of_rules("policies.md");
  EXPECT_EQ(files.size(), 4U);
  for (const std::string& file : files) {
    Program program;
    program.folder.write(".fnlint/rules/team.yaml", file);
    EXPECT_EQ(program({"test-rules"}), 0) << file << program.out.str() << program.err.str();
  }
}

nlohmann::json tree_of(const Document& document, NodeId node) {
  const Node& row = document[node];
  nlohmann::json made;
  switch (row.kind) {
    case NodeKind::Map:
      made = nlohmann::json::object();
      for (const MapEntry& entry : document.entries_of(row))
        made[entry.key] = tree_of(document, entry.value);
      return made;
    case NodeKind::List:
      made = nlohmann::json::array();
      for (const NodeId one : document.items_of(row)) made.push_back(tree_of(document, one));
      return made;
    case NodeKind::Number: return nlohmann::json::parse(row.text);
    case NodeKind::Bool: return row.text == "true";
    default: return row.text;
  }
}

nlohmann::json tree_of(const std::string& yaml) {
  const Document document = read_yaml(yaml);
  return tree_of(document, document.roots.at(0));
}

// What editors are told of the files is what the program takes.
TEST(OwnRules, FitTheSchemaForEditors) {
  using Mistakes = std::vector<std::string>;
  JsonSchema schema(nlohmann::json::parse(rules_schema()));
  for (const std::string& file : files_of_rules("policies.md"))
    EXPECT_EQ(schema.mistakes_of_forms(tree_of(file)), Mistakes{}) << file;
  const nlohmann::json small = tree_of(kSmall);
  EXPECT_EQ(schema.mistakes_of_forms(small), Mistakes{});
  std::size_t policies = 0;
  for (const Rule& rule : rules()) {
    if (rule.policy.empty()) continue;
    nlohmann::json one = small;
    one["rules"][0]["policy"] = nlohmann::json::parse(rule.policy);
    EXPECT_EQ(schema.mistakes_of_forms(one), Mistakes{}) << rule.id;
    ++policies;
  }
  EXPECT_GT(policies, 100U);
  const auto is_refused = [&](const std::string& policy) {
    nlohmann::json one = small;
    one["rules"][0]["policy"] = tree_of(policy);
    return !schema.mistakes_of_forms(one).empty();
  };
  EXPECT_FALSE(
      is_refused("{resource: function, message: a, report: {attribute: a, exists: true}}"));
  EXPECT_TRUE(is_refused("{resource: function, message: a}"));
  EXPECT_TRUE(is_refused("{resource: funtion, message: a, report: {attribute: a, exists: true}}"));
  EXPECT_TRUE(is_refused("{resource: function, message: a, report: {attribute: a, exist: true}}"));
  EXPECT_TRUE(is_refused("{resource: function, message: a, report: [{any: [{exist: true}]}]}"));
}

}  // namespace fnlint::test
