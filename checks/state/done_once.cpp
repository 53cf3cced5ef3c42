// Recognises lazy initialisation by its path condition: a test of kept state that the same path
// goes on to change, or a cache entry whose key does not vary with the event.

#include "checks/state/done_once.h"

#include "checks/state/state_view.h"
#include "checks/view/project_view.h"
#include "model/hole_at.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>
#include <initializer_list>

namespace fnlint {

namespace {

bool comes_from(const ValuePool& pool, ValueId value, std::initializer_list<Origin> origins) {
  return value.exists() && std::ranges::any_of(origins, [&](Origin origin) {
           return has_origin(pool, value, origin);
         });
}

// Another one in the next round, or for the next event.
bool changes_by_round(const ValuePool& pool, ValueId value) {
  return comes_from(pool, value, {Origin::Element, Origin::Event, Origin::Context});
}

// What may be another key each time.
bool may_change(const ValuePool& pool, ValueId key) {
  bool may =
      changes_by_round(pool, key) || comes_from(pool, key, {Origin::CallResult, Origin::Fresh});
  if (key.exists())
    for_each_below(pool, key, [&](ValueId id) { may = may || pool.is(id, ValueKind::Unknown); });
  return may;
}

bool asks_what_lasts(const ValuePool& pool, const LambdaFunction& function, ValueId test) {
  if (comes_from(pool, test, {Origin::Global, Origin::Capture}) ||
      asks_kept_field(pool, function, test))
    return true;
  bool found = false;
  for_each_below(pool, test,
                 [&](ValueId id) { found = found || is_own_variable(pool, function, id); });
  return found;
}

// Wherever the call is made, what a test on the way to it asks for is changed, too:
// `if (!cache.has("key")) cache.set("key", await load())`.
bool ends_its_own_test(const ValuePool& pool, const AskedCall& call, const StateChange& change) {
  bool shares = false;
  for (const Fact& fact : change.holds) {
    if (pool.opcode(fact.test) == Opcode::Asked) continue;
    if (std::ranges::find(call.holds, fact) == call.holds.end()) return false;
    shares = true;
  }
  return shares && is_guarded_by_itself(pool, change);
}

// What a library calls to fill an entry that is not there: `cache.computeIfAbsent("key", load)`.
bool is_called_to_fill(const AskedCall& call, const StateChange& change) {
  if (change.how != StoreKind::SetIfAbsent || change.library == UINT32_MAX ||
      library_models()[change.library].invokes.empty())
    return false;
  const auto is_inside = [&](const Span& where) {
    return where.file == change.where.file && change.where.range.contains(where.range);
  };
  return is_inside(call.where) || std::ranges::any_of(call.path, [&](const PlacedText& step) {
           return is_inside(step.where);
         });
}

// Null, or what counts as nothing where it is asked for.
bool counts_as_nothing(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Null) ||
         (pool.is(value, ValueKind::Text) && pool.text(value).empty()) ||
         (pool.is(value, ValueKind::Bool) && as_text(pool, value) == "false") ||
         (pool.is(value, ValueKind::Number) && as_integer(pool, value) == 0);
}

// `count > 3`; of a time it may say how long something is kept.
bool is_count(const ValuePool& pool, ValueId test) {
  return !has_origin(pool, test, Origin::Clock) &&
         (has_opcode(pool, test, Opcode::Less) || has_opcode(pool, test, Opcode::LessEqual));
}

// Whether what methods leave in a field of an object that is kept is asked for being there:
// `!client`, `client == null`, `client && client.open`.
bool asks_whether_kept(const ValuePool& pool, ValueId test) {
  const auto operands = pool.operands(test);
  const auto any_kept = [&](std::span<const ValueId> values) {
    return std::ranges::any_of(values, [&](ValueId one) { return asks_whether_kept(pool, one); });
  };
  if (pool.is(test, ValueKind::Hole))
    return pool[test].origin == Origin::Field && pool.text(test).starts_with(kKeptField);
  if (pool.is(test, ValueKind::OneOf)) return any_kept(operands);
  switch (pool.opcode(test)) {
    case Opcode::And:
    case Opcode::Or:
    case Opcode::Not: return any_kept(operands);
    case Opcode::Equal:
    case Opcode::NotEqual:
      return operands.size() == 2 &&
             ((counts_as_nothing(pool, operands[1]) && any_kept(operands.first(1))) ||
              (counts_as_nothing(pool, operands[0]) && any_kept(operands.last(1))));
    case Opcode::Truthy:
    case Opcode::IsNull:
    case Opcode::IsPresent:
    case Opcode::IsEmpty:
    case Opcode::IsNotEmpty:
    case Opcode::HasItems:
    case Opcode::HeldOr:
    case Opcode::OrDefault:
    case Opcode::TypeIs:
    case Opcode::Length:
    case Opcode::Member:
    case Opcode::Index: return any_kept(operands.first(1));
    default: return false;
  }
}

}  // namespace

AskedCall asked_call(const Effect& effect) {
  return {.holds = effect.holds,
          .where = effect.where,
          .path = effect.path,
          .given = {effect.target_value, effect.key, effect.arguments}};
}

bool asks_kept_field(const ValuePool& pool, const LambdaFunction& function, ValueId test) {
  if (asks_whether_kept(pool, test)) return true;
  // How much there is of what is counted says nothing of what was done before.
  if (is_count(pool, test)) return false;
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

bool is_done_once(const ValuePool& pool, const LambdaFunction& function, const AskedCall& call) {
  const bool is_told_the_same =
      std::ranges::none_of(call.given, [&](ValueId one) { return changes_by_round(pool, one); });
  const auto keeps = [&](const Fact& fact) {
    if (guard_of(pool, fact.test) == "once") return is_told_the_same;
    return !changes_by_round(pool, fact.test) && asks_what_lasts(pool, function, fact.test);
  };
  const auto fills = [&](const StateChange& change) {
    const bool sets = change.how == StoreKind::Assign || change.how == StoreKind::PutKey ||
                      change.how == StoreKind::SetIfAbsent;
    return sets && !may_change(pool, change.key) && !changes_by_round(pool, change.place) &&
           (ends_its_own_test(pool, call, change) || is_called_to_fill(call, change));
  };
  return std::ranges::any_of(call.holds, keeps) || std::ranges::any_of(function.changes, fills);
}

}  // namespace fnlint
