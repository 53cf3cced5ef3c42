#include "tables/model_rows.h"

#include "tables/generate.h"
#include "tables/naming.h"

namespace fnlint::tables {

namespace {

using Fields = std::map<std::string, std::string, std::less<>>;
using Objection = std::string (*)(std::string_view);

void read_texts(Entry& entry, Fields& fields, std::initializer_list<const char*> keys,
                Objection objection) {
  for (const char* key : keys) {
    const std::string text = entry.optional_text(key);
    if (text.empty()) continue;
    if (const std::string what = objection(text); !what.empty())
      entry.object(std::string(key) + ": " + what);
    fields[key] = literal(text);
  }
}

void read_word(Entry& entry, Fields& fields, const char* key, std::string_view type,
               const std::vector<std::string_view>& words) {
  if (!entry.has(key)) return;
  const std::size_t at = entry.word(key, words);
  fields[key] = std::string(type) + "::" + std::string(words[at]);
}

std::string no_objection(std::string_view) { return {}; }

Fields read_fields(Entry& entry) {
  Fields fields;
  read_texts(entry, fields, {"operation", "command", "computes", "guard", "under"}, no_objection);
  read_texts(entry, fields,
             {"effect_of", "target", "key", "into", "store_key", "store_value", "invokes", "wraps",
              "guard_of"},
             objection_to_selector);
  read_texts(entry, fields, {"of", "with"}, objection_to_selectors);
  read_texts(entry, fields, {"returns"}, objection_to_returns);
  read_word(entry, fields, "store", "StoreHow",
            {"Append", "PutKey", "Update", "Remove", "Clear", "SetIfAbsent"});
  read_word(entry, fields, "times", "Times", {"Each", "Later"});
  read_word(entry, fields, "origin", "Origin", {"Fresh", "Clock", "Secret", "Outside"});
  read_word(entry, fields, "kind", "LibraryClass",
            {"Client", "Logger", "Metrics", "Tracer", "Regex", "Lock", "Cache", "BoundedCache",
             "Session", "Pool", "Idempotency", "EventClass", "Container"});
  for (const char* key : {"members_in_first", "task", "raises", "attribute"})
    if (entry.flag(key)) fields[key] = "true";
  return fields;
}

std::string place(const Entry& entry) { return entry.file() + ':' + std::to_string(entry.line()); }

// Makes rows of one service, all of one place.
class Expansion {
 public:
  explicit Expansion(std::string where) : where_(std::move(where)) {}

  void add(ModelLanguage language, std::string path, Fields fields) {
    rows_.push_back({language, std::move(path), std::move(fields), where_});
  }
  void client(ModelLanguage language, std::string path, const std::string& returns = "") {
    Fields fields{{"kind", "LibraryClass::Client"}};
    if (!returns.empty()) fields["returns"] = literal(returns);
    add(language, std::move(path), std::move(fields));
  }
  std::vector<ModelRow> take() { return std::move(rows_); }

 private:
  std::string where_;
  std::vector<ModelRow> rows_;
};

Fields call_fields(const OperationRow& operation) {
  Fields fields{{"operation", literal(operation.id)}};
  if (!operation.returns.empty()) fields["returns"] = literal(operation.returns);
  if (!operation.under.empty()) fields["under"] = literal(operation.under);
  if (operation.origin == "secret") fields["origin"] = "Origin::Secret";
  return fields;
}

struct Service {
  std::string id = {}, v3 = {}, client = {}, aggregated = {};
  std::vector<std::string> v2 = {}, stubs = {}, resources = {};
};

void expand_clients(const Service& service, Expansion& out) {
  for (const std::string& stub : service.stubs)
    out.client(ModelLanguage::Python, stub, "=boto3.client(" + service.id + ")");
  for (const std::string& name : service.v2) {
    out.client(ModelLanguage::JavaScript, "aws-sdk." + name);
    std::string file = name;
    for (char& c : file) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    out.client(ModelLanguage::JavaScript, "aws-sdk/clients/" + file, "=aws-sdk." + name + "()");
    out.client(ModelLanguage::JavaScript, "aws-sdk/clients/all." + name, "=aws-sdk." + name + "()");
  }
  out.client(ModelLanguage::JavaScript, service.v3 + '.' + service.client);
  out.client(ModelLanguage::JavaScript, service.v3 + '.' + service.aggregated);
}

void expand_python(const Service& service, const OperationRow& operation, Expansion& out) {
  const Fields fields = call_fields(operation);
  const std::string name = snake_case(operation.name);
  out.add(ModelLanguage::Python, "boto3.client(" + service.id + ")." + name, fields);
  for (const std::string& resource : service.resources)
    out.add(ModelLanguage::Python, resource + ".meta.client." + name, fields);
  if (operation.distinct) out.add(ModelLanguage::Python, "*." + name, fields);
}

void expand_javascript(const Service& service, const OperationRow& operation, Expansion& out) {
  const std::string name = lower_first(operation.name);
  Fields command = call_fields(operation);
  command.erase("operation");
  command["command"] = literal(operation.id);
  out.add(ModelLanguage::JavaScript, service.v3 + '.' + operation.name + "Command", command);

  Fields fields = call_fields(operation);
  fields["members_in_first"] = "true";
  Fields promised = fields;
  promised["task"] = "true";
  out.add(ModelLanguage::JavaScript, service.v3 + '.' + service.aggregated + "()." + name,
          promised);
  if (operation.distinct) out.add(ModelLanguage::JavaScript, "*." + name, fields);
  if (operation.not_in_v2) return;
  fields["invokes"] = literal(std::string_view("1"));
  fields["with"] = literal(std::string_view("?,?"));
  fields["times"] = "Times::Later";
  for (const std::string& client : service.v2)
    out.add(ModelLanguage::JavaScript, "aws-sdk." + client + "()." + name, fields);
}

}  // namespace

std::vector<ModelRow> read_model(ModelLanguage language, Entry entry) {
  const std::vector<std::string> paths = expand_braces(entry.text("call"));
  if (paths.empty()) entry.object("a brace is not closed");
  Fields fields = read_fields(entry);
  const bool decorator = entry.flag("decorator");
  // A class may be decorated too: what does not guard gives back what it gets.
  if (decorator) fields.try_emplace(fields.contains("guard") ? "wraps" : "returns", "\"0\"");
  entry.finish();
  std::vector<ModelRow> rows;
  for (const std::string& path : paths) {
    rows.push_back({language, path, fields, place(entry)});
    if (decorator) rows.push_back({language, path + "()", fields, place(entry)});
  }
  return rows;
}

std::vector<ModelRow> expand_service(Entry entry, const std::vector<OperationRow>& operations) {
  Service service;
  service.id = entry.text("id");
  service.v2 = entry.texts("v2");
  service.v3 = "@aws-sdk/" + entry.text("v3");
  service.client = entry.text("client");
  service.aggregated = entry.text("aggregated");
  service.stubs = entry.texts("stubs");
  service.resources = entry.texts("resources");
  entry.finish();
  Expansion out(place(entry));
  expand_clients(service, out);
  bool any = false;
  for (const OperationRow& operation : operations) {
    if (operation.managed || operation.service != service.id) continue;
    any = true;
    expand_python(service, operation, out);
    expand_javascript(service, operation, out);
  }
  if (!any) entry.object("data/operations.yaml has no operation of " + literal(service.id));
  return out.take();
}

}  // namespace fnlint::tables
