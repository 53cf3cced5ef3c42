// What a run is given, and what it has learnt.
#pragma once

#include "app/configuration/rule_registry.h"
#include "app/files/discovery.h"
#include "app/files/parallel.h"
#include "app/files/source_files.h"
#include "app/files/timings.h"
#include "app/run/stage.h"
#include "app/stages/clang_stage.h"
#include "app/suppressions/suppressions.h"
#include "checks/checks.h"
#include "core/problem.h"
#include "model/finding.h"
#include "model/resources.h"
#include "model/settings.h"
#include "report/pictures.h"
#include "values/pool.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

inline constexpr std::size_t kFunctionsAtOnce = 128;  // whose code is in memory

struct LinkedModel;
using Inspect = std::function<void(const LinkedModel&)>;

struct PipelineOptions {
  SearchRequest search = {};
  std::map<std::string, std::string> parameters = {};  // of all templates, by the command line
  // What the configuration says of a template's; wins over samconfig files. None: nothing.
  std::function<std::map<std::string, std::string>(std::string_view path)> parameters_of = {};
  std::string config_env = "default";  // of samconfig files
  bool config_env_named = false;
  Settings settings = {};  // of what no file is named with
  // Of what is reported in a file; none: the same everywhere.
  std::function<Settings(std::string_view path)> settings_of = {};
  bool possible = false;                    // findings of confidence `possible` are wanted
  std::span<const Rule* const> rules = {};  // in effect: other checks are not run
  std::shared_ptr<const RuleRegistry> registry = {};  // that they are of; none: the built-in ones
  // Asked after the search, and again before the checks: what is in effect may depend on the files.
  std::function<void(PipelineOptions& options)> amend = {};
  std::function<void(Stage stage)> begins = {};  // is told who asks from here on
  ClangOptions clang = {};
  Workers workers = {};
  Inspect inspect = {};             // is shown the model before it is checked
  bool draws = false;               // the run has pictures
  bool chain_ends = false;          // of that, why chains of events end
  std::size_t join_threads = 0;     // 0: as many as are worth it
  std::optional<Needs> needs = {};  // none: what the rules read, or all where the model is shown
};

// What a run has learnt. Ids and views in it stay valid as long as it lives.
struct Run {
  SourceFiles files = {};
  std::vector<std::string> folders = {};  // that were searched
  std::size_t looked_at = 0;              // files that might have been templates
  std::size_t templates = 0;
  std::size_t functions = 0;
  std::size_t handlers_of_code = 0;     // of these: known by their form, as no template has any
  std::size_t unread = 0, partly = 0;   // of these: whose code was not read; not all of it
  std::set<FileId> unread_in = {};      // the templates of both
  std::set<std::string> not_read = {};  // the names of both
  std::size_t open = 0;                 // ... whose code was read, and calls what nothing describes
  std::set<std::pair<FileId, FileId>> handlers = {};  // each with the template that names it, first
  std::set<FileId> broken = {};  // templates and handlers that could not be read, or in part alone
  Findings findings = {};        // of all rules and confidences, in no particular order
  std::vector<Suppression> suppressions = {};
  std::vector<LocatedProblem> problems = {};
  std::vector<Unresolved> unresolved = {};
  std::set<std::string, std::less<>> parameters = {};  // that the templates have
  bool takes_any_parameter = false;                    // a template may ask for others besides
  Pictures pictures = {};  // where they are wanted; paths in them are relative to the root
  Timings timings = {};
  bool cancelled = false;  // then nothing of it is worth telling
};

}  // namespace fnlint
