// Runs checks on several threads and policies after them, and keeps of each what the settings of
// its file say.

#include "app/run/checked_project.h"

#include "app/files/crash_report.h"
#include "checks/checks.h"
#include "core/limits.h"
#include "core/text.h"
#include "policies/policy.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

namespace fnlint {

namespace {

// Those in files for which these settings are said.
void keep_findings(Findings& found, const PipelineOptions& options, const Settings& settings,
                   Run& run) {
  const auto holds = [&](const Finding& finding) {
    const Span& where = finding.where;
    return settings == (options.settings_of && where.file.exists()
                            ? options.settings_of(run.files.path(where.file))
                            : options.settings);
  };
  std::ranges::copy_if(std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()),
                       std::back_inserter(run.findings), holds);
}

// Each timed by its first rule.
void run_checks(std::span<const Check* const> wanted, const Project& project,
                const PipelineOptions& options, const Settings& settings, Run& run) {
  std::vector<Findings> found(wanted.size());
  std::vector<Timings> timings(wanted.size());
  const auto one = [&](std::size_t i) {
    if (options.workers.are_cancelled()) return;
    note_reading(cat("the model, for ", wanted[i]->rules().front()));
    timings[i].stage(cat("check ", wanted[i]->rules().front()), [&] {
      wanted[i]->run(project, settings, found[i]);
      return 0;
    });
  };
  const bool worth_threads = project.functions.size() >= kFunctionsAtOnce;
  in_parallel(options.workers, wanted.size(), one,
              worth_threads ? kWorthAThread : wanted.size() + 1);
  for (Findings& some : found) keep_findings(some, options, settings, run);
  for (const Timings& some : timings)
    for (const StageTime& row : some.rows()) run.timings.add(row.name, row.milliseconds);
}

// Where it was read: one that is built in stands in no file of the project.
Span place_of(const Policy& policy, const RuleRegistry& registry, Run& run) {
  const LoadedRule* const rule = registry.find_loaded(policy.rule);
  if (rule == nullptr) return {};
  return {run.files.add(rule->file, *rule->text), policy.written};
}

// Policies that ask too much: of what they would have told of the rest nothing is known.
void tell_spent(const Policies& spent, const RuleRegistry& registry, Run& run) {
  for (const auto& policy : spent)
    run.problems.push_back(
        {place_of(*policy, registry, run),
         cat("a policy of '", policy->rule, "' looked at more than ", kPolicyItems / 1'000'000,
             " million items, or at more than ", kPathItems / 1'000,
             " thousand at once; nothing more is told of it")});
}

void check_policies(const Policies& wanted, const Project& project, const PipelineOptions& options,
                    std::span<const Settings> all, Run& run) {
  note_reading("the model, for policies");
  run.timings.stage("check policies", [&] {
    for (const Settings& settings : all) {
      Findings found;
      const Policies spent = run_policies(wanted, project, settings, found);
      if (&settings == &all.front()) tell_spent(spent, registry_of(options), run);
      keep_findings(found, options, settings, run);
    }
    return 0;
  });
}

}  // namespace

const RuleRegistry& registry_of(const PipelineOptions& options) {
  return options.registry ? *options.registry : built_in_rules();
}

void DistinctSettings::look(const PipelineOptions& options, const SourceFiles& files) {
  if (!options.settings_of) return;
  for (; asked_ < files.size(); ++asked_) {
    const Settings one = options.settings_of(files.path(FileId{asked_}));
    if (std::ranges::find(all_, one) == all_.end()) all_.push_back(one);
  }
}

void check_project(const WantedRules& wanted, const Project& project,
                   const PipelineOptions& options, const std::vector<Settings>& all, Run& run) {
  for (const Settings& each : all) run_checks(wanted.checks(), project, options, each, run);
  check_policies(wanted.policies(), project, options, all, run);
}

}  // namespace fnlint
