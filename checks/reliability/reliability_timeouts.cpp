// A request that may wait for ever waits until the platform stops the function: nothing is left to
// answer, to retry or to clean up with, and all of it is paid for.

#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

bool sets_it_later(const ValuePool& pool, const Effect& effect) {
  if (!effect.result.exists()) return false;
  if (!pool.is(effect.result, ValueKind::List)) return true;
  return std::ranges::any_of(pool.operands(effect.result), [&](ValueId name) {
    return lower(as_text(pool, name).value_or("")).find("timeout") != std::string::npos;
  });
}

std::optional<std::string> function_timeout(const Project& project,
                                            const LambdaFunction& function) {
  const Property* timeout = property_of(project, function.resource, "Timeout");
  if (timeout == nullptr || !project.pool->is(timeout->value, ValueKind::Number))
    return std::nullopt;
  return std::string(project.pool->text(timeout->value));
}

void report(const Project& project, const LambdaFunction& function, const Effect& effect,
            Findings& findings) {
  const Operation& operation = operations()[effect.operation];
  const std::optional<std::string> timeout = function_timeout(project, function);
  findings.push_back(
      FindingBuilder("reliability-call-without-timeout", effect.uncertainty & (kCut | kOfHappening))
          .about(function)
          .at(effect.where)
          .says("This request (", call_name(effect),
                ") has no timeout: if the server does not respond, it waits until the platform "
                "stops the function",
                timeout ? cat(" after ", *timeout, *timeout == "1" ? " second" : " seconds")
                        : std::string(),
                ", with no time left to respond or to retry.")
          .identified(function.name, ':', operation.id)
          .along(effect.path, effect.where, "The request is sent here."));
}

}  // namespace

void reliability_timeouts(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    std::vector<Span> told;
    for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *list) {
        if (effect.library == UINT32_MAX) continue;
        const LibraryModel& row = library_models()[effect.library];
        if (!waits_for_ever(pool, row, effect.arguments, effect.object) ||
            sets_it_later(pool, effect))
          continue;
        if (std::ranges::find(told, effect.where) != told.end()) continue;
        told.push_back(effect.where);
        report(project, function, effect, findings);
      }
  }
}

}  // namespace fnlint
