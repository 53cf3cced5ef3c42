// CDK programs in Go: constructors by functions, structs of properties, addresses.

#include "tests/link/synthesis.h"

#include <gtest/gtest.h>

#include <string>

namespace fnlint::test {

namespace {

// The body of a function that is given the stack, with the imports that programs in Go begin with.
std::string go(std::string_view body, std::string_view type = {}, std::string_view above = {}) {
  const std::string source = cat(R"(package main
import (
	"fmt"
	"os"
	"strings"
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambdaeventsources"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3notifications"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	awslambdago "github.com/aws/aws-cdk-go/awscdklambdagoalpha/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)
)",
                                 above, R"(
type ShopProps struct {
	awscdk.StackProps
	Stage string
}
func NewShop(scope constructs.Construct, id string, props *ShopProps) awscdk.Stack {
	var sprops awscdk.StackProps
	if props != nil {
		sprops = props.StackProps
	}
	stack := awscdk.NewStack(scope, &id, &sprops)
)",
                                 body, R"(
	return stack
}
func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	NewShop(app, "S", &ShopProps{awscdk.StackProps{Env: env()}, "prod"})
	app.Synth(nil)
}
func env() *awscdk.Environment { return nil }
)");
  return Synthesis(source, Language::Go, "{\"app\": \"go run main.go\"}").words(type);
}

}  // namespace

TEST(CdkProgram, ConstructsOfGoAreMadeByFunctions) {
  EXPECT_EQ(go(R"(
	queue := awssqs.NewQueue(stack, jsii.String("Q"), nil)
	fn := awslambda.NewFunction(stack, jsii.String("F"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_18_X(),
		Handler: jsii.String("index.handler"),
		Code: awslambda.Code_FromAsset(jsii.String("src"), nil),
		Timeout: awscdk.Duration_Seconds(jsii.Number(30)),
		Architecture: awslambda.Architecture_ARM_64(),
		Environment: &map[string]*string{"QUEUE": queue.QueueUrl(), "STAGE": &props.Stage},
	})
	fn.AddEventSource(awslambdaeventsources.NewSqsEventSource(queue,
		&awslambdaeventsources.SqsEventSourceProps{BatchSize: jsii.Number(5)}))
	queue.GrantSendMessages(fn)
)"),
            R"(
S/Q: {}
S/F: {Runtime=nodejs18.x Handler=index.handler Timeout=30 Environment={Variables={QUEUE=Ref(S/Q) STAGE=prod}} Architectures=[arm64] Code=src Role=Fn::GetAtt(S/F/ServiceRole Arn)}
S/F/ServiceRole: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole Principal={Service=lambda.amazonaws.com}}]} ManagedPolicyArns=[arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole] Policies=[{PolicyDocument={Statement=[{Effect=Allow Action=[sqs:ReceiveMessage sqs:ChangeMessageVisibility sqs:GetQueueUrl sqs:DeleteMessage sqs:GetQueueAttributes] Resource=[Fn::GetAtt(S/Q Arn)]}]}} {PolicyDocument={Statement=[{Effect=Allow Action=[sqs:SendMessage sqs:GetQueueAttributes sqs:GetQueueUrl] Resource=[Fn::GetAtt(S/Q Arn)]}]}}]}
S/F/SqsEventSource: {FunctionName=Fn::GetAtt(S/F Arn) EventSourceArn=Fn::GetAtt(S/Q Arn) BatchSize=5}
)");
}

TEST(CdkProgram, ConstantsOfGoAreTheirOwnNamesOrCalls) {
  EXPECT_EQ(go(R"(
	bucket := awss3.NewBucket(stack, jsii.String("B"), nil)
	fn := awslambdago.NewGoFunction(stack, jsii.String("F"), &awslambdago.GoFunctionProps{
		Entry: jsii.String("./lambda"),
	})
	bucket.AddEventNotification(awss3.EventType_OBJECT_CREATED,
		awss3notifications.NewLambdaDestination(fn),
		&awss3.NotificationKeyFilter{Prefix: jsii.String("in/")})
	awsdynamodb.NewTable(stack, jsii.String("T"), &awsdynamodb.TableProps{
		PartitionKey: &awsdynamodb.Attribute{
			Name: jsii.String("id"), Type: awsdynamodb.AttributeType_STRING},
		BillingMode: awsdynamodb.BillingMode_PAY_PER_REQUEST,
		Stream: awsdynamodb.StreamViewType_NEW_IMAGE,
	})
	awssqs.NewQueue(stack, jsii.String("Q"), &awssqs.QueueProps{QueueName: awscdk.Aws_REGION()})
)"),
            R"(
S/B: {NotificationConfiguration={LambdaConfigurations=[{Event=s3:ObjectCreated:* Function=Fn::GetAtt(S/F Arn) Filter={S3Key={Rules=[{Name=prefix Value=in/}]}}}]}}
S/F: {Code=lambda Handler=bootstrap Runtime=provided.al2023 Role=Fn::GetAtt(S/F/ServiceRole Arn)}
S/F/ServiceRole: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole Principal={Service=lambda.amazonaws.com}}]} ManagedPolicyArns=[arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]}
S/B/AllowBucketNotifications: {Action=lambda:InvokeFunction FunctionName=Fn::GetAtt(S/F Arn) Principal=s3.amazonaws.com SourceArn=Fn::GetAtt(S/B Arn) SourceAccount=?}
S/T: {BillingMode=PAY_PER_REQUEST StreamSpecification={StreamViewType=NEW_IMAGE} KeySchema=[{AttributeName=id KeyType=HASH}]}
S/Q: {QueueName=Ref(AWS::Region)}
)");
}

TEST(CdkProgram, LowLevelConstructsOfGoHaveStructsOfProperties) {
  EXPECT_EQ(go(R"go(
	role := awsiam.NewRole(stack, jsii.String("R"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("scheduler.amazonaws.com"), nil),
	})
	role.AddToPolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions: jsii.Strings("lambda:InvokeFunction"), Effect: awsiam.Effect_ALLOW,
		Resources: &[]*string{jsii.String("*")},
	}))
	awsscheduler.NewCfnSchedule(stack, jsii.String("T"), &awsscheduler.CfnScheduleProps{
		ScheduleExpression: jsii.String("rate(5 minutes)"),
		Target: &awsscheduler.CfnSchedule_TargetProperty{
			Arn: jsii.String("arn:f"), RoleArn: role.RoleArn()},
	})
)go"),
            R"(
S/R: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole Principal={Service=scheduler.amazonaws.com}}]} Policies=[{PolicyDocument={Statement=[{Effect=Allow Action=[lambda:InvokeFunction] Resource=[*]}]}}]}
S/T: {ScheduleExpression=rate(5 minutes) Target={Arn=arn:f RoleArn=Fn::GetAtt(S/R Arn)}}
)");
}

TEST(CdkProgram, StructsOfGoStandForWhatTheyEmbed) {
  EXPECT_EQ(go(R"(
	worker := NewWorker(stack, "W", []string{"a", "b"})
	worker.Queue("extra")
	worker.AddEnvironment(jsii.String("MODE"), jsii.String(worker.mode()), nil)
	table := awssqs.NewQueue(worker.scope, jsii.String("T"), nil)
	table.GrantPurge(worker)
)",
               {}, R"(
type Worker struct {
	awslambda.Function
	scope constructs.Construct
	name  string
	fifo  bool
}
func NewWorker(parent constructs.Construct, id string, queues []string) *Worker {
	scope := constructs.NewConstruct(parent, &id)
	w := &Worker{scope: scope, name: strings.ToLower(id)}
	w.Function = awslambda.NewFunction(scope, jsii.String("Fn"), &awslambda.FunctionProps{
		FunctionName: jsii.String(fmt.Sprintf("%s-%02d", w.name, len(queues))),
		Role: awsiam.Role_FromRoleArn(scope, jsii.String("R"), jsii.String("arn:r"), nil),
	})
	for _, one := range queues {
		w.Queue(one)
	}
	return w
}
func (w *Worker) Queue(id string) {
	awssqs.NewQueue(w.scope, jsii.String(id), &awssqs.QueueProps{Fifo: &w.fifo})
}
func (w *Worker) mode() string {
	switch os.Getenv("MODE") {
	case "fast":
		return "f"
	default:
		return "s"
	}
}
)"),
            R"(
S/W/Fn: {FunctionName=w-02 Role=arn:r Environment={Variables={MODE=Fn::If(condition0 f s)}}}
S/W/a: {FifoQueue=false}
S/W/b: {FifoQueue=false}
S/W/extra: {FifoQueue=false}
S/W/T: {}
)");
}

TEST(CdkProgram, WhatGoReadsThroughAnAddressStaysAsItIs) {
  EXPECT_EQ(go(R"(
	name := "jobs"
	awssqs.NewQueue(stack, &name, nil)
	awssqs.NewQueue(stack, jsii.String(name + "-dead"), nil)
	if *stack.Region() == "eu-west-1" {
		awssqs.NewQueue(stack, jsii.String("near"), nil)
	}
	buckets := map[string]string{"in": "x", "out": "y"}
	for id, name := range buckets {
		awss3.NewBucket(stack, jsii.String(id), &awss3.BucketProps{BucketName: jsii.String(name)})
	}
)"),
            R"(
S/jobs: {}
S/jobs-dead: {}
S/near if condition0: {}
S/in: {BucketName=x}
S/out: {BucketName=y}
)");
}

}  // namespace fnlint::test
