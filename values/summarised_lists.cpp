// Lists of unknown length: how elements are appended, joined and taken out again with the tests
// under which they got there.

#include "values/summarised_lists.h"

#include "values/functions.h"
#include "values/where.h"

#include <algorithm>

namespace fnlint {

namespace {

std::vector<ValueId> operands_of(const ValuePool& pool, ValueId value) {
  return {pool.operands(value).begin(), pool.operands(value).end()};
}

void add(std::vector<ValueId>& values, ValueId value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

// The entries of a record that has some under keys which are no known texts. False: it has others.
bool add_entries(ValuePool& pool, ValueId record, std::vector<FilledEntry>& entries) {
  if (pool.opcode(record) == Opcode::WithEntry) {
    const std::vector<ValueId> parts(pool.operands(record).begin(), pool.operands(record).end());
    entries.push_back({parts[1], parts[2]});
    return add_entries(pool, parts[0], entries);
  }
  if (!pool.is(record, ValueKind::Record)) return false;
  for (std::size_t i = 0; i < pool.operands(record).size(); ++i) {
    const StringId name = pool.names(record)[i];
    const ValueId value = pool.operands(record)[i];
    if (pool[name] != kRest)
      entries.push_back({pool.text_value(pool[name]), value});
    else if (!add_entries(pool, value, entries))
      return false;
  }
  return true;
}

struct Element {
  ValueId value = {};
  std::vector<ValueId> tests = {};  // that are not decided
};

// Those of which no test surely fails.
std::vector<Element> elements_of(ValuePool& pool, std::span<const ValueId> given) {
  std::vector<Element> elements;
  for (const ValueId one : given) {
    Element element{one, {}};
    bool possible = true;
    if (pool.opcode(one) == Opcode::Given) {
      const std::vector<ValueId> parts = operands_of(pool, one);
      element.value = parts[0];
      for (const ValueId test : std::span(parts).subspan(1)) {
        const Answer answer = truth(pool, test);
        possible = possible && answer != Answer::No;
        if (answer == Answer::Unknown) element.tests.push_back(test);
      }
    }
    if (possible) elements.push_back(std::move(element));
  }
  return elements;
}

std::vector<ValueId> common_tests_of(const std::vector<Element>& elements) {
  if (elements.empty()) return {};
  std::vector<ValueId> common = elements[0].tests;
  for (const Element& one : elements)
    std::erase_if(common, [&](ValueId test) {
      return std::ranges::find(one.tests, test) == one.tests.end();
    });
  return common;
}

// The elements alone, those conditional that have tests beside the common ones.
std::vector<ValueId> values_of(ValuePool& pool, const std::vector<Element>& elements) {
  const std::size_t common = common_tests_of(elements).size();
  std::vector<ValueId> values;
  for (const Element& one : elements)
    add(values, one.tests.size() > common ? pool.with_uncertainty(one.value, kConditional)
                                          : one.value);
  return values;
}

// One list of alternatives of which each is a list: `[]` on one way, what was appended on another.
ValueId united(ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::OneOf)) return value;
  std::vector<ValueId> items;
  for (const ValueId one : operands_of(pool, value)) {
    if (!pool.is(one, ValueKind::List)) return value;
    for (const ValueId item : operands_of(pool, one))
      add(items, pool.with_uncertainty(item, kConditional));
  }
  return pool.list(items, true);
}

}  // namespace

bool is_summarised(const ValuePool& pool, ValueId list) {
  return pool.opcode(list) == Opcode::Many;
}

ValueId many(ValuePool& pool, std::span<const ValueId> elements) {
  return pool.computed(Opcode::Many, elements);
}

ValueId with_element(ValuePool& pool, ValueId list, ValueId element) {
  std::vector<ValueId> elements = operands_of(pool, list);
  add(elements, element);
  return many(pool, elements);
}

ValueId with_elements(ValuePool& pool, ValueId list, ValueId more) {
  const bool is_list = pool.is(more, ValueKind::List) && pool[more].ref == 0;
  if (!is_list && !is_summarised(pool, more)) return {};
  for (const ValueId one : operands_of(pool, more)) list = with_element(pool, list, one);
  return list;
}

std::vector<FilledEntry> entries_of_map(ValuePool& pool, ValueId record) {
  std::vector<FilledEntry> entries;
  const bool has_rest =
      pool.is(record, ValueKind::Record) && pool[record].ref != 0 &&
      std::ranges::any_of(pool.names(record), [&](StringId name) { return pool[name] == kRest; });
  return has_rest && add_entries(pool, record, entries) ? entries : std::vector<FilledEntry>();
}

bool is_filled(ValuePool& pool, ValueId value) {
  return is_summarised(pool, value) || !entries_of_map(pool, value).empty();
}

ValueId has_elements(ValuePool& pool, ValueId filled) {
  std::vector<ValueId> elements;
  for (const FilledEntry& entry : entries_of_map(pool, filled)) elements.push_back(entry.value);
  if (is_summarised(pool, filled)) elements = operands_of(pool, filled);
  if (elements.empty()) return {};
  std::vector<ValueId> either;
  for (const Element& one : elements_of(pool, elements)) {
    if (one.tests.empty()) return pool.boolean(true);
    either.push_back(one.tests.size() == 1 ? call(pool, Opcode::Truthy, {one.tests[0]})
                                           : compute(pool, Opcode::And, one.tests));
  }
  if (either.empty()) return pool.boolean(false);
  return either.size() == 1 ? either[0] : compute(pool, Opcode::Or, either);
}

ValueId joined_lists(ValuePool& pool, ValueId a, ValueId b) {
  if (!is_summarised(pool, a)) std::swap(a, b);
  if (!is_summarised(pool, a)) return {};
  return with_elements(pool, a, b);
}

ValueId given(ValuePool& pool, ValueId element, std::span<const Fact> facts) {
  std::vector<ValueId> operands{element};
  if (pool.opcode(element) == Opcode::Given) operands = operands_of(pool, element);
  for (const Fact& fact : facts) add(operands, as_literal(pool, fact));
  return operands.size() == 1 ? element : pool.computed(Opcode::Given, operands);
}

ValueId without_tests(const ValuePool& pool, ValueId element) {
  return pool.opcode(element) == Opcode::Given ? pool.operands(element)[0] : element;
}

ValueId all_given(ValuePool& pool, ValueId list, std::span<const Fact> facts) {
  std::vector<ValueId> elements = operands_of(pool, list);
  for (ValueId& one : elements) one = given(pool, one, facts);
  return many(pool, elements);
}

ValueId any_of_many(ValuePool& pool, ValueId list) {
  std::vector<Alternative> alternatives;
  const std::vector<Element> elements = elements_of(pool, operands_of(pool, list));
  for (const ValueId one : values_of(pool, elements)) alternatives.push_back({one, {}});
  if (alternatives.empty()) return {};
  return where(pool, pool.one_of(alternatives), common_tests_of(elements));
}

ValueId as_plain_lists(ValuePool& pool, ValueId value, std::vector<ValueId>& tests) {
  const Substitution lists{.leaf = [](ValueId) { return ValueId{}; },
                           .recompute =
                               [&](std::string_view name, std::span<const ValueId> operands) {
                                 const Opcode opcode = opcode_of(name);
                                 if (opcode == Opcode::Given) return pool.computed(name, operands);
                                 if (opcode != Opcode::Many) {
                                   std::vector<ValueId> plain(operands.begin(), operands.end());
                                   for (ValueId& one : plain) one = without_tests(pool, one);
                                   return compute(pool, name, plain);
                                 }
                                 const ValueId whole = pool.computed(name, operands);
                                 const std::vector<Element> elements =
                                     elements_of(pool, operands_of(pool, whole));
                                 for (const ValueId test : common_tests_of(elements))
                                   add(tests, test);
                                 return pool.list(values_of(pool, elements),
                                                  true);  // nobody knows how many
                               },
                           .concerns = &ValuePool::gathered};
  const ValueId plain = Substituter(pool, lists)(value);
  if (!pool.is(plain, ValueKind::Record)) return united(pool, plain);
  std::vector<NamedValue> entries;
  for (std::size_t i = 0; i < pool.operands(plain).size(); ++i)
    entries.push_back({pool.names(plain)[i], pool.operands(plain)[i]});
  for (NamedValue& entry : entries) entry.value = united(pool, entry.value);
  return pool.record(entries, pool[plain].ref != 0);
}

}  // namespace fnlint
