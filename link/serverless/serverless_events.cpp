#include "core/text.h"
#include "link/cloudformation/cloudformation_state.h"
#include "link/serverless/serverless_names.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/stack_properties.h"
#include "values/whole_text.h"

#include <algorithm>
#include <array>

// What the framework makes of events that are no requests: mappings, rules, schedules, buckets,
// topics, user pools.
namespace fnlint::stacks {

namespace {

using NameParts = std::vector<std::pair<std::string_view, std::string>>;

// The last part of what names a source: a logical id, an ARN, what is imported.
std::string source_name(const LinkContext& build, const Node& node) {
  if (!node) return {};
  const ValuePool& pool = build.pool;
  ValueId value = node.value();
  if (pool.is(value, ValueKind::Reference))
    return std::string(
        pool[build.stacks.resources[static_cast<std::size_t>(pool[value].ref)].address]);
  if (pool.is(value, ValueKind::Pattern)) value = pool.operands(value).back();
  const auto text = as_text(pool, value);
  if (!text) return whole_words(build.pool, node.value());
  // A table's or stream's ARN has its name after a slash.
  const std::string_view last = text->substr(text->rfind(':') + 1);
  const std::vector<std::string_view> parts = split(last, '/');
  return std::string(parts.size() > 1 && text->find(":sqs:") == text->npos ? parts[1] : last);
}

// "dynamodb" or "kinesis": said, or seen in the ARN.
std::string stream_type(const LinkContext& build, const ServiceEvent& event) {
  if (const Node type = event["type"]) return std::string(type.text());
  const Node arn = event["arn"];
  const auto parts = split(arn.text(), ':');
  if (parts.size() > 2) return std::string(parts[2]);
  const ValuePool& pool = build.pool;
  if (!arn || !pool.is(arn.value(), ValueKind::Reference)) return {};
  const auto& row = build.stacks.resources[static_cast<std::size_t>(pool[arn.value()].ref)];
  return row.kind == ResourceKind::Table ? "dynamodb" : "kinesis";
}

// What a stream's events are of; an ARN that is not known may be either's.
ResourceKind polled_kind(const LinkContext& build, const ServiceEvent& event) {
  const std::string type = stream_type(build, event);
  if (type == "dynamodb") return ResourceKind::Table;
  return type == "kinesis" ? ResourceKind::Stream : ResourceKind::Other;
}

// The rule's name, where the event has none.
std::string rule_name(const LinkContext& build, const ServiceEvent& event) {
  if (const Node name = event["name"]) return word_of(build.pool, name);
  const ValueId function = build.stacks.resources[event.function.function.index].physical_name;
  return normal_word(cat(as_text(build.pool, function).value_or(event.function.entry.name),
                         "-rule-", event.index));
}

NameParts parts_of(const LinkContext& build, const ServiceEvent& event) {
  NameParts parts{{"function", event.function.id},
                  {"number", std::to_string(event.number)},
                  {"index", std::to_string(event.index)}};
  if (!event.form.source.empty())
    parts.emplace_back("source", normal_word(source_name(build, event[event.form.source])));
  Node topic = event["topic"];
  if (!topic) topic = event["queue"];
  if (topic) parts.emplace_back("topic", word_of(build.pool, topic));
  if (event.form.event == "stream") {
    std::string type = stream_type(build, event);
    if (!type.empty()) type[0] = static_cast<char>(type[0] - 'a' + 'A');
    parts.emplace_back("type", std::move(type));
  }
  if (event.form.event == "eventBridge") parts.emplace_back("rule", rule_name(build, event));
  return parts;
}

// A key's value at a path; where the path has a "*", each of its items there.
void copy_key(const ServiceEvent& event, const Rename& rename, MadeProperties& made) {
  const std::size_t dot = rename.native.find('.');
  Node node = event[rename.native.substr(0, dot)];
  if (dot != rename.native.npos) node = at_path(node, rename.native.substr(dot + 1));
  if (!node) return;
  if (const Node arn = node["arn"]) node = arn;  // {arn: ..., type: sqs}
  const std::size_t star = rename.canonical.find('*');
  if (star == rename.canonical.npos) {
    made.copy(rename.canonical, node, rename.native);
    return;
  }
  const std::vector<Node> items = node.children();
  for (std::size_t i = 0; i < items.size(); ++i)
    made.copy(cat(rename.canonical.substr(0, star), i, rename.canonical.substr(star + 1)),
              items[i], rename.native);
}

// `enabled: false` as the state of a rule or schedule.
void set_state(ValuePool& pool, const Node& enabled, MadeProperties& made) {
  if (!enabled) return;
  const auto word = as_text(pool, enabled.value());
  if (!word) {
    made.copy("Enabled", enabled, "enabled");
    return;
  }
  const ValueId state = pool.text_value(*word == "false" ? "DISABLED" : "ENABLED");
  made.put("State", pool.with_uncertainty(state, pool[enabled.value()].uncertainty),
           enabled.where());
}

void set_target(ValuePool& pool, const ServiceEvent& event, MadeProperties& made) {
  made.put(event.form.target, target_of(pool, event.function), event.node.where());
  if (event.form.target.starts_with("Targets.0."))
    made.put("Targets.0.Id", pool.text_value(cat(event.function.entry.name, "Target")),
             event.node.where());
}

void compile_resource(LinkContext& build, Service& service, const ServiceEvent& event) {
  // `- sqs:` and no more: a source that stands beside it is none of its own.
  if (!event.form.source.empty() && build.pool.is(event.node.value(), ValueKind::Null)) return;
  const NameParts parts = parts_of(build, event);
  std::string id = filled_name(event.form.id, parts);
  // Two sources of one name are still two.
  if (made_resource(build, service, id).exists()) id += cat("Event", event.index);
  const ResourceId resource = declare_made(build, service, id, event.form.generates,
                                           event.node.key(), event.node.where());
  build.resource(resource).exists = event.node.when();
  if (event.form.event == "stream")
    build.cloudformation->polled[resource.index] = polled_kind(build, event);
  MadeProperties made(build.pool);
  const bool rule = event.form.generates == "AWS::Events::Rule";
  for (const Rename& rename : event.form.properties) {
    if (rule && rename.native == "enabled") continue;
    copy_key(event, rename, made);
  }
  if (rule) set_state(build.pool, event["enabled"], made);
  for (const ServerlessConstant& constant : event.form.constants) {
    if (made.has(constant.path)) continue;
    const bool number = constant.value.find_first_not_of("0123456789") == constant.value.npos;
    made.put(constant.path,
             number ? build.pool.number(constant.value) : build.pool.text_value(constant.value),
             event.node.where());
  }
  set_target(build.pool, event, made);
  set_made(build, service, resource, std::move(made));
  compile_permission(build, service, event, parts, resource);
}

// Every rate of a schedule: a text, or a list of them.
void compile_schedule(LinkContext& build, Service& service, const ServiceEvent& event) {
  const Node rate = event["rate"];
  std::vector<Node> rates = rate.children();
  if (rates.empty() && rate) rates.push_back(rate);
  const bool scheduler = event["method"].text() == "scheduler";
  std::uint32_t number = event.number - 1;
  for (const Node& one : rates) {
    ++number;
    NameParts parts{{"function", event.function.id}, {"number", std::to_string(number)}};
    // Several rates of one event share its number with those of the next; the first has it.
    while (one.row() != rates.front().row() &&
           made_resource(build, service, filled_name(event.form.id, parts)).exists())
      parts[1].second = std::to_string(++number);
    const std::string id = scheduler ? cat(event.function.id, "SchedulerSchedule", number)
                                     : filled_name(event.form.id, parts);
    const ResourceId resource =
        declare_made(build, service, id,
                     scheduler ? "AWS::Scheduler::Schedule" : event.form.generates,
                     event.node.key(), one.where());
    build.resource(resource).exists = one.when();
    MadeProperties made(build.pool);
    made.copy("ScheduleExpression", one, "schedule.rate");
    made.copy("Name", event["name"], "schedule.name");
    made.copy("Description", event["description"], "schedule.description");
    made.copy("ScheduleExpressionTimezone", event["timezone"], "schedule.timezone");
    set_state(build.pool, event["enabled"], made);
    if (scheduler) {
      made.put("Target.Arn", target_of(build.pool, event.function), one.where());
      made.copy("Target.RoleArn", event["roleArn"], "schedule.roleArn");
      made.copy("Target.Input", event["input"], "schedule.input");
    } else {
      made.put("Targets.0.Arn", target_of(build.pool, event.function), one.where());
      made.copy("Targets.0.Input", event["input"], "schedule.input");
    }
    set_made(build, service, resource, std::move(made));
    if (!scheduler) compile_permission(build, service, event, parts, resource);
  }
}

// --- Buckets

bool is_existing(ValuePool& pool, const ServiceEvent& event) {
  const Node existing = event["existing"];
  return existing && as_text(pool, existing.value()) == "true";
}

// provider.s3 says more of a bucket by the name that events give it.
Node bucket_options(ValuePool& pool, const Service& service, const ServiceEvent& event) {
  const Node bucket = event["bucket"];
  const auto name = bucket ? as_text(pool, bucket.value()) : std::nullopt;
  return name ? service.provider["s3"][*name] : Node{};
}

std::string bucket_id(ValuePool& pool, const ServiceEvent& event) {
  return cat("S3Bucket", word_of(pool, event["bucket"]));
}

// The notification of one event below `path`.
void add_notification(ValuePool& pool, const ServiceEvent& event, const std::string& path,
                      MadeProperties& made) {
  if (const Node kind = event["event"])
    made.copy(cat(path, ".Event"), kind, "s3.event");
  else
    made.put(cat(path, ".Event"), pool.text_value("s3:ObjectCreated:*"), event.node.where());
}

void compile_new_bucket(LinkContext& build, Service& service, const ServiceEvent& event) {
  const ResourceId bucket = made_resource(build, service, bucket_id(build.pool, event));
  if (!bucket.exists()) return;
  MadeProperties& made = service.shared.try_emplace(bucket.index, build.pool).first->second;
  const Node options = bucket_options(build.pool, service, event);
  if (!made.has("BucketName")) {
    const Node name = options["name"] ? options["name"] : event["bucket"];
    made.copy("BucketName", name, "s3.bucket");
    for (const Node& option : options.children())
      if (option.name() != "name" && !option.name().empty()) {
        std::string path(option.name());
        if (path[0] >= 'a' && path[0] <= 'z') path[0] = static_cast<char>(path[0] - 'a' + 'A');
        made.copy(path, option, cat("provider.s3.", option.name()));
      }
  }
  const std::string_view list = "NotificationConfiguration.LambdaConfigurations";
  const std::string path = cat(list, ".", made.count(list));
  add_notification(build.pool, event, path, made);
  std::size_t count = 0;
  for (const Node& rule : event["rules"].children())
    for (const Node& condition : rule.children()) {
      const std::string at = cat(path, ".Filter.S3Key.Rules.", count++);
      made.put(cat(at, ".Name"), build.pool.text_value(condition.name()), condition.key());
      made.copy(cat(at, ".Value"), condition, "s3.rules");
    }
  const Node place = event["bucket"] ? event["bucket"] : event.node;
  made.put(cat(path, ".Function"), target_of(build.pool, event.function), place.where());
  const NameParts parts{{"function", event.function.id},
                        {"source", word_of(build.pool, event["bucket"])}};
  compile_permission(build, service, event, parts, bucket);
}

// A custom resource adds the notification to a bucket that is there already.
void compile_existing_bucket(LinkContext& build, Service& service, const ServiceEvent& event) {
  const Node bucket = event["bucket"];
  const ResourceId resource =
      declare_made(build, service, cat(event.function.id, "CustomS31"), "Custom::S3",
                   event.node.key(), event.node.where());
  MadeProperties& made = service.shared.try_emplace(resource.index, build.pool).first->second;
  if (!made.has("BucketName")) {
    made.put("FunctionName", target_of(build.pool, event.function), event.node.where());
    made.copy("BucketName", bucket, "s3.bucket");
  }
  const std::string path = cat("BucketConfigs.", made.count("BucketConfigs"));
  add_notification(build.pool, event, path, made);
  std::size_t count = 0;
  for (const Node& rule : event["rules"].children())
    for (const Node& condition : rule.children())
      made.copy(cat(path, ".Rules.", count++, ".",
                    condition.name() == "prefix" ? "Prefix" : "Suffix"),
                condition, "s3.rules");
}

void declare_bucket(LinkContext& build, Service& service, const ServiceEvent& event) {
  if (is_existing(build.pool, event) || !event["bucket"]) return;
  declare_made(build, service, bucket_id(build.pool, event), "AWS::S3::Bucket",
               event["bucket"].key(), event.node.where());
}

void compile_bucket(LinkContext& build, Service& service, const ServiceEvent& event) {
  if (is_existing(build.pool, event))
    compile_existing_bucket(build, service, event);
  else
    compile_new_bucket(build, service, event);
}

// --- Topics

struct Topic {
  Node arn = {}, name = {};
};

// A text is a topic's name, or its ARN; what is no text is an ARN.
Topic topic_of(ValuePool& pool, const ServiceEvent& event) {
  if (event.node.has_children()) return {event.node["arn"], event.node["topicName"]};
  const auto text = as_text(pool, event.node.value());
  if (text && !text->starts_with("arn:")) return {{}, event.node};
  return {event.node, {}};
}

std::string topic_word(const LinkContext& build, const Topic& topic) {
  return topic.name ? word_of(build.pool, topic.name) : normal_word(source_name(build, topic.arn));
}

void declare_topic(LinkContext& build, Service& service, const ServiceEvent& event) {
  const Topic topic = topic_of(build.pool, event);
  if (topic.arn || !topic.name) return;
  declare_made(build, service, cat("SNSTopic", word_of(build.pool, topic.name)), "AWS::SNS::Topic",
               topic.name.key(), event.node.where());
}

void set_redrive(const LinkContext& build, const Service& service, const Node& policy,
                 const std::string& path, MadeProperties& made) {
  if (!policy) return;
  const std::string target = cat(path, "RedrivePolicy.deadLetterTargetArn");
  made.copy(target, policy["deadLetterTargetArn"], "sns.redrivePolicy.deadLetterTargetArn");
  if (const Node name = policy["deadLetterTargetRef"]) {
    const ResourceId queue = made_resource(build, service, name.text());
    if (queue.exists()) made.put(target, build.pool.reference(queue, "Arn"), name.where());
  }
  if (const Node import = policy["deadLetterTargetImport"]["arn"])
    made.copy(target, import, "sns.redrivePolicy.deadLetterTargetImport.arn");
}

void compile_topic(LinkContext& build, Service& service, const ServiceEvent& event) {
  const Topic topic = topic_of(build.pool, event);
  const std::string word = topic_word(build, topic);
  const ResourceId own =
      topic.arn ? ResourceId{} : made_resource(build, service, cat("SNSTopic", word));
  const bool separate = !own.exists() || event["filterPolicy"] || event["redrivePolicy"];
  const Span place = topic.arn ? topic.arn.where() : topic.name.where();
  if (own.exists()) {
    MadeProperties& made = service.shared.try_emplace(own.index, build.pool).first->second;
    made.copy("TopicName", topic.name, "sns.topicName");
    made.copy("DisplayName", event["displayName"], "sns.displayName");
    if (!separate) {
      const std::string path = cat("Subscription.", made.count("Subscription"));
      made.put(cat(path, ".Protocol"), build.pool.text_value("lambda"), place);
      made.put(cat(path, ".Endpoint"), target_of(build.pool, event.function), place);
    }
  }
  if (separate) {
    const ResourceId subscription =
        declare_made(build, service, cat(event.function.id, "SnsSubscription", word),
                     "AWS::SNS::Subscription", event.node.key(), event.node.where());
    MadeProperties made(build.pool);
    if (own.exists())
      made.put("TopicArn", build.pool.reference(own, ""), place);
    else
      made.copy("TopicArn", topic.arn, "sns.arn");
    made.put("Protocol", build.pool.text_value("lambda"), place);
    made.put("Endpoint", target_of(build.pool, event.function), place);
    made.copy("FilterPolicy", event["filterPolicy"], "sns.filterPolicy");
    made.copy("FilterPolicyScope", event["filterPolicyScope"], "sns.filterPolicyScope");
    set_redrive(build, service, event["redrivePolicy"], "", made);
    set_made(build, service, subscription, std::move(made));
  }
  const NameParts parts{{"function", event.function.id}, {"source", word}};
  compile_permission(build, service, event, parts, own);
}

// --- User pools

void declare_user_pool(LinkContext& build, Service& service, const ServiceEvent& event) {
  if (is_existing(build.pool, event) || !event["pool"]) return;
  declare_made(build, service, cat("CognitoUserPool", word_of(build.pool, event["pool"])),
               "AWS::Cognito::UserPool", event["pool"].key(), event.node.where());
}

void compile_user_pool(LinkContext& build, Service& service, const ServiceEvent& event) {
  const Node pool = event["pool"], trigger = event["trigger"];
  if (!pool || trigger.text().empty()) return;
  const std::string word = word_of(build.pool, pool);
  if (is_existing(build.pool, event)) {
    const ResourceId resource =
        declare_made(build, service, cat(event.function.id, "CustomCognitoUserPool1"),
                     "Custom::CognitoUserPool", event.node.key(), event.node.where());
    MadeProperties& made = service.shared.try_emplace(resource.index, build.pool).first->second;
    if (!made.has("UserPoolName")) {
      made.put("FunctionName", target_of(build.pool, event.function), event.node.where());
      made.copy("UserPoolName", pool, "cognitoUserPool.pool");
    }
    made.copy(cat("UserPoolConfigs.", made.count("UserPoolConfigs"), ".Trigger"), trigger,
              "cognitoUserPool.trigger");
    return;
  }
  const ResourceId own = made_resource(build, service, cat("CognitoUserPool", word));
  if (!own.exists()) return;
  MadeProperties& made = service.shared.try_emplace(own.index, build.pool).first->second;
  made.copy("UserPoolName", pool, "cognitoUserPool.pool");
  made.put(cat("LambdaConfig.", trigger.text()), target_of(build.pool, event.function),
           trigger.where());
  const NameParts parts{{"function", event.function.id},
                        {"source", word},
                        {"trigger", normal_word(trigger.text())}};
  compile_permission(build, service, event, parts, own);
}

}  // namespace

std::string word_of(ValuePool& pool, const Node& node) {
  if (!node) return {};
  return normal_word(whole_words(pool, node.value()));
}

void compile_permission(LinkContext& build, Service& service, const ServiceEvent& event,
                        std::span<const std::pair<std::string_view, std::string>> parts,
                        ResourceId source) {
  if (event.form.permission.empty()) return;
  const ResourceId permission =
      declare_made(build, service, filled_name(event.form.permission, parts),
                   "AWS::Lambda::Permission", event.node.key(), event.node.where());
  MadeProperties made(build.pool);
  const Span where = event.node.where();
  made.put("FunctionName", target_of(build.pool, event.function), where);
  made.put("Action", build.pool.text_value("lambda:InvokeFunction"), where);
  made.put("Principal", build.pool.text_value(event.form.principal), where);
  if (source.exists()) {
    const ResourceKind kind = build.resource(source).kind;
    const bool by_ref = kind == ResourceKind::Topic;
    if (kind != ResourceKind::Api && kind != ResourceKind::Other)
      made.put("SourceArn", build.pool.reference(source, by_ref ? "" : "Arn"), where);
  }
  set_made(build, service, permission, std::move(made));
}

void declare_event(LinkContext& build, Service& service, const ServiceEvent& event) {
  switch (event.form.form) {
    case ServerlessForm::Bucket: return declare_bucket(build, service, event);
    case ServerlessForm::Topic: return declare_topic(build, service, event);
    case ServerlessForm::UserPool: return declare_user_pool(build, service, event);
    case ServerlessForm::RestApi:
    case ServerlessForm::HttpApi:
    case ServerlessForm::Websocket:
    case ServerlessForm::Distribution: return declare_api_event(build, service, event);
    default: return;
  }
}

void compile_event(LinkContext& build, Service& service, const ServiceEvent& event) {
  switch (event.form.form) {
    case ServerlessForm::Resource: return compile_resource(build, service, event);
    case ServerlessForm::Schedule: return compile_schedule(build, service, event);
    case ServerlessForm::Bucket: return compile_bucket(build, service, event);
    case ServerlessForm::Topic: return compile_topic(build, service, event);
    case ServerlessForm::UserPool: return compile_user_pool(build, service, event);
    case ServerlessForm::Permission:
      return compile_permission(build, service, event, parts_of(build, event), {});
    default: return compile_api_event(build, service, event);
  }
}

}  // namespace fnlint::stacks
