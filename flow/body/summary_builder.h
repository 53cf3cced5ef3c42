// The summary that a walk makes: its steps, as far as there is room for them.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/loop_nest.h"
#include "model/summary.h"

#include <vector>

namespace fnlint {

class SummaryBuilder {
 public:
  SummaryBuilder(const BodyScope& scope, const LoopNest& loops) : scope_(scope), loops_(loops) {}

  // The op that was met last.
  void meet(OpId op) { current_ = op; }
  [[nodiscard]] OpId current() const { return current_; }
  [[nodiscard]] CallSite here() const {
    return {scope_.me.module, current_.exists() ? current_ : scope_.function.first};
  }
  // How what is read here is read: under a test, in a loop, before the first event.
  [[nodiscard]] std::uint32_t flags_of_read(const FactSet& facts) const;

  [[nodiscard]] std::vector<Step>& steps() { return summary_.steps; }
  [[nodiscard]] bool has_room(StepKind kind) const;
  // Whether one more is taken; it is said to be missing if not.
  [[nodiscard]] bool takes(StepKind kind);
  // It is done under the path condition here, and as often as the loops around go round.
  void mark_as_here(Step& step, const BodyState& state) const;
  // Adds it if there is room; a step that findings would miss is said to be missing else.
  void add(Step step);
  void note_cut();

  // Here the function waits, or gives a task: that it does is known to be under these tests.
  void note_pause(const FactSet& facts);
  // What follows is done behind the first wait.
  void pass_wait() { is_behind_wait_ = true; }
  [[nodiscard]] bool is_behind_wait() const { return is_behind_wait_; }

  [[nodiscard]] Summary& summary() { return summary_; }

 private:
  static constexpr int kWorks = 32;  // steps of Work: they leave room for effects

  const BodyScope& scope_;
  const LoopNest& loops_;
  Summary summary_;
  OpId current_ = {};
  int works_ = 0;
  bool pauses_ = false, is_behind_wait_ = false;
};

}  // namespace fnlint
