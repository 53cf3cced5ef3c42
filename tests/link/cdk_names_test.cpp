// Names of the CDK's classes in all languages, in the table's words.

#include "link/synth/cdk_app.h"

#include <gtest/gtest.h>

namespace fnlint::cdk {
namespace {

TEST(CdkNames, EachLanguageLeadsToTheSameClass) {
  for (const char* const name : {"aws-cdk-lib/aws-lambda-event-sources.SqsEventSource",
                                 "aws_cdk.aws_lambda_event_sources.SqsEventSource",
                                 "software.amazon.awscdk.services.lambda.eventsources.SqsEventSource",
                                 "Amazon.CDK.AWS.Lambda.EventSources.SqsEventSource"})
    EXPECT_EQ(cdk_path(name), "awslambdaeventsources.SqsEventSource") << name;
}

TEST(CdkNames, ModulesThatCameLateStandOutsideOfTheServices) {
  for (const char* const name :
       {"aws-cdk-lib/aws-apigatewayv2-integrations.HttpLambdaIntegration",
        "aws_cdk.aws_apigatewayv2_integrations.HttpLambdaIntegration",
        "software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration",
        "Amazon.CDK.AwsApigatewayv2Integrations.HttpLambdaIntegration"})
    EXPECT_EQ(cdk_path(name), "awsapigatewayv2integrations.HttpLambdaIntegration") << name;
}

TEST(CdkNames, ClassesOfTheLibraryItselfHaveNoModule) {
  EXPECT_EQ(cdk_path("software.amazon.awscdk.Stack"), "Stack");
  EXPECT_EQ(cdk_path("Amazon.CDK.AwsSolutionsChecks"), "AwsSolutionsChecks");
  EXPECT_EQ(cdk_path("Amazon.CDK.Aws.REGION"), "Aws.REGION");
  EXPECT_EQ(cdk_path("software.amazon.awscdk.Aws.REGION"), "Aws.REGION");
}

}  // namespace
}  // namespace fnlint::cdk
