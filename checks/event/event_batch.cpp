// What a handler of a queue or a stream makes of the batch that it gets: whether it says which
// elements failed, whether anybody listens, and whether it looks at more than the first.

#include "checks/event/event_unread_return.h"
#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "values/compute.h"
#include "values/failures.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

// No caller finds the entry in it.
bool surely_lacks(const ValuePool& pool, ValueId value, std::string_view name) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Absent:
    case ValueKind::Null:
    case ValueKind::Bool:
    case ValueKind::Number:
    case ValueKind::Text:
    case ValueKind::List: return true;
    case ValueKind::Record: return row.ref == 0 && !entry_of(pool, value, name).exists();
    case ValueKind::OneOf:
      return std::ranges::all_of(pool.operands(value),
                                 [&](ValueId one) { return surely_lacks(pool, one, name); });
    default: return false;
  }
}

// An object of a class that lists the failures of such batches.
bool is_answer(const ValuePool& pool, const SentEvent& shape, ValueId value) {
  if (pool.is(value, ValueKind::OneOf))
    return std::ranges::any_of(pool.operands(value),
                               [&](ValueId one) { return is_answer(pool, shape, one); });
  if (!pool.is(value, ValueKind::Object)) return false;
  const std::string_view path = pool.text(value);
  return std::ranges::any_of(shape.answers, [&](std::string_view name) {
    const std::size_t at = path.find(name);
    if (at == path.npos || (at > 0 && path[at - 1] != '.')) return false;
    const std::string_view after = path.substr(at + name.size());
    return after.empty() || after.front() == '(' || after.front() == '.';
  });
}

std::uint8_t uncertainty_of(const Project& project, const Relation& trigger) {
  std::uint8_t uncertainty = trigger.uncertainty;
  if (!project.pool->always(trigger.when)) uncertainty |= kConditional;
  return uncertainty;
}

// Of an event with several records: how many it stands for in tests.
constexpr std::int64_t kSeveral = 10;

bool is_of_records(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  return row.kind == ValueKind::Hole && row.origin == Origin::Event &&
         (pool.text(value).empty() || pool.text(value) == "Records");
}

std::optional<std::int64_t> as_count(const ValuePool& pool, ValueId value) {
  if (pool.opcode(value) == Opcode::Length && is_of_records(pool, pool.operands(value)[0]))
    return kSeveral;
  return as_integer(pool, value);
}

// Whether a test lets an event with several records pass as it does one with a single: `not
// event["Records"]`, `len(records) > 0`.
bool holds_of_several(const ValuePool& pool, const Fact& fact) {
  if (is_of_records(pool, fact.test) || pool.opcode(fact.test) == Opcode::Length) return fact.holds;
  const auto sides = pool.operands(fact.test);
  if (pool[fact.test].kind != ValueKind::Computed || sides.size() != 2) return false;
  const Opcode opcode = pool.opcode(fact.test);
  if (opcode == Opcode::Equal && std::ranges::any_of(sides, [&](ValueId side) {
        return pool.is(side, ValueKind::Null) || pool.is(side, ValueKind::Absent);
      }))
    return !fact.holds && is_of_records(pool, sides[0]);
  const auto left = as_count(pool, sides[0]), right = as_count(pool, sides[1]);
  if (!left || !right) return false;
  switch (opcode) {
    case Opcode::Equal: return (*left == *right) == fact.holds;
    case Opcode::Less: return (*left < *right) == fact.holds;
    case Opcode::LessEqual: return (*left <= *right) == fact.holds;
    default: return false;
  }
}

InputRead without_counts(const ValuePool& pool, InputRead read) {
  std::erase_if(read.holds, [&](const Fact& fact) { return holds_of_several(pool, fact); });
  return read;
}

class Batch {
 public:
  Batch(const Project& project, const LambdaFunction& function, std::vector<TriggerShape> shapes,
        Findings& findings)
      : project_(project),
        pool_(*project.pool),
        function_(function),
        shapes_(std::move(shapes)),
        findings_(findings) {}

  void check() {
    for (const TriggerShape& one : shapes_) {
      if (one.shape == nullptr || one.shape->identifier.empty() ||
          one.trigger->invocation != Invocation::Polled)
        continue;
      // Of one record, an error that is raised says the same.
      if (one.trigger->batch_failures && batch_of(project_, one) != 1) unreported(*one.trigger);
      if (!one.trigger->batch_failures) ignored(*one.trigger, *one.shape);
    }
    if (!only_first()) skipped();
  }

 private:
  void unreported(const Relation& trigger) {
    if (!function_.returns_known || function_.returns.empty()) return;
    for (const ReturnedValue& returned : function_.returns)
      if (!returned.value.exists() || (!is_of_records(pool_, returned.value) &&
                                       !surely_lacks(pool_, returned.value, kFailures)))
        return;
    findings_.push_back(
        FindingBuilder("event-batch-failures-unreported", uncertainty_of(project_, trigger))
            .about(function_)
            .at(trigger_anchor(project_, trigger, "FunctionResponseTypes"))
            .says("The mapping of ", words_of_source(project_, trigger), " asks '", function_.name,
                  "' which records failed, but the handler never returns '", kFailures,
                  "': without it, either all of them count as handled or all are sent again.")
            .related(function_.returns.front().where, "This is what the handler returns."));
  }

  void ignored(const Relation& trigger, const SentEvent& shape) {
    const Property* asked = source_property(project_, trigger, "FunctionResponseTypes");
    if (asked != nullptr && !is_empty_list(pool_, asked->value)) return;
    const ReturnedValue* told = nullptr;
    for (const ReturnedValue& returned : function_.returns)
      if (returned.value.exists() && (told == nullptr || told->beside_error) &&
          (failures_in(pool_, returned.value).exists() || is_answer(pool_, shape, returned.value)))
        told = &returned;
    if (told == nullptr) return;
    std::uint8_t uncertainty =
        static_cast<std::uint8_t>(uncertainty_of(project_, trigger) | told->uncertainty);
    if (!function_.returns_known) uncertainty |= kHeuristic;
    if (told->beside_error) uncertainty |= kUncertain;  // with an error the whole batch comes again
    // Made of nothing, it may stay without failures: the type alone asks for it.
    const bool is_empty =
        pool_.is(told->value, ValueKind::Object) &&
        std::ranges::all_of(pool_.operands(told->value), [&](ValueId given) {
          return pool_.is(given, ValueKind::Record) && pool_.operands(given).empty();
        });
    if (is_empty) uncertainty |= kUncertain;
    findings_.push_back(
        FindingBuilder("event-batch-response-ignored", uncertainty)
            .about(function_)
            .at(trigger.where)
            .says("The handler of '", function_.name, "' returns '", kFailures,
                  "', but the mapping of ", words_of_source(project_, trigger),
                  " does not ask for it (ReportBatchItemFailures): failed records count as "
                  "handled.")
            .related(told->where, "The failures are returned here."));
  }

  void tell_of_first(const InputRead& first, const Relation& trigger, std::int64_t batch) {
    const bool is_loop = first.left_at.file.exists();
    const std::string_view why = is_loop
                                     ? "The loop is left in its first round, so that the handler "
                                       "reads only the first of the records that "
                                     : "The handler reads only the first of the records that ";
    const unsigned uncertainty = uncertainty_of(project_, trigger) | first.uncertainty;
    findings_.push_back(
        FindingBuilder("event-only-first-record", static_cast<std::uint8_t>(uncertainty))
            .about(function_)
            .at(is_loop ? first.left_at : first.where)
            .says(why, words_of_source(project_, trigger), " sends, up to ", batch,
                  " at a time: the others count as handled and are lost.")
            .with_steps(first.path)
            .related(trigger.where, "This sends batches.")
            .related_if(is_loop, first.where, "It goes over the records."));
  }

  bool only_first() {
    if (!function_.reads_known || function_.reads.empty()) return false;
    const InputRead* first = nullptr;
    for (const InputRead& read : function_.reads) {
      const std::optional<std::string_view> path = event_path(pool_, read);
      if (!path) continue;
      const bool item = is_item(pool_, read);
      if (item && *path == "Records") {
        if (as_integer(pool_, pool_.operands(read.value)[1]) != 0) return false;
        if (first == nullptr) first = &read;
      } else if (*path == "Records" && read.left_at.file.exists()) {
        if (first == nullptr) first = &read;
      } else if (*path == "Records" && (read.flags & kResultUnused) != 0) {
        continue;  // whether there are any, or how many
      } else if (*path == "Records" || path->empty()) {
        return false;  // all of them are handed on, counted or gone over
      }
    }
    if (first == nullptr || is_told_apart(pool_, without_counts(pool_, *first))) return false;
    for (const TriggerShape& one : shapes_) {
      if (one.shape == nullptr || one.shape->batch == 0 ||
          one.trigger->invocation != Invocation::Polled)
        continue;
      const std::optional<std::int64_t> batch = batch_of(project_, one);
      if (!batch || *batch <= 1) continue;
      tell_of_first(*first, *one.trigger, *batch);
      return true;
    }
    return false;
  }

  // Decided by a record, or by what fails on the way of one; not by what is the same for all. That
  // a status is no failure to who polls is told of the return itself (event-response-shape).
  [[nodiscard]] bool is_of_one_record(const ReturnedValue& returned) const {
    if (is_after_failure(pool_, returned.holds)) return true;
    const bool asks_record = std::ranges::any_of(returned.holds, [&](const Fact& fact) {
      bool found = false;
      for_each_below(pool_, fact.test, [&](ValueId id) {
        found |= pool_.is(id, ValueKind::Hole) && pool_[id].origin == Origin::Event &&
                 pool_.text(id).starts_with("Records[]");
      });
      return found;
    });
    return asks_record && !(returned.value.exists() && says_failure(pool_, returned.value));
  }

  // Of one that sends several records, and does not hear which of them failed: how many.
  [[nodiscard]] std::optional<std::int64_t> several_of(const TriggerShape& one,
                                                       bool tells_failures) const {
    if (one.shape == nullptr || one.shape->batch == 0 ||
        one.trigger->invocation != Invocation::Polled)
      return std::nullopt;
    const std::optional<std::int64_t> batch = batch_of(project_, one);
    const bool is_lost = batch && *batch > 1 && !(one.trigger->batch_failures && tells_failures);
    return is_lost ? batch : std::nullopt;
  }
  [[nodiscard]] bool may_tell_failures(const ReturnedValue& returned) const {
    return !returned.value.exists() || !surely_lacks(pool_, returned.value, kFailures);
  }

  // What a return inside the loop over the records leaves: without a list of failures, all of it
  // counts as handled.
  void skipped() {
    for (const ReturnedValue& returned : function_.returns) {
      if (!returned.skips_rest_of.file.exists() || returned.beside_error ||
          !is_of_one_record(returned))
        continue;
      for (const TriggerShape& one : shapes_) {
        const auto batch = several_of(one, may_tell_failures(returned));
        if (!batch || is_for_others(pool_, *one.shape, returned)) continue;
        // Tests decide whether a record ever comes to it, and some of them may ask what nobody
        // knows.
        tell_of_skipped({returned.where, returned.skips_rest_of}, "This return ends", *one.trigger,
                        *batch, returned.uncertainty);
        return;
      }
    }
    left();
  }

  // The same of a loop that is left for one of them, and of which the handler returns whatever it
  // does.
  void left() {
    const bool tells = !function_.returns_known ||
                       std::ranges::any_of(function_.returns, [&](const ReturnedValue& returned) {
                         return may_tell_failures(returned);
                       });
    for (const LeftRecords& one : function_.left_records)
      for (const TriggerShape& shape : shapes_)
        if (const auto batch = several_of(shape, tells))
          return tell_of_skipped(one, "This leaves", *shape.trigger, *batch, kHeuristic);
  }

  void tell_of_skipped(const LeftRecords& skipped, std::string_view what, const Relation& trigger,
                       std::int64_t batch, std::uint8_t how) {
    findings_.push_back(
        FindingBuilder(
            "event-records-skipped",
            static_cast<std::uint8_t>(uncertainty_of(project_, trigger) | how | kConditional))
            .about(function_)
            .at(skipped.where)
            .says(what, " the loop over the records that ", words_of_source(project_, trigger),
                  " sends, up to ", batch,
                  " at a time: those behind this one are never looked at and count as handled.")
            .related(skipped.loop, "It goes over the records.")
            .related(trigger.where, "This sends batches."));
  }

  const Project& project_;
  const ValuePool& pool_;
  const LambdaFunction& function_;
  std::vector<TriggerShape> shapes_;
  Findings& findings_;
};

}  // namespace

void event_batch(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions)
    if (function.resolved)
      Batch(project, function, trigger_shapes(project, relations, function), findings).check();
}

}  // namespace fnlint
