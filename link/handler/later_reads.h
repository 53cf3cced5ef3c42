// Does all that follows an assignment of state find the new value?
#pragma once

#include "flow/engine/engine.h"
#include "flow/state/facts.h"
#include "link/handler/read_places.h"
#include "model/project.h"
#include "model/summary.h"

#include <span>
#include <vector>

namespace fnlint {

// Of what an invocation assigns: whether all that it does afterwards finds the new value. That is so
// where each later step that depends on the place has all conditions of the assignment, as on the
// ways on which nothing was raised. Where none is known that depends on it: where the function of
// the assignment never comes back without it.
class LaterReads {
 public:
  explicit LaterReads(Engine& engine) : engine_(engine), pool_(engine.pool()), asked_(pool_) {}

  // An assignment has become the change with that number; `step`: its own.
  void add(const StateChange& change, std::size_t number, const Step& step);
  void note(const Step& step, const FactSet& holds);
  // Says so of the changes.
  void settle(LambdaFunction& function) const;
  [[nodiscard]] bool waits() const { return !open_.empty(); }

 private:
  struct Row {
    std::size_t number = 0;
    ValueId place = {}, value = {};
    std::vector<Fact> holds = {};
    CallSite at = {};
    bool found = false;  // something was made of the new value
    bool missed = false;
  };
  void note_asked(const FactSet& holds);
  [[nodiscard]] bool covers(std::span<const Fact> holds, const Row& row) const;
  [[nodiscard]] bool is_always_done(const Row& row) const;

  static constexpr std::size_t kRows = 64;
  Engine& engine_;
  const ValuePool& pool_;
  std::vector<Row> open_ = {};
  FactSet asked_of_ = {};
  ReadPlaces asked_;  // of these
};

}  // namespace fnlint
