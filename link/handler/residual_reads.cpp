// Goes through reads and stores of the summaries in order, and classifies each place by what was
// set before its reads.

#include "link/handler/residual_reads.h"

#include "core/text.h"
#include "tables/libraries.h"
#include "values/places.h"

#include <algorithm>

namespace fnlint {

namespace {

// One is the other, or a member of it.
bool is_below(const ValuePool& pool, ValueId place, ValueId whole) {
  while (place != whole && is_field(pool, place)) place = pool.operands(place)[0];
  return place == whole;
}

bool is_set_perhaps(ValuePool& pool, const std::vector<ValueId>& sets, ValueId place) {
  for (; place.exists(); place = is_field(pool, place) ? pool.operands(place)[0] : ValueId{})
    if (std::ranges::binary_search(sets, perhaps_place(pool, place))) return true;
  return false;
}

}  // namespace

void ResidualReads::take(const CallResult& outcome, bool in_order) {
  ValuePool& pool = engine_.pool();
  add_left(outcome.steps);
  for (const Step& step : outcome.steps) {
    if (step.kind == StepKind::Call) add_handed(step);
    if (step.kind != StepKind::Find) continue;
    if (!step.subject.exists()) {
      finds_more_ = true;
      continue;
    }
    if (pool.is(step.subject, ValueKind::Absent)) finds_more_fields_ = true;
    const bool set_before = (step.flags & kSetBefore) != 0 ||
                            contains_location(pool, sets_, step.subject);
    const auto may_be_set = [&](const Step& found) {
      return found.value.exists() && may_be_implied(pool, found.value);
    };
    std::vector<ValueId> sets = step.sets;
    add_locations(sets, sets_);
    const bool is_doubtful = (step.flags & kGuessed) != 0 || may_be_set(step) ||
                             is_set_perhaps(pool, sets, step.subject);
    const Left left = set_before ? Left::No : is_doubtful ? Left::Perhaps : Left::Yes;
    add(step.subject, (step.flags & kWhole) != 0, left, sets);
  }
  if (outcome.place.exists()) {
    std::vector<ValueId> sets = outcome.sets;
    add_locations(sets, sets_);
    add(outcome.place, true, unless(contains_location(pool, sets, outcome.place)), sets);
  }
  if (outcome.steps.size() >= kSummarySteps) finds_more_ = true;
  if (in_order) add_locations(sets_, outcome.sets);
}

ResidualReads::Left ResidualReads::unless(bool set_before) {
  return set_before ? Left::No : Left::Yes;
}

void ResidualReads::add(ValueId place, bool whole, Left left, const std::vector<ValueId>& sets) {
  const auto is_merged = [&] {
    if (sets.empty()) return false;
    for (ValueId at = place; is_field(engine_.pool(), at); at = engine_.pool().operands(at)[0])
      if (std::ranges::binary_search(sets, merged_place(engine_.pool(), at))) return true;
    return false;
  };
  if (left != Left::No && !is_merged()) unmerged_.insert(place);
  if (whole && left != Left::No) {
    const auto [known, is_new] = set_before_.try_emplace(place.index, sets);
    if (!is_new) known.value() = common_locations(known->second, sets);
  }
  Left& finds = (whole ? wholes_ : found_).try_emplace(place.index, Left::No).first.value();
  finds = std::max(finds, left);
}

void ResidualReads::add_left(const std::vector<Step>& steps) {
  const ValuePool& pool = engine_.pool();
  for (const Step& step : steps) {
    if (step.kind == StepKind::Find && (step.flags & kDetached) != 0 && step.subject.exists())
      left_[step.subject].insert(step.at);
    if (step.kind == StepKind::Start && step.subject.exists() &&
        pool.is(step.subject, ValueKind::Object))
      starts_[unpack_site(pool[step.subject].ref)].insert(step.at);
  }
}

std::set<CallSite> ResidualReads::read_by_pending(const StateChange& change) const {
  std::set<CallSite> sites;
  for (const auto& [place, calls] : left_) {
    if (!is_below(engine_.pool(), place, change.place) &&
        !is_below(engine_.pool(), change.place, place))
      continue;
    sites.insert(calls.begin(), calls.end());
    for (const CallSite& call : calls)
      if (const auto started = starts_.find(call); started != starts_.end())
        sites.insert(started->second.begin(), started->second.end());
  }
  return sites;
}

// What is called is known to nobody: it may read all that it is handed, and what was not set
// before.
void ResidualReads::add_handed(const Step& call) {
  const ValuePool& pool = engine_.pool();
  const auto hand = [&](ValueId place) {
    const bool set_before = contains_location(pool, call.sets, place);
    add(place, true, set_before ? Left::No : Left::Perhaps, call.sets);
  };
  const bool releases = is_method(pool, call.subject) &&
                        only_releases(lower(pool.text(pool.operands(call.subject)[1])));
  if (call.value.exists() && !releases) hand(call.value);
  if (!call.key.exists()) return;
  for (const ValueId place : pool.operands(call.key)) hand(place);
}

ResidualRead ResidualReads::left_in_variable(ValueId place) const {
  if (!engine_.modules().is_rebound(place)) return ResidualRead::Unknown;
  const auto found = found_.find(place.index);
  if (found == found_.end()) return ResidualRead::NotRead;
  if (found->second == Left::Perhaps) return ResidualRead::Perhaps;
  return found->second == Left::Yes ? ResidualRead::Read : ResidualRead::Replaced;
}

// A field of the same name, of what may be the same object by another name, makes it unknown.
ResidualRead ResidualReads::left_in_field(ValueId place) const {
  const ValuePool& pool = engine_.pool();
  if (finds_more_fields_) return ResidualRead::Unknown;
  bool read = false, elsewhere = false;
  Left left = Left::No;
  for (const auto& [index, finds] : found_) {
    const ValueId one{index};
    if (is_below(pool, one, place)) {
      read = true;
      left = std::max(left, finds);
    } else if (is_field(pool, one) && pool.operands(one)[1] == pool.operands(place)[1]) {
      elsewhere = elsewhere || finds != Left::No;
    }
  }
  for (const auto& [index, finds] : wholes_) {
    const ValueId one{index};
    if (!is_below(pool, one, place) && !is_below(pool, place, one)) continue;
    read = true;
    const auto before = set_before_.find(index);
    const bool set_first =
        before != set_before_.end() && contains_location(pool, before->second, place);
    if (!set_first) left = std::max(left, finds);
  }
  if (left == Left::Yes) return ResidualRead::Read;
  if (left == Left::Perhaps) return ResidualRead::Perhaps;
  if (elsewhere) return ResidualRead::Unknown;
  return read ? ResidualRead::Replaced : ResidualRead::NotRead;
}

// What holds the entry is read, and what of it is not known.
bool ResidualReads::finds_above(ValueId entry) const {
  const ValuePool& pool = engine_.pool();
  return std::ranges::any_of(found_, [&](const auto& found) {
    const ValueId one{found.first};
    return found.second != Left::No && one != entry && is_field(pool, one) &&
           is_below(pool, entry, one);
  });
}

bool ResidualReads::is_behind_merges(ValueId place) const {
  ValuePool& pool = engine_.pool();
  if (!is_field(pool, place) || finds_more_ || finds_more_fields_) return false;
  if (std::ranges::any_of(unmerged_, [&](ValueId one) { return is_below(pool, one, place); }))
    return false;
  return std::ranges::all_of(wholes_, [&](const auto& whole) {
    const ValueId one{whole.first};
    if (whole.second == Left::No || one == place || !is_below(pool, place, one)) return true;
    const auto before = set_before_.find(whole.first);
    return before != set_before_.end() &&
           std::ranges::binary_search(before->second, merged_place(pool, place));
  });
}

ResidualRead ResidualReads::left_by(const StateChange& change) const {
  ValuePool& pool = engine_.pool();
  const bool puts =
      change.how == StoreKind::PutKey && variable_of_entries(pool, change.place).exists();
  const ValueId entry = puts ? entry_place(pool, change.place, change.key) : ValueId{};
  if (!entry.exists()) {
    const ResidualRead left = left_in(change.place);
    const bool merges = change.how == StoreKind::Update && !change.key.exists();
    return merges && may_be_read(left) && is_behind_merges(change.place) ? ResidualRead::Merged
                                                                         : left;
  }
  return finds_more_ || finds_above(entry) ? ResidualRead::Unknown : left_in_field(entry);
}

ResidualRead ResidualReads::left_in(ValueId place) const {
  const ValuePool& pool = engine_.pool();
  if (finds_more_) return ResidualRead::Unknown;
  ValueId whole = place;  // of an entry: the field that holds it
  for (ValueId at = place; pool[at].kind == ValueKind::Computed && !pool.operands(at).empty();
       at = pool.operands(at)[0])
    if (!is_field(pool, at)) whole = pool.operands(at)[0];
  for (; is_field(pool, whole); whole = pool.operands(whole)[0])
    if (engine_.index().is_assigned_field(module_, pool.text(pool.operands(whole)[1])))
      return left_in_field(whole);
  return left_in_variable(base_of(pool, place));
}

}  // namespace fnlint
