#include "values/answers.h"
#include "values/functions.h"
#include "values/summarised_lists.h"
#include "values/where.h"

// Functions over lists and records: keys, entries, merges, lengths.
namespace fnlint {
namespace {

bool is_closed(const ValuePool& pool, ValueId value, ValueKind kind) {
  return pool.is(value, kind) && pool[value].ref == 0;
}
bool is_event(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  return row.kind == ValueKind::Hole &&
         (row.origin == Origin::Event || row.origin == Origin::Context);
}
// What a program gives in place of a missing entry to go on with nothing.
bool is_nothing(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Absent:
    case ValueKind::Null: return true;
    case ValueKind::List:
    case ValueKind::Record: return row.ref == 0 && pool.operands(value).empty();
    case ValueKind::Text: return pool[row.text].empty();
    default: return false;
  }
}

ValueId pair(ValuePool& pool, ValueId first, ValueId second) {
  const std::array items{first, second};
  return pool.list(items);
}

// The record's names, entries in pairs, or values.
template <class Make>
ValueId each_entry(ValuePool& pool, ValueId record, Make make) {
  if (!pool.is(record, ValueKind::Record)) return {};
  const bool is_open = pool[record].ref != 0;
  std::vector<ValueId> items;
  for (std::size_t i = 0; i < pool.operands(record).size(); ++i) {
    if (pool[pool.names(record)[i]] == kRest) return {};
    items.push_back(make(pool.text_value(pool[pool.names(record)[i]]), pool.operands(record)[i]));
  }
  return is_open && items.empty() ? ValueId{} : pool.list(items, is_open);
}

}  // namespace

namespace {

// Of several keys, what is found under each.
ValueId for_each_key(ValuePool& pool, Operands operands) {
  std::vector<ValueId> with(operands.begin(), operands.end());
  const std::vector<ValueId> keys(pool.operands(with[1]).begin(), pool.operands(with[1]).end());
  const std::vector<GuardId> guards(pool.guards(with[1]).begin(), pool.guards(with[1]).end());
  std::vector<Alternative> found;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    with[1] = keys[i];
    found.push_back({compute(pool, Opcode::Get, with), guards[i]});
  }
  return pool.one_of(found);
}

// Of a record whose keys are true and false.
ValueId get_by_test(ValuePool& pool, Operands operands) {
  const auto get_at = [&](std::string_view key) {
    std::vector<ValueId> with(operands.begin(), operands.end());
    with[1] = pool.text_value(key);
    return compute(pool, Opcode::Get, with);
  };
  return choose(pool, operands[1], get_at("true"), get_at("false"));
}

// What a record was made from, where it is asked for a key that it has not been given since; no id:
// it was made from nothing, or has been given that key.
ValueId made_from(const ValuePool& pool, ValueId record, std::string_view key) {
  if (!pool.is(record, ValueKind::Record)) return {};
  ValueId rest;
  for (std::size_t i = 0; i < pool.operands(record).size(); ++i) {
    const std::string_view name = pool[pool.names(record)[i]];
    if (name == key) return {};
    if (name == kRest) rest = pool.operands(record)[i];
  }
  return rest;
}

}  // namespace

ValueId compute_get(ValuePool& pool, Operands operands) {
  const ValueId base = operands[0], key = operands[1];
  if (pool.is(key, ValueKind::OneOf) && pool.is(base, ValueKind::Record))
    return for_each_key(pool, operands);
  if (pool.is(base, ValueKind::List) && operands.size() == 2) return index(pool, base, key);
  if (pool.is(base, ValueKind::Record) && is_yes_or_no(pool, key))
    return get_by_test(pool, operands);
  if (!as_text(pool, key)) return {};
  const bool otherwise = operands.size() > 2 && !is_nothing(pool, operands[2]);
  if (is_event(pool, base)) {
    const ValueId entry = index(pool, base, key);
    return otherwise ? pool.with_uncertainty(pool.join(entry, operands[2]), kConditional) : entry;
  }
  if (const ValueId rest = made_from(pool, base, *as_text(pool, key)); rest.exists()) {
    std::vector<ValueId> asked(operands.begin(), operands.end());
    asked[0] = rest;
    return compute(pool, Opcode::Get, asked);
  }
  const ValueId has = call(pool, Opcode::Has, {base, key});
  if (!pool.is(has, ValueKind::Bool))
    return otherwise || !pool.is(base, ValueKind::Hole) ? ValueId{} : index(pool, base, key);
  if (pool.text(has) == "true") return member(pool, base, *as_text(pool, key));
  return operands.size() > 2 ? operands[2] : pool.absent();
}

ValueId compute_enumerate(ValuePool& pool, Operands operands) {
  if (!is_closed(pool, operands[0], ValueKind::List)) return {};
  std::vector<ValueId> items;
  for (const ValueId item : pool.operands(operands[0]))
    items.push_back(pair(pool, pool.number(static_cast<std::int64_t>(items.size())), item));
  return pool.list(items);
}

ValueId compute_zip(ValuePool& pool, Operands operands) {
  std::size_t shortest = SIZE_MAX;
  for (const ValueId list : operands) {
    if (!is_closed(pool, list, ValueKind::List)) return {};
    shortest = std::min(shortest, pool.operands(list).size());
  }
  std::vector<ValueId> rows;
  for (std::size_t i = 0; i < shortest; ++i) {
    std::vector<ValueId> row;
    for (const ValueId list : operands) row.push_back(pool.operands(list)[i]);
    rows.push_back(pool.list(row));
  }
  return pool.list(rows);
}

// Is there anything to go over? What a list is made from, one by one, decides for it.
ValueId compute_has_items(ValuePool& pool, Operands operands) {
  ValueId value = operands[0];
  while (pool.is(value, ValueKind::Computed) && !pool.operands(value).empty()) {
    const Opcode opcode = pool.opcode(value);
    if (opcode != Opcode::Enumerate && opcode != Opcode::Entries && opcode != Opcode::Values &&
        opcode != Opcode::Keys && opcode != Opcode::Filtered)
      break;
    value = pool.operands(value)[0];
  }
  if (is_filled(pool, value)) return has_elements(pool, value);
  switch (pool[value].kind) {
    case ValueKind::List:
      if (pool[value].ref == 1)
        return value == operands[0] ? ValueId{} : call(pool, Opcode::HasItems, {value});
      [[fallthrough]];
    case ValueKind::Record:
      if (!pool.operands(value).empty()) return pool.boolean(true);
      return pool[value].ref == 0 ? pool.boolean(false) : ValueId{};
    case ValueKind::Absent:
    case ValueKind::Null: return pool.boolean(false);
    case ValueKind::Hole:  // an event that starts a function has records
      if (pool[value].origin == Origin::Event && pool.text(value) == "Records")
        return pool.boolean(true);
      [[fallthrough]];
    default: return value == operands[0] ? ValueId{} : call(pool, Opcode::HasItems, {value});
  }
}

// A record of keys and values that follow each other; a key that is not known leaves it open.
ValueId compute_map(ValuePool& pool, Operands operands) {
  ValueId map = pool.record({});
  for (std::size_t i = 0; i + 1 < operands.size(); i += 2)
    map = with_entry(pool, map, operands[i], operands[i + 1]);
  return map;
}

namespace {

// What a loop over the record gets, as a list. Nobody knows how many entries one has that a loop
// has filled, and each is there where the tests hold under which it was put there.
template <class Make>
ValueId loop_over(ValuePool& pool, ValueId record, Make make) {
  const std::vector<FilledEntry> entries = entries_of_map(pool, record);
  if (entries.empty()) return each_entry(pool, record, make);
  std::vector<ValueId> elements;
  bool is_conditional = false;
  for (const FilledEntry& entry : entries) {
    const ValueId value = without_tests(pool, entry.value);
    std::vector<Fact> facts;
    if (value != entry.value)
      for (const ValueId test : pool.operands(entry.value).subspan(1))
        facts.push_back({test, true});
    is_conditional = is_conditional || !facts.empty();
    elements.push_back(given(pool, make(entry.key, value), facts));
  }
  return is_conditional ? many(pool, elements) : pool.list(elements);
}

}  // namespace

// `Number(x)`, `UUID(x)`: what is known already stays as it is written.
ValueId compute_converted(ValuePool& pool, Operands operands) {
  const Value& row = pool[operands[0]];
  const bool may_be_text = row.kind == ValueKind::Pattern || row.kind == ValueKind::Computed ||
                           (row.kind == ValueKind::Hole && row.origin != Origin::Environment);
  const Opcode opcode = pool.opcode(operands[0]);
  const bool is_number = opcode == Opcode::Converted ||
                         (opcode == Opcode::Add &&
                          pool.is(pool.operands(operands[0])[1], ValueKind::Number));
  return may_be_text && !is_number ? ValueId{} : operands[0];
}

// `[...x]`. What is no list yet, and may become one, waits.
ValueId compute_copied(ValuePool& pool, Operands operands) {
  const ValueId list = operands[0];
  if (is_nullish(pool, list)) return pool.list({});
  const bool waits = pool.is(list, ValueKind::Computed) && !is_summarised(pool, list);
  const bool is_list = pool.is(list, ValueKind::List) || is_summarised(pool, list);
  if (is_list || pool.opcode(list) == Opcode::Filtered) return list;
  if (waits || pool.symbolic(list)) return {};
  const ValueId one = element(pool, list);
  return pool.list(std::span(&one, 1), true);
}

// The record that pairs of keys and values make.
ValueId compute_from_entries(ValuePool& pool, Operands operands) {
  const bool is_filled = is_summarised(pool, operands[0]);
  if (!is_filled && !is_closed(pool, operands[0], ValueKind::List)) return {};
  const std::vector<ValueId> pairs(pool.operands(operands[0]).begin(),
                                   pool.operands(operands[0]).end());
  ValueId record = pool.record({}, is_filled);
  for (const ValueId one : pairs) {
    const ValueId row = without_tests(pool, one);
    if (!is_closed(pool, row, ValueKind::List) || pool.operands(row).size() != 2) return {};
    std::vector<Fact> facts;
    if (row != one)
      for (const ValueId test : pool.operands(one).subspan(1)) facts.push_back({test, true});
    const ValueId key = pool.operands(row)[0], value = pool.operands(row)[1];
    record = with_entry(pool, record, key, given(pool, value, facts));
  }
  return record;
}

ValueId compute_entries(ValuePool& pool, Operands operands) {
  return loop_over(pool, operands[0],
                   [&](ValueId name, ValueId value) { return pair(pool, name, value); });
}
ValueId compute_keys(ValuePool& pool, Operands operands) {
  return loop_over(pool, operands[0], [](ValueId name, ValueId) { return name; });
}
ValueId compute_values(ValuePool& pool, Operands operands) {
  return loop_over(pool, operands[0], [](ValueId, ValueId value) { return value; });
}

// What one round of a loop over such a list gets, where the list is not known.
ValueId element_of_function(ValuePool& pool, ValueId list) {
  const Opcode opcode = pool.opcode(list);
  const auto operands = pool.operands(list);
  if (operands.empty()) return {};
  const auto inner = [&](std::string_view function) {
    return element(pool, call(pool, function, {operands[0]}));
  };
  if (opcode == Opcode::Filtered)
    return where(pool, element(pool, operands[0]), operands.subspan(1));
  if (opcode == Opcode::Copied) return element(pool, operands[0]);
  if (opcode == Opcode::Enumerate)
    return pair(pool, pool.computed("position", operands), element(pool, operands[0]));
  if (opcode == Opcode::Entries) return pair(pool, inner("keys"), inner("values"));
  if (opcode != Opcode::Zip) return {};
  std::vector<ValueId> row;
  for (const ValueId each : operands) row.push_back(element(pool, each));
  return pool.list(row);
}

// Of alternatives to loop over, the empty ones give no element.
ValueId without_empty(ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::OneOf)) return value;
  std::vector<Alternative> left;
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i)
    if (const ValueId one = pool.operands(value)[i]; !is_nothing(pool, one))
      left.push_back({one, pool.guards(value)[i]});
  return left.empty() ? value : pool.one_of(left);
}

ValueId compute_split_extension(ValuePool& pool, Operands operands) {
  return pair(pool, call(pool, Opcode::WithoutExtension, {operands[0]}),
              call(pool, Opcode::Extension, {operands[0]}));
}
ValueId compute_split_path(ValuePool& pool, Operands operands) {
  return pair(pool, call(pool, Opcode::Dirname, {operands[0]}),
              call(pool, Opcode::Basename, {operands[0]}));
}
// Node's path.parse.
ValueId compute_path_parse(ValuePool& pool, Operands operands) {
  const auto entry = [&](std::string_view name, std::string_view function) {
    return NamedValue{pool.string(name), call(pool, function, {operands[0]})};
  };
  const std::array entries{entry("dir", "dirname"), entry("base", "basename"),
                           entry("ext", "extension"), entry("name", "stem")};
  return pool.record(entries, true);
}

ValueId compute_or_default(ValuePool& pool, Operands operands) {
  const ValueId null = call(pool, Opcode::IsNull, {operands[0]});
  if (!pool.is(null, ValueKind::Bool)) return {};
  return pool.text(null) == "true" ? operands[1] : operands[0];
}

// What a container of at most one holds: a callback over it leaves a list.
ValueId compute_held_or(ValuePool& pool, Operands operands) {
  const ValueId held = operands[0], other = operands[1];
  if (is_summarised(pool, held)) return pool.join(element(pool, held), other);
  if (!pool.is(held, ValueKind::OneOf)) return call(pool, Opcode::OrDefault, {held, other});
  // What is there only where tests hold says itself where it is nothing.
  const std::vector<ValueId> ways(pool.operands(held).begin(), pool.operands(held).end());
  const std::vector<GuardId> guards(pool.guards(held).begin(), pool.guards(held).end());
  const bool asks = pool.conditioned(held);
  std::vector<Alternative> there;
  for (std::size_t i = 0; i < ways.size(); ++i)
    if (!asks || !is_nullish(pool, ways[i]))
      there.push_back({asks ? ways[i] : call(pool, Opcode::HeldOr, {ways[i], other}), guards[i]});
  if (there.empty()) return other;
  const ValueId value = pool.one_of(there);
  return asks ? choose(pool, call(pool, Opcode::IsNull, {held}), other, value) : value;
}

}  // namespace fnlint
