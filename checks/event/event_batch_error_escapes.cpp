// A handler that reports failed records one by one, and parses a record where nothing catches what
// that raises: one malformed record then fails all of its batch, time and again.

#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kOfRecord = "Records[].", kParsedText = "parsed";

// Parses what a record holds, and nothing on the way from the handler catches what that raises.
bool may_raise(const ValuePool& pool, const InputRead& read) {
  return pool.is(read.value, ValueKind::Computed) && pool.text(read.value) == kParsedText &&
         pool.text(pool.operands(read.value)[0]).starts_with(kOfRecord) &&
         (read.flags & kErrorsPass) != 0;
}

std::uint8_t uncertainty_of_escape(const ValuePool& pool, const InputRead& read,
                                const Relation& trigger) {
  auto uncertainty = static_cast<std::uint8_t>(read.uncertainty | trigger.uncertainty);
  const bool is_open =
      std::ranges::any_of(read.holds, [&](const Fact& fact) { return !pool.readable(fact.test); });
  if (is_open || (read.flags & kUnderUnknownTest) != 0 || !pool.always(trigger.when))
    uncertainty |= kConditional;
  return uncertainty;
}

// Lists what failed, at one of its returns.
const ReturnedValue* collecting(const ValuePool& pool, const LambdaFunction& function) {
  const auto found = std::ranges::find_if(function.returns, [&](const ReturnedValue& returned) {
    return returned.value.exists() && failures_in(pool, returned.value).exists();
  });
  return found == function.returns.end() ? nullptr : &*found;
}

// The author has thought of errors of one record, but not of one that lacks an entry.
void check_keys(const Project& project, const LambdaFunction& function,
                const std::vector<TriggerShape>& shapes, Findings& findings) {
  const auto source = std::ranges::find_if(shapes, [&](const TriggerShape& one) {
    return one.shape != nullptr && one.trigger->invocation == Invocation::Polled &&
           batch_of(project, one) != 1;
  });
  if (source == shapes.end()) return;
  for (const CodeFault& fault : function.code_faults) {
    if (fault.kind != CodeFaultKind::KeyEscapes) continue;
    const auto uncertainty =
        static_cast<std::uint8_t>(fault.uncertainty | source->trigger->uncertainty | kHeuristic);
    findings.push_back(
        FindingBuilder("event-batch-error-escapes", uncertainty)
            .about(function)
            .at(fault.where)
            .says(
                "A record whose content has no '", fault.name,
                "' raises a KeyError here, which the handler of errors in the loop does not take: "
                "it fails all of the batch of ",
                words_of_source(project, *source->trigger),
                ", though the others are meant to go on.")
            .identified(fault.name)
            .with_steps(fault.path)
            .related(fault.elsewhere, "This takes other errors, and goes on.")
            .related(source->trigger->where, "This sends batches."));
  }
}

}  // namespace

void event_batch_error_escapes(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || !reads_raw_events(function.language)) continue;
    const std::vector<TriggerShape> shapes = trigger_shapes(project, relations, function);
    check_keys(project, function, shapes, findings);
    const ReturnedValue* const told = collecting(pool, function);
    if (told == nullptr) continue;
    const auto read = std::ranges::find_if(
        function.reads, [&](const InputRead& one) { return may_raise(pool, one); });
    // Another source of the function may be the one whose records have such a part.
    const auto asks = std::ranges::find_if(shapes, [&](const TriggerShape& one) {
      return read != function.reads.end() && one.shape != nullptr && one.trigger->batch_failures &&
             batch_of(project, one) != 1 &&
             may_have(*one.shape, pool.text(pool.operands(read->value)[0]));
    });
    if (asks == shapes.end() || read == function.reads.end()) continue;
    const std::string_view path = pool.text(pool.operands(read->value)[0]);
    std::uint8_t uncertainty = uncertainty_of_escape(pool, *read, *asks->trigger);
    if (!batch_of(project, *asks)) uncertainty |= kConditional;  // one at a time, perhaps
    findings.push_back(
        FindingBuilder("event-batch-error-escapes", uncertainty)
            .about(function)
            .at(read->where)
            .says("'", function.name, "' reports the records that failed, but '", path,
                  "' is parsed where nothing catches an error: one malformed record of ",
                  words_of_source(project, *asks->trigger),
                  " fails all of its batch, and what was done for the others is done again.")
            .with_steps(read->path)
            .related(told->where, "The records that failed are returned here.")
            .related(asks->trigger->where, "This sends batches."));
  }
}

}  // namespace fnlint
