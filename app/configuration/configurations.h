// Which configuration judges a file: the nearest one, merged with the command line.
#pragma once

#include "app/configuration/command_line.h"
#include "app/configuration/configuration.h"
#include "app/configuration/rule_registry.h"
#include "app/configuration/selection.h"
#include "app/configuration/targets.h"
#include "core/problem.h"
#include "core/result.h"
#include "report/report.h"

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A configuration with the command line's options, and what it judges.
struct InEffect {
  std::string folder = {};  // relative to the root: what is in it and has no nearer one
  std::string path = {};    // of the file, absolute; empty: there is none
  std::string text = {};    // of the file
  Configuration content = {};
  Selectors selectors = {};
  std::vector<ReportedRule> rules = {};  // in effect, by id
  Confidence least = Confidence::Likely;
  const InEffect* above = nullptr;  // of the folders above; null: this is the root's

  [[nodiscard]] const ReportedRule* rule(std::string_view id) const;  // null: not in effect
  [[nodiscard]] Settings settings(Day today) const;
};

// The configurations of a run: of each file the nearest one upwards, up to the root's. A file that
// the command line names judges all. Those in folders that are not searched (hidden ones, installed
// packages) say nothing.
class Configurations {
 public:
  Configurations(const Target& target, const CommandLine& line,
                 const std::string& working_directory);

  // What is wrong with the first one that cannot be read; empty: nothing is, so far.
  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] const InEffect& root() const { return all_.front(); }
  // The rules that it chooses from: the built-in ones, and the project's own.
  [[nodiscard]] const std::shared_ptr<const RuleRegistry>& registry() const { return registry_; }
  // Of a file, by its path relative to the root.
  const InEffect& of(std::string_view file);
  const InEffect& of_folder(std::string_view folder);
  // Those that were met, the root's first.
  [[nodiscard]] const std::deque<InEffect>& all() const { return all_; }

 private:
  struct Found {
    const InEffect* nearest = nullptr;
    bool is_closed = false;  // what is below has none of its own
  };
  Found find(std::string_view folder);
  void load_rules(const std::string& path, bool none);
  [[nodiscard]] std::string rules_path(const FileSystem& disk, const std::string& folder,
                                       const std::string& name) const;
  void add(const std::string& folder, const std::string& path, const std::string& base);
  Result<Configuration> read(const std::string& path, const std::string& base,
                             std::vector<std::string>& open, std::string& text) const;
  Result<Configuration> extended(const std::string& from, const std::string& named,
                                 std::vector<std::string>& open) const;
  [[nodiscard]] std::string shown(const std::string& path) const;

  const CommandLine& line_;
  std::string root_, working_directory_;
  std::string top_ = {};   // nothing outside of it is read
  bool is_alone_ = false;  // no other than the root's counts
  std::string error_ = {};
  std::shared_ptr<const RuleRegistry> registry_ = {};
  std::deque<InEffect> all_ = {};
  std::map<std::string, Found, std::less<>> by_folder_ = {};
};

// What stands in the configurations below the root and has no effect there.
struct IdleKey {
  std::string path = {};  // of the file, relative to the root
  std::string text = {};  // of the file
  Range where = {};
  std::string message = {};
};
std::vector<IdleKey> idle_keys(const Configurations& configurations);

// Values of parameters that no template has, where all templates that the configuration judges were
// read: they may be mistyped. What a configuration extends may be meant for other projects.
std::vector<IdleKey> idle_parameters(const Configurations& configurations, const Target& target,
                                     const std::set<std::string, std::less<>>& known);

}  // namespace fnlint
