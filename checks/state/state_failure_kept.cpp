// What is made once and kept is kept as it came out: a promise that was refused, or an error that a
// `once` left in a variable, fails all later invocations of the environment, too.

#include "checks/event/called_seldom.h"
#include "checks/state/rules.h"
#include "checks/state/state_view.h"
#include "checks/view/beyond.h"
#include "checks/view/code_calls.h"
#include "checks/view/deployment_functions.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

enum class Kept : std::uint8_t { Nothing, Task, Error };

// Given beside a result, or made of one.
bool is_error(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::Hole))
    return pool[value].origin == Origin::CallResult && pool.text(value) == "error";
  const std::string_view path = call_of(pool, value);
  const LibraryModel* const made =
      path.empty() ? nullptr : find_library_model(Language::Unknown, path);
  return made != nullptr && made->gives == "error";
}

// What may fail at one time and not at another: what a call beyond the process gives, or an object
// that a library gives as a promise.
bool may_fail_at_times(const ValuePool& pool, ValueId value) {
  bool may = false;
  for_each_below(pool, value, [&](ValueId id) {
    may = may || pool.is(id, ValueKind::Unknown) || comes_from_beyond(pool, id) ||
          (pool.is(id, ValueKind::Object) && pool.text(id).ends_with("()")) ||
          (pool.is(id, ValueKind::Hole) &&
           (pool[id].origin == Origin::Secret || pool[id].origin == Origin::CallResult));
  });
  return may;
}

bool is_done_by_once(const ValuePool& pool, const StateChange& change) {
  return std::ranges::any_of(change.holds, [&](const Fact& fact) {
    return fact.holds && is_guard(pool, fact.test, "once");
  });
}

// What it keeps until a time is made again.
bool is_kept_for_a_time(const ValuePool& pool, const StateChange& change) {
  return std::ranges::any_of(
      change.holds, [&](const Fact& fact) { return has_origin(pool, fact.test, Origin::Clock); });
}

Kept kept_by(const ValuePool& pool, const StateChange& change) {
  if (!change.value.exists() || change.left == ResidualRead::NotRead ||
      is_kept_for_a_time(pool, change))
    return Kept::Nothing;
  // `kept = kept || load()` asks in the value itself.
  const bool once =
      is_guarded_by_itself(pool, change) || has_origin(pool, change.value, Origin::Global);
  if (change.unsettled && once && may_fail_at_times(pool, change.value)) return Kept::Task;
  if (is_error(pool, change.value) && is_done_by_once(pool, change)) return Kept::Error;
  return Kept::Nothing;
}

// Something takes it away again, or puts another there that is no such failure: where the code
// answers one, that is how.
bool is_taken_back(const ValuePool& pool, const LambdaFunction& function,
                   const StateChange& change) {
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    if (other.place != change.place || other.where == change.where) return false;
    const bool removes = other.how == StoreKind::Delete || other.how == StoreKind::Remove ||
                         other.how == StoreKind::Clear;
    return removes || (!other.unsettled && !is_done_by_once(pool, other));
  });
}

}  // namespace

void state_failure_kept(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  const DeploymentFunctions of_deployments(project);
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    if (of_deployments.contains(function) ||
        is_called_seldom(project, relations, others, function.resource))
      continue;
    std::set<ValueId> told;
    for (const StateChange& change : function.changes) {
      const Kept kept = kept_by(pool, change);
      if (kept == Kept::Nothing || is_taken_back(pool, function, change) ||
          !told.insert(change.place).second)
        continue;
      std::uint8_t uncertainty = change.uncertainty;
      if (function.cut != 0 || !function.not_followed.empty()) uncertainty |= kHeuristic;
      const std::string_view how =
          kept == Kept::Task
              ? "keeps what was started, whether it succeeds or not: once it has failed, everyone "
                "who waits for it gets that failure"
              : "is set where the work that is done once has failed, and that work is not done "
                "again: everyone who asks gets that error";
      findings.push_back(FindingBuilder("state-failure-kept", uncertainty)
                             .about(function)
                             .at(change.where)
                             .says("'", change.name, "' ", how,
                                   ", in this and all later invocations of the environment.")
                             .identified(function.name, ':', change.name)
                             .along(change.path, change.where, "It is kept here."));
    }
  }
}

}  // namespace fnlint
