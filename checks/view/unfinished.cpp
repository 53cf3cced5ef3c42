#include "checks/view/unfinished.h"

#include "core/text.h"
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

}  // namespace

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
  return function.completion != Completion::WhenIdle && !is_waited_for(function, call);
}

const CodeCall* unfinished_reader(const LambdaFunction& function, const StateChange& change) {
  if (function.completion != Completion::AtReturn) return nullptr;
  for (const CodeCall& call : function.left)
    if (std::ranges::find(change.read_by_left, call.where) != change.read_by_left.end() &&
        call.evidence == 0 && !is_never_sent(call) && is_unfinished(function, call))
      return &call;
  return nullptr;
}

}  // namespace fnlint
