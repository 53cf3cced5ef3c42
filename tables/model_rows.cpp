// Reads one entry of a library model and makes a row of it for each path that it spells.

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

const std::vector<std::string_view> kLibraryClasses{
    "Client",       "Logger",  "Metrics", "Tracer",      "Regex",      "Lock",      "Cache",
    "BoundedCache", "Session", "Pool",    "Idempotency", "EventClass", "Container", "Middleware"};

void read_word(Entry& entry, Fields& fields, const char* key, std::string_view type,
               const std::vector<std::string_view>& words) {
  if (!entry.has(key)) return;
  const std::size_t at = entry.word(key, words);
  fields[key] = std::string(type) + "::" + std::string(words[at]);
}

std::string no_objection(std::string_view) { return {}; }

Fields read_fields(Entry& entry) {
  Fields fields;
  read_texts(entry, fields,
             {"operation", "command", "computes", "guard", "under", "work", "starts", "waits",
              "phase", "timeout", "lifetime", "endless_with", "unless", "keeps", "gives", "nothing",
              "cleans", "calls_back_until"},
             no_objection);
  read_texts(entry, fields,
             {"effect_of", "members_in", "target", "key", "owns", "into", "store_key",
              "store_value", "done", "wraps", "guard_of", "entry", "asks", "needs", "holds"},
             objection_to_selector);
  read_texts(entry, fields, {"of", "positions", "event_as", "options", "invokes"},
             objection_to_selectors);
  read_texts(entry, fields, {"with"}, objection_to_arguments);
  read_texts(entry, fields, {"returns"}, objection_to_returns);
  read_texts(entry, fields, {"tells"}, objection_to_named_selectors);
  read_texts(entry, fields, {"hooks"}, objection_to_hooks);
  read_texts(entry, fields, {"sink"}, objection_to_sinks);
  read_texts(entry, fields, {"when"}, objection_to_condition);
  read_word(entry, fields, "store", "StoreHow",
            {"Append", "PutKey", "Update", "Remove", "Clear", "SetIfAbsent", "Assign", "Merge"});
  read_word(entry, fields, "times", "Times", {"Each", "Later", "Maybe"});
  read_word(entry, fields, "origin", "Origin", {"Fresh", "Clock", "Secret", "Outside"});
  read_word(entry, fields, "kind", "LibraryClass", kLibraryClasses);
  for (const char* key :
       {"task", "or_callback", "raises", "attribute", "fluent", "carries", "itself", "settles",
        "completes", "brief", "lends", "endless", "runs_hooks", "sent", "unsent"})
    if (entry.flag(key)) fields[key] = "true";
  return fields;
}

}  // namespace

std::string place(const Entry& entry) { return entry.file() + ':' + std::to_string(entry.line()); }

std::vector<ModelRow> read_model(std::string_view language, Entry entry) {
  const std::vector<std::string> paths = expand_braces(entry.text("call"));
  if (paths.empty()) entry.object("a brace is not closed");
  Fields fields = read_fields(entry);
  const bool decorator = entry.flag("decorator");
  // A class may be decorated too: what neither guards nor wraps gives back what it gets.
  const bool wraps = fields.contains("guard") || fields.contains("wraps");
  if (decorator) fields.try_emplace(wraps ? "wraps" : "returns", wraps ? "\"0\"" : "\"decorated\"");
  entry.finish();
  std::vector<ModelRow> rows;
  for (const std::string& path : paths) {
    rows.push_back({language, path, fields, place(entry)});
    if (decorator) rows.push_back({language, path + "()", fields, place(entry)});
  }
  return rows;
}

FamilyRow read_family(std::string_view language, Entry entry) {
  FamilyRow row;
  row.fields["begins"] = literal(entry.text("begins"));
  row.order = entry.text("begins");
  read_texts(entry, row.fields, {"contains"}, no_objection);
  row.fields["ends"] = literal(entry.text("ends"));
  read_word(entry, row.fields, "kind", "LibraryClass", kLibraryClasses);
  for (const char* key : {"fluent", "requests", "fills"})
    if (entry.flag(key)) row.fields[key] = "true";
  if (!row.fields.contains("kind") && !row.fields.contains("fluent"))
    entry.object("a family has a kind or is fluent");
  entry.finish();
  row.language = language;
  return row;
}

}  // namespace fnlint::tables
