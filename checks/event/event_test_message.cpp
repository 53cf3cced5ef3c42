// A bucket whose notifications are switched on sends a test message first, which has no records. A
// queue or a topic hands it on like any other.

#include "checks/event/event_carried.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kRecords = "Records";
constexpr int kWrappings = 3;  // a topic's message in a queue's

// Whether a bucket's notifications stand below `prefix` of what a source sends; gives what brings
// them. Null: none do, or that is not known.
const Relation* bucket_below(CarriedShapes& carried, const Relation& trigger,
                             std::string_view envelope, std::string_view inside, int level) {
  if (!inside.starts_with(cat(envelope, "."))) return nullptr;
  inside.remove_prefix(envelope.size() + 1);
  for (const CarriedShape& one : carried.of(trigger.from)) {
    if (one.shape->name == "s3-message" && inside == kRecords) return one.brought_by;
    if (one.shape->envelope.empty() || level >= kWrappings) continue;
    const Relation* const found =
        bucket_below(carried, *one.brought_by, one.shape->envelope, inside, level + 1);
    if (found != nullptr) return found;
  }
  return nullptr;
}

// The code looks at what the message is, by whatever field.
bool asks_what_it_is(const ValuePool& pool, const LambdaFunction& function,
                     std::string_view prefix) {
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    const std::optional<std::string_view> path = event_path(pool, read);
    return path && path->starts_with(prefix) && path->size() > prefix.size() &&
           path->substr(prefix.size()).find_first_of(".[") == std::string_view::npos &&
           (read.absence_expected || *path != cat(prefix, kRecords));
  });
}

void check_messages(const Project& project, CarriedShapes& carried, const LambdaFunction& function,
                    const TriggerShape& one, Findings& findings) {
  const ValuePool& pool = *project.pool;
  if (one.shape == nullptr || one.shape->envelope.empty()) return;
  // A filter lets pass what has what it asks for, and the test message has hardly anything.
  if (source_property(project, *one.trigger, "FilterCriteria") != nullptr) return;
  for (const InputRead& read : function.reads) {
    const std::optional<std::string_view> path = event_path(pool, read);
    if (!path || !path->ends_with(cat(".", kRecords)) || read.absence_expected ||
        read.phase != CallPhase::Invocation || is_told_apart(pool, read, true))
      continue;
    // Go's lists that are not there are empty, and have no first item.
    if (function.language == Language::Go && !is_item(pool, read)) continue;
    const std::string_view prefix = path->substr(0, path->size() - kRecords.size());
    if (asks_what_it_is(pool, function, prefix)) continue;
    const Relation* const by = bucket_below(carried, *one.trigger, one.shape->envelope, *path, 0);
    if (by == nullptr) continue;
    auto uncertainty =
        static_cast<std::uint8_t>(read.uncertainty | one.trigger->uncertainty | by->uncertainty);
    if ((read.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
    findings.push_back(
        FindingBuilder("event-test-message-unhandled", uncertainty)
            .about(function)
            .at(read.where)
            .says("This takes it that each message has '", kRecords,
                  "', but when the notifications of ", words_of_source(project, *by),
                  " are set, it sends an 's3:TestEvent' without them: that one fails.")
            .with_steps(read.path, read.where, "They are read here.")
            .related(by->where, "The notifications are set here."));
    return;
  }
}

}  // namespace

void event_test_message(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  CarriedShapes carried(project, relations);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved) continue;
    for (const TriggerShape& one : trigger_shapes(project, relations, function))
      check_messages(project, carried, function, one, findings);
  }
}

}  // namespace fnlint
