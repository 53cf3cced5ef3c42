// What handlers do, seen through constants, helpers, closures, objects and guards.
#include "support.h"

#include <gtest/gtest.h>

namespace fnlint::testing {
namespace {

TEST(Engine, FollowsValuesThroughModuleConstantsAndTheEnvironment) {
  auto program = LittleProgram::python({{"app", R"(
import os
import boto3
s3 = boto3.client("s3")
BUCKET = os.environ["BUCKET"]
def handler(event, context):
    for record in event["Records"]:
        key = record["s3"]["object"]["key"]
        s3.put_object(Bucket=BUCKET, Key=f"out/{key}")
)"}});
  EXPECT_EQ(program.run("app", "handler"),
            "effect s3.PutObject target environment variable BUCKET key out/${event "
            "Records[].s3.object.key} in "
            "loop\nreturns null\n");
}

TEST(Engine, WhatThePlatformCallsAndIsNotKnownIsNoCallInTheCode) {
  ValuePool pool;
  const Program program;
  Engine engine(pool, program);
  CallInput by_platform;
  by_platform.callee = pool.hole(Origin::Parameter, "callback");
  by_platform.arguments = pool.record({});
  const CallResult outcome = engine.call(by_platform, 0);
  EXPECT_FALSE(outcome.understood);
  EXPECT_TRUE(outcome.steps.empty());
}

TEST(Engine, AnEarlyContinueHoldsForWhatFollows) {
  auto program = LittleProgram::python({{"app", R"(
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    for r in event["Records"]:
        key = r["s3"]["object"]["key"]
        if key.startswith("out/"):
            continue
        s3.put_object(Bucket="b", Key="out/" + key)
)"}});
  const std::string text = program.run("app", "handler");
  EXPECT_NE(text.find("unless starts_with("), std::string::npos) << text;
}

TEST(Engine, PutsArgumentsIntoHelpersOfOtherModules) {
  auto program = LittleProgram::python({{"app", R"(
from store import save
def handler(event, context):
    save("bucket-a", event["name"])
)"},
                                        {"store", R"(
import boto3
client = boto3.client("s3")
def save(bucket, name, prefix="data/"):
    client.put_object(Bucket=bucket, Key=prefix + name)
)"}});
  EXPECT_EQ(program.run("app", "handler"),
            "effect s3.PutObject target bucket-a key data/${event name}\nreturns null\n");
}

TEST(Engine, APredicateHelperIsReadAsItsTest) {
  auto program = LittleProgram::python({{"app", R"(
import boto3
s3 = boto3.client("s3")
def is_derived(key):
    return key.startswith("out/")
def handler(event, context):
    key = event["key"]
    if is_derived(key):
        return
    s3.put_object(Bucket="b", Key="out/" + key)
)"}});
  const std::string text = program.run("app", "handler");
  EXPECT_NE(text.find("unless starts_with("), std::string::npos) << text;
}

TEST(Engine, ObjectsMadeAtInitKeepTheirFields) {
  auto program = LittleProgram::python({{"app", R"(
import boto3
class Store:
    def __init__(self, bucket):
        self.bucket = bucket
        self.s3 = boto3.client("s3")
    def save(self, key):
        self.s3.put_object(Bucket=self.bucket, Key=key)
store = Store("b")
def handler(event, context):
    store.save(event["key"])
)"}});
  EXPECT_EQ(program.run("app", "handler"),
            "effect s3.PutObject target b key event key\nreturns null\n");
}

TEST(Engine, ALazyClientIsAClient) {
  auto program = LittleProgram::python({{"app", R"(
import boto3
_s3 = None
def client():
    global _s3
    if _s3 is None:
        _s3 = boto3.client("s3")
    return _s3
def handler(event, context):
    client().put_object(Bucket="b", Key="k")
)"}});
  const std::string text = program.run("app", "handler");
  EXPECT_NE(text.find("effect s3.PutObject target b key k"), std::string::npos) << text;
}

TEST(Engine, WhatALibraryGivesMayBeNothing) {
  auto program = LittleProgram::python({{"app", R"(
import boto3
import vendor
s3 = boto3.client("s3")
def handler(event, context):
    found = vendor.look(event["id"])
    if not found:
        s3.put_object(Bucket="b", Key="missing")
    if found is None:
        s3.put_object(Bucket="b", Key="none")
)"}});
  const std::string text = program.run("app", "handler");
  EXPECT_NE(text.find("key missing"), std::string::npos) << text;
  EXPECT_NE(text.find("key none"), std::string::npos) << text;
}

TEST(Engine, ImportedStateIsTheOtherModules) {
  auto program = LittleProgram::python({{"app", R"(
from state import log
def handler(event, context):
    log.append(event["id"])
)"},
                                        {"state", "log = []"}});
  const std::string text = program.run("app", "handler");
  EXPECT_NE(text.find("store module variable log value event id"), std::string::npos) << text;
}

TEST(Engine, SeesWhatIsAppendedToModuleState) {
  auto program = LittleProgram::python({{"app", R"(
history = []
def handler(event, context):
    history.append(event["body"])
)"}});
  const std::string text = program.run("app", "handler");
  EXPECT_NE(text.find("store module variable history value event body"), std::string::npos) << text;
}

TEST(Engine, AListOfTheHandlersOwnIsNoState) {
  auto program = LittleProgram::python({{"app", R"(
def handler(event, context):
    seen = []
    for r in event["Records"]:
        seen.append(r["id"])
    return seen
)"}});
  EXPECT_EQ(program.run("app", "handler").find("store"), std::string::npos);
}

TEST(Engine, ReadsCommandsOfTheModularJavaScriptSdk) {
  auto program = LittleProgram::javascript({{"app", R"(
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export const handler = async (event) => {
  for (const record of event.Records) {
    const key = decodeURIComponent(record.s3.object.key);
    await s3.send(new PutObjectCommand({ Bucket: process.env.OUT, Key: `thumb/${key}` }));
  }
};
)"}});
  EXPECT_EQ(program.run("app", "handler"),
            "effect s3.PutObject target environment variable OUT key thumb/${event "
            "Records[].s3.object.key} in "
            "loop\nreturns null\n");
}

TEST(Engine, AMethodOfAnSdksNameIsItsOnlyWithMembers) {
  LittleProgram program = LittleProgram::javascript({{"app", R"(
    import { connect } from "search-of-somebody";
    const index = connect("orders");
    export const handler = async (event) => {
      await index.deleteObjects([event.id]);
      await index.deleteObjects({ Bucket: "orders", Delete: { Objects: [{ Key: event.id }] } });
    };
  )"}});
  const std::string steps = program.run("app", "handler");
  EXPECT_EQ(steps.find("s3.DeleteObjects"), steps.rfind("s3.DeleteObjects")) << steps;
  EXPECT_NE(steps.find("s3.DeleteObjects"), std::string::npos) << steps;
}

TEST(Engine, CallbacksRunWithTheElements) {
  auto program = LittleProgram::javascript({{"app", R"(
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.handler = async (event) => {
  await Promise.all(event.Records.map(async (r) => s3.putObject({ Bucket: r.s3.bucket.name, Key: 'x' }).promise()));
};
)"}});
  const std::string text = program.run("app", "handler");
  EXPECT_NE(text.find("effect s3.PutObject target event Records[].s3.bucket.name key x"),
            std::string::npos)
      << text;
}

TEST(Engine, FollowsInjectedClientsThroughClassesAndBoundMethods) {
  auto program = LittleProgram::javascript({{"app", R"(
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
class Fan {
  constructor(private sqs: SQSClient, private url = process.env.QUEUE) {}
  handle = async (e) => {
    e.Records.forEach(async (r) => { await this.sqs.send(new SendMessageCommand({ QueueUrl: this.url, MessageBody: r.body })); });
  };
}
export const handler = new Fan(new SQSClient({})).handle;
)"}});
  const std::string text = program.run("app", "handler");
  EXPECT_NE(text.find("effect sqs.SendMessage target environment variable QUEUE"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace fnlint::testing
