// Makes a SAM function with its event of each line of a pragma, under the logical ids and in the
// folders that the tool uses.

#include "frontends/templates/architect.h"

#include "core/text.h"
#include "frontends/templates/arc_manifest.h"
#include "frontends/templates/template_builder.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Pragmas whose lines are functions: SAM's event, and what the tool makes that raises it. Logical
// ids are those of the tool: "CatsEventLambda", "CatsEventTopic".
struct Pragma {
  std::string_view name, folder, ending;
  std::string_view event, property;
  std::string_view resource, resource_ending;  // of the source; empty: it has none of its own
  std::string_view attribute;                  // by which it is named; empty: Ref
};
constexpr std::array kPragmas{
    Pragma{"http", "http", "HTTPLambda", "HttpApi", "", "", "", ""},
    Pragma{"ws", "ws", "WSLambda", "", "", "", "", ""},
    Pragma{"events", "events", "EventLambda", "SNS", "Topic", "AWS::SNS::Topic", "EventTopic", ""},
    Pragma{"queues", "queues", "QueueLambda", "SQS", "Queue", "AWS::SQS::Queue", "Queue", "Arn"},
    Pragma{"scheduled", "scheduled", "ScheduledLambda", "Schedule", "Schedule", "", "", ""},
    Pragma{"tables-streams", "tables-streams", "TableStreamLambda", "DynamoDB", "Stream", "", "Table",
           "StreamArn"},
    Pragma{"streams", "streams", "TableStreamLambda", "DynamoDB", "Stream", "", "Table", "StreamArn"}};
constexpr std::array<std::string_view, 6> kMethods{"get", "post", "put", "patch", "delete", "any"};

// Settings of @aws, and SAM's properties.
enum class Form : std::uint8_t { Plain, List, Storage, Provisioned };
struct ArchitectSetting {
  std::string_view name, property;
  Form form;
};
constexpr std::array kArchitectSettings{
    ArchitectSetting{"runtime", "Runtime", Form::Plain},
    ArchitectSetting{"timeout", "Timeout", Form::Plain},
    ArchitectSetting{"memory", "MemorySize", Form::Plain},
    ArchitectSetting{"concurrency", "ReservedConcurrentExecutions", Form::Plain},
    ArchitectSetting{"architecture", "Architectures", Form::List},
    ArchitectSetting{"layer", "Layers", Form::List},
    ArchitectSetting{"layers", "Layers", Form::List},
    ArchitectSetting{"storage", "EphemeralStorage", Form::Storage},
    ArchitectSetting{"provisionedConcurrency", "ProvisionedConcurrencyConfig", Form::Provisioned}};

// Words of a name, each with a capital: "new-cats" is "NewCats".
std::string logical_id(std::string_view name) {
  std::string id;
  bool begins = true;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (letter || digit) id += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = !letter && !digit;
  }
  return id;
}

// The folder of a route: "get-cats-000id" of "get /cats/:id".
std::string route_folder(std::string_view method, std::string_view path) {
  if (path == "/") return cat(method, "-index");
  std::string name = lower(method);
  for (const char c : path) {
    if (c == '-' || c == '.') name += '_';
    else if (c == '/') name += '-';
    else if (c == ':') name += "000";
    else if (c == '*') name += "catchall";
    else name += c;
  }
  return name;
}

class ArchitectReader {
 public:
  explicit ArchitectReader(const ArcManifest& manifest) : manifest_(manifest) {}
  TemplateFacts read();

 private:
  using Entries = std::vector<Written>;
  void add(Entries& entries, std::string_view name, ExprId value, Range where) {
    builder_.add(entries, name, value, where);
  }
  ExprId word(const ArcWord& from) { return builder_.text(from.text, from.where); }
  ExprId record(std::string_view name, ExprId value, Range where) {
    Entries entries;
    add(entries, name, value, where);
    return builder_.record(entries, where);
  }
  ExprId setting(const ArchitectSetting& row, std::span<const ArcWord> values, Range where);
  void settings();
  void declare(std::string_view address, std::string_view type, const Entries& body, Range where,
               ExprId attributes = {});
  void item(const Pragma& pragma, const ArcItem& item);
  void function(const Pragma& pragma, std::string_view name, const ArcItem& item, ExprId source);
  ExprId source(const Pragma& pragma, std::string_view name, const ArcItem& item);
  void table(const ArcItem& item);
  ExprId handler(Range where);

  const ArcManifest& manifest_;
  TemplateBuilder builder_ = {};
  const ArcWord* runtime_ = nullptr;
};

ExprId ArchitectReader::setting(const ArchitectSetting& row, std::span<const ArcWord> values,
                                Range where) {
  const ArcWord& first = values.front();
  switch (row.form) {
    case Form::Plain: {
      const bool number = first.text.find_first_not_of("0123456789") == std::string::npos;
      return number ? builder_.number(first.text, first.where) : word(first);
    }
    case Form::List: {
      std::vector<ExprId> items;
      for (const ArcWord& value : values) items.push_back(word(value));
      return builder_.list(items, where);
    }
    case Form::Storage: return record("Size", builder_.number(first.text, first.where), where);
    case Form::Provisioned:
      return record("ProvisionedConcurrentExecutions", builder_.number(first.text, first.where),
                    where);
  }
  return {};
}

void ArchitectReader::settings() {
  const ArcPragma* aws = manifest_.find("aws");
  if (aws == nullptr) return;
  Entries entries;
  for (const ArcItem& item : aws->items) {
    std::vector<ArcWord> values(item.words.begin() + (item.words.empty() ? 0 : 1), item.words.end());
    for (const ArcItem& below : item.below)
      values.insert(values.end(), below.words.begin(), below.words.end());
    if (item.words.empty() || values.empty() || values.front().text.empty()) continue;
    const ArcWord& name = item.words.front();
    if (name.text == "runtime") runtime_ = &item.words.front() + (item.words.size() > 1 ? 1 : 0);
    const bool none = name.text == "concurrency" && values.front().text == "unthrottled";
    const auto* const row =
        std::ranges::find(kArchitectSettings, name.text, &ArchitectSetting::name);
    if (none || row == kArchitectSettings.end()) continue;
    add(entries, row->property, setting(*row, values, name.where), name.where);
    if (row->form == Form::Provisioned)
      add(entries, "AutoPublishAlias", builder_.text("live", name.where), name.where);
  }
  builder_.facts.globals =
      record("Function", builder_.record(entries, aws->where), aws->where);
}

void ArchitectReader::declare(std::string_view address, std::string_view type, const Entries& body,
                              Range where, ExprId attributes) {
  builder_.facts.declarations.push_back(
      {.address = builder_.string(address),
       .type = builder_.string(type),
       .body = builder_.record(body, where),
       .attributes = attributes.exists() ? attributes : builder_.record({}, where),
       .name_range = where,
       .type_range = where,
       .where = where});
}

// Which file is the handler's the tool looks up on the disk, but for Node.js.
ExprId ArchitectReader::handler(Range where) {
  if (runtime_ == nullptr || lower(runtime_->text).starts_with("node"))
    return builder_.text("index.handler", where);
  return builder_.unknown("the file that the tool finds in its folder", where);
}

// What raises the events: a resource that the tool makes, or the words of a schedule.
ExprId ArchitectReader::source(const Pragma& pragma, std::string_view name, const ArcItem& item) {
  const Range where = item.words.front().where;
  if (pragma.event == "Schedule") {
    std::string text;
    for (std::size_t i = 1; i < item.words.size(); ++i)
      text += cat(text.empty() ? "" : " ", item.words[i].text);
    for (const std::string_view form : {"rate", "cron"})
      for (const ArcItem& below : item.below)
        if (text.empty() && below.words.size() > 1 && below.words[0].text == form) {
          for (std::size_t i = 1; i < below.words.size(); ++i)
            text += cat(text.empty() ? "" : " ", below.words[i].text);
          text = cat(form, '(', text, ')');
        }
    return text.empty() ? ExprId{} : builder_.text(text, where);
  }
  if (pragma.resource_ending.empty()) return {};
  const ArcWord* table = item.value("table");
  const std::string address =
      cat(logical_id(table != nullptr ? std::string_view(table->text) : name), pragma.resource_ending);
  if (!pragma.resource.empty()) {
    Entries body;
    // The tool makes up the real name; the code asks for it by this one.
    add(body, pragma.name == "queues" ? "QueueName" : "TopicName", builder_.text(name, where), where);
    if (pragma.name == "queues") {
      const ArcWord* fifo = item.value("fifo");
      if (fifo == nullptr || fifo->text != "false")
        add(body, "FifoQueue", builder_.boolean(true, where), where);
      // The function's own time to run.
      add(body, "VisibilityTimeout", builder_.unknown("the tool sets it", where), where);
    }
    declare(address, pragma.resource, body, where);
  }
  const ExprId named = builder_.text(address, where);
  if (pragma.attribute.empty()) return builder_.apply("Ref", std::array{named}, where);
  return builder_.apply("Fn::GetAtt", std::array{named, builder_.text(pragma.attribute, where)},
                        where);
}

void ArchitectReader::function(const Pragma& pragma, std::string_view name, const ArcItem& item,
                               ExprId source) {
  const Range where = item.words.front().where;
  Entries body, event, properties, method;
  const ArcWord* folder = item.value("src");
  const std::string path = folder != nullptr ? folder->text : cat("src/", pragma.folder, "/", name);
  add(body, "CodeUri", builder_.text(path, where), where);
  add(body, "Handler", handler(where), where);
  add(body, "Role", builder_.unknown("a role that the tool makes", where), where);
  if (runtime_ == nullptr)
    add(body, "Runtime", builder_.unknown("what this version of the tool has for it", where), where);
  if (!pragma.event.empty()) {
    if (source.exists()) add(properties, pragma.property, source, where);
    if (pragma.event == "SQS")
      add(properties, "BatchSize", builder_.unknown("the tool sets it", where), where);
    if (pragma.event == "DynamoDB")
      add(properties, "StartingPosition", builder_.text("TRIM_HORIZON", where), where);
    add(event, "Type", builder_.text(pragma.event, where), where);
    add(event, "Properties", builder_.record(properties, where), where);
    add(body, "Events", record("Event", builder_.record(event, where), where), where);
  }
  add(method, "BuildMethod", builder_.text("architect", where), where);
  declare(cat(logical_id(name), pragma.ending), "AWS::Serverless::Function", body, where,
          record("Metadata", builder_.record(method, where), where));
}

void ArchitectReader::item(const Pragma& pragma, const ArcItem& item) {
  if (item.words.empty()) return;
  if (pragma.name == "http") {
    const bool pair = item.words.size() > 1;
    const ArcWord* method = pair ? &item.words[0] : item.value("method");
    const std::string_view path = pair ? item.words[1].text : item.words[0].text;
    if (method == nullptr || !path.starts_with('/') ||
        std::ranges::find(kMethods, lower(method->text)) == kMethods.end())
      return;
    function(pragma, route_folder(lower(method->text), path), item, {});
    return;
  }
  const std::string_view name = item.words.front().text;
  function(pragma, name, item, source(pragma, name, item));
}

// "id *String" is the key, "when **String" the second part of it, "expires TTL" says when it goes.
void ArchitectReader::table(const ArcItem& item) {
  if (item.words.empty()) return;
  const Range where = item.words.front().where;
  Entries body;
  std::vector<ExprId> keys;
  bool stream = false;
  for (const ArcItem& below : item.below) {
    if (below.words.size() < 2) continue;
    const ArcWord &name = below.words[0], &value = below.words[1];
    if (value.text.starts_with('*')) {
      Entries key;
      add(key, "AttributeName", word(name), name.where);
      add(key, "KeyType",
          builder_.text(value.text.starts_with("**") ? "RANGE" : "HASH", value.where), value.where);
      keys.push_back(builder_.record(key, name.where));
    } else if (value.text == "TTL") {
      Entries expiry;
      add(expiry, "AttributeName", word(name), name.where);
      add(expiry, "Enabled", builder_.boolean(true, value.where), value.where);
      add(body, "TimeToLiveSpecification", builder_.record(expiry, name.where), name.where);
    } else if (name.text == "stream") {
      stream = value.text == "true";
    }
  }
  const std::string& name = item.words.front().text;
  const ArcPragma* streams = manifest_.find("tables-streams");
  const bool streamed = stream || (streams != nullptr && !streams->items.empty());
  if (!keys.empty()) add(body, "KeySchema", builder_.list(keys, where), where);
  if (streamed)
    add(body, "StreamSpecification",
        record("StreamViewType", builder_.text("NEW_AND_OLD_IMAGES", where), where), where);
  declare(cat(logical_id(name), "Table"), "AWS::DynamoDB::Table", body, where);
  if (stream) function(kPragmas[5], name, item, source(kPragmas[5], name, item));
}

TemplateFacts ArchitectReader::read() {
  builder_.facts.dialect = TemplateDialect::Sam;
  builder_.facts.transforms.push_back(builder_.string("AWS::Serverless-2016-10-31"));
  settings();
  for (const ArcPragma& pragma : manifest_.pragmas) {
    if (pragma.name == "tables")
      for (const ArcItem& one : pragma.items) table(one);
    const auto* const row = std::ranges::find(kPragmas, pragma.name, &Pragma::name);
    if (row == kPragmas.end()) continue;
    if (row->name == "ws")
      for (const std::string_view route : {"connect", "default", "disconnect"})
        function(*row, route, {{{std::string(route), pragma.where}}, {}}, {});
    for (const ArcItem& one : pragma.items) item(*row, one);
  }
  builder_.facts.complete = manifest_.complete;
  builder_.facts.problems = manifest_.problems;
  return std::move(builder_.facts);
}

bool is_text_name(std::string_view name) { return name == "app.arc" || name == ".arc"; }

}  // namespace

bool is_architect_name(std::string_view name) {
  return is_text_name(name) || name == "arc.json" || name == "arc.yaml" || name == "arc.yml";
}

TemplateDialect recognise_architect(std::string_view path, std::string_view text) {
  const std::string_view name = file_name_of(path);
  if (!is_architect_name(name)) return TemplateDialect::Unknown;
  const std::string_view mark = is_text_name(name)         ? "@app"
                                : name.ends_with(".json") ? "\"app\""
                                                          : "app:";
  return text.find(mark) != text.npos ? TemplateDialect::Sam : TemplateDialect::Unknown;
}

TemplateFacts read_architect(std::string_view path, std::string_view text) {
  const std::string_view name = file_name_of(path);
  const ArcManifest manifest =
      is_text_name(name) ? read_arc(text) : read_arc_document(text, name.ends_with(".json"));
  return ArchitectReader(manifest).read();
}

}  // namespace fnlint
