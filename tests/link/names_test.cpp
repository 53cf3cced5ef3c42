// Which resource a reference, ARN, address or pattern means.

#include "link/stacks/names.h"

#include "link/stacks/arn.h"
#include "tests/link/stacks.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace fnlint::test::names_test {
namespace {

constexpr std::string_view kResources =
    "  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub 'acme-in-${AWS::AccountId}'}}\n"
    "  Plain: {Type: AWS::S3::Bucket, Properties: {BucketName: plain}}\n"
    "  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}\n"
    "  T: {Type: AWS::DynamoDB::Table, Properties: {TableName: items}}\n";

struct Names {
  StackProject project{kResources};
  ValuePool& pool() { return project.pool(); }
  ValueId text(std::string_view text) { return pool().text_value(text); }
  ValueId hole(std::string_view name) { return pool().hole(Origin::Pseudo, name); }

  std::string found(ValueId value, ResourceKind kind) {
    std::string names;
    for (const Match& match : find_resource(pool(), project.stacks(), value, kind))
      names += cat(names.empty() ? "" : " ", pool()[project.stacks()[match.resource].address],
                   match.exact ? "" : "?");
    return names;
  }
};

TEST(Names, APhysicalNameMeansItsResource) {
  Names names;
  names.project.stacks();
  EXPECT_EQ(names.found(names.text("plain"), ResourceKind::Bucket), "Plain");
  EXPECT_EQ(names.found(names.text("plain"), ResourceKind::Queue), "");
  EXPECT_EQ(names.found(names.text("other"), ResourceKind::Bucket), "");
}

// What is asked of all names is the same as comparing the texts that are not made.
TEST(Names, ASkeletonIsRecognisedWithoutMakingThePatternsOwn) {
  Names names;
  ValuePool& pool = names.pool();
  const auto made = [&](std::initializer_list<ValueId> parts) {
    return pool.concat(std::vector<ValueId>(parts));
  };
  const ValueId a = names.text("a-"), b = names.text("-b"), h = names.hole("h"),
                i = names.hole("i");
  const std::vector<ValueId> patterns{made({a, h}),    made({h, b}),       made({a, h, b}),
                                      made({a, i, b}), made({a, h, i, b}), made({h, a, i}),
                                      made({h, i}),    made({a, h, b, i})};
  for (const ValueId one : patterns)
    for (const ValueId other : patterns)
      EXPECT_EQ(has_skeleton(pool, one, skeleton_of(pool, other)),
                skeleton_of(pool, one) == skeleton_of(pool, other));
}

TEST(Names, PatternsAreComparedHoleByHole) {
  Names names;
  names.project.stacks();
  const std::array same{names.text("acme-in-"), names.hole("AWS::AccountId")};
  EXPECT_EQ(names.found(names.pool().concat(same), ResourceKind::Bucket), "B");
  const std::array alike{names.text("acme-in-"),
                         names.pool().hole(Origin::CallResult, "account", 7)};
  EXPECT_EQ(names.found(names.pool().concat(alike), ResourceKind::Bucket), "B?");
  const std::array other{names.text("acme-out-"), names.hole("AWS::AccountId")};
  EXPECT_EQ(names.found(names.pool().concat(other), ResourceKind::Bucket), "");
}

TEST(Names, ArnsAndUrlsAreReadForTheirNames) {
  Names names;
  names.project.stacks();
  EXPECT_EQ(names.found(names.text("arn:aws:sqs:eu-west-1:1:orders"), ResourceKind::Queue), "Q");
  EXPECT_EQ(
      names.found(names.text("https://sqs.eu-west-1.amazonaws.com/1/orders"), ResourceKind::Queue),
      "Q");
  EXPECT_EQ(names.found(names.text("arn:aws:dynamodb:eu-west-1:1:table/items/stream/x"),
                        ResourceKind::Table),
            "T");
  EXPECT_EQ(names.found(names.text("arn:aws:s3:::plain/folder/*"), ResourceKind::Bucket), "Plain");
  EXPECT_EQ(names.found(names.text("arn:aws:sqs:eu-west-1:1:plain"), ResourceKind::Bucket), "");
}

TEST(Names, AnyKindIsWhatTheArnSays) {
  Names names;
  names.project.stacks();
  EXPECT_EQ(names.found(names.text("arn:aws:sqs:eu-west-1:1:orders"), ResourceKind::Other), "Q");
}

TEST(Names, AlternativesKeepTheirBranches) {
  Names names;
  names.project.stacks();
  const std::array domain{names.pool().string("a"), names.pool().string("b")};
  const std::uint32_t choice = names.pool().choice(0, "Env", domain);
  const std::array branches{
      Alternative{names.text("plain"), names.pool().guard({{choice, 1}})},
      Alternative{names.text("elsewhere"), names.pool().guard({{choice, 2}})}};
  const auto matches = find_resource(names.pool(), names.project.stacks(),
                                     names.pool().one_of(branches), ResourceKind::Bucket);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(guard_text(names.pool(), matches[0].when), "if Env is a");
}

TEST(Names, ASharedDefaultIsNoUncertainty) {
  StackProject project;
  project.file("template.yaml",
               "Parameters: {N: {Type: String, Default: acme}}\n"
               "Resources:\n"
               "  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref N}}\n"
               "  Q: {Type: AWS::SQS::Queue, Properties: {X: !Ref N}}\n");
  const ValueId value = project.property_value("Q", "X");
  const auto shared = find_resource(project.pool(), project.stacks(), value, ResourceKind::Bucket);
  ASSERT_EQ(shared.size(), 1U);
  EXPECT_EQ(shared[0].uncertainty, 0);
  const auto literal = find_resource(project.pool(), project.stacks(),
                                     project.pool().text_value("acme"), ResourceKind::Bucket);
  ASSERT_EQ(literal.size(), 1U);
  EXPECT_EQ(literal[0].uncertainty, kOverridable);
}

TEST(Names, AnArnIsMadeOfTheName) {
  Names names;
  const Stacks& stacks = names.project.stacks();
  EXPECT_EQ(value_text(names.pool(), arn_of(names.pool(), stacks, names.project.find("B"))),
            R"("arn:${AWS::Partition}:s3:::acme-in-${AWS::AccountId}")");
}

}  // namespace
}  // namespace fnlint::test::names_test
