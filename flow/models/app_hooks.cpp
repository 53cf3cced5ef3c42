// What a web framework is given to call as its application starts and stops.
#include "flow/models/app_hooks.h"

#include "core/text.h"
#include "flow/models/library_select.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

struct HookWord {
  std::string_view word = {};
  std::optional<HookTime> time = {};  // none: no deployed function comes to it
};
constexpr HookWord kHookWords[] = {{"startup", HookTime::Start},
                                   {"shutdown", HookTime::Stop},
                                   {"lifespan", HookTime::Around},
                                   {"process", {}}};

std::vector<ValueId> functions_in(const ValuePool& pool, ValueId given) {
  std::vector<ValueId> functions;
  if (!given.exists()) return functions;
  if (!pool.is(given, ValueKind::List)) {
    if (const ValueId one = function_in(pool, given); one.exists()) functions.push_back(one);
    return functions;
  }
  for (const ValueId entry : pool.operands(given))
    if (const ValueId one = function_in(pool, entry); one.exists()) functions.push_back(one);
  return functions;
}

}  // namespace

bool add_hooks(const LibraryCall& call, const LibraryModel& model) {
  constexpr std::string_view kWhen = " when ";
  bool registered = false;
  if (!call.invocation.at.module.exists()) return false;
  for (const std::string_view part : split(model.hooks, ',')) {
    const std::size_t when = part.find(kWhen);
    if (when != part.npos && !is_met(call, part.substr(when + kWhen.size()))) continue;
    const std::size_t equals = part.find('=');
    const auto* const row = std::ranges::find(kHookWords, part.substr(0, equals), &HookWord::word);
    const std::string_view selector = part.substr(0, when).substr(equals + 1);
    for (const ValueId function : functions_in(call.engine.pool(), select(call, selector))) {
      registered = true;
      if (row->time)
        call.engine.registrations().add_hook(call.invocation.at.module, {*row->time, function});
    }
  }
  return registered;
}

}  // namespace fnlint
