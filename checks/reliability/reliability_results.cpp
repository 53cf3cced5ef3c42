// What calls say of themselves in their results: that a part of a batch failed though the call
// succeeded, and that there is more than one page.

#include "checks/idempotency/idempotency_view.h"
#include "checks/reliability/asked_for.h"
#include "checks/reliability/result_reads.h"
#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string first_of(std::string_view members) {
  return std::string(members.substr(0, members.find('|')));
}

std::string target_words(const Project& project, const Effect& effect) {
  const std::string name = effect.target.exists() ? name_of(project, effect.target) : std::string();
  return name.empty() ? std::string() : cat(" on '", name, "'");
}

FindingBuilder finding_on(const LambdaFunction& function, const Effect& effect,
                          std::string_view rule, std::string_view id, std::uint8_t uncertainty) {
  return FindingBuilder(rule, uncertainty)
      .about(function)
      .at(effect.where)
      .identified(function.name, ':', id)
      .along(effect.path, effect.where, "The call is here.");
}

// What the target rests on does not matter here: the call is the same whatever it is.
std::uint8_t own_uncertainty(const Effect& effect) {
  return static_cast<std::uint8_t>(effect.uncertainty & (kCut | kOfHappening));
}

// `bucket.objects.all().delete()`: the SDK makes the batches; their results are not the author's.
bool is_collection(const ValuePool& pool, const Effect& effect) {
  return effect.arguments.exists() && pool.is(effect.arguments, ValueKind::Record) &&
         pool[effect.arguments].ref == 0 && pool.operands(effect.arguments).empty();
}

bool has_argument(const ValuePool& pool, const Effect& effect, std::string_view part) {
  return std::ranges::any_of(pool.names(effect.arguments), [&](StringId id) {
    return flat_name(pool[id]).find(part) != std::string::npos;
  });
}

// Made of a request, or by a library that does, it asks for one page after another.
bool goes_through_pages(const Effect& effect) {
  if (effect.library >= library_models().size()) return false;
  const LibraryModel& row = library_models()[effect.library];
  return row.effect_of == "receiver" ||
         std::ranges::any_of(known::libraries_that_page(),
                             [&](std::string_view begin) { return row.path.starts_with(begin); });
}

// A clock has a table swept, and nothing else is done: its next run finds what this one has left.
class OwnSweeps {
 public:
  explicit OwnSweeps(const Project& project)
      : project_(project), relations_(project.stacks), sources_(project, relations_) {}

  [[nodiscard]] bool contains(const LambdaFunction& function, const Effect& effect) const {
    const auto is_its_list = [&](const Effect& read) {
      return only_reads(operations()[read.operation]) && read.target == effect.target &&
             read.order < effect.order;
    };
    const auto is_of_sweep = [&](const Effect& other) {
      const Operation& operation = operations()[other.operation];
      return only_reads(operation) || (other.operation == effect.operation &&
                                       other.target == effect.target && !puts_rows(other));
    };
    if (!effect.target.exists() || only_reads(operations()[effect.operation]) ||
        !is_about_stored(effect) || std::ranges::none_of(function.effects, is_its_list) ||
        !std::ranges::all_of(function.effects, is_of_sweep) ||
        !std::ranges::all_of(function.unknown_calls, is_of_sweep))
      return false;
    const std::vector<DeliverySource> sources = sources_.of(function);
    return !sources.empty() && std::ranges::all_of(sources, [&](const DeliverySource& one) {
      return goes_by_clock(project_, one);
    });
  }

  // What a loop finds it deletes, and looks again from the start until there is nothing.
  [[nodiscard]] bool goes_on_until_empty(const LambdaFunction& function,
                                         const Effect& effect) const {
    const ValuePool& pool = *project_.pool;
    const auto starts_again = [&](const Effect& read) {
      const ValueId given = read.arguments;
      return (read.flags & kInLoop) != 0 && read.target == effect.target &&
             read.order < effect.order && read.rounds == effect.rounds &&
             std::ranges::equal(read.path, effect.path, {}, &PlacedText::where, &PlacedText::where) &&
             all_hold(read.holds, effect.holds) && !operations()[read.operation].more.empty() &&
             !goes_through_pages(read) && given.exists() && pool.is(given, ValueKind::Record) &&
             pool[given].ref == 0 && !has_argument(pool, read, "start") &&
             !has_argument(pool, read, "token");
    };
    return (effect.flags & kInLoop) != 0 && effect.target.exists() && !puts_rows(effect) &&
           std::ranges::any_of(effect.holds, [&](const Fact& fact) { return is_stored(fact.test); }) &&
           std::ranges::any_of(function.effects, starts_again);
  }

 private:
  [[nodiscard]] bool puts_rows(const Effect& effect) const {
    const ValuePool& pool = *project_.pool;
    bool puts = false;
    if (effect.arguments.exists())
      for_each_below(pool, effect.arguments,
                     [&](ValueId id) { puts = puts || entry_of(pool, id, "PutRequest").exists(); });
    return puts;
  }
  [[nodiscard]] bool is_stored(ValueId whole) const {
    const ValuePool& pool = *project_.pool;
    bool found = false;
    if (whole.exists())
      for_each_below(pool, whole, [&](ValueId id) { found = found || is_stored_data(pool, id); });
    return found;
  }
  [[nodiscard]] bool is_about_stored(const Effect& effect) const {
    return is_stored(effect.key) || is_stored(effect.arguments) ||
           std::ranges::any_of(effect.holds, [&](const Fact& fact) { return is_stored(fact.test); });
  }

  const Project& project_;
  const RelationsTo relations_;
  const DeliverySources sources_;
};

// What it fails to do leaves something over, and nothing is lost.
bool only_deletes(const Operation& operation) {
  return !operation.events.empty() &&
         std::ranges::all_of(operation.events, [](std::string_view event) {
           return event.find("Removed") != event.npos;
         });
}

// A batch of one is throttled as a whole, by an error: BatchGetItem, DynamoDB API Reference.
bool reads_one_entry(const ValuePool& pool, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  if (operation.id != "dynamodb.BatchGetItem" || !effect.arguments.exists()) return false;
  const auto is_one = [&](ValueId value, ValueKind kind) {
    return value.exists() && pool.is(value, kind) && pool[value].ref == 0 &&
           pool.operands(value).size() == 1;
  };
  const ValueId tables = entry_of(pool, effect.arguments, "RequestItems");
  if (!is_one(tables, ValueKind::Record)) return false;
  return is_one(entry_of(pool, pool.operands(tables)[0], "Keys"), ValueKind::List);
}

void check_batch(const Project& project, const LambdaFunction& function, const Effect& effect,
                 const OwnSweeps& sweeps, Findings& findings) {
  const Operation& operation = operations()[effect.operation];
  if (operation.failures.empty() || is_collection(*project.pool, effect) ||
      reads_one_entry(*project.pool, effect))
    return;
  const Reads reads = reads_of(*project.pool, effect);
  if (reads.everything || reads_any(reads, operation.failures)) return;
  const std::string list = first_of(operation.failures);
  // Who looks at what was done may count it.
  const bool counts = std::ranges::any_of(
      known::success_lists(), [&](std::string_view one) { return reads_any(reads, one); });
  const bool is_doubtful = counts || sweeps.contains(function, effect) ||
                           sweeps.goes_on_until_empty(function, effect);
  const auto uncertainty =
      static_cast<std::uint8_t>(own_uncertainty(effect) | (is_doubtful ? kUncertain : 0));
  findings.push_back(
      finding_on(function, effect, "reliability-batch-result-unchecked", operation.id, uncertainty)
          .grade(only_deletes(operation) ? Severity::Note : Severity::Warning)
          .says("'", operation.id, "'", target_words(project, effect),
                " succeeds even if individual entries of its batch fail (throttled, "
                "or rejected by the service), and lists them in '",
                list, "'; nothing here acts on that list."));
}

// As many items are read as it says, and filtered then: what matches may stand behind these.
bool limits_before_filter(const ValuePool& pool, const Effect& effect) {
  return operations()[effect.operation].more == "LastEvaluatedKey" &&
         has_argument(pool, effect, "limit") && has_argument(pool, effect, "filter");
}

// The code asks for a part on purpose, or knows where it goes on.
bool is_bounded(const ValuePool& pool, const Effect& effect) {
  if (!effect.arguments.exists() || pool[effect.arguments].kind != ValueKind::Record ||
      pool[effect.arguments].ref == 1)
    return true;
  constexpr std::string_view kBounds[] = {"max",        "token",         "marker",   "startkey",
                                          "startafter", "startingtoken", "pagesize", "pages"};
  const bool names_end = std::ranges::any_of(
      kBounds, [&](std::string_view bound) { return has_argument(pool, effect, bound); });
  return names_end || has_argument(pool, effect, "**") ||
         (has_argument(pool, effect, "limit") && !limits_before_filter(pool, effect));
}

// What is asked for is one of a service's lists as far as it fits: those of one name, of a filter.
bool is_narrowed(const ValuePool& pool, const Effect& effect) {
  return operations()[effect.operation].target.empty() &&
         std::ranges::any_of(pool.names(effect.arguments), [&](StringId id) {
           const std::string name = flat_name(pool[id]);
           return std::ranges::any_of(known::narrowing_arguments(), [&](std::string_view part) {
             return name.find(part) != std::string::npos;
           });
         });
}

void check_pages(const Project& project, const LambdaFunction& function, const Effect& effect,
                 Findings& findings) {
  const ValuePool& pool = *project.pool;
  const Operation& operation = operations()[effect.operation];
  if (operation.more.empty() || is_bounded(pool, effect) || is_narrowed(pool, effect) ||
      goes_through_pages(effect))
    return;
  const AskedFor asked = asked_for(project, effect);
  if (asked == AskedFor::One) return;
  const bool limited = limits_before_filter(pool, effect);
  const Reads reads = reads_of(pool, effect);
  const bool one_item = std::ranges::any_of(
      reads.names, [](const std::string& name) { return name.ends_with("[0]"); });
  if (reads.nothing || reads.everything || (one_item && !limited) ||
      reads_any(reads, operation.more))
    return;
  const bool is_sure = asked == AskedFor::Many && !limited;
  auto finding =
      finding_on(function, effect, "reliability-pagination-missing", operation.id,
                 static_cast<std::uint8_t>(own_uncertainty(effect) | (is_sure ? 0 : kHeuristic)));
  const std::string call = cat("'", operation.id, "'", target_words(project, effect));
  if (limited)
    finding.says(call,
                 " reads as many items as its limit says and filters these alone; what matches "
                 "may stand behind them, and nothing reads '",
                 first_of(operation.more), "'.");
  else
    finding.says(call, " returns one page, and says with '", first_of(operation.more),
                 "' that there is more; nothing reads that, so everything after the first page is "
                 "missed.");
  findings.push_back(std::move(finding));
}

}  // namespace

void reliability_results(const Project& project, const Settings&, Findings& findings) {
  const OwnSweeps sweeps(project);
  for (const LambdaFunction& function : project.functions) {
    std::vector<Span> told;  // a call may have several targets
    for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *list) {
        // By its name alone a call may be another library's.
        if ((effect.flags & kGuessed) != 0) continue;
        if (std::ranges::find(told, effect.where) != told.end()) continue;
        told.push_back(effect.where);
        check_batch(project, function, effect, sweeps, findings);
        check_pages(project, function, effect, findings);
      }
  }
}

}  // namespace fnlint
