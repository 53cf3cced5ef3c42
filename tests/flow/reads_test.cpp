// What code reads of the event, the context and the environment.
#include "support.h"

#include <gtest/gtest.h>

namespace fnlint::testing {
namespace {

TEST(Reads, OfPythonFollowWhatIsHandedOn) {
  auto program = LittleProgram::python({{"app", R"(
import json
import os

def save(record, stage):
    print(record["body"], stage)

def setting(name):
    return os.environ[name]

def handler(event, context):
    for record in event["Records"]:
        save(record, os.environ["STAGE"])
    table = setting("TABLE")
    region = os.environ.get("REGION", "eu-west-1")
    return json.loads(event["Records"][0]["body"])["detail"]
)"}});
  EXPECT_EQ(program.reads("app", "handler"),
            "event Records!\n"
            "environment variable STAGE!\n"
            "event Records[].body!\n"
            "environment variable TABLE!\n"
            "environment variable REGION?\n"
            "item(event Records, 0)!\n"
            "event Records[].body!\n"
            "parsed(event Records[].body)?\n"
            "event Records[].body.detail!\n");
}

TEST(Reads, OfPythonExpectAbsenceWhereItIsCaughtInTypedCode) {
  auto program = LittleProgram::python({{"app", R"(
def label(name: str, size: int) -> str:
    return name

def handler(event: dict, context: object) -> None:
    try:
        print(event["key"])
    except (ValueError, KeyError):
        print("none")
    try:
        print(event["other"])
    except ValueError:
        print("none")
)"}});
  EXPECT_EQ(program.reads("app", "handler"),
            "event key?\n"
            "event other!\n");
}

TEST(Reads, OfPythonExpectAbsenceWhereItIsAskedForOrCaught) {
  auto program = LittleProgram::python({{"app", R"(
def handler(event, context):
    if "source" in event:
        print(event["source"])
    print(event.get("detail"))
    try:
        key = event["key"]
    except KeyError:
        key = "none"
    try:
        print(event["other"])
    except Exception as error:
        print(error)
        raise
    if event["kind"] == "a":
        return 1
)"}});
  EXPECT_EQ(program.reads("app", "handler"),
            "event source?\n"
            "event detail?\n"
            "event key?\n"
            "event other!\n"
            "event kind!\n");
}

TEST(Reads, OfVariablesExpectAbsenceWhereTheirNamesAreAskedFor) {
  auto program = LittleProgram::python({{"app", R"(
import os

def setting(name):
    return os.environ.get(name)

def handler(event, context):
    if "PREFIX" in os.environ:
        print(os.environ["PREFIX"])
    mode = setting("MODE")
    if not mode:
        mode = "slow"
    if "ENDPOINT" not in os.environ:
        return mode
    return os.environ["ENDPOINT"]
)"}});
  EXPECT_EQ(program.reads("app", "handler"),
            "environment variable PREFIX?\n"
            "environment variable PREFIX?\n"
            "environment variable MODE?\n"
            "environment variable ENDPOINT?\n"
            "environment variable ENDPOINT?\n");
}

TEST(Reads, OfVariablesThatCodeInsistsOnFail) {
  auto program = LittleProgram::javascript({{"app", R"(
const TABLE = process.env.TABLE;
const required = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(name);
  return value;
};
export const handler = async () => {
  if (TABLE === undefined) throw new Error('no table');
  if (!process.env.USER && !process.env.TOKEN) throw new Error('no account');
  return [TABLE, required('MODE'), process.env.USER, process.env.TOKEN];
};
)"}});
  EXPECT_EQ(program.reads("app", "handler"),
            "environment variable TABLE!\n"
            "environment variable USER?\n"
            "environment variable TOKEN?\n"
            "environment variable MODE!\n"
            "environment variable USER?\n"
            "environment variable TOKEN?\n");
}

TEST(Reads, OfTypeScriptExpectAbsenceByOperators) {
  auto program = LittleProgram::javascript({{"app", R"(
const table = process.env.TABLE;
const stage = process.env.STAGE || 'dev';
const { REGION, BUCKET = 'b' } = process.env;
export const handler = async (event: any) => {
  const id = event.pathParameters?.id;
  const name = event.queryStringParameters.name ?? 'x';
  if (event.body) console.log(JSON.parse(event.body).size);
  for (const record of event.Records) console.log(record.s3.bucket.name, process.env.KEY);
  const first = event.Records[0].s3.object.key;
  return { statusCode: 200, body: process.env['OTHER'] };
};
)"}});
  EXPECT_EQ(program.reads("app", "handler"),
            "event pathParameters.id?\n"
            "event queryStringParameters.name?\n"
            "event body?\n"
            "event body?\n"
            "parsed(event body)?\n"
            "event body.size\n"
            "event Records\n"
            "event Records[].s3.bucket.name\n"
            "environment variable KEY\n"
            "item(event Records, 0)\n"
            "event Records[].s3.object.key\n"
            "environment variable OTHER\n");
}

TEST(Reads, OfAllAtOnceAreSaidSo) {
  auto program = LittleProgram::javascript({{"app", R"(
import { load } from 'some-config';
export const handler = async (event) => {
  load(event);
  load({ ...process.env });
  load(process.env[event.name]);
};
)"}});
  EXPECT_EQ(program.reads("app", "handler"),
            "event\n"
            "environment variable\n"
            "event name\n"
            "environment variable\n");
}

TEST(Reads, OfJavaAreAccessors) {
  auto program = LittleProgram::java({{"App", R"(
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

public class App implements RequestHandler<SQSEvent, String> {
  public String handleRequest(SQSEvent event, Context context) {
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      System.out.println(message.getBody() + System.getenv("TABLE"));
    }
    return System.getenv().getOrDefault("STAGE", "dev");
  }
}
)"}});
  EXPECT_EQ(program.reads_of_method("App", "handleRequest"),
            "event Records\n"
            "event Records[].body\n"
            "environment variable TABLE\n"
            "environment variable STAGE?\n");
}

TEST(Reads, OfGoAreFields) {
  auto program = LittleProgram::go({{"main", R"(
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handler(ctx context.Context, event events.SQSEvent) error {
	for _, record := range event.Records {
		fmt.Println(record.Body, os.Getenv("TABLE"))
	}
	if stage, ok := os.LookupEnv("STAGE"); ok {
		fmt.Println(stage)
	}
	return nil
}

func main() {
	lambda.Start(handler)
}
)"}});
  // The first argument is the event here: only the join knows which parameter takes it.
  EXPECT_EQ(program.reads_of_entry("main"),
            "context Records\n"
            "environment variable TABLE\n"
            "context Records[].Body\n"
            "environment variable STAGE?\n");
}

TEST(Reads, OfCSharpAreProperties) {
  auto program = LittleProgram::csharp({{"Function", R"(
using System;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;

public class Function {
  public void Handle(SQSEvent input, ILambdaContext context) {
    foreach (var record in input.Records) {
      Console.WriteLine(record.Body);
    }
    var table = System.Environment.GetEnvironmentVariable("TABLE");
    var stage = System.Environment.GetEnvironmentVariable("STAGE") ?? "dev";
  }
}
)"}});
  EXPECT_EQ(program.reads_of_method("Function", "Handle"),
            "event Records\n"
            "event Records[].body\n"
            "environment variable TABLE\n"
            "environment variable STAGE?\n");
}

TEST(Reads, OfRubyAreEntries) {
  auto program = LittleProgram::ruby({{"app", R"(
def handler(event:, context:)
  event['Records'].each do |record|
    puts record['body'], ENV['TABLE']
  end
  stage = ENV.fetch('STAGE', 'dev')
  other = ENV.fetch('OTHER')
  id = event['id'] || 'none'
end
)"}});
  EXPECT_EQ(program.reads_of_named("app", "handler"),
            "event Records\n"
            "event Records[].body\n"
            "environment variable TABLE\n"
            "environment variable STAGE?\n"
            "environment variable OTHER!\n"
            "event id?\n");
}

TEST(Reads, OfRustAreFieldsAndVariables) {
  auto program = LittleProgram::rust({{"main", R"(
use aws_lambda_events::event::sqs::SqsEvent;
use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use std::env;

async fn handler(event: LambdaEvent<SqsEvent>) -> Result<(), Error> {
    let table = env::var("TABLE")?;
    let stage = env::var("STAGE").unwrap_or("dev".to_string());
    for record in event.payload.records {
        println!("{:?} {} {}", record.body, table, stage);
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    run(service_fn(handler)).await
}
)"}});
  EXPECT_EQ(program.reads_of_entry("main"),
            "environment variable TABLE!\n"
            "environment variable STAGE?\n"
            "event Records\n"
            "event Records[].body\n");
}

TEST(Returns, AreThoseOfTheHandlerAlone) {
  auto program = LittleProgram::javascript({{"app", R"(
const no = (text) => ({ statusCode: 400, body: text });
export const handler = async (event) => {
  if (!event.body) return no('empty');
  return { statusCode: 200 };
};
)"}});
  EXPECT_EQ(program.returns("app", "handler"),
            "{statusCode: 400, body: empty}\n"
            "{statusCode: 200}\n");
}

TEST(Returns, OfAFunctionThatFallsOffItsEndAreNothing) {
  auto program = LittleProgram::python({{"app", R"(
def handler(event, context):
    if event["a"]:
        return {"statusCode": 200}
)"}});
  EXPECT_EQ(program.returns("app", "handler"), "{statusCode: 200}\nnull\n");
}

}  // namespace
}  // namespace fnlint::testing
