// Which of a function's triggers can lead to which of its effects?
#pragma once

#include "flow/engine/engine.h"
#include "model/project.h"

#include <span>

namespace fnlint {

// Notes of each effect which of the function's triggers send events that never come as far: by what
// their filters let pass, or by what a rule sends in place of the event.
void note_sources(Engine& engine, const Stacks& stacks, std::span<const Relation* const> triggers,
                  LambdaFunction& function);

}  // namespace fnlint
