// A secret that is fetched for every event costs each of them a request, its time and its price,
// and a burst of events runs into the store's limit of requests.

#include "checks/secrets/rules.h"
#include "checks/state/done_once.h"
#include "checks/state/state_view.h"
#include "checks/view/alarms.h"
#include "checks/view/beyond.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/secrets.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace fnlint {

namespace {

bool has_any(const ValuePool& pool, const Effect& effect, std::initializer_list<Origin> origins) {
  return std::any_of(origins.begin(), origins.end(), [&](Origin origin) {
    return (effect.target_value.exists() && has_origin(pool, effect.target_value, origin)) ||
           (effect.arguments.exists() && has_origin(pool, effect.arguments, origin));
  });
}

bool outlives(const ValuePool& pool, const LambdaFunction& function, ValueId id) {
  constexpr std::array kLasting{Origin::Global, Origin::Capture, Origin::Receiver,
                                Origin::Field,  Origin::Library, Origin::Clock};
  const Value& row = pool[id];
  const bool is_hole =
      row.kind == ValueKind::Hole && std::ranges::find(kLasting, row.origin) != kLasting.end();
  return row.kind == ValueKind::Object || is_hole || is_guard(pool, id, "once") ||
         is_own_variable(pool, function, id);
}

// Whether a test asks what outlives the invocation. What a service has answered is of this one,
// whichever client asked.
bool asks_what_stays(const ValuePool& pool, const LambdaFunction& function, ValueId test) {
  std::vector<ValueId> open{test};
  std::set<ValueId> seen;
  while (!open.empty()) {
    const ValueId id = open.back();
    open.pop_back();
    if (!id.exists() || !seen.insert(id).second || comes_from_beyond(pool, id)) continue;
    if (outlives(pool, function, id)) return true;
    open.insert(open.end(), pool.operands(id).begin(), pool.operands(id).end());
  }
  return false;
}

// Something that outlives the invocation was asked first, or a function that remembers its result.
bool is_kept(const ValuePool& pool, const LambdaFunction& function, const Effect& effect) {
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    const std::string_view layer = guard_of(pool, fact.test);
    return layer.empty() ? asks_what_stays(pool, function, fact.test) : layer == "once";
  });
}

// Between what is fetched without a question and a change, another fetch asks first: that is what
// the change keeps.
bool is_of_another(const ValuePool& pool, const LambdaFunction& function, const Effect& effect,
                   const StateChange& change) {
  const auto is_nearer = [&](const Effect& other) {
    const std::string_view id = operations()[other.operation].id;
    return effect.order < other.order && other.order < change.order &&
           std::ranges::find(secret_tables().fetches, id) != secret_tables().fetches.end() &&
           all_hold(other.holds, change.holds) && is_kept(pool, function, other);
  };
  return std::ranges::any_of(function.effects, is_nearer) ||
         std::ranges::any_of(function.unknown_calls, is_nearer);
}

// What comes of it is put where it was looked for before: in an entry of a map, in a field.
bool is_stored_where_missing(const ValuePool& pool, const LambdaFunction& function,
                             const Effect& effect) {
  return std::ranges::any_of(function.changes, [&](const StateChange& change) {
    return change.order > effect.order && has_origin(pool, change.value, Origin::Secret) &&
           is_guarded_by_itself(pool, change) && all_hold(effect.holds, change.holds) &&
           !is_of_another(pool, function, effect, change);
  });
}

bool counts_records(const ValuePool& pool, ValueId test) {
  return has_opcode(pool, test, Opcode::Length);
}

bool asks_answer(const ValuePool& pool, ValueId test) {
  bool found = false;
  for_each_below(pool, test, [&](ValueId id) { found = found || comes_from_beyond(pool, id); });
  return found;
}

// A test on the way is not known, and is none of what a service has answered.
bool may_ask_what_is_kept(const ValuePool& pool, const Effect& effect) {
  if ((effect.flags & kUnderUnknownTest) == 0) return false;
  bool of_answer = false;
  for (const Fact& fact : effect.holds) {
    if (pool.readable(fact.test)) continue;
    if (!asks_answer(pool, fact.test)) return true;
    of_answer = true;
  }
  return !of_answer;
}

// Only on a way that some events take, or some answers of a service lead to; that there are records
// is no choice.
bool is_by_event(const ValuePool& pool, const Effect& effect) {
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    const bool asks_event =
        has_origin(pool, fact.test, Origin::Event) && !counts_records(pool, fact.test);
    return asks_event || asks_answer(pool, fact.test);
  });
}

bool is_by_cache(const Effect& effect) {
  std::string_view path = effect.receiver;
  // A request to the extension, which keeps what it has fetched.
  if (effect.library != UINT32_MAX &&
      library_models()[effect.library].operation.starts_with("http."))
    return true;
  if (effect.library != UINT32_MAX) path = library_models()[effect.library].path;
  return std::ranges::any_of(secret_tables().caches, [path](std::string_view begins) {
    return path.starts_with(begins);
  });
}

enum class Called : std::uint8_t { Seldom, Often, Unknown };

// By a clock alone, also through a state machine, it is called seldom enough; what nothing in the
// template calls may be called at any rate.
Called how_often(const Project& project, const RelationsTo& relations, ResourceId called,
                 int depth = 0) {
  constexpr int kMachines = 3;  // one that starts another
  bool is_called = false;
  for (const Relation* row : relations[called]) {
    const bool starts_machine = depth > 0 && row->kind == RelationKind::Forward;
    if (row->kind != RelationKind::Trigger && !starts_machine) continue;
    is_called = true;
    if (!row->from.exists()) continue;
    const ResourceKind kind = project.stacks[row->from].kind;
    const bool by_clock = kind == ResourceKind::Schedule || kind == ResourceKind::Rule ||
                          (kind == ResourceKind::Bus &&
                           (!row->filter.exists() ||
                            project.pool->is(row->filter, ValueKind::Absent)));
    const bool by_machine = kind == ResourceKind::StateMachine && depth < kMachines &&
                            how_often(project, relations, row->from, depth + 1) == Called::Seldom;
    if (!by_clock && !by_machine && kind != ResourceKind::Secret) return Called::Often;
  }
  return is_called ? Called::Seldom : Called::Unknown;
}

void check_fetches(const Project& project, const LambdaFunction& function, Called called,
                   Findings& findings) {
  const ValuePool& pool = *project.pool;
  const auto check = [&](const Effect& effect) {
    const Operation& operation = operations()[effect.operation];
    if (std::ranges::find(secret_tables().fetches, operation.id) == secret_tables().fetches.end())
      return;
    if (has_any(pool, effect, {Origin::Event, Origin::Fresh, Origin::Clock, Origin::Element}) ||
        is_kept(pool, function, effect) || is_done_once(pool, function, asked_call(effect)) ||
        is_stored_where_missing(pool, function, effect) || is_by_cache(effect))
      return;
    if (may_ask_what_is_kept(pool, effect)) return;
    auto uncertainty = static_cast<std::uint8_t>(effect.uncertainty & ~kUncertain);
    if (has_any(pool, effect, {Origin::Parameter, Origin::CallResult, Origin::Receiver}))
      uncertainty |= kUncertain;
    if (waits_for_input(pool, effect)) uncertainty |= kOverridable;
    if (called == Called::Unknown) uncertainty |= kHeuristic;
    const bool by_event = is_by_event(pool, effect);
    if (by_event) uncertainty |= kConditional;
    const bool on_some = by_event || (effect.flags & kInRoute) != 0;
    findings.push_back(
        FindingBuilder("secrets-fetched-per-invocation", uncertainty)
            .about(function)
            .at(effect.where)
            .says("'", function.name, "' fetches the same value (", operation.id,
                  on_some ? ") for every event that takes this path" : ") for every invocation",
                  ": each one waits and pays for it. Kept outside of the handler with an expiry, "
                  "it serves all of them.")
            .identified(function.name, ':', operation.id)
            .with_steps(effect.path, effect.where, "The value is fetched."));
  };
  for (const Effect& effect : function.effects) check(effect);
  for (const Effect& effect : function.unknown_calls) check(effect);
}

// It changes secrets: then it must see them as they are.
bool writes_secrets(const LambdaFunction& function) {
  const auto writes = [](const Effect& effect) {
    const std::string_view id = operations()[effect.operation].id;
    return id == "secretsmanager.PutSecretValue" || id == "secretsmanager.RotateSecret" ||
           id == "ssm.PutParameter";
  };
  return std::ranges::any_of(function.effects, writes) ||
         std::ranges::any_of(function.unknown_calls, writes);
}

}  // namespace

void secrets_fetched(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    const Called called = how_often(project, relations, function.resource);
    if (called != Called::Seldom && !writes_secrets(function) &&
        !reads_alarms(*project.pool, function))
      check_fetches(project, function, called, findings);
  }
}

}  // namespace fnlint
