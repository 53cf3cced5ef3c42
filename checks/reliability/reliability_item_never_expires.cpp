// A table deletes an item once the number in one attribute, in seconds, has passed: not what is
// under another name, no text, and not before the year 50,000 what is given in milliseconds.

#include "checks/event/event_view.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/models.h"
#include "values/pool.h"
#include "values/yes_no.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

namespace {

struct ExpiryField {
  std::string name = {};
  Span where = {};
  bool written = false;  // by any function
  bool open = false;     // what is written to the table is not all known
};

// What a function stores in one attribute of a table that lets items expire.
struct WrittenField {
  const LambdaFunction* function = nullptr;
  const Effect* effect = nullptr;
  std::string_view name = {};
  ValueId value = {};
};

// `{"N": "1"}`, `&types.AttributeValueMemberN{Value: "1"}`: what stands in it.
ValueId plain_value(const ValuePool& pool, ValueId value) {
  if (!value.exists() || !pool.is(value, ValueKind::Record) || pool.names(value).size() != 1)
    return value;
  const std::string name = lower(pool[pool.names(value)[0]]);
  return name == "n" || name == "value" ? pool.operands(value)[0] : value;
}

bool is_text_value(const ValuePool& pool, ValueId value) {
  return value.exists() && pool.is(value, ValueKind::Record) && pool.names(value).size() == 1 &&
         lower(pool[pool.names(value)[0]]) == "s";
}

// About how large a number is that is made of the time of now.
class ClockNumber {
 public:
  explicit ClockNumber(const ValuePool& pool) : pool_(pool) {}

  [[nodiscard]] std::optional<double> of(ValueId value, int depth = 12) const {
    if (!value.exists() || depth == 0) return std::nullopt;
    const Value& row = pool_[value];
    switch (row.kind) {
      case ValueKind::Number:
      case ValueKind::Text: return number(pool_.text(value));
      case ValueKind::Hole:
        return row.origin == Origin::Clock ? by_name(pool_.text(value)) : std::nullopt;
      case ValueKind::Object: return by_last_call(pool_.text(value));
      case ValueKind::Computed: return computed(value, depth - 1);
      default: return std::nullopt;
    }
  }

 private:
  static constexpr double kSeconds = 1.75e9, kMilliseconds = 1.75e12;  // of 2025

  static std::optional<double> number(std::string_view text) {
    double number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    return end.ec == std::errc{} && end.ptr == text.data() + text.size() ? std::optional(number)
                                                                         : std::nullopt;
  }
  static std::optional<double> by_name(std::string_view name) {
    if (is_one_of(known::clocks_in_seconds(), name)) return kSeconds;
    if (is_one_of(known::clocks_in_milliseconds(), name)) return kMilliseconds;
    return std::nullopt;
  }
  static std::optional<double> by_last_call(std::string_view path) {
    if (!path.ends_with("()")) return std::nullopt;
    path.remove_suffix(2);
    return by_name(cat("*.", path.substr(path.rfind('.') + 1)));
  }
  [[nodiscard]] std::optional<double> computed(ValueId value, int depth) const {
    const auto operands = pool_.operands(value);
    if (operands.empty()) return std::nullopt;
    const auto first = of(operands[0], depth);
    if (pool_.opcode(value) == Opcode::Converted) return first;
    if (operands.size() != 2) return std::nullopt;
    const auto second = of(operands[1], depth);
    switch (pool_.opcode(value)) {
      case Opcode::Add:  // a span of time that is not known is none
        if (!first && !second) return std::nullopt;
        return first.value_or(0) + second.value_or(0);
      case Opcode::Subtract: return first ? std::optional(*first - second.value_or(0)) : first;
      case Opcode::Multiply:
        return first && second ? std::optional(*first * *second) : std::nullopt;
      case Opcode::Divide:
      case Opcode::FloorDivide:
        return first && second && *second != 0 ? std::optional(*first / *second) : std::nullopt;
      case Opcode::BitOr: return second && *second == 0 ? first : std::nullopt;
      default: return std::nullopt;
    }
  }

  const ValuePool& pool_;
};

class ExpiringTables {
 public:
  explicit ExpiringTables(const Project& project) : project_(project), pool_(*project.pool) {
    for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) add_table(ResourceId{i});
    if (fields_.empty()) return;
    for (const LambdaFunction& function : project.functions) {
      for (const Effect& effect : function.effects) read(function, effect);
      for (const Effect& effect : function.unknown_calls)
        if (is_write(effect)) all_open_ = true;
    }
  }

  void check(Findings& findings) const {
    std::set<Span> told;
    for (const WrittenField& one : written_) {
      const ExpiryField& field = fields_.at(one.effect->target.index);
      const std::string fault =
          one.name == field.name ? fault_of_value(one) : fault_of_name(one, field);
      if (fault.empty() || !told.insert(one.effect->where).second) continue;
      const bool is_other = flat_name(one.name) != flat_name(field.name);
      const bool is_guess = one.name != field.name && (is_other || field.open || all_open_);
      const auto uncertainty =
          static_cast<std::uint8_t>(one.effect->uncertainty & ~(kUncertain | kConditional));
      FindingBuilder finding("reliability-item-never-expires", uncertainty);
      findings.push_back(finding.about(*one.function)
                             .at(one.effect->where)
                             .says("Items of '", name_of(project_, one.effect->target),
                                   "' expire by '", field.name, "', ", fault)
                             .at_most(is_guess ? Confidence::Likely : Confidence::Certain)
                             .identified(one.function->name, ' ', one.name)
                             .with_steps(one.effect->path, one.effect->where, "It is written here.")
                             .related(field.where, "This is what they expire by."));
    }
  }

 private:
  static bool is_write(const Effect& effect) {
    const Operation& operation = operations()[effect.operation];
    return operation.target_kind == ResourceKind::Table && !operation.events.empty();
  }

  void add_table(ResourceId id) {
    const Resource& resource = project_.stacks[id];
    if (resource.kind != ResourceKind::Table || resource.external || resource.superseded) return;
    const Property* name = property_of(project_, id, "TimeToLiveSpecification.AttributeName");
    const Property* on = property_of(project_, id, "TimeToLiveSpecification.Enabled");
    if (name == nullptr || !pool_.is(name->value, ValueKind::Text) ||
        (on != nullptr && !is_yes(pool_, on->value)))
      return;
    fields_[id.index] = {.name = std::string(pool_.text(name->value)), .where = name->where};
  }

  void read(const LambdaFunction& function, const Effect& effect) {
    const auto found = effect.target.exists() ? fields_.find(effect.target.index) : fields_.end();
    if (found == fields_.end() || !is_write(effect)) return;
    const std::size_t before = written_.size();
    bool whole = true;
    const auto take = [&](std::string_view name, ValueId value) {
      written_.push_back({&function, &effect, name, value});
    };
    const auto take_item = [&](ValueId item) {
      for (std::size_t i = 0; i < pool_.names(item).size(); ++i) {
        const std::string_view name = pool_[pool_.names(item)[i]];
        whole = whole && name != kRest;
        take(name, pool_.operands(item)[i]);
      }
    };
    const std::string_view id = operations()[effect.operation].id;
    if (id == "dynamodb.DeleteItem" || id == "dynamodb.BatchDelete") return;
    if (id == "dynamodb.UpdateItem")
      read_update(effect, take);
    else if (effect.key.exists() && pool_.is(effect.key, ValueKind::Record))
      take_item(effect.key);
    else
      for_each_below(pool_, effect.arguments, [&](ValueId below) {
        const bool is_record = pool_.is(below, ValueKind::Record);
        const ValueId item = is_record ? answer_entry(pool_, below, "Item") : ValueId{};
        if (item.exists() && pool_.is(item, ValueKind::Record)) take_item(item);
      });
    whole = whole && written_.size() > before;
    found->second.open = found->second.open || !whole;
    for (std::size_t i = before; i < written_.size(); ++i)
      if (written_[i].name == found->second.name) found->second.written = true;
  }

  template <class Take>
  void read_update(const Effect& effect, const Take& take) {
    const ValueId values = entry_of(pool_, effect.arguments, "ExpressionAttributeValues");
    for (const FieldSet& set : fields_set(pool_, effect)) {
      const ValueId value = values.exists() ? entry_of(pool_, values, set.placeholder) : ValueId{};
      take(*names_.insert(set.field).first, value);
    }
  }

  [[nodiscard]] std::string fault_of_value(const WrittenField& one) const {
    const ValueId value = plain_value(pool_, one.value);
    if (is_text_value(pool_, value))
      return "and this call writes a text there: an item without a number in it is never deleted.";
    if (!value.exists()) return {};
    if (pool_.is(value, ValueKind::Object)) {
      std::string_view path = pool_.text(value);
      if (!path.ends_with("()")) return {};
      path.remove_suffix(2);
      // `strftime("%s")` is seconds, and a number once it is converted, which is not seen here.
      const ValueId given = pool_.operands(value).empty() ? ValueId{} : pool_.operands(value)[0];
      const ValueId format = given.exists() && pool_.is(given, ValueKind::Record)
                                 ? entry_of(pool_, given, "0")
                                 : ValueId{};
      if (format.exists() && as_text(pool_, format) == std::optional<std::string_view>("%s"))
        return {};
      if (is_one_of(known::times_as_text(), path.substr(path.rfind('.') + 1)))
        return "and this call writes a date as text there: an item without a number in it, in "
               "seconds, is never deleted.";
    }
    const auto number = ClockNumber(pool_).of(value);
    constexpr double kYear5000 = 1e11;
    if (!number || *number < kYear5000) return {};
    return "which is a time in seconds, and this call writes one in milliseconds: the item would "
           "be deleted in some 50,000 years.";
  }

  // Nothing writes what they expire by, and this is nearly called so.
  [[nodiscard]] std::string fault_of_name(const WrittenField& one, const ExpiryField& field) const {
    if (field.written) return {};
    // In Go a value that is no attribute's is a field of a struct, whose tag names the attribute.
    if (one.function->language == Language::Go && plain_value(pool_, one.value) == one.value)
      return {};
    const std::string name = flat_name(one.name);
    const std::string other = flat_name(field.name);
    const bool is_same = name == other;
    const bool is_like =
        is_one_of(known::expiry_names(), name) && is_one_of(known::expiry_names(), other);
    if (!is_same && (!is_like || field.open || all_open_)) return {};
    return cat("and this call writes '", one.name,
               "': that is another attribute, and the item is never deleted.");
  }

  const Project& project_;
  const ValuePool& pool_;
  std::map<std::uint32_t, ExpiryField> fields_ = {};  // by table
  std::vector<WrittenField> written_ = {};
  std::set<std::string, std::less<>> names_ = {};
  bool all_open_ = false;
};

}  // namespace

void reliability_item_never_expires(const Project& project, const Settings&, Findings& findings) {
  ExpiringTables(project).check(findings);
}

}  // namespace fnlint
