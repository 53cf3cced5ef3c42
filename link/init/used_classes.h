// Which classes run their initialisers because the handler's own, or its constructor, use them?
#pragma once

#include "flow/engine/engine.h"
#include "model/project.h"

#include <span>
#include <vector>

namespace fnlint {

struct UsedClass {
  ProjectObject type = {};
  PlacedText by = {};  // where it is used
};
// `own`: the handler's class and those above it. In the order of their use.
std::vector<UsedClass> classes_used_at_init(Engine& engine, std::span<const ModuleInfo> modules,
                                            const std::vector<ProjectObject>& own);

}  // namespace fnlint
