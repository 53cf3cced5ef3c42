// What the program prints is what docs/fnlint.schema.json promises, and docs/output.md tells it.
#include "tests/app/json_schema.h"

#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace fnlint::json_schema_test {
namespace {

using nlohmann::json;
using test::JsonSchema;
using test::kBroken;
using test::kClean;
using test::kFound;
using test::Program;
using Mistakes = std::vector<std::string>;

std::string docs_file(const std::string& name) {
  std::ifstream stream(std::filesystem::path(FNLINT_SOURCE_DIR) / "docs" / name);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}
json schema() { return json::parse(docs_file("fnlint.schema.json")); }

// Findings with steps and related places, one that is suppressed, a problem, and code that is not
// there.
void write_project(Program& program) {
  program.folder.write(
      "template.yaml",
      "Transform: AWS::Serverless-2016-10-31\n"
      "Resources:\n"
      "  Photos: {Type: AWS::S3::Bucket}\n"
      "  Thumbs:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties:\n"
      "      Handler: app.handler\n"
      "      Runtime: python3.7 # fnlint: ignore[runtime] moves in spring\n"
      "      CodeUri: src/\n"
      "      Policies: [S3CrudPolicy: {BucketName: '*'}]\n"
      "      Environment: {Variables: {BUCKET: !Ref Photos}}\n"
      "      Events: {Upload: {Type: S3, Properties: {Bucket: !Ref Photos, Events: "
      "'s3:ObjectCreated:*'}}}\n"
      "  Gone:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: gone/}\n");
  program.folder.write("samconfig.toml", "[default.deploy.parameters\n");
  program.folder.write("src/app.py",
                       "import os\nimport boto3\ns3 = boto3.client('s3')\n"
                       "def handler(event, context):\n"
                       "    s3.put_object(Bucket=os.environ['BUCKET'], Key='a', Body=b'')\n");
}

TEST(JsonSchema, DescribesWhatTheProgramPrints) {
  Program program;
  write_project(program);
  program(
      {"--output-format", "json", "--show-suppressed", "--today", "2026-03-01", "--select", "ALL"});
  const json out = program.parsed();
  EXPECT_EQ(JsonSchema(schema()).mistakes(out), Mistakes{});
  for (const char* list : {"findings", "problems", "unresolved", "suppressed"})
    EXPECT_FALSE(out[list].empty()) << list << " is not tried: " << out.dump(1);
  EXPECT_TRUE(std::ranges::any_of(out["findings"], [](const json& each) {
    return !each["flow"].empty();
  })) << out["findings"];
}

TEST(JsonSchema, DescribesStatisticsCleanRunsAndBrokenTemplates) {
  Program program;
  for (const std::string& text : {kClean, kFound, kBroken, std::string("a: 1\n")}) {
    program.folder.write("template.yaml", text);
    for (const char* option : {"--statistics", "--show-unresolved"}) {
      program({"--output-format", "json", option});
      EXPECT_EQ(JsonSchema(schema()).mistakes(program.parsed()), Mistakes{}) << text;
    }
  }
}

TEST(JsonSchema, ALineOfAStreamIsAFinding) {
  Program program;
  write_project(program);
  program({"--output-format", "jsonl", "--select", "ALL"});
  std::istringstream lines(program.out.str());
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    EXPECT_EQ(JsonSchema(schema()).mistakes(json::parse(line), "finding"), Mistakes{});
  EXPECT_GT(count, 1U);
}

json model_schema() { return json::parse(docs_file("fnlint-model.schema.json")); }

TEST(JsonSchema, DescribesTheModel) {
  Program program;
  write_project(program);
  program.folder.write("samconfig.toml", "");
  for (const char* stage : {"compile", "templates", "code", "join"}) {
    EXPECT_EQ(program({"model", "--stage", stage}), 0) << program.err.str();
    const json out = program.parsed();
    EXPECT_EQ(JsonSchema(model_schema()).mistakes(out, stage), Mistakes{}) << stage;
    for (const auto& [name, list] : out.items())
      EXPECT_FALSE(list.is_array() && list.empty()) << stage << ": " << name << " is not tried";
  }
}

TEST(JsonSchema, DescribesTheModelOfWhatHasNothing) {
  Program program;
  program.folder.write("template.yaml", kClean);
  EXPECT_EQ(program({"model"}), 0) << program.err.str();
  const json out = program.parsed();
  EXPECT_EQ(JsonSchema(model_schema()).mistakes(out, "join"), Mistakes{});
  EXPECT_EQ(out["functions"][0]["notFollowed"], json::array());
}

// The command behind `fnlint model |` of a block of the page, fed with the model.
int run_on_model(const Program& program, const std::string& command) {
  const std::string path = program.folder.path("model.json");
  return std::system(("cd '" + program.folder.path() + "' && " + command + " < '" + path +
                      "' > out.txt 2> err.txt")
                         .c_str());
}

std::string block_of(const std::string& page, const std::string& language,
                     const std::string& begins) {
  const std::string all = docs_file(page), fence = "```" + language + '\n';
  const std::size_t at = all.find(fence + begins);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + fence.size();
  return all.substr(begin, all.find("```", begin) - begin);
}

TEST(JsonSchema, TheExamplesOverTheModelRun) {
  const std::string jq = block_of("policies.md", "sh", "fnlint model | jq");
  const std::string python = block_of("policies.md", "python", "import json");
  ASSERT_FALSE(jq.empty() || python.empty());
  Program program;
  write_project(program);
  program.folder.write("samconfig.toml", "");
  program.folder.write("photos.py", python);
  EXPECT_EQ(program({"model"}), 0);
  program.folder.write("model.json", program.out.str());
  if (std::system("jq --version > /dev/null 2>&1") == 0) {
    const std::size_t pipe = jq.find('|');
    EXPECT_EQ(run_on_model(program, jq.substr(pipe + 1, jq.find('\n') - pipe - 1)), 0) << jq;
  }
  if (std::system("python3 --version > /dev/null 2>&1") == 0) {
    EXPECT_EQ(run_on_model(program, "python3 photos.py"), 0);
  }
}

TEST(JsonSchema, SaysWhatIsWrong) {
  JsonSchema rules(json::parse(R"({
    "type": "object", "required": ["a", "b"],
    "properties": {"a": {"type": "integer", "minimum": 1}, "c": {"$ref": "#/$defs/c"}},
    "$defs": {"c": {"enum": ["x", "y"]}}})"));
  EXPECT_EQ(rules.mistakes(json::parse(R"({"a": 1, "b": 1, "c": "x"})")),
            Mistakes{"/b: is not described"});
  EXPECT_EQ(rules.mistakes(json::parse(R"({"a": 0, "c": "z"})")),
            (Mistakes{"/a: is 0, less than 1", R"(/c: is none of ["x","y"])", R"(: has no "b")"}));
}

TEST(JsonSchema, EveryMemberStandsInTheDocumentation) {
  const std::string page = docs_file("output.md");
  const json all = schema();
  const auto told = [&](const json& members) {
    for (const auto& [name, rule] : members.items())
      EXPECT_NE(page.find('`' + name + '`'), std::string::npos) << "docs/output.md: " << name;
  };
  told(all["properties"]);
  for (const auto& [name, definition] : all["$defs"].items())
    if (definition.contains("properties")) told(definition["properties"]);
}

}  // namespace
}  // namespace fnlint::json_schema_test
