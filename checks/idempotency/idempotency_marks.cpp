// What is written before an effect, so that a second delivery finds it.

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/table_keys.h"
#include "core/text.h"
#include "values/answers.h"
#include "values/conditions.h"
#include "values/value_memo.h"
#include "values/whole_text.h"
#include "values/write_condition.h"
#include "values/yes_no.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

namespace fnlint {

namespace {

// Values share parts: those of which it is known that they are not are not asked again.
bool is_fresh(const ValuePool& pool, ValueId value, ValueMemo& others) {
  if (!has_origin(pool, value, Origin::Fresh) && !has_origin(pool, value, Origin::Clock))
    return false;
  if (others.find(value) != nullptr || cut_time(pool, value) != TimeCut::None) return false;
  if (pool.is(value, ValueKind::Hole)) return true;
  constexpr std::string_view kTaken[] = {"index", "element", "part", "member", "get"};
  ValueId base = value;
  while (pool.is(base, ValueKind::Computed) &&
         std::ranges::find(kTaken, pool.text(base)) != std::end(kTaken))
    base = pool.operands(base)[0];
  const bool is_part =
      base != value && pool.is(base, ValueKind::Object) && !is_part_of_time(pool, value, base);
  const auto fresh = [&](ValueId one) { return is_fresh(pool, one, others); };
  const auto parts = pool.operands(value);
  // `record.get("messageId", uuid4())`: of several it is not known which.
  const bool of_all = pool.is(value, ValueKind::OneOf);
  if (!is_part && (of_all ? std::ranges::all_of(parts, fresh) : std::ranges::any_of(parts, fresh)))
    return true;
  others.add(value, value);
  return false;
}

}  // namespace

// New each time, itself or a part of it. What a file or a table holds does not change with the name
// that it was asked by.
bool is_fresh(const ValuePool& pool, ValueId value) {
  ValueMemo others;
  return value.exists() && is_fresh(pool, value, others);
}

bool is_conditional(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  return meets_condition(pool, operation.condition, [&](std::string_view path) {
    return member_at(pool, effect.arguments, path);
  });
}

namespace {

// Of a transaction all conditions must hold.
WriteCondition condition_of(const ValuePool& pool, const Effect& effect) {
  if (operations()[effect.operation].service != "dynamodb") return {};
  const ValueId items = entry_of(pool, effect.arguments, "TransactItems");
  if (!items.exists()) return write_condition(pool, effect.arguments);
  WriteCondition all{Answer::Yes, Answer::Unknown};
  bool any = false;
  if (pool[items].kind != ValueKind::List) return {};
  for (const ValueId item : pool.operands(items))
    for (const ValueId write : pool.operands(item)) {
      if (!entry_of(pool, write, "ConditionExpression").exists()) continue;
      const WriteCondition one = write_condition(pool, write);
      all.again = both_of(all.again, one.again);
      all.by_others = all.by_others || one.by_others;
      any = true;
    }
  return any ? all : WriteCondition{};
}

bool may_write_to(const Effect& other, ResourceId table) {
  const Operation& operation = operations()[other.operation];
  return operation.service == "dynamodb" && !operation.events.empty() &&
         (!other.target.exists() || !table.exists() || other.target == table);
}

}  // namespace

bool rests_on_others(const ValuePool& pool, const Effect& effect) {
  return condition_of(pool, effect).by_others;
}

bool holds_again(const ValuePool& pool, const LambdaFunction& function, const Effect& effect) {
  const WriteCondition condition = condition_of(pool, effect);
  if (condition.again != Answer::Yes || !condition.by_others) return condition.again == Answer::Yes;
  const auto changes = [&](const Effect& other) {
    return &other != &effect && may_write_to(other, effect.target);
  };
  return std::ranges::none_of(function.effects, changes) &&
         std::ranges::none_of(function.unknown_calls, changes);
}

bool needs_item(const ValuePool& pool, const Effect& effect) {
  return condition_of(pool, effect).of_nothing == Answer::No;
}

namespace {

using IsNew = std::function<bool(ValueId)>;

// The fields of an object that is stored as an item: of `Handled(id=..., at=now())`, and what a
// library makes of it, all but what was only given to a library by its position. No id: it is none.
ValueId fields_of(const ValuePool& pool, ValueId item) {
  if (!pool.is(item, ValueKind::Object) || pool.operands(item).empty()) return {};
  const ValueId fields = pool.operands(item)[0];
  if (!pool.is(fields, ValueKind::Record)) return {};
  const bool is_named = std::ranges::any_of(pool.names(fields),
                                            [&](StringId name) { return !is_digits(pool[name]); });
  return is_named ? fields : ValueId{};
}

std::string joined_words(std::string_view name) {
  std::string plain = lower(name);
  std::erase(plain, '_');
  return plain;
}

// By which names a record has a table's key: a library may write a field `ID` as the attribute
// "id". Empty: it has none of them, as far as its names say.
std::vector<std::string> key_names_in(const ValuePool& pool, ValueId record,
                                      const std::vector<std::string>& keys) {
  std::vector<std::string> names;
  for (const StringId name : pool.names(record))
    if (std::ranges::any_of(
            keys, [&](const auto& key) { return joined_words(key) == joined_words(pool[name]); }))
      names.emplace_back(pool[name]);
  return names;
}

// The write's condition asks for that attribute: `attribute_not_exists(order)`.
bool asks_for_attribute(const ValuePool& pool, ValueId condition, std::string_view attribute) {
  return condition.exists() &&
         whole_words(pool, condition).find(cat('(', attribute, ')')) != std::string::npos;
}

// What an item is stored under: the table's own key attributes where the table is known, else what
// the write's condition asks for, if it has one, or what is named like a key.
bool key_is_new(const Project& project, ResourceId table, ValueId item,
                std::optional<ValueId> condition, const IsNew& is_new) {
  const ValuePool& pool = *project.pool;
  const auto is_record = [&](ValueId one) { return pool.is(one, ValueKind::Record); };
  if (pool.is(item, ValueKind::OneOf) && std::ranges::any_of(pool.operands(item), is_record))
    return std::ranges::any_of(pool.operands(item), [&](ValueId one) {
      return key_is_new(project, table, one, condition, is_new);
    });
  const std::vector<std::string_view> of_table = table_key(project, table);
  std::vector<std::string> keys(of_table.begin(), of_table.end());
  if (const ValueId fields = fields_of(pool, item); fields.exists()) {
    item = fields;
    keys = key_names_in(pool, fields, keys);
  }
  if (pool[item].kind != ValueKind::Record) return is_new(item);
  for (std::size_t i = 0; i < pool.names(item).size(); ++i) {
    const std::string_view name = pool[pool.names(item)[i]];
    const std::string small = lower(name);
    const bool is_named = small == "id" || small == "pk" || small == "sk" || small == "key";
    const bool is_key = !keys.empty() ? std::ranges::find(keys, name) != keys.end()
                        : !condition  ? is_named || small.ends_with("id")
                                      : is_named || asks_for_attribute(pool, *condition, name);
    if (is_key && is_new(pool.operands(item)[i])) return true;
  }
  return false;
}

bool key_is_fresh(const Project& project, ResourceId table, ValueId item) {
  return key_is_new(project, table, item, std::nullopt,
                    [&](ValueId value) { return is_fresh(*project.pool, value); });
}

// In an expression's text, or by the function of that name.
bool asks_for_absence(const ValuePool& pool, ValueId condition) {
  bool asks = false;
  for_each_below(pool, condition, [&](ValueId id) {
    asks = asks || lower(pool.text(id)).find("not_exists") != std::string::npos;
  });
  return asks;
}

}  // namespace

bool item_key_is_fresh(const Project& project, const Effect& effect) {
  return effect.key.exists() && key_is_fresh(project, effect.target, effect.key);
}

bool makes_item(const Project& project, const Effect& effect) {
  const Repeat repeat = operations()[effect.operation].repeat;
  return !needs_item(*project.pool, effect) &&
         (repeat == Repeat::ByKey || repeat == Repeat::ByExpression) &&
         item_key_is_fresh(project, effect);
}

bool item_key_is_unsteady(const Project& project, const LambdaFunction& function,
                          const DeliverySource& source, const Effect& effect) {
  return unsteady_item_key(project, function, source, effect).exists();
}

ValueId unsteady_item_key(const Project& project, const LambdaFunction& function,
                          const DeliverySource& source, const Effect& effect) {
  ValueId key;
  const auto is_new = [&](ValueId value) {
    if (!is_fresh(*project.pool, value) && !unsteady_part(project, function, source, value))
      return false;
    key = value;
    return true;
  };
  if (needs_item(*project.pool, effect) || !effect.key.exists()) return {};
  const ValueId condition = entry_of(*project.pool, effect.arguments, "ConditionExpression");
  key_is_new(project, effect.target, effect.key, condition, is_new);
  return key;
}

bool any_item_key_is_fresh(const Project& project, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  bool has_items = false, fresh = false;
  if (effect.arguments.exists())
    for_each_below(pool, effect.arguments, [&](ValueId id) {
      const ValueId item = entry_of(pool, id, "Item");
      has_items = has_items || item.exists();
      fresh = fresh || (item.exists() && key_is_fresh(project, effect.target, item));
    });
  return has_items ? fresh : is_fresh(pool, effect.key);
}

// A write that fails where the event was handled before: an item with the event's own key, which
// must not be there yet.
bool is_mark(const Project& project, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const Operation& operation = operations()[effect.operation];
  if (!operation.failure_is_skip || !is_conditional(pool, operation, effect) ||
      !effect.key.exists() || item_key_is_fresh(project, effect) ||
      !has_origin(pool, effect.key, Origin::Event))
    return false;
  const ValueId condition = member_at(pool, effect.arguments, split(operation.condition, '|')[0]);
  return !condition.exists() || asks_for_absence(pool, condition);
}

bool is_released(const Project& project, const LambdaFunction& function, const Effect& mark,
                 const Effect& effect) {
  const ValuePool& pool = *project.pool;
  // As surely as the effect itself is done.
  const auto follows = [&](const Fact& fact) {
    const bool succeeds =
        pool.is(fact.test, ValueKind::Computed) && fact.holds &&
        (pool.opcode(fact.test) == Opcode::Succeeded || pool.opcode(fact.test) == Opcode::Inserted);
    return succeeds || is_failure(pool, {fact.test, !fact.holds}) ||
           std::ranges::find(effect.holds, fact) != effect.holds.end();
  };
  const auto releases = [&](const Effect& other) {
    const std::string_view id = operations()[other.operation].id;
    const bool is_same = mark.target.exists() ? other.target == mark.target
                                              : other.target_value == mark.target_value;
    return id == "dynamodb.DeleteItem" && is_same && other.order > effect.order &&
           other.key.exists() && mark.key.exists() && is_key_of(pool, other.key, mark.key) &&
           std::ranges::all_of(other.holds, follows);
  };
  return std::ranges::any_of(function.effects, releases) ||
         std::ranges::any_of(function.unknown_calls, releases);
}

namespace {

bool has_any_word(std::string_view text, std::initializer_list<std::string_view> words) {
  const std::string small = lower(text);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return small.find(word) != std::string::npos;
  });
}

// An item that says when it may go, or a table that by its name is there for this alone: other
// tables are written under the same condition, and are to keep what they have.
bool is_meant_to_expire(const Project& project, const Effect& mark) {
  const ValuePool& pool = *project.pool;
  for (const StringId name : pool.names(mark.key))
    if (has_any_word(pool[name], {"expir", "ttl"})) return true;
  const ValueId name = project.stacks[mark.target].physical_name;
  return has_any_word(name_of(project, mark.target), {"idempot", "dedup", "processed"}) ||
         (name.exists() &&
          has_any_word(whole_words(pool, name), {"idempot", "dedup", "processed"}));
}

}  // namespace

void idempotency_marks(const Project& project, const RelationsTo& relations, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const DeliverySources sources(project, relations);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || sources.of(function).empty()) continue;
    for (const Effect& mark : function.effects) {
      if (!mark.target.exists() || !is_mark(project, mark)) continue;
      const Resource& table = project.stacks[mark.target];
      if (table.kind != ResourceKind::Table || table.external || table.superseded ||
          pool[mark.key].kind != ValueKind::Record || !is_meant_to_expire(project, mark))
        continue;
      const Property* on = property_of(project, mark.target, "TimeToLiveSpecification.Enabled");
      const Property* block = property_of(project, mark.target, "TimeToLiveSpecification");
      const bool is_off =
          block == nullptr ||
          (on == nullptr ? pool[block->value].kind == ValueKind::Absent : is_no(pool, on->value));
      if (!is_off) continue;
      findings.push_back(
          FindingBuilder("idempotency-missing-ttl", mark.uncertainty)
              .about(function)
              .at(table.name.range.end > table.name.range.begin ? table.name : table.where)
              .says("'", name_of(project, mark.target), "' is where '", function.name,
                    "' marks what it has handled, but nothing is ever deleted from it: time to "
                    "live is off.")
              .grade(Severity::Note)
              .related(mark.where, "The mark is written here."));
    }
  }
}

}  // namespace fnlint
