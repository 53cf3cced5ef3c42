// `fnlint policy`: the least that a function's role has to allow, by code and templates together.
#include "core/text.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace fnlint::policy_test {
namespace {

using Files = std::map<std::string, std::string>;

// Runs `fnlint policy` in a project of these files.
class Policy : public testing::Test {
 protected:
  void in(const Files& files) {
    for (const auto& [path, text] : files) program_.folder.write(path, text);
  }
  // A statement a line, "actions on resources", but for what every function does.
  std::string of(const std::string& name) {
    EXPECT_EQ(program_({"policy", name, "-q"}), 0) << program_.err.str();
    const nlohmann::json document = nlohmann::json::parse(program_.out.str(), nullptr, false);
    std::string lines;
    for (const auto& row : document["Statement"]) {
      const std::string actions = joined(row["Action"]);
      if (!actions.starts_with("logs:"))
        lines += cat(actions, " on ", joined(row["Resource"]), '\n');
    }
    return lines;
  }
  std::string in_format(const std::string& name, const std::string& format) {
    EXPECT_EQ(program_({"policy", name, "--output-format", format}), 0) << program_.err.str();
    return program_.out.str();
  }
  static std::string joined(const nlohmann::json& texts) {
    std::string line;
    for (const auto& text : texts) line += cat(line.empty() ? "" : " ", text.get<std::string>());
    return line;
  }

  test::Program program_;
};

const std::string kThumbs =
    "import os\nimport boto3\n"
    "s3 = boto3.client('s3')\ntable = boto3.resource('dynamodb').Table(os.environ['TABLE'])\n"
    "def save(name, body):\n"
    "    s3.put_object(Bucket=os.environ['UPLOADS'], Key=f'thumbs/{name}', Body=body)\n"
    "def handler(event, context):\n"
    "    body = s3.get_object(Bucket=os.environ['UPLOADS'], Key=f\"raw/{event['name']}\")['Body']\n"
    "    table.query(IndexName='by-day', KeyConditionExpression='day = :d')\n"
    "    table.put_item(Item={'id': event['name']})\n"
    "    save(event['name'], body.read())\n";
const std::string kSam =
    "Transform: AWS::Serverless-2016-10-31\nResources:\n"
    "  Uploads: {Type: AWS::S3::Bucket}\n"
    "  Orders:\n    Type: AWS::DynamoDB::Table\n    Properties: {TableName: orders}\n"
    "  Thumbs:\n    Type: AWS::Serverless::Function\n    Properties:\n"
    "      Runtime: python3.13\n      Handler: app.handler\n      CodeUri: src\n"
    "      Environment: {Variables: {UPLOADS: !Ref Uploads, TABLE: !Ref Orders}}\n";

TEST_F(Policy, NamesObjectsByTheirPrefixesAndTablesWithTheirIndexes) {
  in({{"template.yaml", kSam}, {"src/app.py", kThumbs}});
  EXPECT_EQ(of("Thumbs"),
            "s3:GetObject on arn:aws:s3:::${Uploads}/raw/*\n"
            "s3:PutObject on arn:aws:s3:::${Uploads}/thumbs/*\n"
            "dynamodb:PutItem on arn:aws:dynamodb:${Region}:${Account}:table/orders\n"
            "dynamodb:Query on arn:aws:dynamodb:${Region}:${Account}:table/orders/index/by-day\n");
}

TEST_F(Policy, RefersToResourcesInCloudFormation) {
  in({{"template.yaml", kSam}, {"src/app.py", kThumbs}});
  const std::string text = in_format("Thumbs", "cloudformation");
  EXPECT_NE(text.find("- !Sub \"${Uploads.Arn}/thumbs/*\""), std::string::npos) << text;
  EXPECT_NE(text.find("- !GetAtt Orders.Arn"), std::string::npos) << text;
  EXPECT_NE(text.find("# s3.PutObject, src/app.py:6; on the way: "), std::string::npos) << text;
  EXPECT_NE(text.find("Roles: [!Ref ThumbsRole]"), std::string::npos) << text;
}

TEST_F(Policy, TellsWhyOnTheErrorStream) {
  in({{"template.yaml", kSam}, {"src/app.py", kThumbs}});
  EXPECT_EQ(program_({"policy", "Thumbs"}), 0);
  EXPECT_NE(program_.err.str().find("s3.GetObject, src/app.py:8"), std::string::npos)
      << program_.err.str();
  EXPECT_NE(program_.err.str().find("Uploads: the name of the bucket 'Uploads'"),
            std::string::npos);
  EXPECT_EQ(program_.err.str().find("may lack rights"), std::string::npos);
}

TEST_F(Policy, WritesToTheLogOfTheFunction) {
  in({{"template.yaml", kSam}, {"src/app.py", "def handler(event, context):\n    return 1\n"}});
  EXPECT_EQ(of("Thumbs"), "");
  const std::string text = in_format("Thumbs", "cloudformation");
  EXPECT_NE(text.find("log-group:/aws/lambda/${Thumbs}:*"), std::string::npos) << text;
}

TEST_F(Policy, AllowsWhatAQueueAndItsKeyNeed) {
  in({{"template.yaml",
       "Transform: AWS::Serverless-2016-10-31\nResources:\n  Key: {Type: AWS::KMS::Key}\n"
       "  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {KmsMasterKeyId: !GetAtt Key.Arn}\n"
       "  Worker:\n    Type: AWS::Serverless::Function\n    Properties:\n"
       "      Runtime: nodejs22.x\n      Handler: app.handler\n      CodeUri: .\n"
       "      Tracing: Active\n"
       "      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Jobs.Arn}\n"
       "      Events:\n        Job: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}\n"},
      {"app.mjs", "export const handler = async () => {};\n"}});
  EXPECT_EQ(of("Worker"),
            "kms:Decrypt kms:GenerateDataKey on ${KeyArn}\n"
            "sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage on "
            "arn:aws:sqs:${Region}:${Account}:${Jobs}\n"
            "sqs:SendMessage on arn:aws:sqs:${Region}:${Account}:${Jobs}\n"
            "xray:PutTelemetryRecords xray:PutTraceSegments on *\n");
}

TEST_F(Policy, SaysWhichTableIsNotKnown) {
  in({{"template.yaml", kSam},
      {"src/app.py",
       "import boto3\ndef handler(event, context):\n"
       "    boto3.resource('dynamodb').Table(event['table']).get_item(Key={'id': 1})\n"}});
  EXPECT_EQ(of("Thumbs"), "dynamodb:GetItem on arn:aws:dynamodb:${Region}:${Account}:table/*\n");
  EXPECT_EQ(program_({"policy", "Thumbs"}), 0);
  EXPECT_NE(program_.err.str().find("Note: which table is not known"), std::string::npos)
      << program_.err.str();
}

TEST_F(Policy, LeavesOutWhatIsDoneAsAnotherRole) {
  in({{"template.yaml", kSam},
      {"src/app.py",
       "import boto3\ndef handler(event, context):\n"
       "    role = boto3.client('sts').assume_role(RoleArn='arn:aws:iam::1:role/ops', "
       "RoleSessionName='x')['Credentials']\n"
       "    other = boto3.client('s3', aws_access_key_id=role['AccessKeyId'],\n"
       "        aws_secret_access_key=role['SecretAccessKey'], "
       "aws_session_token=role['SessionToken'])\n"
       "    other.put_object(Bucket='reports', Key='a', Body=b'')\n"}});
  EXPECT_EQ(of("Thumbs"), "sts:AssumeRole on arn:aws:iam::1:role/ops\n");
  EXPECT_EQ(program_({"policy", "Thumbs"}), 0);
  EXPECT_NE(program_.err.str().find("s3.PutObject: made with other credentials"), std::string::npos)
      << program_.err.str();
}

TEST_F(Policy, HasOperationsThatNoRuleIsAbout) {
  in({{"template.yaml", kSam},
      {"src/app.py",
       "import os\nimport boto3\ns3 = boto3.client('s3')\n"
       "def handler(event, context):\n"
       "    boto3.client('ec2').describe_instances()\n"
       "    boto3.client('cognito-idp').admin_get_user(UserPoolId='eu_1', Username='u')\n"
       "    s3.get_bucket_location(Bucket=os.environ['UPLOADS'])\n"
       "    s3.get_paginator('list_objects_v2').paginate(Bucket=os.environ['UPLOADS'])\n"
       "    return s3.generate_presigned_url('get_object',\n"
       "        Params={'Bucket': os.environ['UPLOADS'], 'Key': 'reports/' + event['name']})\n"}});
  EXPECT_EQ(of("Thumbs"),
            "cognito-idp:AdminGetUser on arn:aws:cognito-idp:${Region}:${Account}:userpool/eu_1\n"
            "s3:GetBucketLocation s3:ListBucket on arn:aws:s3:::${Uploads}\n"
            "s3:GetObject on arn:aws:s3:::${Uploads}/reports/*\n"
            "ec2:DescribeInstances on *\n");
  EXPECT_EQ(program_({"policy", "Thumbs"}), 0);
  EXPECT_NE(program_.err.str().find("IAM restricts ec2:DescribeInstances to no resource"),
            std::string::npos)
      << program_.err.str();
}

TEST_F(Policy, SaysThatUnknownCodeMayNeedMore) {
  in({{"template.yaml", kSam},
      {"src/app.py",
       "import acme_ledger\ndef handler(event, context):\n    acme_ledger.put(event)\n"}});
  EXPECT_EQ(program_({"policy", "Thumbs"}), 0);
  EXPECT_NE(program_.err.str().find("This policy may lack rights"), std::string::npos);
  EXPECT_NE(program_.err.str().find("what acme_ledger.put does, src/app.py:3"), std::string::npos)
      << program_.err.str();
}

// A container hands the client on: what is done with it is not seen.
TEST_F(Policy, SaysThatAClientIsMadeOfWhichNothingIsCalled) {
  in({{"template.yaml", kSam},
      {"src/app.py",
       "import boto3\n"
       "services = {'queue': boto3.client('sqs')}\n"
       "def handler(event, context):\n    return len(services)\n"}});
  EXPECT_EQ(program_({"policy", "Thumbs"}), 0);
  EXPECT_NE(program_.err.str().find("what its client of sqs is used for, src/app.py:2"),
            std::string::npos)
      << program_.err.str();
}

TEST_F(Policy, GoesByMembersThatNeedOtherActions) {
  in({{"template.yaml", kSam},
      {"src/app.py",
       "import os\nimport boto3\ns3 = boto3.client('s3')\ndef handler(event, context):\n"
       "    s3.get_object(Bucket=os.environ['UPLOADS'], Key='a', VersionId=event['version'])\n"
       "    s3.put_object(Bucket=os.environ['UPLOADS'], Key='b', Body=b'', ACL='public-read')\n"
       "    boto3.client('sns').publish(PhoneNumber=event['phone'], Message='done')\n"}});
  EXPECT_EQ(of("Thumbs"),
            "s3:GetObjectVersion on arn:aws:s3:::${Uploads}/a\n"
            "s3:PutObject s3:PutObjectAcl on arn:aws:s3:::${Uploads}/b\n"
            "sns:Publish on *\n");
}

TEST_F(Policy, HandsRolesOn) {
  in({{"template.yaml", kSam},
      {"src/app.py",
       "import boto3\ndef handler(event, context):\n"
       "    boto3.client('mediaconvert').create_job(Role='arn:aws:iam::1:role/convert', "
       "Settings={})\n"}});
  EXPECT_NE(of("Thumbs").find("iam:PassRole on arn:aws:iam::1:role/convert\n"), std::string::npos)
      << of("Thumbs");
}

TEST_F(Policy, RefersToResourcesInTerraform) {
  in({{"main.tf",
       "resource \"aws_dynamodb_table\" \"orders\" {\n  name = \"orders\"\n  hash_key = \"id\"\n}\n"
       "resource \"aws_iam_role\" \"worker\" {\n  name = \"worker\"\n  assume_role_policy = "
       "\"{}\"\n}\n"
       "resource \"aws_lambda_function\" \"worker\" {\n  function_name = \"worker\"\n"
       "  role = aws_iam_role.worker.arn\n  runtime = \"nodejs22.x\"\n  handler = \"app.handler\"\n"
       "  filename = data.archive_file.code.output_path\n"
       "  environment {\n    variables = { TABLE = aws_dynamodb_table.orders.name }\n  }\n}\n"
       "data \"archive_file\" \"code\" {\n  type = \"zip\"\n  source_dir = \"${path.module}/src\"\n"
       "  output_path = \"code.zip\"\n}\n"},
      {"src/app.mjs",
       "import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';\n"
       "const client = new DynamoDBClient({});\n"
       "export const handler = async (event) => {\n"
       "  await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item: event }));\n"
       "  await client.send(new QueryCommand({ TableName: process.env.TABLE, IndexName: "
       "event.index }));\n};\n"}});
  const std::string text = in_format("worker", "terraform");
  EXPECT_NE(text.find("resources = [aws_dynamodb_table.orders.arn]"), std::string::npos) << text;
  EXPECT_NE(text.find("resources = [\"${aws_dynamodb_table.orders.arn}/index/*\"]"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("role   = aws_iam_role.worker.id"), std::string::npos) << text;
}

TEST_F(Policy, ReadsGo) {
  in({{"template.yaml",
       "Transform: AWS::Serverless-2016-10-31\nResources:\n  Topic: {Type: AWS::SNS::Topic}\n"
       "  Notify:\n    Type: AWS::Serverless::Function\n    Metadata: {BuildMethod: go1.x}\n"
       "    Properties:\n      Runtime: provided.al2023\n      Handler: bootstrap\n      CodeUri: "
       "notify\n"
       "      Environment: {Variables: {TOPIC: !Ref Topic}}\n"},
      {"notify/go.mod", "module notify\n\ngo 1.23\n"},
      {"notify/main.go",
       "package main\n\nimport (\n\t\"context\"\n\t\"os\"\n\n"
       "\t\"github.com/aws/aws-lambda-go/lambda\"\n"
       "\t\"github.com/aws/aws-sdk-go-v2/aws\"\n\t\"github.com/aws/aws-sdk-go-v2/config\"\n"
       "\t\"github.com/aws/aws-sdk-go-v2/service/sns\"\n)\n\n"
       "func handle(ctx context.Context) error {\n"
       "\tsettings, err := config.LoadDefaultConfig(ctx)\n\tif err != nil {\n\t\treturn err\n\t}\n"
       "\t_, err = sns.NewFromConfig(settings).Publish(ctx, &sns.PublishInput{\n"
       "\t\tTopicArn: aws.String(os.Getenv(\"TOPIC\")), Message: aws.String(\"done\")})\n"
       "\treturn err\n}\n\nfunc main() { lambda.Start(handle) }\n"}});
  EXPECT_EQ(of("Notify"), "sns:Publish on arn:aws:sns:${Region}:${Account}:${Topic}\n");
  EXPECT_NE(in_format("Notify", "cloudformation").find("- !Ref Topic\n"), std::string::npos);
}

TEST_F(Policy, ReadsJava) {
  in({{"template.yaml",
       "Transform: AWS::Serverless-2016-10-31\nResources:\n"
       "  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: jobs}\n"
       "  Send:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: java21\n"
       "      Handler: shop.Send::handleRequest\n      CodeUri: .\n"
       "      Environment: {Variables: {JOBS: !Ref Jobs}}\n"},
      {"pom.xml", "<project/>\n"},
      {"src/main/java/shop/Send.java",
       "package shop;\n\nimport com.amazonaws.services.lambda.runtime.Context;\n"
       "import com.amazonaws.services.lambda.runtime.RequestHandler;\n"
       "import software.amazon.awssdk.services.sqs.SqsClient;\n"
       "import software.amazon.awssdk.services.sqs.model.SendMessageRequest;\n\n"
       "public class Send implements RequestHandler<String, Void> {\n"
       "  private final SqsClient client = SqsClient.create();\n"
       "  public Void handleRequest(String event, Context context) {\n"
       "    client.sendMessage(SendMessageRequest.builder()\n"
       "        .queueUrl(System.getenv(\"JOBS\")).messageBody(event).build());\n"
       "    return null;\n  }\n}\n"}});
  EXPECT_EQ(of("Send"), "sqs:SendMessage on arn:aws:sqs:${Region}:${Account}:jobs\n");
}

TEST_F(Policy, ReadsTheServerlessFramework) {
  in({{"serverless.yml",
       "service: shop\nprovider: {name: aws, runtime: python3.13, stage: dev}\n"
       "functions:\n  pack:\n    handler: app.handler\n"
       "    environment: {TABLE: \"orders-${sls:stage}\"}\n"},
      {"app.py",
       "import os\nimport boto3\ntable = boto3.resource('dynamodb').Table(os.environ['TABLE'])\n"
       "def handler(event, context):\n    table.delete_item(Key={'id': event['id']})\n"}});
  EXPECT_EQ(of("pack"),
            "dynamodb:DeleteItem on arn:aws:dynamodb:${Region}:${Account}:table/orders-dev\n");
}

TEST_F(Policy, NamesConstructsInCdk) {
  in({{"cdk.json", "{\"app\": \"npx ts-node bin/shop.ts\"}\n"},
      {"package.json", "{\"dependencies\": {\"aws-cdk-lib\": \"2\"}}\n"},
      {"bin/shop.ts",
       "import { App, Stack } from 'aws-cdk-lib';\nimport * as s3 from 'aws-cdk-lib/aws-s3';\n"
       "import * as lambda from 'aws-cdk-lib/aws-lambda';\nconst app = new App();\n"
       "const stack = new Stack(app, 'Shop');\n"
       "const uploads = new s3.Bucket(stack, 'Uploads');\n"
       "new lambda.Function(stack, 'Resize', {\n  runtime: lambda.Runtime.PYTHON_3_13,\n"
       "  handler: 'app.handler', code: lambda.Code.fromAsset('src'),\n"
       "  environment: { UPLOADS: uploads.bucketName },\n});\n"},
      {"src/app.py",
       "import os\nimport boto3\ndef handler(event, context):\n"
       "    boto3.client('s3').delete_object(Bucket=os.environ['UPLOADS'], Key='old/' + "
       "event['k'])\n"}});
  const std::string text = in_format("Resize", "cdk");
  EXPECT_NE(
      text.find("actions: [\"s3:DeleteObject\"],\n    resources: [`${uploads.bucketArn}/old/*`]"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("resize.addToRolePolicy(statement)"), std::string::npos) << text;
}

TEST_F(Policy, KnowsFunctionsByTheirNames) {
  in({{"template.yaml", kSam}, {"src/app.py", kThumbs}});
  EXPECT_EQ(program_({"policy", "Thumb"}), 2);
  EXPECT_NE(program_.err.str().find("no function is named 'Thumb'; did you mean 'Thumbs'?"),
            std::string::npos)
      << program_.err.str();
  EXPECT_EQ(program_.out.str(), "");
}

TEST_F(Policy, OfAllFunctionsHasADocumentForEach) {
  in({{"shop/template.yaml", kSam}, {"shop/src/app.py", kThumbs}});
  EXPECT_EQ(program_({"policy", "./shop", "-q"}), 0);
  EXPECT_TRUE(program_.parsed().contains("Statement"));
  in({{"shop/template.yaml",
       kSam + "  Other: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, "
              "Handler: app.handler, CodeUri: src}}\n"}});
  EXPECT_EQ(program_({"policy", "./shop", "-q"}), 0);
  EXPECT_TRUE(program_.parsed()["Thumbs"].contains("Statement"));
  EXPECT_TRUE(program_.parsed()["Other"].contains("Statement"));
}

TEST_F(Policy, SaysAllOfItAsJson) {
  in({{"template.yaml", kSam}, {"src/app.py", kThumbs}});
  const nlohmann::json all = nlohmann::json::parse(in_format("Thumbs", "json"));
  const nlohmann::json& row = all["functions"][0];
  EXPECT_EQ(row["function"], "Thumbs");
  EXPECT_EQ(row["complete"], true);
  EXPECT_EQ(row["statements"][0]["reasons"][0]["where"], "src/app.py:8");
}

}  // namespace
}  // namespace fnlint::policy_test
