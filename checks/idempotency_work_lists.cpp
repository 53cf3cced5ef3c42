// Work that a run finds in a list and ticks off there: a second run finds what is left of it.

#include "checks/call_name.h"
#include "checks/idempotency_view.h"
#include "checks/project_view.h"
#include "core/text.h"

#include <re2/re2.h>

#include <algorithm>

namespace fnlint {

namespace {

enum class ListUse : std::uint8_t { None, Looks, TicksOff };

// What an effect does to a list of work, and which list that is: a resource, or what else is known of
// the target; of statements the table that they name.
struct ListAccess {
  ListUse use{};
  ResourceId resource = {};
  ValueId target = {};
  std::string table = {};
};

ListAccess by_statement(const std::string& statement) {
  static const RE2 kLooks(R"((?is)^\s*(?:WITH\b.*?)?SELECT\b.*?\bFROM\s+["'`\[]?([\w.]+))"),
      kTicksOff(
          R"((?is)^\s*(?:UPDATE|DELETE\s+FROM|INSERT\s+(?:\w+\s+)*?INTO)\s+["'`\[]?([\w.]+))");
  ListAccess access;
  if (RE2::PartialMatch(statement, kLooks, &access.table)) access.use = ListUse::Looks;
  if (RE2::PartialMatch(statement, kTicksOff, &access.table)) access.use = ListUse::TicksOff;
  access.table = lower(access.table);
  return access;
}

bool only_looks(const Operation& operation) {
  const std::string_view name = operation.id.substr(operation.id.find('.') + 1);
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"Get", "BatchGet", "Query", "Scan", "List"},
      [&](std::string_view verb) { return name.starts_with(verb); });
}

ListAccess access_of(const Project& project, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  if (operation.repeat == Repeat::BySql || operation.id == "dynamodb.ExecuteStatement")
    return by_statement(statement_of(*project.pool, operation, effect));
  // An address says nothing of what lies there; files are this run's own.
  if (operation.target_kind == ResourceKind::Function || is_request(operation) ||
      operation.service == "file")
    return {};
  const bool is_known = effect.target.exists() || effect.target_value.exists();
  const ListUse use = only_looks(operation) ? ListUse::Looks : ListUse::TicksOff;
  return {is_known ? use : ListUse::None, effect.target, effect.target_value, {}};
}

bool is_same_list(const ListAccess& a, const ListAccess& b) {
  if (!a.table.empty() || !b.table.empty()) return a.table == b.table;
  if (a.resource.exists() || b.resource.exists()) return a.resource == b.resource;
  return a.target == b.target;
}

// The test that ends a loop over what was found is no question whether there was anything.
bool counts_rounds(const ValuePool& pool, ValueId test) {
  const auto is_round = [&](ValueId id) {
    return pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Element;
  };
  return std::ranges::any_of(pool.operands(test), [&](ValueId one) {
    return is_round(one) || (pool.is(one, ValueKind::OneOf) &&
                             std::ranges::any_of(pool.operands(one), is_round));
  });
}

// Whether there is anything to do: how many were found, or a flag that a loop over them has set.
bool asks_what_was_found(const ValuePool& pool, Language language, ValueId test) {
  if (pool.is(test, ValueKind::OneOf))
    return std::ranges::any_of(pool.operands(test), [&](ValueId one) {
      return pool.is(one, ValueKind::Bool) || asks_what_was_found(pool, language, one);
    });
  if (pool.is(test, ValueKind::Object)) return language == Language::Python;  // an empty list is false
  if (!pool.is(test, ValueKind::Computed) || counts_rounds(pool, test)) return false;
  bool asks = false;
  for_each_below(pool, test, [&](ValueId id) {
    const ValueKind kind = pool[id].kind;
    asks = asks || pool.opcode(id) == Opcode::Length ||
           (kind == ValueKind::Object && pool.text(id).ends_with(".length"));
  });
  return asks;
}

// Done for each piece of what was found, or where there is any.
bool is_about_what_was_found(const Project& project, const LambdaFunction& function,
                             const Effect& effect) {
  return (effect.flags & kInLoop) != 0 || skips_what_is_stored(*project.pool, effect) ||
         std::ranges::any_of(effect.holds, [&](const Fact& fact) {
           return asks_what_was_found(*project.pool, function.language, fact.test);
         });
}

std::vector<const Effect*> all_effects(const LambdaFunction& function) {
  std::vector<const Effect*> all;
  for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list) all.push_back(&effect);
  return all;
}

// Besides what it adds, the update sets a field to a constant: a state that the next run does not
// look for. "SET #state = :expired, #log = list_append(#log, :entry)".
bool sets_state(const Project& project, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const ValueId values = entry_of(pool, effect.arguments, "ExpressionAttributeValues");
  if (!values.exists()) return false;
  for (const FieldSet& set : fields_set(pool, effect)) {
    ValueId value = entry_of(pool, values, set.placeholder);
    if (value.exists() && pool.is(value, ValueKind::Record) && pool.operands(value).size() == 1)
      value = pool.operands(value)[0];  // {"S": "expired"}
    if (value.exists() && as_text(pool, value)) return true;
  }
  return false;
}

// A queue's messages are deleted by whoever has received them.
bool empties_queue(const Effect& effect) {
  return operations()[effect.operation].id.starts_with("sqs.DeleteMessage");
}

}  // namespace

bool skips_what_is_stored(const ValuePool& pool, const Effect& effect) {
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    const Opcode opcode = pool.opcode(fact.test);
    if (fact.holds || (opcode != Opcode::In && opcode != Opcode::Has)) return false;
    bool is_answer = false;
    for_each_below(pool, pool.operands(fact.test)[opcode == Opcode::In ? 1 : 0],
                   [&](ValueId id) { is_answer = is_answer || pool.is(id, ValueKind::Object); });
    return is_answer;
  });
}

bool takes_work_and_ticks_it_off(const Project& project, const LambdaFunction& function,
                                 const Effect& effect,
                                 const std::vector<RepeatedEffect>& repeated) {
  if (!is_about_what_was_found(project, function, effect)) return false;
  const std::vector<const Effect*> all = all_effects(function);
  return std::ranges::any_of(all, [&](const Effect* tick) {
    // What is itself done once more ticks nothing off.
    const bool is_repeated =
        std::ranges::find(repeated, tick, &RepeatedEffect::effect) != repeated.end();
    const bool is_noted = skips_what_is_stored(*project.pool, *tick);
    if (is_repeated && !is_noted && !sets_state(project, *tick)) return false;
    if (empties_queue(*tick)) return true;
    const ListAccess written = access_of(project, *tick);
    if (written.use != ListUse::TicksOff) return false;
    return std::ranges::any_of(all, [&](const Effect* read) {
      if (read->order > effect.order) return false;
      const ListAccess looked = access_of(project, *read);
      return looked.use == ListUse::Looks && is_same_list(looked, written);
    });
  });
}

}  // namespace fnlint
