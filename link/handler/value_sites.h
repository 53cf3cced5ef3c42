// Remembers which call gave a value, for values that a message may have to show.
#pragma once

#include "link/code/code.h"
#include "model/project.h"
#include "values/value_memo.h"

#include <cstdint>
#include <span>

namespace fnlint {

// The call that gave a value that has that `ref`.
constexpr CallSite call_site(std::uint64_t ref) {
  return {ModuleId{static_cast<std::uint32_t>(ref >> 32U)}, OpId{static_cast<std::uint32_t>(ref)}};
}
// Adds the place of the call that gave a value: one that differs each time, a secret, or an object.
void add_value_site(const ValuePool& pool, std::span<const ModuleInfo> modules, ValueId value,
                    LambdaFunction& function);
// Adds the places of the calls that parts of the value come from and that checks show: what differs
// each time, and the objects that configure a layer. `seen`: what of the function's was looked at.
void add_value_sites(const ValuePool& pool, std::span<const ModuleInfo> modules, ValueId value,
                     ValueMemo& seen, LambdaFunction& function);

}  // namespace fnlint
