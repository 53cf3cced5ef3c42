#pragma once

#include "flow/engine/engine.h"
#include "link/code/code.h"
#include "model/project.h"

#include <span>
#include <vector>

namespace fnlint {

// What the code says of a handler's answers, as it is written.

// Parts of what a return gives that the runtime cannot make JSON of; `exit`: the return.
std::vector<PlacedText> unserializable_parts(Engine& engine, std::span<const ModuleInfo> modules,
                                             CallSite exit);
// Whether the handler's module, or one of the project that it imports, says that the runtime must
// not wait until nothing is left running.
bool may_leave_loop(const Engine& engine, ModuleId module);
// Whether one of these tests is that a try failed in which a loop answers the failures of its
// rounds.
bool is_behind_caught_rounds(const Engine& engine, std::span<const ValueId> tests);
// The handler of errors, in a loop that goes on behind it, of one of these tests; nothing: of none.
Span goes_on_after(const Engine& engine, std::span<const ModuleInfo> modules,
                   std::span<const ValueId> tests);
// Whether one of the calls on the way to a step is tried, and its failure not just raised again.
bool is_answered_on_way(const Engine& engine, const Step& step);
// Flags that the places of a step say: kErrorsPass, kTriedAgain, kBesideTasks.
std::uint32_t flags_by_form(const Engine& engine, const Step& step);
// Effect::ends_loop, of the step or of a call on the way to it.
bool ends_loop(const Engine& engine, const Step& step);

}  // namespace fnlint
