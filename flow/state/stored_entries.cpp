// What is found in a module variable's content, where functions change it: no longer what it begins
// with alone.
#include "flow/state/stored_entries.h"

#include "flow/state/havoc.h"
#include "flow/state/named_entry.h"
#include "flow/state/project_object.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <span>

namespace fnlint {

namespace {

constexpr std::size_t kEntries = 64, kStored = 4;

// The parts of a place below its variable, the outermost first.
std::vector<ValueId> parts_of_place(const ValuePool& pool, ValueId place) {
  std::vector<ValueId> parts;
  for (; pool.is(place, ValueKind::Computed) && !pool.operands(place).empty();
       place = pool.operands(place)[0])
    parts.push_back(place);
  std::ranges::reverse(parts);
  return parts;
}

bool is_known_key(const ValuePool& pool, ValueId key) {
  return pool.is(key, ValueKind::Text) || pool.is(key, ValueKind::Number);
}

// The key of one part; no id: it may be any.
ValueId key_of_part(const ValuePool& pool, ValueId part) {
  const auto operands = pool.operands(part);
  return operands.size() > 1 && is_known_key(pool, operands[1]) ? operands[1] : ValueId{};
}

// An entry's own place, also where the part says "any".
ValueId place_at(ValuePool& pool, ValueId part, std::string_view name) {
  if (key_of_part(pool, part).exists()) return part;
  const std::array<ValueId, 2> operands{pool.operands(part)[0], pool.text_value(name)};
  return pool.computed(Opcode::Index, operands);
}

// `change(value, place)` of what stands at `parts` in a value.
template <class Changes>
ValueId changed_at(ValuePool& pool, ValueId value, std::span<const ValueId> parts,
                   const Changes& change) {
  const Value row = pool[value];
  const std::vector<ValueId> operands(pool.operands(value).begin(), pool.operands(value).end());
  if (is_where(pool, value))
    return where(pool, changed_at(pool, operands[0], parts, change),
                 std::span(operands).subspan(1));
  if (row.kind == ValueKind::OneOf) {
    std::vector<Alternative> alternatives;
    for (std::size_t i = 0; i < operands.size(); ++i)
      alternatives.push_back({changed_at(pool, operands[i], parts, change), pool.guards(value)[i]});
    return pool.one_of(alternatives);
  }
  if (row.kind != ValueKind::Record && row.kind != ValueKind::List) return value;
  const ValueId key = key_of_part(pool, parts[0]);
  std::vector<ValueId> changed = operands;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const std::string name =
        row.kind == ValueKind::Record ? std::string(pool[pool.names(value)[i]]) : std::to_string(i);
    if (key.exists() && pool.text(key) != name) continue;
    changed[i] = parts.size() == 1 ? change(operands[i], place_at(pool, parts[0], name))
                                   : changed_at(pool, operands[i], parts.subspan(1), change);
  }
  if (changed == operands) return value;
  if (row.kind == ValueKind::List) return pool.list(changed, row.ref == 1);
  std::vector<NamedValue> entries;
  for (std::size_t i = 0; i < operands.size(); ++i)
    entries.push_back({pool.names(value)[i], changed[i]});
  return pool.record(entries, row.ref == 1);
}

// The same of a whole collection, also where an object of the project keeps it in a field.
template <class Changes>
ValueId changed_whole(ValuePool& pool, ValueId value, std::span<const ValueId> parts,
                      const Changes& change) {
  if (parts.empty()) return change(value);
  const bool is_instance = project_object(pool, value).kind == ProjectObject::Kind::Instance &&
                           !pool.operands(value).empty();
  if (!is_instance)
    return changed_at(pool, value, parts, [&](ValueId old, ValueId) { return change(old); });
  std::vector<ValueId> operands(pool.operands(value).begin(), pool.operands(value).end());
  operands[0] =
      changed_at(pool, operands[0], parts, [&](ValueId old, ValueId) { return change(old); });
  return pool.object(pool[value].ref, pool.text(value), operands);
}

// A collection with what initialisers put into it.
ValueId with_registered(ValuePool& pool, ValueId whole, const Registered& entry) {
  if (pool.is(whole, ValueKind::List) && !entry.key.exists()) {
    std::vector<ValueId> items(pool.operands(whole).begin(), pool.operands(whole).end());
    if (std::ranges::find(items, entry.value) != items.end()) return whole;
    items.push_back(entry.value);
    return pool.list(items, true);
  }
  if (!pool.is(whole, ValueKind::Record) || !entry.key.exists()) return whole;
  const bool is_known = is_known_key(pool, entry.key);
  const ValueId before = is_known ? named_entry(pool, whole, pool.text(entry.key)) : ValueId{};
  return with_entry(pool, whole, entry.key, pool.join(before, entry.value));
}

// Whether it has nothing of the function that stores it.
bool is_of_all(const ValuePool& pool, ValueId value) {
  constexpr auto bit = [](Origin origin) { return 1U << static_cast<unsigned>(origin); };
  return !pool.is(value, ValueKind::Unknown) &&
         (pool.origins(value) &
          (bit(Origin::Parameter) | bit(Origin::Receiver) | bit(Origin::Capture))) == 0;
}

// Whether it can be said outside of it, whatever is stored elsewhere.
bool is_free(const ValuePool& pool, ValueId value) {
  return is_of_all(pool, value) && !has_origin(pool, value, Origin::Global);
}

}  // namespace

bool add_stored(ValuePool& pool, ValueId place, ValueId key, ValueId value, StoreKind how,
                StoredEntries& entries) {
  bool grows = false;
  const auto fill = [&](ValueId whole) {
    if (entries.filled.size() < kEntries) grows = entries.filled.insert(whole).second || grows;
  };
  const auto assign = [&](ValueId entry, ValueId stored) {
    if (entries.assigned.size() >= kEntries && !entries.assigned.contains(entry)) return;
    const auto [row, is_new] = entries.assigned.try_emplace(entry);
    grows = grows || is_new;
    std::vector<ValueId>& all = row->second;
    const bool adds = stored.exists() && is_free(pool, stored) && all.size() < kStored &&
                      std::ranges::find(all, stored) == all.end();
    if (!adds) return;
    all.push_back(stored);
    grows = true;
  };
  const bool is_part = pool.is(place, ValueKind::Computed);
  const auto any_of = [&](ValueId whole) {
    return pool.computed(Opcode::Element, std::span(&whole, 1));
  };
  if (key.exists() && how != StoreKind::Append) {
    const std::array<ValueId, 2> operands{place, key};
    const bool is_known = is_known_key(pool, key);
    assign(is_known ? pool.computed(Opcode::Index, operands) : any_of(place),
           how == StoreKind::Update ? ValueId{} : value);
    fill(place);
    return grows;
  }
  const bool sets = how == StoreKind::Assign || how == StoreKind::SetIfAbsent;
  const bool takes = how == StoreKind::Clear || how == StoreKind::Remove;
  if (is_part && (sets || how == StoreKind::Update || how == StoreKind::Delete))
    assign(place, sets ? value : ValueId{});
  if (takes || how == StoreKind::Update) assign(any_of(place), {});
  if (!sets || !is_part) fill(place);
  return grows;
}

bool add_registered(ValuePool& pool, const Registered& entry, StoredEntries& entries) {
  const bool is_called = pool.is(entry.value, ValueKind::Function) ||
                         project_object(pool, entry.value).kind != ProjectObject::Kind::None;
  if (!is_called || !is_of_all(pool, entry.value) ||
      (entry.key.exists() && !is_of_all(pool, entry.key)) ||
      entries.registered.size() >= kEntries ||
      std::ranges::find(entries.registered, entry) != entries.registered.end())
    return false;
  entries.registered.push_back(entry);
  return true;
}

ValueId with_stored(ValuePool& pool, ValueId value, const StoredEntries& entries) {
  for (const auto& [place, stored] : entries.assigned) {
    const std::vector<ValueId> parts = parts_of_place(pool, place);
    if (parts.empty()) continue;
    const bool is_one = key_of_part(pool, parts.back()).exists();
    value = changed_at(pool, value, parts, [&](ValueId old, ValueId here) {
      std::vector<Alternative> alternatives{{old, {}}};
      if (is_one)
        for (const ValueId one : stored) alternatives.push_back({one, {}});
      alternatives.push_back({here, {}});
      return pool.one_of(alternatives);
    });
  }
  for (const Registered& entry : entries.registered) {
    const std::vector<ValueId> parts = parts_of_place(pool, entry.place);
    value = changed_whole(pool, value, parts,
                          [&](ValueId whole) { return with_registered(pool, whole, entry); });
  }
  for (const ValueId whole : entries.filled) {
    const std::vector<ValueId> parts = parts_of_place(pool, whole);
    value = parts.empty() ? havocked(pool, value)
                          : changed_at(pool, value, parts,
                                       [&](ValueId old, ValueId) { return havocked(pool, old); });
  }
  return value;
}

}  // namespace fnlint
