// The join of a body's states: each value that the paths disagree on becomes a choice by the test
// that tells them apart.
#include "flow/body/state_join.h"

#include "core/limits.h"
#include "flow/engine/rounds.h"
#include "flow/state/joined.h"
#include "flow/state/named_entry.h"
#include "values/places.h"

#include <algorithm>
#include <string>
#include <utility>

namespace fnlint {

namespace {

// What decided that the other path is not taken is asked no longer.
BodyState only_path(BodyState one, const BodyState& never) {
  std::erase_if(one.asked, [&](const Fact& fact) {
    return std::ranges::find(never.decided_by, fact.test) != never.decided_by.end();
  });
  return one;
}

}  // namespace

ValueId StateJoin::joined(ValueId on_a, ValueId on_b, const Paths& paths) const {
  return fnlint::joined(pool_, on_a, on_b, paths.a.facts, paths.b.facts, paths.gate);
}

// What an object's fields are where two ways meet: one that only one of them has set is on the
// other what it was. `fields`: of each way; no id: it has set none.
ValueId StateJoin::joined_fields(ValueId base, std::array<ValueId, 2> fields,
                                 const Paths& paths) const {
  if (fields[0] == fields[1]) return fields[0];
  std::vector<NamedValue> entries;
  bool is_open = false;
  for (const ValueId record : fields) {
    if (!record.exists()) continue;
    is_open = is_open || pool_[record].ref != 0;
    for (const StringId name : pool_.names(record))
      if (pool_[name] != kRest &&
          std::ranges::find(entries, name, &NamedValue::name) == entries.end())
        entries.push_back({name, {}});
  }
  for (NamedValue& entry : entries) {
    const std::string name(pool_[entry.name]);
    const auto on = [&](ValueId record) {
      const ValueId set = record.exists() ? named_entry(pool_, record, name) : ValueId{};
      return set.exists() ? set : engine_.member_of(base, name);
    };
    const ValueId on_b = on(fields[1]), on_a = on(fields[0]);
    entry.value = joined(on_a, on_b, paths);
  }
  return pool_.record(entries, is_open);
}

// What one way has assigned and the other has not: whoever goes on only where the first was taken
// finds it assigned.
Rows<ValueId> StateJoin::sets_of_either(const Paths& paths) const {
  constexpr std::size_t kSetWhere = 16;
  Rows<ValueId> found;
  const auto test_of = [&](const BodyState& state, ValueId place) {
    if (contains_location(pool_, state.sets, place)) return pool_.boolean(true);
    const ValueId test = get(state.set_where, place);
    return test.exists() ? test : pool_.boolean(false);
  };
  const auto add = [&](ValueId place) {
    if (found.size() >= kSetWhere || get(found, place).exists() || is_returned(pool_, place))
      return;
    const ValueId yes = test_of(paths.a, place), no = test_of(paths.b, place);
    if (yes == no && pool_.is(yes, ValueKind::Bool)) return;
    const ValueId test = yes == no ? yes : joined(yes, no, paths);
    if (truth(pool_, test) == Answer::Unknown) put(found, place, test);
  };
  for (const BodyState* const state : {&paths.a, &paths.b}) {
    for (const ValueId place : state->sets) add(place);
    for (const auto& [place, test] : state->set_where) add(place);
  }
  return found;
}

// Tasks that nothing has read on one of the ways.
Rows<OpId> StateJoin::running_on_either(const Paths& paths) const {
  Rows<OpId> found;
  const auto test_of = [&](const BodyState& state, OpId call) {
    const ValueId test = get(state.running, call);
    return test.exists() ? test : pool_.boolean(false);
  };
  for (const BodyState* const state : {&paths.a, &paths.b})
    for (const auto& [call, test] : state->running) {
      const ValueId yes = test_of(paths.a, call), no = test_of(paths.b, call);
      put(found, call, yes == no ? yes : joined(yes, no, paths));
    }
  return found;
}

// A local that only one way sets is not read on the other; a parameter has its value there.
bool StateJoin::is_unset(VariableId id) const {
  return scope_.is_mine(id) && code_.variables[id.index].kind != VariableKind::Parameter &&
         !scope_.is_imported(id);
}

void StateJoin::join_variables(const Paths& paths, BodyState& out) const {
  const auto& [a, b, gate] = paths;
  RowCursor in_b(b.variables);
  for (const auto& [id, value] : a.variables) {
    const ValueId other = in_b.get(id);
    if (other == value || (!other.exists() && is_unset(id)))
      out.variables.push_back({id, value});
    else
      out.variables.push_back(
          {id, joined(value, other.exists() ? other : scope_.read(id, b), paths)});
  }
  RowCursor in_a(a.variables);
  for (const auto& [id, value] : b.variables)
    if (!in_a.get(id).exists())
      put(out.variables, id, is_unset(id) ? value : joined(scope_.read(id, a), value, paths));
  for (const auto& [id, place] : a.places)
    if (get(b.places, id) == place) out.places.push_back({id, place});
}

void StateJoin::join_heap(const Paths& paths, BodyState& out) const {
  const auto& [a, b, gate] = paths;
  RowCursor in_b(b.heap);
  for (const auto& [base, fields] : a.heap)
    out.heap.push_back({base, joined_fields(base, {fields, in_b.get(base)}, paths)});
  RowCursor in_a(a.heap);
  for (const auto& [base, fields] : b.heap)
    if (!in_a.get(base).exists())
      put(out.heap, base, joined_fields(base, {ValueId{}, fields}, paths));
}

std::optional<BodyState> StateJoin::join(BodyState a, const BodyState& b, ValueId gate) {
  if (!b.reachable) return only_path(std::move(a), b);
  if (!a.reachable) return only_path(b, a);
  rows_ += a.variables.size() + a.heap.size() + b.variables.size() + b.heap.size();
  if (rows_ > kJoinedRows) return std::nullopt;
  const Paths paths{a, b, gate};
  BodyState out;
  out.facts = common(a.facts, b.facts);
  if (const std::optional<Fact> either = disjunction_of(pool_, a.facts, b.facts, loops_.ends()))
    add_fact(out.facts, *either);
  out.asked = common(a.asked, b.asked);
  out.sets = common_locations(a.sets, b.sets);
  out.set_where = sets_of_either(paths);
  out.running = running_on_either(paths);
  join_variables(paths, out);
  join_heap(paths, out);
  return out;
}

}  // namespace fnlint
