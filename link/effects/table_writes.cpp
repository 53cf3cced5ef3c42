// Reads puts, updates, deletes, batches and transactions in every SDK's form into typed attributes,
// and compares two rounds of the same write.

#include "link/effects/table_writes.h"

#include "core/text.h"
#include "link/effects/table_statement.h"
#include "link/stacks/names.h"
#include "tables/models.h"
#include "values/answers.h"
#include "values/properties.h"
#include "values/update_expression.h"
#include "values/write_condition.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fnlint {

namespace {

constexpr std::span<const std::string_view> kTypes = kAttributeTypes;

// A value of which it is not known what it is has all types.
ValueId of_any_type(ValuePool& pool, ValueId value) {
  std::vector<NamedValue> entries;
  for (const std::string_view type : kTypes) entries.push_back({pool.string(type), value});
  return pool.record(entries);
}

// Go's AttributeValueMemberS{Value: x} and its like.
ValueId value_in_struct(const ValuePool& pool, ValueId value) {
  const bool one = pool.is(value, ValueKind::Record) && pool.names(value).size() == 1;
  return one && pool[pool.names(value)[0]] == "Value" ? pool.operands(value)[0] : ValueId{};
}

// {S: x} of a plain value; what already has a type stays.
ValueId attribute_value(ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Text:
    case ValueKind::Pattern: return record_of(pool, {{"S", value}}, false);
    case ValueKind::Number: return record_of(pool, {{"N", value}}, false);
    case ValueKind::Bool: return record_of(pool, {{"BOOL", value}}, false);
    case ValueKind::Null: return record_of(pool, {{"NULL", pool.boolean(true)}}, false);
    case ValueKind::Record: {
      if (const ValueId inner = value_in_struct(pool, value); inner.exists())
        return of_any_type(pool, inner);
      return is_attribute_value(pool, value) ? value : record_of(pool, {{"M", value}}, false);
    }
    case ValueKind::List: return record_of(pool, {{"L", value}}, false);
    default: return of_any_type(pool, value);
  }
}

// What an attribute value holds: of {S: x}, x.
ValueId plain_value(const ValuePool& pool, ValueId value) {
  if (const ValueId inner = value_in_struct(pool, value); inner.exists()) return inner;
  return is_attribute_value(pool, value) ? pool.operands(value)[0] : value;
}

// One Put, Update or Delete, with the members that it shares with the other operations.
class WriteReader {
 public:
  WriteReader(ValuePool& pool, const Stacks& stacks, ResourceId table, ValueId members)
      : pool_(pool), stacks_(stacks), table_(table), members_(members) {}

  TableWrite put() {
    TableWrite write;
    write.types = {"INSERT", "MODIFY"};
    write.key = member_named("Item");
    if (!write.key.exists() || !pool_.is(write.key, ValueKind::Record)) {
      write.understood = false;
      write.key = {};
    } else {
      add_entries(write, write.key);
      write.understood = pool_[write.key].ref == 0;
      keep_key(write);
      if (is_fresh(write.key)) write.types = {"INSERT"};
      finish(write, write.key, {}, write.understood);
    }
    read_condition(write);
    return write;
  }

  TableWrite update() {
    TableWrite write;
    write.types = {"MODIFY"};
    write.key = member_named("Key");
    read_expression(write);
    read_attribute_updates(write);
    if (!of_event(write.key)) write.types = {"INSERT", "MODIFY"};
    finish(write, write.key, item_before(), false);
    read_condition(write);
    return write;
  }

  TableWrite remove() {
    TableWrite write;
    write.types = {"REMOVE"};
    write.key = member_named("Key");
    if (write.key.exists() && pool_.is(write.key, ValueKind::Record)) add_entries(write, write.key);
    finish(write, write.key, {}, false);
    read_condition(write);
    return write;
  }

 private:
  ValueId member_named(std::string_view name) const {
    return entry_of_record(pool_, members_, name);
  }

  void add_entries(TableWrite& write, ValueId record) {
    for (std::size_t i = 0; i < pool_.names(record).size(); ++i)
      write.written.push_back({pool_.names(record)[i], pool_.operands(record)[i]});
  }

  // Of an item, what the table's key schema names.
  void keep_key(TableWrite& write) {
    std::vector<NamedValue> key;
    for (const std::string_view part : {"KeySchema.0.AttributeName", "KeySchema.1.AttributeName"}) {
      const Property* name = find_property(pool_, stacks_, table_, part);
      const auto text = name != nullptr ? as_text(pool_, name->value) : std::nullopt;
      if (!text) continue;
      if (const ValueId value = entry_of_record(pool_, write.key, *text); value.exists())
        key.push_back({pool_.string(*text), value});
    }
    if (!key.empty()) write.key = pool_.record(key);
  }

  bool is_fresh(ValueId key) const { return has_origin(pool_, key, Origin::Fresh); }
  // An item whose key the event brought is there already.
  bool of_event(ValueId key) const {
    return key.exists() && has_origin(pool_, key, Origin::Event) && !is_fresh(key);
  }

  // What an update leaves as it was: of the item that the event is about, if it is that one.
  ValueId item_before() const {
    const ValueId key = member_named("Key");
    if (!key.exists() || !pool_.is(key, ValueKind::Record)) return {};
    for (std::size_t i = 0; i < pool_.names(key).size(); ++i) {
      const ValueId value = plain_value(pool_, pool_.operands(key)[i]);
      const Value& row = pool_[value];
      if (row.kind != ValueKind::Hole || row.origin != Origin::Event) return {};
      const std::string name(pool_[pool_.names(key)[i]]);
      const std::string_view path = pool_.text(value);
      if (path.find(cat("dynamodb.Keys.", name)) == path.npos &&
          path.find(cat("dynamodb.NewImage.", name)) == path.npos)
        return {};
    }
    return pool_.hole(Origin::Event, "Records[].dynamodb.NewImage", kFirstEvent);
  }

  std::optional<std::string> name_of(std::string_view text) const {
    if (!text.starts_with('#')) return std::string(text);
    const ValueId names = member_named("ExpressionAttributeNames");
    const ValueId name = entry_of_record(pool_, names, text);
    const auto known = name.exists() ? as_text(pool_, name) : std::nullopt;
    return known ? std::optional<std::string>(*known) : std::nullopt;
  }

  void read_field(TableWrite& write, const UpdateExpression::Field& field) {
    const auto name = name_of(field.name);
    const std::string_view value = field.value;
    if (!name) return void(write.understood = false);
    if (value.find('+') != value.npos || value.find(" - ") != value.npos ||
        value.find("list_append") != value.npos) {
      write.adds = true;
      write.added.push_back(pool_.string(*name));
    } else if (value.starts_with("if_not_exists")) {
      return;  // a second time it stays
    } else if (value.starts_with(':')) {
      const ValueId given =
          entry_of_record(pool_, member_named("ExpressionAttributeValues"), value);
      if (!given.exists()) write.understood = false;
      if (given.exists()) write.written.push_back({pool_.string(*name), given});
    }
  }

  void read_expression(TableWrite& write) {
    const ValueId expression = member_named("UpdateExpression");
    if (!expression.exists()) {
      write.understood = member_named("AttributeUpdates").exists();
      return;
    }
    const auto text = as_text(pool_, expression);
    if (!text) return void(write.understood = false);
    const UpdateExpression update = update_expression(*text);
    write.understood = update.understood;
    write.adds = !update.added.empty();
    for (const UpdateExpression::Field& field : update.fields) read_field(write, field);
    for (const std::string_view added : update.added)
      if (const auto name = name_of(added)) write.added.push_back(pool_.string(*name));
  }

  void read_attribute_updates(TableWrite& write) {
    const ValueId updates = member_named("AttributeUpdates");
    if (!updates.exists()) return;
    if (!pool_.is(updates, ValueKind::Record)) return void(write.understood = false);
    for (std::size_t i = 0; i < pool_.names(updates).size(); ++i) {
      const ValueId one = pool_.operands(updates)[i];
      const ValueId action = entry_of_record(pool_, one, "Action");
      const ValueId value = entry_of_record(pool_, one, "Value");
      if (action.exists() && as_text(pool_, action) == std::optional<std::string_view>("ADD")) {
        write.adds = true;
        write.added.push_back(pool_.names(updates)[i]);
      }
      if (value.exists()) write.written.push_back({pool_.names(updates)[i], value});
    }
  }

  void read_condition(TableWrite& write) const {
    write.conditional = member_named("ConditionExpression").exists() ||
                        member_named("Expected").exists();
    write.only_once = write_condition(pool_, members_).again == Answer::No;
  }

  ValueId typed(ValueId record) {
    if (!record.exists() || !pool_.is(record, ValueKind::Record)) return {};
    const std::vector<StringId> names(pool_.names(record).begin(), pool_.names(record).end());
    const std::vector<ValueId> values(pool_.operands(record).begin(), pool_.operands(record).end());
    std::vector<NamedValue> entries;
    for (std::size_t i = 0; i < names.size(); ++i)
      entries.push_back({names[i], attribute_value(pool_, values[i])});
    return pool_.record(entries, pool_[record].ref != 0);
  }

  // `whole`: the attributes that are written are all that the item has.
  void finish(TableWrite& write, ValueId key, ValueId before, bool whole) {
    std::vector<Alternative> names;
    for (const std::string_view type : write.types) names.push_back({pool_.text_value(type), {}});
    std::vector<NamedValue> image;
    if (before.exists()) image.push_back({pool_.string(kRest), before});
    const ValueId keys = typed(key);
    if (keys.exists())
      for (std::size_t i = 0; i < pool_.names(keys).size(); ++i)
        image.push_back({pool_.names(keys)[i], pool_.operands(keys)[i]});
    for (const NamedValue& one : write.written)
      image.push_back({one.name, attribute_value(pool_, one.value)});
    const bool removed = write.types.front() == "REMOVE";
    const ValueId new_image = removed ? pool_.absent() : pool_.record(image, !whole);
    const ValueId old_image = before.exists() ? before : pool_.unknown("the item before");
    const ValueId no_keys = pool_.unknown("the item's key");
    const ValueId dynamodb = record_of(pool_,
                                       {{"Keys", keys.exists() ? keys : no_keys},
                                        {"NewImage", new_image},
                                        {"OldImage", old_image}},
                                       true);
    write.record = record_of(pool_,
                             {{"eventSource", pool_.text_value("aws:dynamodb")},
                              {"eventName", pool_.one_of(names)},
                              {"dynamodb", dynamodb}},
                             true);
  }

  ValuePool& pool_;
  const Stacks& stacks_;
  ResourceId table_;
  ValueId members_;
};

// The entries of a batch: {Put: ...} of a transaction, {PutRequest: ...} of a batch.
void add_batch_entry(ValuePool& pool, const Stacks& stacks, ResourceId table, ValueId entry,
                     std::vector<TableWrite>& writes) {
  const auto inner = [&](std::string_view name) { return entry_of_record(pool, entry, name); };
  for (const std::string_view name : {"Put", "PutRequest"})
    if (const ValueId one = inner(name); one.exists())
      writes.push_back(WriteReader(pool, stacks, table, one).put());
  if (const ValueId one = inner("Update"); one.exists())
    writes.push_back(WriteReader(pool, stacks, table, one).update());
  for (const std::string_view name : {"Delete", "DeleteRequest"})
    if (const ValueId one = inner(name); one.exists())
      writes.push_back(WriteReader(pool, stacks, table, one).remove());
}

void add_batch(ValuePool& pool, const Stacks& stacks, ResourceId table, ValueId items,
               std::vector<TableWrite>& writes) {
  if (!items.exists()) return;
  if (pool.is(items, ValueKind::List)) {
    const std::vector<ValueId> all(pool.operands(items).begin(), pool.operands(items).end());
    for (const ValueId one : all) add_batch_entry(pool, stacks, table, one, writes);
  } else if (pool.is(items, ValueKind::Record)) {  // by table
    const std::vector<ValueId> all(pool.operands(items).begin(), pool.operands(items).end());
    for (const ValueId one : all)
      if (!pool.is(one, ValueKind::Text)) add_batch(pool, stacks, table, one, writes);
  } else if (pool.opcode(items) == Opcode::WithEntry) {
    const std::vector<ValueId> parts(pool.operands(items).begin(), pool.operands(items).end());
    add_batch(pool, stacks, table, parts[0], writes);
    add_batch(pool, stacks, table, parts[2], writes);
  }
}

// Something in it differs each time, whatever the event.
bool varies(const ValuePool& pool, ValueId value) {
  bool found = false;
  for_each_below(pool, value, [&](ValueId id) {
    const Value& row = pool[id];
    if (row.kind != ValueKind::Hole) return;
    found = found || row.origin == Origin::Fresh || row.origin == Origin::Clock ||
            row.origin == Origin::Context;
    if (row.origin == Origin::Event && row.ref != kFirstEvent)
      found = found || pool.text(id).ends_with(".eventID") ||
              pool.text(id).ends_with("SequenceNumber") ||
              pool.text(id).ends_with("ApproximateCreationDateTime");
  });
  return found;
}

// Everything in it comes from the event and literals.
bool of_events_alone(const ValuePool& pool, ValueId value) {
  bool known = true;
  for_each_below(pool, value, [&](ValueId id) {
    const Value& row = pool[id];
    known = known && row.kind != ValueKind::Unknown && row.kind != ValueKind::Object &&
            !(row.kind == ValueKind::Hole && row.origin == Origin::CallResult);
  });
  return known;
}

// Yes: the same value in both rounds.
Answer stays(ValuePool& pool, ValueId first, ValueId second) {
  if (varies(pool, second)) return Answer::No;
  if (!of_events_alone(pool, first)) return Answer::Unknown;
  if (first == second) return Answer::Yes;
  const bool records = pool.is(first, ValueKind::Record) && pool.is(second, ValueKind::Record);
  if (!records || !std::ranges::equal(pool.names(first), pool.names(second)))
    return equal(pool, first, second);
  Answer same = Answer::Yes;
  const std::vector<ValueId> a(pool.operands(first).begin(), pool.operands(first).end());
  const std::vector<ValueId> b(pool.operands(second).begin(), pool.operands(second).end());
  for (std::size_t i = 0; i < a.size(); ++i) same = both_of(same, stays(pool, a[i], b[i]));
  return same;
}

// Of statements only what their texts say is known. What they write is among their parameters.
void add_statement(ValuePool& pool, const Stacks& stacks, ResourceId table, ValueId entry,
                   std::vector<TableWrite>& writes) {
  const ValueId text = entry_of_record(pool, entry, "Statement");
  if (!text.exists()) return;
  const std::optional<TableStatement> statement = table_statement(pool, text);
  if (!statement) return;
  const auto tables = find_resource(pool, stacks, statement->table, ResourceKind::Table);
  const bool is_other = !tables.empty() && std::ranges::none_of(tables, [&](const Match& match) {
    return match.resource == table;
  });
  if (statement->types.empty() || is_other) return;
  TableWrite write{.types = statement->types, .adds = statement->adds, .understood = false};
  const ValueId parameters = entry_of_record(pool, entry, "Parameters");
  if (parameters.exists()) write.key = record_of(pool, {{"Parameters", parameters}}, true);
  write.record = record_of(pool,
                           {{"eventSource", pool.text_value("aws:dynamodb")},
                            {"eventName", pool.text_value(statement->types.front())}},
                           true);
  writes.push_back(std::move(write));
}

std::vector<TableWrite> statement_writes(ValuePool& pool, const Stacks& stacks, ResourceId table,
                                         ValueId arguments) {
  std::vector<TableWrite> writes;
  add_statement(pool, stacks, table, arguments, writes);
  for (const std::string_view name : {"Statements", "TransactStatements"}) {
    const ValueId list = entry_of_record(pool, arguments, name);
    if (!list.exists() || !pool.is(list, ValueKind::List)) continue;
    const std::vector<ValueId> all(pool.operands(list).begin(), pool.operands(list).end());
    for (const ValueId one : all) add_statement(pool, stacks, table, one, writes);
  }
  return writes;
}

}  // namespace

std::vector<TableWrite> table_writes(ValuePool& pool, const Stacks& stacks, const Effect& effect,
                                     ValueId arguments) {
  const std::string_view id = operations()[effect.operation].id;
  if (targets_in_statement(operations()[effect.operation]))
    return statement_writes(pool, stacks, effect.target, arguments);
  WriteReader reader(pool, stacks, effect.target, arguments);
  if (id == "dynamodb.PutItem" || id == "dynamodb.SaveItem" || id == "dynamodb.BatchPut")
    return {reader.put()};
  if (id == "dynamodb.UpdateItem") return {reader.update()};
  if (id == "dynamodb.DeleteItem" || id == "dynamodb.BatchDelete") return {reader.remove()};
  std::vector<TableWrite> writes;
  add_batch(pool, stacks, effect.target, entry_of_record(pool, arguments, "TransactItems"), writes);
  add_batch(pool, stacks, effect.target, entry_of_record(pool, arguments, "RequestItems"), writes);
  if (writes.empty())
    writes.push_back({.types = {"INSERT", "MODIFY", "REMOVE"}, .understood = false});
  return writes;
}

Answer changes_again(ValuePool& pool, const TableWrite& first, const TableWrite& second) {
  const bool keys = first.key.exists() && second.key.exists();
  const Answer same_item = keys ? stays(pool, first.key, second.key) : Answer::Unknown;
  if (same_item == Answer::No) return Answer::Yes;
  if (first.only_once && same_item == Answer::Yes) return Answer::No;
  if (first.types.front() == "REMOVE")  // what is gone cannot be deleted again
    return same_item == Answer::Yes ? Answer::No : Answer::Unknown;
  const bool known = first.key.exists() && of_events_alone(pool, first.key);
  if (first.adds) return known ? Answer::Yes : Answer::Unknown;
  Answer same = first.understood && second.understood ? same_item : Answer::Unknown;
  for (std::size_t i = 0; i < first.written.size() && i < second.written.size(); ++i)
    same = both_of(same, stays(pool, first.written[i].value, second.written[i].value));
  return opposite(same);
}

}  // namespace fnlint
