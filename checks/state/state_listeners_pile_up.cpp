// A logger, the process or an emitter of a module lives as long as the environment: what each
// invocation adds to it stays, and is called once more by all that follow.

#include "checks/event/called_seldom.h"
#include "checks/state/done_once.h"
#include "checks/state/rules.h"
#include "checks/view/deployment_functions.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace fnlint {

namespace {

bool is_listener(const Effect& effect, std::string_view name) {
  const std::string_view id = operations()[effect.operation].id;
  return id.starts_with(kListeners) && id.substr(kListeners.size() + 1) == name;
}

// It is there for all invocations, and what is added is not there already.
bool adds_one_more(const Effect& effect) {
  return is_listener(effect, "Add") || (is_listener(effect, "AddOnce") && !effect.key_lasts) ||
         (is_listener(effect, "AddTo") && effect.object_lasts);
}

// "logging.getLogger" of "logging.getLogger().addHandler".
std::string_view owner_of(const Effect& effect) {
  std::string_view path = library_models()[effect.library].path;
  path = path.substr(0, path.rfind('.'));
  if (path.ends_with("()")) path.remove_suffix(2);
  return path;
}

// A logger of its own for each invocation: `logging.getLogger(context.aws_request_id)`.
bool is_of_invocation(const ValuePool& pool, const Effect& effect) {
  return effect.object.exists() &&
         std::ranges::any_of(
             std::array{Origin::Event, Origin::Context, Origin::Fresh, Origin::Clock},
             [&](Origin origin) { return has_origin(pool, effect.object, origin); });
}

// A test on the way asks it what it has: `if not logger.handlers`, `process.listenerCount(name)`.
bool is_asked_before(const ValuePool& pool, const Effect& effect) {
  const std::string_view owner = owner_of(effect);
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    bool asks = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      const bool is_named = pool.is(id, ValueKind::Object) ||
                            (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Library);
      asks = asks || (is_named && pool.text(id).starts_with(owner));
    });
    return asks;
  });
}

// A test on the way is not known, and may ask whether it was added before.
bool may_be_asked_before(const ValuePool& pool, const Effect& effect) {
  if ((effect.flags & kUnderUnknownTest) == 0) return false;
  bool is_explained = false;
  for (const Fact& fact : effect.holds) {
    if (pool.readable(fact.test)) continue;
    bool is_unknown = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      const Value& row = pool[id];
      const bool is_open = row.kind == ValueKind::Hole &&
                           (row.origin == Origin::CallResult || row.origin == Origin::Receiver ||
                            row.origin == Origin::Field || row.origin == Origin::Parameter);
      is_unknown = is_unknown || is_open || row.kind == ValueKind::Unknown;
    });
    if (is_unknown) return true;
    is_explained = true;
  }
  return !is_explained;
}

// An invocation removes it, or gives all of them up: `logger.handlers = []`.
bool is_removed(const ValuePool& pool, const LambdaFunction& function, const Effect& effect) {
  const bool removes = std::ranges::any_of(function.effects, [&](const Effect& other) {
    return is_listener(other, "Remove") && owner_of(other).starts_with(owner_of(effect));
  });
  return removes || std::ranges::any_of(function.changes, [&](const StateChange& change) {
           return pool.opcode(change.place) == Opcode::Member &&
                  pool.text(pool.operands(change.place)[1]) == "handlers";
         });
}

void check_listeners(const ValuePool& pool, const LambdaFunction& function, Findings& findings) {
  std::set<std::pair<FileId, std::string_view>> told;  // of one object one
  for (const Effect& effect : function.effects) {
    if (effect.library == UINT32_MAX || !adds_one_more(effect) ||
        may_be_asked_before(pool, effect) || is_of_invocation(pool, effect) ||
        is_asked_before(pool, effect) || is_removed(pool, function, effect) ||
        is_done_once(pool, function, asked_call(effect)) ||
        !told.insert({effect.where.file, owner_of(effect)}).second)
      continue;
    std::uint8_t uncertainty = effect.uncertainty;
    if ((effect.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
    // What is not read may remove it.
    if (function.cut != 0 || !function.not_followed.empty()) uncertainty |= kHeuristic;
    findings.push_back(
        FindingBuilder("state-listeners-pile-up", uncertainty)
            .about(function)
            .at(effect.where)
            .says("Each invocation adds one more to '", owner_of(effect),
                  "', which lives as long as the environment, and none is removed: all of them are "
                  "kept, with what they hold, and what calls one calls all.")
            .identified(function.name, ':', owner_of(effect))
            .with_steps(effect.path, effect.where, "It is added here."));
  }
}

}  // namespace

void state_listeners_pile_up(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  const DeploymentFunctions of_deployments(project);
  for (const LambdaFunction& function : project.functions)
    if (!of_deployments.contains(function) &&
        !is_called_seldom(project, relations, others, function.resource))
      check_listeners(*project.pool, function, findings);
}

}  // namespace fnlint
