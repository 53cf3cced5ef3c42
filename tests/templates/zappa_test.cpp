// Zappa's settings in template form.

#include "frontends/templates/zappa.h"

#include "tests/templates/support.h"

#include <random>

namespace fnlint::zappa_test {
namespace {

constexpr std::string_view kSettings = R"x({
  "common": {"project_name": "shop", "s3_bucket": "b", "memory_size": 256,
             "environment_variables": {"TABLE": "orders"}},
  "dev": {"extends": "common", "app_function": "shop.app", "runtime": "python3.12",
    "aws_environment_variables": {"STAGE": "dev"},
    "events": [
      {"function": "shop.images.shrink",
       "event_source": {"arn": "arn:aws:s3:::photos", "events": ["s3:ObjectCreated:*"],
                        "key_filters": [{"type": "prefix", "value": "in/"}]}},
      {"function": "shop.jobs.work",
       "event_source": {"arn": "arn:aws:sqs:eu-west-1:1:jobs", "batch_size": 1}},
      {"function": "shop.jobs.clean", "expression": "rate(1 day)"},
      {"function": "shop.jobs.other", "event_source": {"arn": "THE ARN"}}]},
  "live": {"django_settings": "shop.settings", "apigateway_enabled": false},
  "notes": "these are not a stage"
})x";

std::string shown(const TemplateFacts& facts, std::string_view function, std::string_view name) {
  const ExprId found = property(facts, function, name);
  return found.exists() ? show(facts, found) : std::string("none");
}

TEST(Zappa, AStageIsAFunctionAndSoIsEachOfItsEvents) {
  ASSERT_EQ(recognise_zappa("a/zappa_settings.json", kSettings), TemplateDialect::Sam);
  const TemplateFacts facts = read_zappa("a/zappa_settings.json", kSettings);
  std::string names;
  for (const Declaration& row : facts.declarations)
    names += std::string(facts.string(row.address)) + ", ";
  EXPECT_EQ(names,
            "shop-dev, shop-dev shop.images.shrink, shop-dev shop.jobs.work, "
            "shop-dev shop.jobs.clean, shop-dev shop.jobs.other, live, ");
  EXPECT_EQ(shown(facts, "shop-dev", "Handler"), "\"shop.app\"");
  EXPECT_EQ(shown(facts, "shop-dev", "Runtime"), "\"python3.12\"");
  EXPECT_EQ(shown(facts, "shop-dev", "MemorySize"), "256");
  EXPECT_EQ(shown(facts, "shop-dev", "Environment"),
            R"({Variables: {STAGE: "dev", TABLE: "orders"}})");
  EXPECT_EQ(shown(facts, "live", "Events"), "none");
}

TEST(Zappa, EventsByTheServiceOfTheirArn) {
  const TemplateFacts facts = read_zappa("zappa_settings.json", kSettings);
  EXPECT_EQ(shown(facts, "shop-dev shop.images.shrink", "Events"),
            R"({Event: {Type: "S3", Properties: {Bucket: "photos", Events: ["s3:ObjectCreated:*"], )"
            R"(Filter: {S3Key: {Rules: [{Name: "prefix", Value: "in/"}]}}}}})");
  EXPECT_EQ(shown(facts, "shop-dev shop.jobs.work", "Events"),
            R"({Event: {Type: "SQS", Properties: {Queue: "arn:aws:sqs:eu-west-1:1:jobs", )"
            R"(BatchSize: 1}}})");
  EXPECT_EQ(shown(facts, "shop-dev shop.jobs.clean", "Events"),
            R"x({Event: {Type: "Schedule", Properties: {Schedule: "rate(1 day)"}}})x");
  EXPECT_EQ(shown(facts, "shop-dev shop.jobs.other", "Events"), "none");
}

TEST(Zappa, OtherFormats) {
  const TemplateFacts toml = read_zappa(
      "zappa_settings.toml", "[dev]\napp_function = \"app.app\"\nruntime = \"python3.12\"\n");
  EXPECT_EQ(shown(toml, "dev", "Handler"), "\"app.app\"");
  const TemplateFacts yaml = read_zappa("zappa_settings.yml", "dev:\n  app_function: app.app\n");
  EXPECT_EQ(shown(yaml, "dev", "Handler"), "\"app.app\"");
}

TEST(Zappa, WhatExtendsItselfEnds) {
  const TemplateFacts facts = read_zappa(
      "zappa_settings.json", R"({"a": {"extends": "b"}, "b": {"extends": "a", "runtime": "r", "app_function": "f"}})");
  EXPECT_EQ(shown(facts, "a", "Runtime"), "\"r\"");
  EXPECT_TRUE(read_zappa("zappa_settings.json", "[1").problems.size() > 0);
}

TEST(Zappa, BrokenTextIsReadAsFarAsItGoes) {
  for (std::size_t length = 0; length <= kSettings.size(); ++length)
    static_cast<void>(read_zappa("zappa_settings.json", kSettings.substr(0, length)));
  std::mt19937 random(7);
  constexpr std::string_view kSigns = "@[]{}():,\"\\\n #*/";
  for (int round = 0; round < 2000; ++round) {
    std::string text(kSettings);
    for (int i = 0; i < 6; ++i) text[random() % text.size()] = kSigns[random() % kSigns.size()];
    const TemplateFacts facts = read_zappa("zappa_settings.json", text);
    for (const Range& range : facts.expr_ranges) ASSERT_LE(range.end, text.size());
  }
  static_cast<void>(read_zappa("zappa_settings.json", std::string(100'000, '[')));
  static_cast<void>(read_zappa("zappa_settings.toml", std::string(100'000, '[')));
}

}  // namespace
}  // namespace fnlint::zappa_test
