#pragma once

#include "link/function_scope.h"
#include "model/project.h"

#include <optional>
#include <span>

namespace fnlint {

// What a layer against repetition around the handler, or around something that it calls, was told,
// with what the template says put in. Nothing: the step is never reached.
std::optional<Safeguard> safeguard_of_step(Engine& engine, const FunctionScope& scope,
                                           std::span<const ModuleInfo> modules,
                                           const Stacks& stacks, const Step& step,
                                           std::uint8_t evidence);
// Adds the places of the calls that parts of the value come from and that checks show: what differs
// each time, and the objects that configure a layer.
void add_value_sites(const ValuePool& pool, std::span<const ModuleInfo> modules, ValueId value,
                     LambdaFunction& function);

}  // namespace fnlint
