// What a collection is once a call has changed it, in whichever of an own variable, an entry, a
// member or an object of the caller it lies.
#include "flow/body/collection_changes.h"

#include "core/text.h"
#include "flow/engine/library_call.h"
#include "flow/models/fluent.h"
#include "flow/state/named_entry.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// `date.setHours(0)`: what that gives is made of the time as it was.
bool is_set_time(const ValuePool& pool, ValueId old, ValueId given) {
  const bool is_time = pool.is(old, ValueKind::Hole) ? pool[old].origin == Origin::Clock
                                                     : pool.is(old, ValueKind::Object) &&
                                                           has_origin(pool, old, Origin::Clock);
  return is_time && pool.is(given, ValueKind::Object) && pool.operands(given).size() == 2 &&
         pool.operands(given)[1] == old;
}

// What a cell or an atomic holds stands for it: texts, numbers, yes and no, and what is made of
// them.
bool is_cell_content(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Text:
    case ValueKind::Number:
    case ValueKind::Bool:
    case ValueKind::Computed: return true;
    case ValueKind::OneOf:
      return std::ranges::all_of(pool.operands(value),
                                 [&](ValueId one) { return is_cell_content(pool, one); });
    default: return false;
  }
}

// One of several lists with one more element; no id: one of these is none.
ValueId appended_to_each(ValuePool& pool, ValueId lists, ValueId item) {
  if (!pool.is(lists, ValueKind::OneOf)) return {};
  std::vector<Alternative> longer;
  const std::vector<ValueId> ways(pool.operands(lists).begin(), pool.operands(lists).end());
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const ValueId list = bare(pool, ways[i]);
    if (!pool.is(list, ValueKind::List)) return {};
    std::vector<ValueId> items(pool.operands(list).begin(), pool.operands(list).end());
    items.push_back(item);
    ValueId made = pool.list(items, pool[list].ref == 1);
    if (is_where(pool, ways[i])) made = where(pool, made, pool.operands(ways[i]).subspan(1));
    longer.push_back({made, pool.guards(lists)[i]});
  }
  return pool.one_of(longer);
}

bool puts_entry(const Update& change) {
  return change.how == StoreKind::PutKey && change.key.exists() && change.value.exists();
}

}  // namespace

// The map and the key under which what an expression gives stands: `groups[key]`,
// `groups.setdefault(key, [])`, `groups.get(key)`.
CollectionChanges::Entered CollectionChanges::entry_of(ExprId expr, BodyState& state) {
  const Expr& row = code_.exprs[expr.index];
  if (row.kind == ExprKind::Index && row.operands.count > 0)
    return {ExprId{row.ref}, values_.evaluate(code_.operands_of(row.operands)[0].value, state)};
  if (row.kind != ExprKind::Result) return {};
  if (const auto found = entered_.find(row.ref); found != entered_.end()) return found->second;
  const Call& call = code_.calls[code_.ops[row.ref].detail];
  const Expr& callee = code_.exprs[call.callee.index];
  if (callee.kind != ExprKind::Member || call.arguments.count == 0) return {};
  const LibraryModel* const model =
      find_library_model(code_.language, cat("*.", code_.string(callee.name)));
  if (model == nullptr || model->computes != "get") return {};
  return {ExprId{callee.ref}, values_.evaluate(code_.operands_of(call.arguments)[0].value, state)};
}

// A list that a loop fills, under a key of each round.
bool CollectionChanges::append_to_entry(ExprId list, ValueId element, BodyState& state) {
  const Entered entry = entry_of(list, state);
  if (!entry.map.exists() || pool_.is(entry.key, ValueKind::Text) ||
      !pool_.is(values_.evaluate(entry.map, state), ValueKind::Record))
    return false;
  const ValueId appended = loops_.appended_here(element, state.facts);
  changes_.set_entry(entry.map, entry.key, many(pool_, std::span(&appended, 1)), state);
  return true;
}

// A list that an object which collects members has: from its class, where nobody has set it
// (`answer.Failures = append(answer.Failures, one)`), or by a method
// (`answer.getFailures().add(one)`).
bool CollectionChanges::append_to_member(ExprId list, ValueId element, BodyState& state) {
  const Expr* row = &code_.exprs[list.index];
  bool is_got = false;
  if (row->kind == ExprKind::Result && code_.ops[row->ref].kind == OpKind::Call) {
    const Call& getter = code_.calls[code_.ops[row->ref].detail];
    is_got = getter.arguments.count == 0;
    row = &code_.exprs[getter.callee.index];
    if (!is_got) return false;
  }
  if (row->kind != ExprKind::Member || !element.exists()) return false;
  const ExprId base{row->ref};
  const ValueId object = changes_.is_settable(base) ? values_.evaluate(base, state) : ValueId{};
  if (!object.exists() || !is_fluent(engine_.base(), object)) return false;
  const std::string name = member_name(code_.string(row->name), is_got ? "get" : "");
  const ValueId old = fluent_member(engine_.base(), object, name);
  if (old.exists() && !is_got) return false;  // a list like any other
  const ValueId appended = loops_.appended_here(element, state.facts);
  ValueId longer = many(pool_, std::span(&appended, 1));
  if (old.exists() && !pool_.operands(old).empty()) longer = with_elements(pool_, longer, old);
  if (!longer.exists()) return false;
  changes_.set_entry(base, pool_.text_value(name), longer, state);
  return true;
}

bool CollectionChanges::append_in_given(ExprId list, ValueId element, BodyState& state) {
  const Expr& row = code_.exprs[list.index];
  if (row.kind != ExprKind::Member) return false;
  const ValueId base = values_.evaluate(ExprId{row.ref}, state);
  const ValueId name = pool_.text_value(code_.string(row.name));
  return own_.append_to_given(base, name, element, !loops_.repeats(), state);
}

// What a change is done to: the receiver, or an argument.
ExprId CollectionChanges::changed_by(const Call& row, const Update& change) const {
  const Expr& callee = code_.exprs[row.callee.index];
  if (change.into_receiver)
    return callee.kind == ExprKind::Member ? places_.receiver_kept(ExprId{callee.ref}) : ExprId{};
  ExprId target;
  std::size_t position = 0;
  for (const Operand& operand : code_.operands_of(row.arguments))
    if (std::to_string(position++) == change.argument) target = operand.value;
  return target;
}

// What is there instead of it, whatever it was; nothing: the change adds to it.
std::optional<ValueId> CollectionChanges::replaced_by(ExprId target, const Update& change,
                                                      ValueId old, ValueId result,
                                                      BodyState& state) {
  if (change.how == StoreKind::Update && change.into_receiver && is_set_time(pool_, old, result))
    return result;
  if (change.how == StoreKind::Append && change.value.exists() && is_text_so_far(pool_, old)) {
    const std::array<ValueId, 2> parts{old, change.value};
    return compute(pool_, Opcode::Concat, parts);
  }
  if (change.how == StoreKind::Assign && !change.key.exists() &&
      (!change.into_receiver || is_cell_content(pool_, old)))
    return change.value;  // passed by its address, or what a cell holds
  if (change.how == StoreKind::Assign && change.key.exists() && is_fluent(engine_.base(), old))
    return with_member(engine_.base(), old, std::string(pool_.text(change.key)), change.value);
  if (change.how == StoreKind::Assign && change.key.exists())
    if (const ValueId set = with_field(pool_, old, change.key, change.value); set.exists())
      return set;  // by a setter that nobody wrote
  const Expr& place = code_.exprs[target.index];
  if (puts_entry(change) && place.kind == ExprKind::Member && !pool_.is(old, ValueKind::Record) &&
      is_fluent(engine_.base(),
                values_.evaluate(ExprId{place.ref}, state)))  // request.Header.Set(name, text)
    return with_entry(pool_, pool_.record({}, true), change.key, change.value);
  return std::nullopt;
}

// A list of which only its elements are known, with one more; no id: it is none.
ValueId CollectionChanges::longer(ValueId old, ValueId element_value,
                                  const BodyState& state) const {
  if (is_summarised(pool_, old))
    return with_element(pool_, old, loops_.appended_here(element_value, state.facts));
  if (pool_.opcode(old) == Opcode::Copied) {
    const std::array items{element(pool_, old), element_value};
    return pool_.list(items, true);
  }
  return appended_to_each(pool_, old, element_value);
}

// A list or a map that is written down, as the change leaves it.
ValueId CollectionChanges::changed_collection(ValueId old, const Update& change,
                                              const BodyState& state) const {
  const bool is_list = pool_.is(old, ValueKind::List), is_open = pool_[old].ref == 1;
  const std::vector<ValueId> operands(pool_.operands(old).begin(), pool_.operands(old).end());
  if (change.how == StoreKind::Append && is_list && change.value.exists()) {
    std::vector<ValueId> items = operands;
    items.push_back(change.value);
    return pool_.list(items, is_open);
  }
  if (puts_entry(change))
    return with_entry(pool_, old, change.key,
                      loops_.put_here(change.key, change.value, state.facts));
  if (is_list) return pool_.list(operands, true);
  std::vector<NamedValue> entries;
  for (std::size_t i = 0; i < operands.size(); ++i)
    entries.push_back({pool_.names(old)[i], operands[i]});
  // What is merged, as far as it is known; a list of pairs, say, is none that is.
  const ValueKind merged = change.value.exists() ? pool_[change.value].kind : ValueKind::Absent;
  const bool merges =
      change.how == StoreKind::Update && !change.key.exists() &&
      (merged == ValueKind::Record || merged == ValueKind::Hole || merged == ValueKind::Computed);
  const bool stays_open = merges && spread_into(pool_, entries, change.value);
  return pool_.record(entries, !merges || stays_open || is_open);
}

// What is not known, of which something is set.
void CollectionChanges::change_unknown(ExprId target, const Update& change, BodyState& state) {
  const bool puts_text = puts_entry(change) && pool_.is(change.key, ValueKind::Text);
  const bool updates = change.how == StoreKind::Update && change.value.exists() &&
                       pool_.is(change.value, ValueKind::Record);
  const NamedValue entry{puts_text ? pool_[change.key].text : StringId{}, change.value};
  if (puts_text) changes_.change_data(target, pool_.record(std::span(&entry, 1)), state);
  if (updates) changes_.change_data(target, change.value, state);
  if (change.how != StoreKind::Update || change.key.exists()) return;
  const ValueId old = values_.evaluate_unread(target, target, state);
  const ValueKind kind = pool_[old].kind;
  if (kind != ValueKind::Bool && kind != ValueKind::Number && kind != ValueKind::Text) return;
  const ValueId later = pool_.hole(Origin::Element, "changed by a call", target.index);
  changes_.set_path(target, pool_.with_uncertainty(pool_.join(old, later), kUngated), state);
}

void CollectionChanges::apply_change(ExprId target, const Update& change, ValueId result,
                                     BodyState& state) {
  const bool appends = change.how == StoreKind::Append && change.value.exists();
  const ValueId old = change.how == StoreKind::Update
                          ? values_.evaluate_unread(target, target, state)
                          : values_.evaluate(target, state);
  if (const auto whole = replaced_by(target, change, old, result, state))
    return changes_.set_path(target, *whole, state);
  // Pieces of a text, say, of which one is taken out: what is left begins or ends elsewhere.
  const bool is_made = pool_.is(old, ValueKind::Computed) &&
                       (pool_.opcode(old) == Opcode::Call ||
                        pool_.text(old).find("split") != std::string_view::npos);
  if (change.how == StoreKind::Remove && !change.key.exists() && is_made)
    changes_.set_path(target, pool_.list({}, true), state);
  if (appends)
    if (const ValueId more = longer(old, change.value, state); more.exists())
      return changes_.set_path(target, more, state);
  if (!pool_.is(old, ValueKind::List) && !pool_.is(old, ValueKind::Record))
    return change_unknown(target, change, state);
  changes_.replace(target, old, changed_collection(old, change, state), state);
}

// To a list that is no variable's alone; false: it is.
bool CollectionChanges::append(ExprId list, ValueId element, BodyState& state) {
  return (element.exists() && append_to_entry(list, element, state)) ||
         changes_.append_to_answer(list, element, state) ||
         append_to_member(list, element, state) || append_in_given(list, element, state);
}

void CollectionChanges::apply_updates(const Call& row, OpId op, const CallResult& outcome,
                                      BodyState& state) {
  for (const Update& change : outcome.changes) {
    const ExprId target = changed_by(row, change);
    if (!target.exists()) continue;
    if (change.how == StoreKind::Append && append(target, change.value, state)) continue;
    if (!root_variable(code_, target).exists()) continue;
    if (change.how == StoreKind::SetIfAbsent && change.key.exists())
      entered_[op.index] = {target, change.key};
    apply_change(target, change, outcome.value, state);
  }
}

}  // namespace fnlint
