// The same machinery for languages with entries, struct literals and fluent calls.
#include "support.h"

#include <gtest/gtest.h>

namespace fnlint::testing::languages_test {
namespace {

void expect_line(const std::string& text, std::string_view line) {
  EXPECT_NE(text.find(line), std::string::npos) << "no \"" << line << "\" in\n" << text;
}

TEST(GoFlow, TheEntryReadsTypedEventsAndStructLiterals) {
  auto program = LittleProgram::go({{"main", R"(
package main
import (
	"context"
	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)
var client *s3.Client
func init() {
	cfg, _ := config.LoadDefaultConfig(context.Background())
	client = s3.NewFromConfig(cfg)
}
func handle(e events.S3Event) error {
	for _, r := range e.Records {
		_, err := client.PutObject(context.TODO(), &s3.PutObjectInput{
			Bucket: aws.String(r.S3.Bucket.Name),
			Key:    aws.String("index-" + r.S3.Object.Key),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
func main() { lambda.Start(handle) }
)"}});
  expect_line(program.run_entry("main"),
              "effect s3.PutObject target event Records[].s3.bucket.name key "
              "index-${event Records[].s3.object.key}");
}

TEST(GoFlow, PackagesSpreadOverFiles) {
  auto program = LittleProgram::go({{"main", R"(
package main
import "github.com/aws/aws-lambda-go/lambda"
func main() {
	store := NewStore("b")
	lambda.Start(store.Handle)
}
)"},
                                    {"store", R"(
package main
import (
	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sqs"
)
type Store struct {
	queue string
	sqs   *sqs.SQS
}
var counter int
func NewStore(queue string) *Store { return &Store{queue: queue, sqs: sqs.New(session.New())} }
)"},
                                    {"handle", R"(
package main
import "github.com/aws/aws-sdk-go/service/sqs"
func (s *Store) Handle(body string) error {
	counter++
	input := &sqs.SendMessageInput{QueueUrl: &s.queue}
	input.MessageBody = aws.String(body)
	_, err := s.sqs.SendMessage(input)
	return err
}
)"}});
  const std::string text = program.run_entry("main");
  expect_line(text, "store module variable counter value");
  expect_line(text, "effect sqs.SendMessage target b key");
}

TEST(CSharpFlow, RequestsHaveInitialisersAndPositions) {
  auto program = LittleProgram::csharp({{"Function", R"(
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.Lambda.S3Events;
namespace Shop;
public class Function
{
    private readonly IAmazonS3 _s3;
    private readonly IAmazonSQS _sqs = new AmazonSQSClient();
    public static int Calls { get; set; }
    private int _count;
    public Function() : this(new AmazonS3Client()) { }
    public Function(IAmazonS3 s3) { _s3 = s3; }
    public async Task Handle(S3Event evt)
    {
        _count++;
        Calls += 1;
        foreach (var record in evt.Records)
        {
            var request = new PutObjectRequest { BucketName = record.S3.Bucket.Name };
            request.Key = "out/" + record.S3.Object.Key;
            await _s3.PutObjectAsync(request);
            await _sqs.SendMessageAsync("q", record.S3.Object.Key);
        }
    }
}
)"}});
  const std::string text = program.run_method("Function", "Handle");
  expect_line(text, "effect s3.PutObject target event Records[].s3.bucket.name key "
                    "out/${event Records[].s3.object.key} in loop");
  expect_line(text, "effect sqs.SendMessage target q key event Records[].s3.object.key in loop");
  expect_line(text, "store module variable Function._count value");
  expect_line(text, "store module variable Function.Calls value");
}

TEST(CSharpFlow, WhatIsPutIntoAFieldIsThereTheNextTime) {
  auto program = LittleProgram::csharp({{"Function", R"(
using System.Collections.Generic;
namespace Shop;
public class Function
{
    private Dictionary<string, string> _known = new Dictionary<string, string> { {"a", "b"} };
    public void Handle(string evt)
    {
        if (!_known.ContainsKey("v")) _known.Add("v", "1");
    }
}
)"}});
  const std::string text = program.run_method("Function", "Handle");
  expect_line(text, "store module variable Function._known");
  expect_line(text, "or module variable Function._known");
}

TEST(RubyFlow, ClientsAndResourcesTakeKeywords) {
  auto program = LittleProgram::ruby({{"app", R"(
require 'aws-sdk-s3'
CLIENT = Aws::S3::Client.new
TABLE = Aws::DynamoDB::Resource.new.table('t')
def handler(event:, context:)
  event['Records'].each do |r|
    CLIENT.put_object(bucket: r['s3']['bucket']['name'], key: 'out')
    Aws::S3::Resource.new.bucket('b').object("k/#{r['id']}").put(body: 'x')
    TABLE.put_item(item: { 'id' => r['id'] })
  end
end
)"}});
  const std::string text = program.run_named("app", "handler");
  expect_line(text, "effect s3.PutObject target event Records[].s3.bucket.name key out");
  expect_line(text, "effect s3.PutObject target b key k/${event Records[].id}");
  expect_line(text, "effect dynamodb.PutItem target t");
}

TEST(GoFlow, ImagesOfStreamsAreTyped) {
  auto program = LittleProgram::go({{"main", R"(
package main
import (
	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)
func handle(e events.DynamoDBEvent) (string, error) {
	return e.Records[0].Change.NewImage["id"].String(), nil
}
func main() { lambda.Start(handle) }
)"}});
  expect_line(program.run_entry("main"), "returns event Records[].dynamodb.NewImage.id.S");
}

TEST(RustFlow, ARequestIsPerformedBySend) {
  auto program = LittleProgram::rust({{"main", R"(
use aws_lambda_events::event::kinesis::KinesisEvent;
use aws_sdk_kinesis::{primitives::Blob, Client};
use lambda_runtime::{run, service_fn, Error, LambdaEvent};
async fn handle(client: &Client, event: LambdaEvent<KinesisEvent>) -> Result<(), Error> {
    let stream = std::env::var("STREAM")?;
    for rec in event.payload.records {
        client.put_record().stream_name("s").partition_key("score")
            .data(Blob::new(rec.kinesis.data)).send().await?;
    }
    Ok(())
}
#[tokio::main]
async fn main() -> Result<(), Error> {
    let config = aws_config::load_from_env().await;
    let client = Client::new(&config);
    run(service_fn(|e| handle(&client, e))).await
}
)"}});
  expect_line(program.run_entry("main"),
              "effect kinesis.PutRecord target s key event Records[].kinesis.data in loop");
}

TEST(KotlinFlow, ALambdaWhoseReceiverIsTheBuilderFillsTheRequest) {
  auto program = LittleProgram::kotlin({{"H", R"(
import aws.sdk.kotlin.services.s3.S3Client
import aws.sdk.kotlin.services.s3.model.PutObjectRequest
class H {
    private val s3 = S3Client { region = "eu-west-1" }
    fun handle(event: S3Event) {
        for (record in event.records) {
            val name = record.s3.`object`.key
            s3.putObject(PutObjectRequest {
                bucket = record.s3.bucket.name
                key = "out/$name"
            })
        }
    }
}
)"}});
  expect_line(program.run_method("H", "handle"),
              "effect s3.PutObject target event Records[].s3.bucket.name key "
              "out/${event Records[].s3.object.key} in loop");
}

}  // namespace
}  // namespace fnlint::testing::languages_test
