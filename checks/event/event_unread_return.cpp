// Who invokes a function asynchronously does not wait for what it returns; what polls a queue or a
// stream for it looks for the items that failed alone.

#include "checks/event/event_unread_return.h"

#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/confidence.h"
#include "values/failures.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

bool is_polled(const Project& project, const Relation& trigger) {
  const ResourceKind kind = project.stacks[trigger.from].kind;
  return kind == ResourceKind::Queue || kind == ResourceKind::Stream || kind == ResourceKind::Table;
}

// What invokes the function, where all of it is asynchronous or polled and none is told of the
// result; null: somebody reads it, or what starts it is not known. `beside_api`: it answers an API
// as well.
const Relation* only_unread(const Project& project, const RelationsTo& relations,
                            const OtherCallers& others, const LambdaFunction& function,
                            bool& beside_api) {
  if (others.surely_call(function.resource) || others.are_told_by(function.resource))
    return nullptr;
  const Relation* first = nullptr;
  beside_api = false;
  for (const Relation* const relation : relations[function.resource]) {
    const bool starts =
        relation->kind == RelationKind::Trigger || relation->kind == RelationKind::Forward;
    if (!starts) continue;
    if (relation->kind == RelationKind::Trigger && comes_from_api(project, *relation)) {
      beside_api = true;
      continue;
    }
    if (relation->kind == RelationKind::Forward || !relation->from.exists() ||
        (relation->invocation != Invocation::Asynchronous && !is_polled(project, *relation)))
      return nullptr;
    if (first == nullptr) first = relation;
  }
  return first;
}

// A state machine takes what its task returns for a result, whatever stands there; null: somebody
// else calls the function too, or some state may ask for the status.
const Relation* only_of_task(const Project& project, const RelationsTo& relations,
                             const OtherCallers& others, const LambdaFunction& function) {
  if (others.surely_call(function.resource)) return nullptr;
  const Relation* first = nullptr;
  for (const Relation* const relation : relations[function.resource]) {
    if (relation->kind == RelationKind::Forward) return nullptr;
    if (relation->kind != RelationKind::Trigger) continue;
    const bool is_task = relation->from.exists() &&
                         project.stacks[relation->from].kind == ResourceKind::StateMachine;
    const bool asks = relation->filter.exists() &&
                      entry_of(*project.pool, relation->filter, kAsksStatus).exists();
    if (!is_task || asks) return nullptr;
    if (first == nullptr) first = relation;
  }
  return first;
}

}  // namespace

bool says_failure(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Record) || entry_of(pool, value, "batchItemFailures").exists())
    return false;
  const ValueId status = entry_of(pool, value, "statusCode");
  const std::int64_t code = status.exists() ? as_integer(pool, status).value_or(0) : 0;
  return code >= 400 && code <= 599;
}

namespace {

// "error", "failed: ${...}".
bool is_word_of_failure(const ValuePool& pool, ValueId value) {
  const ValueId first = pool.is(value, ValueKind::Pattern) ? pool.operands(value)[0] : value;
  const std::string text = lower(as_text(pool, first).value_or(""));
  return text.find("error") != text.npos || text.find("fail") != text.npos;
}

// An answer that says in words that it failed, whatever with: to whom only a raised error says so,
// nothing.
bool tells_failure(const ValuePool& pool, const ReturnedValue& returned) {
  const bool is_of_any = std::ranges::any_of(
      returned.holds, [&](const Fact& fact) { return failed_with_any(pool, fact).exists(); });
  if (!is_of_any || returned.beside_error) return false;
  if (!pool.is(returned.value, ValueKind::Record)) return is_word_of_failure(pool, returned.value);
  if (entry_of(pool, returned.value, "batchItemFailures").exists()) return false;
  return std::ranges::any_of(known::outcome_entries(),
                             [&](std::string_view name) {
                               const ValueId said = entry_of(pool, returned.value, name);
                               return said.exists() && is_word_of_failure(pool, said);
                             }) ||
         std::ranges::any_of(known::success_entries(), [&](std::string_view name) {
           const ValueId said = entry_of(pool, returned.value, name);
           return said.exists() && pool.is(said, ValueKind::Bool) && pool.text(said) == "false";
         });
}

// Whether a state asks for an entry of what is answered: how it went may stand there.
bool asks_for_entry(const ValuePool& pool, const Relation& trigger, ValueId answer) {
  const ValueId asked =
      trigger.filter.exists() ? entry_of(pool, trigger.filter, kAsksFor) : ValueId{};
  if (!asked.exists()) return false;
  const std::string_view paths = pool.text(asked);
  return !pool.is(answer, ValueKind::Record) || paths.find("IsPresent") != paths.npos ||
         std::ranges::any_of(pool.names(answer),
                             [&](StringId name) { return paths.find(pool[name]) != paths.npos; });
}

// Data, and not only a word that it is done.
bool is_told(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Record) && !pool.is(value, ValueKind::List)) return false;
  bool told = false;
  for_each_below(pool, value, [&](ValueId id) { told = told || pool.is(id, ValueKind::Hole); });
  return told;
}

std::string words_of_failure(const Project& project, const Relation& trigger) {
  const std::string source = words_of_source(project, trigger);
  if (trigger.invocation == Invocation::Asynchronous && !is_polled(project, trigger))
    return cat("The handler returns an error to ", source,
               ", which does not wait for a response: the event counts as handled, and is neither "
               "retried nor kept.");
  if (project.stacks[trigger.from].kind == ResourceKind::StateMachine)
    return cat("The handler returns an error to ", source,
               ", which treats only a raised error as a failure: it goes on to the next state, and "
               "neither Retry nor Catch applies.");
  const bool is_queue = project.stacks[trigger.from].kind == ResourceKind::Queue;
  return cat("The handler returns an error, but Lambda, which polls ", source,
             ", treats only a raised error as a failure: the ",
             is_queue ? "messages count as handled and are deleted."
                      : "records count as handled and are not sent again.");
}

// Errors of calls that are known end there, or a loop over records:
// reliability-error-swallowed and event-records-skipped tell of them.
bool is_told_elsewhere(const LambdaFunction& function, const ReturnedValue& returned) {
  if (returned.skips_rest_of.file.exists()) return true;
  const auto ends_there = [&](const Effect& effect) {
    return effect.lost_in.file.exists() && effect.lost_in.file == returned.where.file &&
           effect.lost_in.range.contains(returned.where.range);
  };
  return std::ranges::any_of(function.effects, ends_there) ||
         std::ranges::any_of(function.unknown_calls, ends_there);
}

// What a source sends; a schedule that is given no input, what EventBridge does.
const SentEvent* shape_of(const Project& project, const Relation& trigger) {
  const SentEvent* const shape = sent_shape(project, trigger);
  const bool is_plain_schedule = shape == nullptr && trigger.from.exists() &&
                                 project.stacks[trigger.from].kind == ResourceKind::Schedule &&
                                 !trigger.input.exists();
  return is_plain_schedule ? find_sent_event("eventbridge") : shape;
}

// Status 500 and above.
bool is_of_server(const ValuePool& pool, ValueId value) {
  const ValueId status =
      pool.is(value, ValueKind::Record) ? entry_of(pool, value, "statusCode") : ValueId{};
  return status.exists() && as_integer(pool, status).value_or(0) >= 500;
}

// What was asked for makes no sense, as a test of it has shown, and nothing has failed: another try
// would be refused as well.
bool is_refusal(const ValuePool& pool, const ReturnedValue& returned) {
  constexpr std::array<std::int64_t, 5> kOfInput{400, 405, 413, 415, 422};
  const ValueId status = pool.is(returned.value, ValueKind::Record)
                             ? entry_of(pool, returned.value, "statusCode")
                             : ValueId{};
  const std::int64_t code = status.exists() ? as_integer(pool, status).value_or(0) : 0;
  const auto is_of_input = [&](const Fact& fact) {
    return has_origin(pool, fact.test, Origin::Event);
  };
  return std::ranges::find(kOfInput, code) != kOfInput.end() &&
         std::ranges::any_of(returned.holds, is_of_input) &&
         !is_after_failure(pool, returned.holds);
}

// A return that nobody reads, and what invokes the function.
struct Unread {
  const Relation* trigger = nullptr;  // null: none is known
  const ReturnedValue* told = nullptr;
  bool fails = false, is_task = false, beside_api = false;
};

Unread unread_of(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                 const LambdaFunction& function) {
  const ValuePool& pool = *project.pool;
  Unread unread;
  unread.trigger = only_unread(project, relations, others, function, unread.beside_api);
  unread.is_task = unread.trigger == nullptr;
  if (unread.is_task) unread.trigger = only_of_task(project, relations, others, function);
  if (unread.trigger == nullptr) return unread;
  const SentEvent* const shape = shape_of(project, *unread.trigger);
  for (const ReturnedValue& returned : function.returns) {
    const ValueId input = unread.trigger->input;
    if (!returned.value.exists() || (shape != nullptr && is_for_others(pool, *shape, returned)) ||
        (input.exists() && is_for_others(pool, input, returned)) ||
        (is_polled(project, *unread.trigger) && is_without_records(pool, returned)) ||
        std::ranges::find(returned.never_by, relation_row(project.stacks, *unread.trigger)) !=
            returned.never_by.end())
      continue;
    if (!unread.is_task && !is_polled(project, *unread.trigger) && is_refusal(pool, returned))
      continue;
    const bool failure = says_failure(pool, returned.value) ||
                         (tells_failure(pool, returned) &&
                          (unread.is_task ? !asks_for_entry(pool, *unread.trigger, returned.value)
                                          : !is_told_elsewhere(function, returned)));
    const bool is_data = !unread.is_task && !unread.beside_api && unread.told == nullptr &&
                         is_told(pool, returned.value);
    // What went wrong, before what was refused.
    const bool is_worse = failure && (!unread.fails || (is_of_server(pool, returned.value) &&
                                                        !is_of_server(pool, unread.told->value)));
    if (is_worse || is_data) unread.told = &returned;
    unread.fails = unread.fails || failure;
  }
  if (!unread.fails && is_polled(project, *unread.trigger)) unread.told = nullptr;
  return unread;
}

}  // namespace

Span unread_failure(const Project& project, const RelationsTo& relations,
                    const OtherCallers& others, const LambdaFunction& function) {
  if (!function.resolved || !function.returns_known) return {};
  const Unread unread = unread_of(project, relations, others, function);
  const bool fails = unread.told != nullptr && unread.fails &&
                     (unread.is_task || says_failure(*project.pool, unread.told->value));
  return fails ? unread.told->where : Span{};
}

void unread_return(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                   const LambdaFunction& function, Findings& findings) {
  const auto [trigger, told, fails, is_task, beside_api] =
      unread_of(project, relations, others, function);
  if (told == nullptr) return;
  // Data may be there for who invokes the function by hand; an error that counts as success is
  // lost, where one comes so far: whether anything raises on this source's way is not asked.
  std::uint8_t uncertainty = static_cast<std::uint8_t>(told->uncertainty | trigger->uncertainty);
  if (function.returns.size() > 1) uncertainty |= kConditional;
  // A state may look into the result by other words; what is meant for the API may tell the events
  // apart by what is not seen here.
  if (is_task || beside_api) uncertainty |= kHeuristic;
  // What fails of a record is answered there.
  if (is_polled(project, *trigger) && told->behind_caught_rounds) uncertainty |= kUncertain;
  findings.push_back(
      FindingBuilder("event-response-shape",
                     fails ? confidence_of(uncertainty) : Confidence::Possible)
          .about(function)
          .at(told->where)
          .says(fails ? words_of_failure(project, *trigger)
                      : cat("What the handler returns goes nowhere: ",
                            words_of_source(project, *trigger), " does not wait for a response."))
          .identified(function.name, " unread")
          .grade(is_task ? Severity::Warning : Severity::Note)
          .related(trigger->where, is_task ? "This task waits for its result."
                                   : is_polled(project, *trigger)
                                       ? "Lambda polls this for the function."
                                       : "This invokes it asynchronously."));
}

}  // namespace fnlint
