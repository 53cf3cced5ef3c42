// Interns events as rows, asks filters and replays for each edge once, and weighs what rests on
// defaults or on one of several alternatives.

#include "link/effects/event_steps.h"

#include "link/effects/relation_filters.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace fnlint {

namespace {

constexpr std::uint64_t kEffect = std::uint64_t{1} << 63U;

// What an asynchronous invocation, or a mapping's batch, hands on; all that leaves another
// resource.
Answer leaves_function(const Stacks& stacks, const Relation& relation, Invocation invocation) {
  if (stacks[relation.from].kind != ResourceKind::Function) return Answer::Yes;
  if (invocation == Invocation::Unknown) return Answer::Unknown;
  const bool of_batch = relation.declared_by.exists() &&
                        stacks[relation.declared_by].kind == ResourceKind::EventSourceMapping;
  const Invocation needed = of_batch ? Invocation::Polled : Invocation::Asynchronous;
  return invocation == needed ? Answer::Yes : Answer::No;
}

bool takes(ValuePool& pool, const Stacks& stacks, const Relation& relation, CausedEvent event,
           std::string_view type) {
  event.types = {type};
  return passes(pool, stacks, relation, event) != Answer::No;
}

bool is_default(const ValuePool& pool, ValueId value) {
  return value.exists() && (pool[value].uncertainty & kOverridable) != 0;
}

// Is it a default that lets the event pass, one that stands on one side alone? What both sides take
// from an input is the same whatever a deployment gives. What a pattern says of the resource that
// the event comes from is its name.
bool rests_on_default(const ValuePool& pool, const Stacks& stacks, const Relation& relation,
                      const CausedEvent& event) {
  if (stacks[relation.from].kind != ResourceKind::Bucket)
    return is_default(pool, relation.filter) && !is_default(pool, event.message) &&
           !is_default(pool, event.key) && !is_default(pool, stacks[relation.from].physical_name) &&
           !(event.source.exists() && is_default(pool, stacks[event.source].physical_name));
  const auto ends_by_default = [&](std::string_view end) {
    const ValueId wanted = entry_of_record(pool, relation.filter, end);
    if (!wanted.exists() || pool.is(wanted, ValueKind::Absent)) return false;
    const bool empty = as_text(pool, wanted) == std::optional<std::string_view>("");
    return is_default(pool, wanted) != (!empty && is_default(pool, event.key));
  };
  return ends_by_default("prefix") || ends_by_default("suffix");
}

// The filter with one alternative of what it asks of keys at each place, where there are several.
std::vector<ValueId> filters_of(ValuePool& pool, const Relation& relation) {
  std::vector<ValueId> filters{relation.filter};
  for (const std::string_view end : {"prefix", "suffix"}) {
    const ValueId wanted = entry_of_record(pool, relation.filter, end);
    if (!wanted.exists() || !pool.is(wanted, ValueKind::OneOf)) continue;
    std::vector<ValueId> each;
    for (const ValueId filter : filters)
      for (const ValueId one :
           std::vector<ValueId>(pool.operands(wanted).begin(), pool.operands(wanted).end()))
        each.push_back(with_entry(pool, filter, pool.text_value(end), one));
    filters = std::move(each);
  }
  return filters;
}

// The event as it passes where some of what its key or the filter may be lets it pass; none: that
// is known of no such pair. What a replacement may have found is not known at all.
std::optional<CausedEvent> passes_at_times(ValuePool& pool, const Stacks& stacks,
                                           const Relation& relation, const CausedEvent& event) {
  const bool is_choice = event.key.exists() && pool.is(event.key, ValueKind::OneOf) &&
                         (pool[event.key].uncertainty & kConditional) == 0;
  std::vector<ValueId> keys{event.key};
  if (is_choice) keys.assign(pool.operands(event.key).begin(), pool.operands(event.key).end());
  const std::vector<ValueId> filters = filters_of(pool, relation);
  if (stacks[relation.from].kind != ResourceKind::Bucket || keys.size() + filters.size() < 3)
    return std::nullopt;
  const auto passes_with = [&](ValueId key) {
    return std::ranges::any_of(filters, [&](ValueId filter) {
      Relation one = relation;
      one.filter = filter;
      CausedEvent narrowed = event;
      narrowed.key = key;
      return passes(pool, stacks, one, narrowed) == Answer::Yes;
    });
  };
  std::vector<Alternative> passing;
  for (const ValueId key : keys)
    if (passes_with(key)) passing.push_back({key, {}});
  if (passing.empty()) return std::nullopt;
  CausedEvent narrowed = event;
  if (is_choice) narrowed.key = pool.one_of(passing);
  return narrowed;
}

}  // namespace

void EventSteps::forget_above(std::size_t answers) {
  if (done_.size() + passed_.size() <= answers) return;
  done_.clear();
  passed_.clear();
  events_.clear();
  rows_.clear();
}

std::size_t EventSteps::EventHash::operator()(const CausedEvent& event) const {
  std::size_t hash = event.types.size();  // their words say little that the others do not
  for (const std::uint64_t part :
       {std::uint64_t{event.key.index}, std::uint64_t{event.message.index},
        std::uint64_t{event.attributes.index}, std::uint64_t{event.source.index}, event.round})
    hash = (hash ^ part) * 0x9E3779B97F4A7C15U;
  return hash ^ hash >> 32U;
}

EventRow EventSteps::row_of(const CausedEvent& event) {
  const auto [row, added] = rows_.try_emplace(event, static_cast<EventRow>(events_.size()));
  if (added) events_.push_back(&row->first);
  return row->second;
}

const EventSteps::Done& EventSteps::done(std::uint32_t function, std::uint32_t effect,
                                         EventRow event, bool always) {
  const std::uint64_t edge =
      kEffect | std::uint64_t{function} << 31U | std::uint64_t{effect} << 1U | (always ? 1U : 0U);
  const auto [row, added] = done_.try_emplace(Key{edge, event});
  Done& done = row->second;
  if (!added) return done;
  const Effect& asked = project_.functions[function].effects[effect];
  const CausedEvent& given = *events_[event];
  done.happens = always || replay_is_feasible(engine_, asked, nullptr, given, done.uncertainty,
                                         words_ ? &done.why : nullptr);
  if (!done.happens) return done;
  for (Caused& one : caused_by(engine_, project_.stacks, asked, given))
    done.sent.push_back({row_of(one.event), std::move(one.write), one.uncertainty});
  return done;
}

const EventSteps::Passed& EventSteps::passed(const Relation& relation, EventRow event) {
  const auto [row, added] =
      passed_.try_emplace(Key{relation_row(project_.stacks, relation), event});
  Passed& passed = row->second;
  if (!added) return passed;
  ValuePool& pool = engine_.pool();
  CausedEvent given = *events_[event];
  passed.leaves = leaves_function(project_.stacks, relation, given.invocation);
  passed.passes = passes(pool, project_.stacks, relation, given);
  if (passed.passes == Answer::Unknown)
    if (std::optional<CausedEvent> some = passes_at_times(pool, project_.stacks, relation, given)) {
      given = std::move(*some);
      passed.passes = Answer::Yes;
      passed.uncertainty |= kConditional;
    }
  if (passed.leaves == Answer::No || passed.passes == Answer::No) return passed;
  if (rests_on_default(pool, project_.stacks, relation, given)) passed.uncertainty |= kOverridable;
  CausedEvent arrived = carried(pool, project_.stacks, relation,
                                of_types_that_pass(relation, given, passed.uncertainty));
  if (arrived.round == kFirstEvent) arrived.round = kFirstEvent + 1;
  passed.event = row_of(arrived);
  return passed;
}

// An object is created in one way: a managed upload's size decides in which. Where only some are
// told of to a target, by any of its triggers, the others end the chain.
CausedEvent EventSteps::of_types_that_pass(const Relation& relation, const CausedEvent& event,
                                           std::uint8_t& uncertainty) const {
  const Stacks& stacks = project_.stacks;
  if (stacks[relation.from].kind != ResourceKind::Bucket || event.types.size() < 2) return event;
  CausedEvent left = event;
  std::erase_if(left.types, [&](std::string_view type) {
    return !takes(engine_.pool(), stacks, relation, event, type);
  });
  for (const std::string_view type : event.types) {
    const auto takes_it = [&](const Relation* other) {
      return other->from == relation.from && takes(engine_.pool(), stacks, *other, event, type);
    };
    if (type.starts_with("s3:ObjectCreated:") &&
        std::ranges::none_of(relations_[relation.to], takes_it))
      uncertainty |= kConditional;
  }
  return left;
}

}  // namespace fnlint
