// Applies an operation's selectors to batches and single calls alike.

#include "link/effects/sent_entries.h"

#include "link/stacks/names.h"
#include "values/lookups.h"

#include <algorithm>

namespace fnlint {

ValueId member_of_entry(const ValuePool& pool, ValueId entry, std::string_view selector) {
  while (!selector.empty() && entry.exists()) {
    const std::size_t dot = std::min(selector.find('.'), selector.size());
    entry = entry_of_record(pool, entry, selector.substr(0, dot));
    selector.remove_prefix(std::min(selector.size(), dot + 1));
  }
  return entry;
}

ValueId attributes_of(ValuePool& pool, ValueId entry) {
  const bool known = entry.exists() && pool.is(entry, ValueKind::Record);
  const ValueId given = entry_of_record(pool, entry, "MessageAttributes");
  if (!given.exists()) return known && pool[entry].ref == 0 ? pool.record({}) : ValueId{};
  if (!pool.is(given, ValueKind::Record)) return {};
  std::vector<NamedValue> attributes;
  const std::vector<StringId> names(pool.names(given).begin(), pool.names(given).end());
  const std::vector<ValueId> values(pool.operands(given).begin(), pool.operands(given).end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    ValueId value = entry_of_record(pool, values[i], "StringValue");
    const ValueId type = entry_of_record(pool, values[i], "DataType");
    if (!value.exists()) value = pool.unknown("message attribute");
    const std::string type_name(type.exists() ? as_text(pool, type).value_or("") : "");
    const auto text = as_text(pool, value);
    if (type_name.starts_with("Number") && text) value = pool.number(*text);
    if (type_name == "String.Array") value = json_content(pool, value);
    attributes.push_back({names[i], value});
  }
  return pool.record(attributes, pool[given].ref != 0);
}

ValueId event_of_entry(ValuePool& pool, ValueId entry) {
  if (!entry.exists() || !pool.is(entry, ValueKind::Record)) return {};
  const bool open = pool[entry].ref != 0;
  const auto part = [&](std::string_view name) {
    const ValueId value = entry_of_record(pool, entry, name);
    if (value.exists()) return json_content(pool, value);
    return open ? pool.unknown(name) : pool.absent();
  };
  ValueId detail = part("Detail");
  if (pool.is(detail, ValueKind::Absent)) detail = pool.record({});
  return record_of(pool,
                   {{"source", part("Source")},
                    {"detail-type", part("DetailType")},
                    {"detail", detail},
                    {"resources", part("Resources")}},
                   true);
}

Entries entries_of(const ValuePool& pool, const Operation& operation, ValueId arguments) {
  const std::string_view key = operation.key;
  const std::size_t item = key.find("[]");
  if (item == key.npos) return {{arguments}, key.substr(0, key.find('|')), false};
  Entries entries{{}, key.substr(std::min(key.size(), item + 3)), true};
  const ValueId list = member_of_entry(pool, arguments, key.substr(0, item));
  if (list.exists() && pool.is(list, ValueKind::List))
    entries.rows.assign(pool.operands(list).begin(), pool.operands(list).end());
  return entries;
}

bool is_for(ValuePool& pool, const Stacks& stacks, ValueId entry, ResourceId bus) {
  const ValueId name = entry_of_record(pool, entry, "EventBusName");
  const ValueId wanted =
      name.exists() && !pool.is(name, ValueKind::Absent) ? name : pool.text_value("default");
  const auto matches = find_resource(pool, stacks, wanted, ResourceKind::Bus);
  return matches.empty() ||
         std::ranges::any_of(matches, [&](const Match& match) { return match.resource == bus; });
}

}  // namespace fnlint
