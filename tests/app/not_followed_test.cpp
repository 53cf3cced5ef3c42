// The account of what a function's code does that is not known: what no finding speaks of.
#include "app/pictures/model_json.h"
#include "app/run/pipeline.h"
#include "core/text.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fnlint {
namespace {

std::string template_for(std::string_view runtime, std::string_view handler) {
  return cat(
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  Worker:\n"
      "    Type: AWS::Serverless::Function\n    Properties: {Runtime: ",
      runtime, ", Handler: '", handler, "', CodeUri: .}\n");
}

// Each part that is not known, a line each; "" where all of it is.
std::string not_followed(std::string_view runtime, std::string_view file, std::string code,
                         std::string_view handler = "app.handler") {
  const test::MemoryFileSystem files{{"template.yaml", template_for(runtime, handler)},
                                     {std::string(file), std::move(code)}};
  PipelineOptions options;
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  std::string words;
  options.inspect = [&](const LinkedModel& model) {
    const LambdaFunction& function = model.project.functions.front();
    if (function.cut != 0) words += "cut\n";
    for (const NotFollowed& one : function.not_followed) {
      constexpr std::string_view kParts[] = {"library", "callee", "module", "computed", "syntax"};
      words += cat(kParts[static_cast<std::size_t>(one.part)], ' ', one.what, '\n');
    }
  };
  run_pipeline(options, files);
  return words;
}

std::string in_python(std::string code) {
  return not_followed("python3.13", "app.py", std::move(code));
}
std::string in_javascript(std::string code) {
  return not_followed("nodejs22.x", "app.mjs", std::move(code));
}

TEST(NotFollowed, CodeThatComputesAndCallsServicesIsKnown) {
  EXPECT_EQ(in_python("import json\nimport re\nfrom datetime import datetime\nimport boto3\n"
                      "queue = boto3.client('sqs')\n"
                      "def handler(event, context):\n"
                      "    if not re.fullmatch('[a-z]+', event['name'].strip()):\n"
                      "        raise ValueError(event['name'])\n"
                      "    body = json.dumps({'at': datetime.now().isoformat(), **event})\n"
                      "    queue.send_message(QueueUrl='orders', MessageBody=body)\n"),
            "");
  EXPECT_EQ(
      in_javascript("import { createHash } from 'node:crypto';\n"
                    "export const handler = async (event) => {\n"
                    "  const names = event.names.filter((one) => one.length > 0).sort();\n"
                    "  if (names.length === 0) throw new TypeError('no names');\n"
                    "  return createHash('sha256').update(names.join()).digest('hex');\n};\n"),
      "");
}

TEST(NotFollowed, WhatATryHasMadeIsKnownAtItsEnd) {
  EXPECT_EQ(in_javascript("import { Pool } from 'pg';\nconst pool = new Pool({ max: 1 });\n"
                          "export const handler = async (event) => {\n"
                          "  let client = null;\n  try {\n"
                          "    if (event.id === undefined) return { statusCode: 400 };\n"
                          "    client = await pool.connect();\n"
                          "    return (await client.query('SELECT 1')).rows;\n"
                          "  } catch (error) {\n    console.error(error);\n    throw error;\n"
                          "  } finally {\n    if (client) client.release();\n  }\n};\n"),
            "");
  EXPECT_EQ(in_python("import psycopg2\n"
                      "def handler(event, context):\n    connection = None\n    try:\n"
                      "        connection = psycopg2.connect(event['address'])\n"
                      "        return connection.cursor().execute('SELECT 1')\n"
                      "    finally:\n        if connection is not None:\n"
                      "            connection.close()\n"),
            "");
  // What is left of a library that nobody knows is not known there, either.
  EXPECT_EQ(in_javascript("import { open } from 'acme-ledger';\n"
                          "export const handler = async (event) => {\n"
                          "  let ledger = null;\n  try {\n    ledger = await open(event.id);\n"
                          "    return ledger.rows;\n"
                          "  } finally {\n    if (ledger) ledger.close();\n  }\n};\n"),
            "library acme-ledger.open\n");
}

TEST(NotFollowed, FunctionsInListsOfATableAreCalledByAnyKey) {
  EXPECT_EQ(
      in_javascript("const isText = (value) => typeof value === 'string';\n"
                    "const isShort = (value) => value.length < 9;\n"
                    "const rules = { name: [isText, isShort], note: [isText] };\n"
                    "export const handler = async (event) =>\n"
                    "  Object.keys(event).every((key) => rules[key].every((is) => is(event[key])));"
                    "\n"),
      "");
  EXPECT_EQ(
      in_javascript("import { check } from 'acme-ledger';\n"
                    "const isKnown = (value) => check(value);\n"
                    "const rules = { name: [isKnown] };\n"
                    "export const handler = async (event) =>\n"
                    "  Object.keys(event).every((key) => rules[key].every((is) => is(event[key])));"
                    "\n"),
      "library acme-ledger.check\n");
  EXPECT_EQ(in_python("def is_text(value):\n    return isinstance(value, str)\n"
                      "RULES = {'name': [is_text], 'note': [is_text]}\n"
                      "def handler(event, context):\n"
                      "    return all(rule(event[key]) for key in event for rule in RULES[key])\n"),
            "");
}

TEST(NotFollowed, WhatIsPutIntoADictIsNoMethodOfIt) {
  EXPECT_EQ(in_python("def answer(body, headers):\n    whole = {}\n"
                      "    whole.update(body)\n    whole.update({'body': body})\n"
                      "    whole.update(headers)\n    return whole\n"
                      "def handler(event, context):\n    try:\n"
                      "        return answer(event['rows'], event['headers'])\n"
                      "    except Exception as error:\n"
                      "        return answer(error.args[0], {})\n"),
            "");
  EXPECT_EQ(
      in_javascript("const rules = { name: [], note: [] };\n"
                    "export const handler = async (event) =>\n"
                    "  Object.keys(event).every((key) => rules[key].every((is) => is(event[key])));"
                    "\n"),
      "");
}

TEST(NotFollowed, LibrariesThatNothingDescribesAreNamedOnce) {
  EXPECT_EQ(in_python("import acme_ledger\nfrom acme_mail import Mailer\n"
                      "def save(row):\n    acme_ledger.write(row)\n"
                      "def handler(event, context):\n"
                      "    save(event)\n    save(event)\n    Mailer('orders').send(event)\n"),
            "library acme_ledger.write\nlibrary acme_mail.Mailer\n");
}

TEST(NotFollowed, AModulesOwnWorkCounts) {
  EXPECT_EQ(in_javascript("import { connect } from 'acme-ledger';\nconst ledger = connect();\n"
                          "export const handler = async (event) => event.id;\n"),
            "library acme-ledger.connect\n");
}

// Two functions of one build; `names`: whether the first names the other's class, which is broken.
std::string beside_a_broken_class(bool names) {
  const test::MemoryFileSystem files{
      {"template.yaml",
       "Transform: AWS::Serverless-2016-10-31\nResources:\n"
       "  Place:\n    Type: AWS::Serverless::Function\n"
       "    Properties: {Runtime: java21, Handler: 'shop.Place::handle', CodeUri: .}\n"
       "  Cancel:\n    Type: AWS::Serverless::Function\n"
       "    Properties: {Runtime: java21, Handler: 'shop.Cancel::handle', CodeUri: .}\n"},
      {"pom.xml", "<project><artifactId>shop</artifactId></project>"},
      {"src/main/java/shop/Place.java",
       cat("package shop;\npublic class Place {\n  public String handle(String event) {\n    "
           "return ",
           names ? "new Cancel().handle(event)" : "event", ";\n  }\n}\n")},
      {"src/main/java/shop/Cancel.java",
       "package shop;\npublic class Cancel {\n  public String handle(String event) {\n"
       "    return event;\n  }\n"}};
  PipelineOptions options;
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  std::string words;
  options.inspect = [&](const LinkedModel& model) {
    for (const LambdaFunction& function : model.project.functions)
      words += cat(function.name, ' ', function.not_followed.size(), '\n');
  };
  run_pipeline(options, files);
  return words;
}

TEST(NotFollowed, AnotherFunctionsSyntaxErrorSaysNothing) {
  EXPECT_EQ(beside_a_broken_class(false), "Place 0\nCancel 1\n");
  EXPECT_EQ(beside_a_broken_class(true), "Place 1\nCancel 1\n");
}

TEST(NotFollowed, AMethodOfTheEventsDataDoesNothingElse) {
  EXPECT_EQ(in_python("def handler(event, context):\n"
                      "    body = event['body']\n    body.update({'at': 1})\n    return body\n"),
            "");
}

TEST(NotFollowed, AnErrorDoesNothing) {
  EXPECT_EQ(in_python("from acme_errors import NotFoundError\n"
                      "def handler(event, context):\n    raise NotFoundError(event['id'])\n"),
            "");
}

TEST(NotFollowed, OperationsThatAServiceOfAnSdkHasAreKnownAndOthersAreNot) {
  EXPECT_EQ(
      in_python("import boto3\ncluster = boto3.client('memorydb')\n"
                "def handler(event, context):\n"
                "    cluster.describe_clusters()\n    cluster.failover_shard(ClusterName='a')\n"
                "    cluster.no_such_request(ClusterName='a')\n"),
      "library boto3.client(memorydb).no_such_request\n");
}

TEST(NotFollowed, OperationsOfAnSdkThatSetWhatIsThereAreKnown) {
  EXPECT_EQ(in_python("import boto3\nrules = boto3.client('events')\n"
                      "def handler(event, context):\n"
                      "    rules.disable_rule(Name='nightly')\n"
                      "    boto3.client('logs').create_log_stream(logGroupName='a')\n"
                      "    boto3.client('ec2').start_instances(InstanceIds=event['ids'])\n"),
            "");
}

TEST(NotFollowed, WhatAnOperationGivesIsDataAndWhatACollectionFiltersIsNot) {
  EXPECT_EQ(in_python("import boto3\nimport requests\n"
                      "store = boto3.client('memorydb')\n"
                      "def handler(event, context):\n"
                      "    page = requests.get('https://example.com', timeout=3)\n"
                      "    store.describe_clusters().shards.narrow().sort_out()\n"
                      "    return page.json()\n"),
            "");
  EXPECT_EQ(in_python("import boto3\nec2 = boto3.resource('ec2')\n"
                      "def handler(event, context):\n"
                      "    ec2.instances.filter(Filters=event['filters']).reboot()\n"),
            "library boto3.resource(ec2).instances.filter().reboot\n");
}

TEST(NotFollowed, OptionsAreNoCallback) {
  EXPECT_EQ(in_javascript("export const handler = async (event) => event.rows.find({ id: 1 });\n"),
            "");
}

TEST(NotFollowed, WhatIsCalledByAnEntryThatNobodyKnowsIsOpen) {
  EXPECT_EQ(in_javascript("import * as steps from './steps.mjs';\n"
                          "export const handler = async (event) => steps[event.step](event);\n"),
            "callee [event step]\nmodule ./steps.mjs\n");
}

// Layers of a service, each of which holds the next: nothing of them is cut.
TEST(NotFollowed, CallsThroughNineObjectsAreFollowed) {
  std::string code =
      "import boto3\nclass Service0:\n    def run(self):\n"
      "        return boto3.client('s3').list_buckets()\n";
  std::string made = "Service0()";
  for (int i = 1; i < 9; ++i) {
    code += cat("class Service", i,
                ":\n    def __init__(self, inner):\n        self.inner = inner\n"
                "    def run(self):\n        return self.inner.run()\n");
    made = cat("Service", i, '(', made, ')');
  }
  code += cat("def handler(event, context):\n    return ", made, ".run()\n");
  EXPECT_EQ(in_python(code), "");
}

// A handler of Java with what stands in its method.
std::string in_java(std::string_view members, std::string_view body, std::string_view others) {
  const test::MemoryFileSystem files{
      {"template.yaml",
       "Transform: AWS::Serverless-2016-10-31\nResources:\n  Place:\n"
       "    Type: AWS::Serverless::Function\n"
       "    Properties: {Runtime: java21, Handler: 'shop.Place::handle', CodeUri: .}\n"},
      {"pom.xml", "<project><artifactId>shop</artifactId></project>"},
      {"src/main/java/shop/Place.java",
       cat("package shop;\nimport com.acme.Plugins;\nimport java.util.List;\nimport "
           "lombok.Builder;\nimport lombok.Data;\n"
           "import software.amazon.awssdk.services.ec2.Ec2Client;\npublic class Place {\n",
           members, "  public String handle(String event) {\n", body, "    return event;\n  }\n}\n",
           others)}};
  PipelineOptions options;
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  std::string words;
  options.inspect = [&](const LinkedModel& model) {
    for (const NotFollowed& one : model.project.functions.front().not_followed)
      words += cat(one.what, '\n');
  };
  run_pipeline(options, files);
  return words;
}

TEST(NotFollowed, ARequestThatAFunctionFillsIsNoUnknownObject) {
  EXPECT_EQ(in_java("  private final Ec2Client ec2 = Ec2Client.create();\n",
                    "    ec2.startInstances(request -> request.instanceIds(event));\n"
                    "    ec2.describeInstancesPaginator().forEach(page ->\n"
                    "        page.reservations().forEach(one -> one.instances().size()));\n",
                    ""),
            "");
}

TEST(NotFollowed, MembersThatAnnotationsMakeAreKnown) {
  EXPECT_EQ(in_java("  private List<Order> open = Plugins.orders();\n",
                    "    Order first = open.get(0);\n    first.setState(event);\n"
                    "    Order more = Order.builder().state(event).build();\n",
                    "@Data\n@Builder\nclass Order {\n  private String state;\n}\n"),
            "com.acme.Plugins.orders\n");
}

TEST(NotFollowed, AMacroIsNoVariableOfItsName) {
  const test::MemoryFileSystem files{
      {"template.yaml", template_for("provided.al2023", "bootstrap")},
      {"Cargo.toml", "[package]\nname = \"worker\"\n"},
      {"src/main.rs",
       "use lambda_runtime::{service_fn, Error, LambdaEvent};\nuse serde_json::Value;\n"
       "async fn handle(event: LambdaEvent<Value>) -> Result<String, Error> {\n"
       "    let format = event.payload[\"format\"].as_str().unwrap_or(\"text\");\n"
       "    Ok(format!(\"as {}\", format))\n}\n"
       "#[tokio::main]\nasync fn main() -> Result<(), Error> {\n"
       "    lambda_runtime::run(service_fn(handle)).await\n}\n"}};
  PipelineOptions options;
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  bool is_whole = false;
  options.inspect = [&](const LinkedModel& model) {
    const LambdaFunction& function = model.project.functions.front();
    is_whole = function.resolved && function.not_followed.empty();
  };
  run_pipeline(options, files);
  EXPECT_TRUE(is_whole);
}

TEST(NotFollowed, SettersThatAnnotationsMakeSetTheObjectThatIsMade) {
  constexpr std::string_view kOrder =
      "@Data\nclass Order {\n  private String state;\n  private boolean open;\n"
      "  Order() {}\n}\n";
  EXPECT_EQ(in_java("",
                    "    Order made = new Order();\n    made.setState(event);\n"
                    "    made.setOpen(made.isOpen() && made.getState() != null);\n",
                    kOrder),
            "");
  EXPECT_EQ(in_java("", "    Order made = new Order();\n    made.setState(event);\n",
                    "class Order {\n  private String state;\n}\n"),
            ".setState()\n");
}

TEST(NotFollowed, AnObjectOfWhichAnyFieldMayBeSetIsStillOfItsClass) {
  std::string cases;
  for (const char field : std::string_view("abcdefghij"))
    cases += cat("      case '", std::string(1, field), "': this.", std::string(1, field),
                 " = one.value; break;\n");
  EXPECT_EQ(in_javascript(cat("class System {\n  load(items) {\n    for (const one of items)\n"
                              "      switch (one.name) {\n",
                              cases,
                              "      }\n    return this;\n  }\n"
                              "  ready() { return this.a !== undefined; }\n}\n"
                              "export const handler = async (event) => {\n"
                              "  const system = new System();\n  system.load(event.items);\n"
                              "  return system.ready();\n};\n")),
            "");
}

TEST(NotFollowed, AMapGivesWhatWasPutThereByTheSameKeyWhateverThatIs) {
  constexpr std::string_view kTables =
      "import os\nfrom enum import Enum\nimport boto3\nclass Kind(Enum):\n"
      "    ORDERS = os.getenv('ORDERS')\n    ITEMS = os.getenv('ITEMS')\n"
      "database = boto3.resource('dynamodb')\nclass Tables:\n    def __init__(self):\n"
      "        self.of = {Kind.ORDERS: {'table': database.Table(Kind.ORDERS.value)},\n"
      "                   Kind.ITEMS: {'table': database.Table(Kind.ITEMS.value)}}\n"
      "    def named(self, kind):\n        return self.of[kind]['table']\n";
  EXPECT_EQ(in_python(cat(kTables,
                          "def handler(event, context):\n"
                          "    return Tables().named(Kind.ORDERS).get_item(Key=event)\n")),
            "");
  EXPECT_EQ(in_python(cat(kTables,
                          "import acme\ndef handler(event, context):\n"
                          "    return Tables().named(acme.kind()).get_item(Key=event)\n")),
            "library acme.kind\ncallee .get_item()\n");
}

TEST(NotFollowed, WhatADeclaredClassDoesIsFollowedAndAnInterfaceIsNot) {
  constexpr std::string_view kSenders = "  private List<Sender> senders = Plugins.senders();\n";
  constexpr std::string_view kSend = "    senders.forEach(one -> one.send(event));\n";
  EXPECT_EQ(in_java(kSenders, kSend, "class Sender {\n  void send(String to) { to.trim(); }\n}\n"),
            "com.acme.Plugins.senders\n");
  EXPECT_EQ(in_java(kSenders, kSend, "interface Sender {\n  void send(String to);\n}\n"),
            "com.acme.Plugins.senders\n.send()\n");
}

}  // namespace
TEST(NotFollowed, AnObjectStaysWhatItIsWhereAMethodSetsOneFieldOrAnother) {
  EXPECT_EQ(in_javascript("class System {\n"
                          "  load(kind) {\n"
                          "    if (kind === 'public') this.token = process.env.TOKEN;\n"
                          "    else this.host = process.env.HOST;\n"
                          "  }\n"
                          "  ready() { return this.host !== undefined; }\n"
                          "}\n"
                          "export const handler = async (event) => {\n"
                          "  const system = new System();\n"
                          "  system.load(event.kind);\n"
                          "  return system.ready();\n};\n"),
            "");
}

// Which of the two it is, is decided by the type of what a library gives.
TEST(NotFollowed, AnExtensionMethodOfWhatIsUnknownIsAnyOfThatName) {
  EXPECT_EQ(not_followed("dotnet8", "App.cs",
                         "using System.Collections.Generic;\n"
                         "using System.Linq;\n"
                         "public class Row { public string Id; }\n"
                         "public class Request { public string Id; }\n"
                         "public static class Factory {\n"
                         "  public static string ToDomain(this Row row) { return row.Id; }\n"
                         "  public static string ToDomain(this Request request) { return "
                         "request.Id; }\n"
                         "}\n"
                         "public class App {\n"
                         "  public string Handler(string input) {\n"
                         "    var rows = Library.Fetch(input);\n"
                         "    return rows.First().ToDomain();\n"
                         "  }\n"
                         "}\n",
                         "App::App::Handler"),
            "library Library.Fetch\n");
}

// Six classes handle something; one handles what is asked here.
TEST(NotFollowed, TypeArgumentsSayWhichClassStandsForAGenericInterface) {
  std::string code = "public interface IHandler<T, R> { R Handle(T command); }\n";
  for (const std::string_view name : {"Add", "Get", "Put", "Cut", "Fix", "Set"})
    code += cat("public class ", name, " { }\npublic class ", name, "Handler : IHandler<", name,
                ", string> {\n  public string Handle(", name, " command) { return ",
                name == "Fix" ? "Library.Fetch(\"x\")" : "\"done\"", "; }\n}\n");
  code +=
      "public class App {\n"
      "  private readonly IHandler<Put, string> _handler;\n"
      "  public App() { _handler = Library.Make(); }\n"
      "  public string Handler(string input) { return _handler.Handle(new Put()); }\n"
      "}\n";
  EXPECT_EQ(not_followed("dotnet8", "App.cs", code, "App::App::Handler"), "library Library.Make\n");
}

}  // namespace fnlint
