// Middleware of the project around the handler, as calls before and after it.
#pragma once

#include "flow/engine/engine.h"

#include <span>
#include <vector>

namespace fnlint {

// What the project's own middleware does in each invocation, in the order of the calls: functions
// that get one object with the event and the context.
struct HandlerLayers {
  std::vector<ValueId> before = {}, after = {};
};
HandlerLayers handler_layers(Engine& engine, ValueId handler);

// What holds on all ways of such a function that give nothing: one that gives something has
// answered in the handler's place.
FactSet facts_without_answer(const ValuePool& pool, std::span<const Step> steps);

// The arguments of such a call.
ValueId layer_arguments(ValuePool& pool);

}  // namespace fnlint
