// Makes SAM functions of the stages that a settings file has, each with what it inherits from the
// stages that it extends.

#include "frontends/templates/zappa.h"

#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/templates/expression_reader.h"
#include "frontends/templates/finish.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::size_t kExtended = 8;  // stages, one by the other

// Settings, and the SAM property that each becomes.
struct ZappaSetting {
  std::string_view name, property;
};
constexpr std::array kZappaSettings{
    ZappaSetting{"runtime", "Runtime"},
    ZappaSetting{"timeout_seconds", "Timeout"},
    ZappaSetting{"memory_size", "MemorySize"},
    ZappaSetting{"layers", "Layers"},
    ZappaSetting{"lambda_concurrency", "ReservedConcurrentExecutions"},
    ZappaSetting{"architecture", "Architectures"},
    ZappaSetting{"ephemeral_storage", "EphemeralStorage"},
    ZappaSetting{"vpc_config", "VpcConfig"}};
// Both end in the program's environment: the second by Zappa's handler, before it loads the
// application.
constexpr std::array<std::string_view, 2> kVariables{"aws_environment_variables",
                                                     "environment_variables"};
// What says that a map is a stage.
constexpr std::array<std::string_view, 6> kStageKeys{
    "app_function", "django_settings", "lambda_handler", "s3_bucket", "project_name", "extends"};

// Services of an event's ARN, and SAM's events of them.
struct Source {
  std::string_view service, type, property;
  bool by_name;  // of the source, not by its ARN
};
constexpr std::array kZappaSources{
    Source{"s3", "S3", "Bucket", true}, Source{"sqs", "SQS", "Queue", false},
    Source{"sns", "SNS", "Topic", false}, Source{"dynamodb", "DynamoDB", "Stream", false},
    Source{"kinesis", "Kinesis", "Stream", false}};
constexpr std::array kSourceOptions{ZappaSetting{"batch_size", "BatchSize"},
                                    ZappaSetting{"batch_window", "MaximumBatchingWindowInSeconds"},
                                    ZappaSetting{"starting_position", "StartingPosition"},
                                    ZappaSetting{"enabled", "Enabled"}};

class ZappaReader {
 public:
  explicit ZappaReader(const Document& document)
      : document_(document), expressions_(document, builder_) {}
  TemplateFacts read();

 private:
  using Entries = std::vector<Written>;
  using Levels = std::vector<NodeId>;

  [[nodiscard]] bool is_map(NodeId node) const {
    return node.exists() && document_[node].kind == NodeKind::Map;
  }
  [[nodiscard]] std::string_view text(NodeId node) const {
    return node.exists() && document_[node].kind == NodeKind::Text
               ? std::string_view(document_[node].text)
               : std::string_view();
  }
  [[nodiscard]] const MapEntry* find(const Levels& levels, std::string_view key) const {
    for (const NodeId level : levels)
      if (const MapEntry* found = document_.find_entry(level, key)) return found;
    return nullptr;
  }
  void add(Entries& entries, std::string_view name, ExprId value, Range where) {
    builder_.add(entries, name, value, where);
  }
  void copy(Entries& entries, const MapEntry* entry, std::string_view property) {
    if (entry != nullptr && document_[entry->value].kind != NodeKind::Null)
      add(entries, property, expressions_.value(entry->value), entry->key_range);
  }
  [[nodiscard]] Levels levels_of(NodeId root, const MapEntry& stage) const;
  Entries properties(const Levels& levels, Range where);
  ExprId application(const Levels& levels, Range where);
  void stage(const MapEntry& entry, const Levels& levels);
  void declare(std::string_view address, Entries body, Range where);
  ExprId schedules(NodeId event);
  ExprId event(NodeId event);
  ExprId source_event(const Source& source, NodeId at, NodeId arn);
  ExprId key_filter(NodeId filters);
  ExprId one_event(std::string_view type, const Entries& properties, Range where);

  const Document& document_;
  TemplateBuilder builder_ = {};
  ExpressionReader expressions_;
};

// A stage, then those that it extends.
ZappaReader::Levels ZappaReader::levels_of(NodeId root, const MapEntry& stage) const {
  Levels levels{stage.value};
  while (levels.size() < kExtended) {
    const NodeId next = document_.find(root, text(document_.find(levels.back(), "extends")));
    if (!is_map(next) || std::ranges::find(levels, next) != levels.end()) break;
    levels.push_back(next);
  }
  return levels;
}

ZappaReader::Entries ZappaReader::properties(const Levels& levels, Range where) {
  Entries entries;
  add(entries, "CodeUri", builder_.text(".", where), where);
  add(entries, "Role", builder_.unknown("a role that the tool makes", where), where);
  for (const ZappaSetting& row : kZappaSettings)
    copy(entries, find(levels, row.name), row.property);
  if (find(levels, "runtime") == nullptr)
    add(entries, "Runtime", builder_.unknown("that of the machine that deploys it", where), where);
  Entries variables;
  for (const std::string_view name : kVariables)
    if (const MapEntry* found = find(levels, name); found != nullptr && is_map(found->value))
      for (const MapEntry& one : document_.entries_of(document_[found->value]))
        copy(variables, &one, one.key);
  if (!variables.empty()) {
    Entries environment;
    add(environment, "Variables", builder_.record(variables, where), where);
    add(entries, "Environment", builder_.record(environment, where), where);
  }
  return entries;
}

void ZappaReader::declare(std::string_view address, Entries body, Range where) {
  Entries method, metadata;
  add(method, "BuildMethod", builder_.text("zappa", where), where);
  add(metadata, "Metadata", builder_.record(method, where), where);
  builder_.facts.declarations.push_back({.address = builder_.string(address),
                                         .type = builder_.string("AWS::Serverless::Function"),
                                         .body = builder_.record(body, where),
                                         .attributes = builder_.record(metadata, where),
                                         .name_range = where,
                                         .type_range = where,
                                         .where = where});
}

ExprId ZappaReader::one_event(std::string_view type, const Entries& properties, Range where) {
  Entries event, events;
  add(event, "Type", builder_.text(type, where), where);
  add(event, "Properties", builder_.record(properties, where), where);
  add(events, "Event", builder_.record(event, where), where);
  return builder_.record(events, where);
}

ExprId ZappaReader::key_filter(NodeId filters) {
  if (!filters.exists() || document_[filters].kind != NodeKind::List) return {};
  std::vector<ExprId> rules;
  const Range where = document_[filters].range;
  for (const NodeId item : document_.items_of(document_[filters])) {
    Entries rule;
    copy(rule, document_.find_entry(item, "type"), "Name");
    copy(rule, document_.find_entry(item, "value"), "Value");
    rules.push_back(builder_.record(rule, document_[item].range));
  }
  Entries list, key;
  add(list, "Rules", builder_.list(rules, where), where);
  add(key, "S3Key", builder_.record(list, where), where);
  return builder_.record(key, where);
}

ExprId ZappaReader::source_event(const Source& source, NodeId at, NodeId arn) {
  const Range where = document_[arn].range;
  Entries properties;
  const std::string_view written = text(arn);
  add(properties, source.property,
      source.by_name ? builder_.text(written.substr(written.rfind(':') + 1), where)
                     : expressions_.value(arn),
      where);
  if (source.type == "S3") {
    copy(properties, document_.find_entry(at, "events"), "Events");
    add(properties, "Filter", key_filter(document_.find(at, "key_filters")), where);
  } else if (source.type == "SNS") {
    copy(properties, document_.find_entry(at, "filters"), "FilterPolicy");
  } else {
    for (const ZappaSetting& row : kSourceOptions)
      copy(properties, document_.find_entry(at, row.name), row.property);
  }
  return one_event(source.type, properties, where);
}

// "expression", or several of them as "expressions": the first is as good as any.
ExprId ZappaReader::schedules(NodeId event) {
  NodeId written = document_.find(event, "expression");
  if (const NodeId all = document_.find(event, "expressions");
      all.exists() && document_[all].kind == NodeKind::List && document_[all].items.count > 0)
    written = document_.items_of(document_[all]).front();
  if (text(written).empty()) return {};
  Entries properties;
  add(properties, "Schedule", expressions_.value(written), document_[written].range);
  return one_event("Schedule", properties, document_[written].range);
}

ExprId ZappaReader::event(NodeId event) {
  const NodeId at = document_.find(event, "event_source");
  const NodeId arn = is_map(at) ? document_.find(at, "arn") : NodeId{};
  const std::vector<std::string_view> parts = split(text(arn), ':');
  if (parts.size() < 6 || parts[0] != "arn") return schedules(event);
  const auto* const source = std::ranges::find(kZappaSources, parts[2], &Source::service);
  return source == kZappaSources.end() ? ExprId{} : source_event(*source, at, arn);
}

// What a stage hands requests to; none of a stage that others only extend.
ExprId ZappaReader::application(const Levels& levels, Range where) {
  for (const std::string_view key : {"lambda_handler", "app_function"})
    if (const MapEntry* found = find(levels, key)) return expressions_.value(found->value);
  if (find(levels, "django_settings") == nullptr) return {};
  return builder_.unknown("the application of Django's settings", where);
}

void ZappaReader::stage(const MapEntry& entry, const Levels& levels) {
  const MapEntry* project = find(levels, "project_name");
  const std::string_view given = project == nullptr ? std::string_view() : text(project->value);
  const std::string name = given.empty() ? entry.key : cat(given, "-", entry.key);
  const Entries common = properties(levels, entry.key_range);

  if (const ExprId handler = application(levels, entry.key_range); handler.exists()) {
    Entries body = common;
    add(body, "Handler", handler, entry.key_range);
    const MapEntry* api = find(levels, "apigateway_enabled");
    if (api == nullptr || document_[api->value].text != "false") {
      Entries all;
      add(all, "Path", builder_.text("/{proxy+}", entry.key_range), entry.key_range);
      add(all, "Method", builder_.text("any", entry.key_range), entry.key_range);
      add(body, "Events", one_event("Api", all, entry.key_range), entry.key_range);
    }
    declare(name, body, entry.key_range);
  }
  const MapEntry* events = find(levels, "events");
  if (events == nullptr || document_[events->value].kind != NodeKind::List) return;
  for (const NodeId item : document_.items_of(document_[events->value])) {
    const MapEntry* function = is_map(item) ? document_.find_entry(item, "function") : nullptr;
    if (function == nullptr || text(function->value).empty()) continue;
    Entries one = common;
    const Range where = document_[function->value].range;
    copy(one, function, "Handler");
    add(one, "Events", event(item), where);
    declare(cat(name, " ", text(function->value)), one, where);
  }
}

TemplateFacts ZappaReader::read() {
  builder_.facts.dialect = TemplateDialect::Sam;
  builder_.facts.transforms.push_back(builder_.string("AWS::Serverless-2016-10-31"));
  const NodeId root = document_.roots.empty() ? NodeId{} : document_.roots.front();
  if (!is_map(root)) return finish(builder_, document_);
  for (const MapEntry& entry : document_.entries_of(document_[root])) {
    if (!is_map(entry.value)) continue;
    const Levels levels = levels_of(root, entry);
    const bool is_stage = std::ranges::any_of(
        kStageKeys, [&](std::string_view key) { return find(levels, key) != nullptr; });
    if (is_stage) stage(entry, levels);
  }
  return finish(builder_, document_);
}

}  // namespace

bool is_zappa_name(std::string_view name) {
  return name == "zappa_settings.json" || name == "zappa_settings.toml" ||
         name == "zappa_settings.yml" || name == "zappa_settings.yaml";
}

TemplateDialect recognise_zappa(std::string_view path, std::string_view text) {
  if (!is_zappa_name(file_name_of(path))) return TemplateDialect::Unknown;
  const bool known = std::ranges::any_of(
      kStageKeys, [&](std::string_view key) { return text.find(key) != text.npos; });
  return known ? TemplateDialect::Sam : TemplateDialect::Unknown;
}

TemplateFacts read_zappa(std::string_view path, std::string_view text) {
  const Document document = path.ends_with(".toml")   ? read_toml(text)
                            : path.ends_with(".json") ? read_json(text)
                                                      : read_yaml(text);
  return ZappaReader(document).read();
}

}  // namespace fnlint
