// What says that a second delivery does an effect again, and what leaves that open: an answer that
// was asked for before, and may be another by then.

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/alarms.h"
#include "checks/view/beyond.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/libraries.h"
#include "values/answers.h"
#include "values/good_answer.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace fnlint {

namespace {

// The error that a call gives beside its result.
constexpr std::string_view kError = "error";

// What was asked may change between two deliveries; what it is about, the content of an object,
// does not.
bool is_content(std::string_view path) {
  static const RE2 kContent(R"((?i)\.body\b|get_?object\b)");
  return RE2::PartialMatch(path, kContent);
}

bool is_call_result(const ValuePool& pool, ValueId id) {
  if (pool.is(id, ValueKind::Hole))
    return pool[id].origin == Origin::CallResult && pool.text(id) != kError;
  return comes_from_beyond(pool, id);
}

// What a method of the project gives that is not known, unless it only reads the event.
bool is_unknown_call(const ValuePool& pool, ValueId id) {
  return pool.opcode(id) == Opcode::Call && !has_origin(pool, pool.operands(id)[0], Origin::Event);
}

// Not what a content was asked with.
bool rests_on_answer(const ValuePool& pool, ValueId test) {
  std::vector<ValueId> open{test};
  std::set<ValueId> seen;
  while (!open.empty()) {
    const ValueId one = open.back();
    open.pop_back();
    const bool is_read = pool.is(one, ValueKind::Object) && is_content(pool.text(one));
    if (is_read || !seen.insert(one).second) continue;
    if (is_call_result(pool, one) || is_unknown_call(pool, one)) return true;
    const auto parts = pool.operands(one);
    open.insert(open.end(), parts.begin(), parts.end());
  }
  return false;
}

// That a statement has gone well: as a rule it does.
bool is_insert_done(const ValuePool& pool, const Fact& fact) {
  return fact.holds && pool.opcode(fact.test) == Opcode::Inserted;
}

// What a live connection is told now: who listens later gets nothing of it.
bool is_passing(const Operation& operation) {
  return operation.id == "iot-data.Publish" ||
         operation.id == "apigatewaymanagementapi.PostToConnection";
}

// A row in which nothing stands that was looked up or given: it says that there was a run, and
// when.
bool is_row_of_run(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  static constexpr std::array kOfRun{Origin::Clock,         Origin::Fresh,  Origin::Environment,
                                     Origin::TemplateInput, Origin::Pseudo, Origin::Attribute,
                                     Origin::Context,       Origin::Library};
  if (operation.inserts.empty() || !effect.arguments.exists()) return false;
  bool is_of_run = true;
  std::set<ValueId> fields;  // of objects: that there may be more says nothing of the row
  for_each_below(pool, effect.arguments, [&](ValueId id) {
    const Value& row = pool[id];
    const bool is_given =
        row.kind == ValueKind::Hole && std::ranges::find(kOfRun, row.origin) == kOfRun.end();
    const bool is_open = row.kind == ValueKind::Record && row.ref != 0 && !fields.contains(id);
    if (row.kind == ValueKind::Object && !pool.operands(id).empty())
      fields.insert(pool.operands(id)[0]);
    is_of_run = is_of_run && !is_given && !is_open && row.kind != ValueKind::Unknown &&
                !is_call_result(pool, id) && !is_unknown_call(pool, id);
  });
  return is_of_run;
}

// What a source's events are: lists of records, or something else.
enum class DeliveredForm : std::uint8_t { Unknown, Records, Other };

DeliveredForm form_of(const Project& project, const DeliverySource& source) {
  if (source.trigger == nullptr || !source.trigger->from.exists()) return DeliveredForm::Unknown;
  switch (project.stacks[source.trigger->from].kind) {
    case ResourceKind::Queue:
    case ResourceKind::Topic:
    case ResourceKind::Bucket:
    case ResourceKind::Table:
    case ResourceKind::Stream: return DeliveredForm::Records;
    case ResourceKind::Rule:
    case ResourceKind::Bus: return DeliveredForm::Other;
    default: return DeliveredForm::Unknown;
  }
}

// The first name of a field that must be there for the test to hold; empty: none is known.
std::string_view wanted_field(const ValuePool& pool, ValueId test) {
  const auto of_event = [&](ValueId id) {
    return pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Event;
  };
  // What stands in brackets is asked of the event as a whole: `typeof event`.
  const auto first = [](std::string_view path) {
    return path.starts_with('<') ? std::string_view() : path.substr(0, path.find_first_of(".["));
  };
  if (of_event(test)) return first(pool.text(test));
  if (!pool.is(test, ValueKind::Computed)) return {};
  const Opcode opcode = pool.opcode(test);
  const auto operands = pool.operands(test);
  if (opcode == Opcode::HasItems && of_event(operands[0])) return first(pool.text(operands[0]));
  if (operands.size() != 2) return {};
  if (opcode == Opcode::In && pool.is(operands[0], ValueKind::Text) && of_event(operands[1]) &&
      pool.text(operands[1]).empty())
    return pool.text(operands[0]);
  if (opcode != Opcode::Equal) return {};
  const bool begins = of_event(operands[0]);
  const ValueId field = operands[begins ? 0 : 1], other = operands[begins ? 1 : 0];
  return of_event(field) && pool.is(other, ValueKind::Text) && !pool.text(other).empty()
             ? first(pool.text(field))
             : std::string_view();
}

// What the requests of APIs have, and neither records nor what a bus or a clock sends.
bool is_of_request(std::string_view field) {
  return field == "httpMethod" || field == "requestContext" || field == "routeKey" ||
         field == "rawPath" || field == "pathParameters" || field == "queryStringParameters";
}

bool brings_lines_of_logs(const Project& project, const DeliverySource& source) {
  return source.trigger != nullptr && source.trigger->from.exists() &&
         project.stacks[source.trigger->from].kind == ResourceKind::LogGroup;
}

// An alarm of the project tells the topic, or a service that tells people of what it has done
// there, or the function reads what alarms say: what comes a second time is told anyway.
bool tells_of_alarms(const Project& project, const LambdaFunction& function,
                     const DeliverySource& source) {
  if (reads_alarms(*project.pool, function)) return true;
  if (source.trigger == nullptr || !source.trigger->from.exists()) return false;
  const ResourceId topic = source.trigger->from;
  if (project.stacks[topic].kind != ResourceKind::Topic) return false;
  return std::ranges::any_of(project.stacks.resources, [&](const Resource& resource) {
    return (is_alarm(project, resource) ||
            is_one_of(known::notice_writers(), (*project.pool)[resource.type])) &&
           referred_by(project, resource).contains(topic);
  });
}

}  // namespace

bool comes_of(const Project& project, const DeliverySource& source, const Effect& effect) {
  // What a function hands to another may choose among what that does.
  if (source.is_function && std::ranges::any_of(effect.holds, [&](const Fact& fact) {
        return has_origin(*project.pool, fact.test, Origin::Event);
      }))
    return false;
  if (source.trigger == nullptr || !source.trigger->from.exists()) return true;
  const auto row = relation_row(project.stacks, *source.trigger);
  if (std::ranges::find(effect.never_by, row) != effect.never_by.end()) return false;
  const DeliveredForm form = form_of(project, source);
  // Functions hand on what they got.
  const bool may_be_request = project.stacks[source.trigger->from].kind == ResourceKind::Function;
  return std::ranges::none_of(effect.holds, [&](const Fact& fact) {
    const std::string_view field =
        fact.holds ? wanted_field(*project.pool, fact.test) : std::string_view();
    if (field.empty()) return false;
    if (!may_be_request && is_of_request(field)) return true;
    return form != DeliveredForm::Unknown &&
           (field == "Records") != (form == DeliveredForm::Records);
  });
}

namespace {

// What asks an error, where these are values, which one it is.
bool asks_which_error(const ValuePool& pool, ValueId test) {
  const std::string_view asked = pool.text(test);
  return asked.starts_with("errors.As") || asked.starts_with("errors.Is");
}

// How a test is answered where a write was refused, and its error says so.
Answer answer_where_refused(const ValuePool& pool, ValueId test) {
  if (!pool.is(test, ValueKind::Computed))
    return asks_which_error(pool, test) ? Answer::Yes : Answer::Unknown;
  const Opcode opcode = pool.opcode(test);
  const auto operands = pool.operands(test);
  if (opcode == Opcode::Truthy) return answer_where_refused(pool, operands[0]);
  if (opcode == Opcode::Not) return opposite(answer_where_refused(pool, operands[0]));
  if (opcode == Opcode::And || opcode == Opcode::Or) {
    Answer whole = answer_of(opcode == Opcode::And);
    for (const ValueId part : operands) {
      const Answer one = answer_where_refused(pool, part);
      whole = opcode == Opcode::And ? both_of(whole, one) : either_of(whole, one);
    }
    return whole;
  }
  if (is_failure(pool, {test, true})) return Answer::Yes;
  return is_failure(pool, {test, false}) ? Answer::No : Answer::Unknown;
}

}  // namespace

bool ends_where_refused(const ValuePool& pool, const Effect& effect) {
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    bool asks = false;
    for_each_below(pool, fact.test, [&](ValueId id) { asks = asks || asks_which_error(pool, id); });
    return asks && answer_where_refused(pool, fact.test) == answer_of(!fact.holds);
  });
}

bool waits_for_choice(const ValuePool& pool, const Effect& effect) {
  const auto is_bool = [&](ValueId one) { return pool.is(one, ValueKind::Bool); };
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    ValueId asked = fact.test;
    while (pool.is(asked, ValueKind::Computed) &&
           (pool.opcode(asked) == Opcode::Truthy || pool.opcode(asked) == Opcode::Not))
      asked = pool.operands(asked)[0];
    return pool.is(asked, ValueKind::OneOf) && std::ranges::any_of(pool.operands(asked), is_bool);
  });
}

bool may_wait_for_answer(const Project& project, const LambdaFunction& function,
                         const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const auto is_bool = [&](ValueId one) { return pool.is(one, ValueKind::Bool); };
  const auto has_choice = [&](const Fact& fact) {
    bool found = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      found = found || (pool.is(id, ValueKind::OneOf) && (pool[id].uncertainty & kUngated) != 0 &&
                        std::ranges::all_of(pool.operands(id), is_bool));
    });
    return found;
  };
  const auto asks_store = [&](const Effect& read) {
    const Operation& operation = operations()[read.operation];
    return read.order < effect.order && operation.target_kind == ResourceKind::Table &&
           only_reads(operation) && read.arguments.exists() &&
           has_origin(pool, read.arguments, Origin::Event);
  };
  return std::ranges::any_of(effect.holds, has_choice) &&
         std::ranges::any_of(function.effects, asks_store);
}

bool is_surely_repeated(const Project& project, const LambdaFunction& function,
                        const DeliverySource& source, const RepeatedEffect& repeated) {
  const ValuePool& pool = *project.pool;
  const Effect& effect = *repeated.effect;
  const Operation& operation = operations()[effect.operation];
  if (is_passing(operation) || !is_clear_request(pool, operation, effect)) return false;
  if (!is_grave(project, repeated) && tells_of_alarms(project, function, source)) return false;
  // Who reads a line of a log in a mail has read it before; what a queue hands on nobody has.
  if (brings_lines_of_logs(project, source) && !carries(operation.target_kind)) return false;
  const bool by_clock = goes_by_clock(project, source);
  // Another copy of what a schedule keeps copies of.
  if (by_clock && operation.target_kind == ResourceKind::Bucket) return false;
  // A schedule looks for what is to be done; a report of what it found is little harm.
  const bool leaves_out = by_clock && !is_grave(project, repeated);
  if (leaves_out &&
      ((effect.flags & kUnderUnknownTest) != 0 || is_row_of_run(pool, operation, effect)))
    return false;
  return std::ranges::none_of(effect.holds, [&](const Fact& fact) {
    if (is_failure(pool, fact)) return true;
    if (is_failure(pool, {fact.test, !fact.holds})) return false;
    if (is_insert_done(pool, fact) || is_good_answer(pool, fact) ||
        !rests_on_answer(pool, fact.test))
      return false;
    if (leaves_out) return true;
    return !asks_for_presence(pool, fact) && !asks_what_others_keep(project, function, fact.test);
  });
}

}  // namespace fnlint
