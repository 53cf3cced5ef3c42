// Chalice's programs and settings in template form.

#include "frontends/templates/chalice.h"

#include "tests/templates/support.h"

#include <random>

namespace fnlint {
namespace {

constexpr std::string_view kProgram = R"(import os
from chalice import Chalice
app = Chalice(app_name='photos')
QUEUE = 'jobs'
COMPUTED = 'a' + os.sep

@app.on_s3_event(bucket=os.environ['BUCKET'],
                 events=['s3:ObjectCreated:*'], prefix='in/')  # a comment
def shrink(event):
    return 1

@app.on_sqs_message(queue=QUEUE, batch_size=1)
@other.decorator
async def work(event): pass

@app.lambda_function(name='renamed')
def plain(event, context): pass

@app.on_sns_message(topic=COMPUTED)
def told(event): pass

@app.route('/', methods=['GET'])
def index(): return {}

"""
@app.lambda_function()
def quoted(): pass
"""
@app.middleware('all')
def around(event, get_response): pass
)";

std::string events(const TemplateFacts& facts, std::string_view function) {
  const ExprId found = property(facts, function, "Events");
  return found.exists() ? show(facts, found) : std::string("none");
}

TEST(Chalice, AProgramDeclaresFunctionsWithTheirEvents) {
  ASSERT_EQ(recognise_chalice("app/app.py", kProgram), TemplateDialect::Chalice);
  const TemplateFacts facts = read_chalice("app/app.py", kProgram);
  std::string names;
  for (const Declaration& row : facts.declarations)
    names += std::string(facts.string(row.address)) + " ";
  EXPECT_EQ(names, "shrink work renamed told api_handler ");
  EXPECT_EQ(events(facts, "shrink"),
            R"({Event: {Type: "S3", Properties: {Bucket: Ref("BUCKET"), )"
            R"(Events: ["s3:ObjectCreated:*"], )"
            R"(Filter: {S3Key: {Rules: [{Name: "prefix", Value: "in/"}]}}}}})");
  EXPECT_EQ(events(facts, "renamed"), "none");
  EXPECT_EQ(show(facts, property(facts, "renamed", "Handler")), "\"app.plain\"");
  EXPECT_NE(events(facts, "work").find("\"jobs\""), std::string::npos);
  EXPECT_NE(events(facts, "told").find("unknown("), std::string::npos);
  EXPECT_EQ(show(facts, property(facts, "api_handler", "Handler")), "\"app.app\"");
  const Declaration* shrink = declaration(facts, "shrink");
  EXPECT_EQ(kProgram.substr(shrink->name_range.begin,
                            shrink->name_range.end - shrink->name_range.begin),
            "shrink");
}

TEST(Chalice, SettingsAreGlobalsAndPropertiesOfSingleFunctions) {
  const std::string text = R"({"app_name": "a", "lambda_timeout": 5, "lambda_memory_size": 128,
    "stages": {"prod": {"lambda_timeout": 9}, "dev": {"lambda_timeout": 7,
      "environment_variables": {"A": "b"},
      "lambda_functions": {"shrink": {"reserved_concurrency": 3}}}}})";
  ASSERT_EQ(recognise_chalice("x/.chalice/config.json", text), TemplateDialect::Chalice);
  const TemplateFacts facts = read_chalice("x/.chalice/config.json", text);
  EXPECT_EQ(show(facts, facts.globals),
            R"({Function: {Timeout: 7, MemorySize: 128, Environment: {Variables: {A: "b"}}}})");
  EXPECT_EQ(show(facts, property(facts, "shrink", "ReservedConcurrentExecutions")), "3");
}

TEST(Chalice, OtherProgramsAndSettingsAreNone) {
  EXPECT_EQ(recognise_chalice("app.py", "from flask import Flask\napp = Flask()\n"),
            TemplateDialect::Unknown);
  EXPECT_EQ(recognise_chalice("main.py", kProgram), TemplateDialect::Unknown);
  EXPECT_EQ(recognise_chalice("config.json", "{\"app_name\": \"x\"}"), TemplateDialect::Unknown);
}

TEST(Chalice, BrokenProgramsAreReadAsFarAsTheyGo) {
  for (std::size_t length = 0; length <= kProgram.size(); ++length)
    static_cast<void>(read_chalice("app.py", kProgram.substr(0, length)));
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text(kProgram);
    for (int i = 0; i < 6; ++i) text[random() % text.size()] = "()[]{}'\"@=,\n\\#"[random() % 14];
    const TemplateFacts facts = read_chalice("app.py", text);
    for (const Range& range : facts.expr_ranges) ASSERT_LE(range.end, text.size());
  }
  static_cast<void>(read_chalice("app.py", "@app.f(" + std::string(100'000, '(')));
  static_cast<void>(read_chalice("app.py", "@app.f(" + std::string(100'000, '[')));
  static_cast<void>(read_chalice(".chalice/config.json", std::string(100'000, '[')));
}

}  // namespace
}  // namespace fnlint
