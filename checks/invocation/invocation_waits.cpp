// A function is paid for while it does nothing but wait: for another function, or for the clock.

#include "checks/invocation/rules.h"
#include "checks/view/code_calls.h"
#include "checks/view/explicit_timeout.h"
#include "checks/view/finding_builder.h"
#include "checks/view/invocation_type.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// --- For another function

// A durable execution is not billed until the other one has responded.
bool is_suspended(const Effect& effect) {
  return effect.library != UINT32_MAX && library_models()[effect.library].work == "suspends";
}

void report_wait(const Project& project, const LambdaFunction& function, const Effect& effect,
                 Findings& findings) {
  const auto type = invocation_type(*project.pool, effect.arguments);
  if (type && !waits_for_answer(*type)) return;
  std::uint8_t uncertainty =
      static_cast<std::uint8_t>(effect.uncertainty & (kConditional | kOfHappening));
  if (!type) uncertainty |= kUncertain;
  std::string callee = name_of(project, effect.target);
  if (callee.empty())
    if (const auto text = effect.target_value.exists() ? as_text(*project.pool, effect.target_value)
                                                       : std::nullopt)
      callee = std::string(*text);
  findings.push_back(
      FindingBuilder("invocation-sync-chain", uncertainty)
          .about(function)
          .at(effect.where)
          .says(
              "'", function.name, "' waits, and is billed, until ",
              callee.empty() ? std::string("the function that it invokes") : cat("'", callee, "'"),
              " has responded: both functions are billed for that time, and both fail together.")
          .identified(function.name, ':', callee)
          .from_handler(function, effect.path)
          .step(effect.where, "It waits for the response here."));
}

// --- For the clock

constexpr double kLongPause = 1000;  // milliseconds
constexpr double kPollingPause = 500;

std::optional<double> pause_of(const ValuePool& pool, const CodeCall& call) {
  if (call.library == UINT32_MAX) return std::nullopt;
  return explicit_timeout(pool, library_models()[call.library], call.arguments, {});
}

constexpr std::string_view kSleeps = "sleeps", kAwaits = "waits until it is done";

std::string message_of(const LambdaFunction& function, const CodeCall& call, std::string_view work,
                       std::optional<double> pause) {
  if (work == kAwaits)
    return cat("'", call.name, "' polls until the work is done, while '", function.name,
               "' is billed.");
  const bool loop = (call.flags & kInLoop) != 0;
  return cat("'", function.name, "' is billed while it sleeps ",
             pause ? seconds_of(*pause) : std::string("for an unknown time"),
             loop ? " in each iteration of a loop." : ".");
}

// Where it is said how long: of a helper that pauses, where that is called.
CodeCall placed(const CodeCall& call) {
  CodeCall moved = call;
  if (!call.value.exists() || call.path.size() < 2) return moved;
  moved.path.resize(call.path.size() - 2);
  moved.where = call.path[call.path.size() - 2].where;
  return moved;
}

void report_pause(const Project& project, const LambdaFunction& function, const CodeCall& call,
                  std::set<Span>& reported, Findings& findings) {
  if (call.library == UINT32_MAX) return;
  const std::string_view work = library_models()[call.library].work;
  if (work != kSleeps && work != kAwaits) return;
  const bool loop = (call.flags & kInLoop) != 0;
  const std::optional<double> pause = pause_of(*project.pool, call);
  std::uint8_t uncertainty = call.uncertainty;
  if (work == kSleeps) {
    if (pause && *pause <= kLongPause && !(loop && *pause >= kPollingPause)) return;
    if (!pause && !loop) return;
    if (!pause) uncertainty |= kUncertain;
  }
  if ((call.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
  if (!reported.insert(call.where).second) return;
  findings.push_back(FindingBuilder("invocation-wait-in-function", uncertainty)
                         .at_call(function, call, "It waits here.")
                         .says(message_of(function, call, work, pause)));
}

}  // namespace

void invocation_sync_chain(const Project& project, const Settings&, Findings& findings) {
  // A call that several functions reach, by what it invokes.
  std::set<std::pair<Span, ResourceId>> reported;
  for (const LambdaFunction& function : project.functions)
    for (const auto* effects : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *effects) {
        if (operations()[effect.operation].id != "lambda.Invoke" || is_suspended(effect)) continue;
        const std::pair place{effect.where, effect.target};
        if (reported.contains(place)) continue;
        const std::size_t before = findings.size();
        report_wait(project, function, effect, findings);
        if (findings.size() > before) reported.insert(place);
      }
}

void invocation_wait_in_function(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> reported;
  for (const LambdaFunction& function : project.functions)
    for (const CodeCall& call : function.work)
      report_pause(project, function, placed(call), reported, findings);
}

}  // namespace fnlint
