// Turns decorators into SAM events and settings into properties, by tables of both.

#include "frontends/templates/chalice.h"

#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/templates/cloudformation.h"
#include "frontends/templates/decorators.h"
#include "frontends/templates/expression_reader.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kSamFunction = "AWS::Serverless::Function";

// Settings, and the SAM property that each becomes.
struct ChaliceSetting {
  std::string_view name, property;
};
constexpr std::array kChaliceSettings{
    ChaliceSetting{"api_gateway_endpoint_type", ""},
    ChaliceSetting{"lambda_timeout", "Timeout"},
    ChaliceSetting{"lambda_memory_size", "MemorySize"},
    ChaliceSetting{"layers", "Layers"},
    ChaliceSetting{"reserved_concurrency", "ReservedConcurrentExecutions"},
    ChaliceSetting{"log_retention_in_days", ""}};

// Decorators, and the event of SAM that each stands for. The argument that names the source is also
// the first one without a name.
struct EventRow {
  std::string_view decorator, type, source, property;
};
constexpr std::array kEvents{
    EventRow{"on_s3_event", "S3", "bucket", "Bucket"},
    EventRow{"on_sqs_message", "SQS", "queue", "Queue"},
    EventRow{"on_sns_message", "SNS", "topic", "Topic"},
    EventRow{"on_kinesis_record", "Kinesis", "stream", "Stream"},
    EventRow{"on_dynamodb_record", "DynamoDB", "stream_arn", "Stream"},
    EventRow{"schedule", "Schedule", "expression", "Schedule"},
    EventRow{"on_cw_event", "EventBridgeRule", "event_pattern", "Pattern"},
    EventRow{"lambda_function", "", "", ""},
};
// Sources that are named without their ARN.
struct ArnForm {
  std::string_view type, before;
};
constexpr std::array kArns{
    ArnForm{"SQS", "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:"},
    ArnForm{"SNS", "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:"},
    ArnForm{"Kinesis",
            "arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/"}};
constexpr std::array<std::string_view, 8> kRoutes{"route", "authorizer", "get", "post", "put",
                                                  "patch", "delete", "head"};
constexpr std::array<std::string_view, 3> kSockets{"on_ws_connect", "on_ws_message",
                                                   "on_ws_disconnect"};

// --- The program.

class ChaliceReader {
 public:
  explicit ChaliceReader(std::string_view text) : text_(text) {}
  TemplateFacts read();

 private:
  using Entries = std::vector<Written>;
  void add(Entries& entries, std::string_view name, ExprId value, Range where) {
    builder_.add(entries, name, value, where);
  }
  ExprId text(std::string_view value, Range where) { return builder_.text(value, where); }
  ExprId record_of(std::string_view name, ExprId value, Range where) {
    Entries entries;
    add(entries, name, value, where);
    return builder_.record(entries, where);
  }
  ExprId value(const PythonValue& from);
  ExprId source_value(const EventRow& row, const PythonValue& from);
  ExprId event(const EventRow& row, const Decorator& decorator);
  ExprId notification_filter(const Decorator& decorator);
  void declare(std::string_view address, std::string_view handler, Range where, ExprId events);
  void function(const Decorated& function);
  ExprId unset();

  std::string_view text_;
  TemplateBuilder builder_ = {};
  bool api_ = false, socket_ = false;
  Range first_route_ = {};
};

ExprId ChaliceReader::value(const PythonValue& from) {
  switch (from.kind) {
    case PythonValue::Kind::Text: return text(from.text, from.where);
    case PythonValue::Kind::Number: return builder_.number(from.text, from.where);
    case PythonValue::Kind::Environment:
      return builder_.apply("Ref", std::array{text(from.text, from.where)}, from.where);
    case PythonValue::Kind::List: {
      std::vector<ExprId> items;
      for (const PythonValue& item : from.items) items.push_back(value(item));
      return builder_.list(items, from.where);
    }
    case PythonValue::Kind::Unknown: break;
  }
  return builder_.unknown("a value that the program computes", from.where);
}

// A queue or topic by its name alone is one of the deployment's own account and region.
ExprId ChaliceReader::source_value(const EventRow& row, const PythonValue& from) {
  const auto form = std::ranges::find(kArns, row.type, &ArnForm::type);
  const bool name = from.kind == PythonValue::Kind::Text && !from.text.starts_with("arn:");
  if (form == kArns.end() || !name) return value(from);
  std::vector<Written> parts;
  const auto part = [&](ExprId id) {
    Written written;
    written.operand.value = id;
    parts.push_back(written);
  };
  std::string_view rest = form->before;
  while (!rest.empty()) {
    const std::size_t open = rest.find("${");
    if (open != 0) part(text(rest.substr(0, open), from.where));
    if (open == std::string_view::npos) break;
    const std::size_t close = rest.find('}', open);
    part(builder_.apply("Ref", std::array{text(rest.substr(open + 2, close - open - 2), from.where)},
                        from.where));
    rest = rest.substr(close + 1);
  }
  part(text(from.text, from.where));
  return builder_.apply("Fn::Sub", std::array{builder_.concat(parts, from.where)}, from.where);
}

ExprId ChaliceReader::notification_filter(const Decorator& decorator) {
  std::vector<ExprId> rules;
  for (const std::string_view name : {"prefix", "suffix"}) {
    const PythonValue* found = decorator.argument(name);
    if (found == nullptr || found->is_none()) continue;
    Entries rule;
    add(rule, "Name", text(name, found->where), found->where);
    add(rule, "Value", value(*found), found->where);
    rules.push_back(builder_.record(rule, found->where));
  }
  if (rules.empty()) return {};
  const Range where = decorator.where;
  return record_of("S3Key", record_of("Rules", builder_.list(rules, where), where), where);
}

ExprId ChaliceReader::event(const EventRow& row, const Decorator& decorator) {
  Entries properties, event;
  const PythonValue* source = decorator.argument(row.source, 0);
  if (row.type == "SQS" && source == nullptr) source = decorator.argument("queue_arn");
  if (source != nullptr)
    add(properties, row.property, source_value(row, *source), source->where);
  if (row.type == "S3") {
    const PythonValue* events = decorator.argument("events", 1);
    add(properties, "Events",
        events != nullptr ? value(*events) : text("s3:ObjectCreated:*", decorator.where),
        decorator.where);
    add(properties, "Filter", notification_filter(decorator), decorator.where);
  }
  if (const PythonValue* size = decorator.argument("batch_size"))
    add(properties, "BatchSize", value(*size), size->where);
  if (const PythonValue* window = decorator.argument("maximum_batching_window_in_seconds"))
    add(properties, "MaximumBatchingWindowInSeconds", value(*window), window->where);
  add(event, "Type", text(row.type, decorator.where), decorator.where);
  add(event, "Properties", builder_.record(properties, decorator.where), decorator.where);
  return builder_.record(event, decorator.where);
}

void ChaliceReader::declare(std::string_view address, std::string_view handler, Range where,
                            ExprId events) {
  Entries body;
  add(body, "CodeUri", text(".", where), where);
  add(body, "Handler", text(handler, where), where);
  add(body, "Runtime", builder_.unknown("that of the machine that deploys it", where), where);
  add(body, "Role", builder_.unknown("a role that the tool makes", where), where);
  add(body, "Events", events, where);
  builder_.facts.declarations.push_back({.address = builder_.string(address),
                                         .type = builder_.string(kSamFunction),
                                         .body = builder_.record(body, where),
                                         .attributes = builder_.record({}, where),
                                         .name_range = where,
                                         .type_range = where,
                                         .where = where});
}

void ChaliceReader::function(const Decorated& function) {
  for (const Decorator& decorator : function.decorators) {
    const auto named = [&](const auto& names) {
      return std::ranges::find(names, decorator.method) != names.end();
    };
    if (named(kRoutes) || named(kSockets)) {
      (named(kRoutes) ? api_ : socket_) = true;
      if (first_route_.end == 0) first_route_ = function.name_range;
      continue;
    }
    const auto row = std::ranges::find(kEvents, decorator.method, &EventRow::decorator);
    if (row == kEvents.end()) continue;
    ExprId events;
    if (!row->type.empty())
      events = record_of("Event", event(*row, decorator), decorator.where);
    const PythonValue* name = decorator.argument("name");
    const bool renamed = name != nullptr && name->kind == PythonValue::Kind::Text;
    declare(renamed ? name->text : function.name, cat("app.", function.name), function.name_range,
            events);
  }
}

// What holds where there are no settings: they may hold secrets, and be kept out of the project.
ExprId ChaliceReader::unset() {
  const ExprId variables = builder_.unknown("settings that are not there", {});
  return record_of("Function", record_of("Environment", variables, {}), {});
}

TemplateFacts ChaliceReader::read() {
  builder_.facts.dialect = TemplateDialect::Chalice;
  builder_.facts.globals = unset();
  for (const Decorated& each : read_decorated_functions(text_)) function(each);
  // A blueprint's routes are the app's.
  if (const std::size_t at = text_.find(".register_blueprint("); at != text_.npos && !api_) {
    api_ = true;
    first_route_ = {static_cast<std::uint32_t>(at + 1), static_cast<std::uint32_t>(at + 19)};
  }
  if (api_) {
    Entries api;
    add(api, "Type", text("Api", first_route_), first_route_);
    declare("api_handler", "app.app", first_route_,
            record_of("Api", builder_.record(api, first_route_), first_route_));
  }
  if (socket_) declare("websocket_handler", "app.app", first_route_, {});
  return std::move(builder_.facts);
}

// --- The settings: of the stage "dev", which is deployed where no other is named, or the first.

class SettingsReader {
 public:
  explicit SettingsReader(const Document& document)
      : document_(document), expressions_(document, builder_) {}
  TemplateFacts read(NodeId root);

 private:
  using Entries = std::vector<Written>;
  // What the innermost of these has.
  const MapEntry* find(std::span<const NodeId> levels, std::string_view key) const;
  Entries properties(std::span<const NodeId> levels);
  void add(Entries& entries, std::string_view name, ExprId value, Range where) {
    builder_.add(entries, name, value, where);
  }
  void inputs(std::span<const NodeId> levels);
  void functions(NodeId level);
  NodeId stage(NodeId root) const;

  const Document& document_;
  TemplateBuilder builder_ = {};
  ExpressionReader expressions_;
};

const MapEntry* SettingsReader::find(std::span<const NodeId> levels, std::string_view key) const {
  for (const NodeId level : levels)
    if (level.exists())
      if (const MapEntry* found = document_.find_entry(level, key)) return found;
  return nullptr;
}

SettingsReader::Entries SettingsReader::properties(std::span<const NodeId> levels) {
  Entries entries;
  for (const ChaliceSetting& row : kChaliceSettings) {
    const MapEntry* found = row.property.empty() ? nullptr : find(levels, row.name);
    if (found != nullptr)
      add(entries, row.property, expressions_.value(found->value), found->key_range);
  }
  if (const MapEntry* variables = find(levels, "environment_variables")) {
    Entries environment;
    add(environment, "Variables", expressions_.value(variables->value), variables->key_range);
    add(entries, "Environment",
        builder_.record(environment, document_[variables->value].range), variables->key_range);
  }
  const MapEntry* subnets = find(levels, "subnet_ids");
  const MapEntry* groups = find(levels, "security_group_ids");
  if (subnets != nullptr || groups != nullptr) {
    Entries network;
    if (subnets != nullptr)
      add(network, "SubnetIds", expressions_.value(subnets->value), subnets->key_range);
    if (groups != nullptr)
      add(network, "SecurityGroupIds", expressions_.value(groups->value), groups->key_range);
    const Range where = (subnets != nullptr ? subnets : groups)->key_range;
    add(entries, "VpcConfig", builder_.record(network, where), where);
  }
  return entries;
}

// The program may ask for its variables when it is deployed: to name its events' sources.
void SettingsReader::inputs(std::span<const NodeId> levels) {
  const MapEntry* variables = find(levels, "environment_variables");
  if (variables == nullptr || document_[variables->value].kind != NodeKind::Map) return;
  for (const MapEntry& entry : document_.entries_of(document_[variables->value]))
    builder_.facts.inputs.push_back({.name = builder_.string(entry.key),
                                     .type = builder_.string("String"),
                                     .fallback = expressions_.value(entry.value),
                                     .where = entry.key_range});
}

void SettingsReader::functions(NodeId level) {
  const NodeId list = level.exists() ? document_.find(level, "lambda_functions") : NodeId{};
  if (!list.exists() || document_[list].kind != NodeKind::Map) return;
  for (const MapEntry& entry : document_.entries_of(document_[list])) {
    const std::array levels{entry.value};
    if (document_[entry.value].kind != NodeKind::Map) continue;
    const Range whole = document_[entry.value].range;
    const StringId address = builder_.string(entry.key);
    const bool known = std::ranges::find(builder_.facts.declarations, address,
                                         &Declaration::address) != builder_.facts.declarations.end();
    if (known) continue;  // the stage's own goes before
    builder_.facts.declarations.push_back({.address = address,
                                           .type = builder_.string(kSamFunction),
                                           .body = builder_.record(properties(levels), whole),
                                           .attributes = builder_.record({}, whole),
                                           .name_range = entry.key_range,
                                           .type_range = entry.key_range,
                                           .where = entry_range(document_, entry)});
  }
}

NodeId SettingsReader::stage(NodeId root) const {
  const NodeId stages = document_.find(root, "stages");
  if (!stages.exists() || document_[stages].kind != NodeKind::Map) return {};
  const NodeId dev = document_.find(stages, "dev");
  const auto all = document_.entries_of(document_[stages]);
  return dev.exists() || all.empty() ? dev : all.front().value;
}

TemplateFacts SettingsReader::read(NodeId root) {
  builder_.facts.dialect = TemplateDialect::Chalice;
  const NodeId chosen = stage(root);
  const std::array levels{chosen, root};
  Entries globals;
  const Range whole = document_[root].range;
  add(globals, "Function", builder_.record(properties(levels), whole), whole);
  builder_.facts.globals = builder_.record(globals, whole);
  inputs(levels);
  functions(chosen);
  functions(root);
  return std::move(builder_.facts);
}

bool is_settings(std::string_view path) { return path.ends_with(".chalice/config.json"); }

// --- What `chalice package --merge-template` puts over the template: of the functions, what they
// have besides; of further resources, all.

bool is_merged(std::string_view path, std::string_view text) {
  const std::string name = lower(file_name_of(path));
  const bool is_document =
      name.ends_with(".json") || name.ends_with(".yaml") || name.ends_with(".yml");
  return is_document && name.find("merge") != std::string::npos &&
         text.find("Resources") != text.npos && text.find("Properties") != text.npos &&
         text.find("AWSTemplateFormatVersion") == text.npos;
}

TemplateFacts read_merged(std::string_view text) {
  TemplateFacts facts = read_cloudformation(text);
  facts.dialect = TemplateDialect::Chalice;
  facts.globals = {};
  std::erase_if(facts.problems,
                [](const auto& problem) { return problem.message.ends_with(" has no Type"); });
  return facts;
}

}  // namespace

bool is_chalice_name(std::string_view name) { return name == "app.py"; }

TemplateDialect recognise_chalice(std::string_view path, std::string_view text) {
  const auto has = [text](std::string_view word) { return text.find(word) != text.npos; };
  if (is_settings(path))
    return has("\"app_name\"") ? TemplateDialect::Chalice : TemplateDialect::Unknown;
  if (is_merged(path, text)) return TemplateDialect::Chalice;
  const bool makes = (has("from chalice import") || has("import chalice")) &&
                     (has("Chalice(") || has("(Chalice)") || has("(chalice.Chalice)"));
  // A class of the project's own that derives from Chalice's is told the same.
  const bool makes_own = has("(app_name=") && (has("@app.") || has(".register_blueprint("));
  const bool program = file_name_of(path) == "app.py" && (makes || makes_own);
  return program ? TemplateDialect::Chalice : TemplateDialect::Unknown;
}

TemplateFacts read_chalice(std::string_view path, std::string_view text) {
  if (file_name_of(path) == "app.py") return ChaliceReader(text).read();
  if (!is_settings(path)) return read_merged(text);
  Document document = read_json(text);
  TemplateFacts facts;
  facts.dialect = TemplateDialect::Chalice;
  if (!document.roots.empty() && document[document.roots.front()].kind == NodeKind::Map)
    facts = SettingsReader(document).read(document.roots.front());
  facts.complete = facts.complete && document.complete;
  facts.problems.insert(facts.problems.begin(), document.problems.begin(), document.problems.end());
  return facts;
}

}  // namespace fnlint
