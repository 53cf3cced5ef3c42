// Compares what tests ask of items that were read with what the functions of the chain write.

#include "link/effects/stored_guards.h"

#include "core/text.h"
#include "link/effects/table_writes.h"
#include "tables/libraries.h"
#include "values/presence.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

namespace fnlint {

namespace {

using ColumnNames = std::set<std::string_view>;

// What stands around an item in an answer, and around a value in an attribute.
bool is_wrapping(std::string_view name) {
  return name == "Item" || std::ranges::find(kAttributeTypes, name) != kAttributeTypes.end();
}

// One test of an effect, and what it asks of the items that reads of the function give.
class StoredTest {
 public:
  StoredTest(const ValuePool& pool, const Fact& fact, const LambdaFunction& function)
      : pool_(pool), fact_(fact) {
    const std::vector<ValueId> calls = calls_for_items();
    if (calls.empty()) return;
    for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
      for (const Effect& read : *list) {
        const bool is_read =
            read.target.exists() && is_read_by_key(read) &&
            std::ranges::any_of(calls, [&](ValueId call) { return has_all_parts(call, read.key); });
        if (is_read) tables_.push_back(read.target);
      }
  }

  [[nodiscard]] bool asks(ResourceId table) const {
    return std::ranges::find(tables_, table) != tables_.end();
  }

  [[nodiscard]] bool may_be_settled_by(const TableWrite& write) const {
    const bool leaves_one = std::ranges::find(write.types, "INSERT") != write.types.end();
    if (names_.empty()) return leaves_one && holds_of_nothing(pool_, fact_);
    return std::ranges::any_of(write.added,
                               [&](StringId name) { return names_.contains(pool_[name]); }) ||
           std::ranges::any_of(write.written, [&](const NamedValue& one) {
             return names_.contains(pool_[one.name]) && !is_asked_for(one.value);
           });
  }

 private:
  // Calls below the test that fetch an item by its key; notes the attributes that are asked for.
  std::vector<ValueId> calls_for_items() {
    std::vector<ValueId> calls;
    ColumnNames members;
    for_each_below(pool_, fact_.test, [&](ValueId id) {
      if (pool_.is(id, ValueKind::Object)) {
        const std::string_view path = pool_.text(id);
        const std::size_t call = path.rfind("()");
        if (call == path.npos || !asks_store(path)) return;
        calls.push_back(id);
        for (const std::string_view part : split(path.substr(call + 2), '.')) note(part);
      } else if (pool_.is(id, ValueKind::Computed) && pool_.operands(id).size() > 1) {
        const Opcode opcode = pool_.opcode(id);
        const ValueId name = pool_.operands(id)[1];
        if ((opcode == Opcode::Member || opcode == Opcode::Index || opcode == Opcode::Get) &&
            pool_.is(name, ValueKind::Text))
          members.insert(pool_.text(name));
      }
    });
    if (!calls.empty())
      for (const std::string_view name : members) note(name);
    return calls;
  }
  void note(std::string_view name) {
    if (!name.empty() && !is_wrapping(name)) names_.insert(name);
  }
  static bool asks_store(std::string_view path) {
    const std::string lowered = lower(path);
    return std::ranges::any_of(store_reads(), [&](std::string_view word) {
      return lowered.find(word) != std::string::npos;
    });
  }
  static bool is_read_by_key(const Effect& read) {
    const Operation& operation = operations()[read.operation];
    return operation.target_kind == ResourceKind::Table && operation.events.empty() &&
           operation.repeat == Repeat::Same && read.key.exists();
  }

  // The call was given the key, in whichever form its library takes that.
  [[nodiscard]] bool has_all_parts(ValueId call, ValueId key) const {
    std::set<ValueId> missing;
    for_each_below(pool_, key, [&](ValueId part) {
      if (pool_.operands(part).empty()) missing.insert(part);
    });
    for_each_below(pool_, call, [&](ValueId given) { missing.erase(given); });
    return missing.empty();
  }

  // The test asks for just that value, so that it comes out as before.
  [[nodiscard]] bool is_asked_for(ValueId written) const {
    if (!pool_.is(fact_.test, ValueKind::Computed) || !pool_.is(written, ValueKind::Text))
      return false;
    const Opcode opcode = pool_.opcode(fact_.test);
    const auto operands = pool_.operands(fact_.test);
    const bool equals =
        (opcode == Opcode::Equal && fact_.holds) || (opcode == Opcode::NotEqual && !fact_.holds);
    return equals && std::ranges::find(operands, written) != operands.end();
  }

  const ValuePool& pool_;
  const Fact& fact_;
  ColumnNames names_ = {};  // attributes that the test asks for; none: whether the item is there
  std::vector<ResourceId> tables_ = {};
};

// Two effects that no invocation has both of.
bool exclude(const Effect& one, const Effect& other) {
  return std::ranges::any_of(one.holds, [&](const Fact& fact) {
    return std::ranges::any_of(other.holds, [&](const Fact& against) {
      return against.test == fact.test && against.holds != fact.holds;
    });
  });
}

}  // namespace

bool may_be_settled_in_a_table(ValuePool& pool, const Project& project, const Effect& effect,
                               const LambdaFunction& of,
                               std::span<const LambdaFunction* const> functions) {
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    const StoredTest test(pool, fact, of);
    const auto settles = [&](const Effect& write) {
      if (operations()[write.operation].events.empty() || !test.asks(write.target) ||
          exclude(write, effect))
        return false;
      const auto writes = table_writes(pool, project.stacks, write, write.arguments);
      return std::ranges::any_of(
          writes, [&](const TableWrite& one) { return test.may_be_settled_by(one); });
    };
    return std::ranges::any_of(functions, [&](const LambdaFunction* function) {
      return std::ranges::any_of(function->effects, settles);
    });
  });
}

}  // namespace fnlint
