// What is read from a table, added to and written back: a second delivery adds once more, though
// the write itself only sets.

#include "checks/idempotency/idempotency_sql.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/functions.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

namespace fnlint {

namespace {

// Names of DynamoDB's own form of a value: {"count": {"N": "1"}}.
bool is_type_letter(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kLetters{"N", "L", "M", "NS", "SS"};
  return std::ranges::find(kLetters, name) != kLetters.end();
}

// Looks into what one write stores for sums of what the function has read there.
class StoredSums {
 public:
  StoredSums(const Project& project, const LambdaFunction& function, const Effect& write)
      : pool_(*project.pool), write_(write) {
    for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
      for (const Effect& read : *list)
        if (is_read_of_same(read)) reads_.push_back(&read);
  }

  [[nodiscard]] RepeatOutcome again() {
    if (reads_.empty() || !write_.arguments.exists()) return RepeatOutcome::Same;
    fields_set_ = fields_set(pool_, write_);
    const bool adds = is_sum_below(
        write_.chosen_arguments.exists() ? write_.chosen_arguments : write_.arguments, {});
    return !adds         ? RepeatOutcome::Same
           : is_of_list_ ? RepeatOutcome::AppendsToStored
                         : RepeatOutcome::AddsToStored;
  }

 private:
  static constexpr std::size_t kParts = 2048;

  [[nodiscard]] bool is_read_of_same(const Effect& read) const {
    const Operation& operation = operations()[read.operation];
    // Of a mapper's objects, whose class tells the table, only what was read itself is known.
    const bool is_same = write_.target.exists() ? read.target == write_.target
                                                : read.target_value == write_.target_value;
    return operation.id == "dynamodb.GetItem" && is_same && read.order < write_.order &&
           read.key.exists() && read.arguments.exists();
  }

  // Whether a value comes of such a read, of the very item that is written. Values share their
  // parts: each is asked once.
  [[nodiscard]] bool is_stored(ValueId value) {
    if (const auto known = stored_.find(value.index); known != stored_.end()) return known->second;
    const bool is_answer =
        pool_[value].kind == ValueKind::Object &&
        std::ranges::any_of(reads_, [&](const Effect* read) {
          return is_given(pool_, value, read->key) && is_of_same_item(*read, value);
        });
    const bool is_so = is_answer || std::ranges::any_of(pool_.operands(value), [&](ValueId part) {
                         return is_stored(part);
                       });
    return stored_[value.index] = is_so;
  }

  // The write names the same key, or writes what was read with other entries.
  [[nodiscard]] bool is_of_same_item(const Effect& read, ValueId answer) const {
    if (!write_.key.exists()) return false;
    const bool is_known = write_.target.exists() || write_.target_value.exists();
    if (is_known && is_key_of(pool_, read.key, write_.key)) return true;
    bool is_base = false;
    for_each_below(pool_, write_.key, [&](ValueId id) {
      if (pool_[id].kind == ValueKind::Record && !is_base)
        if (const ValueId rest = entry_of(pool_, id, kRest); rest.exists())
          for_each_below(pool_, rest, [&](ValueId one) { is_base = is_base || one == answer; });
    });
    return is_base;
  }

  // What was stored under that name.
  [[nodiscard]] bool reads_field(ValueId value, std::string_view field) {
    const auto operands = pool_.operands(value);
    if (pool_.is(value, ValueKind::OneOf))
      return std::ranges::any_of(operands, [&](ValueId one) { return reads_field(one, field); });
    if (pool_.is(value, ValueKind::Object))
      return pool_.text(value).ends_with(cat('.', field)) && is_stored(value);
    if (!pool_.is(value, ValueKind::Computed) || operands.empty()) return false;
    const Opcode opcode = pool_.opcode(value);
    if ((opcode == Opcode::Member || opcode == Opcode::Index || opcode == Opcode::Get) &&
        operands.size() > 1 && pool_.is(operands[1], ValueKind::Text)) {
      const std::string_view asked = pool_.text(operands[1]);
      return asked == field ? is_stored(operands[0])
                            : is_type_letter(asked) && reads_field(operands[0], field);
    }
    if (opcode == Opcode::Call &&
        pool_.opcode(operands[0]) == Opcode::Method)  // item.get("count").n()
      return reads_field(pool_.operands(operands[0])[0], field);
    // Made a number of, or replaced where it is missing.
    return opcode != Opcode::Filtered && reads_field(operands[0], field);
  }

  // Whether a test asks more of what is stored than whether there is an item, and that field in it.
  [[nodiscard]] bool asks_of_stored(ValueId test, std::string_view field, int depth = 8) {
    constexpr std::array kPresence{Opcode::Not,      Opcode::Truthy, Opcode::IsNull,
                                   Opcode::HasItems, Opcode::Length, Opcode::OrDefault};
    constexpr std::array kOfSeveral{Opcode::And, Opcode::Or, Opcode::Chosen};
    constexpr std::array kCompared{Opcode::Equal, Opcode::NotEqual, Opcode::Less,
                                   Opcode::LessEqual};
    constexpr std::array kEntry{Opcode::Has, Opcode::Index, Opcode::Get, Opcode::Member};
    if (depth == 0 || !is_stored(test)) return depth == 0;
    const auto is_whole = [&](std::string_view name) { return name == "Item" || name == field; };
    if (pool_.is(test, ValueKind::Object)) {
      const std::string_view path = pool_.text(test);
      return !path.ends_with("()") && !is_whole(path.substr(path.rfind('.') + 1));
    }
    if (!pool_.is(test, ValueKind::Computed)) return true;
    const Opcode opcode = pool_.opcode(test);
    const auto is_one_of = [&](const auto& opcodes) {
      return std::ranges::find(opcodes, opcode) != opcodes.end();
    };
    const auto operands = pool_.operands(test);
    const auto asks = [&](ValueId one) { return asks_of_stored(one, field, depth - 1); };
    const auto is_none = [&](ValueId one) {
      return is_nullish(pool_, one) || (pool_.is(one, ValueKind::Number) && pool_.text(one) == "0");
    };
    if (is_one_of(kPresence)) return asks(operands[0]);
    if (is_one_of(kOfSeveral)) return std::ranges::any_of(operands, asks);
    if (is_one_of(kCompared))
      return std::ranges::none_of(operands, is_none) || std::ranges::any_of(operands, asks);
    const bool is_in = opcode == Opcode::In;
    if (operands.size() < 2 || (!is_one_of(kEntry) && !is_in)) return true;
    const ValueId key = operands[is_in ? 0 : 1];
    return !pool_.is(key, ValueKind::Text) || !is_whole(pool_.text(key));
  }

  [[nodiscard]] bool is_sum(std::string_view how, std::span<const ValueId> operands,
                            std::string_view field) {
    return (how == "add" &&
            std::ranges::any_of(operands, [&](ValueId one) { return reads_field(one, field); })) ||
           (how == "subtract" && reads_field(operands[0], field));
  }

  // Made of what is more than was stored: the next time, the same event brings nothing more.
  [[nodiscard]] bool is_by_difference(ValueId value) {
    bool found = false;
    for_each_below(pool_, value, [&](ValueId id) {
      found = found || (pool_.opcode(id) == Opcode::Subtract && pool_.operands(id).size() == 2 &&
                        is_stored(pool_.operands(id)[1]));
    });
    return found;
  }

  // Parts that several others share are asked once for each field.
  [[nodiscard]] bool is_sum_below(ValueId value, std::string_view field) {
    const std::pair part(value, field);
    if (const auto known = answers_.find(part); known != answers_.end()) return known->second;
    if (answers_.size() == kParts) return false;
    answers_[part] = false;
    return answers_[part] = looks_for_sum(value, field);
  }

  [[nodiscard]] bool looks_for_sum(ValueId value, std::string_view field) {
    const auto operands = pool_.operands(value);
    if (is_where(pool_, value))  // what is stored by then may say that it was added before
      return std::ranges::none_of(operands.subspan(1),
                                  [&](ValueId test) { return asks_of_stored(test, field); }) &&
             is_sum_below(operands[0], field);
    if (pool_.is(value, ValueKind::Record)) {
      for (std::size_t i = 0; i < operands.size(); ++i)
        if (is_sum_below(operands[i], field_of(pool_[pool_.names(value)[i]], field)) &&
            !is_by_difference(operands[i]))
          return true;
      return false;
    }
    if (pool_.is(value, ValueKind::Computed) && operands.size() == 2 && !field.empty() &&
        !counts_writes(field) && is_sum(pool_.text(value), operands, field)) {
      is_of_list_ = std::ranges::any_of(
          operands, [&](ValueId one) { return pool_.is(one, ValueKind::List); });
      return true;
    }
    if (!pool_.is(value, ValueKind::OneOf) && !pool_.is(value, ValueKind::List) &&
        !pool_.is(value, ValueKind::Computed))
      return false;
    return std::ranges::any_of(operands, [&](ValueId one) { return is_sum_below(one, field); });
  }

  // The field of the item that an entry of the request is about.
  [[nodiscard]] std::string_view field_of(std::string_view entry, std::string_view above) {
    if (entry == kRest || is_type_letter(entry)) return above;
    if (!entry.starts_with(':')) return entry;
    const auto set = std::ranges::find(fields_set_, entry, &FieldSet::placeholder);
    return set != fields_set_.end() ? std::string_view(set->field) : std::string_view();
  }

  const ValuePool& pool_;
  const Effect& write_;
  std::vector<const Effect*> reads_ = {};
  std::vector<FieldSet> fields_set_ = {};
  bool is_of_list_ = false;  // the sum that was found
  std::map<std::pair<ValueId, std::string_view>, bool> answers_ = {};
  std::unordered_map<std::uint32_t, bool> stored_ = {};
};

}  // namespace

bool is_key_of(const ValuePool& pool, ValueId key, ValueId item) {
  if (pool.is(item, ValueKind::OneOf))
    return std::ranges::any_of(pool.operands(item),
                               [&](ValueId one) { return is_key_of(pool, key, one); });
  if (!pool.is(key, ValueKind::Record) || !pool.is(item, ValueKind::Record)) return false;
  const auto names = pool.names(key);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (entry_of(pool, item, pool[names[i]]) != pool.operands(key)[i]) return false;
  return !names.empty();
}

RepeatOutcome with_what_is_stored(const Project& project, const LambdaFunction& function,
                          const Effect& write) {
  const Operation& operation = operations()[write.operation];
  if (operation.target_kind != ResourceKind::Table) return RepeatOutcome::Same;
  return StoredSums(project, function, write).again();
}

}  // namespace fnlint
