// Architect's manifests in template form.

#include "frontends/templates/architect.h"

#include "tests/templates/support.h"

#include <random>

namespace fnlint::architect_test {
namespace {

constexpr std::string_view kManifest = R"x(# the shop
@app
shop

@aws
runtime nodejs22.x
timeout 20
concurrency unthrottled
provisionedConcurrency 5
layers
  arn:aws:lambda:us-east-1:1:layer:a:1
  arn:aws:lambda:us-east-1:1:layer:b:1

@http
get /
post /cats/:id/new-name   # a comment
/*
  method any
  src server

@events
cat-found

@queues
jobs
plain
  fifo false

@scheduled
daily rate(1 day)
weekly
  cron 0 12 ? * MON *

@tables
orders
  id *String
  when **String
  expires TTL

@tables-streams
changes
  table orders
)x";

std::string shown(const TemplateFacts& facts, std::string_view resource, std::string_view name) {
  const ExprId found = property(facts, resource, name);
  return found.exists() ? show(facts, found) : std::string("none");
}
std::string names_of(const TemplateFacts& facts) {
  std::string names;
  for (const Declaration& row : facts.declarations)
    names += std::string(facts.string(row.address)) + " ";
  return names;
}

TEST(Architect, EachLineOfAPragmaIsAFunctionInItsFolder) {
  ASSERT_EQ(recognise_architect("app.arc", kManifest), TemplateDialect::Sam);
  const TemplateFacts facts = read_architect("app.arc", kManifest);
  EXPECT_EQ(names_of(facts),
            "GetIndexHTTPLambda PostCats000idNewNameHTTPLambda AnyCatchallHTTPLambda "
            "CatFoundEventTopic CatFoundEventLambda JobsQueue JobsQueueLambda PlainQueue "
            "PlainQueueLambda DailyScheduledLambda WeeklyScheduledLambda OrdersTable "
            "ChangesTableStreamLambda ");
  EXPECT_EQ(shown(facts, "PostCats000idNewNameHTTPLambda", "CodeUri"),
            "\"src/http/post-cats-000id-new_name\"");
  EXPECT_EQ(shown(facts, "AnyCatchallHTTPLambda", "CodeUri"), "\"server\"");
  EXPECT_EQ(shown(facts, "GetIndexHTTPLambda", "Handler"), "\"index.handler\"");
}

TEST(Architect, SourcesAreWhatTheToolMakes) {
  const TemplateFacts facts = read_architect("app.arc", kManifest);
  EXPECT_EQ(shown(facts, "CatFoundEventLambda", "Events"),
            R"x({Event: {Type: "SNS", Properties: {Topic: Ref("CatFoundEventTopic")}}})x");
  EXPECT_EQ(shown(facts, "JobsQueue", "FifoQueue"), "true");
  EXPECT_EQ(shown(facts, "PlainQueue", "FifoQueue"), "none");
  EXPECT_EQ(shown(facts, "DailyScheduledLambda", "Events"),
            R"x({Event: {Type: "Schedule", Properties: {Schedule: "rate(1 day)"}}})x");
  EXPECT_EQ(shown(facts, "WeeklyScheduledLambda", "Events"),
            R"x({Event: {Type: "Schedule", Properties: {Schedule: "cron(0 12 ? * MON *)"}}})x");
  EXPECT_NE(shown(facts, "ChangesTableStreamLambda", "Events").find("OrdersTable"),
            std::string::npos);
  EXPECT_EQ(shown(facts, "OrdersTable", "TimeToLiveSpecification"),
            R"({AttributeName: "expires", Enabled: true})");
  EXPECT_EQ(shown(facts, "OrdersTable", "StreamSpecification"),
            R"({StreamViewType: "NEW_AND_OLD_IMAGES"})");
}

TEST(Architect, ASocketHasThreeRoutesOfItsOwn) {
  EXPECT_EQ(names_of(read_architect("app.arc", "@app\na\n@ws\nsay\n")),
            "ConnectWSLambda DefaultWSLambda DisconnectWSLambda SayWSLambda ");
}

TEST(Architect, SettingsAreGlobals) {
  const TemplateFacts facts = read_architect("app.arc", kManifest);
  EXPECT_EQ(show(facts, facts.globals),
            R"({Function: {Runtime: "nodejs22.x", Timeout: 20, ProvisionedConcurrencyConfig: )"
            R"({ProvisionedConcurrentExecutions: 5}, AutoPublishAlias: "live", Layers: )"
            R"(["arn:aws:lambda:us-east-1:1:layer:a:1", "arn:aws:lambda:us-east-1:1:layer:b:1"]}})");
}

TEST(Architect, TheSameAsADocument) {
  const std::string_view json = R"x({"app": "shop", "aws": [["runtime", "nodejs22.x"]],
    "http": [["get", "/"], {"/cats": {"method": "post", "src": "cats"}}, {"get": "/dogs"}],
    "events": ["found"], "scheduled": {"daily": "rate(1 day)"},
    "tables": [{"orders": {"id": "*String"}}]})x";
  ASSERT_EQ(recognise_architect("arc.json", json), TemplateDialect::Sam);
  const TemplateFacts facts = read_architect("arc.json", json);
  EXPECT_EQ(names_of(facts),
            "GetIndexHTTPLambda PostCatsHTTPLambda GetDogsHTTPLambda FoundEventTopic "
            "FoundEventLambda DailyScheduledLambda OrdersTable ");
  EXPECT_EQ(shown(facts, "PostCatsHTTPLambda", "CodeUri"), "\"cats\"");
  EXPECT_EQ(names_of(read_architect("arc.yaml", "app: shop\nevents:\n  - found\n")),
            "FoundEventTopic FoundEventLambda ");
}

TEST(Architect, OddTextIsNoHarm) {
  EXPECT_EQ(recognise_architect("arc.json", "{\"aws\": []}"), TemplateDialect::Unknown);
  const TemplateFacts facts =
      read_architect("app.arc", "lost\n@app\n@http\nget\n  a\n    b\n      c\n        d\n@\n\"\n");
  EXPECT_EQ(names_of(facts), "");
  EXPECT_EQ(shown(read_architect("app.arc", "@app\na\n@aws\nruntime python3.12\n@events\ne\n"),
                  "EEventLambda", "Handler")
                .substr(0, 7),
            "unknown");
}

TEST(Architect, BrokenTextIsReadAsFarAsItGoes) {
  for (std::size_t length = 0; length <= kManifest.size(); ++length)
    static_cast<void>(read_architect("app.arc", kManifest.substr(0, length)));
  std::mt19937 random(7);
  constexpr std::string_view kSigns = "@[]{}():,\"\\\n #*/";
  for (int round = 0; round < 2000; ++round) {
    std::string text(kManifest);
    for (int i = 0; i < 6; ++i) text[random() % text.size()] = kSigns[random() % kSigns.size()];
    const TemplateFacts facts = read_architect("app.arc", text);
    for (const Range& range : facts.expr_ranges) ASSERT_LE(range.end, text.size());
  }
  // Ever deeper lines.
  std::string deep = "@app\na\n@http\n";
  for (int i = 0; i < 3000; ++i) deep += std::string(static_cast<std::size_t>(i), ' ') + "x\n";
  static_cast<void>(read_architect("app.arc", deep));
  static_cast<void>(read_architect("arc.json", std::string(100'000, '[')));
}

}  // namespace
}  // namespace fnlint::architect_test
