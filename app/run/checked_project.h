// Checks and policies of a run, by each set of thresholds that holds somewhere in the project.
#pragma once

#include "app/run/one_run.h"
#include "app/run/wanted_rules.h"
#include "model/project.h"
#include "model/settings.h"

#include <cstdint>
#include <vector>

namespace fnlint {

// The rules that `options` are of.
const RuleRegistry& registry_of(const PipelineOptions& options);

// The thresholds that hold somewhere, the root's first: each file is asked for its own once.
class DistinctSettings {
 public:
  explicit DistinctSettings(const Settings& of_root) : all_{of_root} {}
  void look(const PipelineOptions& options, const SourceFiles& files);
  [[nodiscard]] const std::vector<Settings>& all() const { return all_; }

 private:
  std::vector<Settings> all_;
  std::uint32_t asked_ = 0;
};

// Adds to the run what the rules find, each by the settings of the file that it is found in.
void check_project(const WantedRules& wanted, const Project& project,
                   const PipelineOptions& options, const std::vector<Settings>& all, Run& run);

}  // namespace fnlint
