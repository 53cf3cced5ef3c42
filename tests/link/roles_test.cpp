// What roles allow, and when all of that is known.

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test::roles_test {
namespace {

StackProject sam(std::string_view properties, std::string_view others = "") {
  return StackProject(
      cat("  F:\n"
          "    Type: AWS::Serverless::Function\n"
          "    Properties:\n"
          "      InlineCode: x\n",
          properties, others));
}

// The statements beside those that every function's role has.
std::string statements(StackProject project) {
  std::string found;
  const std::string lines = project.lines("statement");
  for (const std::string_view line : split(lines, '\n'))
    if (!line.empty() && line.find("\"logs:") == line.npos) found += cat(line, "\n");
  return found;
}

TEST(Roles, ADefaultRoleIsCompleteAndNobodyWroteIt) {
  StackProject project = sam("");
  EXPECT_TRUE(project.function("F")->default_role);
  EXPECT_TRUE(project.function("F")->role_complete);
  EXPECT_EQ(statements(sam("")), "");
}

TEST(Roles, APolicyTemplateGrantsOnItsParameter) {
  EXPECT_EQ(statements(sam("      Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt "
                           "Q.QueueName}}]\n",
                           "  Q: {Type: AWS::SQS::Queue}\n")),
            "statement FRole allows \"sqs:SendMessage*\" on "
            "\"arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Q.QueueName}\"\n");
}

TEST(Roles, StatementsOfAnyForm) {
  EXPECT_EQ(statements(sam("      Policies:\n"
                           "        - Statement:\n"
                           "            Effect: Deny\n"
                           "            Action: 's3:*'\n"
                           "            Resource: ['*']\n"
                           "        - Version: '2012-10-17'\n"
                           "          Statement:\n"
                           "            - {Effect: Allow, NotAction: ['iam:*'], Resource: '*', "
                           "Condition: {Bool: {a: true}}}\n")),
            "statement FRole denies \"s3:*\" on \"*\"\n"
            "statement FRole allows other than \"iam:*\" on \"*\", conditional\n");
}

TEST(Roles, ManagedPoliciesByNameOrArn) {
  EXPECT_EQ(statements(sam("      Policies: [AmazonSQSReadOnlyAccess]\n")),
            statements(sam("      Policies: 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'\n")));
  EXPECT_NE(statements(sam("      Policies: AmazonSQSFullAccess\n")).find("\"sqs:*\""),
            std::string::npos);
}

TEST(Roles, AnUnknownPolicyLeavesTheRoleIncomplete) {
  StackProject project = sam("      Policies: [SomethingOfOurs]\n");
  EXPECT_FALSE(project.function("F")->role_complete);
  EXPECT_EQ(project.lines("unresolved"),
            "unresolved role policy: the policy SomethingOfOurs is unknown (F)\n");
}

TEST(Roles, WhatSamAddsForEventsNetworkAndDestinations) {
  StackProject project =
      sam("      VpcConfig: {SubnetIds: [a], SecurityGroupIds: [b]}\n"
          "      DeadLetterQueue: {Type: SNS, TargetArn: !Ref T}\n"
          "      Events: {E: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}}\n",
          "  Q: {Type: AWS::SQS::Queue}\n  T: {Type: AWS::SNS::Topic}\n");
  const std::string lines = project.lines("statement");
  EXPECT_NE(lines.find("ec2:CreateNetworkInterface"), std::string::npos);
  EXPECT_NE(lines.find("sqs:ReceiveMessage"), std::string::npos);
  EXPECT_NE(lines.find("\"sns:Publish\" on T"), std::string::npos);
}

TEST(Roles, ADeclaredRoleHasItsInlineAndManagedPolicies) {
  StackProject project(
      "  F: {Type: AWS::Serverless::Function, Properties: {InlineCode: x, Role: !GetAtt R.Arn, "
      "Policies: [AmazonS3FullAccess]}}\n"
      "  R:\n"
      "    Type: AWS::IAM::Role\n"
      "    Properties:\n"
      "      ManagedPolicyArns: [!Ref M]\n"
      "      Policies:\n"
      "        - PolicyName: p\n"
      "          PolicyDocument: {Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: "
      "'*'}]}\n"
      "  M: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: "
      "Allow, Action: 'sns:Publish', Resource: '*'}]}}}\n"
      "  P: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref R], PolicyDocument: "
      "'{\"Statement\": "
      "[{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}]}'}}\n");
  EXPECT_EQ(project.lines("statement"),
            "statement R allows \"sqs:SendMessage\" on \"*\"\n"
            "statement R allows \"sns:Publish\" on \"*\"\n"
            "statement R allows \"s3:GetObject\" on \"*\"\n");
  EXPECT_TRUE(project.function("F")->role_complete);
  EXPECT_EQ(project.lines("grants"), "grants F -> R\n");
}

TEST(Roles, AnImportedRoleIsUnknown) {
  StackProject project = sam("      Role: 'arn:aws:iam::123456789012:role/theirs'\n");
  EXPECT_FALSE(project.function("F")->role.exists());
  EXPECT_NE(project.lines("unresolved role policy").find("is not declared in this run"),
            std::string::npos);
}

TEST(Roles, AnIncompleteRoleThatNoFunctionHasIsNotNoted) {
  StackProject project(
      "  R: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: "
      "['arn:aws:iam::aws:policy/Whatever']}}\n");
  EXPECT_EQ(project.lines("unresolved"), "");
}

TEST(Roles, ConnectorsGrant) {
  const std::string_view queue = "  Q: {Type: AWS::SQS::Queue}\n";
  const std::string_view expected =
      "statement FRole allows \"sqs:DeleteMessage\", \"sqs:SendMessage\", "
      "\"sqs:ChangeMessageVisibility\", \"sqs:PurgeQueue\" on Q.Arn\n";
  EXPECT_EQ(statements(sam("", cat(queue,
                                   "  C: {Type: AWS::Serverless::Connector, Properties: {Source: "
                                   "{Id: F}, Destination: {Id: Q}, Permissions: [Write]}}\n"))),
            expected);
  EXPECT_EQ(statements(sam("    Connectors: {C: {Properties: {Destination: [{Id: Q}], Permissions: "
                           "[Write]}}}\n",
                           queue)),
            expected);
}

TEST(Roles, AConnectorToAFunctionIsAPermission) {
  StackProject project = sam("",
                             "  T: {Type: AWS::SNS::Topic}\n"
                             "  C: {Type: AWS::Serverless::Connector, Properties: {Source: "
                             "{Id: T}, Destination: {Id: F}, Permissions: [Write]}}\n");
  EXPECT_EQ(project.lines("may invoke"), "may invoke T -> F\n");
}

}  // namespace
}  // namespace fnlint::test::roles_test
