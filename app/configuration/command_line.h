#pragma once

#include "app/configuration/foreign_configuration.h"
#include "app/configuration/outputs.h"
#include "app/configuration/selection.h"
#include "model/finding.h"
#include "model/rule.h"
#include "model/settings.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a call of the program asks for, once its options are read: the command and all that decides
// a run besides the configuration.
namespace fnlint {

enum class Command : std::uint8_t {
  Check,
  Explain,
  Rules,
  Model,
  Graph,
  Policy,
  Baseline,
  Init,
  Completions,
  Schema,
  TestRules
};
enum class GraphFormat : std::uint8_t { Dot, Mermaid, Html };
enum class PolicyFormat : std::uint8_t { Iam, CloudFormation, Terraform, Cdk, Json };
enum class ListFormat : std::uint8_t { Text, Json };
enum class ModelStage : std::uint8_t { Compile, Templates, Code, Join };
// Of .fnlint.yaml, of .fnlint/rules/*.yaml; the names that policies have.
enum class SchemaKind : std::uint8_t { Configuration, Rules, Model };
enum class Shell : std::uint8_t { Bash, Zsh, Fish };
enum class ColorMode : std::uint8_t { Auto, Always, Never };

// A command line, understood. Lists are empty and values absent where it says nothing.
struct CommandLine {
  Command command = Command::Check;
  bool names_command = false;  // else the first word is a path
  std::vector<std::string> paths = {};  // of check, model, graph and explain; as written
  std::string rule = {};                // of explain ...
  std::string function = {};            // ... or this, where it is about a function ...
  std::string finding = {};             // ... or the fingerprint of a finding
  GraphFormat graph_format = GraphFormat::Dot;
  PolicyFormat policy_format = PolicyFormat::Iam;
  ModelStage stage = ModelStage::Join;  // of model
  SchemaKind schema{};
  std::optional<Profile> profile = {};  // of rules, which takes `paths` as selectors
  std::vector<std::string> select = {}, ignore = {}, extend_select = {}, exclude = {};
  bool sarif_all_rules = false;
  std::string sarif_category = {};
  std::vector<Output> outputs = {};           // of check, as written
  ListFormat list_format = ListFormat::Text;  // of rules
  std::string output_file = {};               // of graph, policy, baseline, init
  Shell shell = Shell::Bash;                  // of completions
  std::optional<ForeignTool> from = {};       // of init
  bool force = false;                         // of init
  std::string baseline = {};
  std::string diff_base = {};  // a revision
  std::string config = {};
  std::optional<std::string> config_env = {};
  std::vector<std::pair<std::string, std::string>> parameters = {};
  std::optional<Confidence> confidence = {};
  std::optional<Severity> fail_on = {};
  std::optional<Day> today = {};
  ColorMode color = ColorMode::Auto;
  bool exit_zero = false, statistics = false, show_unresolved = false, show_suppressed = false;
  bool changed = false, staged = false, only_named = false;
  bool isolated = false;  // no configuration counts
  Levels severity = {};
  std::vector<std::pair<std::string, std::vector<std::string>>> per_path_ignores =
      {};  // by pattern
  bool no_ignore = false, force_exclude = false;
  bool print_config = false, show_files = false;
  std::map<std::string, std::string> from_environment = {};  // options, each with its variable
  bool fail_on_unread = false, timing = false, quiet = false, verbose = false;
  // Of check alone: how it goes, and how much of it is told.
  std::string stdin_filename = {};  // what standard input has is this file; empty: it is not read
  std::optional<std::size_t> max_warnings = {}, max_findings = {};
  std::size_t threads = SIZE_MAX;  // at most
  ColorMode hyperlinks = ColorMode::Auto;
  std::string line_template = {};  // of the format template
  std::string log_file = {};
  bool silent = false, watch = false;
  bool no_cache = false;
  std::string cache_dir = {};  // empty: the user's
  bool fix = false, unsafe_fixes = false;
  bool add_suppressions = false;
  std::string reason = {};  // of these
};

}  // namespace fnlint
