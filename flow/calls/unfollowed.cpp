// Calls of libraries of which no row tells, of the body that is walked and of those that it calls.
#include "flow/engine/engine.h"

#include <algorithm>

namespace fnlint {

void Engine::note_unfollowed(std::string_view library, CallSite at) {
  note_unfollowed({{.callee = pool_.string(library), .at = at}});
}

void Engine::note_unfollowed(const std::vector<Unfollowed>& of_callee) {
  constexpr std::size_t kUnfollowed = 32;  // that many tell that not all is known
  for (const Unfollowed& one : of_callee) {
    const auto at = std::ranges::lower_bound(unfollowed_, one.callee, {}, &Unfollowed::callee);
    if (at != unfollowed_.end() && at->callee == one.callee) continue;
    if (unfollowed_.size() >= kUnfollowed) return;
    unfollowed_.insert(at, one);
  }
}

}  // namespace fnlint
