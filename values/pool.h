#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/limits.h"
#include "core/strings.h"
#include "model/guard.h"
#include "model/resources.h"
#include "model/value.h"

namespace fnlint {

struct Alternative {
  ValueId value = {};
  GuardId guard = {};  // no id: always possible
};
struct NamedValue {
  StringId name = {};
  ValueId value = {};
};

// Owns every value, text, choice and guard of a run; equal values are made once. Views stay valid
// while it lives.
class ValuePool {
 public:
  ValuePool();
  ValuePool(const ValuePool&) = delete;
  ValuePool& operator=(const ValuePool&) = delete;

  StringId string(std::string_view text) { return strings_.add(text); }
  [[nodiscard]] std::string_view operator[](StringId id) const { return strings_[id]; }
  [[nodiscard]] const Value& operator[](ValueId id) const { return values_[id.index]; }
  [[nodiscard]] std::string_view text(ValueId id) const { return strings_[values_[id.index].text]; }
  [[nodiscard]] std::span<const ValueId> operands(ValueId id) const;
  [[nodiscard]] std::span<const StringId> names(ValueId id) const;  // Record: parallel to operands
  [[nodiscard]] std::span<const GuardId> guards(ValueId id) const;  // OneOf: parallel to operands

  // Leaves.
  ValueId absent();
  ValueId null();
  ValueId boolean(bool value);
  ValueId number(
      std::string_view literal);  // normalised: "010" stays text elsewhere; "5.0" and "5" are equal
  ValueId number(std::int64_t value);
  ValueId text_value(std::string_view text);
  ValueId hole(Origin origin, std::string_view text, std::uint64_t ref = 0);
  ValueId unknown(std::string_view why);  // a new one each time
  ValueId reference(ResourceId resource, std::string_view attribute);

  // Compounds. They unite their operands' evidence.
  ValueId list(std::span<const ValueId> items, bool open = false);
  ValueId record(std::span<const NamedValue> entries,
                 bool open = false);  // a later entry of a name wins
  ValueId function(std::uint64_t ref, std::span<const NamedValue> captures = {});
  ValueId object(std::uint64_t site, std::string_view path, std::span<const ValueId> operands = {});
  ValueId task(ValueId result);
  ValueId computed(std::string_view name,
                   std::span<const ValueId> operands);  // as it is: see values/compute.h
  // Text, or a Pattern of what is not known; flattens; distributes over OneOf within kAlternatives;
  // over the limits of patterns it keeps the known start and end around a hole and marks kCut.
  // Numbers and booleans become text.
  ValueId concat(std::span<const ValueId> parts);
  // Flattens nested OneOfs (guards are joined; impossible ones dropped), removes equal
  // alternatives, and is the value itself when one is left. More than kAlternatives: common prefix
  // + hole + common suffix, kCut.
  ValueId one_of(std::span<const Alternative> alternatives);
  ValueId join(ValueId a, ValueId b);  // one_of without guards; a or b may be no id
  ValueId with_evidence(ValueId value, std::uint8_t evidence);

  // Guards.
  std::uint32_t choice(std::uint32_t scope, std::string_view subject,
                       std::span<const StringId> domain);
  [[nodiscard]] const Choice& choice_row(std::uint32_t row) const { return choices_[row]; }
  GuardId guard(
      std::vector<Test> tests);  // sorts, merges; an empty list: the guard that always holds
  [[nodiscard]] const Guard& operator[](GuardId id) const { return guards_[id.index]; }
  // Both at once; nothing when they exclude each other. No id counts as always.
  std::optional<GuardId> both(GuardId a, GuardId b);
  bool always(GuardId guard) const;  // no id, or no tests

  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  ValueId intern(Value value, std::span<const ValueId> operands, std::span<const StringId> names,
                 std::span<const GuardId> guards);
  ValueId cut_to_pattern(std::span<const Alternative> alternatives);

  Strings strings_;
  std::deque<Value> values_;
  std::vector<ValueId> operands_;
  std::vector<StringId> names_;
  std::vector<GuardId> guard_rows_;
  std::unordered_multimap<std::uint64_t, ValueId> interned_;
  std::vector<Choice> choices_;
  std::vector<Guard> guards_;
  std::uint64_t unknowns_ = 0;
};

}  // namespace fnlint
