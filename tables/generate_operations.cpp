// data/operations.yaml: the effects of service operations, with a check of each selector.

#include "tables/generate.h"
#include "tables/model_rows.h"
#include "tables/naming.h"

#include <algorithm>
#include <set>

namespace fnlint::tables {

namespace {

// Names of ResourceKind that operations write to; spelled as in the enum.
std::string kind_literal(Entry& row) {
  static const std::vector<std::string_view> kWords{
      "other",     "function",  "bucket",        "queue",          "topic",
      "table",     "stream",    "bus",           "secret",         "parameter",
      "user-pool", "log-group", "state-machine", "delivery-stream"};
  static const std::vector<std::string_view> kNames{
      "Other", "Function", "Bucket",    "Queue",    "Topic",    "Table",        "Stream",
      "Bus",   "Secret",   "Parameter", "UserPool", "LogGroup", "StateMachine", "DeliveryStream"};
  if (!row.has("kind")) return "ResourceKind::Other";
  return "ResourceKind::" + std::string(kNames[row.word("kind", kWords)]);
}

// The names in a selector, with the "[]" that follows one: "Entries[].Detail" has two.
void add_members(std::string_view selector, std::vector<std::string>& members) {
  std::string part;
  for (const char c : std::string(selector) + '|') {
    if (c != '.' && c != '|') {
      part += c;
      continue;
    }
    if (!part.empty() && part.front() != '\'') members.push_back(part);
    part.clear();
  }
}

std::string selector(Entry& row, std::string_view key, OperationRow& out) {
  std::string text = row.optional_text(key);
  if (text.empty()) return text;
  if (const std::string what = objection_to_selector(text); !what.empty())
    row.object(std::string(key) + ": " + what);
  add_members(text, out.members);
  return text;
}

// Selectors, each with or without something behind a mark: what the text that it selects must begin
// with ("Statement^INSERT"), or what it is where that is given ("data='POST'").
std::string marked_selectors(Entry& row, const char* key, char mark, OperationRow& out) {
  const std::string text = row.optional_text(key);
  std::string selectors;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == mark) i = std::min(text.find('|', i), text.size());
    if (i < text.size()) selectors += text[i];
  }
  if (const std::string what = objection_to_selector(selectors);
      !selectors.empty() && !what.empty())
    row.object(std::string(key) + ": " + what);
  add_members(selectors, out.members);
  return text;
}

std::string field(std::string_view name, const std::string& text) {
  return text.empty() ? "" : ", ." + std::string(name) + " = " + literal(text);
}

std::string members(Entry& row, std::string_view key, const std::string& name, OperationRow& out) {
  const std::vector<std::string> texts = row.texts(key);
  for (const std::string& text : texts)
    if (const std::string what = objection_to_selector(text); !what.empty()) row.object(what);
  for (const std::string& text : texts) add_members(text, out.members);
  return list_literal(texts, name, out.definitions);
}

OperationRow operation_row(Entry row) {
  static const std::vector<std::string_view> kRepeats{"same",          "differs",   "by-key",
                                                      "by-expression", "by-name",   "by-sql",
                                                      "batch",         "by-method", "by-entries"};
  OperationRow out;
  out.id = row.text("id");
  const std::size_t dot = out.id.find('.');
  if (dot == out.id.npos) row.object("the id has the form service.Operation");
  out.service = out.id.substr(0, dot);
  out.name = out.id.substr(dot + 1);
  std::string name = out.id;
  for (char& c : name)
    if (c == '.' || c == '-') c = '_';
  out.target = selector(row, "target", out);
  std::string& text = out.literal;
  text = "    Operation{.id = " + literal(out.id) + ", .service = " + literal(out.service);
  text += ", .target_kind = " + kind_literal(row) + field("target", out.target);
  text += field("key", selector(row, "key", out));
  const std::vector<std::string> events = row.texts("events"), actions = row.texts("actions");
  text += ", .events = " + list_literal(events, "events_of_" + name, out.definitions);
  text += ", .actions = " + list_literal(actions, "actions_of_" + name, out.definitions);
  text += ", .repeat = Repeat{" + std::to_string(row.word("repeat", kRepeats)) + '}';
  text += ", .repeat_members = " + members(row, "tokens", "tokens_of_" + name, out);
  text += ", .grave = " + literal(row.flag("grave"));
  text += ", .failure_is_skip = " + literal(row.flag("skips"));
  text += field("words", row.text("words"));
  text += field("expression", marked_selectors(row, "expression", '=', out));
  text += field("condition", marked_selectors(row, "condition", '^', out));
  text += field("inserts", marked_selectors(row, "inserts", '^', out));
  text += field("source", selector(row, "source", out));
  text += ", .grave_members = " + members(row, "grave_with", "grave_of_" + name, out);
  text += ", .adding = " + list_literal(row.texts("adds"), "adds_of_" + name, out.definitions);
  text += ", .bulk = " + literal(row.flag("bulk"));
  text += ", .lasting = " + literal(row.flag("lasting"));
  for (const char* key :
       {"failures", "more", "error_in", "asks_key", "absent", "sink", "entity_tag"})
    text += field(key, row.optional_text(key));
  text += "},\n";
  out.returns = selector(row, "returns", out);
  out.under = row.optional_text("under");
  out.origin = row.optional_text("origin");
  out.positions = row.optional_text("positions");
  if (const std::string what = objection_to_selectors(out.positions);
      !out.positions.empty() && !what.empty())
    row.object("positions: " + what);
  if (!out.positions.empty())
    for (const std::string& member : split(out.positions, ',')) out.members.push_back(member);
  out.managed = row.flag("managed");
  out.not_in_v2 = row.flag("not_in_v2");
  out.distinct = row.flag("distinct");
  out.pages = !row.optional_text("more").empty();
  row.finish();
  return out;
}

}  // namespace

std::vector<OperationRow> read_operations(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/operations.yaml").string(), "data/operations.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::vector<OperationRow> rows;
  std::set<std::string> seen;
  for (Entry& entry : file.entries("operations")) {
    rows.push_back(operation_row(entry));
    if (!seen.insert(rows.back().id).second) entry.object("this operation stands here twice");
  }
  file.finish();
  std::ranges::sort(rows, {}, &OperationRow::id);
  return rows;
}

std::string operations_table(const std::vector<OperationRow>& operations) {
  std::string definitions, rows;
  for (const OperationRow& row : operations) {
    definitions += row.definitions;
    rows += row.literal;
  }
  return "namespace {\n" + definitions + "constexpr std::array<Operation, " +
         std::to_string(operations.size()) + "> kOperations{{\n" + rows + R"(}};
}  // namespace
std::span<const Operation> operations() { return kOperations; }
const Operation* find_operation(std::string_view id) {
  const auto found = std::ranges::lower_bound(kOperations, id, {}, &Operation::id);
  return found != kOperations.end() && found->id == id ? &*found : nullptr;
}
)";
}

}  // namespace fnlint::tables
