// Every rule that a run can choose from, built in or written by the project.
#pragma once

#include "core/files.h"
#include "core/result.h"
#include "model/rule.h"
#include "policies/policy.h"

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Where a project keeps rules of its own, below its root.
inline constexpr std::string_view kRulesFolder = ".fnlint/rules";

// A template of a rule's own tests, and what is expected of it.
struct RuleTest {
  std::string name = {};
  std::string file = {};  // what the template is called: "template.yaml", "main.tf"
  std::string text = {};
  bool fires = false;
  std::size_t line = 0;  // in the file of the rule, from 1
};

// A rule that was read from a file of the project, with all that its views look at.
struct LoadedRule {
  Rule rule = {};
  std::string id = {}, category = {}, title = {}, why = {}, remedy = {};
  std::vector<std::string> sources = {};
  std::vector<std::string_view> source_views = {};
  Policies policies = {};
  std::vector<RuleTest> tests = {};
  std::string file = {};
  std::shared_ptr<const std::string> text = {};  // of that file
};

// All rules of a run, built in or loaded, by id. Findings and reports hold views of its rows: it
// outlives them, and never changes.
class RuleRegistry {
 public:
  RuleRegistry();  // those that are built in
  // With those below a root: of its own folder, and of files and folders that are named. An error
  // begins with the file's path and the place in it.
  static Result<std::shared_ptr<const RuleRegistry>> load(const FileSystem& files,
                                                          std::span<const std::string> named = {});

  [[nodiscard]] std::span<const Rule> rules() const { return rules_; }
  [[nodiscard]] const Rule* find(std::string_view id) const;
  // None: the rule is no policy. Those that are built in are read each time.
  [[nodiscard]] Policies policies(const Rule& rule) const;
  [[nodiscard]] const std::deque<LoadedRule>& loaded() const { return loaded_; }
  [[nodiscard]] const LoadedRule* find_loaded(std::string_view id) const;  // null: it is built in
  // The texts of what was loaded: what decides a run besides its files.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string add(const FileSystem& files, const std::string& path);
  std::string add_folder(const FileSystem& files, const std::string& folder);

  std::vector<Rule> rules_;
  std::deque<LoadedRule> loaded_ = {};
  std::string text_ = {};
};

// The rules that are built in, for what is about no project.
const RuleRegistry& built_in_rules();

}  // namespace fnlint
