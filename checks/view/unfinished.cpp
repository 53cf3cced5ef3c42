// Pairs work that was started with a later wait of the same group, or with a runtime that waits
// until nothing is left to run.

#include "checks/view/unfinished.h"

#include "core/text.h"
#include "tables/languages.h"
#include "tables/models.h"

#include <algorithm>

namespace fnlint {

namespace {

// `go f()` and the like wait for each other under this name.
constexpr std::string_view kDetachedGroup = "detached";

bool waits_for(const LambdaFunction& function, std::string_view group) {
  return std::any_of(function.waits.begin(), function.waits.end(), [&](std::uint32_t row) {
    if (row == UINT32_MAX) return group == kDetachedGroup;
    const std::vector<std::string_view> groups = split(library_models()[row].waits, ',');
    return std::ranges::find(groups, group) != groups.end();
  });
}

bool is_waited_for(const LambdaFunction& function, const CodeCall& call) {
  if ((call.flags & kCompletes) != 0 && waits_for(function, kCompletionGroup)) return true;
  std::string_view group = group_of(call);
  if (group.empty() && call.library == UINT32_MAX)
    group = kTaskGroup;  // what reads a streamed response waits for them
  return !group.empty() && waits_for(function, group);
}

// The first version that a range lets in; empty: not known, or it lets in any later one.
std::vector<int> least_version(std::string_view range) {
  const std::size_t start = range.find_first_not_of("^~=v ");
  const bool is_open = range.find_first_of("|*><") != range.npos;
  return start == range.npos || is_open ? std::vector<int>{} : version_numbers(range.substr(start));
}

}  // namespace

Answer answers_when_idle(const LambdaFunction& function) {
  if (function.called_back_by == UINT32_MAX) return Answer::No;
  const HandlerContract* form = find_handler_contract(function.language);
  const std::vector<int> runtime = version_of_runtime(function.runtime);
  if (form == nullptr || (!runtime.empty() && !is_before(runtime, form->callbacks_until)))
    return Answer::No;
  const std::vector<int> version = least_version(function.wrapper_version);
  if (version.empty()) return Answer::Unknown;
  if (!is_before(version, library_models()[function.called_back_by].calls_back_until))
    return Answer::No;
  return function.may_leave_loop ? Answer::Unknown : Answer::Yes;
}

std::string_view group_of(const CodeCall& call) {
  if ((call.flags & kDetached) != 0) return kDetachedGroup;
  return call.library != UINT32_MAX ? library_models()[call.library].starts : std::string_view{};
}

bool is_never_sent(const CodeCall& call) {
  return call.library != UINT32_MAX && library_models()[call.library].unsent &&
         (call.flags & kGivenCallback) == 0;
}

bool is_unfinished(const LambdaFunction& function, const CodeCall& call) {
  if (is_never_sent(call)) return true;
  return function.completion != Completion::WhenIdle &&
         answers_when_idle(function) != Answer::Yes && !is_waited_for(function, call);
}

const CodeCall* unfinished_reader(const LambdaFunction& function, const StateChange& change) {
  if (function.completion != Completion::AtReturn || answers_when_idle(function) != Answer::No)
    return nullptr;
  for (const CodeCall& call : function.left)
    if (std::ranges::find(change.read_by_pending, call.where) != change.read_by_pending.end() &&
        call.uncertainty == 0 && !is_never_sent(call) && is_unfinished(function, call))
      return &call;
  return nullptr;
}

}  // namespace fnlint
