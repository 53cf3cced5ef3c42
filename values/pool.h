#pragma once

#include "core/limits.h"
#include "core/strings.h"
#include "model/guard.h"
#include "model/resources.h"
#include "model/value.h"
#include "values/opcode.h"
#include "values/stable_rows.h"

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

// Owns every value of a run: equal values are one row, and equal rows one id.
namespace fnlint {

enum class Answer : std::uint8_t { No, Yes, Unknown };  // to a question about a run

struct Alternative {
  ValueId value = {};
  GuardId guard = {};  // no id: always possible
};
struct NamedValue {
  StringId name = {};
  ValueId value = {};
};

// The entry of an open record under this name holds what else the record was made from: the value
// that was spread into it, or a Computed over several.
inline constexpr std::string_view kRest = "...";

// Owns every value, text, choice and guard of a run; equal values are made once. Views and
// references stay valid while it lives. For one thread at a time.
//
// A value's uncertainty always holds that of its operands. Values are at most kNestingDepth deep:
// what would be deeper is Unknown with kCut, so functions over values may recurse.
class ValuePool {
 public:
  ValuePool();
  ValuePool& operator=(const ValuePool&) = delete;
  // A pool that begins with the same values, texts and guards under the same ids (see
  // values/transfer.h). Its texts stay here: it must not outlive this one.
  [[nodiscard]] std::unique_ptr<ValuePool> copy() const;
  // Of a copy: what it has made itself; ids of that name nothing afterwards.
  void forget();

  StringId string(std::string_view text) { return strings_.add(text); }
  [[nodiscard]] std::string_view operator[](StringId id) const { return strings_[id]; }
  [[nodiscard]] const Value& operator[](ValueId id) const { return values_[id.index]; }
  [[nodiscard]] std::string_view text(ValueId id) const { return strings_[values_[id.index].text]; }
  [[nodiscard]] std::span<const ValueId> operands(ValueId id) const {
    return operands_[values_[id.index].operands];
  }
  // Record and Function: parallel to operands.
  [[nodiscard]] std::span<const StringId> names(ValueId id) const {
    return names_[values_[id.index].names];
  }
  // OneOf: parallel to operands.
  [[nodiscard]] std::span<const GuardId> guards(ValueId id) const {
    return guard_rows_[values_[id.index].guards];
  }
  // The names of opcodes are the first texts of each pool.
  [[nodiscard]] Opcode opcode(ValueId id) const {
    return id.exists() ? opcode(values_[id.index]) : Opcode::None;
  }
  // No id is of no kind.
  [[nodiscard]] bool is(ValueId id, ValueKind kind) const {
    return id.exists() && values_[id.index].kind == kind;
  }

  // The first value of each pool, an Unknown: what the tests of a place ask beyond those that are
  // kept of it.
  static constexpr ValueId kFurtherTests{0};

  // Leaves.
  ValueId absent();
  ValueId null();
  ValueId boolean(bool value);
  // Normalised: "5.0", "5" and "0x5" are equal. What is no number is kept as it is written.
  ValueId number(std::string_view literal);
  ValueId number(std::int64_t value);
  ValueId text_value(std::string_view text);
  // A text that was computed: over kTextBytes it is a Pattern of its ends, marked kCut.
  ValueId long_text(std::string_view literal);
  ValueId hole(Origin origin, std::string_view text, std::uint64_t ref = 0);
  ValueId finished_hole(ValueId hole);    // the same, but nothing will replace it any more
  ValueId unknown(std::string_view why);  // a new one each time
  ValueId reference(ResourceId resource, std::string_view attribute);

  // Compounds. They unite their operands' uncertainty.
  // More than kCollectionItems: the first are kept, the others are one last Computed "any"; open.
  ValueId list(std::span<const ValueId> items, bool open = false);
  // A later entry of a name wins. More than `most`: the others are under kRest; open.
  ValueId record(std::span<const NamedValue> entries, bool open = false,
                 std::size_t most = kCollectionItems);
  ValueId function(std::uint64_t ref, std::span<const NamedValue> captures = {});
  ValueId object(std::uint64_t site, std::string_view path, std::span<const ValueId> operands = {});
  ValueId task(ValueId result);
  // As it is: see values/compute.h. More than kCollectionItems operands are one last Computed
  // "any".
  ValueId computed(std::string_view name, std::span<const ValueId> operands);
  ValueId computed(Opcode opcode, std::span<const ValueId> operands);
  // Text, or a Pattern of what is not known; flattens; distributes over OneOf within kAlternatives;
  // over the limits of patterns it keeps the known start and end around a hole and marks kCut.
  // Numbers and booleans become text; what is no text stands in it as Computed "to_text".
  ValueId concat(std::span<const ValueId> parts);
  // Flattens nested OneOfs (guards are joined; impossible ones dropped), unites equal alternatives,
  // and is the value itself when one is left. More than kAlternatives: common prefix + hole +
  // common suffix, kCut. Where a guard had to be dropped, the alternative is kConditional.
  ValueId one_of(std::span<const Alternative> alternatives);
  ValueId join(ValueId a, ValueId b);  // one_of without guards; a or b may be no id
  // Adds to what is there. That of a OneOf, a List or a Record is its elements'.
  ValueId with_uncertainty(ValueId value, std::uint8_t uncertainty);
  // A hole that stands for any of the sources, and keeps their origins. It equals nothing.
  ValueId any(std::span<const ValueId> sources, std::string_view why);

  // The same value with no uncertainty: what equality is about.
  ValueId plain(ValueId value);
  // Does the same id mean the same run-time value? Not below an Unknown, nor below a OneOf whose
  // guards do not exclude each other.
  [[nodiscard]] bool identified(ValueId value) const;
  // Is there a hole below that a caller, the join or a template may still replace?
  [[nodiscard]] bool symbolic(ValueId value) const;
  // Nothing below, nor the value itself, is a hole, an object or computed: substitution keeps it.
  [[nodiscard]] bool constant(ValueId value) const;
  // Something below, or the value itself, is met under conditions (values/where.h).
  [[nodiscard]] bool conditioned(ValueId value) const;
  // ... is a list that a loop fills, or an element of one (values/summarised_lists.h).
  [[nodiscard]] bool gathered(ValueId value) const;
  // ... is a hole that may still be replaced, or a call that was kept for later.
  [[nodiscard]] bool waits(ValueId value) const;
  // Nothing below, nor the value itself, is unknown, an object or what a call gives; its holes are
  // the event, the context, the environment, parameters and what templates are given.
  [[nodiscard]] bool readable(ValueId value) const;
  // Marks of what a test asks for, through connectives and ways: two tests without a common mark
  // ask for nothing in common. Others may.
  [[nodiscard]] std::uint64_t asks(ValueId value) const { return traits_[value.index].asks; }
  // Bit i: a hole of Origin i stands somewhere below.
  [[nodiscard]] std::uint32_t origins(ValueId value) const { return traits_[value.index].origins; }

  // Guards.
  // The row of this choice; equal choices have equal rows.
  std::uint32_t choice(std::uint32_t scope, std::string_view subject,
                       std::span<const StringId> domain);
  [[nodiscard]] const Choice& choice_row(std::uint32_t row) const { return choices_[row]; }
  // Sorts and merges; an empty list, and more than kGuardTests tests: the guard that always holds.
  // Tests that exclude each other: a guard that never holds.
  GuardId guard(std::vector<Test> tests);
  [[nodiscard]] const Guard& operator[](GuardId id) const { return guards_[id.index]; }
  // Both at once; nothing when they exclude each other. No id counts as always.
  std::optional<GuardId> both(GuardId a, GuardId b);
  [[nodiscard]] bool always(GuardId guard) const;  // no id, or no tests
  [[nodiscard]] bool never(GuardId guard) const;

  // What messages call a resource.
  void name_resource(ResourceId resource, std::string_view name);
  [[nodiscard]] std::string_view resource_name(ResourceId resource) const;

  // What truth() has found of the value, kept for when it is asked again; none: it was not asked.
  [[nodiscard]] std::optional<Answer> found_truth(ValueId value) const {
    return traits_[value.index].truth;
  }
  void keep_truth(ValueId value, Answer answer) { traits_[value.index].truth = answer; }
  // Likewise what without_conditions() has made of it; no id: it was not asked.
  [[nodiscard]] ValueId found_bare(ValueId value) const { return traits_[value.index].bare; }
  void keep_bare(ValueId value, ValueId bare) {
    if (outlives(bare, value)) traits_[value.index].bare = bare;
  }
  // And what compute() has made of it by "not" and by "truthy".
  enum class AskedBy : std::uint8_t { Not, Truthy };
  [[nodiscard]] ValueId found_asked(ValueId value, AskedBy by) const {
    return traits_[value.index].asked[static_cast<std::size_t>(by)];
  }
  void keep_asked(ValueId value, AskedBy by, ValueId made) {
    if (outlives(made, value)) traits_[value.index].asked[static_cast<std::size_t>(by)] = made;
  }

  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  friend class ValueTransfer;
  ValuePool(const ValuePool&) = default;

  struct Traits {
    ValueId plain = {}, bare = {};  // made when they are first asked for
    std::array<ValueId, 2> asked = {};
    std::uint64_t asks = 0;
    std::uint32_t origins = 0;
    std::uint8_t depth = 0, flags = 0;
    std::optional<Answer> truth = {};
  };
  struct Slot {
    std::uint32_t row = 0;  // + 1; 0: free
    std::uint32_t hash = 0;
  };
  struct Variant {
    std::vector<ValueId> parts = {};
    GuardId guard = {};
    std::uint8_t uncertainty = 0;
  };
  // Whether the one is there for as long as what it is noted at.
  [[nodiscard]] bool outlives(ValueId noted, ValueId at) const {
    return noted.index < kept_.values || at.index >= kept_.values;
  }
  [[nodiscard]] static Opcode opcode(const Value& value) {
    const bool has_one =
        value.kind == ValueKind::Computed && value.text.index < kOpcodeNames.size();
    return has_one ? static_cast<Opcode>(value.text.index + 1) : Opcode::None;
  }
  ValueId computed(StringId name, std::span<const ValueId> operands);
  ValueId intern(Value value, std::span<const ValueId> operands = {},
                 std::span<const StringId> names = {}, std::span<const GuardId> guards = {});
  [[nodiscard]] std::uint64_t asks_of(ValueId id, const Value& value,
                                      std::span<const ValueId> operands) const;
  bool traits_of(const Value& value, std::span<const ValueId> operands,
                 std::span<const GuardId> guards, Traits& traits);
  [[nodiscard]] bool same_row(ValueId id, const Value& value, std::span<const ValueId> operands,
                              std::span<const StringId> names,
                              std::span<const GuardId> guards) const;
  template <class IsIt>
  [[nodiscard]] static std::size_t place_of(const std::vector<Slot>& slots, std::uint32_t hash,
                                            const IsIt& is_it);
  void take(std::size_t place, Slot row);
  [[nodiscard]] bool may_be_kept(const Value& value, std::span<const ValueId> operands,
                                 std::span<const StringId> names) const;
  void grow_slots();
  [[nodiscard]] std::uint8_t uncertainty_of(std::span<const ValueId> operands) const;
  ValueId push_uncertainty(ValueId value, std::uint8_t uncertainty,
                        std::unordered_map<std::uint32_t, ValueId>& done);

  void flatten(std::span<const Alternative> alternatives, std::vector<Alternative>& out);
  void unite(Alternative next, std::vector<Alternative>& out);
  std::optional<GuardId> either(GuardId a, GuardId b);
  ValueId cut_to_pattern(std::span<const ValueId> alternatives);
  bool excludes_each_other(std::span<const GuardId> guards);

  // How many of each a copy began with, and where those values are looked up.
  struct Kept {
    std::uint32_t values = 0, operands = 0, names = 0, guard_rows = 0;
    std::size_t strings = 0, choices = 0, guards = 0;
    std::vector<Slot> slots = {};
  };

  // A text that is being put together.
  struct Assembly {
    std::vector<ValueId> parts = {};
    std::string literal = {};  // what will be the next part
    std::size_t bytes = 0;     // of literal parts
  };
  void add_part(std::vector<Variant>& variants, ValueId part);
  void add_part(Assembly& text, ValueId part);
  void add_literal(Assembly& text, std::string_view more);
  void flush(Assembly& text);
  ValueId assemble(std::span<const ValueId> parts, std::uint8_t uncertainty);
  ValueId cut_parts(std::span<const ValueId> parts, std::uint8_t uncertainty);
  ValueId pattern(std::span<const ValueId> parts, std::uint8_t uncertainty);

  Strings strings_;
  StableRows<Value> values_;
  StableRows<Traits> traits_;
  StableRows<ValueId> operands_;
  StableRows<StringId> names_;
  StableRows<GuardId> guard_rows_;
  std::vector<Slot>
      slots_;              // open addressing; of a copy: its own, and what was asked for of others
  std::size_t taken_ = 0;  // of those
  std::vector<Slot> recent_;  // asked for or made last, by hash: most questions end in these few
  std::deque<Choice> choices_;
  std::map<std::pair<std::uint32_t, StringId>, std::vector<std::uint32_t>> choice_rows_;
  std::deque<Guard> guards_;
  std::map<Guard, GuardId> guard_ids_;
  std::map<std::uint32_t, StringId> resource_names_;
  std::uint64_t unknowns_ = 0;
  Kept kept_ = {};
};

// A hole or an unknown: what is read does not say what it is.
inline bool is_unsaid(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Hole) || pool.is(value, ValueKind::Unknown);
}

}  // namespace fnlint
