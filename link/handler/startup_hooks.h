// Hooks that an application runs around each event, not once.
#pragma once

#include "flow/engine/engine.h"

#include <span>
#include <vector>

namespace fnlint {

// What an application does as it starts and as it stops, where its adapter does both for each
// event.
struct StartupHooks {
  std::vector<CallResult> before = {}, after = {};
};
// `served`: the handler, or what it gives. None where no adapter in it is known to run hooks.
StartupHooks startup_hooks(Engine& engine, std::span<const ModuleId> modules, ValueId served);

}  // namespace fnlint
