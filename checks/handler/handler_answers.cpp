// How a handler says that it is done: it returns, it calls back, or it ends the process.

#include "checks/handler/rules.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/languages.h"
#include "values/pool.h"
#include "values/read_whole.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

bool is_after_failure(const ValuePool& pool, const CodeCall& call) {
  return std::ranges::any_of(call.holds, [&](const Fact& one) { return is_failure(pool, one); });
}

// Whether all that has to hold for it is that something has failed, what was done before it or not.
bool is_only_after_failure(const ValuePool& pool, const CodeCall& call) {
  return is_after_failure(pool, call) && std::ranges::all_of(call.holds, [&](const Fact& one) {
           return is_failure(pool, one) || is_failure(pool, {one.test, !one.holds});
         });
}

// A test that cannot be read may never hold. That something has failed is none of those.
bool is_doubtful_way(const ValuePool& pool, const CodeCall& call) {
  return (call.flags & kUnderUnknownTest) != 0 && !is_only_after_failure(pool, call);
}

void check_exits(const ValuePool& pool, const LambdaFunction& function, Findings& findings) {
  std::set<Span> told;
  for (const CodeCall& call : function.exits) {
    if (!told.insert(call.where).second) continue;
    std::uint8_t uncertainty = call.uncertainty;
    if (is_doubtful_way(pool, call)) uncertainty |= kConditional;
    // What has failed would mostly have failed the invocation, too.
    const bool would_fail = is_after_failure(pool, call);
    findings.push_back(
        FindingBuilder("handler-process-exit", uncertainty)
            .at_call(function, call, "The process ends here.")
            .grade_if(would_fail, Severity::Note)
            .caused_by({.key = function.name, .apart = 1, .also = "It ends here, too."})
            .says("'", call.name,
                  "' ends the process in the middle of an invocation: whatever the exit code, the "
                  "invocation fails without its own error, and the next one begins cold."));
  }
}

// Whether the runtime hears callbacks at all; nothing: its version is not known.
std::optional<bool> hears_callbacks(const LambdaFunction& function) {
  const HandlerContract* const form = find_handler_contract(function.language);
  if (form == nullptr || form->callbacks_until.empty()) return false;
  const std::vector<int> version = version_of_runtime(function.runtime);
  if (version.empty()) return std::nullopt;
  return is_before(version, form->callbacks_until);
}

// Of old runtimes, which take a promise for nothing.
bool hears_promises(const LambdaFunction& function) {
  const HandlerContract* const form = find_handler_contract(function.language);
  const std::vector<int> version = version_of_runtime(function.runtime);
  return form == nullptr || version.empty() || !is_before(version, form->promises_since);
}

// What is done behind a call, in the handler's own words or below.
const Effect* done_at(const LambdaFunction& function, const std::vector<Span>& calls) {
  const auto is_there = [&](const Span& where) {
    return std::ranges::find(calls, where) != calls.end();
  };
  for (const std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list)
      if (is_there(effect.where) || std::ranges::any_of(effect.path, [&](const PlacedText& step) {
            return is_there(step.where);
          }))
        return &effect;
  return nullptr;
}

struct Lost {
  std::string words = {};  // what is lost by answering so; empty: nothing
  Span where = {};
  std::string there = {};
  std::uint8_t uncertainty = 0;
};

// An answer that is the last thing on its way arrives, though the handler is asynchronous.
Lost lost_by(const LambdaFunction& function, const CallbackAnswer& answer) {
  if (answer.late)
    return {.words =
                "nothing waits for this call: the promise has settled by then, and what it "
                "gave is the answer.",
            .uncertainty = kHeuristic};
  if (answer.again.file.exists())
    return {"the handler goes on after this, and calls back once more: that answer is dropped.",
            answer.again, "It calls back again here."};
  if (answer.returned.file.exists())
    return {"whichever comes first is the answer, and the other one is dropped.", answer.returned,
            "It returns an answer here."};
  if (function.may_leave_loop && !answer.awaits.empty())
    return {
        "the runtime does not wait for what comes after this, and may freeze the function in "
        "the middle of it.",
        answer.awaits.front(), "It still awaits this."};
  if (const Effect* const effect = done_at(function, answer.calls); effect != nullptr)
    return {.words = "the handler has answered, and goes on working.",
            .where = effect->where,
            .there = "This comes after the answer.",
            .uncertainty = kHeuristic};
  return {};
}

void check_mixed(const LambdaFunction& function, std::uint8_t uncertainty, Findings& findings) {
  const bool is_async = (function.called.flags & kAsync) != 0;
  if (!is_async && !function.gives_task) return;
  // What a promise settles with comes second where it is the callback that settles it.
  if (!is_async) uncertainty |= kHeuristic;
  for (const CallbackAnswer& answer : function.answers) {
    const Lost lost = lost_by(function, answer);
    if (lost.words.empty() || (!is_async && answer.late)) continue;
    findings.push_back(FindingBuilder("handler-mixed-callback", uncertainty | lost.uncertainty)
                           .about(function)
                           .at(answer.where)
                           .says("The handler ", is_async ? "is asynchronous" : "returns a promise",
                                 ", and calls back as well: ", lost.words)
                           .related(function.handler_where, "This is the handler.")
                           .related_if(lost.where.file.exists(), lost.where, lost.there));
    return;
  }
  // It arrives: for as long as there are callbacks.
  const HandlerContract* const form = find_handler_contract(function.language);
  if (!is_async || form == nullptr || form->callbacks_until.empty()) return;
  findings.push_back(
      FindingBuilder("handler-mixed-callback", uncertainty)
          .about(function)
          .at(function.answers.front().where)
          .says("The handler is asynchronous, and calls back as well: the answer arrives, but "
                "runtimes from Node.js ",
                form->callbacks_until, " on have no callback.")
          .grade(Severity::Note)
          .related(function.handler_where, "This is the handler.")
          // A habit of a project's, told once.
          .caused_by({.key = "calls back", .subject = function.name, .apart = 1}));
}

// What keeps the event loop from getting empty, made while the module loads.
const CodeCall* kept_open(const LambdaFunction& function) {
  const auto found = std::ranges::find_if(function.made_at_init, [&](const CodeCall& call) {
    if (call.library == UINT32_MAX || call.phase != CallPhase::Load) return false;
    const LibraryModel& row = library_models()[call.library];
    return row.tells.starts_with("connection=");
  });
  return found == function.made_at_init.end() ? nullptr : &*found;
}

void check_open_loop(const LambdaFunction& function, std::uint8_t uncertainty, Findings& findings) {
  if (function.may_leave_loop) return;
  // The runtime hears one answer alone: that of a promise is none behind that of the callback.
  const bool is_async = (function.called.flags & kAsync) != 0 || function.gives_task;
  if (!is_async && function.completion != Completion::WhenIdle) return;
  const auto first =
      is_async
          ? std::ranges::find_if(function.answers,
                                 [](const CallbackAnswer& one) { return one.waits && !one.late; })
          : function.answers.begin();
  const CodeCall* const open = kept_open(function);
  if (open == nullptr || first == function.answers.end()) return;
  // The remedy stands at the beginning of the handler, whichever answer waits.
  findings.push_back(
      FindingBuilder("handler-event-loop-open", uncertainty | open->uncertainty)
          .about(function)
          .at(function.handler_where)
          .says(
              "An answer by the callback is sent when nothing is left running, and what '",
              open->name,
              "' has opened stays open: the invocation waits for it, until it times out at worst.")
          .related(first->where, "This answer waits.")
          .related(open->where, "The connection is made here."));
}

}  // namespace

void handler_answers(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    check_exits(*project.pool, function, findings);
    const std::optional<bool> hears = hears_callbacks(function);
    if (function.answers.empty() || hears == false) continue;
    const std::uint8_t uncertainty = hears ? 0 : kHeuristic;
    if (hears_promises(function)) check_mixed(function, uncertainty, findings);
    const bool is_handed_on = hands_on_context(*project.pool, function);
    check_open_loop(function, uncertainty | (is_handed_on ? kHeuristic : 0), findings);
  }
}

}  // namespace fnlint
