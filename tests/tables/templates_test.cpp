// Tables of resource types, ARNs, policies and SAM's events.

#include "tables/templates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace fnlint {
namespace {

TEST(TemplateTables, TypesAreFoundByName) {
  const ResourceType* bucket = find_resource_type("AWS::S3::Bucket");
  ASSERT_NE(bucket, nullptr);
  EXPECT_EQ(bucket->kind, ResourceKind::Bucket);
  EXPECT_EQ(bucket->name, "BucketName");
  EXPECT_EQ(find_resource_type("AWS::S3::Buckett"), nullptr);
}

TEST(TemplateTables, ArnsHaveTheirNameAndSixParts) {
  for (const ResourceType& type : resource_types()) {
    if (type.arn.empty()) continue;
    EXPECT_NE(type.arn.find("{name}"), std::string_view::npos) << type.type;
    EXPECT_TRUE(type.arn.starts_with("arn:{AWS::Partition}:")) << type.type;
  }
}

TEST(TemplateTables, AShortResourceIsTheAccountsOwnArn) {
  const PolicyTemplate* send = find_policy_template("SQSSendMessagePolicy");
  ASSERT_NE(send, nullptr);
  ASSERT_EQ(send->statements.size(), 1U);
  EXPECT_EQ(send->statements[0].resources[0],
            "arn:{AWS::Partition}:sqs:{AWS::Region}:{AWS::AccountId}:{QueueName}");
}

// "{Name}" of a policy template's resources is one of its parameters.
TEST(TemplateTables, PolicyTemplatesUseTheirOwnParameters) {
  for (const PolicyTemplate& row : policy_templates()) {
    for (const KnownStatement& statement : row.statements) {
      for (std::string_view resource : statement.resources) {
        for (std::size_t open = resource.find('{'); open != resource.npos;
             open = resource.find('{', open + 1)) {
          const std::string_view name =
              resource.substr(open + 1, resource.find('}', open) - open - 1);
          if (name.starts_with("AWS::")) continue;
          EXPECT_NE(std::ranges::find(row.parameters, name), row.parameters.end())
              << row.name << ' ' << name;
        }
      }
    }
  }
}

TEST(TemplateTables, WhatSamAddsForAnEventIsKnown) {
  for (const SamEvent& event : sam_events()) {
    const bool policy = event.policy.empty() || find_managed_policy(event.policy) != nullptr;
    EXPECT_TRUE(policy) << event.type;
    const bool made = event.generates.empty() || event.form == EventForm::Direct ||
                      find_resource_type(event.generates) != nullptr;
    EXPECT_TRUE(made) << event.type;
    const bool implicit =
        event.implicit.empty() || find_resource_type(event.implicit_type) != nullptr;
    EXPECT_TRUE(implicit) << event.type;
  }
}

TEST(TemplateTables, SamsTypesAreTypes) {
  for (const SamResource& row : sam_resources())
    EXPECT_NE(find_resource_type(row.type), nullptr) << row.type;
}

TEST(TemplateTables, InvokersAreSortedByType) {
  EXPECT_TRUE(std::ranges::is_sorted(invokers(), {}, &Invoker::type));
}

TEST(TemplateTables, TasksNameTheirArgument) {
  const StateMachineTask* task = find_state_machine_task("sqs:sendMessage");
  ASSERT_NE(task, nullptr);
  EXPECT_EQ(task->argument, "QueueUrl");
  EXPECT_EQ(task->kind, ResourceKind::Queue);
}

TEST(TemplateTables, AdministratorsMayDoAnything) {
  const ManagedPolicy* all = find_managed_policy("AdministratorAccess");
  ASSERT_NE(all, nullptr);
  EXPECT_FALSE(all->partial);
  EXPECT_EQ(all->statements[0].actions[0], "*");
}

}  // namespace
}  // namespace fnlint
