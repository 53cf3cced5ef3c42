// The tables of what calls do: their order, their words, and that what stands in them fits
// together.
#include "core/text.h"
#include "tables/languages.h"
#include "tables/models.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace fnlint {
namespace {

const LibraryModel& python(std::string_view path) {
  static const LibraryModel kMissing;
  const LibraryModel* found = find_library_model(Language::Python, path);
  EXPECT_NE(found, nullptr) << path;
  return found == nullptr ? kMissing : *found;
}
const LibraryModel& javascript(std::string_view path) {
  static const LibraryModel kMissing;
  const LibraryModel* found = find_library_model(Language::JavaScript, path);
  EXPECT_NE(found, nullptr) << path;
  return found == nullptr ? kMissing : *found;
}

std::pair<Language, std::string_view> key_of(const LibraryModel& row) {
  return {row.language, row.path};
}

// The functions that the comment above compute() names.
std::set<std::string> computed_names() {
  std::ifstream stream(FNLINT_SOURCE_DIR "/values/compute.h");
  std::stringstream text;
  text << stream.rdbuf();
  const std::string all = text.str();
  const std::size_t first = all.find("// Named functions"), last = all.find("ValueId compute(");
  std::set<std::string> names;
  std::string word;
  for (std::size_t i = first; i < last && last != all.npos; ++i) {
    const char c = all[i];
    if ((c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9')) {
      word += c;
    } else {
      names.insert(word);
      word.clear();
    }
  }
  for (const char* name : {"member", "index", "element", "part"}) names.insert(name);
  names.insert("environment");  // tables/models.h: the flow engine's own
  return names;
}

// The languages in which some row performs an operation.
std::map<std::string_view, std::set<Language>> performed() {
  std::map<std::string_view, std::set<Language>> out;
  for (const LibraryModel& row : library_models()) {
    if (!row.operation.empty()) out[row.operation].insert(row.language);
    if (!row.command.empty()) out[row.command].insert(row.language);
  }
  return out;
}

bool is_aws(const Operation& operation) {
  return std::ranges::any_of(library_models(), [&](const LibraryModel& row) {
    return row.path.starts_with("boto3.client(" + std::string(operation.service) + ").");
  });
}

TEST(Operations, AreSortedAndFoundById) {
  EXPECT_TRUE(std::ranges::is_sorted(operations(), {}, &Operation::id));
  for (const Operation& row : operations()) EXPECT_EQ(find_operation(row.id), &row);
  EXPECT_EQ(find_operation("s3.NoSuchThing"), nullptr);
}

TEST(Operations, NameWhatTheirClassOfRepetitionAsksFor) {
  for (const Operation& row : operations()) {
    switch (row.repeat) {
      case Repeat::ByKey:
      case Repeat::Batch: EXPECT_FALSE(row.key.empty()) << row.id; break;
      case Repeat::ByName: EXPECT_FALSE(row.repeat_members.empty()) << row.id; break;
      case Repeat::ByEntries: EXPECT_FALSE(row.adding.empty()) << row.id; [[fallthrough]];
      case Repeat::ByExpression:
      case Repeat::BySql:
      case Repeat::ByMethod: EXPECT_FALSE(row.expression.empty()) << row.id; break;
      case Repeat::Same: EXPECT_FALSE(row.grave) << row.id; break;
      case Repeat::Differs: break;
    }
    EXPECT_TRUE(!row.failure_is_skip || !row.condition.empty()) << row.id;
  }
}

TEST(Operations, HaveSomethingThatCallsThem) {
  const auto languages = performed();
  for (const Operation& row : operations()) EXPECT_TRUE(languages.contains(row.id)) << row.id;
}

TEST(Operations, OfAwsAreFoundInEveryLanguage) {
  const std::set<std::string_view> of_some{
      "dynamodb.BatchPut",  "dynamodb.BatchDelete", "s3.ManagedCopy",      "s3.WriteFile",
      "s3.Upload",          "s3.Download",          "dynamodb.CreateItem", "dynamodb.UpdateEntries",
      "dynamodb.AddToItem", "dynamodb.SaveItem",    "dynamodb.LoadItems"};
  const auto languages = performed();
  std::size_t count = 0;
  for (const Operation& row : operations()) {
    if (!is_aws(row) || of_some.contains(row.id)) continue;
    ++count;
    EXPECT_EQ(languages.at(row.id).size(), 8U) << row.id;
  }
  EXPECT_GT(count, 70U);
}

TEST(Operations, CauseTheEventsThatTheirServiceKnows) {
  EXPECT_EQ(find_operation("s3.PutObject")->events.front(), "s3:ObjectCreated:Put");
  EXPECT_EQ(find_operation("s3.Upload")->events.back(), "s3:ObjectCreated:CompleteMultipartUpload");
  EXPECT_EQ(find_operation("s3.PutObjectTagging")->events.front(), "s3:ObjectTagging:Put");
  EXPECT_TRUE(find_operation("s3.HeadObject")->events.empty());
}

TEST(Operations, AreGraveWhereARepetitionReachesPeopleOrCostsMoney) {
  for (const char* id :
       {"ses.SendEmail", "stripe.PaymentIntent", "twilio.Message", "mail.Send", "redis.Increment"})
    EXPECT_TRUE(find_operation(id)->grave) << id;
  for (const char* id : {"sqs.SendMessage", "sns.Publish", "events.PutEvents", "http.Post"})
    EXPECT_FALSE(find_operation(id)->grave) << id;
  EXPECT_EQ(find_operation("sns.Publish")->grave_members.front(), "PhoneNumber");
}

TEST(LibraryModels, AreSortedWithoutTwins) {
  const auto rows = library_models();
  EXPECT_TRUE(std::ranges::is_sorted(rows, {}, key_of));
  EXPECT_EQ(std::ranges::adjacent_find(rows, {}, key_of), rows.end());
}

TEST(LibraryModels, AreFoundByLanguageAndPath) {
  for (const LibraryModel& row : library_models())
    ASSERT_EQ(find_library_model(row.language, row.path), &row) << row.path;
  EXPECT_EQ(find_library_model(Language::Python, "boto3.client(s3)"), nullptr);
  EXPECT_EQ(find_library_model(Language::Java, "boto3.client(s3).put_object"), nullptr);
}

TEST(LibraryModels, HaveNoBracesLeft) {
  for (const LibraryModel& row : library_models())
    EXPECT_EQ(row.path.find_first_of("{}"), std::string_view::npos) << row.path;
  const LibraryModel* opened = find_library_model(Language::Go, "github.com/jmoiron/sqlx.Connect");
  ASSERT_NE(opened, nullptr);
  EXPECT_EQ(opened->returns, "=sql.DB()");
}

TEST(LibraryModels, AreFoundBelowAnyMember) {
  EXPECT_EQ(javascript("@prisma/client.PrismaClient().order.create").operation, "prisma.Create");
  EXPECT_EQ(find_library_model(Language::JavaScript, "@prisma/client.PrismaClient().create"),
            nullptr);
  EXPECT_EQ(find_library_model(Language::JavaScript, "@prisma/client.PrismaClient().a.b.create"),
            nullptr);
}

TEST(LibraryModels, AreFoundForAnyMethodOfAnObject) {
  EXPECT_EQ(javascript("ethers.Contract().pay").returns, "=ethers.Called()");
  EXPECT_EQ(javascript("ethers.Contract().mint").operation, "chain.Transact");
  EXPECT_EQ(find_library_model(Language::JavaScript, "ethers.Contract().a.b"), nullptr);
}

TEST(LibraryModels, NameOperationsThatExist) {
  for (const LibraryModel& row : library_models())
    for (const std::string_view id : {row.operation, row.command}) {
      if (id.empty()) continue;
      EXPECT_NE(find_operation(id), nullptr) << row.path << ": " << id;
    }
}

TEST(LibraryModels, ComputeWithFunctionsThatValuesHave) {
  const std::set<std::string> names = computed_names();
  ASSERT_TRUE(names.contains("path_join"));
  for (const LibraryModel& row : library_models()) {
    if (row.computes.empty()) continue;
    EXPECT_TRUE(names.contains(std::string(row.computes))) << row.path << ": " << row.computes;
    EXPECT_FALSE(row.of.empty()) << row.path;
  }
}

TEST(LibraryModels, AreWholeWhereOnePartNeedsAnother) {
  for (const LibraryModel& row : library_models()) {
    EXPECT_TRUE(row.operation.empty() || row.command.empty()) << row.path;
    EXPECT_EQ(row.store == StoreHow::None, row.into.empty()) << row.path;
    EXPECT_TRUE(row.store_value.empty() || row.store != StoreHow::None) << row.path;
    EXPECT_TRUE(row.with.empty() || !row.invokes.empty() || !row.wraps.empty()) << row.path;
    EXPECT_TRUE(row.times == Times::Once || !row.invokes.empty()) << row.path;
    const bool is_around = !row.wraps.empty() || !row.invokes.empty() ||
                           row.kind != LibraryClass::None || row.guard == "idempotency-context" ||
                           row.guard == "idempotency-config";
    EXPECT_TRUE(row.guard.empty() || is_around) << row.path;
    const std::string_view told = row.tells.substr(0, row.tells.find('='));
    const bool tells_alone = told == "file" || told == "connection" || told == "content" ||
                             told == "megabytes" || told == "credentials" || told == "keys" ||
                             told == "defaults" || told == "default" || told == "variable" ||
                             told == "data" || told == "error" || told == "seed" ||
                             told == "region";
    EXPECT_TRUE(row.tells.empty() || !row.guard.empty() || tells_alone) << row.path;
    EXPECT_TRUE(!row.endless || !row.operation.empty() || !row.work.empty()) << row.path;
    const bool says_what =
        !row.returns.empty() || !row.computes.empty() || row.origin != Origin::None;
    EXPECT_TRUE(!row.attribute || says_what) << row.path;
  }
}

TEST(LibraryModels, SpellOneOperationAsEverySdkDoes) {
  EXPECT_EQ(python("boto3.client(s3).put_object").operation, "s3.PutObject");
  EXPECT_EQ(python("boto3.resource(s3).meta.client.put_object").operation, "s3.PutObject");
  EXPECT_EQ(python("boto3.resource(s3).Object().put").key, "receiver.key");
  EXPECT_EQ(javascript("aws-sdk.S3().putObject").operation, "s3.PutObject");
  EXPECT_EQ(javascript("aws-sdk.S3().putObject").members_in, "0");
  EXPECT_EQ(javascript("@aws-sdk/client-s3.PutObjectCommand").command, "s3.PutObject");
  EXPECT_EQ(javascript("@aws-sdk/client-s3.S3().putObject").operation, "s3.PutObject");
  EXPECT_EQ(javascript("*.send").effect_of, "0");
}

TEST(LibraryModels, SpellNamesOfSeveralWords) {
  EXPECT_EQ(python("boto3.client(lambda).invoke_with_response_stream").operation,
            "lambda.InvokeWithResponseStream");
  EXPECT_EQ(python("boto3.client(s3).put_object_acl").operation, "s3.PutObjectAcl");
  EXPECT_EQ(javascript("aws-sdk.ApiGatewayManagementApi().postToConnection").operation,
            "apigatewaymanagementapi.PostToConnection");
}

TEST(LibraryModels, TakeManagedTransfersByPosition) {
  const LibraryModel& upload = python("boto3.client(s3).upload_file");
  EXPECT_EQ(upload.operation, "s3.Upload");
  EXPECT_EQ(upload.target, "1|Bucket");
  EXPECT_EQ(upload.key, "2|Key");
}

TEST(LibraryModels, LeadFromSessionsToClients) {
  EXPECT_EQ(python("boto3.client").returns, "=boto3.client({0|service_name})");
  EXPECT_EQ(python("boto3.session.Session").returns, "=boto3");
  EXPECT_EQ(javascript("aws-sdk/clients/s3").returns, "=aws-sdk.S3()");
  EXPECT_EQ(javascript("@aws-sdk/lib-dynamodb.DynamoDBDocumentClient.from").kind,
            LibraryClass::Client);
}

TEST(LibraryModels, KnowWhatChangesAContainer) {
  EXPECT_EQ(python("*.append").store, StoreHow::Append);
  EXPECT_EQ(python("*.setdefault").store, StoreHow::SetIfAbsent);
  EXPECT_EQ(javascript("*.push").store, StoreHow::Append);
  EXPECT_EQ(javascript("Object.assign").into, "0");
  EXPECT_EQ(python("*.get").store, StoreHow::None);
}

TEST(LibraryModels, GuardOnlyWhatIdempotencyWraps) {
  const std::string path = "aws_lambda_powertools.utilities.idempotency.idempotent";
  EXPECT_EQ(python(path).guard, "idempotency");
  EXPECT_EQ(python(path + "()").wraps, "0");
  EXPECT_EQ(javascript("@aws-lambda-powertools/idempotency.makeIdempotent").guard, "idempotency");
  EXPECT_EQ(javascript("*.use").guard_of, "0");
  EXPECT_EQ(javascript("*.catch").guard, "failure");
  EXPECT_EQ(javascript("*.then").guard, "");
  for (const LibraryModel& row : library_models()) {
    constexpr auto guards = std::to_array<std::string_view>({"", "failure", "idempotency",
                                                             "idempotency-config",
                                                             "idempotency-context", "log-context",
                                                             "once"});
    EXPECT_NE(std::ranges::find(guards, row.guard), guards.end()) << row.path;
    if (row.guard != "idempotency") continue;
    EXPECT_NE(row.path.find("dempoten"), row.path.npos) << row.path;
  }
}

TEST(LibraryModels, SayWhatIsStartedAndWaitedFor) {
  std::set<std::string_view> started, waited;
  for (const LibraryModel& row : library_models()) {
    if (!row.starts.empty()) started.insert(row.starts);
    for (const std::string_view group : split(row.waits, ','))
      if (!group.empty()) waited.insert(group);
  }
  for (const std::string_view group : waited)
    EXPECT_TRUE(started.contains(group) || group == "detached" || group == "tasks" ||
                group == kCompletionGroup)
        << group;
  EXPECT_EQ(python("threading.Thread().start").starts, "thread");
  EXPECT_EQ(python("threading.Thread().join").waits, "thread");
  EXPECT_TRUE(javascript("Promise").settles);
  EXPECT_EQ(python("functools.lru_cache").guard, "once");
  EXPECT_EQ(python("time.sleep").work, "sleeps");
}

TEST(LibraryModels, SayWhatIsCompletedByHandWhereSomethingWaitsForThat) {
  std::set<Language> completing, waiting;
  for (const LibraryModel& row : library_models()) {
    if (row.completes) completing.insert(row.language);
    if (row.waits == kCompletionGroup) waiting.insert(row.language);
  }
  EXPECT_FALSE(completing.empty());
  EXPECT_EQ(completing, waiting);
}

TEST(Languages, SayHowHandlersAreCalledAndWhatVersionsHave) {
  const HandlerContract* contract = find_handler_contract(Language::Python);
  ASSERT_NE(contract, nullptr);
  EXPECT_EQ(contract->given, 2);
  EXPECT_FALSE(contract->may_be_async);
  const HandlerContract* java = find_handler_contract(Language::Java);
  ASSERT_NE(java, nullptr);
  EXPECT_TRUE(java->only_public);
  EXPECT_EQ(java->forms.size(), 5U);
  EXPECT_TRUE(java->forms.front().empty());  // a method without parameters
  const LibraryVersion* row = find_library_version(Language::Python, "tomllib");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->since, "3.11");
  EXPECT_TRUE(is_before(version_of_runtime("python3.9"), "3.11"));
  EXPECT_FALSE(is_before(version_of_runtime("python3.11"), "3.11"));
  EXPECT_FALSE(is_before(version_of_runtime("nodejs14.x"), "14.17"));
  EXPECT_TRUE(version_of_runtime("provided.al2023").empty());
  EXPECT_EQ(version_of_runtime("java8.al2"), std::vector<int>{8});
}

TEST(LibraryModels, TellWhatDiffersFromRunToRun) {
  EXPECT_EQ(python("uuid.uuid4").origin, Origin::Fresh);
  EXPECT_EQ(python("time.time").origin, Origin::Clock);
  EXPECT_EQ(javascript("crypto.randomUUID").origin, Origin::Fresh);
  EXPECT_EQ(javascript("Date.now").origin, Origin::Clock);
  EXPECT_EQ(python("uuid.uuid5").computes, "hash");
  EXPECT_EQ(python("boto3.client(secretsmanager).get_secret_value").origin, Origin::Secret);
}

TEST(LibraryModels, SpellOneOperationInEveryLanguage) {
  const auto operation = [](Language language, std::string_view path) {
    const LibraryModel* row = find_library_model(language, path);
    return row == nullptr ? std::string_view("no such row") : row->operation;
  };
  EXPECT_EQ(operation(Language::Java, "software.amazon.awssdk.services.sns.SnsClient().publish"),
            "sns.Publish");
  EXPECT_EQ(operation(Language::Java, "com.amazonaws.services.sns.AmazonSNS().publishAsync"),
            "sns.Publish");
  EXPECT_EQ(operation(Language::Go, "github.com/aws/aws-sdk-go-v2/service/sfn.Client().StartExecution"),
            "stepfunctions.StartExecution");
  EXPECT_EQ(operation(Language::Go, "github.com/aws/aws-sdk-go/service/s3.S3().PutObjectWithContext"),
            "s3.PutObject");
  EXPECT_EQ(operation(Language::CSharp, "Amazon.SQS.AmazonSQSClient().SendMessageAsync"),
            "sqs.SendMessage");
  EXPECT_EQ(operation(Language::Ruby, "Aws.States.Client().start_execution"),
            "stepfunctions.StartExecution");
  EXPECT_EQ(operation(Language::Rust, "aws_sdk_s3.Client().put_object().send"), "s3.PutObject");
  EXPECT_EQ(operation(Language::Cpp, "Aws.DynamoDB.DynamoDBClient().PutItem"), "dynamodb.PutItem");
}

TEST(LibraryModels, TakeMembersByPositionWhereTheSdkDoes) {
  const LibraryModel* row =
      find_library_model(Language::CSharp, "Amazon.S3.AmazonS3Client().PutObjectAsync");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->positions, "Bucket,Key,Body");
  const LibraryModel* builder = find_library_model(
      Language::Java, "software.amazon.awssdk.services.s3.S3Client().putObject");
  ASSERT_NE(builder, nullptr);
  EXPECT_EQ(builder->positions, "");
}

TEST(LibraryFamilies, SayWhatObjectsWithoutARowAre) {
  const auto is_fluent = [](std::string_view path) {
    const LibraryFamily* family = find_library_family(path);
    return family != nullptr && family->fluent;
  };
  EXPECT_TRUE(is_fluent("software.amazon.awssdk.services.ses.model.Body.builder()"));
  EXPECT_TRUE(is_fluent("Amazon.S3.Model.PutObjectRequest()"));
  EXPECT_FALSE(is_fluent("java.util.ArrayList()"));
  EXPECT_EQ(library_class("software.amazon.awssdk.services.textract.TextractClient()"),
            LibraryClass::Client);
  EXPECT_EQ(library_class("boto3.client(rekognition)"), LibraryClass::Client);
  EXPECT_EQ(library_class("@aws-sdk/client-s3.S3Client()"), LibraryClass::Client);
  EXPECT_EQ(library_class("class:0:3"), LibraryClass::None);
}

TEST(ServiceMembers, AreFoundByTheNamesOfEverySdk) {
  const auto name = [](std::string_view service, std::string_view form) {
    const ServiceMember* member = find_member(service, form);
    return member == nullptr ? std::string_view() : member->name;
  };
  EXPECT_EQ(name("s3", "bucketname"), "Bucket");
  EXPECT_EQ(name("sqs", "queueurl"), "QueueUrl");
  EXPECT_EQ(name("stepfunctions", "statemachinearn"), "stateMachineArn");
  EXPECT_EQ(name("sqs", "colour"), "");
  EXPECT_TRUE(find_member("sqs", "entries")->is_list);
  EXPECT_TRUE(find_member("dynamodb", "item")->is_data);
}

TEST(EventMembers, AreFoundBelowTheirParents) {
  const auto path = [](std::string_view parent, std::string_view form) {
    const EventMember* member = find_event_member(parent, form);
    return member == nullptr ? std::string_view("none") : member->path;
  };
  EXPECT_EQ(path("", "records"), "Records");
  EXPECT_EQ(path("Records[].s3.object", "urldecodedkey"), "key");
  EXPECT_EQ(path("Records[]", "sns"), "Sns");
  EXPECT_EQ(path("Records[].Sns", "topicarn"), "TopicArn");
  EXPECT_EQ(path("Records[].dynamodb.Keys.*", "s"), "S");
  EXPECT_EQ(path("", "detailtype"), "detail-type");
  EXPECT_EQ(path("Records[].s3", "colour"), "none");
  EXPECT_TRUE(gives_element("get"));
  EXPECT_FALSE(gives_element("size"));
}

TEST(EventAttributes, LeadToTheRawEvent) {
  const auto path = [](std::string_view name) {
    const EventAttribute* found = find_event_attribute(name);
    return found == nullptr ? std::string_view() : found->path;
  };
  EXPECT_EQ(path("records"), "Records");
  EXPECT_EQ(path("get_object"), "object");
  EXPECT_EQ(path("bucket_name"), "Records[].s3.bucket.name");
  EXPECT_EQ(path("message_id"), "messageId");
  EXPECT_EQ(path("Sns.message_id"), "MessageId");
  EXPECT_EQ(path("no_such_name"), "");
}

}  // namespace
}  // namespace fnlint
