// rules/*.yaml: the metadata of each rule, and its policy where it has one.

#include "model/rule.h"
#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace fnlint::tables {

namespace {

using Json = nlohmann::ordered_json;

// The policy of a rule as JSON, which is read when the rule is asked for.
Json json_of(const YAML::Node& node) {
  Json made;
  switch (node.Type()) {
    case YAML::NodeType::Map:
      made = Json::object();
      for (const auto& row : node) made[row.first.Scalar()] = json_of(row.second);
      return made;
    case YAML::NodeType::Sequence:
      made = Json::array();
      for (const auto& row : node) made.push_back(json_of(row));
      return made;
    case YAML::NodeType::Scalar: break;
    default: return made;
  }
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return text;  // in quotes
  if (text == "true" || text == "false") return text == "true";
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size())
    return Json::parse(text, nullptr, false);
  return text;
}

// "remedies:" is a map from a language or a tool to the words for it.
std::string remedies_literal(Entry& rule, const std::string& name, std::string& definitions) {
  const YAML::Node node = rule.node("remedies");
  if (!node.IsDefined()) return "{}";
  if (!node.IsMap() || node.size() == 0) rule.object(node, "\"remedies\" is a map that is not empty");
  definitions += "constexpr std::array<Remedy, " + std::to_string(node.size()) + "> " + name + "{{";
  for (const auto& row : node) {
    const std::string of = row.first.Scalar(), text = row.second.Scalar();
    if (std::ranges::find(kRemedyWords, of) == kRemedyWords.end())
      rule.object(row.first, "no language or tool is called \"" + of + '"');
    if (text.empty()) rule.object(row.second, "a remedy is empty");
    definitions += "{" + literal(of) + ", " + literal(text) + "}, ";
  }
  definitions += "}};\n";
  return name;
}

// A policy, or one of several, says how its findings are fixed.
bool has_fix(const YAML::Node& policy) {
  if (policy.IsMap()) return policy["fix"].IsDefined();
  return policy.IsSequence() &&
         std::any_of(policy.begin(), policy.end(), [](const auto& one) { return has_fix(one); });
}

std::string rule_literal(const Input& input, std::string& definitions) {
  static const std::vector<std::string_view> kSeverities{"note", "warning", "error"};
  static const std::vector<std::string_view> kProfiles{"default", "strict", "security", "cost",
                                                       "observability"};
  static const std::vector<std::string_view> kMakers{"check", "app"};
  Entry rule = read_file(input.path, input.shown);
  const std::string id = rule.text("id");
  if (input.shown != "rules/" + id + ".yaml") rule.object("the file's name is not its id");
  const std::string category = rule.text("category");
  if (!id.starts_with(category + '-')) rule.object("the id does not begin with the category");
  std::string name = id;
  for (char& c : name) c = c == '-' ? '_' : c;

  std::string out = "    Rule{.id = " + literal(id) + ", .category = " + literal(category);
  out += ", .severity = Severity{" + std::to_string(rule.word("severity", kSeverities)) + '}';
  out += ", .profile = Profile{" + std::to_string(rule.word("profile", kProfiles)) + '}';
  if (rule.has("notes"))
    out += ", .notes = Profile{" + std::to_string(rule.word("notes", kProfiles)) + '}';
  const YAML::Node policy = rule.node("policy");
  if (policy.IsDefined())
    out += ", .made_by = RuleMaker::Policy";
  else if (rule.has("made_by") && rule.word("made_by", kMakers) == 1)
    out += ", .made_by = RuleMaker::App";
  // A check says so in its rule's own words, since it is a program.
  if (rule.flag("fixable") || (policy.IsDefined() && has_fix(policy))) out += ", .fixable = true";
  out += ", .security = " + literal(rule.flag("security"));
  for (const char* key : {"since", "title", "why", "remedy"})
    out += std::string(", .") + key + " = " + literal(rule.text(key));
  out += ", .remedies = " + remedies_literal(rule, "remedies_of_" + name, definitions);
  if (std::optional<Entry> examples = rule.entry("examples")) {
    out += ", .bad_example = " + literal(examples->text("bad"));
    out += ", .good_example = " + literal(examples->text("good"));
    examples->finish();
  }
  out += ", .aliases = " + list_literal(rule.texts("aliases"), "aliases_of_" + name, definitions);
  if (policy.IsDefined()) out += ", .policy = " + literal(json_of(policy).dump());
  out += ", .sources = " + list_literal(rule.texts("sources"), "sources_of_" + name, definitions);
  rule.finish();
  return out + "},\n";
}

}  // namespace

std::string generate_rules(const std::filesystem::path& root) {
  std::string definitions, rows;
  std::vector<Input> files = inputs(root, "rules");
  // By id: "a-b" before "a-b-c", although their files stand the other way round.
  std::ranges::sort(files, {}, [](const Input& file) {
    return file.shown.substr(0, file.shown.rfind('.'));
  });
  for (const Input& input : files) rows += rule_literal(input, definitions);
  return "namespace {\n" + definitions + "constexpr std::array<Rule, " +
         std::to_string(files.size()) + "> kRules{{\n" + rows + R"(}};
}  // namespace
std::span<const Rule> rules() { return kRules; }
const Rule* find_rule(std::string_view id) {
  const auto found = std::ranges::lower_bound(kRules, id, {}, &Rule::id);
  return found != kRules.end() && found->id == id ? &*found : nullptr;
}
)";
}

}  // namespace fnlint::tables
