// What a call's success or failure tells: facts, what is assigned, a variable that is not there.
#include "flow/body/call_errors.h"

#include "flow/state/environment_tests.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/places.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fnlint {

bool has_room_for_call(const ValuePool& pool, const FactSet& facts) {
  const auto calls =
      std::ranges::count_if(facts, [&](const Fact& fact) { return is_returned(pool, fact.test); });
  return static_cast<std::size_t>(calls) < kFacts / 4;
}

ValueId CallErrors::error_of(OpId call) const {
  return pool_.hole(Origin::CallResult, "error", scope_.place_ref(call));
}

bool CallErrors::tells_by_value(OpId call) const {
  return traits(code_.language).errors_are_values && reads_error(code_, call);
}

void CallErrors::take_success(const CallResult& outcome, OpId call, BodyState& state) {
  note_lookup(call, outcome);
  if (!outcome.on_return.empty() && tells_by_value(call)) {
    promises_.push_back({error_of(call), outcome.on_return, {}});
    return;
  }
  const bool by_value = traits(code_.language).errors_are_values;
  for (const Fact& fact : outcome.on_return) {
    const bool is_success =
        is_returned(pool_, fact.test) || (pool_.is(fact.test, ValueKind::Computed) &&
                                          (pool_.opcode(fact.test) == Opcode::Succeeded ||
                                           pool_.opcode(fact.test) == Opcode::Inserted));
    if (by_value && is_success) continue;
    if (is_returned(pool_, fact.test) && !has_room_for_call(pool_, state.facts)) continue;
    if (!assume(pool_, state.facts, fact.test, fact.holds)) state.reachable = false;
  }
}

void CallErrors::take_sets(std::vector<ValueId> sets, OpId call, BodyState& state) {
  // Where errors are values, what the call has assigned is there once its error is nil.
  if (tells_by_value(call))
    promises_.push_back({error_of(call), {}, std::move(sets)});
  else
    add_locations(state.sets, sets);
}

void CallErrors::settle(BodyState& state, ValueId test, bool holds) const {
  if (promises_.empty()) return;
  FactSet known;  // by this test, where there is no room for more facts
  assume(pool_, known, test, holds);
  for (const Promise& one : promises_) {
    const std::array<ValueId, 2> operands{one.error, pool_.null()};
    const Fact is_nil{compute(pool_, Opcode::Equal, operands), true};
    if (!std::ranges::binary_search(state.facts, is_nil) &&
        !std::ranges::binary_search(known, is_nil))
      continue;
    for (const Fact& fact : one.facts)
      if (!assume(pool_, state.facts, fact.test, fact.holds)) state.reachable = false;
    add_locations(state.sets, one.sets);
  }
}

// `env::var("ADDRESS")` fails where the environment has no such variable.
void CallErrors::note_lookup(OpId call, const CallResult& outcome) {
  for (const Fact& fact : outcome.on_return)
    if (!fact.holds && pool_.opcode(fact.test) == Opcode::Equal &&
        rests_on_environment(pool_, fact.test))
      lookups_.emplace_back(call, fact.test);
}

Fact CallErrors::failure_in(OpId attempt, ValueId error) const {
  const Fact failed{pool_.computed(Opcode::Failed, std::span(&error, 1)), true};
  const OpId end = code_.tries[code_.ops[attempt.index].detail].body_end;
  OpId risky;
  for (OpId one{attempt.index + 1}; one < end; one = code_.ops[one.index].end) {
    if (cannot_raise(code_, one)) continue;
    if (risky.exists()) return failed;
    risky = one;
  }
  const auto lookup = std::ranges::find(lookups_, risky, &std::pair<OpId, ValueId>::first);
  return lookup == lookups_.end() ? failed : Fact{lookup->second, true};
}

}  // namespace fnlint
