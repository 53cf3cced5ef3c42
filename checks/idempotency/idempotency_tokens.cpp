// What a call hands to its service so that the service itself knows a second delivery.

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/yes_no.h"

#include <algorithm>

namespace fnlint {

namespace {

// What stands under a name of a record, of each alternative, of what is spread into one and of what
// a builder was given, however a language begins the name.
void add_members(const ValuePool& pool, ValueId value, std::string_view name,
                 std::vector<ValueId>& found) {
  const Value& row = pool[value];
  if (row.kind == ValueKind::OneOf || row.kind == ValueKind::Object) {
    for (const ValueId one : pool.operands(value)) add_members(pool, one, name, found);
    return;
  }
  if (row.kind != ValueKind::Record) return;
  for (std::size_t i = 0; i < pool.names(value).size(); ++i) {
    const std::string_view here = pool[pool.names(value)[i]];
    const ValueId entry = pool.operands(value)[i];
    if (here == "**" || here == kRest) add_members(pool, entry, name, found);
    if (lower(here) == lower(name)) found.push_back(entry);
  }
}

// "Entries[].MessageDeduplicationId", whichever way the list of entries was put together.
std::vector<ValueId> members_at(const ValuePool& pool, ValueId members, std::string_view path) {
  std::vector<ValueId> at{members};
  for (std::string_view part : split(path, '.')) {
    const bool each = part.ends_with("[]");
    if (each) part.remove_suffix(2);
    std::vector<ValueId> next;
    for (const ValueId one : at) add_members(pool, one, part, next);
    at = std::move(next);
    if (!each) continue;
    std::vector<ValueId> entries;
    for (const ValueId list : at)
      for_each_below(pool, list, [&](ValueId id) {
        if (pool[id].kind == ValueKind::Record) entries.push_back(id);
      });
    at = std::move(entries);
  }
  return at;
}

// A header or parameter of that meaning.
void add_idempotency_keys(const ValuePool& pool, ValueId value, std::vector<ValueId>& found) {
  for_each_below(pool, value, [&](ValueId id) {
    if (pool[id].kind != ValueKind::Record) return;
    for (std::size_t i = 0; i < pool.names(id).size(); ++i) {
      std::string name = lower(pool[pool.names(id)[i]]);
      std::erase_if(name, [](char c) { return c == '-' || c == '_'; });
      if (name.find("idempotency") != std::string::npos ||
          is_one_of(known::idempotency_members(), name))
        found.push_back(pool.operands(id)[i]);
    }
  });
}

bool compares_contents(const Project& project, const Effect& effect) {
  const Property* compares = property_of(project, effect.target, "ContentBasedDeduplication");
  return compares != nullptr && is_yes(*project.pool, compares->value);
}

// A queue or topic whose name says so: every one of that kind does.
bool is_fifo(const ValuePool& pool, const Project& project, const Effect& effect) {
  const std::optional<std::string_view> name =
      effect.target_value.exists() ? as_text(pool, effect.target_value) : std::nullopt;
  if (name && name->ends_with(".fifo")) return true;
  if (!effect.target.exists()) return false;
  return std::ranges::any_of(std::initializer_list<std::string_view>{"FifoQueue", "FifoTopic"},
                             [&](std::string_view path) {
                               const Property* fifo = property_of(project, effect.target, path);
                               return fifo != nullptr && is_yes(pool, fifo->value);
                             });
}

}  // namespace

std::vector<ValueId> tokens_of(const ValuePool& pool, const Operation& operation,
                               const Effect& effect) {
  std::vector<ValueId> found;
  if (!effect.arguments.exists()) return found;
  for (const std::string_view token : operation.repeat_members) {
    const std::vector<ValueId> values = members_at(pool, effect.arguments, token);
    found.insert(found.end(), values.begin(), values.end());
  }
  if (found.empty()) add_idempotency_keys(pool, effect.arguments, found);
  return found;
}

// An id of a message's own goes before its content. A message to such a queue that shows neither
// has an id that could not be read: without one it would be refused.
bool is_compared(const Project& project, const Operation& operation, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const bool has_ids = std::ranges::any_of(operation.repeat_members, [](std::string_view member) {
    return member.ends_with("MessageDeduplicationId");
  });
  if (!has_ids || !tokens_of(pool, operation, effect).empty()) return false;
  const bool compares = effect.target.exists() && compares_contents(project, effect);
  if (!compares) return is_fifo(pool, project, effect);
  return !is_fresh(pool, effect.key);
}

}  // namespace fnlint
