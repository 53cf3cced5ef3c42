#pragma once

#include "flow/engine.h"
#include "model/project.h"

#include <tsl/robin_map.h>

#include <vector>

namespace fnlint {

// What an invocation reads of module variables, before and after it has assigned them.
class FoundVariables {
 public:
  explicit FoundVariables(Engine& engine) : engine_(engine) {}

  // `in_order`: it runs behind all that was taken before.
  void take(const Outcome& outcome, bool in_order);
  // Of the variable that a place is a part of.
  [[nodiscard]] LeftBehind left_in(ValueId place) const;

 private:
  Engine& engine_;
  std::vector<ValueId> sets_;                  // assigned so far
  tsl::robin_map<std::uint32_t, bool> found_;  // read so far: also what was there
  bool finds_more_ = false;                    // reads that are not known
};

}  // namespace fnlint
