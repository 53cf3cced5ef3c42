// What doing an effect twice does to the world.

#include "checks/idempotency/idempotency_sql.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/view/file_use.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/whole_text.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

bool expression_differs(std::string_view text) {
  static const RE2 kAdds(
      R"((?i)(^|\s)ADD\s+[#:\w]|list_append|\S+\s*=\s*(if_not_exists\s*\([^)]*\)|[#\w.]+)\s*[+-])");
  return RE2::PartialMatch(text, kAdds);
}

using Names = std::set<std::string, std::less<>>;

// Names below a value, but not those of operators: of the fields that it asks for or sets.
Names fields_below(const ValuePool& pool, ValueId value, const Operation& operation) {
  Names fields;
  for_each_below(pool, value, [&](ValueId id) {
    if (pool[id].kind != ValueKind::Record) return;
    for (const StringId name : pool.names(id))
      if (!pool[name].starts_with('$') &&
          std::ranges::find(operation.adding, pool[name]) == operation.adding.end())
        fields.emplace(pool[name]);
  });
  return fields;
}

// It asks for what the update sets, or for what must not be there yet.
bool asks_for_what_it_sets(const ValuePool& pool, ValueId filter, ValueId update,
                           const Operation& operation) {
  if (!filter.exists()) return false;
  bool excludes = false;
  for_each_below(pool, filter, [&](ValueId id) {
    if (pool[id].kind != ValueKind::Record) return;
    for (const StringId name : pool.names(id))
      for (const std::string_view word : {"$ne", "$nin", "$not", "$exists", "not", "notIn", "none"})
        excludes = excludes || pool[name] == word;
  });
  const Names asked = fields_below(pool, filter, operation);
  const Names set = fields_below(pool, update, operation);
  return excludes ||
         std::ranges::any_of(asked, [&](const auto& name) { return set.contains(name); });
}

// `{$inc: {n: 1}}` and `{n: {increment: 1}}`: a field stands below the entry that adds, or above
// it.
bool adds_to_field(const ValuePool& pool, ValueId update, const Operation& operation,
                   std::string_view above = {}) {
  const auto operands = pool.operands(update);
  if (pool[update].kind != ValueKind::Record)
    return std::ranges::any_of(
        operands, [&](ValueId one) { return adds_to_field(pool, one, operation, above); });
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const std::string_view name = pool[pool.names(update)[i]];
    if (std::ranges::find(operation.adding, name) == operation.adding.end()) {
      if (adds_to_field(pool, operands[i], operation, name)) return true;
      continue;
    }
    if (!name.starts_with('$')) return !counts_writes(above);
    const bool is_known = pool[operands[i]].kind == ValueKind::Record;
    if (!is_known || std::ranges::any_of(pool.names(operands[i]), [&](StringId field) {
          return !counts_writes(pool[field]);
        }))
      return true;
  }
  return false;
}

// The first that is there of an operation's selectors.
ValueId first_member(const ValuePool& pool, std::string_view selectors, const Effect& effect) {
  for (const std::string_view path : split(selectors, '|'))
    if (const ValueId value = member_at(pool, effect.arguments, path); value.exists()) return value;
  return {};
}

bool entries_add(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  const ValueId update = first_member(pool, operation.expression, effect);
  return update.exists() && adds_to_field(pool, update, operation) &&
         !ends_its_own_filter(pool, effect);
}

using AskedTables = std::set<ResourceId>;
RepeatOutcome repeat_outcome(const Project& project, const LambdaFunction& function,
                             const Effect& effect, AskedTables& asked);

// What keeps a function warm and nothing more, as its payload or message says.
bool keeps_warm(const ValuePool& pool, const Effect& invocation) {
  bool warms = false;
  if (!invocation.key.exists()) return warms;
  for_each_below(pool, invocation.key, [&](ValueId id) {
    static const RE2 kWarm(R"((?i)warm[-_ ]?up|warmer|\bwarming|keep[-_ ]?(warm|alive))");
    if (const auto text = as_text(pool, id)) warms = warms || RE2::PartialMatch(*text, kWarm);
    for (const StringId name : pool.names(id))
      warms = warms || RE2::PartialMatch(pool[name], kWarm);
  });
  return warms;
}

// An invocation does what the function does. One that is asked already adds nothing: what it does
// itself decides.
RepeatOutcome when_invoked_again(const Project& project, const Effect& effect, AskedTables& asked) {
  const std::uint32_t row = project.stacks.function_at(effect.target);
  if (row == UINT32_MAX || !project.functions[row].resolved) return RepeatOutcome::Unknown;
  const LambdaFunction& called = project.functions[row];
  if (!asked.insert(effect.target).second) return RepeatOutcome::Same;
  RepeatOutcome worst = RepeatOutcome::Same;
  for (const std::vector<Effect>* list : {&called.effects, &called.unknown_calls})
    for (const Effect& one : *list)
      worst = std::max(worst, repeat_outcome(project, called, one, asked));
  return std::min(worst, RepeatOutcome::Differs);  // the sum is that function's
}

bool method_differs(std::string_view method) {
  return lower(method) == "post" || lower(method) == "patch";
}

// Of several it is not known which: `INSERT` where the row is not there yet, else `UPDATE`.
bool each_text(bool (*differs)(std::string_view), const std::vector<std::string>& texts) {
  return !texts.empty() && std::ranges::all_of(texts, differs);
}

bool differs_itself(const Project& project, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const Operation& operation = operations()[effect.operation];
  const auto statements = [&] { return statements_of(pool, operation, effect); };
  if (only_asks(pool, operation, effect) || writes_under_id(pool, operation, effect)) return false;
  switch (operation.repeat) {
    case Repeat::Same: return appends_to_mount(pool, effect);
    case Repeat::Differs: return true;
    case Repeat::ByKey: return makes_item(project, effect);
    case Repeat::ByExpression:
      return makes_item(project, effect) || each_text(expression_differs, statements());
    case Repeat::ByName: return true;  // the token that makes it safe was looked for before
    case Repeat::BySql: return each_text(sql_differs, statements());
    case Repeat::Batch:
      return any_item_key_is_fresh(project, effect) || entry_differs(pool, effect);
    case Repeat::ByMethod: return each_text(method_differs, statements());
    case Repeat::ByEntries: return entries_add(pool, operation, effect);
  }
  return false;
}

// Each way to the insert has removed such rows before: a second run makes the same again.
bool is_cleared_before(const ValuePool& pool, const LambdaFunction& function,
                       const Effect& insert) {
  const auto texts_of = [&](const Effect& one) {
    return statements_of(pool, operations()[one.operation], one);
  };
  const std::vector<std::string> inserts = texts_of(insert);
  if (inserts.empty() || !std::ranges::all_of(inserts, fills_rows)) return false;
  return std::ranges::any_of(function.effects, [&](const Effect& other) {
    if (operations()[other.operation].repeat != Repeat::BySql || other.order >= insert.order)
      return false;
    const std::vector<std::string> removals = texts_of(other);
    return !removals.empty() && std::ranges::all_of(removals, [&](const std::string& removal) {
      return clears_rows(removal) && std::ranges::all_of(inserts, [&](const std::string& one) {
               return clears_for(removal, one);
             });
    }) && all_hold(other.holds, insert.holds);
  });
}

RepeatOutcome repeat_outcome(const Project& project, const LambdaFunction& function,
                             const Effect& effect, AskedTables& asked) {
  const Operation& operation = operations()[effect.operation];
  if (keeps_warm(*project.pool, effect)) return RepeatOutcome::Same;
  if (operation.target_kind == ResourceKind::Function && operation.repeat == Repeat::Differs)
    return when_invoked_again(project, effect, asked);
  if (const RepeatOutcome stored = with_what_is_stored(project, function, effect);
      stored != RepeatOutcome::Same)
    return stored;
  if (!differs_itself(project, effect)) return RepeatOutcome::Same;
  const bool is_replaced = operation.repeat == Repeat::BySql && effect.arguments.exists() &&
                           !has_origin(*project.pool, effect.arguments, Origin::Fresh) &&
                           is_cleared_before(*project.pool, function, effect);
  return is_replaced ? RepeatOutcome::Same : RepeatOutcome::Differs;
}

}  // namespace

bool ends_its_own_filter(const ValuePool& pool, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  const ValueId update = first_member(pool, operation.expression, effect);
  return update.exists() && asks_for_what_it_sets(pool, effect.key, update, operation);
}

bool entry_differs(const ValuePool& pool, const Effect& effect) {
  bool differs = false;
  if (!effect.arguments.exists()) return differs;
  for_each_below(pool, effect.arguments, [&](ValueId id) {
    const ValueId expression = entry_of(pool, id, "UpdateExpression");
    differs = differs || each_text(expression_differs, whole_texts(pool, expression));
  });
  return differs;
}

RepeatOutcome repeat_outcome(const Project& project, const LambdaFunction& function,
                             const Effect& effect) {
  AskedTables asked;
  return repeat_outcome(project, function, effect, asked);
}

bool carries(ResourceKind kind) {
  return kind == ResourceKind::Queue || kind == ResourceKind::Topic || kind == ResourceKind::Bus ||
         kind == ResourceKind::Stream;
}

bool is_grave(const Project& project, const RepeatedEffect& repeated) {
  const ValuePool& pool = *project.pool;
  const Effect& effect = *repeated.effect;
  const Operation& operation = operations()[effect.operation];
  const bool changes = operation.repeat == Repeat::ByExpression && !makes_item(project, effect);
  if (operation.grave || changes) return true;
  if (repeated.again >= RepeatOutcome::AddsToStored) return true;
  if (operation.repeat == Repeat::Batch && entry_differs(pool, effect)) return true;
  return std::ranges::any_of(operation.grave_members, [&](std::string_view member) {
    return entry_of(pool, effect.arguments, member).exists();
  });
}

}  // namespace fnlint
