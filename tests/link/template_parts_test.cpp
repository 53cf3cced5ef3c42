// Templates in several files, put together by the names that they miss.

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using test::StackProject;

constexpr const char* kHead =
    "Parameters: {Stage: {Type: String}}\n"
    "Conditions: {Live: !Equals [!Ref Stage, live]}\n"
    "Resources:\n"
    "  Orders: {Type: AWS::SQS::Queue}\n";
constexpr const char* kPart =
    "Resources: {T: {Type: AWS::SNS::Topic, Condition: Live, Properties: {X: !Ref Orders, Y: !Ref "
    "Stage}}}\n";

TEST(TemplateParts, APartAndTheOneWithItsParametersAreOneTemplate) {
  StackProject project;
  project.file("shop/parent.yaml", kHead);
  project.file("shop/topics/sold.yaml", kPart);
  EXPECT_EQ(project.property("T", "X"), "Orders");
  EXPECT_EQ(project.lines("unresolved"), "");
}

TEST(TemplateParts, TheNearestFolderThatDeclaresAllNamesIsMeant) {
  StackProject project;
  project.file("kiosk/parent.yaml", kHead);
  project.file("shop/parent.yaml", kHead);
  project.file("shop/topics/sold.yaml", kPart);
  EXPECT_EQ(project.property("T", "X"), "Orders");
  EXPECT_EQ(project.lines("unresolved"), "");
}

TEST(TemplateParts, WhichOfTwoIsMeantIsNotKnown) {
  StackProject project;
  project.file("shop/live.yaml", kHead);
  project.file("shop/test.yaml", std::string(kHead) + "  Payments: {Type: AWS::SQS::Queue}\n");
  project.file("shop/topics/sold.yaml", kPart);
  EXPECT_NE(project.lines("unresolved").find("nothing is named Orders"), std::string::npos);
}

TEST(TemplateParts, ATemplateWithParametersOfItsOwnStandsAlone) {
  StackProject project;
  project.file("shop/parent.yaml", kHead);
  project.file("shop/topics/sold.yaml",
               "Parameters: {Other: {Type: String}}\n"
               "Resources: {T: {Type: AWS::SNS::Topic, Properties: {X: !Ref Orders}}}\n");
  EXPECT_EQ(project.lines("unresolved"), "unresolved intrinsic: nothing is named Orders\n");
}

TEST(TemplateParts, WhatSamMakesIsNotMissing) {
  StackProject project;
  project.file("shop/parent.yaml", kHead);
  project.file("shop/api.yaml",
               "Transform: AWS::Serverless-2016-10-31\n"
               "Resources:\n"
               "  Fn: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: "
               "a.b, CodeUri: src}}\n"
               "  T: {Type: AWS::SNS::Topic, Properties: {X: !GetAtt FnRole.Arn}}\n"
               "  Orders: {Type: AWS::SQS::Queue}\n");
  EXPECT_EQ(project.property("T", "X"), "FnRole.Arn");
}

}  // namespace
}  // namespace fnlint
