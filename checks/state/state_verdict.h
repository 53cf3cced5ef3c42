// How a change of kept state is judged, with the reason that decided it.
#pragma once

#include "checks/view/reason.h"
#include "checks/view/verdict.h"
#include "model/project.h"
#include "values/pool.h"

#include <string_view>
#include <vector>

namespace fnlint {

struct JudgedState {
  StateVerdict verdict{};
  Reason reason = {};
};

// `without`: the name of a reason that is left out, to see what it decides.
JudgedState judge(const ValuePool& pool, const LambdaFunction& function, const StateChange& change,
                  std::string_view without = {});
// Those that can be left out, in the order in which they are asked.
std::vector<Reason> state_reasons();

}  // namespace fnlint
