// Keeps what walks have come to, by function.
#include "flow/engine/summary_store.h"

#include <vector>

namespace fnlint {

const Summary* SummaryStore::find(FunctionRef function) const {
  const auto found = summaries_.find(pack(function));
  return found == summaries_.end() ? nullptr : &found->second;
}

const Summary& SummaryStore::keep(FunctionRef function, Summary summary) {
  return summaries_.emplace(pack(function), std::move(summary)).first->second;
}

const SummaryStore::Entered* SummaryStore::find_entered(FunctionRef function) const {
  const auto found = entered_.find(pack(function));
  return found == entered_.end() ? nullptr : &found->second;
}

const Summary& SummaryStore::keep_entered(FunctionRef function, Entered entered) {
  return entered_.emplace(pack(function), std::move(entered)).first->second.summary;
}

ValueId SummaryStore::returned_place(FunctionRef function) const {
  const auto found = returned_places_.find(pack(function));
  return found == returned_places_.end() ? ValueId{} : found->second;
}

bool SummaryStore::is_called_at_init_only(FunctionRef function) const {
  std::vector<std::uint64_t> open{pack(function)};
  std::set<std::uint64_t> seen(open.begin(), open.end());
  while (!open.empty()) {
    const auto found = callers_.find(open.back());
    open.pop_back();
    if (found == callers_.end()) return false;
    for (const std::uint64_t caller : found->second)
      if (caller != 0 && seen.insert(caller).second) open.push_back(caller);
  }
  return true;
}

void SummaryStore::end_round(CallSite at, ValueId callee) {
  const auto round = settling_.find({pack(at), callee.index});
  if (--round->second == 0) settling_.erase(round);
}

ValueId SummaryStore::kept_default(CallSite call) const {
  const auto found = defaults_.find(pack(call));
  return found == defaults_.end() ? ValueId{} : found->second;
}

void SummaryStore::forget(const IsForgotten& is_forgotten) {
  forget_of_modules(summaries_, is_forgotten);
  forget_of_modules(entered_, is_forgotten);
  forget_of_modules(returned_places_, is_forgotten);
}

}  // namespace fnlint
