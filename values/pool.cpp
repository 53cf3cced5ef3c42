// Hash-consing: how values are interned, given their uncertainty and traits, copied with the pool,
// and forgotten again.

#include "values/pool.h"

#include "core/text.h"
#include "values/number_text.h"

#include <tsl/robin_map.h>

#include <memory_resource>

namespace fnlint {
namespace {

enum TraitFlags : std::uint8_t {
  kSymbolic = 1,   // holes that may still be replaced
  kAmbiguous = 2,  // an Unknown, or a OneOf that can be several at once
  kVariable = 4,   // what substitution may replace or compute anew
  kConditioned = 8,
  kGathered = 16,
  kDeferred = 32,  // calls, and what stands for their having come back
  kUnread = 64,    // what no test of a value can be read below
};

bool replaceable(Origin origin, std::uint64_t ref) {
  switch (origin) {
    case Origin::Parameter:
    case Origin::Receiver:
    case Origin::Capture:
    case Origin::Global:
    case Origin::Field:
    case Origin::CallResult:
    case Origin::Environment: return true;
    case Origin::Event:
    case Origin::Context: return ref == 0;  // the join gives each trigger its own
    default: return false;
  }
}

bool is_given(Origin origin) {
  switch (origin) {
    case Origin::Event:
    case Origin::Context:
    case Origin::Environment:
    case Origin::Parameter:
    case Origin::TemplateInput:
    case Origin::Pseudo: return true;
    default: return false;
  }
}

// What makes a Computed more than a function over its operands.
constexpr std::uint8_t own_flags(Opcode opcode) {
  switch (opcode) {
    case Opcode::Where: return kConditioned;
    case Opcode::Many:
    case Opcode::Given: return kGathered;
    case Opcode::Call: return kDeferred | kUnread;
    case Opcode::Returned: return kDeferred;
    default: return 0;
  }
}

constexpr std::uint64_t mark_of(ValueId id) {
  return 1ULL << (id.index * 0x9E3779B97F4A7C15ULL >> 58U);
}

constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t part) {
  hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29U);
}

std::uint32_t hash_of_row(const Value& value, std::span<const ValueId> operands,
                          std::span<const StringId> names, std::span<const GuardId> guards) {
  std::uint64_t hash = mix(static_cast<std::uint64_t>(value.finished) << 24U |
                               static_cast<std::uint64_t>(value.kind) << 16U |
                               static_cast<std::uint64_t>(value.origin) << 8U | value.uncertainty,
                           value.text.index);
  hash = mix(hash, value.ref);
  for (const ValueId id : operands) hash = mix(hash, id.index);
  for (const StringId id : names) hash = mix(hash, id.index);
  for (const GuardId id : guards) hash = mix(hash, id.index);
  return static_cast<std::uint32_t>(hash >> 32U);
}

constexpr std::size_t kFirstSlots = 1U << 12U, kRecent = 1U << 12U;
constexpr std::size_t kFewEntries = 12;  // up to which a row is looked for one by one

}  // namespace

ValuePool::ValuePool() : slots_(kFirstSlots), recent_(kRecent) {
  for (const std::string_view name : kOpcodeNames) string(name);
  guard({});
  intern({.kind = ValueKind::Unknown, .text = string("more tests than are kept")});
}

ValueId ValuePool::absent() { return intern({.kind = ValueKind::Absent}); }
ValueId ValuePool::null() { return intern({.kind = ValueKind::Null}); }
ValueId ValuePool::boolean(bool value) {
  return intern({.kind = ValueKind::Bool, .text = string(value ? "true" : "false")});
}
ValueId ValuePool::number(std::string_view literal) {
  return intern({.kind = ValueKind::Number, .text = string(normal_number(literal))});
}
ValueId ValuePool::number(std::int64_t value) {
  return intern({.kind = ValueKind::Number, .text = string(std::to_string(value))});
}
ValueId ValuePool::text_value(std::string_view text) {
  return intern({.kind = ValueKind::Text, .text = string(text)});
}
ValueId ValuePool::hole(Origin origin, std::string_view text, std::uint64_t ref) {
  return intern({.kind = ValueKind::Hole, .origin = origin, .text = string(text), .ref = ref});
}
ValueId ValuePool::finished_hole(ValueId hole) {
  Value row = values_[hole.index];
  row.finished = 1;
  return intern(row);
}
ValueId ValuePool::unknown(std::string_view why) {
  return intern({.kind = ValueKind::Unknown, .text = string(why), .ref = ++unknowns_});
}
ValueId ValuePool::reference(ResourceId resource, std::string_view attribute) {
  return intern({.kind = ValueKind::Reference, .text = string(attribute), .ref = resource.index});
}

ValueId ValuePool::list(std::span<const ValueId> items, bool open) {
  Value row{.kind = ValueKind::List, .uncertainty = uncertainty_of(items), .ref = open ? 1U : 0U};
  if (items.size() <= kCollectionItems) return intern(row, items);
  std::vector<ValueId> kept(items.begin(), items.begin() + kCollectionItems - 1);
  kept.push_back(any(items.subspan(kept.size()), "a list of many items"));
  row.ref = 1;
  row.uncertainty |= kCut;
  return intern(row, kept);
}

ValueId ValuePool::record(std::span<const NamedValue> entries, bool open, std::size_t most) {
  std::array<std::byte, 32 * sizeof(ValueId)> room;  // most have a few entries
  std::pmr::monotonic_buffer_resource memory(room.data(), room.size());
  std::pmr::vector<StringId> names(&memory);
  std::pmr::vector<ValueId> values(&memory);
  names.reserve(entries.size());
  values.reserve(entries.size());
  tsl::robin_map<std::uint32_t, std::size_t> places;  // where there are many
  const auto place_of = [&](StringId name) {
    if (entries.size() <= kFewEntries)
      return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
    return places.emplace(name.index, values.size()).first->second;
  };
  for (const NamedValue& entry : entries) {
    const std::size_t place = place_of(entry.name);
    if (place < values.size()) {
      values[place] = entry.value;
      continue;
    }
    names.push_back(entry.name);
    values.push_back(entry.value);
  }
  Value row{
      .kind = ValueKind::Record, .uncertainty = uncertainty_of(values), .ref = open ? 1U : 0U};
  if (values.size() <= most) return intern(row, values, names);
  std::vector<StringId> kept_names;
  std::vector<ValueId> kept, others;
  const StringId rest = string(kRest);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (names[i] == rest || kept.size() + 1 == most) {
      others.push_back(values[i]);
      continue;
    }
    kept.push_back(values[i]);
    kept_names.push_back(names[i]);
  }
  kept.push_back(any(others, "a record of many entries"));
  kept_names.push_back(rest);
  row.ref = 1;
  row.uncertainty |= kCut;
  return intern(row, kept, kept_names);
}

ValueId ValuePool::function(std::uint64_t ref, std::span<const NamedValue> captures) {
  std::vector<StringId> names;
  std::vector<ValueId> values;
  for (const NamedValue& capture : captures) {
    names.push_back(capture.name);
    values.push_back(capture.value);
  }
  return intern({.kind = ValueKind::Function, .uncertainty = uncertainty_of(values), .ref = ref},
                values, names);
}

ValueId ValuePool::object(std::uint64_t site, std::string_view path,
                          std::span<const ValueId> operands) {
  return intern({.kind = ValueKind::Object,
                 .uncertainty = uncertainty_of(operands),
                 .text = string(path),
                 .ref = site},
                operands);
}

ValueId ValuePool::task(ValueId result) {
  const std::array operands{result};
  return intern({.kind = ValueKind::Task, .uncertainty = uncertainty_of(operands)}, operands);
}

ValueId ValuePool::computed(std::string_view name, std::span<const ValueId> operands) {
  return computed(string(name), operands);
}

ValueId ValuePool::computed(Opcode opcode, std::span<const ValueId> operands) {
  return computed(StringId{static_cast<std::uint32_t>(opcode) - 1}, operands);
}

ValueId ValuePool::computed(StringId name, std::span<const ValueId> operands) {
  Value row{.kind = ValueKind::Computed, .uncertainty = uncertainty_of(operands), .text = name};
  if (operands.size() <= kCollectionItems) return intern(row, operands);
  std::vector<ValueId> kept(operands.begin(), operands.begin() + kCollectionItems - 1);
  kept.push_back(any(operands.subspan(kept.size()), "many operands"));
  row.uncertainty |= kCut;
  return intern(row, kept);
}

ValueId ValuePool::any(std::span<const ValueId> sources, std::string_view why) {
  constexpr std::size_t kKept = 8;
  std::uint64_t content = hash_of(why);
  std::vector<ValueId> kept{ValueId{}};
  std::uint32_t seen = 0;  // origins that the kept ones already have
  for (const ValueId source : sources) {
    content = mix(content, source.index);
    if (kept.size() <= kKept && (origins(source) & ~seen) != 0) {
      kept.push_back(source);
      seen |= origins(source);
    }
  }
  // The same sources give the same hole: results do not depend on how often they were made.
  kept[0] = intern({.kind = ValueKind::Unknown,
                    .uncertainty = static_cast<std::uint8_t>(uncertainty_of(sources) | kCut),
                    .text = string(why),
                    .ref = content | (1ULL << 63U)});
  return kept.size() == 1 ? kept[0] : computed("any", kept);
}

std::uint8_t ValuePool::uncertainty_of(std::span<const ValueId> operands) const {
  std::uint8_t uncertainty = 0;
  for (const ValueId id : operands) uncertainty |= values_[id.index].uncertainty;
  return uncertainty;
}

ValueId ValuePool::with_uncertainty(ValueId value, std::uint8_t uncertainty) {
  if (uncertainty == 0) return value;
  std::unordered_map<std::uint32_t, ValueId> done;
  return push_uncertainty(value, uncertainty, done);
}

ValueId ValuePool::push_uncertainty(ValueId value, std::uint8_t uncertainty,
                                 std::unordered_map<std::uint32_t, ValueId>& done) {
  const Value& row = values_[value.index];
  const bool collection =
      row.kind == ValueKind::OneOf || row.kind == ValueKind::List || row.kind == ValueKind::Record;
  if (!collection && (row.uncertainty & uncertainty) == uncertainty) return value;
  if (const auto found = done.find(value.index); found != done.end()) return found->second;
  Value marked = row;
  marked.uncertainty |= uncertainty;
  ValueId result;
  if (collection) {
    std::vector<ValueId> elements;
    for (const ValueId id : operands(value))
      elements.push_back(push_uncertainty(id, uncertainty, done));
    result = intern(marked, elements, names(value), guards(value));
  } else {
    result = intern(marked, operands(value), names(value), guards(value));
  }
  done.emplace(value.index, result);
  return result;
}

ValueId ValuePool::plain(ValueId value) {
  if (values_[value.index].uncertainty == 0) return value;
  if (const ValueId known = traits_[value.index].plain; known.exists()) return known;
  std::vector<ValueId> parts;
  for (const ValueId id : operands(value)) parts.push_back(plain(id));
  Value row = values_[value.index];
  row.uncertainty = 0;
  const ValueId result = intern(row, parts, names(value), guards(value));
  if (outlives(result, value)) traits_[value.index].plain = result;
  return result;
}

bool ValuePool::identified(ValueId value) const {
  return (traits_[value.index].flags & kAmbiguous) == 0;
}
bool ValuePool::symbolic(ValueId value) const {
  return (traits_[value.index].flags & kSymbolic) != 0;
}
bool ValuePool::constant(ValueId value) const {
  return (traits_[value.index].flags & kVariable) == 0;
}
bool ValuePool::conditioned(ValueId value) const {
  return (traits_[value.index].flags & kConditioned) != 0;
}
bool ValuePool::gathered(ValueId value) const {
  return (traits_[value.index].flags & kGathered) != 0;
}
bool ValuePool::waits(ValueId value) const {
  return (traits_[value.index].flags & (kSymbolic | kDeferred)) != 0;
}

bool ValuePool::readable(ValueId value) const {
  return (traits_[value.index].flags & kUnread) == 0;
}

void ValuePool::name_resource(ResourceId resource, std::string_view name) {
  resource_names_[resource.index] = string(name);
}
std::string_view ValuePool::resource_name(ResourceId resource) const {
  const auto found = resource_names_.find(resource.index);
  return found == resource_names_.end() ? std::string_view() : strings_[found->second];
}

std::uint64_t ValuePool::asks_of(ValueId id, const Value& value,
                                 std::span<const ValueId> operands) const {
  const bool leads_on = value.kind == ValueKind::OneOf || is_connective(opcode(value));
  std::uint64_t asks = mark_of(id);
  for (const ValueId one : operands) asks |= leads_on ? traits_[one.index].asks : mark_of(one);
  return asks;
}

// False: too deep.
bool ValuePool::traits_of(const Value& value, std::span<const ValueId> operands,
                          std::span<const GuardId> guards, Traits& traits) {
  for (const ValueId id : operands) {
    const Traits& below = traits_[id.index];
    traits.origins |= below.origins;
    traits.flags |= below.flags;
    traits.depth = std::max(traits.depth, below.depth);
  }
  ++traits.depth;
  if (value.kind == ValueKind::Hole) {
    traits.origins |= 1U << static_cast<unsigned>(value.origin);
    if (value.finished == 0 && replaceable(value.origin, value.ref)) traits.flags |= kSymbolic;
    if (!is_given(value.origin)) traits.flags |= kUnread;
  }
  if (value.kind == ValueKind::Hole || value.kind == ValueKind::Object ||
      value.kind == ValueKind::Computed)
    traits.flags |= kVariable;
  traits.flags |= own_flags(opcode(value));
  if (value.kind == ValueKind::Unknown) traits.flags |= kAmbiguous | kUnread;
  if (value.kind == ValueKind::Object) traits.flags |= kUnread;
  if (value.kind == ValueKind::OneOf && !excludes_each_other(guards)) traits.flags |= kAmbiguous;
  return traits.depth <= kNestingDepth;
}

// Where the row that is asked for is noted, or a free slot.
template <class IsIt>
std::size_t ValuePool::place_of(const std::vector<Slot>& slots, std::uint32_t hash,
                                const IsIt& is_it) {
  const std::size_t mask = slots.size() - 1;
  std::size_t slot = hash & mask;
  while (slots[slot].row != 0 && !is_it(slots[slot])) slot = (slot + 1) & mask;
  return slot;
}

void ValuePool::take(std::size_t place, Slot row) {
  slots_[place] = row;
  if (++taken_ * 2 > slots_.size()) grow_slots();
}

// Of a copy: what is made of something new is new itself. The question is asked because the table
// of what is kept is too large for the processor's caches.
bool ValuePool::may_be_kept(const Value& value, std::span<const ValueId> operands,
                            std::span<const StringId> names) const {
  const auto is_kept = [&](StringId id) { return !id.exists() || id.index < kept_.strings; };
  return !kept_.slots.empty() && is_kept(value.text) && std::ranges::all_of(names, is_kept) &&
         std::ranges::all_of(operands, [&](ValueId id) { return id.index < kept_.values; });
}

ValueId ValuePool::intern(Value value, std::span<const ValueId> operands,
                          std::span<const StringId> names, std::span<const GuardId> guards) {
  value.operands = {};
  value.names = {};
  value.guards = {};
  const std::uint32_t hash = hash_of_row(value, operands, names, guards);
  Slot& recent = recent_[hash & (kRecent - 1)];
  if (recent.row != 0 && recent.hash == hash &&
      same_row(ValueId{recent.row - 1}, value, operands, names, guards))
    return ValueId{recent.row - 1};
  const auto is_it = [&](const Slot& taken) {
    return taken.hash == hash && same_row(ValueId{taken.row - 1}, value, operands, names, guards);
  };
  const std::size_t place = place_of(slots_, hash, is_it);
  if (slots_[place].row != 0) return ValueId{(recent = slots_[place]).row - 1};
  if (may_be_kept(value, operands, names))
    if (const Slot& kept = kept_.slots[place_of(kept_.slots, hash, is_it)]; kept.row != 0) {
      take(place, recent = kept);  // so that the few that are asked for lie close together
      return ValueId{kept.row - 1};
    }
  Traits traits;
  if (!traits_of(value, operands, guards, traits)) {
    const auto uncertainty = static_cast<std::uint8_t>(value.uncertainty | kCut);
    return intern({.kind = ValueKind::Unknown,
                   .uncertainty = uncertainty,
                   .text = string("a value nested too deeply"),
                   .ref = hash | (1ULL << 63U)});
  }
  value.operands = operands_.append(operands);
  value.names = names_.append(names);
  value.guards = guard_rows_.append(guards);
  const ValueId id{values_.append(value)};
  traits.asks = asks_of(id, value, operands);
  traits_.append(traits);
  take(place, recent = {.row = id.index + 1, .hash = hash});
  return id;
}

bool ValuePool::same_row(ValueId id, const Value& value, std::span<const ValueId> operands,
                         std::span<const StringId> names, std::span<const GuardId> guards) const {
  const Value& row = values_[id.index];
  return row.kind == value.kind && row.origin == value.origin &&
         row.uncertainty == value.uncertainty && row.finished == value.finished &&
         row.text == value.text && row.ref == value.ref &&
         std::ranges::equal(operands_[row.operands], operands) &&
         std::ranges::equal(names_[row.names], names) &&
         std::ranges::equal(guard_rows_[row.guards], guards);
}

std::unique_ptr<ValuePool> ValuePool::copy() const {
  std::unique_ptr<ValuePool> made(new ValuePool(*this));
  made->kept_ = {.values = values_.size(),
                 .operands = operands_.size(),
                 .names = names_.size(),
                 .guard_rows = guard_rows_.size(),
                 .strings = strings_.size(),
                 .choices = choices_.size(),
                 .guards = guards_.size(),
                 .slots = std::exchange(made->slots_, std::vector<Slot>(kFirstSlots))};
  made->taken_ = 0;
  return made;
}

void ValuePool::forget() {
  values_.shrink(kept_.values);
  traits_.shrink(kept_.values);
  operands_.shrink(kept_.operands);
  names_.shrink(kept_.names);
  guard_rows_.shrink(kept_.guard_rows);
  std::ranges::fill(slots_, Slot{});
  std::ranges::fill(recent_, Slot{});
  taken_ = 0;
  for (; guards_.size() > kept_.guards; guards_.pop_back()) guard_ids_.erase(guards_.back());
  for (; choices_.size() > kept_.choices; choices_.pop_back())
    choice_rows_[{choices_.back().scope, choices_.back().subject}].pop_back();
  strings_.shrink(kept_.strings);
}

void ValuePool::grow_slots() {
  std::vector<Slot> wider(slots_.size() * 2);
  const std::size_t mask = wider.size() - 1;
  for (const Slot& taken : slots_) {
    if (taken.row == 0) continue;
    std::size_t slot = taken.hash & mask;
    while (wider[slot].row != 0) slot = (slot + 1) & mask;
    wider[slot] = taken;
  }
  slots_ = std::move(wider);
}

}  // namespace fnlint
