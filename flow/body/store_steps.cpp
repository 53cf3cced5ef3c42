// Stores where others find them: in variables and objects that live longer than the call.
#include "flow/body/store_steps.h"

#include "flow/syntax/stale_reads.h"
#include "model/language_traits.h"
#include "values/places.h"

#include <algorithm>
#include <utility>

namespace fnlint {

namespace {

// What functions store in other variables of modules stands for these: whoever finds the value
// finds it in the same environment.
ValueId with_stored_variables(Engine& engine, ValueId value, ValueId place) {
  constexpr std::uint32_t kGlobal = 1U << static_cast<unsigned>(Origin::Global);
  if ((engine.pool().origins(value) & kGlobal) == 0) return value;
  const Substitution stored{
      .leaf = [&](ValueId leaf) -> ValueId {
        const Value row = engine.pool()[leaf];
        const auto module = static_cast<std::uint32_t>(row.ref >> 32U);
        if (row.kind != ValueKind::Hole || row.origin != Origin::Global || leaf == place ||
            module >= engine.program().modules.size())
          return {};
        std::vector<Alternative> all;
        const VariableId variable{static_cast<std::uint32_t>(row.ref)};
        for (const ValueId one : engine.modules().state(ModuleId{module}, variable).stored)
          all.push_back({one, {}});
        return all.empty() ? ValueId{} : engine.pool().one_of(all);
      },
      .recompute =
          [&](std::string_view name, std::span<const ValueId> operands) {
            return engine.recompute(name, operands, 0);
          }};
  return substituted(engine.pool(), value, stored);
}

// Whoever finds it finds the same: it is not made of what one call is given.
bool is_same_for_all(const ValuePool& pool, ValueId value) {
  bool is_same = true;
  for_each_below(pool, value, [&](ValueId id) {
    const Origin origin = pool[id].kind == ValueKind::Hole ? pool[id].origin : Origin::None;
    if (origin == Origin::Parameter || origin == Origin::Capture || origin == Origin::Receiver ||
        origin == Origin::Global)
      is_same = false;
  });
  return is_same;
}

void add_stored(const ValuePool& pool, ValueId value, std::vector<ValueId>& stored) {
  if (is_same_for_all(pool, value) && pool[value].kind != ValueKind::Unknown &&
      std::ranges::find(stored, value) == stored.end() && stored.size() < kAlternatives)
    stored.push_back(value);
}

}  // namespace

void StoreSteps::record(ValueId place, ValueId key, ValueId value, StoreKind how, OpId op,
                        BodyState& state) {
  Step step;
  step.kind = StepKind::Store;
  step.store = how;
  step.at = {scope_.me.module, op};
  step.subject = place;
  step.key = key;
  step.value = value;
  step.holds = state.facts;
  add_facts(step.holds, state.asked);
  add(std::move(step), state);
}

void StoreSteps::take(Step given, BodyState& state) {
  Step step;
  step.kind = StepKind::Store;
  step.store = given.store;
  step.unsettled = given.unsettled;
  step.at = given.at;
  step.subject = given.subject;
  step.key = given.key;
  step.value = given.value.exists() ? given.value : pool_.absent();
  step.library = given.library;
  step.holds = std::move(given.holds);
  add(std::move(step), state);
}

void StoreSteps::add(Step step, BodyState& state) {
  const ValueId place = step.subject, key = step.key, value = step.value;
  const StoreKind how = step.store;
  if (loops_.repeats()) step.flags = kInLoop;
  if (stores_stale_read(code_, scope_.function, step.at.op)) step.flags |= kStaleRead;
  summary_.add(std::move(step));
  if (how == StoreKind::Assign) reads_.note_set(place, state);
  if (how == StoreKind::PutKey) reads_.note_set(entry_place(pool_, place, key), state);
  note_global(place, key, value, how, !scope_.in_initialiser());
}

// Whether the variable is given the value: not what it holds changed.
bool StoreSteps::sets_variable(ValueId key, ValueId value, StoreKind how) const {
  if (key.exists()) return false;
  // `*n += 1`; what is merged into a collection, or sorts it, changes its content.
  const bool is_of_content = traits(code_.language).locks_are_content ||
                             pool_.is(value, ValueKind::Absent) ||
                             pool_.is(value, ValueKind::Record) || pool_.is(value, ValueKind::List);
  return how == StoreKind::Assign || how == StoreKind::SetIfAbsent ||
         (how == StoreKind::Update && !is_of_content);
}

void StoreSteps::note_global(ValueId place, ValueId key, ValueId value, StoreKind how,
                             bool by_function) {
  const Value& row = pool_[place];
  const bool is_whole = row.kind == ValueKind::Hole && row.origin == Origin::Global &&
                        sets_variable(key, value, how);
  if (scope_.in_initialiser() && !is_whole) engine_.modules().add_registered(place, key, value, how);
  if (!is_whole) return engine_.modules().add_stored(place, key, value, how);
  const ModuleId module{static_cast<std::uint32_t>(row.ref >> 32U)};
  if (module.index >= engine_.program().modules.size()) return;
  GlobalState& global =
      engine_.modules().state(module, VariableId{static_cast<std::uint32_t>(row.ref)});
  // What a lock keeps is inside of it, though the lock stands for it.
  const bool is_kept = traits(code_.language).locks_are_content;
  if (by_function && (module != scope_.me.module || !is_kept)) engine_.modules().add_rebound(module, global);
  if (how == StoreKind::Update) return;
  add_stored(pool_, with_stored_variables(engine_, value, place), global.stored);
}

}  // namespace fnlint
