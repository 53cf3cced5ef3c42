// How a handler says that it is done: it returns, it calls back, or it ends the process.

#include "checks/code_calls.h"
#include "checks/idempotency_view.h"
#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "tables/languages.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// A test that cannot be read may never hold. That something has failed is none of those.
bool is_doubtful_way(const ValuePool& pool, const CodeCall& call) {
  return (call.flags & kUnderUnknownTest) != 0 &&
         !std::ranges::all_of(call.holds, [&](const Fact& one) { return is_failure(pool, one); });
}

void check_exits(const ValuePool& pool, const LambdaFunction& function, Findings& findings) {
  std::set<Span> told;
  for (const CodeCall& call : function.exits) {
    if (!told.insert(call.where).second) continue;
    std::uint8_t evidence = call.evidence;
    if (is_doubtful_way(pool, call)) evidence |= kConditional;
    Finding finding;
    finding.rule = "handler-process-exit";
    finding.confidence = confidence_of(evidence);
    finding.message = cat("'", call.name,
                          "' ends the process in the middle of an invocation: whatever the exit "
                          "code, the invocation fails without its own error, and the next one "
                          "begins cold.");
    place_call(function, call, "The process ends here.", finding);
    findings.push_back(std::move(finding));
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

Finding finding_at(const LambdaFunction& function, std::string_view rule, Span where,
                   std::uint8_t evidence) {
  Finding finding;
  finding.rule = rule;
  finding.confidence = confidence_of(evidence);
  finding.where = where;
  finding.function = function.name;
  finding.identity = function.name;
  return finding;
}

// Something else is returned than what a callback, or the end of the function, gives.
bool returns_answer(const ValuePool& pool, const LambdaFunction& function) {
  return std::ranges::any_of(function.returns, [&](const ReturnedValue& one) {
    if (!one.value.exists()) return false;
    const ValueKind kind = pool[one.value].kind;
    return kind == ValueKind::Record || kind == ValueKind::List || kind == ValueKind::Text ||
           kind == ValueKind::Pattern || kind == ValueKind::Number || kind == ValueKind::Bool;
  });
}

void check_mixed(const ValuePool& pool, const LambdaFunction& function, std::uint8_t evidence,
                 Findings& findings) {
  const bool is_async = (function.called.flags & kAsync) != 0;
  if (!is_async && !function.gives_task) return;
  // What a promise settles with comes second where it is the callback that settles it.
  if (!is_async) evidence |= kHeuristic;
  Finding finding =
      finding_at(function, "handler-mixed-callback", function.answers.front(), evidence);
  // Until the runtime hears no callbacks any more, the answer arrives all the same.
  const bool is_harmless = !returns_answer(pool, function);
  if (is_harmless) finding.severity = Severity::Note;
  finding.message =
      cat("The handler ", is_async ? "is asynchronous" : "returns a promise",
          ", and calls back as well: whichever comes first is the answer, and the other one is "
          "dropped.");
  finding.related.push_back({function.handler_where, "This is the handler."});
  // A habit of a project's, told once.
  if (is_harmless) finding.cause = {.key = "calls back", .subject = function.name, .apart = 1};
  findings.push_back(std::move(finding));
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

void check_open_loop(const LambdaFunction& function, std::uint8_t evidence, Findings& findings) {
  if ((function.called.flags & kAsync) != 0 || function.gives_task || function.may_leave_loop ||
      function.completion != Completion::WhenIdle)
    return;
  const CodeCall* const open = kept_open(function);
  if (open == nullptr) return;
  Finding finding = finding_at(function, "handler-event-loop-open", function.answers.front(),
                               static_cast<std::uint8_t>(evidence | open->evidence));
  finding.message =
      cat("An answer by the callback is sent when nothing is left running, and what '", open->name,
          "' has opened stays open: the invocation waits for it, until it times out at worst.");
  finding.related.push_back({open->where, "The connection is made here."});
  findings.push_back(std::move(finding));
}

}  // namespace

void handler_answers(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    check_exits(*project.pool, function, findings);
    const std::optional<bool> hears = hears_callbacks(function);
    if (function.answers.empty() || hears == false) continue;
    const std::uint8_t evidence = hears ? 0 : kHeuristic;
    if (hears_promises(function)) check_mixed(*project.pool, function, evidence, findings);
    check_open_loop(function, evidence, findings);
  }
}

}  // namespace fnlint
