// data/cdk_constructs.yaml: the resources, relations and attributes that constructs of the CDK and
// SST make, with their expressions checked.

#include "tables/cdk_filters.h"
#include "tables/generate.h"
#include "tables/template_rows.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint::tables {

namespace {

// As the program's paths are compared: "aws_lambda_nodejs.X" is "awslambdanodejs.X", since each
// language writes the module's name in its own way.
std::string module_folded(const std::string& path) {
  const std::size_t dot = path.find('.');
  std::string module = path.substr(0, dot);
  std::erase(module, '_');
  return dot == std::string::npos ? path : module + path.substr(dot);
}

// What stands behind a bar outside of quotes is a filter that there is: "props.topic | arn".
void check_filters(const Entry& row, const YAML::Node& where, std::string_view value) {
  bool quoted = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    quoted = quoted != (value[i] == '\'');
    if (quoted || value[i] != '|') continue;
    std::string_view name = value.substr(i + 1);
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    name = name.substr(0, name.find_first_of(" |"));
    if (!is_cdk_filter(name)) row.object(where, "no filter is called \"" + std::string(name) + '"');
  }
}

// A value that is not in a map.
std::string value_of(Entry& row, std::string_view key) {
  const std::string value = row.optional_text(key);
  check_filters(row, row.node(key), value);
  return value;
}

struct Steps {
  std::string rows;
  std::size_t count = 0;
  void add(std::string_view kind, std::string_view subject, std::string_view path,
           std::string_view value) {
    rows += "    CdkStep{CdkStepKind::" + std::string(kind) + ", " + literal(subject) + ", " +
            literal(path) + ", " + literal(value) + "},\n";
    ++count;
  }
};

void add_map(Entry& row, std::string_view key, std::string_view kind, Steps& steps) {
  const YAML::Node map = row.node(key);
  if (!map.IsDefined()) return;
  if (!map.IsMap()) row.object(map, "this takes a map");
  for (const auto& pair : map) {
    std::string path = pair.first.Scalar(), subject;
    if (const std::size_t colon = path.find(':'); colon != std::string::npos) {
      subject = path.substr(0, colon);
      path = path.substr(colon + 1);
    }
    check_filters(row, pair.second, pair.second.Scalar());
    steps.add(kind, subject, path, pair.second.Scalar());
  }
}

std::string words(const std::vector<std::string>& all, char separator) {
  std::string text;
  for (const std::string& one : all) text += (text.empty() ? "" : std::string(1, separator)) + one;
  return text;
}

void add_block(Entry& row, Steps& steps) {
  const std::string given = value_of(row, "if"), absent = value_of(row, "unless");
  if (!given.empty()) steps.add("If", "", "", given);
  if (!absent.empty()) steps.add("Unless", "", "", absent);
  add_map(row, "let", "Let", steps);
  if (const std::string like = row.optional_text("like"); !like.empty())
    steps.add("Like", "", module_folded(like), value_of(row, "with"));
  if (const std::string type = row.optional_text("make"); !type.empty())
    steps.add("Make", row.optional_text("as"), value_of(row, "id"), type);
  add_map(row, "field", "Field", steps);
  add_map(row, "set", "Set", steps);
  add_map(row, "metadata", "Metadata", steps);
  if (const std::string what = value_of(row, "attach"); !what.empty())
    steps.add("Attach", row.optional_text("slot"), value_of(row, "to"), what);
  for (Entry& grant : row.entries("grant")) {
    const std::vector<std::string> on = grant.texts("on");
    for (const std::string& one : on) check_filters(grant, grant.node("on"), one);
    steps.add("Grant", grant.text("to"), words(grant.texts("actions"), ' '), words(on, ';'));
    grant.finish();
  }
  if (const std::string what = value_of(row, "permit"); !what.empty())
    steps.add("Permit", "", "", what);
  if (const std::string what = value_of(row, "each"); !what.empty())
    steps.add("Each", "", module_folded(row.text("apply")), what);
  for (Entry& block : row.entries("also")) {
    add_block(block, steps);
    block.finish();
  }
  if (!given.empty() || !absent.empty()) steps.add("End", "", "", "");
  if (const std::string value = value_of(row, "gives"); !value.empty())
    steps.add("Gives", "", "", value);
}

template <class Rows>
std::string finder(const Rows& rows, const std::string& type, const std::string& name,
                   const std::string& field, std::string_view first, std::string_view second) {
  std::string text = "namespace {\nconstexpr std::array<" + type + ", " +
                     std::to_string(rows.size()) + "> k" + type + "s{{\n";
  for (const auto& [key, value] : rows)
    text += "    " + type + "{." + std::string(first) + " = " + literal(key) + ", ." +
            std::string(second) + " = " + literal(value) + "},\n";
  return text + "}};\n}  // namespace\n" + finder_definition(type, name, "k" + type + "s", field);
}

std::map<std::string, std::string> pairs(Entry& file, std::string_view key, bool folds_value) {
  std::map<std::string, std::string> rows;
  const YAML::Node map = file.node(key);
  if (!map.IsMap()) file.object("this takes a map");
  for (const auto& pair : map) {
    const std::string name = module_folded(pair.first.Scalar());
    const std::string value =
        folds_value ? module_folded(pair.second.Scalar()) : pair.second.Scalar();
    if (!rows.emplace(name, value).second) file.object(pair.first, "this stands here twice");
  }
  return rows;
}

std::map<std::string, std::string> attributes(Entry& file) {
  std::map<std::string, std::string> rows;
  for (const auto& type : file.node("attributes"))
    for (const auto& pair : type.second)
      if (!rows.emplace(type.first.Scalar() + '.' + pair.first.Scalar(), pair.second.Scalar())
               .second)
        file.object(pair.first, "this stands here twice");
  return rows;
}

std::string helpers(Entry& file) {
  std::string rows;
  std::size_t count = 0;
  for (Entry& row : file.entries("helpers")) {
    const bool is_id = row.has("id");
    rows += "    CdkHelper{" + literal(row.text(is_id ? "id" : "begin")) + ", " +
            literal(row.has("end") ? row.text("end") : std::string()) + ", " +
            (is_id ? "true" : "false") + "},\n";
    row.finish();
    ++count;
  }
  return "namespace {\nconstexpr std::array<CdkHelper, " + std::to_string(count) +
         "> kCdkHelpers{{\n" + rows +
         "}};\n}  // namespace\nstd::span<const CdkHelper> cdk_helpers() { return kCdkHelpers; }\n";
}

}  // namespace

std::string generate_cdk(const std::filesystem::path& root) {
  static const std::vector<std::string_view> kUses{"new", "call", "get", "attached"};
  static const std::vector<std::string_view> kNames{"New", "Call", "Get", "Attach"};
  Entry file = read_file((root / "data/cdk_constructs.yaml").string(), "data/cdk_constructs.yaml");
  file.day("as_of");
  std::map<std::pair<std::size_t, std::string>, std::string> rows;
  std::string definitions;
  for (Entry& row : file.entries("rules")) {
    const auto use = static_cast<std::size_t>(
        std::ranges::find_if(kUses, [&row](std::string_view word) { return row.has(word); }) -
        kUses.begin());
    if (use == kUses.size()) row.object("a rule is about new, call, get or attached");
    std::vector<std::string> paths = row.texts(kUses[use]);
    std::vector<std::string> takes = row.texts("takes");
    if (takes.empty() && use == 0) takes = {"scope", "id", "props"};
    const std::string id = "kCdk" + std::to_string(rows.size());
    Steps steps;
    add_block(row, steps);
    row.finish();
    const std::string names = list_literal(takes, id + "Takes", definitions);
    definitions += "constexpr std::array<CdkStep, " + std::to_string(steps.count) + "> " + id +
                   "Steps{{\n" + steps.rows + "}};\n";
    for (const std::string& written : paths) {
      const std::string path = module_folded(written);
      const std::string text = "    CdkRule{CdkUse::" + std::string(kNames[use]) + ", " +
                               literal(path) + ", " + names + ", " + id + "Steps},\n";
      if (!rows.emplace(std::pair{use, path}, text).second)
        row.object("this path stands here twice");
    }
  }
  std::string text = "namespace {\n" + definitions + "constexpr std::array<CdkRule, " +
                     std::to_string(rows.size()) + "> kCdkRules{{\n";
  for (const auto& [key, row] : rows) text += row;
  text += R"(}};
}  // namespace
std::span<const CdkRule> cdk_rules() { return kCdkRules; }
const CdkRule* find_cdk_rule(CdkUse use, std::string_view path) {
  const auto found = std::ranges::lower_bound(
      kCdkRules, std::pair{use, path}, {},
      [](const CdkRule& row) { return std::pair{row.use, row.path}; });
  return found != kCdkRules.end() && found->use == use && found->path == path ? &*found : nullptr;
}
)";
  text +=
      finder(pairs(file, "classes", true), "CdkClass", "find_cdk_class", "path", "path", "base");
  text +=
      finder(pairs(file, "values", false), "CdkValue", "find_cdk_value", "path", "path", "text");
  text += R"(
bool has_cdk_values(std::string_view path) {
  const auto found = std::ranges::lower_bound(kCdkValues, path, {}, &CdkValue::path);
  return found != kCdkValues.end() && found->path.size() > path.size() &&
         found->path.starts_with(path) && found->path[path.size()] == '.';
}
)";
  text += finder(pairs(file, "services", false), "CdkService", "find_cdk_service", "module",
                 "module", "name");
  text += finder(attributes(file), "CdkAttribute", "find_cdk_attribute", "key", "key", "attribute");
  text += finder(pairs(file, "names", false), "CdkName", "find_cdk_name", "written", "written",
                 "name");
  text += helpers(file);
  for (const std::string name : {"callers", "inert", "inert_functions"}) {
    std::string lists;
    const std::string list = list_literal(file.texts(name), "kCdk_" + name, lists);
    text += "namespace {\n" + lists + "}  // namespace\nstd::span<const std::string_view> cdk_" +
            name + "() { return " + list + "; }\n";
  }
  file.finish();
  return text;
}

}  // namespace fnlint::tables
