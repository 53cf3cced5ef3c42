// What handlers do where types are declared and requests are built.
#include "support.h"

#include <gtest/gtest.h>

namespace fnlint::testing::java_test {
namespace {

void expect_line(const std::string& text, std::string_view line) {
  EXPECT_NE(text.find(line), std::string::npos) << "no \"" << line << "\" in\n" << text;
}

TEST(JavaFlow, RequestsAreBuiltInChains) {
  auto program = LittleProgram::java({{"H", R"(
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.core.sync.RequestBody;
import com.amazonaws.services.lambda.runtime.events.S3Event;
public class H {
  private static final S3Client S3 = S3Client.builder().region(Region.EU_WEST_1).build();
  public void handle(S3Event event) {
    for (var record : event.getRecords()) {
      String key = record.getS3().getObject().getUrlDecodedKey();
      PutObjectRequest request = PutObjectRequest.builder()
          .bucket(record.getS3().getBucket().getName()).key("out/" + key).ifNoneMatch("*").build();
      S3.putObject(request, RequestBody.fromString("x"));
    }
  }
}
)"}});
  expect_line(program.run_method("H", "handle"),
              "effect s3.PutObject target event Records[].s3.bucket.name key "
              "out/${event Records[].s3.object.key} in loop");
}

TEST(JavaFlow, RequestsAreFilledByLambdas) {
  auto program = LittleProgram::java({{"H", R"(
import software.amazon.awssdk.services.sqs.SqsClient;
public class H {
  private static final SqsClient SQS = SqsClient.create();
  public void handle(String event) {
    SQS.sendMessage(r -> r.queueUrl("q").messageBody(event));
    SQS.sendMessage(r -> { r.queueUrl("q2").messageBody(event); });
  }
}
)"}});
  const std::string text = program.run_method("H", "handle");
  expect_line(text, "effect sqs.SendMessage target q key event");
  expect_line(text, "effect sqs.SendMessage target q2 key event");
}

TEST(JavaFlow, RequestsAreFilledBySettersAndByPosition) {
  auto program = LittleProgram::java({{"H", R"(
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.CopyObjectRequest;
import com.amazonaws.services.sns.AmazonSNS;
import com.amazonaws.services.sns.AmazonSNSClientBuilder;
import com.amazonaws.services.sns.model.PublishRequest;
public class H {
  private final AmazonS3 s3 = AmazonS3ClientBuilder.standard().withRegion("eu").build();
  private final AmazonSNS sns = AmazonSNSClientBuilder.defaultClient();
  public void handle(String event) {
    s3.putObject("b", "k/" + event, "text");
    PublishRequest request = new PublishRequest();
    request.setTopicArn("arn");
    request.withMessage(event).withSubject("s");
    sns.publish(request);
    s3.copyObject("a", "x", "b", "y");
  }
}
)"}});
  const std::string text = program.run_method("H", "handle");
  expect_line(text, "effect s3.PutObject target b key k/");
  expect_line(text, "effect sns.Publish target arn key event");
  expect_line(text, "effect s3.CopyObject target b key y");
}

TEST(JavaFlow, HelpersAreFoundByTheTypesOfFieldsAndParameters) {
  auto program = LittleProgram::java({{"H", R"(
public class H {
  private final Store store;
  private Namer namer;
  public H() { this(new Store("b")); }
  public H(Store store) { this.store = store; }
  public void handle(String event) { save(store, event); }
  private void save(Store to, String key) { to.save(namer.name(key)); }
}
)"},
                                      {"Store", R"(
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
public class Store {
  private final String bucket;
  private final S3Client s3;
  public Store(String bucket) { this.bucket = bucket; this.s3 = S3Client.create(); }
  public void save(String key) { save(key, "x"); }
  public void save(String key, String body) {
    s3.putObject(PutObjectRequest.builder().bucket(bucket).key(key).build(), body);
  }
}
)"},
                                      {"Namer", "public interface Namer { String name(String key); }"},
                                      {"Prefixed", R"(
public class Prefixed implements Namer {
  public String name(String key) { return "out/" + key; }
}
)"}});
  expect_line(program.run_method("H", "handle"),
              "effect s3.PutObject target b key out/${event");
}

TEST(JavaFlow, AnOverloadTakesTheClassesThatItsTypesName) {
  auto program = LittleProgram::java({{"H", R"(
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
public class H {
  private final AmazonSQS sqs = AmazonSQSClientBuilder.defaultClient();
  public void handle(String event) { send(new Kind(event)); }
  void send(Kind kind) { send(new Event(kind)); }
  void send(Event event) { sqs.sendMessage("q", event.name); }
}
)"},
                                      {"audit/Kind", R"(
package audit;
public class Kind {
  public final String name;
  public Kind(String name) { this.name = name; }
}
)"},
                                      {"audit/Event", R"(
package audit;
public class Event {
  public final String name;
  public Event(Kind kind) { this.name = kind.name; }
}
)"}});
  const std::string text = program.run_method("H", "handle");
  expect_line(text, "effect sqs.SendMessage target q key event");
  EXPECT_EQ(text.find("call"), std::string::npos) << text;  // none that waits for what is not known
}

// One round is followed; what the next ones do is the same, with values that are not known.
TEST(JavaFlow, AMethodThatCallsItselfIsFollowedForOneRound) {
  auto program = LittleProgram::java({{"H", R"(
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
public class H {
  private final AmazonSQS sqs = AmazonSQSClientBuilder.defaultClient();
  public void handle(String event) { walk(3, event); }
  String walk(int depth, String event) {
    sqs.sendMessage("q", event);
    return depth == 0 ? "done" : walk(depth - 1, event);
  }
}
)"}});
  const std::string text = program.run_method("H", "handle");
  constexpr std::string_view kSent = "effect sqs.SendMessage target q key event\n";
  std::size_t sent = 0;
  for (std::size_t at = text.find(kSent); at != text.npos; at = text.find(kSent, at + 1)) ++sent;
  EXPECT_EQ(sent, 2U) << text;
  EXPECT_EQ(text.find("call"), std::string::npos) << text;
}

// What only a later round does is found by one more, of which nobody knows what it is given.
TEST(JavaFlow, WhatALaterRoundOfRecursionDoesIsFound) {
  auto program = LittleProgram::java({{"H", R"(
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
public class H {
  private final AmazonSQS sqs = AmazonSQSClientBuilder.defaultClient();
  public void handle(String event) { walk(5, event); }
  void walk(int depth, String event) {
    if (depth == 0) sqs.sendMessage("q", event);
    else walk(depth - 1, event);
  }
}
)"}});
  expect_line(program.run_method("H", "handle"), "effect sqs.SendMessage target q");
}

TEST(JavaFlow, MethodsOfTheProjectAreNoneOfACollection) {
  auto program = LittleProgram::java({{"H", R"(
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import com.amazonaws.services.s3.model.ObjectTagging;
public class H {
  private static final ObjectTagging SEEN = new ObjectTagging();
  private final S3Client s3 = S3Client.create();
  public void handle(S3Event event) {
    event.getRecords().forEach(record -> copy(record.getS3().getObject().getKey()));
    if (!SEEN.contains(event)) copy("seen");
  }
  private void copy(String key) {
    CopyObjectRequest request = CopyObjectRequest.builder().sourceBucket("a").sourceKey(key)
        .destinationBucket("b").destinationKey("in/" + key).build();
    s3.copyObject(request);
  }
}
)"}});
  const std::string text = program.run_method("H", "handle");
  expect_line(text, "effect s3.CopyObject target b key in/${event Records[].s3.object.key}");
  expect_line(text, "effect s3.CopyObject target b key in/seen unless ");
  EXPECT_EQ(text.find("store"), std::string::npos) << text;
}

TEST(JavaFlow, EventsAreReadThroughAccessorsAndMaps) {
  auto program = LittleProgram::java({{"H", R"(
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
public class H {
  public String handle(DynamodbEvent event) {
    var image = event.getRecords().get(0).getDynamodb().getNewImage();
    return image.get("id").getS();
  }
  public String order(Order order) { return order.getCustomerId(); }
  public String map(Map<String, String> in) { return in.get("orderId"); }
  public String topic(SNSEvent event) { return event.getRecords().get(0).getSNS().getTopicArn(); }
}
)"}});
  expect_line(program.run_method("H", "handle"), "returns event Records[].dynamodb.NewImage.id.S");
  expect_line(program.run_method("H", "order"), "returns event customerId");
  expect_line(program.run_method("H", "map"), "returns event orderId");
  expect_line(program.run_method("H", "topic"), "returns event Records[].Sns.TopicArn");
}

TEST(JavaFlow, AnAttributeOfAFewImplementersIsAnyOfThem) {
  std::map<std::string, std::string> files = {
      {"H", R"(
public class H {
  private final Namer namer;
  public H(Namer namer) { this.namer = namer; }
  public String handle(String event) { return namer.name(event); }
}
)"},
      {"Namer", "public interface Namer { String name(String key); }"}};
  const auto add = [&](const std::string& name, const std::string& gives) {
    files[name] = cat("public class ", name,
                      " implements Namer { public String name(String k) { return \"", gives,
                      "\"; } }");
  };
  add("A", "a");
  add("B", "b");
  auto program = LittleProgram::java(files);
  const std::string text = program.run_method("H", "handle");
  EXPECT_NE(text.find("returns a or b"), std::string::npos) << text;
  for (const char* name : {"C", "D", "E"}) add(name, "c");
  auto many = LittleProgram::java(files);
  const std::string none = many.run_method("H", "handle");
  EXPECT_EQ(none.find("returns a"), std::string::npos) << none;
}

TEST(JavaFlow, ClientsWithoutARowAreBuiltAndNoState) {
  auto program = LittleProgram::java({{"H", R"(
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.sqs.SqsClient;
public class H {
  private final CloudWatchClient metrics = CloudWatchClient.builder().region(R).build();
  private final SqsClient sqs = SqsClient.create();
  public void handle(String event) {
    metrics.putMetricData(r -> r.namespace("n"));
    sqs.sendMessage(r -> r.queueUrl(System.getenv().getOrDefault("QUEUE", "q")));
  }
}
)"}});
  const std::string text = program.run_method("H", "handle");
  EXPECT_EQ(text.find("store"), std::string::npos) << text;
  expect_line(text, "effect sqs.SendMessage target");
  expect_line(text, "environment variable QUEUE");
}

TEST(JavaFlow, AFieldOfItsOwnTypeEnds) {
  auto program = LittleProgram::java({{"H", R"(
public class H {
  private Node first;
  public String handle(String event) { return first.next.next.name(event); }
}
)"},
                                      {"Node", R"(
public class Node {
  Node next;
  Node(Node next) { this.next = next; }
  String name(String x) { return "n" + x; }
}
)"}});
  expect_line(program.run_method("H", "handle"), "returns n${event");
}

TEST(JavaFlow, TheHandlersFieldsOutliveTheInvocation) {
  auto program = LittleProgram::java({{"H", R"(
import software.amazon.awssdk.services.s3.S3Client;
public class H {
  private static int total;
  private int count;
  private S3Client s3;
  public void handle(String event) {
    count++;
    total += 1;
    if (s3 == null) s3 = S3Client.create();
    s3.deleteObject(r -> r.bucket("b").key("k"));
  }
}
)"}});
  const std::string text = program.run_method("H", "handle");
  expect_line(text, "store module variable H.count value");
  expect_line(text, "store module variable H.total value");
  expect_line(text, "store module variable H.s3 value");
  expect_line(text, "effect s3.DeleteObject target b key k");
}

TEST(JavaFlow, LambdasChangeTheObjectAroundThem) {
  auto program = LittleProgram::java({{"H", R"(
import java.util.ArrayList;
import java.util.List;
public class H {
  private int count;
  private final List<String> seen = new ArrayList<>();
  public void handle(S3Event event) {
    event.getRecords().forEach(record -> {
      count++;
      seen.add(record.getEventName());
    });
  }
}
)"}});
  const std::string text = program.run_method("H", "handle");
  expect_line(text, "store module variable H.count value");
  expect_line(text, "store module variable H.seen value event Records[].eventName");
}

TEST(JavaFlow, StaticFieldsOfOtherClassesAreState) {
  auto program = LittleProgram::java({{"H", R"(
public class H {
  public String handle(String event) {
    if (Session.user == null) Session.user = event;
    return Session.user;
  }
}
)"},
                                      {"Session", "public class Session { static String user = null; }"}});
  const std::string text = program.run_method("H", "handle");
  expect_line(text, "store module variable Session.user value event");
  expect_line(text, "if ");
}

}  // namespace
}  // namespace fnlint::testing::java_test
