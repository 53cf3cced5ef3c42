// Pauses and attempts that are counted before they begin: where all of them take longer than the
// function may run, what the code does after the last one is never done.

#include "checks/limits/callers.h"
#include "checks/limits/numbers.h"
#include "checks/limits/request_waits.h"
#include "checks/limits/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/explicit_timeout.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/compute.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

constexpr std::uint32_t kNotInTurn = kManyAtOnce | kDetached | kBesideTasks | kInInit;

struct CountedWait {
  double ms = 0;
  std::int64_t rounds = 1;
  bool is_pause = false;
  std::uint8_t uncertainty = 0;
  std::string name = {};
  const std::vector<Fact>* holds = nullptr;
  Span where = {};
  std::vector<PlacedText> path = {};
  [[nodiscard]] double all() const { return ms * static_cast<double>(rounds); }
};

// Nothing: it stands in a loop, or in several, and how often they go round is not known.
std::optional<std::int64_t> known_rounds(const ValuePool& pool, ValueId rounds,
                                         std::uint32_t flags) {
  if (rounds.exists()) return as_integer(pool, rounds);
  return (flags & kInLoop) == 0 ? std::optional<std::int64_t>(1) : std::nullopt;
}

std::optional<CountedWait> pause_in(const ValuePool& pool, const CodeCall& call) {
  if (call.library == UINT32_MAX || library_models()[call.library].work != "sleeps" ||
      call.phase != CallPhase::Invocation || (call.flags & kNotInTurn) != 0)
    return std::nullopt;
  const auto ms = explicit_timeout(pool, library_models()[call.library], call.arguments, {});
  const auto rounds = known_rounds(pool, call.rounds, call.flags);
  if (!ms || !rounds || *ms <= 0) return std::nullopt;
  // One that is made for some events alone may be there to be too long: a stub of a slow service.
  if (*rounds == 1 && (!call.holds.empty() || (call.flags & kUnderTest) != 0)) return std::nullopt;
  CountedWait wait{.ms = *ms,
                   .rounds = *rounds,
                   .is_pause = true,
                   .uncertainty = call.uncertainty,
                   .name = call.name,
                   .holds = &call.holds,
                   .where = call.where,
                   .path = call.path};
  // Of a helper that pauses, where it is told how long.
  if (call.value.exists() && wait.path.size() >= 2) {
    wait.path.resize(wait.path.size() - 2);
    wait.where = call.path[call.path.size() - 2].where;
  }
  return wait;
}

// How long there is for all of it.
struct GivenTime {
  double ms = 0;
  std::uint8_t uncertainty = 0;
  bool of_caller = false;  // who waits for the answer gives up before the function's own end
  std::string words = {};  // "'Report' may run 30 s"
  Span where = {};
};

// Of a request that may wait as long as the function may run by itself, limits-timeout-chain tells.
std::optional<CountedWait> request_in(const ValuePool& pool, const Effect& effect,
                                      const GivenTime& given) {
  if ((effect.flags & kNotInTurn) != 0) return std::nullopt;
  const auto told = request_wait_of(pool, effect);
  const auto rounds = known_rounds(pool, effect.rounds, effect.flags);
  if (!told || told->by_default || !rounds) return std::nullopt;
  if (*rounds < 2 && (!given.of_caller || told->ms <= given.ms + kMsPerSecond)) return std::nullopt;
  if (!given.of_caller && told->ms >= given.ms) return std::nullopt;
  return CountedWait{.ms = told->ms,
                     .rounds = *rounds,
                     .uncertainty = effect.uncertainty,
                     .name = call_name(effect),
                     .holds = &effect.holds,
                     .where = effect.where,
                     .path = effect.path};
}

// Those of one function that are made as often.
using WaitGroup = std::tuple<FileId, Span, std::int64_t>;
WaitGroup wait_group_of(const CountedWait& wait) {
  return {wait.where.file, wait.path.empty() ? Span{} : wait.path.back().where, wait.rounds};
}

std::vector<CountedWait> waits_in(const ValuePool& pool, const LambdaFunction& function,
                                  const GivenTime& given) {
  std::vector<CountedWait> waits;
  const auto add = [&](std::optional<CountedWait> wait) {
    const bool is_new = wait && std::ranges::none_of(waits, [&](const CountedWait& one) {
                          return one.where == wait->where && one.rounds == wait->rounds;
                        });
    if (is_new) waits.push_back(std::move(*wait));
  };
  for (const CodeCall& call : function.work) add(pause_in(pool, call));
  for (const auto* effects : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *effects) add(request_in(pool, effect, given));
  return waits;
}

// A pause, or of an attempt its request with the pause behind it.
std::string words_of_waits(const std::vector<const CountedWait*>& waits) {
  const CountedWait& first = *waits.front();
  const double each = [&] {
    double sum = 0;
    for (const CountedWait* one : waits) sum += one->ms;
    return sum;
  }();
  const bool only_pauses =
      std::ranges::all_of(waits, [](const CountedWait* one) { return one->is_pause; });
  const bool only_requests =
      std::ranges::none_of(waits, [](const CountedWait* one) { return one->is_pause; });
  const std::string times =
      first.rounds == 1 ? std::string()
                        : cat(" in each of up to ", first.rounds, " rounds, ",
                              seconds_of(each * static_cast<double>(first.rounds)), " in all");
  return cat(only_pauses     ? "pauses for "
             : only_requests ? "may wait for its requests "
                             : "may wait and pause ",
             seconds_of(each), times);
}

void report_waits(const LambdaFunction& function, const GivenTime& given,
                  const std::vector<const CountedWait*>& waits, Findings& findings) {
  const CountedWait& longest = **std::ranges::max_element(waits, {}, &CountedWait::ms);
  const bool is_sure = waits.size() == 1 && longest.rounds == 1 && longest.is_pause;
  std::uint8_t uncertainty = given.uncertainty;
  for (const CountedWait* one : waits) uncertainty |= one->uncertainty;
  auto finding =
      FindingBuilder("limits-wait-outlasts-timeout", uncertainty)
          .about(function)
          .at(longest.where)
          .identified(function.name, ':', longest.name)
          .says("The code here ", words_of_waits(waits), ", but ", given.words,
                given.of_caller ? ": nobody waits for the answer any more."
                                : ": it is stopped in the middle, and what comes afterwards is "
                                  "never done.")
          .along(longest.path, longest.where, "It waits here.");
  if (!is_sure) finding.at_most(Confidence::Likely);
  finding.related(given.where, "This gives it the time.");
  for (const CountedWait* one : waits)
    if (one != &longest) finding.related(one->where, "It waits here, too.");
  findings.push_back(std::move(finding));
}

std::optional<GivenTime> given_time(const Project& project, const Callers& callers, bool others,
                                    const LambdaFunction& function) {
  const Number timeout = number_at(project, function.resource, "Timeout");
  if (!timeout.value) return std::nullopt;
  GivenTime given{.ms = static_cast<double>(*timeout.value * kMsPerSecond),
                  .uncertainty = timeout.uncertainty,
                  .words = cat("'", function.name, "' may run ", *timeout.value, " s"),
                  .where = timeout.property != nullptr ? anchor_of(*timeout.property)
                                                       : project.stacks[function.resource].name};
  if (others) return given;
  const std::vector<TimeLimit> limits = callers.waiting_for(function.resource);
  if (limits.empty()) return given;
  const TimeLimit& longest =
      *std::ranges::max_element(limits, {}, [](const TimeLimit& one) { return *one.ms; });
  const auto ms = static_cast<double>(*longest.ms);
  if (ms >= given.ms) return given;
  return GivenTime{
      .ms = ms,
      .uncertainty = longest.uncertainty,
      .of_caller = true,
      .words = cat(longest.words, " waits ", seconds_of(ms), " for '", function.name, "'"),
      .where = longest.where};
}

using WaitsInTurn = std::vector<const CountedWait*>;

// What is made one after the other; of ways that exclude each other the longest counts.
std::vector<WaitsInTurn> grouped(const ValuePool& pool, const std::vector<CountedWait>& waits) {
  std::map<WaitGroup, WaitsInTurn> groups;
  for (const CountedWait& one : waits) {
    WaitsInTurn& group = groups[wait_group_of(one)];
    const bool is_beside = std::ranges::none_of(group, [&](const CountedWait* other) {
      return exclude_each_other(pool, *one.holds, *other->holds);
    });
    if (is_beside)
      group.push_back(&one);
    else if (group.size() == 1 && group.front()->ms < one.ms)
      group.front() = &one;
  }
  std::vector<WaitsInTurn> all;
  for (auto& [key, group] : groups) all.push_back(std::move(group));
  return all;
}

double sum_of(const WaitsInTurn& waits) {
  double sum = 0;
  for (const CountedWait* one : waits) sum += one->all();
  return sum;
}

void check_waits(const Project& project, const LambdaFunction& function, const GivenTime& given,
                 Findings& findings) {
  const std::vector<CountedWait> waits = waits_in(*project.pool, function, given);
  std::vector<WaitsInTurn> groups = grouped(*project.pool, waits);
  std::ranges::stable_sort(groups, std::ranges::greater{}, sum_of);
  bool has_requests = false;  // the largest of them stands for all
  for (WaitsInTurn& group : groups) {
    if (sum_of(group) < given.ms) return;
    const auto alone = std::ranges::find_if(
        group, [&](const CountedWait* one) { return one->is_pause && one->all() >= given.ms; });
    if (alone != group.end()) group = {*alone};
    const bool asks =
        std::ranges::any_of(group, [](const CountedWait* one) { return !one->is_pause; });
    if (!asks || !std::exchange(has_requests, true)) report_waits(function, given, group, findings);
  }
}

}  // namespace

void limits_wait_outlasts_timeout(const Project& project, const Settings&, Findings& findings) {
  const Callers callers(project);
  const bool others = callers.may_be_others();
  for (const LambdaFunction& function : project.functions)
    if (function.resolved && function.resource.exists())
      if (const auto given = given_time(project, callers, others, function))
        check_waits(project, function, *given, findings);
}

}  // namespace fnlint
