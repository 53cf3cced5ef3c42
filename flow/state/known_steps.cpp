// Keeps summaries short: one step stands for all the paths that lead to the same read or call, with
// only the facts that these share.

#include "flow/state/known_steps.h"

#include <algorithm>
#include <iterator>

namespace fnlint {
namespace {

// What a call is only where it is on every way to it; of the other flags one way is enough.
constexpr std::uint32_t kOnEveryWay = kUnderTest | kUnderUnknownTest | kResultUnused |
                                      kErrorsDropped | kErrorsLogged | kAbsenceExpected |
                                      kWaitedFor | kInInit;

bool is_same_call(const ValuePool& pool, const Step& one, const Step& other) {
  if (one.at != other.at || one.arguments != other.arguments ||
      ((one.flags ^ other.flags) & kGivenCallback) != 0)
    return false;
  if (one.subject == other.subject) return one.key == other.key && one.value == other.value;
  return !pool.symbolic(one.subject) && !pool.symbolic(other.subject);
}

bool is_same(const ValuePool& pool, const Step& one, const Step& other) {
  if (one.kind != other.kind) return false;
  switch (one.kind) {
    case StepKind::Read:
      return one.at == other.at && one.value == other.value && one.key == other.key;
    case StepKind::Find:
      return one.subject == other.subject && one.flags == other.flags && one.value == other.value &&
             ((one.flags & kDetached) == 0 || one.at == other.at);
    case StepKind::Call: return is_same_call(pool, one, other);
    default: return false;
  }
}

template <typename T>
std::vector<T> common(const std::vector<T>& one, const std::vector<T>& other) {
  std::vector<T> both;
  std::ranges::set_intersection(one, other, std::back_inserter(both));
  return both;
}

}  // namespace

bool joins_known(const ValuePool& pool, const Step& step, std::vector<Step>& steps) {
  const auto known =
      std::ranges::find_if(steps, [&](const Step& one) { return is_same(pool, one, step); });
  if (known == steps.end()) return false;
  known->holds = common(known->holds, step.holds);
  known->sets = common(known->sets, step.sets);
  known->flags =
      (known->flags & step.flags & kOnEveryWay) | ((known->flags | step.flags) & ~kOnEveryWay);
  return true;
}

}  // namespace fnlint
