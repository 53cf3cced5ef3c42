// What was handed over to be called later is noted once, however often its code is walked.
#include "flow/engine/registrations.h"

#include <algorithm>

namespace fnlint {

bool Registrations::is_registered(ValueId function) const {
  return std::ranges::any_of(rows_, [&](const Row& row) {
    return std::ranges::find(row.later, function, &LaterCall::function) != row.later.end();
  });
}

void Registrations::add_hook(ModuleId module, AppHook hook) {
  std::vector<AppHook>& hooks = rows_[module.index].hooks;
  if (std::ranges::find(hooks, hook) == hooks.end()) hooks.push_back(hook);
}

void Registrations::add_entry(ModuleId module, ValueId function) {
  std::vector<ValueId>& entries = rows_[module.index].entries;
  if (std::ranges::find(entries, function) == entries.end()) entries.push_back(function);
}

void Registrations::forget(std::size_t first, const IsForgotten& is_forgotten) {
  for (std::size_t i = first; i < rows_.size(); ++i)
    if (is_forgotten(ModuleId{static_cast<std::uint32_t>(i)})) rows_[i] = {};
}

}  // namespace fnlint
