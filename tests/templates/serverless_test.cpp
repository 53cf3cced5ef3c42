// Services and variables of the Serverless Framework in template form.

#include "frontends/source/javascript/javascript.h"
#include "frontends/templates/dialects.h"
#include "frontends/templates/serverless.h"
#include "tests/templates/support.h"

#include <array>
#include <random>

namespace fnlint {
namespace {

// What the value of "x" is in a service.
std::string variable(std::string_view value) {
  const std::string text = "x: " + std::string(value) + "\n";
  const TemplateFacts facts = read_serverless(text);
  const Expr& root = facts[facts.fragment];
  return show(facts, facts.operands_of(root.operands)[0].value);
}

std::string wanted(std::string_view value) {
  const TemplateFacts facts = read_serverless("x: " + std::string(value) + "\n");
  std::string all;
  for (const Wanted& row : facts.wanted) all += std::string(facts.string(row.path)) + "\n";
  return all;
}

TEST(ServerlessVariables, ASourceHasAnAddress) {
  EXPECT_EQ(variable("${self:custom.table}"), "sls:self(\"custom.table\")");
  EXPECT_EQ(variable("${opt:stage}"), "sls:opt(\"stage\")");
  EXPECT_EQ(variable("${ssm:/aws/reference/secretsmanager/x}"),
            "sls:ssm(\"/aws/reference/secretsmanager/x\")");
  EXPECT_EQ(variable("${self:}"), "sls:self(null)");
  EXPECT_EQ(variable("${cf.us-west-2:stack.Output}"), "sls:cf.us-west-2(\"stack.Output\")");
}

TEST(ServerlessVariables, TheLastSourceMayBeALiteral) {
  EXPECT_EQ(variable("${opt:stage, 'dev'}"), "sls:first(sls:opt(\"stage\"), \"dev\")");
  EXPECT_EQ(variable("${opt:stage, \"a\\\"b\"}"), "sls:first(sls:opt(\"stage\"), \"a\"b\")");
  EXPECT_EQ(variable("${env:SIZE, 512}"), "sls:first(sls:env(\"SIZE\"), 512)");
  EXPECT_EQ(variable("${env:ON, true}"), "sls:first(sls:env(\"ON\"), true)");
  EXPECT_EQ(variable("${env:ON, null}"), "sls:first(sls:env(\"ON\"), null)");
  EXPECT_EQ(variable("${opt:stage, self:provider.stage, 'dev'}"),
            "sls:first(sls:opt(\"stage\"), sls:self(\"provider.stage\"), \"dev\")");
}

TEST(ServerlessVariables, AddressesMayHoldVariables) {
  EXPECT_EQ(variable("${self:custom.${sls:stage}.size}"),
            "sls:self(concat(\"custom.\", sls:sls(\"stage\"), \".size\"))");
  EXPECT_EQ(variable("${self:custom.${opt:stage, self:custom.${env:X, 'y'}}}"),
            "sls:self(concat(\"custom.\", sls:first(sls:opt(\"stage\"), "
            "sls:self(concat(\"custom.\", sls:first(sls:env(\"X\"), \"y\"))))))");
}

TEST(ServerlessVariables, AFileHasAPathAndPerhapsAKey) {
  EXPECT_EQ(variable("${file(./a.yml):b.c}"), "sls:file(\"b.c\", \"./a.yml\")");
  EXPECT_EQ(variable("${file(a.json)}"), "sls:file(null, \"a.json\")");
  EXPECT_EQ(variable("${file(./config.${opt:stage, 'dev'}.yml):x, 'none'}"),
            "sls:first(sls:file(\"x\", concat(\"./config.\", sls:first(sls:opt(\"stage\"), "
            "\"dev\"), \".yml\")), \"none\")");
  EXPECT_EQ(variable("${strToBool(${env:ON, 'false'})}"),
            "sls:strToBool(null, concat(sls:first(sls:env(\"ON\"), \"false\")))");
}

TEST(ServerlessVariables, TheyStandInTextsAndFunctions) {
  EXPECT_EQ(variable("a-${sls:stage}-b"), "concat(\"a-\", sls:sls(\"stage\"), \"-b\")");
  EXPECT_EQ(variable("!Sub 'arn:${AWS::Region}:${self:service}-${Name}'"),
            "Fn::Sub(concat(\"arn:\", Ref(\"AWS::Region\"), \":\", sls:self(\"service\"), \"-\", "
            "Ref(\"Name\")))");
  EXPECT_EQ(variable("!GetAtt '${self:custom.table}.Arn'"),
            "Fn::GetAtt(sls:self(\"custom.table\"), \"Arn\")");
}

TEST(ServerlessVariables, WhatTheFrameworkTakesForNoneIsText) {
  EXPECT_EQ(variable("'${Name}'"), "\"${Name}\"");
  EXPECT_EQ(variable("'${name}'"), "\"${name}\"");
  EXPECT_EQ(variable("'a ${'"), "\"a ${\"");
  EXPECT_EQ(variable("'\\${self:x}'"), "\"${self:x}\"");
  EXPECT_EQ(variable("'#{AWS::AccountId}'"), "Ref(\"AWS::AccountId\")");
}

TEST(ServerlessVariables, WhatTheFrameworkRefusesIsUnknown) {
  EXPECT_EQ(variable("'${self:a, b}-c'"),
            "concat(unknown(a variable that the Serverless Framework cannot read), \"-c\")");
}

TEST(ServerlessVariables, FilesAreWantedByName) {
  EXPECT_EQ(wanted("${file(./a.yml):b}"), "./a.yml\n");
  EXPECT_EQ(wanted("${file(config/${sls:stage}.yml):b}"), "config/*.yml\n");
  EXPECT_EQ(wanted("${file(${self:custom.path})}"), "");
}

TEST(ServerlessVariables, DeepNestingEnds) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "${self:a.";
  EXPECT_FALSE(variable("'" + text + "'").empty());
  for (int i = 0; i < 5000; ++i) text += "}";
  EXPECT_FALSE(variable("'" + text + "'").empty());
}

// What the key "x" of a service that is a program is.
std::string program(std::string_view text) {
  const TemplateFacts facts =
      read_serverless_program(lower_javascript(text, JavaScriptDialect::JavaScript));
  const Expr& root = facts[facts.fragment];
  for (const Operand& operand : facts.operands_of(root.operands))
    if (facts.string(operand.name) == "x") return show(facts, operand.value);
  return "nothing";
}

TEST(ServerlessPrograms, AnExportedFunctionIsWhatItReturns) {
  EXPECT_EQ(program("module.exports = {x: 'a'};"), R"("a")");
  EXPECT_EQ(program("module.exports = async () => ({x: 'a'});"), R"("a")");
  EXPECT_EQ(program("module.exports = function () { const x = 'a'; return {x}; };"), R"("a")");
  EXPECT_EQ(program("const name = 'a';\nmodule.exports = () => ({x: name + '-b'});"), R"("a-b")");
  EXPECT_EQ(program("module.exports = async ({resolveVariable}) => {\n"
                    "  const stage = await resolveVariable('sls:stage');\n"
                    "  return {x: stage};\n};"),
            variable("${sls:stage}"));
  EXPECT_EQ(program("module.exports = (o) => { if (o.y) return {x: 'a'}; return {x: 'b'}; };"),
            "nothing");
}

TEST(Serverless, AServiceIsKnownByItsNameAndKeys) {
  const std::string service = "service: a\nprovider:\n  name: aws\n";
  EXPECT_EQ(recognise("x/serverless.yml", service), TemplateDialect::ServerlessFramework);
  EXPECT_EQ(recognise("x/serverless-api.yaml", service), TemplateDialect::ServerlessFramework);
  EXPECT_EQ(recognise("x/other.yml", service), TemplateDialect::Unknown);
  EXPECT_EQ(recognise("serverless.json", "{\"service\": \"a\",\n\"provider\": {\"name\": \"aws\"}}"),
            TemplateDialect::ServerlessFramework);
  EXPECT_EQ(recognise("serverless.yml", "service: a\nprovider: ${file(provider.yml)}\n"),
            TemplateDialect::ServerlessFramework);
  EXPECT_EQ(recognise("serverless.yml", "service: a\nprovider: {name: aws, runtime: nodejs22.x}\n"),
            TemplateDialect::ServerlessFramework);
  EXPECT_EQ(recognise("serverless.yml", "service: a\nprovider: aws\n"),
            TemplateDialect::ServerlessFramework);
}

TEST(Serverless, OtherCloudsAreLeftAlone) {
  for (const std::string_view name : {"google", "azure", "openwhisk", "kubeless", "\"cloudflare\""})
    EXPECT_EQ(recognise("serverless.yml", "service: a\nprovider:\n  # where\n  name: " +
                                              std::string(name) + " # not here\nfunctions: {}\n"),
              TemplateDialect::Unknown)
        << name;
  EXPECT_EQ(recognise("serverless.yml", "service: a\nprovider: {name: google, x: 1}\n"),
            TemplateDialect::Unknown);
}

TEST(Serverless, ASamTemplateOfThatNameIsNone) {
  EXPECT_EQ(recognise("serverless.yaml",
                      "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: "
                      "AWS::Serverless::Function}\n"),
            TemplateDialect::Sam);
}

constexpr std::string_view kService =
    "service: a\nprovider: &p\n  name: aws\n  stage: ${opt:stage, 'dev'}\nfunctions:\n"
    "  f: {handler: a.b, events: [{sqs: !GetAtt Q.Arn}, {http: GET /x}]}\n"
    "  g: ${file(./g.${sls:stage}.yml):${self:custom.${env:X, \"y\"}}, ''}\nresources:\n"
    "  - Resources: {Q: {Type: AWS::SQS::Queue}}\n    Outputs: {O: {Value: !Sub 'a${self:x}'}}\n";

TEST(Serverless, BrokenTextsGiveSoundFacts) {
  constexpr std::array<std::string_view, 10> kPieces{"${",    "}",  "${self:", "${file(", ")",
                                                     "'", "\\${", "#{AWS::", ",", ":"};
  std::mt19937 random(20261120);
  const auto below = [&](std::size_t bound) { return random() % bound; };
  for (int round = 0; round < 1500; ++round) {
    std::string text(kService);
    for (std::size_t edits = 1 + below(4); edits > 0 && !text.empty(); --edits) {
      const std::size_t at = below(text.size());
      switch (below(4)) {
        case 0: text.resize(at); break;
        case 1: text[at] = static_cast<char>(below(256)); break;
        case 2: text.insert(at, kPieces[below(kPieces.size())]); break;
        default: text.erase(at, 1 + below(8)); break;
      }
    }
    const TemplateFacts facts = read_serverless(text);
    ASSERT_EQ(facts.exprs.size(), facts.expr_ranges.size());
    for (const Range range : facts.expr_ranges)
      ASSERT_TRUE(range.begin <= range.end && range.end <= text.size()) << text;
    for (std::uint32_t row = 0; row < facts.exprs.size(); ++row)
      for (const Operand& operand : facts.operands_of(facts.exprs[row].operands))
        ASSERT_TRUE(!operand.value.exists() || operand.value.index < row) << text;
  }
}

}  // namespace
}  // namespace fnlint
