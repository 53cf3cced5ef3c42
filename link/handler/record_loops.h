// Loops over an event's records that end before the last one.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/code.h"
#include "model/project.h"

#include <set>
#include <span>
#include <vector>

namespace fnlint {

// Which of a handler's returns stand inside a loop over the records of its event, and where it is
// left otherwise: that ends the loop, and nobody looks at the rest.
class RecordLoops {
 public:
  RecordLoops(const Engine& engine, std::span<const ModuleInfo> modules)
      : engine_(engine), modules_(modules) {}

  // A step of kind Read.
  void note_read(const Step& step);
  // `at`: the row of the handler's returns that the step, of kind Return, became.
  void note_return(const Step& step, std::size_t at);
  void settle(LambdaFunction& function) const;

 private:
  struct Return {
    std::size_t at = 0;
    CallSite site = {};
  };
  [[nodiscard]] CallSite loop_around(CallSite site) const;
  void settle_left(LambdaFunction& function) const;

  const Engine& engine_;
  std::span<const ModuleInfo> modules_;
  std::set<CallSite> reads_;  // where something of one record is read
  std::set<CallSite> own_reads_;  // of these, those in the handler itself
  std::vector<Return> returns_;
};

}  // namespace fnlint
