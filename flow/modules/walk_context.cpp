// The limits that a walk comes to: calls that are followed, libraries of which no row tells.
#include "flow/modules/walk_context.h"

#include <algorithm>

namespace fnlint {

bool WalkContext::spend_call(int depth) {
  if (calls_left_ == 0) return false;
  // One inside of others counts for each of those that wait for it.
  calls_left_ -= std::min(calls_left_, 1 + static_cast<std::size_t>(std::max(depth, 0)));
  return true;
}

void WalkContext::note_unfollowed(const std::vector<Unfollowed>& of_callee) {
  constexpr std::size_t kUnfollowed = 32;  // that many tell that not all is known
  std::vector<Unfollowed>& all = missed_.unfollowed;
  for (const Unfollowed& one : of_callee) {
    const auto at = std::ranges::lower_bound(all, one.callee, {}, &Unfollowed::callee);
    if (at != all.end() && at->callee == one.callee) continue;
    if (all.size() >= kUnfollowed) return;
    all.insert(at, one);
  }
}

}  // namespace fnlint
