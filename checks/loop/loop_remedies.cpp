// Proposes a filter that tells the function's own writes from the events that should start it, one
// kind of source at a time: bucket, rule, subscription, stream.

#include "checks/loop/loop_remedies.h"

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

// The relation that a step of a cycle goes along.
const Relation* relation_of(const Project& project, const CycleStep& step) {
  return step.relation == UINT32_MAX ? nullptr : &project.stacks.relations[step.relation];
}

// The step of a cycle that leads on from a resource; null: none does.
const CycleStep* next_step(const Cycle& cycle, ResourceId from) {
  const auto next = std::ranges::find_if(cycle.steps, [&](const CycleStep& step) {
    return step.kind != EdgeKind::Effect && step.from == from;
  });
  return next == cycle.steps.end() ? nullptr : &*next;
}

const Relation* next_relation(const Project& project, const Cycle& cycle, ResourceId from) {
  const CycleStep* step = next_step(cycle, from);
  return step == nullptr ? nullptr : relation_of(project, *step);
}

// What a value begins or ends with, as far as it is literal.
std::string_view literal_end(const ValuePool& pool, ValueId value, bool last) {
  if (!value.exists()) return {};
  if (pool[value].kind == ValueKind::Text) return pool.text(value);
  if (pool[value].kind != ValueKind::Pattern || pool.operands(value).empty()) return {};
  const ValueId part = last ? pool.operands(value).back() : pool.operands(value).front();
  return pool[part].kind == ValueKind::Text ? pool.text(part) : std::string_view{};
}

// The filter that tells the two sides of a bucket apart, by what the key shows of itself.
std::string change_of_bucket(const ValuePool& pool, const Effect& effect,
                             const Relation& relation) {
  const ValueId prefix = entry_of(pool, relation.filter, "prefix");
  const ValueId suffix = entry_of(pool, relation.filter, "suffix");
  const std::string_view start = literal_end(pool, effect.key, false);
  const std::string_view end = literal_end(pool, effect.key, true);
  const std::size_t dot = end.rfind('.'), slash = start.rfind('/');
  if (!suffix.exists() && dot != std::string_view::npos)
    return cat(" A suffix filter on the trigger that excludes '", end.substr(dot),
               "' would end it.");
  if (!prefix.exists() && slash != std::string_view::npos)
    return cat(" A prefix filter on the trigger that excludes '", start.substr(0, slash + 1),
               "' would end it.");
  const std::optional<std::string_view> taken =
      prefix.exists() ? as_text(pool, prefix) : std::nullopt;
  if (taken) return cat(" Writing outside of '", *taken, "' would end it.");
  const std::optional<std::string_view> asked =
      suffix.exists() ? as_text(pool, suffix) : std::nullopt;
  if (!start.empty())
    return cat(" Returning early for keys that begin with '", start, "' would end it.");
  // What all keys of the trigger end with says nothing of who has written them.
  if (asked && end.size() > asked->size())
    return cat(" Returning early for keys that end with '", end, "' would end it.");
  return {};
}

// A bucket's events that a rule hands on: the pattern tells the two sides apart.
std::string change_of_rule_on_bucket(const Project& project, const Effect& effect,
                                     const Relation& rule) {
  const ValuePool& pool = *project.pool;
  ValueId key = rule.filter;
  for (const std::string_view name : {"detail", "object", "key"})
    if (key.exists()) key = entry_of(pool, key, name);
  const std::string words = rule.declared_by.exists()
                                ? cat("the rule '", name_of(project, rule.declared_by), "'")
                                : std::string("the rule");
  if (key.exists())
    return cat(" Writing objects with keys that the pattern of ", words,
               " does not match would end it.");
  const std::string_view end = literal_end(pool, effect.key, true),
                         start = literal_end(pool, effect.key, false);
  const std::size_t dot = end.rfind('.'), slash = start.rfind('/');
  const std::string_view what = dot != end.npos ? "suffix" : "prefix",
                         text = dot != end.npos ? end.substr(dot) : start.substr(0, slash + 1);
  if (dot == end.npos && slash == start.npos) return {};
  return cat(" A ", what, " on object.key in the pattern of ", words, " that excludes '", text,
             "' would end it.");
}

// A rule is told from what its function sends by the source or the type of the event.
std::string change_of_rule(const Project& project, const Effect& effect, const CycleStep& anchor,
                           const Relation& relation) {
  const ValuePool& pool = *project.pool;
  const auto given = [&](std::string_view path) -> std::string {
    const ValueId value = member_at(pool, effect.arguments, path);
    const auto text = value.exists() ? as_text(pool, value) : std::nullopt;
    return text ? std::string(*text) : std::string();
  };
  const std::string source = given("Entries[].Source"), type = given("Entries[].DetailType");
  const std::string rule = relation.declared_by.exists()
                               ? cat("the rule '", name_of(project, relation.declared_by), "'")
                               : std::string("the rule");
  const bool asks_type = entry_of(pool, relation.filter, "detail-type").exists();
  if (!type.empty() && !asks_type)
    return cat(" A detail-type in the pattern of ", rule, " other than '", type,
               "', would end it.");
  if (!type.empty())
    return cat(" Sending a different detail-type than '", type, "', which ", rule,
               " matches, would end it.");
  if (!source.empty())
    return cat(" A pattern of ", rule, " without the source '", source, "', which '",
               name_of(project, anchor.from), "' uses, would end it.");
  return {};
}

// A message attribute that the sender sets, and a subscription could leave out.
std::string change_of_subscription(const Project& project, const Effect& effect,
                                   const CycleStep& anchor, const CycleStep& next) {
  const ValuePool& pool = *project.pool;
  const ValueId attributes = member_at(pool, effect.arguments, "MessageAttributes");
  const bool has_name = attributes.exists() && pool[attributes].kind == ValueKind::Record &&
                        !pool.names(attributes).empty();
  const std::string by = has_name ? cat("by the attribute '", pool[pool.names(attributes)[0]], "'")
                                  : std::string("by an attribute that only it sets");
  return cat(" A filter policy on the subscription of '", name_of(project, next.to),
             "' that excludes what '", name_of(project, anchor.from), "' publishes, ", by,
             ", or a different topic than '", name_of(project, anchor.to), "', would end it.");
}

std::string change_of_stream(const Project& project, const Effect& effect, const CycleStep& anchor,
                             const CycleStep& next) {
  const std::string to = name_of(project, next.to), from = name_of(project, anchor.from);
  const auto events = operations()[effect.operation].events;
  if (events.size() == 1)
    return cat(" A filter on the mapping of '", to, "' that excludes ",
               events[0].substr(events[0].find(':') + 1), " would end it.");
  return cat(" A filter on the mapping of '", to, "' that excludes what '", from,
             "' writes, by an attribute that only it sets, would end it.");
}

}  // namespace

std::string smallest_change_to_loop(const Project& project, const Cycle& cycle,
                                    const CycleStep& anchor) {
  if (anchor.kind != EdgeKind::Effect || anchor.effect == UINT32_MAX) return {};
  const Effect& effect = project.functions[anchor.function].effects[anchor.effect];
  const ResourceKind kind = project.stacks[anchor.to].kind;
  if (kind == ResourceKind::Function)
    return " A counter in the payload that is checked before the call would end it.";
  const CycleStep* next = next_step(cycle, anchor.to);
  const Relation* relation = next == nullptr ? nullptr : relation_of(project, *next);
  if (relation == nullptr) return {};
  const std::string name = name_of(project, anchor.to);
  switch (kind) {
    case ResourceKind::Bucket: {
      if (project.stacks[relation->to].kind != ResourceKind::Bus)
        return change_of_bucket(*project.pool, effect, *relation);
      const Relation* rule = next_relation(project, cycle, relation->to);
      return rule == nullptr ? std::string() : change_of_rule_on_bucket(project, effect, *rule);
    }
    case ResourceKind::Bus: return change_of_rule(project, effect, anchor, *relation);
    case ResourceKind::Topic: return change_of_subscription(project, effect, anchor, *next);
    case ResourceKind::Table: return change_of_stream(project, effect, anchor, *next);
    case ResourceKind::Queue:  // a filter would delete what it leaves out
      return cat(" Sending to a different queue than '", name,
                 "', or a counter in the message that is checked before sending, would end it.");
    case ResourceKind::Stream:
      return cat(" A different stream than '", name, "', or a filter on the mapping of '",
                 name_of(project, next->to), "' that excludes what '",
                 name_of(project, anchor.from), "' puts there, would end it.");
    default: return {};
  }
}

}  // namespace fnlint
