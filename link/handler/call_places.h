// Places and names of calls, for findings and the steps that lead to them.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/code.h"

#include <span>
#include <string>
#include <vector>

namespace fnlint {

// Where a call stands, and the calls on the way to a step.
Span span_of_call(std::span<const ModuleInfo> modules, CallSite at);
std::vector<PlacedText> path_of_step(std::span<const ModuleInfo> modules, const Step& step);
// "db.send": the callee as the code spells it; empty: it is no call.
std::string name_of_call(const Engine& engine, CallSite at);

}  // namespace fnlint
