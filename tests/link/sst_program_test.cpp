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
Jobs: {VisibilityTimeout=120}
Jobs/Subscriber: {FunctionName=Fn::GetAtt(Jobs/Handler1 Arn) EventSourceArn=Fn::GetAtt(Jobs Arn) BatchSize=5}
Jobs/Handler1: {MemorySize=2048 Timeout=20 Code=packages/jobs/src Handler=work.main Runtime=? Role=Fn::GetAtt(Jobs/Handler1/Role Arn) Linked={Photos={name=Ref(Photos) arn=Fn::GetAtt(Photos Arn)}}}
Jobs/Handler1/Role: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole Principal={Service=lambda.amazonaws.com}}]} ManagedPolicyArns=[arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole] Policies=[{PolicyDocument={Statement=[{Effect=Allow Action=[s3:*] Resource=[Fn::GetAtt(Photos Arn) Fn::Join([Fn::GetAtt(Photos Arn) /*])]}]}} {PolicyDocument={Statement=[{Effect=Allow Action=[sqs:ReceiveMessage sqs:ChangeMessageVisibility sqs:GetQueueUrl sqs:DeleteMessage sqs:GetQueueAttributes] Resource=[Fn::GetAtt(Jobs Arn)]}]}}]}
Photos/Handler2: {MemorySize=1024 Timeout=20 Code=src Handler=index.handler Runtime=? Role=Fn::GetAtt(Photos/Handler2/Role Arn)}
Photos/Handler2/Role: {AssumeRolePolicyDocument={Statement=[{Effect=Allow Action=sts:AssumeRole Principal={Service=lambda.amazonaws.com}}]} ManagedPolicyArns=[arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]}
Photos/Permission: {Action=lambda:InvokeFunction FunctionName=Fn::GetAtt(Photos/Handler2 Arn) Principal=s3.amazonaws.com SourceArn=Fn::GetAtt(Photos Arn)}
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
Fn: {MemorySize=1024 Timeout=20 Environment={Variables={STAGE=Ref(stage) BUS=Ref(Events)}} Code=src Handler=a.b Runtime=python3.12 Role=Fn::GetAtt(Fn/Role Arn)}
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
Fn: {MemorySize=1024 Timeout=20 PackageType=Image Code={ImageUri=(built by SST)} ImageConfig={Command=[src/a.b]} Role=Fn::GetAtt(Fn/Role Arn)}

Photos: {NotificationConfiguration={QueueConfigurations=[{Event=s3:ObjectCreated:* Queue=Fn::GetAtt(Jobs Arn)}]}}
)");
}

// --- Go.

}  // namespace fnlint::test
