// Puts parameters that the templates declare in the place of reads of the Parameter Store.
#pragma once

#include "flow/engine/engine.h"
#include "link/effects/function_scope.h"

#include <map>
#include <optional>
#include <span>

namespace fnlint {

// What parameters of the project hold, where code asks the Parameter Store for them.
class StoredParameters {
 public:
  StoredParameters(Engine& engine, const Stacks& stacks, FunctionScope& scope)
      : engine_(engine), stacks_(stacks), scope_(scope) {}

  // Steps among which parameters are read.
  void note(std::span<const Step> steps);
  // The value with what they hold in place of what reading them gives.
  [[nodiscard]] ValueId put_in(ValueId value);

 private:
  [[nodiscard]] std::optional<ValueId> held_by(const Step& read);

  Engine& engine_;
  const Stacks& stacks_;
  FunctionScope& scope_;
  std::map<std::uint64_t, ValueId> given_ = {};  // by the call; no id: not always the same one
};

}  // namespace fnlint
