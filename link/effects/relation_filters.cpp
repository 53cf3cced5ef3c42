// Puts each service's record in the form that its filter looks at: bucket notifications, rules,
// subscriptions, mappings and pipes.

#include "link/effects/relation_filters.h"

#include "values/answers.h"
#include "values/filter.h"
#include "values/lookups.h"
#include "values/where.h"

namespace fnlint {

namespace {

Answer passes_patterns(ValuePool& pool, ValueId filter, ValueId event) {
  const ValueId patterns = entry_of_record(pool, filter, "patterns");
  if (!patterns.exists() || !pool.is(patterns, ValueKind::List) || pool.operands(patterns).empty())
    return Answer::Yes;
  if (!event.exists()) return Answer::Unknown;
  Answer answer = Answer::No;
  const std::vector<ValueId> all(pool.operands(patterns).begin(), pool.operands(patterns).end());
  for (const ValueId pattern : all)
    answer = either_of(answer, matches_event_pattern(pool, pattern, event));
  return answer;
}

// A pattern names a bucket by reference or by its name; the one that the template uses decides.
Answer passes_rule(ValuePool& pool, const Stacks& stacks, const Relation& rule,
                   const CausedEvent& event) {
  Answer answer = Answer::No;
  const ValueId reference = pool.reference(event.source, "");
  const ValueId name = stacks[event.source].physical_name;
  const bool named = name.exists() && !pool.is(name, ValueKind::Absent);
  for (const std::string_view type : event.types) {
    Answer one = matches_event_pattern(pool, rule.filter, bridged(pool, event, type, reference));
    if (one != Answer::Yes && named)
      one = matches_event_pattern(pool, rule.filter, bridged(pool, event, type, name));
    answer = either_of(answer, one);
  }
  return answer;
}

Answer passes_bucket(ValuePool& pool, const Relation& relation, const CausedEvent& event) {
  if (!entry_of_record(pool, relation.filter, "events").exists())
    return event.types.empty() ? Answer::No : Answer::Yes;  // to EventBridge: every event
  Answer answer = Answer::No;
  for (const std::string_view type : event.types)
    answer = either_of(answer, matches_notification(pool, relation.filter, type, event.key));
  return answer;
}

Answer passes_subscription(ValuePool& pool, const Relation& relation, const CausedEvent& event) {
  const ValueId policy = entry_of_record(pool, relation.filter, "policy");
  if (!policy.exists() || pool.is(policy, ValueKind::Absent)) return Answer::Yes;
  const ValueId scope = entry_of_record(pool, relation.filter, "scope");
  const bool body =
      scope.exists() && as_text(pool, scope) == std::optional<std::string_view>("MessageBody");
  const ValueId asked = body ? event.message : event.attributes;
  return asked.exists() ? matches_event_pattern(pool, policy, asked) : Answer::Unknown;
}

// A record as the filter of a mapping or pipe sees it.
ValueId polled_record(ValuePool& pool, ResourceKind from, const CausedEvent& event) {
  if (!event.message.exists()) return {};
  if (from == ResourceKind::Table) return event.message;
  if (from == ResourceKind::Stream) return record_of(pool, {{"data", event.message}}, true);
  std::vector<NamedValue> entries{{pool.string("body"), event.message}};
  return pool.record(entries, true);
}

}  // namespace

Answer passes(ValuePool& pool, const Stacks& stacks, const Relation& relation,
              const CausedEvent& event) {
  const ResourceKind kind = stacks[relation.from].kind;
  const bool from_bucket =
      event.source.exists() && stacks[event.source].kind == ResourceKind::Bucket;
  switch (kind) {
    case ResourceKind::Bucket: return passes_bucket(pool, relation, event);
    case ResourceKind::Bus:
      if (!relation.filter.exists() || pool.is(relation.filter, ValueKind::Absent))
        return Answer::No;  // a schedule
      if (from_bucket) return passes_rule(pool, stacks, relation, event);
      return event.message.exists() ? matches_event_pattern(pool, relation.filter, event.message)
                                    : Answer::Unknown;
    case ResourceKind::Queue:
    case ResourceKind::Stream:
    case ResourceKind::Table:
      return passes_patterns(pool, relation.filter, polled_record(pool, kind, event));
    case ResourceKind::Topic: return passes_subscription(pool, relation, event);
    default: return Answer::Yes;
  }
}

}  // namespace fnlint
