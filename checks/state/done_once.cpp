#include "checks/state/done_once.h"

#include "checks/state/state_view.h"
#include "checks/view/project_view.h"
#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

// Another one in the next round, or for the next event.
bool changes_by_round(const ValuePool& pool, ValueId value) {
  return value.exists() &&
         (has_origin(pool, value, Origin::Element) || has_origin(pool, value, Origin::Event) ||
          has_origin(pool, value, Origin::Context));
}

bool asks_what_lasts(const ValuePool& pool, const LambdaFunction& function, ValueId test) {
  if (has_origin(pool, test, Origin::Global) || has_origin(pool, test, Origin::Capture) ||
      asks_kept_field(pool, function, test))
    return true;
  bool found = false;
  for_each_below(pool, test,
                 [&](ValueId id) { found = found || is_own_variable(pool, function, id); });
  return found;
}

}  // namespace

bool asks_kept_field(const ValuePool& pool, const LambdaFunction& function, ValueId test) {
  bool found = false;
  for_each_below(pool, test, [&](ValueId id) {
    if (found || !pool.is(id, ValueKind::Hole) || pool[id].origin != Origin::Field) return;
    const std::string_view name = pool.text(id).substr(pool.text(id).rfind('.') + 1);
    found = std::ranges::any_of(function.changes, [&](const StateChange& change) {
      return change.how == StoreKind::Assign && pool.opcode(change.place) == Opcode::Member &&
             as_text(pool, pool.operands(change.place)[1]) == name;
    });
  });
  return found;
}

bool is_done_once(const ValuePool& pool, const LambdaFunction& function,
                  std::span<const Fact> holds, std::initializer_list<ValueId> given) {
  const bool is_told_the_same =
      std::ranges::none_of(given, [&](ValueId one) { return changes_by_round(pool, one); });
  return std::ranges::any_of(holds, [&](const Fact& fact) {
    if (guard_of(pool, fact.test) == "once") return is_told_the_same;
    return !changes_by_round(pool, fact.test) && asks_what_lasts(pool, function, fact.test);
  });
}

}  // namespace fnlint
