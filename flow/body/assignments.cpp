// Assignments of a body: the value goes to its own view of the target, and, where others find that,
// into a step that stores.
#include "flow/body/assignments.h"

#include "core/text.h"
#include "model/language_traits.h"
#include "values/evaluate.h"
#include "values/places.h"
#include "values/summarised_lists.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fnlint {

namespace {

// `rows[:] = []`, `del rows[:]`, `rows.length = 0`: what a list holds, all of it.
bool is_whole_content(const ValuePool& pool, const CodeFacts& code, const Expr& target,
                      ValueId value, StoreKind how) {
  if (target.kind == ExprKind::Member)
    return how == StoreKind::Assign && traits(code.language).has_settable_length &&
           code.string(target.name) == "length" && pool.is(value, ValueKind::Number) &&
           pool.text(value) == "0";
  if (target.kind != ExprKind::Part || (how != StoreKind::Assign && how != StoreKind::Delete))
    return false;
  for (const Operand& bound : code.operands_of(target.operands))
    if (bound.value.exists()) return false;
  return true;
}

// How an entry is stored where a name would be stored like that.
StoreKind store_of_entry(StoreKind how, ValueId key) {
  if (how == StoreKind::Delete) return StoreKind::Remove;
  return how == StoreKind::Update && key.exists() ? StoreKind::Update : StoreKind::PutKey;
}

}  // namespace

// `cached = made`: from here on, what `made` is lives where `cached` does.
void AssignedTargets::note_kept(ExprId value, ValueId place, BodyState& state) const {
  if (!value.exists() || code_.exprs[value.index].kind != ExprKind::Variable) return;
  const VariableId made{code_.exprs[value.index].ref};
  const bool is_object = pool_.is(get(state.variables, made), ValueKind::Object);
  if (scope_.is_mine(made) && is_object) put(state.places, made, place);
}

// `context = {...context, ...more}`, `context = {...context, user}`: what stands in the record;
// none: it is another assignment.
std::span<const Operand> AssignedValues::merged_entries(const Assign& row, BodyState& state) {
  if (row.mode != AssignMode::Set || !row.value.exists() || scope_.in_initialiser()) return {};
  const Expr& value = code_.exprs[row.value.index];
  const std::span<const Operand> entries = code_.operands_of(value.operands);
  constexpr std::uint32_t kEntries = 2;
  if (value.kind != ExprKind::Record || entries.size() < 2 || entries[0].spread != kEntries)
    return {};
  const bool is_one = entries.size() == 2 && entries[1].spread == kEntries;
  const bool is_named = std::ranges::all_of(entries.subspan(1), [](const Operand& one) {
    return one.spread == 0 && one.name.exists() && one.value.exists();
  });
  const ValueId place = places_.location_of(entries[0].value, state);
  const bool is_itself = place.exists() && place == places_.location_of(row.target, state);
  return is_itself && (is_one || is_named) ? entries : std::span<const Operand>();
}

ValueId AssignedValues::record_of_entries(std::span<const Operand> entries, BodyState& state) {
  if (entries[0].spread != 0) return values_.evaluate(entries[0].value, state);
  std::vector<NamedValue> named;
  for (const Operand& one : entries)
    named.push_back({pool_.string(code_.string(one.name)), values_.evaluate(one.value, state)});
  return pool_.record(named);
}

Assigned AssignedValues::assigned_by(const Assign& row, BodyState& state) {
  const std::span<const Operand> merged = merged_entries(row, state);
  ValueId value = pool_.absent();
  if (row.value.exists())
    value = merged.empty() ? values_.evaluate(row.value, state)
                           : values_.evaluate_unread(row.value, merged[0].value, state);
  if (!merged.empty()) {
    const ValueId stored = record_of_entries(merged.subspan(1), state);
    found_.note_set(merged_place(pool_, places_.location_of(merged[0].value, state)), state);
    return {StoreKind::Update, value, stored};
  }
  switch (row.mode) {
    case AssignMode::Update: return {StoreKind::Update, updated(row, value, state), value};
    case AssignMode::SetIfAbsent:
      return {StoreKind::SetIfAbsent, pool_.join(values_.evaluate(row.target, state), value),
              value};
    case AssignMode::Delete: return {StoreKind::Delete, value, value};
    default: return {StoreKind::Assign, value, value};
  }
}

// `total += one`.
ValueId AssignedValues::updated(const Assign& row, ValueId value, BodyState& state) {
  const ValueId old = values_.evaluate(row.target, state);
  const bool adds_to_many = row.update == OperatorKind::Add && is_summarised(pool_, old);
  const std::array<ValueId, 2> operands{
      old, adds_to_many ? loops_.elements_under_facts(value, state.facts) : value};
  return compute(pool_, operator_function(row.update), operands);
}

void AssignedTargets::assign_variable(const Assign& row, const Assigned& assigned, OpId op,
                                      BodyState& state) {
  const VariableId id{code_.exprs[row.target.index].ref};
  const bool is_given = traits(code_.language).variables_copy_results && row.value.exists() &&
                        code_.exprs[row.value.index].kind == ExprKind::Result;
  const ValueId place =
      row.value.exists() && !is_given ? places_.location_of(row.value, state) : ValueId{};
  if (scope_.is_static(id) && row.mode == AssignMode::Declare) {  // once, before the first use
    engine_.modules().state(scope_.me.module, id).initial = assigned.value;
    return;
  }
  if (const ValueId imported = scope_.imported_place(id); imported.exists()) {
    stores_.record(imported, {}, assigned.stored, assigned.how, op, state);
  } else if (!scope_.is_mine(id) && !scope_.is_imported(id)) {
    const bool is_of_module = scope_.is_of_module(id);
    const ValueId kept =
        is_of_module ? engine_.modules().place(scope_.me.module, id) : scope_.capture_place(id);
    stores_.record(kept, {}, assigned.stored, assigned.how, op, state);
    if (is_of_module && assigned.how == StoreKind::Assign && !place.exists())
      note_kept(row.value, kept, state);
  }
  changes_.bind(id, assigned.value, state);
  if (place.exists() && row.mode != AssignMode::Update) put(state.places, id, place);
}

void AssignedTargets::assign_part(const Assign& row, const Assigned& assigned, OpId op,
                                  BodyState& state) {
  const Expr& target = code_.exprs[row.target.index];
  const StoreKind how = assigned.how;
  const ValueId value = assigned.value;
  ValueId base_place = places_.location_of(ExprId{target.ref}, state);
  if (!base_place.exists() && scope_.in_initialiser()) base_place = setting_place(target, state);
  if (is_whole_content(pool_, code_, target, value, how)) {
    const ValueId content =
        target.kind == ExprKind::Member || how == StoreKind::Delete ? pool_.list({}) : value;
    if (base_place.exists()) stores_.record(base_place, {}, content, StoreKind::Assign, op, state);
    return changes_.set_path(ExprId{target.ref}, content, state);
  }
  if (base_place.exists()) store_part(target, base_place, assigned, op, state);
  if (row.mode != AssignMode::Delete) changes_.set_path(row.target, value, state);
}

void AssignedTargets::store_part(const Expr& target, ValueId base_place, const Assigned& assigned,
                                 OpId op, BodyState& state) {
  if (target.kind == ExprKind::Member) {
    stores_.record(member_place(engine_, base_place, code_.string(target.name)), {},
                   assigned.stored, assigned.how, op, state);
    return;
  }
  const ValueId key =
      target.operands.count > 0 && code_.operands[target.operands.first].value.exists()
          ? values_.evaluate(code_.operands[target.operands.first].value, state)
          : ValueId{};
  stores_.record(base_place, key, assigned.stored, store_of_entry(assigned.how, key), op, state);
}

// Where a library keeps what it tells all that it makes: `AWS.config.credentials = ...`; no id:
// nothing says so.
ValueId AssignedTargets::setting_place(const Expr& target, BodyState& state) {
  const ValueId base = values_.evaluate(ExprId{target.ref}, state);
  const std::string path = engine_.library_path(base);
  const auto tells = [&](const std::string& name) {
    const LibraryModel* row = find_library_model(code_.language, name);
    return row != nullptr && !row->tells.empty();
  };
  if (path.empty()) return {};
  const bool is_member = target.kind == ExprKind::Member;
  return tells(path) || (is_member && tells(cat(path, '.', code_.string(target.name)))) ? base
                                                                                        : ValueId{};
}

}  // namespace fnlint
