#pragma once

#include "flow/engine.h"

#include <vector>

namespace fnlint {

// What the project's own middleware does in each invocation, in the order of the calls: functions
// that get one object with the event and the context.
struct HandlerLayers {
  std::vector<ValueId> before = {}, after = {};
};
HandlerLayers handler_layers(Engine& engine, ValueId handler);

// The arguments of such a call.
ValueId layer_arguments(ValuePool& pool);

}  // namespace fnlint
