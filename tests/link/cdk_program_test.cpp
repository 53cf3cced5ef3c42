// What CDK programs make, as resources with their properties.

#include "tests/link/synthesis.h"

#include <gtest/gtest.h>

#include <string>

namespace fnlint::test {

TEST(CdkProgram, EventSourcesAreMappings) {
  EXPECT_EQ(typescript(R"(
import { App, Stack, Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
const stack = new Stack(new App(), 'S');
const queue = new sqs.Queue(stack, 'Q', { visibilityTimeout: Duration.minutes(2) });
const fn = new lambda.Function(stack, 'F', { runtime: lambda.Runtime.NODEJS_22_X });
fn.addEventSource(new SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true }));
)",
                       "AWS::Lambda::EventSourceMapping"),
            R"(
S/F/SqsEventSource: {FunctionName=Fn::GetAtt(S/F Arn) EventSourceArn=Fn::GetAtt(S/Q Arn) BatchSize=5 FunctionResponseTypes=[ReportBatchItemFailures]}
)");
}

TEST(CdkProgram, RulesHaveTheirPatternSchedulesAndTargets) {
  EXPECT_EQ(python(R"(
from aws_cdk import App, Duration, Stack
from aws_cdk import aws_events as events, aws_events_targets as targets, aws_lambda as _lambda
stack = Stack(App(), "S")
fn = _lambda.Function(stack, "F", runtime=_lambda.Runtime.PYTHON_3_13)
events.Rule(stack, "R", event_pattern=events.EventPattern(source=["shop"], detail_type=["Paid"]),
            targets=[targets.LambdaFunction(fn)])
events.Rule(stack, "T", schedule=events.Schedule.rate(Duration.minutes(5))).add_target(
    targets.LambdaFunction(fn))
events.Rule(stack, "C", schedule=events.Schedule.cron(minute="0", hour="4"))
)",
                   "AWS::Events::Rule"),
            R"(
S/R: {EventPattern={source=[shop] detail-type=[Paid]} Targets=[{Arn=Fn::GetAtt(S/F Arn) Id=Target0}]}
S/T: {ScheduleExpression=rate(5 minutes) Targets=[{Arn=Fn::GetAtt(S/F Arn) Id=Target0}]}
S/C: {ScheduleExpression=cron(0 4 * * ? *)}
)");
}

TEST(CdkProgram, GrantsAreStatementsOfTheRole) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Role, PolicyStatement } from 'aws-cdk-lib/aws-iam';
const stack = new Stack(new App(), 'S');
const fn = new Function(stack, 'F', { role: new Role(stack, 'R') });
new Topic(stack, 'T').grantPublish(fn);
fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'] }));
)",
                       "AWS::IAM::Role"),
            R"(
S/R: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole}]} Policies=[{PolicyDocument={Statement=[{Effect=Allow Action=[sns:Publish] Resource=[Ref(S/T)]}]}} {PolicyDocument={Statement=[{Effect=Allow Action=[s3:ListBucket] Resource=[*]}]}}]}
)");
}

TEST(CdkProgram, AliasesProvisionTheirFunction) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { Alias, Function } from 'aws-cdk-lib/aws-lambda';
const stack = new Stack(new App(), 'S');
const fn = new Function(stack, 'F', { reservedConcurrentExecutions: 5 });
new Alias(stack, 'Live', {
  aliasName: 'live', version: fn.currentVersion, provisionedConcurrentExecutions: 10 });
)",
                       "AWS::Lambda::Alias"),
            R"(
S/Live: {Name=live FunctionName=Ref(S/F) FunctionVersion=Fn::GetAtt(S/F/CurrentVersion Version) ProvisionedConcurrencyConfig={ProvisionedConcurrentExecutions=10}}
)");
}

TEST(CdkProgram, LowLevelConstructsHaveCloudFormationsOwnProperties) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
const stack = new Stack(new App(), 'S');
new CfnFunction(stack, 'F', {
  runtime: 'python3.13', handler: 'a.b', environment: { variables: { tableName: 't' } } });
)"),
            R"(
S/F: {Runtime=python3.13 Handler=a.b Environment={Variables={tableName=t}}}
)");
}

TEST(CdkProgram, ContextIsReadWhereTheDefinitionHasIt) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
const app = new App();
const stack = new Stack(app, 'S');
new Bucket(stack, 'B', { bucketName: `x-${app.node.tryGetContext('stage')}` });
)",
                       "", R"({"app": "node main.ts", "context": {"stage": "prod"}})"),
            R"(
S/B: {BucketName=x-prod}
)");
}

TEST(CdkProgram, AProgramThatSurelyFailsSaysSo) {
  const auto notes = [](std::string_view test) {
    return Synthesis(cat(R"(
import { App, Stack } from 'aws-cdk-lib';
const stages: Record<string, string> = { a: 'A' };
const app = new App();
function checked(stage: string) {
  if ()", test, R"() throw new Error('no such stage');
  return stage;
}
new Stack(app, checked(app.node.tryGetContext('stage')));
)"),
                     Language::JavaScript, "{\"app\": \"node main.ts\"}")
        .notes();
  };
  EXPECT_EQ(notes("!stages['b']"), "the program fails here with what is known of it\n");
  EXPECT_EQ(notes("!stage || !['a', 'b'].includes(stage)"), "");
}

TEST(CdkProgram, WhatIsMadeUnderAnOpenTestHasItsCondition) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
const stack = new Stack(new App(), 'S');
if (process.env.STAGE === 'prod') new Bucket(stack, 'Logs');
new Bucket(stack, 'Data');
)"),
            R"(
S/Logs if condition0: {}
S/Data: {}
)");
}

TEST(CdkProgram, AThirdPartysConstructLeavesRolesOpen) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Watcher } from 'some-constructs';
const stack = new Stack(new App(), 'S');
const fn = new Function(stack, 'F', {});
new Watcher(stack, 'W', { target: fn });
)",
                       "AWS::IAM::Role"),
            R"(
S/F/ServiceRole: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole Principal={Service=lambda.amazonaws.com}}]} ManagedPolicyArns=[arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole ?]}
)");
}

// The roles and variables of a function `fn`, in words, behind what a program does with it.
std::string opened_by(std::string_view what, std::string_view type) {
  const std::string source = cat(R"(
import { App, Stack } from 'aws-cdk-lib';
import * as cw from 'aws-cdk-lib/aws-cloudwatch';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant, Role } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Watcher, settings, watch } from 'some-constructs';
const stack = new Stack(new App(), 'S');
const role = new Role(stack, 'R', {});
const fn = new Function(stack, 'F', { role, environment: { A: 'a' } });
)",
                                 what);
  return typescript(source, type);
}
std::string roles_after(std::string_view what) { return opened_by(what, "AWS::IAM::Role"); }
std::string functions_after(std::string_view what) {
  return opened_by(what, "AWS::Lambda::Function");
}

constexpr std::string_view kOpenRole = 
    "\nS/R: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole}]} "
    "ManagedPolicyArns=[?]}\n";
constexpr std::string_view kClosedRole = 
    "\nS/R: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole}]}}\n";

TEST(CdkProgram, WhatALibraryIsHandedIsOpen) {
  for (const std::string_view what :
       {"new Watcher(stack, 'W').addFunctions([fn]);", "watch(fn);", "watch({ all: [fn] });",
        "new Watcher({ target: fn });", "settings.given.watch(fn);",
        "class Holder { constructor(readonly inner: Function) {} } watch(new Holder(fn));"}) {
    EXPECT_EQ(roles_after(what), kOpenRole) << what;
    EXPECT_NE(functions_after(what).find("Variables={A=a ?"), std::string::npos)
        << what << functions_after(what);
  }
}

TEST(CdkProgram, WhatALibraryIsNotHandedIsNot) {
  for (const std::string_view what :
       {"new Watcher(stack, 'W');", "new Watcher(stack, 'W', { of: stack });", "watch('F');",
        "new cw.Mystery(stack, 'M').connections.allowFrom(fn);"}) {
    EXPECT_EQ(roles_after(what), kClosedRole) << what;
    EXPECT_EQ(functions_after(what).find('?'), std::string::npos) << functions_after(what);
  }
}

TEST(CdkProgram, ConstructsOfTheCdkSetNoVariables) {
  for (const std::string_view what :
       {"new cw.Mystery(stack, 'M', { role });", "new cw.Mystery(stack, 'M').grantAll(fn);",
        "cw.Mystery.grantAll(fn);"}) {
    EXPECT_EQ(roles_after(what), kOpenRole) << what;
    EXPECT_EQ(functions_after(what).find('?'), std::string::npos) << functions_after(what);
  }
  EXPECT_EQ(roles_after("new cw.Mystery(stack, 'M', { target: fn });"), kClosedRole);
}

TEST(CdkProgram, StaticGrantsAreStatements) {
  EXPECT_EQ(roles_after("EventBus.grantAllPutEvents(fn);"), R"(
S/R: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole}]} Policies=[{PolicyDocument={Statement=[{Effect=Allow Action=[events:PutEvents] Resource=[*]}]}}]}
)");
  EXPECT_EQ(roles_after("Grant.addToPrincipal({ grantee: fn, actions: ['sqs:SendMessage'], "
                        "resourceArns: ['arn:a', 'arn:b'] });"),
            R"(
S/R: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole}]} Policies=[{PolicyDocument={Statement=[{Effect=Allow Action=[sqs:SendMessage] Resource=[arn:a arn:b]}]}}]}
)");
}

TEST(CdkProgram, DataClassesFillTheirFieldsAndGoOn) {
  const std::string_view classes = R"(
from dataclasses import dataclass, field
from aws_cdk import App, Stack, aws_lambda as _lambda

@dataclass
class Variable:
    scope: object
    name: str
    value: str = field(default="none")
    def __post_init__(self):
        self.scope.add_environment(self.name, self.value)

@dataclass
class Variables:
    scope: object
    made: Variable = field(init=False)
    size: str = "small"
    def __post_init__(self):
        self.made = Variable(self.scope, "PRODUCT")
        Variable(self.scope, "SIZE", self.size)

stack = Stack(App(), "S")
fn = _lambda.Function(stack, "F", handler="a.b")
)";
  EXPECT_EQ(python(cat(classes, "Variables(fn, 'big')\n"), "AWS::Lambda::Function"), R"(
S/F: {Handler=a.b Role=Fn::GetAtt(S/F/ServiceRole Arn) Environment={Variables={PRODUCT=none SIZE=big}}}
)");
}

TEST(CdkProgram, ArgumentsMayBeGivenByName) {
  EXPECT_EQ(python(R"(
from aws_cdk import App, Stack
from aws_cdk import aws_events as events, aws_events_targets as targets, aws_lambda as _lambda
stack = Stack(App(), "S")
fn = _lambda.Function.from_function_arn(scope=stack, id="F",
    function_arn="arn:aws:lambda:eu-west-1:1:function:other")
bus = events.EventBus.from_event_bus_name(scope=stack, id="B", event_bus_name="orders")
events.Rule(stack, "R", event_bus=bus).add_target(target=targets.LambdaFunction(handler=fn))
)",
                   "AWS::Events::Rule"),
            R"(
S/R: {EventBusName=orders Targets=[{Arn=arn:aws:lambda:eu-west-1:1:function:other Id=Target0}]}
)");
}

TEST(CdkProgram, PropertiesOfLowLevelConstructsMayBeClasses) {
  EXPECT_EQ(python(R"(
from aws_cdk import App, Stack, aws_scheduler as scheduler, aws_iot as iot
stack = Stack(App(), "S")
scheduler.CfnSchedule(stack, "T", schedule_expression='rate(1 day)',
    target=scheduler.CfnSchedule.TargetProperty(arn="arn:x", role_arn="arn:r"))
iot.CfnTopicRule(stack, "R", topic_rule_payload=iot.CfnTopicRule.TopicRulePayloadProperty(
    sql="SELECT *", actions=[iot.CfnTopicRule.ActionProperty(
        lambda_=iot.CfnTopicRule.LambdaActionProperty(function_arn="arn:f"))]))
)"),
            R"(
S/T: {ScheduleExpression=rate(1 day) Target={Arn=arn:x RoleArn=arn:r}}
S/R: {TopicRulePayload={Sql=SELECT * Actions=[{Lambda={FunctionArn=arn:f}}]}}
)");
}

TEST(CdkProgram, TasksOfStateMachinesAreStates) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EventBus } from 'aws-cdk-lib/aws-events';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
const stack = new Stack(new App(), 'S');
const queue = new Queue(stack, 'Q');
const send = new tasks.SqsSendMessage(stack, 'Send', { queue });
const tell = tasks.EventBridgePutEvents.jsonata(stack, 'Tell', {
  entries: [{ eventBus: new EventBus(stack, 'B'), source: 'shop', detailType: 'Paid' }] });
const put = new tasks.CallAwsService(stack, 'Put', {
  service: 's3', action: 'putObject', parameters: { Bucket: 'photos' }, iamResources: ['*'] });
const each = new sfn.Map(stack, 'Each').itemProcessor(send);
const choice = new sfn.Choice(stack, 'Paid?')
  .when(sfn.Condition.booleanEquals('$.paid', true), tell).otherwise(put);
new sfn.StateMachine(stack, 'M', {
  definitionBody: sfn.DefinitionBody.fromChainable(each.next(choice)) });
)",
                       "AWS::StepFunctions::StateMachine"),
            R"(
S/M: {Definition={StartAt=Task0 States={Task0={Type=Task Resource=arn:aws:states:::aws-sdk:s3:putObject Parameters={Bucket=photos} End=true ?} Task1={Type=Task Resource=arn:aws:states:::events:putEvents Parameters={Entries=[{EventBusName=Ref(S/B) Source=shop DetailType=Paid}]} End=true ?} Task2={Type=Task Resource=arn:aws:states:::sqs:sendMessage Parameters={QueueUrl=Ref(S/Q)} End=true ?}}} RoleArn=Fn::GetAtt(S/M/Role Arn)}
)");
}

TEST(CdkProgram, AStackIsNamedByItsPlaceUnlessTheProgramNamesIt) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
class Store extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Bucket(this, 'B', { bucketName: `${Stack.of(this).stackName}-b-${Stack.of(this).region}` });
  }
}
const app = new App();
new Store(new Stack(app, 'One'), 'Store');
new Store(new Stack(app, 'Two', { stackName: 'second', env: { region: 'eu-west-1' } }), 'Store');
)"),
            R"(
One/Store/B: {BucketName=Fn::Join([One-b- Ref(AWS::Region)])}
Two/Store/B: {BucketName=second-b-eu-west-1}
)");
}

TEST(CdkProgram, APatternLibrarysFunctionIsAFunction) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { Runtime, Function } from 'aws-cdk-lib/aws-lambda';
import { SqsToLambda } from '@aws-solutions-constructs/aws-sqs-lambda';
const stack = new Stack(new App(), 'S');
const both = new SqsToLambda(stack, 'P', {
  lambdaFunctionProps: { runtime: Runtime.PYTHON_3_13, handler: 'app.main' } });
both.lambdaFunction.addEnvironment('A', 'b');
)",
                       "AWS::Lambda::Function"),
            R"(
S/P/LambdaFunction: {Runtime=python3.13 Handler=app.main Role=Fn::GetAtt(S/P/LambdaFunction/ServiceRole Arn) Environment={Variables={A=b}}}
)");
}

TEST(CdkProgram, OverridesChangeTheResource) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { CfnFunction, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Role } from 'aws-cdk-lib/aws-iam';
const stack = new Stack(new App(), 'S');
const fn = new Function(stack, 'F', { runtime: Runtime.NODEJS_20_X, role: new Role(stack, 'R') });
(fn.node.defaultChild as CfnFunction).addOverride('Properties.Runtime', 'nodejs24.x');
)",
                       "AWS::Lambda::Function"),
            R"(
S/F: {Runtime=nodejs24.x Role=Fn::GetAtt(S/R Arn)}
)");
}

TEST(CdkProgram, SubscriptionsFilterAsTheirOptionsSay) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
const stack = new Stack(new App(), 'S');
new Topic(stack, 'T').addSubscription(new SqsSubscription(new Queue(stack, 'Q'), { filterPolicy: {
  kind: SubscriptionFilter.stringFilter({ denylist: ['a', 'b'], matchPrefixes: ['c'] }),
  size: SubscriptionFilter.numericFilter({ between: { start: 1, stop: 9 } }),
} }));
)",
                       "AWS::SNS::Subscription"),
            R"(
S/T/Subscription: {Protocol=sqs TopicArn=Ref(S/T) Endpoint=Fn::GetAtt(S/Q Arn) FilterPolicy={kind=[{anything-but=[a b]} {prefix=c}] size=[{numeric=[>= 1 <= 9]}]}}
)");
}

TEST(CdkProgram, MembersThatAreSetChangeTheResource) {
  EXPECT_EQ(typescript(R"(
import { App, Stack } from 'aws-cdk-lib';
import { CfnFunction, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Role } from 'aws-cdk-lib/aws-iam';
const stack = new Stack(new App(), 'S');
const fn = new Function(stack, 'F', { runtime: Runtime.NODEJS_20_X, role: new Role(stack, 'R') });
const cfn = fn.node.defaultChild as CfnFunction;
cfn.memorySize = 512;
cfn.tracingConfig = { mode: 'Active' };
const low = new CfnFunction(stack, 'G', { runtime: 'python3.8' });
low.runtime = 'python3.13';
)",
                       "AWS::Lambda::Function"),
            R"(
S/F: {Runtime=nodejs20.x Role=Fn::GetAtt(S/R Arn) MemorySize=512 TracingConfig={Mode=Active}}
S/G: {Runtime=python3.13}
)");
}

TEST(CdkProgram, AspectsVisitWhatIsBelowTheirScope) {
  EXPECT_EQ(typescript(R"(
import { App, Aspects, IAspect, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CfnFunction, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Role } from 'aws-cdk-lib/aws-iam';
class Newer implements IAspect {
  constructor(private readonly runtime: string) {}
  visit(node: IConstruct): void {
    if (node instanceof CfnFunction) {
      node.runtime = this.runtime;
    } else if (node instanceof Function) {
      node.addEnvironment('SEEN', 'yes');
    }
  }
}
const app = new App();
const old = new Stack(app, 'Old'), other = new Stack(app, 'Other');
new Function(old, 'F', { runtime: Runtime.NODEJS_16_X, role: new Role(old, 'R') });
new Function(other, 'G', { runtime: Runtime.NODEJS_16_X, role: new Role(other, 'R') });
if (process.env.MOVE === 'yes') Aspects.of(old).add(new Newer('nodejs22.x'));
)",
                       "AWS::Lambda::Function"),
            R"(
Old/F: {Runtime=Fn::If(condition0 nodejs22.x nodejs16.x) Role=Fn::GetAtt(Old/R Arn) Environment={Variables={SEEN=Fn::If(condition0 yes Ref(AWS::NoValue))}}}
Other/G: {Runtime=nodejs16.x Role=Fn::GetAtt(Other/R Arn)}
)");
}

TEST(CdkProgram, WhatAnAspectOfALibraryChangesIsNotKnown) {
  const std::string words = typescript(R"(
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Boundary } from 'house-aspects';
const stack = new Stack(new App(), 'S');
new Function(stack, 'F', {});
Aspects.of(stack).add(new Boundary());
)",
                                       "AWS::IAM::Role");
  EXPECT_NE(words.find("AWSLambdaBasicExecutionRole ?]"), std::string::npos) << words;
}

TEST(CdkProgram, AnAspectThatOnlyLooksChangesNothing) {
  const std::string words = python(R"(
from aws_cdk import App, Aspects, Stack
from aws_cdk import aws_lambda as lambda_
from cdk_nag import AwsSolutionsChecks
app = App()
stack = Stack(app, "S")
lambda_.Function(stack, "F")
Aspects.of(app).add(AwsSolutionsChecks())
)",
                                   "AWS::IAM::Role");
  EXPECT_EQ(words.find("AWSLambdaBasicExecutionRole ?]"), std::string::npos) << words;
}

TEST(CdkProgram, NotesForOtherToolsAndLooksChangeNoRole) {
  const std::string words = python(R"(
from aws_cdk import App, Stack
from aws_cdk import aws_lambda as lambda_
from cdk_nag import NagSuppressions
app = App()
stack = Stack(app, "S")
function = lambda_.Function(stack, "F")
NagSuppressions.add_resource_suppressions(function.role, [{"id": "AwsSolutions-IAM4", "reason": "logs"}])
if "is_cfn_element" in dir(function.role):
    print(function.role)
)",
                                   "AWS::IAM::Role");
  EXPECT_EQ(words.find("AWSLambdaBasicExecutionRole ?]"), std::string::npos) << words;
}

TEST(CdkProgram, LazyValuesAreMadeWhenAllIsThere) {
  EXPECT_EQ(typescript(R"(
import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
const stack = new Stack(new App(), 'S');
const names: string[] = [];
new Bucket(stack, 'B', { bucketName: Lazy.string({ produce: () => names.join('-') }) });
new Queue(stack, 'Q', { visibilityTimeout: Lazy.number({ produce() { return names.length; } }) });
names.push('a', 'b');
)"),
            R"(
S/B: {BucketName=a-b}
S/Q: {VisibilityTimeout=2}
)");
}

TEST(CdkProgram, ModulesWithoutARuleHaveCloudFormationsTypes) {
  EXPECT_EQ(python(R"(
from aws_cdk import App, Stack, aws_kendra as kendra, aws_events as events, aws_sqs as sqs
stack = Stack(App(), "S")
index = kendra.CfnIndex(stack, "I", name="docs", edition="DEVELOPER_EDITION", role_arn="arn:r")
bus = events.EventBus.from_event_bus_name(stack, "B", "orders")
sqs.Queue(stack, "Q", queue_name=index.attr_id)
sqs.Queue(stack, "R", queue_name=bus.event_bus_arn)
)"),
            R"(
S/I: {Name=docs Edition=DEVELOPER_EDITION RoleArn=arn:r}
S/Q: {QueueName=Fn::GetAtt(S/I Id)}
S/R: {QueueName=Fn::Join([Fn::Join([arn: Ref(AWS::Partition) :events: Ref(AWS::Region) : Ref(AWS::AccountId) :]) event-bus/orders])}
)");
}

// --- SST.

}  // namespace fnlint::test
