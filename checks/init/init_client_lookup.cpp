// The Java SDK looks for region and credentials in one place after the other, unless its builder is
// told where they are: in a cold start this is time that nobody needs to spend.

#include "checks/init/rules.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kServices = "software.amazon.awssdk.services.";

bool is_called_like(std::string_view name, std::string_view wanted) {
  return lower(name).find(wanted) != std::string::npos;
}

// Whether a builder was told of it, or of something that is not known; `given`: what it collected.
bool may_be_told(const ValuePool& pool, ValueId given, std::string_view wanted) {
  if (!given.exists() || !pool.is(given, ValueKind::Record) || pool[given].ref == 1) return true;
  for (const StringId name : pool.names(given))
    if (is_called_like(pool[name], wanted) || is_called_like(pool[name], "applymutation") ||
        pool[name] == "**")
      return true;
  return false;
}

// The record of what the builder of a client was told; no id: not known.
ValueId told_builder(const ValuePool& pool, const CodeCall& call) {
  for (const ValueId from : {call.arguments, call.value}) {
    if (!from.exists()) continue;
    if (pool.is(from, ValueKind::Record)) return from;
    if (pool.is(from, ValueKind::Object) && !pool.operands(from).empty())
      return pool.operands(from)[0];
  }
  return {};
}

void check_builders(const Project& project, const LambdaFunction& function, Findings& findings) {
  const ValuePool& pool = *project.pool;
  std::set<Span> told;
  for (const CodeCall& call : function.made_at_init) {
    const bool is_sdk = call.value.exists() && pool.is(call.value, ValueKind::Object) &&
                        pool.text(call.value).starts_with(kServices);
    if (!is_sdk || call.phase == CallPhase::Invocation) continue;
    const ValueId given = told_builder(pool, call);
    if (may_be_told(pool, given, "region") || may_be_told(pool, given, "credentials") ||
        !told.insert(call.where).second)
      continue;
    findings.push_back(
        FindingBuilder("init-client-lookup", call.uncertainty)
            .at_call(function, call, "The client is made here.")
            .says("The builder of this client is told neither a region nor credentials: in each "
                  "cold start the SDK goes through its chains of providers to find them.")
            .caused_by({.key = "lookup", .apart = 2}));
  }
}

}  // namespace

void init_client_lookup(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    // A snapshot is made once; keys of the environment are not there when it is restored.
    if (property_of(project, function.resource, "SnapStart.ApplyOn") != nullptr) continue;
    check_builders(project, function, findings);
  }
}

}  // namespace fnlint
