#include "core/text.h"
#include "values/answers.h"
#include "values/functions.h"
#include "values/summarised_lists.h"
#include "values/utf8.h"
#include "values/where.h"

// Entries, items, elements and parts of values: what a path below a value leads to.
namespace fnlint {
namespace {

bool has_path(const Value& row) {
  return row.kind == ValueKind::Hole &&
         (row.origin == Origin::Event || row.origin == Origin::Context);
}

// The hole below another one: of an event, a context or a library.
ValueId below(ValuePool& pool, ValueId base, std::string_view step) {
  const Value& row = pool[base];
  const std::string_view path = pool[row.text];
  const bool joined = path.empty() || step.starts_with('[');
  const ValueId hole =
      pool.hole(row.origin, joined ? cat(path, step) : cat(path, ".", step), row.ref);
  return pool.with_uncertainty(hole, row.uncertainty);
}

ValueId entry_of(ValuePool& pool, ValueId record, std::string_view name) {
  const auto names = pool.names(record);
  const StringId wanted = pool.string(name);
  const auto found = std::ranges::find(names, wanted);
  const auto values = pool.operands(record);
  if (found != names.end()) return values[static_cast<std::size_t>(found - names.begin())];
  if (pool[record].ref == 0) return pool.absent();
  const auto rest = std::ranges::find(names, pool.string(kRest));
  if (rest != names.end())
    return member(pool, values[static_cast<std::size_t>(rest - names.begin())], name);
  return {};
}

// What languages call the size of a list, and the parts of a pair; no id: the name is none of
// these.
ValueId part_of_list(ValuePool& pool, ValueId list, std::string_view name) {
  constexpr std::array<std::string_view, 2> kSizes{"Count", "size"};
  constexpr std::array<std::string_view, 2> kOfPair{"first", "second"};
  if (std::ranges::find(kSizes, name) != kSizes.end()) return call(pool, Opcode::Length, {list});
  const auto place = std::ranges::find(kOfPair, name);
  const bool is_pair = pool[list].ref == 0 && pool.operands(list).size() == kOfPair.size();
  if (!is_pair || place == kOfPair.end()) return {};
  return pool.operands(list)[static_cast<std::size_t>(place - kOfPair.begin())];
}

// member() of a base that is no OneOf; no id when it has to be kept.
ValueId known_member(ValuePool& pool, ValueId base, std::string_view name) {
  const Value& row = pool[base];
  if (name == kTypeof && !has_path(row)) {
    const std::uint8_t uncertainty = row.uncertainty;
    const ValueId known = name_of_type(pool, base);
    return known.exists() ? pool.with_uncertainty(known, uncertainty) : known;
  }
  if (is_nullish(pool, base)) return pool.absent();
  if (row.kind == ValueKind::Record) {
    const ValueId entry = entry_of(pool, base, name);
    const bool is_size = name == "size" && entry.exists() && is_nullish(pool, entry);
    return is_size ? call(pool, Opcode::Length, {base}) : entry;  // a map's
  }
  if (row.kind == ValueKind::List)
    if (const ValueId part = part_of_list(pool, base, name); part.exists()) return part;
  if (name == "length" &&
      (row.kind == ValueKind::List || is_summarised(pool, base) || has_path(row) ||
       row.kind == ValueKind::Text || row.kind == ValueKind::Pattern || is_split(pool, base)))
    return call(pool, Opcode::Length, {base});
  if (has_path(row)) return below(pool, base, name);
  if (row.kind == ValueKind::Hole && row.origin == Origin::Library) return below(pool, base, name);
  if (row.kind == ValueKind::Computed && pool[row.text] == "with_entry") {
    const auto operands = pool.operands(base);
    if (!is_text(pool, operands[1])) return {};
    return pool.text(operands[1]) == name ? operands[2] : member(pool, operands[0], name);
  }
  return {};
}

// A list's item at a number that may count from the end.
ValueId item_of(ValuePool& pool, ValueId list, std::int64_t at) {
  const auto items = pool.operands(list);
  const bool open = pool[list].ref != 0;
  if (at < 0 && open) return {};
  const auto count = static_cast<std::int64_t>(items.size());
  if (at < 0) at += count;
  if (at >= 0 && at < count) return items[static_cast<std::size_t>(at)];
  return open ? ValueId{} : pool.absent();
}

ValueId slice_of_list(ValuePool& pool, ValueId list, std::int64_t from,
                      std::optional<std::int64_t> to) {
  const auto items = pool.operands(list);
  const bool open = pool[list].ref != 0;
  const auto count = static_cast<std::int64_t>(items.size());
  if (open && (from < 0 || from > count || (to && (*to < 0 || *to > count)))) return {};
  const auto clamp = [&](std::int64_t at) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(at < 0 ? at + count : at, 0, count));
  };
  const std::size_t first = clamp(from), end = std::max(first, clamp(to.value_or(count)));
  return pool.list(items.subspan(first, end - first), open && !to);
}

// Bytes are characters, or the answer is no id.
ValueId slice_of_text(ValuePool& pool, ValueId value, std::int64_t from,
                      std::optional<std::int64_t> to) {
  const std::optional<std::string_view> text = known_text(pool, value);
  if (!text || !is_ascii(*text)) return {};
  const auto count = static_cast<std::int64_t>(text->size());
  const auto clamp = [&](std::int64_t at) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(at < 0 ? at + count : at, 0, count));
  };
  const std::size_t first = clamp(from), end = std::max(first, clamp(to.value_or(count)));
  return pool.long_text(text->substr(first, end - first));
}

// What is known of a slice of a text with holes: the literal at an end may hold the cut.
ValueId slice_of_pattern(ValuePool& pool, ValueId value, std::int64_t from,
                         std::optional<std::int64_t> to) {
  std::vector<ValueId> parts(pool.operands(value).begin(), pool.operands(value).end());
  const auto literal = [&](ValueId part) {
    return is_text(pool, part) && is_ascii(pool.text(part)) ? pool.text(part) : std::string_view();
  };
  const std::string_view start = literal(parts.front()), end = literal(parts.back());
  const auto starts = static_cast<std::int64_t>(start.size());
  const auto ends = static_cast<std::int64_t>(end.size());
  if (to && *to >= 0) {
    if (from < 0 || *to > starts) return {};
    return slice_of_text(pool, parts.front(), from, to);
  }
  if (from < 0) {
    if (-from > ends) return {};
    return slice_of_text(pool, parts.back(), from, to);
  }
  if (from > starts || (to && -*to > ends)) return {};
  if (from > 0) parts.front() = pool.text_value(start.substr(static_cast<std::size_t>(from)));
  if (to) parts.back() = pool.text_value(end.substr(0, static_cast<std::size_t>(ends + *to)));
  return pool.concat(parts);
}

ValueId with_item(ValuePool& pool, ValueId list, ValueId key, ValueId value) {
  const auto old = pool.operands(list);
  std::vector<ValueId> items(old.begin(), old.end());
  const std::optional<std::int64_t> at = as_integer(pool, key);
  const bool open = pool[list].ref != 0;
  if (at && *at >= 0 && *at < static_cast<std::int64_t>(items.size())) {
    items[static_cast<std::size_t>(*at)] = value;
    return pool.list(items, open);
  }
  if (at && *at == static_cast<std::int64_t>(items.size()) && !open) {
    items.push_back(value);
    return pool.list(items);
  }
  return {};
}

}  // namespace

ValueId member(ValuePool& pool, ValueId base, std::string_view name) {
  if (!pool.is(base, ValueKind::OneOf))
    if (const ValueId known = known_member(pool, base, name); known.exists()) return known;
  return call(pool, Opcode::Member, {base, pool.text_value(name)});
}
ValueId index(ValuePool& pool, ValueId base, ValueId index) {
  return call(pool, Opcode::Index, {base, index});
}
ValueId element(ValuePool& pool, ValueId base) { return call(pool, Opcode::Element, {base}); }
ValueId part(ValuePool& pool, ValueId base, ValueId from, ValueId to) {
  return call(pool, Opcode::Part, {base, from, to});
}
ValueId with_entry(ValuePool& pool, ValueId base, ValueId key, ValueId value) {
  return call(pool, Opcode::WithEntry, {base, key, value});
}

ValueId compute_member(ValuePool& pool, Operands operands) {
  if (!is_text(pool, operands[1])) return {};
  return known_member(pool, operands[0], pool.text(operands[1]));
}

namespace {

// At some place of a list that may be empty: what surely is something where it is there, may not be
// there.
ValueId at_of_many(ValuePool& pool, ValueId list) {
  const ValueId any = any_of_many(pool, list);
  const ValueId has = has_elements(pool, list);
  const Answer there = has.exists() ? truth(pool, has) : Answer::Unknown;
  return any.exists() ? or_nothing(pool, any, there) : any;
}

// The same wherever it stands: what the environment, the event, a parameter or a name of a library
// says, an object.
bool is_same_each_time(const ValuePool& pool, ValueId key) {
  constexpr std::array kFixed = {Origin::Environment, Origin::Event,     Origin::Parameter,
                                 Origin::Library,     Origin::Attribute, Origin::TemplateInput,
                                 Origin::Pseudo};
  const Value& row = pool[key];
  return row.kind == ValueKind::Object ||
         (row.kind == ValueKind::Hole && std::ranges::find(kFixed, row.origin) != kFixed.end());
}

// `clients[Kind.QUEUE]` of a map that was filled by that very key, whatever it is worth; what was
// put there later by another key, or by a text, may be that entry too. No id: it was not.
ValueId filled_by_key(ValuePool& pool, ValueId map, ValueId key) {
  if (!pool.is(map, ValueKind::Record) || !is_same_each_time(pool, key)) return {};
  ValueId found;
  for (ValueId at = map; at.exists();) {
    const std::vector<ValueId> parts(pool.operands(at).begin(), pool.operands(at).end());
    if (pool.opcode(at) == Opcode::WithEntry) {
      found = pool.join(parts[2], found);
      if (parts[1] == key)
        return found == parts[2] ? found : pool.with_uncertainty(found, kUngated);
      at = parts[0];
      continue;
    }
    if (!pool.is(at, ValueKind::Record)) return {};
    ValueId rest;
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (pool[pool.names(at)[i]] == kRest)
        rest = parts[i];
      else
        found = pool.join(parts[i], found);
    at = rest;
  }
  return {};
}

}  // namespace

ValueId compute_index(ValuePool& pool, Operands operands) {
  const ValueId base = operands[0];
  const Value& row = pool[base];
  if (const ValueId found = filled_by_key(pool, base, operands[1]); found.exists()) return found;
  if (is_text(pool, operands[1]) && row.kind != ValueKind::List)
    return known_member(pool, base, pool.text(operands[1]));
  if (is_nullish(pool, base)) return pool.absent();
  if (row.kind == ValueKind::Record && is_yes_or_no(pool, operands[1]))
    return compute_get(pool, operands);
  const bool is_number = pool.is(operands[1], ValueKind::Number);
  const bool may_be_number =
      is_number || (!pool[row.text].empty() && !pool.is(operands[1], ValueKind::Pattern));
  if (has_path(row) && may_be_number) return below(pool, base, "[]");
  const bool is_filtered = pool.opcode(base) == Opcode::Filtered;
  if (is_filtered && !pool.is(operands[1], ValueKind::Pattern)) return element(pool, base);
  const std::optional<std::int64_t> at = as_integer(pool, operands[1]);
  if (!is_number || !at) return {};
  switch (row.kind) {
    case ValueKind::List: return item_of(pool, base, *at);
    case ValueKind::Record: return entry_of(pool, base, pool.text(operands[1]));
    case ValueKind::Text:
    case ValueKind::Pattern: {
      const ValueId next = *at == -1 ? pool.absent() : pool.number(*at + 1);
      const ValueId one = part(pool, base, operands[1], next);
      return is_text(pool, one) ? one : ValueId{};
    }
    case ValueKind::Computed:
      if (is_summarised(pool, base)) return at_of_many(pool, base);
      return index_of_split(pool, base, *at);
    default: return {};
  }
}

// What `with` gives of a context manager: that itself, or what a generator function that is made
// one yields.
ValueId compute_entered(ValuePool& pool, Operands operands) {
  const bool is_generated =
      pool.is(operands[0], ValueKind::List) || is_summarised(pool, operands[0]);
  return is_generated ? element(pool, operands[0]) : operands[0];
}

ValueId compute_element(ValuePool& pool, Operands operands) {
  const ValueId base = operands[0];
  const Value& row = pool[base];
  if (has_path(row)) return below(pool, base, "[]");
  if (is_nullish(pool, base)) return pool.absent();
  if (is_summarised(pool, base)) return any_of_many(pool, base);
  if (row.kind == ValueKind::Computed) return element_of_function(pool, base);
  if (row.kind != ValueKind::List) return {};
  const auto items = pool.operands(base);
  if (items.empty()) return row.ref == 0 ? pool.absent() : ValueId{};
  std::vector<Alternative> alternatives;
  for (const ValueId item : items) alternatives.push_back({item, {}});
  if (row.ref != 0) alternatives.push_back({pool.computed(Opcode::Element, operands), {}});
  return pool.one_of(alternatives);
}

// An end of a list or of the pieces of a text; any element where that is not known, or where a
// condition or a number is given besides.
ValueId end_of(ValuePool& pool, Operands operands, std::int64_t place) {
  const ValueId base = operands[0];
  const std::array<ValueId, 2> wanted{base, pool.number(place)};
  const bool is_open = pool.is(base, ValueKind::Computed) || pool.is(base, ValueKind::Hole);
  const ValueId found = operands.size() > 1 ? ValueId{} : compute_index(pool, wanted);
  if (found.exists() || (is_open && operands.size() == 1)) return found;
  return element(pool, base);
}
ValueId compute_first(ValuePool& pool, Operands operands) { return end_of(pool, operands, 0); }
ValueId compute_last(ValuePool& pool, Operands operands) { return end_of(pool, operands, -1); }

// What paths are cut by in languages without a call for it: s[s.lastIndexOf("/") + 1 ..],
// s[s.lastIndexOf(".") + 1 ..], s[.. s.lastIndexOf(".")].
ValueId part_of_path(ValuePool& pool, ValueId base, ValueId from, ValueId to) {
  const bool to_end = is_nullish(pool, to);
  const bool from_start =
      is_nullish(pool, from) || (pool.is(from, ValueKind::Number) && as_integer(pool, from) == 0);
  if (to_end && is_after_last(pool, from, base, "/")) return call(pool, Opcode::Basename, {base});
  if (to_end && is_after_last(pool, from, base, "."))
    return index(pool, call(pool, Opcode::Split, {base, pool.text_value(".")}), pool.number(-1));
  if (to_end && is_last_position(pool, from, base, "."))
    return call(pool, Opcode::Extension, {base});
  if (from_start && is_last_position(pool, to, base, "."))
    return call(pool, Opcode::WithoutExtension, {base});
  if (from_start && is_last_position(pool, to, base, "/"))
    return call(pool, Opcode::Dirname, {base});
  return {};
}

ValueId compute_part(ValuePool& pool, Operands operands) {
  const ValueId base = operands[0];
  const ValueId missing = pool.absent();
  const auto bound = [&](std::size_t i) { return i < operands.size() ? operands[i] : missing; };
  if (const ValueId cut = part_of_path(pool, base, bound(1), bound(2)); cut.exists()) return cut;
  const auto at = [&](std::size_t i) {
    return pool.is(bound(i), ValueKind::Number) ? as_integer(pool, bound(i)) : std::nullopt;
  };
  const std::optional<std::int64_t> from = is_nullish(pool, bound(1)) ? 0 : at(1);
  const bool open_end = is_nullish(pool, bound(2));
  const std::optional<std::int64_t> to = at(2);
  if (open_end && from == 0) return base;
  if (is_summarised(pool, base)) return base;
  const bool is_known = from && (open_end || to);
  if (!is_known && pool.is(base, ValueKind::List) && pool[base].ref == 0 &&
      !pool.operands(base).empty())
    return many(pool, pool.operands(base));
  if (!is_known) return {};
  switch (pool[base].kind) {
    case ValueKind::List: return slice_of_list(pool, base, *from, to);
    case ValueKind::Text: return slice_of_text(pool, base, *from, to);
    case ValueKind::Pattern: return slice_of_pattern(pool, base, *from, to);
    case ValueKind::Computed: return open_end ? part_of_split(pool, base, *from) : ValueId{};
    default: return {};
  }
}

ValueId compute_part_of_length(ValuePool& pool, Operands operands) {
  if (operands.size() < 3) return compute_part(pool, operands);
  const std::array<ValueId, 2> ends{operands[1], operands[2]};
  const std::optional<std::int64_t> from = as_integer(pool, operands[1]);
  const std::array<ValueId, 3> given{operands[0], operands[1],
                                     from == 0 ? operands[2] : compute(pool, Opcode::Add, ends)};
  return compute_part(pool, given);
}

namespace {

// The pieces of a text that is not known, with another one in the place of the first or the last.
ValueId with_piece(ValuePool& pool, ValueId pieces, ValueId key, ValueId value) {
  const std::optional<std::int64_t> at = as_integer(pool, key);
  if (at != 0 && at != -1) return pool.unknown("pieces of a text, of which one was set");
  const bool is_first = at == 0;
  const ValueId left = is_first
                           ? call(pool, Opcode::Part, {pieces, pool.number(1), pool.absent()})
                           : call(pool, Opcode::Part, {pieces, pool.absent(), pool.number(-1)});
  const ValueId set = pool.list(std::span(&value, 1));
  return is_first ? call(pool, Opcode::Add, {set, left}) : call(pool, Opcode::Add, {left, set});
}

}  // namespace

ValueId compute_with_entry(ValuePool& pool, Operands operands) {
  const ValueId base = operands[0], key = operands[1], value = operands[2];
  if (is_split(pool, base)) return with_piece(pool, base, key, value);
  if (pool.is(base, ValueKind::List)) return with_item(pool, base, key, value);
  if (!pool.is(base, ValueKind::Record)) return {};
  std::vector<NamedValue> entries;
  const auto names = pool.names(base);
  const auto values = pool.operands(base);
  for (std::size_t i = 0; i < names.size(); ++i) entries.push_back({names[i], values[i]});
  const bool open = pool[base].ref != 0;
  if (const std::optional<std::string_view> name = as_text(pool, key)) {
    entries.push_back({pool.string(*name), without_tests(pool, value)});
    return pool.record(entries, open);
  }
  const StringId rest = pool.string(kRest);
  const auto found = std::ranges::find(entries, rest, &NamedValue::name);
  const ValueId before = found != entries.end() ? found->value : pool.record({}, true);
  const std::array others{before, key, value};
  entries.push_back({rest, pool.computed(Opcode::WithEntry, others)});
  return pool.record(entries, true);
}

namespace {

void spread_unknown(ValuePool& pool, std::vector<NamedValue>& entries, ValueId value) {
  const StringId rest = pool.string(kRest);
  std::vector<ValueId> sources;
  for (NamedValue& entry : entries) {
    if (entry.name == rest) {
      sources.push_back(entry.value);
      continue;
    }
    const ValueId other = member(pool, value, pool[entry.name]);
    entry.value = pool.with_uncertainty(pool.join(entry.value, other), kConditional);
  }
  sources.push_back(value);
  entries.push_back(
      {rest, sources.size() == 1 ? value : pool.any(sources, "several records spread")});
}

}  // namespace

bool spread_into(ValuePool& pool, std::vector<NamedValue>& entries, ValueId record) {
  if (is_nullish(pool, record)) return false;
  if (!pool.is(record, ValueKind::Record) || pool[record].ref != 0) {
    const bool is_record = pool.is(record, ValueKind::Record);
    spread_unknown(pool, entries, record);
    if (!is_record) return true;
  }
  const StringId rest = pool.string(kRest);
  for (std::size_t i = 0; i < pool.names(record).size(); ++i)
    if (const StringId name = pool.names(record)[i]; name != rest)
      entries.push_back({name, pool.operands(record)[i]});
  return pool[record].ref != 0;
}

ValueId changed(ValuePool& pool, ValueId whole, ValueId changes) {
  const std::array<ValueId, 2> both{whole, changes};
  return compute(pool, Opcode::Merge, both);
}

namespace {

// An object of the project's with other fields stays one; no id: it is none.
ValueId merged_object(ValuePool& pool, Operands operands) {
  const ValueId object = operands[0];
  if (!pool.is(object, ValueKind::Object) || pool.operands(object).empty() ||
      !pool.text(object).starts_with("instance:"))
    return {};
  std::vector<ValueId> fields(operands.begin(), operands.end());
  fields[0] = pool.operands(object)[0];
  const ValueId merged = compute(pool, Opcode::Merge, fields);
  return pool.object(pool[object].ref, std::string(pool.text(object)), std::span(&merged, 1));
}

}  // namespace

ValueId compute_merge(ValuePool& pool, Operands operands) {
  if (operands.size() == 1) return operands[0];
  if (const ValueId object = merged_object(pool, operands); object.exists()) return object;
  // Whose object it is, a call of the method says.
  if (pool.is(operands[0], ValueKind::Hole) && pool[operands[0]].origin == Origin::Receiver)
    return {};
  std::vector<NamedValue> entries;
  bool open = false;
  for (const ValueId one : operands) {
    const ValueKind kind = pool[one].kind;
    const bool may_be_record = kind == ValueKind::Record || kind == ValueKind::Hole ||
                               kind == ValueKind::Computed || kind == ValueKind::Object ||
                               is_nullish(pool, one);
    if (!may_be_record) return {};
    open = spread_into(pool, entries, one) || open;
  }
  return pool.record(entries, open);
}

ValueId compute_length(ValuePool& pool, Operands operands) {
  const Value& row = pool[operands[0]];
  const auto count = static_cast<std::int64_t>(pool.operands(operands[0]).size());
  switch (row.kind) {
    case ValueKind::List:
    case ValueKind::Record: return row.ref == 0 ? pool.number(count) : ValueId{};
    case ValueKind::Text: {
      const std::optional<std::string_view> text = known_text(pool, operands[0]);
      if (!text || !is_ascii(*text)) return {};
      return pool.number(static_cast<std::int64_t>(text->size()));
    }
    case ValueKind::Computed:  // as far as the elements of the whole list say
      return pool.opcode(operands[0]) == Opcode::Filtered
                 ? call(pool, Opcode::Length, {pool.operands(operands[0])[0]})
                 : length_of_split(pool, operands[0]);
    default: return {};
  }
}

}  // namespace fnlint
