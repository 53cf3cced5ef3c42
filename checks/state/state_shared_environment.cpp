// On managed instances one environment serves several requests at once: what a handler changes
// without a lock, another request reads and changes meanwhile.

#include "checks/state/rules.h"
#include "checks/state/state_view.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/code_words.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

// Python gives each request a process of its own, and Rust does not compile without a lock.
// Source: AWS Lambda Developer Guide, "Lambda Managed Instances", runtimes.
bool shares_memory(Language language) {
  return language == Language::Java || language == Language::CSharp ||
         language == Language::JavaScript;
}

// Of a block that is made for each of what is not known, or is not known itself.
bool may_be_nothing(const ValuePool& pool, const Property& row) {
  if (pool.is(row.value, ValueKind::OneOf))
    return std::ranges::any_of(pool.operands(row.value),
                               [&](ValueId one) { return pool.is(one, ValueKind::Unknown); });
  return pool[row.path] == "CapacityProviderConfig" && is_unsaid(pool, row.value);
}

struct SeveralAtOnce {
  const Property* property = nullptr;  // null: one request at a time, or not on managed instances
  std::uint8_t uncertainty = 0;
};
SeveralAtOnce several_at_once(const Project& project, ResourceId function) {
  const ValuePool& pool = *project.pool;
  const Slice<Property> rows = project.stacks[function].properties;
  SeveralAtOnce found;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const Property& row = project.stacks.properties[i];
    const std::string_view path = pool[row.path];
    if (!path.starts_with("CapacityProviderConfig")) continue;
    const bool is_limit = path.ends_with("PerExecutionEnvironmentMaxConcurrency");
    const auto number = is_limit ? as_integer(pool, row.value) : std::nullopt;
    if (number == 1) return {};
    const bool is_open = pool.is(row.value, ValueKind::OneOf) || (is_limit && !number);
    found.uncertainty |= pool[row.value].uncertainty;
    if (is_open) found.uncertainty |= kConditional;
    if (may_be_nothing(pool, row)) found.uncertainty |= kUncertain;
    if (found.property == nullptr) found.property = &row;
  }
  return found;
}

// Made for several threads: ConcurrentHashMap, AtomicLong, ThreadLocal, ConcurrentDictionary.
bool is_made_for_it(const ValuePool& pool, ValueId value) {
  bool found = false;
  if (!value.exists()) return found;
  for_each_below(pool, value, [&](ValueId id) {
    if (!pool.is(id, ValueKind::Hole) || pool[id].origin != Origin::Library) return;
    const std::string path = lower(pool.text(id));
    found |= std::ranges::any_of(known::concurrent_types(), [&](std::string_view word) {
      return path.find(word) != path.npos;
    });
  });
  return found;
}

// A field that is only set, to something that is the same for all, does no harm; nor does one that
// is filled where it is empty. One thread of JavaScript goes on alone: what another request finds
// there is what this one has left of its own.
bool is_harmless(const ValuePool& pool, const LambdaFunction& function, const StateChange& change) {
  if ((change.flags & (kLocked | kInHook)) != 0 || is_environment(pool, change.place) ||
      is_guarded_by_itself(pool, change) || is_brought_by_guarded(pool, function, change) ||
      is_shared_by_design(pool, change) || is_part_of_library(pool, change) ||
      is_made_for_it(pool, change.initial) || is_made_for_it(pool, change.place))
    return true;
  if (change.how != StoreKind::Assign) return function.language == Language::JavaScript;
  return !change.of_request && (!change.read_before || function.language == Language::JavaScript);
}

}  // namespace

void state_shared_environment(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || !shares_memory(function.language)) continue;
    const SeveralAtOnce several = several_at_once(project, function.resource);
    if (several.property == nullptr) continue;
    for (const StateChange& change : function.changes) {
      if (is_harmless(pool, function, change)) continue;
      findings.push_back(
          finding_at(pool, "state-shared-environment-race", function, change)
              .at_most(change.initial.exists() ? Confidence::Certain : Confidence::Likely)
              .at_most(confidence_of(several.uncertainty))
              .says("'", change.name, "' is changed without a lock, and '", function.name,
                    "' serves several requests at once in one environment: they change it at the "
                    "same time, or find what another one has left there.")
              .related(several.property->key, "This runs it on managed instances."));
    }
  }
}

}  // namespace fnlint
