// One project as a run links it: all that its stages hand to each other.
#pragma once

#include "app/files/discovery.h"
#include "app/pictures/model_json.h"
#include "app/run/checked_project.h"
#include "app/run/one_run.h"
#include "app/run/stage.h"
#include "app/run/wanted_rules.h"
#include "app/stages/code_stage.h"
#include "app/stages/template_stage.h"
#include "frontends/packages/archive_files.h"
#include "link/join/join.h"
#include "link/resolve/build_facts.h"
#include "model/project.h"
#include "values/pool.h"

#include <optional>
#include <string_view>

namespace fnlint {

// Each stage is asked for once, in this order, and what a stage no longer needs it frees: the code
// forms of a lot of functions once these are joined, the templates' once all is linked, unless the
// model is shown. What is learnt on the way is in the run.
class Snapshot {
 public:
  // `disk` outlives it.
  Snapshot(PipelineOptions options, const FileSystem& disk);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  void discover();
  void compile_templates();
  void link_templates();
  // Lot by lot of functions. Ends between two of them where the workers are cancelled.
  void compile_and_join_code();
  void follow_events();
  void measure_packages();
  void check();
  // What each check alone cannot know of its findings.
  void finish_findings();

  // Noted in the run: nothing more is wanted of this.
  bool is_cancelled() { return run_.cancelled = options_.workers.are_cancelled(); }
  // What is there once events were followed.
  [[nodiscard]] LinkedModel model() const {
    return {run_.files, templates_, *project_, options_.settings};
  }
  // The last thing to ask for.
  Run taken_run() { return std::move(run_); }

 private:
  template <class Work>
  auto timed(Stage stage, const Work& work);
  void asks(Stage stage) const;   // from here on
  void begin(Stage stage) const;  // the same, for whoever waits
  void look_at_rules();
  [[nodiscard]] Needs needs() const;
  void link();
  void look_for_handlers();
  void measure(Needs needs);

  PipelineOptions options_;
  const ArchiveFiles files_;
  BuildFacts builds_{files_};
  Run run_ = {};
  ValuePool pool_ = {};
  WantedRules wanted_ = {};
  DistinctSettings settings_;
  SearchResult found_ = {};
  CompiledTemplates templates_ = {};
  Stacks stacks_ = {};  // until the join has them
  std::optional<Join> join_ = {};
  std::optional<CodeCompiler> code_ = {};
  std::optional<Project> project_ = {};
};

}  // namespace fnlint
