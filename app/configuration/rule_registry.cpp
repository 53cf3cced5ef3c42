// Reads the project's rule files, checks their ids, levels, policies and tests, and merges them
// with the built-in rules.

#include "app/configuration/rule_registry.h"

#include "core/encoding.h"
#include "core/limits.h"
#include "core/lines.h"
#include "core/text.h"
#include "frontends/documents/document.h"
#include "tables/tables.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 9> kRuleKeys{"id",     "title", "why",     "remedy", "severity",
                                                "policy", "tests", "sources", "profile"};
constexpr std::array<std::pair<std::string_view, Profile>, 5> kProfiles{
    {{"default", Profile::Default},
     {"strict", Profile::Strict},
     {"security", Profile::Security},
     {"cost", Profile::Cost},
     {"observability", Profile::Observability}}};

bool is_id(std::string_view id) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return id.find('-') != id.npos && id.front() >= 'a' && id.front() <= 'z' && id.back() != '-' &&
         id.find("--") == id.npos && std::ranges::all_of(id, fits);
}

std::string called(const LoadedRule& rule) {
  return rule.id.empty() ? "the rule" : cat("'", rule.id, "'");
}

// One file of rules: all that is wrong with it is told.
class RuleFile {
 public:
  RuleFile(std::string path, std::shared_ptr<const std::string> text)
      : path_(std::move(path)), text_(std::move(text)), document_(read_yaml(*text_)) {}

  std::string read(std::deque<LoadedRule>& loaded);  // what is wrong; empty: nothing is

 private:
  template <class... Parts>
  void object(Range where, const Parts&... parts) {
    add_problem(problems_, where, cat(parts...));
  }
  template <class... Parts>
  void object(NodeId node, const Parts&... parts) {
    object(document_[node].range, parts...);
  }
  std::string told();
  void read_root(NodeId root, std::deque<LoadedRule>& loaded);
  void read_rule(NodeId node, LoadedRule& rule);
  void read_id(NodeId node, LoadedRule& rule);
  void read_level(NodeId node, LoadedRule& rule);
  void read_policy(NodeId node, LoadedRule& rule);
  void read_tests(NodeId node, LoadedRule& rule);
  std::string text(NodeId map, std::string_view key) const {
    const NodeId node = document_.find(map, key);
    return node.exists() ? document_[node].text : std::string();
  }

  std::string path_;
  std::shared_ptr<const std::string> text_;
  Document document_;
  Problems problems_ = {};
};

void RuleFile::read_tests(NodeId node, LoadedRule& rule) {
  if (document_[node].kind != NodeKind::List) return object(node, "'tests' is a list");
  for (const NodeId one : document_.items_of(document_[node])) {
    RuleTest test{.file = "template.yaml"};
    for (const MapEntry& entry : document_.entries_of(document_[one])) {
      const std::string& value = document_[entry.value].text;
      if (entry.key == "good" || entry.key == "bad") {
        test.text = value;
        test.fires = entry.key == "bad";
      } else if (entry.key == "file") {
        test.file = normal_path(value);
        if (test.file.starts_with("..") || test.file.starts_with('/'))
          object(entry.value, "the file of a test lies in its folder");
      } else if (entry.key == "name") {
        test.name = value;
      } else {
        object(entry.key_range, "a test has no '", entry.key, "': good, bad, file, name");
      }
    }
    if (test.text.empty()) object(one, "a test has a template that is 'good' or 'bad'");
    test.line = Lines(*text_).place(document_[one].range.begin).line;
    rule.tests.push_back(std::move(test));
  }
}

void RuleFile::read_id(NodeId node, LoadedRule& rule) {
  const NodeId id = document_.find(node, "id");
  rule.id = text(node, "id");
  if (rule.id.empty())
    object(node, "the rule's 'id' is missing");
  else if (!is_id(rule.id))
    object(id, "'", rule.id, "' is no id: small words with '-' between them, \"team-tags\"");
  else if (fnlint::find_rule(rule.id) != nullptr)
    object(id, "'", rule.id, "' is a rule of fnlint's own");
  rule.category = rule.id.substr(0, rule.id.find('-'));
}

void RuleFile::read_level(NodeId node, LoadedRule& rule) {
  rule.rule.severity = Severity::Warning;
  if (const std::string word = text(node, "severity"); word == "error")
    rule.rule.severity = Severity::Error;
  else if (word == "note")
    rule.rule.severity = Severity::Note;
  else if (!word.empty() && word != "warning")
    object(document_.find(node, "severity"), "a severity is error, warning or note");
  const std::string word = text(node, "profile");
  if (word.empty()) return;
  const auto found = std::ranges::find(kProfiles, word, [](const auto& row) { return row.first; });
  if (found == kProfiles.end())
    object(document_.find(node, "profile"), "there is no profile '", word, "'");
  else
    rule.rule.profile = found->second;
}

void RuleFile::read_policy(NodeId node, LoadedRule& rule) {
  const NodeId policy = document_.find(node, "policy");
  if (!policy.exists()) return object(node, "the 'policy' of ", called(rule), " is missing");
  const std::size_t before = problems_.size();
  rule.policies =
      read_policies(rule.id, document_, policy, problems_, document_.find(node, "remedy"));
  if (rule.policies.empty() && problems_.size() == before)
    object(policy, "a list of policies is empty");
}

void RuleFile::read_rule(NodeId node, LoadedRule& rule) {
  if (document_[node].kind != NodeKind::Map) return object(node, "a rule is a map");
  for (const MapEntry& entry : document_.entries_of(document_[node]))
    if (std::ranges::find(kRuleKeys, entry.key) == kRuleKeys.end()) {
      const std::string_view close = nearest(entry.key, {kRuleKeys.begin(), kRuleKeys.end()});
      object(entry.key_range, "a rule has no '", entry.key, "'",
             close.empty() ? std::string() : cat("; did you mean '", close, "'?"));
    }
  read_id(node, rule);
  rule.title = text(node, "title");
  if (rule.title.empty()) object(node, "the 'title' of ", called(rule), " is missing");
  rule.why = text(node, "why");
  rule.remedy = text_written(text(node, "remedy"));
  read_level(node, rule);
  read_policy(node, rule);
  if (const NodeId sources = document_.find(node, "sources"); sources.exists())
    for (const NodeId one : document_.items_of(document_[sources]))
      rule.sources.push_back(document_[one].text);
  if (const NodeId tests = document_.find(node, "tests"); tests.exists()) read_tests(tests, rule);
}

void RuleFile::read_root(NodeId root, std::deque<LoadedRule>& loaded) {
  const NodeId list = document_.find(root, "rules");
  const bool is_list = list.exists() && document_[list].kind == NodeKind::List;
  if (list.exists() && !is_list) return object(list, "'rules' is a list of rules");
  const std::vector<NodeId> single{root};
  const std::span<const NodeId> all =
      is_list ? document_.items_of(document_[list]) : std::span<const NodeId>(single);
  for (const NodeId node : all) {
    LoadedRule& rule = loaded.emplace_back();
    rule.file = path_;
    rule.text = text_;
    read_rule(node, rule);
    const auto same = [&](const LoadedRule& other) {
      return &other != &rule && !rule.id.empty() && other.id == rule.id;
    };
    if (std::ranges::any_of(loaded, same))
      object(document_.find(node, "id"), "there is another rule '", rule.id, "'");
  }
}

// In the order of the text, a line each.
std::string RuleFile::told() {
  std::ranges::stable_sort(problems_, {}, [](const Problem& one) { return one.where.begin; });
  const Lines lines(*text_);
  std::string all, before;
  for (const Problem& one : problems_) {
    const Place place = lines.place(one.where.begin);
    std::string line = cat(path_, ':', place.line, ':', place.column, ": ", one.message);
    if (line == before) continue;  // of several policies, which have the same remedy
    all += cat(all.empty() ? "" : "\n", line);
    before = std::move(line);
  }
  return all;
}

std::string RuleFile::read(std::deque<LoadedRule>& loaded) {
  problems_ = document_.problems;
  if (problems_.empty())
    for (const NodeId root : document_.roots) read_root(root, loaded);
  return told();
}

}  // namespace

RuleRegistry::RuleRegistry() : rules_(fnlint::rules().begin(), fnlint::rules().end()) {}

std::string RuleRegistry::add(const FileSystem& files, const std::string& path) {
  Result<std::string> read = files.read(path, kTemplateBytes);
  if (!read) return cat(path, ' ', read.error());
  const auto text = std::make_shared<const std::string>(as_utf8(std::move(read.value())));
  text_ += cat(path, '\n', *text, '\n');
  return RuleFile(path, text).read(loaded_);
}

std::string RuleRegistry::add_folder(const FileSystem& files, const std::string& folder) {
  std::string errors;
  for (const Entry& entry : files.list(folder)) {
    const std::string_view extension = extension_of(entry.name);
    if (entry.kind != EntryKind::File || (extension != ".yaml" && extension != ".yml")) continue;
    const std::string error = add(files, join_path(folder, entry.name));
    if (!error.empty()) errors += cat(errors.empty() ? "" : "\n", error);
  }
  return errors;
}

Result<std::shared_ptr<const RuleRegistry>> RuleRegistry::load(const FileSystem& files,
                                                               std::span<const std::string> named) {
  auto made = std::make_shared<RuleRegistry>();
  std::string error = made->add_folder(files, std::string(kRulesFolder));
  for (const std::string& path : named) {
    if (!error.empty()) break;
    if (path == kRulesFolder) continue;
    const EntryKind kind = files.kind(path);
    const std::size_t before = made->loaded_.size();
    if (kind == EntryKind::File) error = made->add(files, path);
    if (kind == EntryKind::Folder) error = made->add_folder(files, path);
    // A package may keep them in a folder of its own.
    if (kind == EntryKind::Folder && error.empty() && made->loaded_.size() == before)
      error = made->add_folder(files, join_path(path, "rules"));
    if (error.empty() && made->loaded_.size() == before)
      error = cat(path, kind == EntryKind::Missing ? ": there are no rules"
                                                   : ": there are no rules in its *.yaml");
  }
  if (!error.empty()) return Error{std::move(error)};
  for (LoadedRule& loaded : made->loaded_) {
    loaded.source_views.assign(loaded.sources.begin(), loaded.sources.end());
    loaded.rule.id = loaded.id;
    loaded.rule.category = loaded.category;
    loaded.rule.title = loaded.title;
    loaded.rule.why = loaded.why;
    loaded.rule.remedy = loaded.remedy;
    loaded.rule.made_by = RuleMaker::Policy;
    loaded.rule.fixable = std::ranges::any_of(
        loaded.policies, [](const auto& policy) { return policy->fix.has_value(); });
    loaded.rule.sources = loaded.source_views;
    made->rules_.push_back(loaded.rule);
  }
  std::ranges::sort(made->rules_, {}, &Rule::id);
  return std::shared_ptr<const RuleRegistry>(std::move(made));
}

const Rule* RuleRegistry::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(rules_, id, {}, &Rule::id);
  return found != rules_.end() && found->id == id ? &*found : nullptr;
}

const LoadedRule* RuleRegistry::find_loaded(std::string_view id) const {
  const auto found = std::ranges::find(loaded_, id, &LoadedRule::id);
  return found == loaded_.end() ? nullptr : &*found;
}

Policies RuleRegistry::policies(const Rule& rule) const {
  if (rule.made_by != RuleMaker::Policy) return {};
  if (const LoadedRule* const own = find_loaded(rule.id)) return own->policies;
  const Document document = read_json(rule.policy);
  Problems problems;
  if (document.roots.empty()) return {};
  return read_policies(rule.id, document, document.roots.front(), problems);
}

const RuleRegistry& built_in_rules() {
  static const RuleRegistry kBuiltIn;
  return kBuiltIn;
}

}  // namespace fnlint
