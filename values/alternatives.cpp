// The upper bound in the lattice of values: choices are flattened and united, and those with too
// many alternatives fall back to the prefix and suffix that all of these share.

#include "values/pool.h"
#include "values/utf8.h"
#include "values/where.h"

namespace fnlint {
namespace {

// The text that every value of this kind is known to begin (end) with.
std::string_view known_end(const ValuePool& pool, ValueId value, bool at_start) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Text:
    case ValueKind::Number:
    case ValueKind::Bool: return pool.text(value);
    case ValueKind::Pattern: {
      const auto parts = pool.operands(value);
      const ValueId end = at_start ? parts.front() : parts.back();
      return pool[end].kind == ValueKind::Text ? pool.text(end) : std::string_view();
    }
    default: return {};
  }
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  // Never within a character.
  while (n > 0 &&
         ((n < a.size() && is_continuation(a[n])) || (n < b.size() && is_continuation(b[n]))))
    --n;
  return n;
}

std::size_t common_suffix(std::string_view a, std::string_view b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[a.size() - 1 - n] == b[b.size() - 1 - n]) ++n;
  while (n > 0 && is_continuation(a[a.size() - n])) --n;
  return n;
}

// The fields that some of the objects have, each with all that it may be.
std::vector<NamedValue> united_fields(ValuePool& pool, std::span<const ValueId> records) {
  std::vector<StringId> names;
  for (const ValueId record : records)
    for (const StringId name : pool.names(record))
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  std::vector<NamedValue> fields;
  for (const StringId name : names) {
    std::vector<Alternative> ways;
    for (const ValueId record : records) {
      const auto have = pool.names(record);
      const auto at = std::ranges::find(have, name);
      const auto place = static_cast<std::size_t>(at - have.begin());
      ways.push_back({at == have.end() ? pool.absent() : pool.operands(record)[place], {}});
    }
    fields.push_back({name, pool.one_of(ways)});
  }
  return fields;
}

// One object that stands for more ways of it than are told apart: the same one, with each field on
// its own. No id: they are not the same.
ValueId united_object(ValuePool& pool, std::span<const ValueId> ways) {
  std::vector<ValueId> records;
  const Value first = pool[ways[0]];
  bool is_open = false;
  for (const ValueId way : ways) {
    const Value row = pool[way];
    const bool is_same = row.kind == ValueKind::Object && row.ref == first.ref &&
                         row.text == first.text && pool.operands(way).size() == 1;
    if (!is_same || !pool[first.text].starts_with("instance:")) return {};
    const ValueId record = pool.operands(way)[0];
    if (!pool.is(record, ValueKind::Record)) return {};
    is_open = is_open || pool[record].ref != 0;
    records.push_back(record);
  }
  const ValueId record = pool.record(united_fields(pool, records), is_open);
  const std::string path(pool[first.text]);
  return pool.with_uncertainty(pool.object(first.ref, path, std::span(&record, 1)), kUngated);
}

}  // namespace

ValueId ValuePool::join(ValueId a, ValueId b) {
  if (!a.exists() || a == b) return b;
  if (!b.exists()) return a;
  const std::array alternatives{Alternative{a, {}}, Alternative{b, {}}};
  return one_of(alternatives);
}

ValueId ValuePool::one_of(std::span<const Alternative> alternatives) {
  std::vector<Alternative> flat;
  flatten(alternatives, flat);
  if (flat.empty()) return unknown("alternatives that exclude each other");
  if (flat.size() == 1) return flat[0].value;
  std::vector<ValueId> values;
  std::vector<GuardId> guards;
  for (const Alternative& alternative : flat) {
    values.push_back(alternative.value);
    guards.push_back(always(alternative.guard) ? GuardId{} : alternative.guard);
  }
  if (flat.size() > kAlternatives) {  // first without what tells them apart, which unites some
    if (std::ranges::none_of(values, [&](ValueId one) { return conditioned(one); })) {
      const ValueId united = united_object(*this, values);
      return united.exists() ? united : cut_to_pattern(values);
    }
    for (Alternative& one : flat) one.value = without_conditions(*this, one.value);
    return with_uncertainty(one_of(flat), kUngated);
  }
  return intern({.kind = ValueKind::OneOf, .uncertainty = uncertainty_of(values)}, values, {},
                guards);
}

void ValuePool::flatten(std::span<const Alternative> alternatives, std::vector<Alternative>& out) {
  for (const Alternative& alternative : alternatives) {
    if (!alternative.value.exists() || never(alternative.guard)) continue;
    if (!is(alternative.value, ValueKind::OneOf)) {
      unite(alternative, out);
      continue;
    }
    const auto inner = operands(alternative.value);
    const auto inner_guards = guards(alternative.value);
    for (std::size_t i = 0; i < inner.size(); ++i) {
      const std::optional<GuardId> guard = both(alternative.guard, inner_guards[i]);
      if (!guard) continue;
      const bool dropped =
          always(*guard) && !(always(alternative.guard) && always(inner_guards[i]));
      unite({dropped ? with_uncertainty(inner[i], kConditional) : inner[i], *guard}, out);
    }
  }
}

// Adds an alternative, or widens the guard of an equal one. Of equal values with different
// uncertainty one is left, with both.
void ValuePool::unite(Alternative next, std::vector<Alternative>& out) {
  for (Alternative& known : out) {
    if (plain(known.value) != plain(next.value)) continue;
    const std::optional<GuardId> guard = either(known.guard, next.guard);
    if (!guard) continue;
    known.guard = *guard;
    if (known.value != next.value)
      known.value = with_uncertainty(known.value, values_[next.value.index].uncertainty);
    return;
  }
  out.push_back(next);
}

ValueId ValuePool::cut_to_pattern(std::span<const ValueId> alternatives) {
  std::string_view prefix = known_end(*this, alternatives[0], true);
  std::string_view suffix = known_end(*this, alternatives[0], false);
  for (const ValueId value : alternatives) {
    prefix = prefix.substr(0, common_prefix(prefix, known_end(*this, value, true)));
    const std::string_view end = known_end(*this, value, false);
    suffix.remove_prefix(suffix.size() - common_suffix(suffix, end));
  }
  std::size_t room = SIZE_MAX;  // in a literal, the two may not overlap
  for (const ValueId value : alternatives)
    if (!is(value, ValueKind::Pattern)) room = std::min(room, known_end(*this, value, true).size());
  prefix = utf8_prefix(prefix, std::min(room, kPatternBytes / 4));
  suffix = utf8_suffix(suffix, std::min(room - prefix.size(), kPatternBytes / 4));
  const std::array parts{text_value(prefix), any(alternatives, "too many alternatives"),
                         text_value(suffix)};
  return assemble(parts, kCut);
}

}  // namespace fnlint
