#pragma once

#include "checks/view/project_view.h"
#include "tables/events.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

// Questions about what a function's triggers send it, and what it makes of that.

struct TriggerShape {
  const Relation* trigger = nullptr;
  const SentEvent* shape = nullptr;  // null: not known
};
// A member of what a handler returns: of a record, or of an object of a library's class, which
// spells it as its language does ("StatusCode"). No id: it is not there, or nobody knows.
ValueId answer_entry(const ValuePool& pool, ValueId answer, std::string_view name);
// Whether an API or the function's own URL calls it, and waits for an answer.
bool comes_from_api(const Project& project, const Relation& trigger);
// A mapping of a stream whose ARN is not known: a stream of Kinesis, of a table, or of Kafka.
bool is_kind_guessed(const Project& project, const Relation& trigger);
// Null: not known. `trigger`: or what leads to a queue or a topic.
const SentEvent* sent_shape(const Project& project, const Relation& trigger);
// Of all triggers of the function, in their order.
std::vector<TriggerShape> trigger_shapes(const Project& project, const RelationsTo& relations,
                                         const LambdaFunction& function);
// The texts that a field of an event pattern asks for; empty: others may match as well.
std::vector<std::string_view> asked_texts(const ValuePool& pool, ValueId pattern,
                                          std::string_view field);
// How many elements a batch may have: 1, more, or nothing known.
std::optional<std::int64_t> batch_of(const Project& project, const TriggerShape& one);
// Done in a loop, or for all at once, with what a record of a batch holds.
bool is_for_each_record(const ValuePool& pool, const Effect& effect);
inline constexpr std::string_view kFailures = "batchItemFailures";
bool is_empty_list(const ValuePool& pool, ValueId value);
// The failures that a return lists; no id: none, or not known.
ValueId failures_in(const ValuePool& pool, ValueId value);
// What is beside a project's triggers, in one look at all of it.
class OtherCallers {
 public:
  explicit OtherCallers(const Project& project);
  // Somebody may call the function with an event of their own: another function, a state machine,
  // or a call whose target is not known.
  [[nodiscard]] bool may_call(ResourceId function) const { return any_ || surely_call(function); }
  // Code of the project does.
  [[nodiscard]] bool surely_call(ResourceId function) const { return called_.contains(function); }
  // Code of the project starts executions of the state machine, or of one that is not known.
  [[nodiscard]] bool may_start(ResourceId machine) const {
    return any_start_ || started_.contains(machine);
  }
  // Alarms are told on the topic, and no code or source of the project sends to it.
  [[nodiscard]] bool only_alarms_tell(ResourceId topic) const {
    return by_alarms_.contains(topic) && !tells_topic_.contains(topic);
  }
  // Code of the project sends to the topic.
  [[nodiscard]] bool code_tells(ResourceId topic) const { return told_by_code_.contains(topic); }
  // A destination is told what becomes of its asynchronous invocations.
  [[nodiscard]] bool are_told_by(ResourceId function) const { return tells_.contains(function); }

 private:
  bool any_ = false, any_start_ = false;
  std::set<ResourceId> called_, started_, tells_, by_alarms_, tells_topic_, told_by_code_;
};

// The path of what is read below the event, "Records[].body"; nothing: not of the event.
std::optional<std::string_view> event_path(const ValuePool& pool, const InputRead& read);
// item(event Records, 0): the one element at a fixed place.
bool is_item(const ValuePool& pool, const InputRead& read);
// A test that tells events apart must hold for it to be read. `have_records`: all that may come has
// some, so that asking whether the event is there, or its records are, tells nothing apart.
bool is_told_apart(const ValuePool& pool, const InputRead& read, bool have_records = false);

// Where events are read by the names that they have, not through classes.
bool reads_raw_events(Language language);

// Whether events of this shape may have something at a path.
bool may_have(const SentEvent& shape, std::string_view path);
// Returned where the event holds what the source's events never do, or lacks what they all have: to
// what keeps functions warm, say, which does not look at it, or to another source.
bool is_for_others(const ValuePool& pool, const SentEvent& shape, const ReturnedValue& returned);
// The same where the source sends just this.
bool is_for_others(const ValuePool& pool, ValueId input, const ReturnedValue& returned);
// Returned only where the event has no records.
bool is_without_records(const ValuePool& pool, const ReturnedValue& returned);
// "A", "A and B", "A, B and C".
std::string listed(const std::vector<std::string>& all);
// Whose events have something at a path: "S3", "S3 and SNS"; empty: nobody's, or too many have.
// `carried`: of those that stand as text in what queues and topics carry.
std::string owners_of(std::string_view path, bool carried = false);
// "API 'Shop'", "queue 'Orders'": the source of a trigger, for messages.
std::string words_of_source(const Project& project, const Relation& trigger);
// The property of the trigger's declaration, else what declares it.
Span trigger_anchor(const Project& project, const Relation& trigger, std::string_view path);

}  // namespace fnlint
