// A request that may wait for ever waits until the platform stops the function: nothing is left to
// answer, to retry or to clean up with, and all of it is paid for.

#include "checks/call_name.h"
#include "checks/code_calls.h"
#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

// What an object of a library was made with.
ValueId arguments_of(const ValuePool& pool, ValueId object) {
  if (!object.exists() || pool[object].kind != ValueKind::Object || pool.operands(object).empty())
    return {};
  return pool.operands(object)[0];
}

// Whether the code says how long the call may wait, or may say so where that is not seen.
bool is_told(const ValuePool& pool, const LibraryModel& row, const Effect& effect) {
  if (!effect.arguments.exists() || pool[effect.arguments].kind != ValueKind::Record) return true;
  for (std::string_view one : split(row.timeout, '|')) {
    one = one.substr(0, one.find('*'));
    constexpr std::string_view kReceiver = "receiver.";
    const bool of_object = one.starts_with(kReceiver);
    if (of_object) one.remove_prefix(kReceiver.size());
    const ValueId from = of_object ? arguments_of(pool, effect.object) : effect.arguments;
    if (argument_of(pool, from, one).exists()) return true;
    // Options that are not known may hold it: `axios.get(url, options)`.
    const std::string_view options = one.substr(0, one.find('.'));
    const ValueId given = argument_of(pool, from, options);
    if (!given.exists() || options.size() == one.size()) continue;
    const Value& value = pool[given];
    const bool is_plain = value.kind == ValueKind::Text || value.kind == ValueKind::Pattern ||
                          value.kind == ValueKind::Number || value.kind == ValueKind::Function ||
                          (value.kind == ValueKind::Record && value.ref == 0);
    if (!is_plain) return true;
  }
  for (const StringId name : pool.names(effect.arguments))
    if (pool[name] == "**" || pool[name] == "*") return true;
  return pool[effect.arguments].ref == 1;
}

bool sets_it_later(const ValuePool& pool, const Effect& effect) {
  if (!effect.result.exists()) return false;
  if (!pool.is(effect.result, ValueKind::List)) return true;
  return std::ranges::any_of(pool.operands(effect.result), [&](ValueId name) {
    return lower(as_text(pool, name).value_or("")).find("timeout") != std::string::npos;
  });
}

std::optional<std::string> function_timeout(const Project& project, const LambdaFunction& function) {
  const Property* timeout = property_of(project, function.resource, "Timeout");
  if (timeout == nullptr || !project.pool->is(timeout->value, ValueKind::Number)) return std::nullopt;
  return std::string(project.pool->text(timeout->value));
}

void report(const Project& project, const LambdaFunction& function, const Effect& effect,
            Findings& findings) {
  const Operation& operation = operations()[effect.operation];
  Finding finding;
  finding.rule = "reliability-call-without-timeout";
  finding.confidence =
      confidence_of(static_cast<std::uint8_t>(effect.evidence & (kCut | kOfHappening)));
  const std::optional<std::string> timeout = function_timeout(project, function);
  finding.message = cat(
      "This request (", call_name(effect),
      ") has no timeout: if the server does not respond, it waits until the platform stops the "
      "function",
      timeout ? cat(" after ", *timeout, *timeout == "1" ? " second" : " seconds") : std::string(),
      ", with no time left to respond or to retry.");
  finding.where = effect.where;
  finding.function = function.name;
  finding.identity = cat(function.name, ':', operation.id);
  add_path(effect.path, finding);
  if (!finding.flow.empty()) finding.flow.push_back({effect.where, "The request is sent here."});
  findings.push_back(std::move(finding));
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
        if (!row.endless || is_told(pool, row, effect) || sets_it_later(pool, effect)) continue;
        if (std::ranges::find(told, effect.where) != told.end()) continue;
        told.push_back(effect.where);
        report(project, function, effect, findings);
      }
  }
}

}  // namespace fnlint
