// When the handler has returned, the platform freezes the environment: what is still running then
// stands still until the next event, in the middle of another invocation, or is lost.

#include "checks/async/rules.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "checks/view/unfinished.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/pool.h"

#include <map>

namespace fnlint {

namespace {

std::string message_of(const CodeCall& call) {
  if (is_never_sent(call))
    return cat("Nothing sends the request that '", call.name,
               "' makes: it is sent where it is given a callback, or by its send() or promise().");
  const bool of_callback = call.library != UINT32_MAX && group_of(call).empty() &&
                           (call.flags & kGivenCallback) == 0;
  std::string message;
  if ((call.flags & kGivenCallback) != 0)
    message = cat("The handler does not wait for the callback of '", call.name, "'");
  else if (of_callback)
    message =
        cat("Nothing waits for the work that the function passed to '", call.name, "' starts");
  else if (call.left_at.file.exists())
    message = cat("On some paths, nothing waits for '", call.name, "' to finish");
  else
    message = cat("Nothing waits for '", call.name, "' to finish");
  return message +
         ": once the handler has returned, work that is still running is frozen, and resumes in a "
         "later invocation or never.";
}

Finding finding_of(const LambdaFunction& function, const CodeCall& call) {
  std::uint8_t uncertainty = call.uncertainty;
  if ((call.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
  const bool is_sent = !is_never_sent(call);
  if (is_sent && function.completion == Completion::Unknown) uncertainty |= kUncertain;
  const bool may_wait =
      function.completion == Completion::AtOnce || answers_when_idle(function) == Answer::Unknown;
  if (is_sent && may_wait) uncertainty |= kHeuristic;
  const bool is_of_some_ways = call.left_at.file.exists();
  auto finding = FindingBuilder("async-unfinished-work", uncertainty)
                     .at_call(function, call,
                              !is_sent          ? "It is made here, and nothing sends it."
                              : is_of_some_ways ? "It is started here."
                                                : "It is started here, and nothing waits for it.")
                     .says(message_of(call));
  if (is_of_some_ways && call.left_at != call.where)
    finding.step(call.left_at, "The function returns here, and nothing has waited for it.");
  return finding;
}

using ByCall = std::map<Span, Finding>;

// The finding whose call holds this one in a function that it is given; null: none does.
Finding* finding_around(ByCall& found, const Span& where) {
  for (auto& [outer, finding] : found)
    if (outer.file == where.file && outer != where && outer.range.contains(where.range))
      return &finding;
  return nullptr;
}

// Work that is started within work that nobody waits for: who looks at the one sees the other.
void tell_together(ByCall& found) {
  for (auto at = found.begin(); at != found.end();) {
    Finding* const outer = finding_around(found, at->first);
    if (outer == nullptr || outer->confidence < at->second.confidence) {
      ++at;
      continue;
    }
    outer->related.push_back({at->first, "Nothing waits for this, which it starts, either."});
    at = found.erase(at);
  }
}

}  // namespace

void async_unfinished_work(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    ByCall found;  // by the call: several returns may leave what it starts
    for (const CodeCall& call : function.left) {
      if (!is_unfinished(function, call)) continue;
      Finding one = finding_of(function, call);
      const auto [at, is_new] = found.try_emplace(call.where, one);
      if (!is_new && one.confidence > at->second.confidence) at->second = std::move(one);
    }
    tell_together(found);
    for (auto& [where, finding] : found) findings.push_back(std::move(finding));
  }
}

}  // namespace fnlint
