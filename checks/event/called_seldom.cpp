// Reads schedules, event rules, topics and state machines for how often they can start a function,
// and whether any of them waits for it.

#include "checks/event/called_seldom.h"

#include "core/text.h"
#include "tables/known.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

namespace {

// Idle environments are taken away after minutes; half an hour leaves hardly one.
constexpr int kMinutesApart = 30;

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "rate(6 hours)", "cron(15 3 * * ? *)", "cron(0/30 * * * ? *)", "at(2026-11-20T13:00:00)". At one
// minute of the hour: at most once an hour.
bool is_seldom(std::string_view expression) {
  const std::size_t open = expression.find('(');
  if (open == std::string_view::npos || !expression.ends_with(')')) return false;
  const std::string_view kind = trim(expression.substr(0, open));
  const std::string_view inner = trim(expression.substr(open + 1, expression.size() - open - 2));
  if (kind == "at") return true;
  const std::string_view field = inner.substr(0, inner.find(' '));
  const std::optional<int> first = whole_number(field);
  if (kind == "cron") {
    const std::size_t slash = field.find('/');
    const auto step = slash == field.npos ? std::nullopt : whole_number(field.substr(slash + 1));
    return first.has_value() || (step && *step >= kMinutesApart);
  }
  if (kind != "rate") return false;
  const std::string_view unit = trim(inner.substr(std::min(inner.find(' '), inner.size())));
  return unit.starts_with("hour") || unit.starts_with("day") ||
         (unit.starts_with("minute") && first && *first >= kMinutesApart);
}

// "cron(0 ${var.hour} * * ? *)": the text, where a mark stands for what a deployment says.
std::optional<std::string> text_with_gaps(const ValuePool& pool, ValueId expression) {
  if (const auto text = as_text(pool, expression)) return std::string(*text);
  if (!pool.is(expression, ValueKind::Pattern)) return std::nullopt;
  std::string text;
  for (const ValueId part : pool.operands(expression)) {
    const auto literal = as_text(pool, part);
    text += literal ? *literal : std::string_view("(?)");
  }
  return text;
}

bool is_seldom(const ValuePool& pool, ValueId expression) {
  if (pool.is(expression, ValueKind::OneOf))
    return std::ranges::all_of(pool.operands(expression),
                               [&](ValueId one) { return is_seldom(pool, one); });
  const std::optional<std::string> text = text_with_gaps(pool, expression);
  return text && is_seldom(std::string_view(*text));
}

// A rule that waits for what fails alone.
bool waits_for_failures(const ValuePool& pool, const Relation& rule) {
  const ValueId detail = entry_of(pool, rule.filter, "detail");
  if (!detail.exists()) return false;
  const auto fails = [&](std::string_view field) {
    const std::vector<std::string_view> states = asked_texts(pool, detail, field);
    return !states.empty() && std::ranges::all_of(states, [](std::string_view state) {
      return is_one_of(known::failed_states(), state);
    });
  };
  return std::ranges::any_of(known::state_fields(), fails);
}

// A rule that waits for what people or deployments do: the end of a pipeline, a pushed image.
bool waits_for_seldom_events(const ValuePool& pool, const Relation& rule) {
  if (!rule.filter.exists()) return false;
  if (waits_for_failures(pool, rule)) return true;
  const std::vector<std::string_view> sources = asked_texts(pool, rule.filter, "source"),
                                      kinds = asked_texts(pool, rule.filter, "detail-type");
  const auto are = [&](std::string_view kind) {
    return !kinds.empty() && std::ranges::all_of(kinds, [&](auto one) { return one == kind; });
  };
  const auto is_one = [&](std::string_view source) {
    return std::ranges::any_of(known::seldom_event_sources(), [&](const auto& row) {
      return row[0] == source && (row[1].empty() || are(row[1]));
    });
  };
  return !sources.empty() && std::ranges::all_of(sources, is_one);
}

// A topic that only rules tell of what is seldom.
bool only_seldom_events_come(const Project& project, const OtherCallers& others, ResourceId topic) {
  if (!topic.exists() || project.stacks[topic].kind != ResourceKind::Topic ||
      others.code_tells(topic))
    return false;
  bool found = false;
  for (const Relation& row : project.stacks.relations) {
    if (row.kind != RelationKind::Forward || row.to != topic) continue;
    if (!row.from.exists() || project.stacks[row.from].kind != ResourceKind::Bus ||
        !waits_for_seldom_events(*project.pool, row))
      return false;
    found = true;
  }
  return found;
}

// What says when stands beside the target, or in the rule or schedule that the target names. A rule
// may wait for events as well: these come from a bus.
bool is_seldom(const Project& project, const OtherCallers& others, const Relation& trigger) {
  if (others.only_alarms_tell(trigger.from) ||
      only_seldom_events_come(project, others, trigger.from))
    return true;
  if (trigger.from.exists() && project.stacks[trigger.from].kind == ResourceKind::Bus)
    return waits_for_seldom_events(*project.pool, trigger);
  for (const std::string_view path : {"ScheduleExpression", "Schedule"}) {
    const Property* property = source_property(project, trigger, path);
    if (property == nullptr && trigger.from.exists())
      property = property_of(project, trigger.from, path);
    if (property != nullptr) return is_seldom(*project.pool, property->value);
  }
  return false;
}

bool is_machine(const Project& project, ResourceId id) {
  return id.exists() && project.stacks[id].kind == ResourceKind::StateMachine;
}

enum class Started : std::uint8_t { Unknown, Seldom, Otherwise };

// What is known to start the state machine; one may start another.
Started started(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                ResourceId machine, int depth = 0) {
  constexpr int kDepth = 4;
  if (others.may_start(machine) || depth > kDepth) return Started::Otherwise;
  Started all = Started::Unknown;
  for (const Relation* row : relations[machine]) {
    if (row->kind != RelationKind::Forward) continue;
    const bool by_another = is_machine(project, row->from);
    const bool seldom =
        by_another ? started(project, relations, others, row->from, depth + 1) == Started::Seldom
                   : is_seldom(project, others, *row);
    if (!seldom) return Started::Otherwise;
    all = Started::Seldom;
  }
  return all;
}

bool only_machines_call(const Project& project, const RelationsTo& relations,
                        const OtherCallers& others, ResourceId function) {
  return !others.surely_call(function) &&
         std::ranges::none_of(relations[function], [&](const Relation* row) {
           return row->kind == RelationKind::MayInvoke ||
                  (row->kind == RelationKind::Trigger && !is_machine(project, row->from));
         });
}

}  // namespace

bool is_called_seldom(const Project& project, const RelationsTo& relations,
                      const OtherCallers& others, ResourceId function) {
  bool found = false;
  for (const Relation* row : relations[function]) {
    if (row->kind != RelationKind::Trigger) continue;
    const bool seldom = is_machine(project, row->from)
                            ? started(project, relations, others, row->from) == Started::Seldom
                            : is_seldom(project, others, *row);
    if (!seldom) return false;
    found = true;
  }
  return found && !others.surely_call(function);
}

bool nobody_waits(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                  ResourceId function) {
  constexpr std::array kSend{ResourceKind::Queue,  ResourceKind::Stream,  ResourceKind::Table,
                             ResourceKind::Bucket, ResourceKind::Topic,   ResourceKind::Bus,
                             ResourceKind::Rule,   ResourceKind::Schedule};
  bool found = false;
  for (const Relation* row : relations[function]) {
    if (row->kind != RelationKind::Trigger) continue;
    if (!row->from.exists() ||
        std::ranges::find(kSend, project.stacks[row->from].kind) == kSend.end())
      return false;
    found = true;
  }
  return found && !others.surely_call(function);
}

bool is_caller_unknown(const Project& project, const RelationsTo& relations,
                       const OtherCallers& others, ResourceId function) {
  return only_machines_call(project, relations, others, function) &&
         std::ranges::none_of(relations[function], [&](const Relation* row) {
           return row->kind == RelationKind::Trigger &&
                  started(project, relations, others, row->from) == Started::Otherwise;
         });
}

bool may_be_job(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                ResourceId function) {
  constexpr std::int64_t kSeconds = 300, kMost = 900;  // Lambda takes no more
  const Property* timeout = property_of(project, function, "Timeout");
  const auto seconds =
      timeout != nullptr ? as_integer(*project.pool, timeout->value) : std::nullopt;
  return seconds && *seconds >= kSeconds && *seconds <= kMost &&
         only_machines_call(project, relations, others, function);
}

bool is_job_of_nobody_known(const Project& project, const RelationsTo& relations,
                            const OtherCallers& others, ResourceId function) {
  return is_caller_unknown(project, relations, others, function) &&
         may_be_job(project, relations, others, function);
}

}  // namespace fnlint
