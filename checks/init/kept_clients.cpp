// Recognises memoised clients: a client that a handler makes is no waste if the path condition asks
// for a kept one first and the new one is stored there.

#include "checks/init/kept_clients.h"

#include "checks/state/state_view.h"
#include "checks/view/beyond.h"
#include "checks/view/project_view.h"
#include "values/pool.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace fnlint {

namespace {

// `asked(place)` only says that the way has come by a test.
bool is_mark_of_way(const ValuePool& pool, const Fact& fact) {
  return pool.is(fact.test, ValueKind::Computed) && pool.opcode(fact.test) == Opcode::Asked;
}

// Questions whether a map has a key: one, of whatever the map and the key may be.
struct AskedEntry {
  ValueId map = {}, key = {};
};
std::vector<AskedEntry> asked_entries(const ValuePool& pool, ValueId test) {
  std::vector<AskedEntry> asked;
  const auto operands = pool.operands(test);
  if (pool.is(test, ValueKind::OneOf)) {
    for (const ValueId one : operands) {
      // `@kept.key?(name)` of what may not be there is that, or false.
      if (pool.is(one, ValueKind::Bool) && !asked.empty()) continue;
      const std::vector<AskedEntry> each = asked_entries(pool, one);
      if (each.empty()) return {};
      asked.insert(asked.end(), each.begin(), each.end());
    }
    return asked;
  }
  const Opcode opcode = pool.opcode(test);
  if ((opcode != Opcode::In && opcode != Opcode::Has) || operands.size() != 2) return {};
  asked.push_back(opcode == Opcode::In ? AskedEntry{operands[1], operands[0]}
                                       : AskedEntry{operands[0], operands[1]});
  return asked;
}

// The last name of a field, of whatever object; empty: it is none.
std::string_view last_name_of_field(const ValuePool& pool, ValueId place) {
  if (pool.opcode(place) == Opcode::Member) return pool.text(pool.operands(place)[1]);
  const std::size_t dot = pool.is(place, ValueKind::Hole) ? pool.text(place).rfind('.') : 0;
  return dot == 0 || dot == std::string_view::npos ? std::string_view()
                                                   : pool.text(place).substr(dot + 1);
}

// Whether an entry is put into the map that was asked: by its place, or by what it begins with.
bool is_put_into(const ValuePool& pool, const StateChange& change, ValueId map) {
  const auto is_empty = [&](ValueId one) {
    return one.exists() && pool.is(one, ValueKind::Record) && pool.operands(one).empty();
  };
  if (pool.opcode(map) == Opcode::OrDefault)
    return is_put_into(pool, change, pool.operands(map)[0]);
  // A field of a class by its name: "Settings.@kept".
  const std::string_view field = last_name_of_field(pool, map);
  const bool is_field = !field.empty() && field == last_name_of_field(pool, change.place);
  return is_field || mentions(pool, map, change.place) || mentions_field(pool, map, change.place) ||
         change.initial == map || (is_empty(change.initial) && is_empty(map));
}

// Whether something is there at all of what was fetched: `if secret: cache[key] = secret`.
bool asks_for_answer(const ValuePool& pool, ValueId test) {
  bool found = false;
  for_each_below(pool, test, [&](ValueId id) { found = found || comes_from_beyond(pool, id); });
  return found || has_origin(pool, test, Origin::CallResult) ||
         has_origin(pool, test, Origin::Secret);
}

// The same, or the same variable, whatever each of them rests on.
bool is_same_key(const ValuePool& pool, ValueId one, ValueId other) {
  if (one == other) return true;
  return one.exists() && other.exists() && pool.is(one, ValueKind::Hole) &&
         pool.is(other, ValueKind::Hole) && pool[one].origin == pool[other].origin &&
         pool[one].ref == pool[other].ref && pool[one].text == pool[other].text;
}

}  // namespace

bool asks_for_entry_it_puts(const ValuePool& pool, const LambdaFunction& function,
                            const CodeCall& call) {
  const bool in_loop = (call.flags & kInLoop) != 0;  // what is not there is asked for each time
  const auto holds_here = [&](const Fact& fact) {
    return is_mark_of_way(pool, fact) || (!in_loop && asks_for_answer(pool, fact.test)) ||
           std::ranges::find(call.holds, fact) != call.holds.end();
  };
  return std::ranges::any_of(call.holds, [&](const Fact& fact) {
    const std::vector<AskedEntry> asked =
        fact.holds ? std::vector<AskedEntry>{} : asked_entries(pool, fact.test);
    return std::ranges::any_of(function.changes, [&](const StateChange& change) {
      return puts_entry(change) &&
             std::ranges::any_of(asked,
                                 [&](const AskedEntry& entry) {
                                   return is_same_key(pool, change.key, entry.key) &&
                                          is_put_into(pool, change, entry.map);
                                 }) &&
             std::ranges::find(change.holds, fact) != change.holds.end() &&
             std::ranges::all_of(change.holds, holds_here);
    });
  });
}

bool is_kept_in_kept_object(const ValuePool& pool, const LambdaFunction& function,
                            const CodeCall& call) {
  const auto kept_in = [&](const Fact& fact) {
    ValueId asked = fact.test;
    bool holds = fact.holds;
    for (; pool.opcode(asked) == Opcode::Not || pool.opcode(asked) == Opcode::Truthy;
         asked = pool.operands(asked)[0])
      holds = holds != (pool.opcode(asked) == Opcode::Not);
    const auto parts = pool.operands(asked);
    if (pool.opcode(asked) == Opcode::Equal && pool.is(parts[1], ValueKind::Null)) {
      asked = parts[0];
      holds = !holds;
    }
    const bool is_own_field =
        pool.opcode(asked) == Opcode::Member &&
        pool.is(pool.operands(asked)[0], ValueKind::Object) &&
        pool.text(pool.operands(asked)[0]).find(':') != std::string_view::npos;
    return is_own_field && !holds ? pool.operands(asked)[0] : ValueId{};
  };
  return std::ranges::any_of(call.holds, [&](const Fact& fact) {
    const ValueId object = kept_in(fact);
    return object.exists() && std::ranges::any_of(function.changes, [&](const StateChange& one) {
             const bool sets = one.how == StoreKind::Assign || one.how == StoreKind::SetIfAbsent;
             return sets && one.value.exists() && mentions(pool, one.value, object) &&
                    (one.how == StoreKind::SetIfAbsent || is_guarded_by_itself(pool, one));
           });
  });
}

}  // namespace fnlint
