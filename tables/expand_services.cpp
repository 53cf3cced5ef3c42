#include "tables/generate.h"
#include "tables/model_rows.h"
#include "tables/naming.h"

#include <algorithm>
#include <cctype>
#include <set>

// Patterns of SDKs filled with services' operations: a row of `services` makes one row a language.
namespace fnlint::tables {

namespace {

using Names = std::map<std::string, std::string, std::less<>>;  // placeholder to text

std::string modified(std::string text, std::string_view modifier, const Entry& entry) {
  const std::size_t dot = text.rfind('.');
  if (modifier == "head") return text.substr(0, dot);
  if (modifier == "tail") return text.substr(dot == text.npos ? 0 : dot + 1);
  if (modifier != "lower") entry.object("a placeholder's modifier is head, tail or lower");
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string filled(std::string_view pattern, const Names& names, const Entry& entry) {
  std::string out;
  while (true) {
    const std::size_t open = pattern.find('<');
    out += pattern.substr(0, open);
    if (open == pattern.npos) return out;
    const std::size_t close = pattern.find('>', open);
    if (close == pattern.npos) entry.object("a placeholder is not closed");
    const std::string_view inside = pattern.substr(open + 1, close - open - 1);
    const std::size_t bar = inside.find('|');
    const auto found = names.find(inside.substr(0, bar));
    if (found == names.end())
      entry.object("no placeholder is called \"" + std::string(inside) + '"');
    out += bar == inside.npos ? found->second
                              : modified(found->second, inside.substr(bar + 1), entry);
    pattern.remove_prefix(close + 1);
  }
}

// The pattern's own keys are taken; the others are a row's.
struct Pattern {
  explicit Pattern(Entry& entry) {
    std::vector<std::string_view> keys;
    for (const ModelLanguage& one : kModelLanguages) keys.push_back(one.key);
    language = kModelLanguages[entry.word("language", keys)].name;
    when = entry.optional_text("when");
    unless = entry.optional_text("unless");
    takes_positions = entry.flag("takes_positions");
    typed_results = entry.flag("typed_results");
    call = entry.text("call");
    each_operation = call.find("<Op>") != call.npos || call.find("<op>") != call.npos ||
                     call.find("<snake_op>") != call.npos;
  }
  std::string_view language;
  std::string when, unless, call;
  bool takes_positions = false, typed_results = false, each_operation = false;
};

bool has_flag(const OperationRow& operation, std::string_view name, const Entry& entry) {
  if (name == "distinct") return operation.distinct;
  if (name == "not_in_v2") return operation.not_in_v2;
  if (name == "pages") return operation.pages;
  if (name == "positions") return !operation.positions.empty();
  entry.object("no flag of an operation is called \"" + std::string(name) + '"');
}

// The row's YAML with its texts filled in.
Entry row_entry(const Entry& entry, const YAML::Node& node, const Names& names) {
  static constexpr std::array<std::string_view, 5> kOwn{"language", "when", "unless",
                                                        "takes_positions", "typed_results"};
  YAML::Node row(YAML::NodeType::Map);
  for (const auto& pair : node) {
    const std::string key = pair.first.Scalar();
    if (std::ranges::find(kOwn, key) == kOwn.end())
      row[key] = filled(pair.second.Scalar(), names, entry);
  }
  return {entry.file(), row};
}

// What the operation says of its result and its members, where the pattern says nothing.
void add_operation(const OperationRow& operation, const Pattern& pattern, ModelRow& row) {
  auto& fields = row.fields;
  if (pattern.takes_positions && !operation.positions.empty())
    fields.try_emplace("positions", literal(operation.positions));
  if (!fields.contains("operation") && !fields.contains("command")) return;
  if (!operation.returns.empty()) fields.try_emplace("returns", literal(operation.returns));
  if (!operation.under.empty()) fields.try_emplace("under", literal(operation.under));
  if (!operation.under.empty() && pattern.typed_results) fields["fluent"] = "true";
  if (operation.origin == "secret") fields.try_emplace("origin", "Origin::Secret");
  if (operation.origin == "clock") fields.try_emplace("origin", "Origin::Clock");
}

// Each column that the pattern names, in each of its spellings.
std::vector<Names> spellings(const ServiceRow& service, const std::string& text) {
  std::vector<Names> all{{{"id", service.id}}};
  for (const auto& [column, values] : service.columns) {
    if (text.find('<' + column + '>') == text.npos && text.find('<' + column + '|') == text.npos)
      continue;
    std::vector<Names> more;
    for (const Names& names : all)
      for (const std::string& value : values) {
        more.push_back(names);
        more.back()[column] = value;
      }
    all = std::move(more);
  }
  return all;
}

bool names_missing_column(const ServiceRow& service, std::string_view text) {
  static constexpr std::array<std::string_view, 5> kOthers{"id", "operation", "Op", "op",
                                                           "snake_op"};
  for (std::size_t open = text.find('<'); open != text.npos; open = text.find('<', open + 1)) {
    const std::string_view inside = text.substr(open + 1, text.find_first_of("|>", open) - open - 1);
    if (std::ranges::find(kOthers, inside) == kOthers.end() && !service.columns.contains(inside))
      return true;
  }
  return false;
}

}  // namespace

ServiceRow read_service(Entry entry, const std::vector<OperationRow>& operations) {
  ServiceRow row;
  row.id = entry.text("id");
  row.where = place(entry);
  for (const auto& pair : entry.whole()) {
    const std::string key = pair.first.Scalar();
    if (key == "id") continue;
    if (pair.second.IsScalar())
      row.columns[key] = {entry.text(key)};
    else
      row.columns[key] = entry.texts(key);
  }
  const bool any = std::ranges::any_of(operations, [&](const OperationRow& operation) {
    return !operation.managed && operation.service == row.id;
  });
  if (!any) entry.object("data/operations.yaml has no operation of " + in_quotes(row.id));
  return row;
}

std::vector<ModelRow> expand_pattern(Entry entry, const std::vector<ServiceRow>& services,
                                     const std::vector<OperationRow>& operations) {
  const Pattern pattern(entry);
  const YAML::Node node = entry.whole();
  std::string text;
  for (const auto& pair : node) text += pair.second.Scalar() + ' ';
  std::vector<ModelRow> rows;
  std::set<std::string> made;  // Lambda's Invoke in "<Op>Async" is not its InvokeAsync
  const auto add = [&](const Names& names, const OperationRow* operation) {
    for (ModelRow& row : read_model(pattern.language, row_entry(entry, node, names))) {
      if (!made.insert(row.path).second) continue;
      row.where = place(entry);
      if (operation != nullptr) add_operation(*operation, pattern, row);
      rows.push_back(std::move(row));
    }
  };
  for (const ServiceRow& service : services) {
    if (names_missing_column(service, text)) continue;
    for (Names& names : spellings(service, text)) {
      if (!pattern.each_operation) add(names, nullptr);
      if (!pattern.each_operation) continue;
      for (const OperationRow& operation : operations) {
        if (operation.managed || operation.service != service.id) continue;
        if (!pattern.when.empty() && !has_flag(operation, pattern.when, entry)) continue;
        if (!pattern.unless.empty() && has_flag(operation, pattern.unless, entry)) continue;
        names["operation"] = operation.id;
        names["Op"] = operation.name;
        names["op"] = lower_first(operation.name);
        names["snake_op"] = snake_case(operation.name);
        add(names, &operation);
      }
    }
  }
  return rows;
}

}  // namespace fnlint::tables
