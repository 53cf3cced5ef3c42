// What SST programs make, of the third version and of those before.

#include "tests/link/synthesis.h"

#include <gtest/gtest.h>

#include <string>

namespace fnlint::test {

TEST(SstProgram, FunctionsMayBeWrittenWhereTheyAreSubscribed) {
  EXPECT_EQ(typescript(R"(
export default $config({
  app(input) { return { name: 'shop', home: 'aws' }; },
  async run() {
    const photos = new sst.aws.Bucket('Photos');
    const jobs = new sst.aws.Queue('Jobs', { visibilityTimeout: '2 minutes' });
    jobs.subscribe({ handler: 'packages/jobs/src/work.main', memory: '2 GB', link: [photos] },
                   { batch: { size: 5 } });
    photos.notify({ notifications: [
      { name: 'Index', function: 'src/index.handler', events: ['s3:ObjectCreated:*'],
        filterPrefix: 'in/' }] });
  },
});
)"),
            R"(
Photos: {NotificationConfiguration={LambdaConfigurations=[{Event=s3:ObjectCreated:* Function=Fn::GetAtt(Photos/Handler2 Arn) Filter={S3Key={Rules=[{Name=prefix Value=in/}]}}}]}}
Photos/Policy: {Bucket=Ref(Photos) PolicyDocument={Statement=?}}
Jobs: {VisibilityTimeout=120}
Jobs/Policy: {Queues=[Ref(Jobs)] PolicyDocument={Statement=?}}
Jobs/Subscriber: {FunctionName=Fn::GetAtt(Jobs/Handler1 Arn) EventSourceArn=Fn::GetAtt(Jobs Arn) BatchSize=5}
Jobs/Handler1: {MemorySize=2048 Timeout=20 Code=packages/jobs/src Handler=work.main Runtime=? Role=Fn::GetAtt(Jobs/Handler1/Role Arn) Linked={Photos={name=Ref(Photos) arn=Fn::GetAtt(Photos Arn)}} LoggingConfig={LogGroup=Ref(Jobs/Handler1/LogGroup)}}
Jobs/Handler1/Role: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole Principal={Service=lambda.amazonaws.com}}]} ManagedPolicyArns=[arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole] Policies=[{PolicyDocument={Statement=[{Effect=Allow Action=[s3:*] Resource=[Fn::GetAtt(Photos Arn) Fn::Join([Fn::GetAtt(Photos Arn) /*])]}]}} {PolicyDocument={Statement=[{Effect=Allow Action=[sqs:ReceiveMessage sqs:ChangeMessageVisibility sqs:GetQueueUrl sqs:DeleteMessage sqs:GetQueueAttributes] Resource=[Fn::GetAtt(Jobs Arn)]}]}}]}
Jobs/Handler1/LogGroup: {RetentionInDays=?}
Photos/Handler2: {MemorySize=1024 Timeout=20 Code=src Handler=index.handler Runtime=? Role=Fn::GetAtt(Photos/Handler2/Role Arn) LoggingConfig={LogGroup=Ref(Photos/Handler2/LogGroup)}}
Photos/Handler2/Role: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole Principal={Service=lambda.amazonaws.com}}]} ManagedPolicyArns=[arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]}
Photos/Handler2/LogGroup: {RetentionInDays=?}
Photos/Permission: {Action=lambda:InvokeFunction FunctionName=Fn::GetAtt(Photos/Handler2 Arn) Principal=s3.amazonaws.com SourceArn=Fn::GetAtt(Photos Arn) SourceAccount=?}
)");
}

TEST(SstProgram, AFunctionThatIsThereIsUsed) {
  EXPECT_EQ(typescript(R"(
export default $config({ async run() {
  const bus = new sst.aws.Bus('Events');
  const fn = new sst.aws.Function('Fn', { handler: 'src/a.b', runtime: 'python3.12',
    environment: { STAGE: $app.stage, BUS: bus.name } });
  bus.subscribe('Paid', fn.arn, { pattern: { source: ['shop'], detailType: ['Paid'] } });
  new sst.aws.ApiGatewayV2('Api').route('GET /', fn.arn);
  new sst.aws.Cron('Daily', { schedule: 'rate(1 day)', function: fn.arn });
} });
)",
                       "AWS::Lambda::Function"),
            R"(
Fn: {MemorySize=1024 Timeout=20 Environment={Variables={STAGE=Ref(stage) BUS=Ref(Events)}} Code=src Handler=a.b Runtime=python3.12 Role=Fn::GetAtt(Fn/Role Arn) LoggingConfig={LogGroup=Ref(Fn/LogGroup)}}
)");
}

TEST(SstProgram, ContainersAndNotificationsToQueues) {
  EXPECT_EQ(typescript(R"(
export default $config({ async run() {
  const jobs = new sst.aws.Queue('Jobs');
  new sst.aws.Bucket('Photos').notify({ notifications: [
    { name: 'All', queue: jobs, events: ['s3:ObjectCreated:*'] }] });
  new sst.aws.Function('Fn', { handler: 'src/a.b', runtime: 'python3.12', python: { container: true } });
} });
)",
                       "AWS::Lambda::Function") +
                typescript(R"(
export default $config({ async run() {
  const jobs = new sst.aws.Queue('Jobs');
  new sst.aws.Bucket('Photos').notify({ notifications: [
    { name: 'All', queue: jobs, events: ['s3:ObjectCreated:*'] }] });
} });
)",
                           "AWS::S3::Bucket"),
            R"(
Fn: {MemorySize=1024 Timeout=20 PackageType=Image Code={ImageUri=(built by SST)} ImageConfig={Command=[a.b]} Role=Fn::GetAtt(Fn/Role Arn) LoggingConfig={LogGroup=Ref(Fn/LogGroup)}}

Photos: {NotificationConfiguration={QueueConfigurations=[{Event=s3:ObjectCreated:* Queue=Fn::GetAtt(Jobs Arn)}]}}
)");
}

// SST 2: stacks are functions, and the constructs are the CDK's.
TEST(SstProgram, StacksAreFunctionsThatUseOneAnother) {
  EXPECT_EQ(typescript(R"(
import { Cron, EventBus, Function, KinesisStream, Queue, Table, Topic, use } from 'sst/constructs';
function Base({ stack }) {
  const jobs = new Queue(stack, 'Jobs', { cdk: { queue: { fifo: true } } });
  return { jobs };
}
const Work = ({ stack, app }) => {
  const { jobs } = use(Base);
  stack.addDefaultFunctionEnv({ STAGE: stack.stage });
  const work = new Function(stack, 'Work', { handler: 'src/work.main', bind: [jobs], memorySize: '2 GB' });
  jobs.addConsumer(stack, { function: work, cdk: { eventSource: { batchSize: 1 } } });
  new Cron(stack, 'Daily', { schedule: 'rate(1 day)', job: { function: { handler: 'src/daily.main', environment: { A: 'b' } } } });
};
export default {
  config: () => ({ name: 'shop' }),
  stacks(app) {
    app.setDefaultFunctionProps({ runtime: 'nodejs22.x', architecture: 'arm_64' });
    app.stack(Base);
    app.stack(Work, { id: 'Workers' });
  },
};
)",
                       "AWS::Lambda::Function") +
                typescript(R"(
import { EventBus, Queue } from 'sst/constructs';
export default {
  stacks(app) {
    app.stack(function Base({ stack }) {
      const jobs = new Queue(stack, 'Jobs');
      const bus = new EventBus(stack, 'Bus');
      bus.addRules(stack, { paid: { pattern: { source: ['shop'] }, targets: { jobs, mail: 'src/mail.send' } } });
    });
  },
};
)",
                           "AWS::Events::Rule") +
                typescript(R"(
import { Table } from 'sst/constructs';
export default {
  stacks(app) {
    app.stack(function Base({ stack }) {
      new Table(stack, 'Orders', { fields: { id: 'string' }, primaryIndex: { partitionKey: 'id' }, stream: true,
        consumers: { index: { function: 'src/index.main', filters: [{ eventName: ['INSERT'] }] } } });
    });
  },
};
)",
                           "AWS::Lambda::EventSourceMapping"),
            R"(
Workers/Work: {MemorySize=2048 Environment={Variables={STAGE=Ref(stage)}} Architectures=[arm64] Role=Fn::GetAtt(Workers/Work/ServiceRole Arn) Timeout=10 TracingConfig={Mode=Active} Code=src Handler=work.main Runtime=nodejs22.x Linked={Jobs={queueUrl=Ref(Base/Jobs)}}}
Workers/Daily/Job: {Environment={Variables={STAGE=Ref(stage) A=b}} Architectures=[arm64] Role=Fn::GetAtt(Workers/Daily/Job/ServiceRole Arn) MemorySize=1024 Timeout=10 TracingConfig={Mode=Active} Code=src Handler=daily.main Runtime=nodejs22.x}

Base/Bus/paid: {EventPattern={source=[shop]} EventBusName=Ref(Base/Bus) Targets=[{Arn=Fn::GetAtt(Base/Jobs Arn) Id=Target0} {Arn=Fn::GetAtt(Base/Bus/Target_paid_mail Arn) Id=Target0}]}

Base/Orders/Consumer_index/DynamoDBEventSource: {FunctionName=Fn::GetAtt(Base/Orders/Consumer_index Arn) EventSourceArn=Fn::GetAtt(Base/Orders StreamArn) StartingPosition=LATEST BatchSize=100 FilterCriteria={Filters=[{Pattern={"eventName":["INSERT"]}}]}}
)");
}

// --- Go.

}  // namespace fnlint::test
