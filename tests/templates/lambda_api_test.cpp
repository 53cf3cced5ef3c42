// Answers of the Lambda API in template form.

#include "frontends/templates/lambda_api.h"

#include "tests/templates/support.h"

#include <random>

namespace fnlint {
namespace {

constexpr std::string_view kArn = "arn:aws:lambda:eu-west-1:123456789012:function:";

std::string configuration(std::string_view name, std::string_view more = {}) {
  return R"({"FunctionName": ")" + std::string(name) + R"(", "FunctionArn": ")" +
         std::string(kArn) + std::string(name) +
         R"(", "Runtime": "python3.8", "Role": "arn:aws:iam::1:role/r", "Handler": "app.handler",
             "Version": "$LATEST", "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": []})" +
         std::string(more) + "}";
}

std::string addresses(const TemplateFacts& facts) {
  std::string all;
  for (const Declaration& row : facts.declarations)
    all += std::string(facts.string(row.address)) + " " + std::string(facts.string(row.type)) + "\n";
  return all;
}

bool is_one(const std::string& text) {
  return recognise_lambda_api(text) == TemplateDialect::LambdaApi;
}

TEST(LambdaApi, AFunctionHasThePropertiesThatATemplateWouldGiveIt) {
  const std::string text = R"({"Configuration": )" +
                           configuration("resize", R"(, "KMSKeyArn": "k",
                             "Layers": [{"Arn": "arn:l:1", "CodeSize": 5}], "DeadLetterConfig": null)") +
                           R"(, "Code": {"RepositoryType": "S3", "Location": "https://x"},
                              "Concurrency": {"ReservedConcurrentExecutions": 10}})";
  ASSERT_TRUE(is_one(text));
  const TemplateFacts facts = read_lambda_api(text);
  EXPECT_EQ(addresses(facts), "resize AWS::Lambda::Function\n");
  EXPECT_EQ(show(facts, facts.declarations[0].body),
            R"({FunctionName: "resize", Runtime: "python3.8", Role: "arn:aws:iam::1:role/r", )"
            R"(Handler: "app.handler", KmsKeyArn: "k", Layers: ["arn:l:1"], )"
            R"(ReservedConcurrentExecutions: 10})");
  const Range where = facts.expr_ranges[property(facts, "resize", "Runtime").index];
  EXPECT_EQ(text.substr(where.begin, where.end - where.begin), "\"python3.8\"");
}

TEST(LambdaApi, ListsAndTheirPages) {
  const std::string page = R"({"Functions": [)" + configuration("a") + "," + configuration("b") +
                           R"(], "NextMarker": "x"})";
  EXPECT_TRUE(is_one(page));
  EXPECT_EQ(addresses(read_lambda_api(page)),
            "a AWS::Lambda::Function\nb AWS::Lambda::Function\n");
  const std::string pages = "[" + page + R"(, {"Functions": [)" + configuration("c") + "]}]";
  EXPECT_TRUE(is_one(pages));
  EXPECT_EQ(read_lambda_api(pages).declarations.size(), 3U);
  const std::string versions = R"({"Versions": [)" + configuration("a") + R"(, {"FunctionName": "a",
    "FunctionArn": ")" + std::string(kArn) + R"(a:7", "Version": "7"}]})";
  EXPECT_TRUE(is_one(versions));
  EXPECT_EQ(addresses(read_lambda_api(versions)),
            "a AWS::Lambda::Function\na:7 AWS::Lambda::Version\n");
}

TEST(LambdaApi, APolicyIsATextInsideOfTheAnswer) {
  const std::string text =
      R"({"Policy": "{\"Statement\":[{\"Sid\":\"s\",\"Effect\":\"Allow\",)"
      R"(\"Principal\":{\"Service\":\"s3.amazonaws.com\"},\"Action\":\"lambda:InvokeFunction\",)"
      R"(\"Resource\":\"arn:aws:lambda:eu-west-1:1:function:resize\",)"
      R"(\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:s3:::photos\"}}}]}",)"
      R"( "RevisionId": "1"})";
  ASSERT_TRUE(is_one(text));
  const TemplateFacts facts = read_lambda_api(text);
  EXPECT_EQ(addresses(facts), "resize permission s AWS::Lambda::Permission\n");
  EXPECT_EQ(show(facts, facts.declarations[0].body),
            R"({Action: "lambda:InvokeFunction", )"
            R"(FunctionName: "arn:aws:lambda:eu-west-1:1:function:resize", )"
            R"(Principal: "s3.amazonaws.com", SourceArn: "arn:aws:s3:::photos"})");
}

TEST(LambdaApi, WhatBelongsToAFunction) {
  const std::string arn(kArn);
  const auto read = [](const std::string& text) {
    EXPECT_TRUE(is_one(text)) << text;
    return addresses(read_lambda_api(text));
  };
  EXPECT_EQ(read(R"({"Aliases": [{"AliasArn": ")" + arn + R"(a:live", "Name": "live",
                     "FunctionVersion": "4"}]})"),
            "a:live AWS::Lambda::Alias\n");
  EXPECT_EQ(read(R"({"EventSourceMappings": [{"UUID": "u", "FunctionArn": ")" + arn + R"(a",
                     "EventSourceArn": "arn:aws:sqs:eu-west-1:1:jobs", "State": "Disabled"}]})"),
            "a mapping u AWS::Lambda::EventSourceMapping\n");
  EXPECT_EQ(read(R"({"ProvisionedConcurrencyConfigs": [{"FunctionArn": ")" + arn + R"(a:live",
                     "RequestedProvisionedConcurrentExecutions": 5}]})"),
            "a:live provisioned concurrency Lambda::ProvisionedConcurrency\n");
  EXPECT_EQ(read(R"({"RequestedProvisionedConcurrentExecutions": 5, "Status": "READY"})"),
            " provisioned concurrency Lambda::ProvisionedConcurrency\n");
  EXPECT_EQ(read(R"({"ReservedConcurrentExecutions": 5})"),
            "reserved concurrency Lambda::ReservedConcurrency\n");
  EXPECT_EQ(read(R"({"FunctionName": "a", "ReservedConcurrentExecutions": 5})"),
            "a AWS::Lambda::Function\n");
  EXPECT_EQ(read(R"({"LayerArn": "arn:aws:lambda:e:1:layer:l", "LayerVersionArn":
                     "arn:aws:lambda:e:1:layer:l:3", "Version": 3})"),
            "layer l:3 AWS::Lambda::LayerVersion\n");
  EXPECT_EQ(read(R"({"FunctionName": "a", "Role": "r", "Code": {"S3Bucket": "b", "S3Key": "k"}})"),
            "a AWS::Lambda::Function\n");
}

TEST(LambdaApi, JsonThatOnlySpeaksOfFunctionsIsNone) {
  for (const char* text :
       {"{}", "[]", "", "FunctionName: a", R"({"FunctionName": "a"})",
        R"({"FunctionName": "a", "Timeout": 3})",
        R"({"Functions": [{"name": "f"}]})",
        R"({"Functions": [], "Extra": 1, "FunctionArn": ":lambda:"})",
        R"({"Policy": {"Version": "2012-10-17"}, "RevisionId": "1"})",
        R"({"Policy": "{}", "RevisionId": "1"})", R"({"Versions": ["1.0.0", "Function"]})",
        R"({"Configuration": {"FunctionName": "a"}, "Code": {}, "Other": ":lambda:"})",
        R"({"detail": {"FunctionName": "a", "FunctionArn": ":lambda:", "Runtime": "x"}})",
        R"({"ReservedConcurrentExecutions": 5, "MemorySize": 128})",
        R"({"FunctionName": "a", "Role": "r", "Code": {}, "Unknown": 1})"})
    EXPECT_FALSE(is_one(text)) << text;
}

TEST(LambdaApi, BrokenTextsDoNotConfuseIt) {
  const std::string whole = R"({"Functions": [)" + configuration("a") + R"(], "NextMarker": "x"})";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const std::string text = whole.substr(0, length);
    static_cast<void>(recognise_lambda_api(text));
    const TemplateFacts facts = read_lambda_api(text);
    for (const Range& range : facts.expr_ranges) ASSERT_LE(range.end, text.size());
  }
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string text = whole;
    for (int i = 0; i < 4; ++i)
      text[random() % text.size()] = "{}[]\",:\\x0"[random() % 10];
    static_cast<void>(recognise_lambda_api(text));
    static_cast<void>(read_lambda_api(text));
  }
}

}  // namespace
}  // namespace fnlint
