// The table of all functions over values, and how each is applied to alternatives and conditions:
// compute() of values/compute.h. It knows every function, and they know it by that header alone.

#include "values/answers.h"
#include "values/compute.h"
#include "values/functions.h"
#include "values/where.h"

#include <algorithm>

namespace fnlint {
namespace {

using FunctionOfValues = ValueId (*)(ValuePool&, Operands);

enum RowFlags : std::uint8_t {
  kPicks = 1,  // gives a part of its operand: the uncertainty of the other parts is not its own
  kWhole = 2,  // takes a OneOf as it is
  kFirst = 4,  // distributes over its first operand alone
};
struct Row {
  Opcode opcode = Opcode::None;
  FunctionOfValues function = nullptr;
  std::uint8_t fewest = 1;  // operands; with fewer it stays as it is
  Gives gives = Gives::Any;
  std::uint8_t flags = 0;
};

// Functions that are only kept (hash, base64, json_encode) have a row for what they give.
ValueId keep(ValuePool&, Operands) { return {}; }

constexpr std::array kFunctions{
    Row{Opcode::Add, compute_add, 2},
    Row{Opcode::AllOf, compute_all, 1, Gives::Test, kWhole},
    Row{Opcode::And, compute_and, 1, Gives::Test},
    Row{Opcode::AnyOf, compute_any, 1, Gives::Test, kWhole},
    Row{Opcode::Appended, compute_appended, 1, Gives::Any, kPicks | kFirst},
    Row{Opcode::Base64, keep, 1, Gives::Text},
    Row{Opcode::Base64Decode, compute_same, 1},
    Row{Opcode::Basename, compute_basename, 1, Gives::Text},
    Row{Opcode::BitAnd, compute_bit_and, 2, Gives::Number},
    Row{Opcode::BitOr, compute_bit_or, 2, Gives::Number},
    Row{Opcode::BitXor, compute_bit_xor, 2, Gives::Number},
    Row{Opcode::Chosen, compute_chosen, 3, Gives::Test, kWhole},
    Row{Opcode::Collected, compute_collected, 1, Gives::Any, kPicks},
    Row{Opcode::Concat, compute_concat, 0, Gives::Text, kWhole},
    Row{Opcode::Contains, compute_contains, 2, Gives::Test},
    Row{Opcode::Converted, compute_converted, 1},
    Row{Opcode::Copied, compute_copied, 1, Gives::Any, kPicks},
    Row{Opcode::Count, compute_count, 2, Gives::Number},
    Row{Opcode::Cut, compute_cut, 2},
    Row{Opcode::CutPrefix, compute_cut_prefix, 2},
    Row{Opcode::CutSuffix, compute_cut_suffix, 2},
    Row{Opcode::Dirname, compute_dirname, 1, Gives::Text},
    Row{Opcode::Divide, compute_divide, 2, Gives::Number},
    Row{Opcode::Element, compute_element, 1, Gives::Any, kPicks},
    Row{Opcode::EndsWith, compute_ends_with, 2, Gives::Test},
    Row{Opcode::Entered, compute_entered, 1, Gives::Any, kPicks},
    Row{Opcode::Entries, compute_entries, 1, Gives::Any, kPicks},
    Row{Opcode::Enumerate, compute_enumerate, 1, Gives::Any, kPicks},
    Row{Opcode::Equal, compute_equal, 2, Gives::Test},
    Row{Opcode::Extension, compute_extension, 1, Gives::Text},
    Row{Opcode::Filtered, compute_filtered, 2, Gives::Any, kPicks | kFirst},
    Row{Opcode::First, compute_first, 1, Gives::Any, kPicks},
    Row{Opcode::FloorDivide, compute_floor_divide, 2, Gives::Number},
    Row{Opcode::Format, compute_format, 1, Gives::Text, kFirst},
    Row{Opcode::FromEntries, compute_from_entries, 1, Gives::Any, kPicks},
    Row{Opcode::Get, compute_get, 2, Gives::Any, kPicks | kFirst},
    Row{Opcode::Has, compute_has, 2, Gives::Test, kPicks},
    Row{Opcode::HasItems, compute_has_items, 1, Gives::Test, kPicks},
    Row{Opcode::Hash, keep, 1, Gives::Text},
    Row{Opcode::HeldOr, compute_held_or, 2, Gives::Any, kPicks | kWhole},
    Row{Opcode::In, compute_in, 2, Gives::Test},
    Row{Opcode::Index, compute_index, 2, Gives::Any, kPicks},
    Row{Opcode::IndexOf, compute_index_of, 2, Gives::Number},
    Row{Opcode::IsEmpty, compute_is_empty, 1, Gives::Test},
    Row{Opcode::IsNotEmpty, compute_is_not_empty, 1, Gives::Test},
    Row{Opcode::IsNull, compute_is_null, 1, Gives::Test},
    Row{Opcode::IsPresent, compute_is_present, 1, Gives::Test},
    Row{Opcode::Join, compute_join, 2, Gives::Text},
    Row{Opcode::JsonDecode, compute_json_decode, 1},
    Row{Opcode::JsonEncode, keep, 1, Gives::Text, kWhole},
    Row{Opcode::Keys, compute_keys, 1, Gives::Any, kPicks},
    Row{Opcode::Last, compute_last, 1, Gives::Any, kPicks},
    Row{Opcode::LastIndexOf, compute_last_index_of, 2, Gives::Number},
    Row{Opcode::Length, compute_length, 1, Gives::Number, kPicks},
    Row{Opcode::Less, compute_less, 2, Gives::Test},
    Row{Opcode::LessEqual, compute_less_equal, 2, Gives::Test},
    Row{Opcode::Lower, compute_lower, 1, Gives::Text},
    Row{Opcode::Lstrip, compute_lstrip, 1, Gives::Text},
    Row{Opcode::Map, compute_map, 2, Gives::Any, kPicks | kWhole},
    Row{Opcode::Matches, compute_matches, 2, Gives::Test},
    Row{Opcode::MatchesStart, compute_matches_start, 2, Gives::Test},
    Row{Opcode::MatchesWhole, compute_matches_whole, 2, Gives::Test},
    Row{Opcode::Member, compute_member, 2, Gives::Any, kPicks},
    Row{Opcode::Merge, compute_merge, 1, Gives::Any, kPicks},
    Row{Opcode::Modulo, compute_modulo, 2, Gives::Number},
    Row{Opcode::Multiply, compute_multiply, 2, Gives::Number},
    Row{Opcode::NoneOf, compute_none, 1, Gives::Test, kWhole},
    Row{Opcode::Not, compute_not, 1, Gives::Test},
    Row{Opcode::NotEqual, compute_not_equal, 2, Gives::Test},
    Row{Opcode::Or, compute_or, 1, Gives::Test},
    Row{Opcode::OrDefault, compute_or_default, 2, Gives::Any, kPicks | kFirst},
    Row{Opcode::Part, compute_part, 1, Gives::Any, kPicks},
    Row{Opcode::PartOfLength, compute_part_of_length, 2, Gives::Any, kPicks},
    Row{Opcode::Partition, compute_partition, 2},
    Row{Opcode::PathJoin, compute_path_join, 1, Gives::Text},
    Row{Opcode::PathNormalJoin, compute_path_normal_join, 1, Gives::Text},
    Row{Opcode::PathParse, compute_path_parse, 1},
    Row{Opcode::PathStartsWith, compute_path_starts_with, 2, Gives::Test},
    Row{Opcode::Power, compute_power, 2, Gives::Number},
    Row{Opcode::Printf, compute_printf, 1, Gives::Text, kFirst},
    Row{Opcode::RegexReplace, compute_regex_replace, 3, Gives::Text},
    Row{Opcode::Repeat, compute_repeat, 2, Gives::Text},
    Row{Opcode::Replace, compute_replace, 3, Gives::Text},
    Row{Opcode::Rpartition, compute_rpartition, 2},
    Row{Opcode::Rsplit, compute_rsplit, 2},
    Row{Opcode::Rstrip, compute_rstrip, 1, Gives::Text},
    Row{Opcode::Seconds, compute_seconds, 5, Gives::Number},
    Row{Opcode::ShiftLeft, compute_shift_left, 2, Gives::Number},
    Row{Opcode::ShiftRight, compute_shift_right, 2, Gives::Number},
    Row{Opcode::Split, compute_split, 2},
    Row{Opcode::SplitExtension, compute_split_extension, 1},
    Row{Opcode::SplitN, compute_split_n, 3},
    Row{Opcode::SplitPath, compute_split_path, 1},
    Row{Opcode::StartsWith, compute_starts_with, 2, Gives::Test},
    Row{Opcode::Stem, compute_stem, 1, Gives::Text},
    Row{Opcode::Strip, compute_strip, 1, Gives::Text},
    Row{Opcode::StripPrefix, compute_strip_prefix, 2, Gives::Text},
    Row{Opcode::StripSuffix, compute_strip_suffix, 2, Gives::Text},
    Row{Opcode::Subtract, compute_subtract, 2, Gives::Number},
    Row{Opcode::Taken, keep, 1},
    Row{Opcode::ToText, compute_to_text, 1, Gives::Text},
    Row{Opcode::Trim, compute_strip, 1, Gives::Text},
    Row{Opcode::Truthy, compute_truthy, 1, Gives::Test},
    Row{Opcode::TypeIs, compute_type_is, 2, Gives::Test},
    Row{Opcode::Unzip, compute_same, 1},
    Row{Opcode::Upper, compute_upper, 1, Gives::Text},
    Row{Opcode::UrlDecode, compute_url_decode, 1, Gives::Text},
    Row{Opcode::UrlEncode, compute_url_encode, 1, Gives::Text},
    Row{Opcode::UrlForm, keep, 1},
    Row{Opcode::Values, compute_values, 1, Gives::Any, kPicks},
    Row{Opcode::Where, compute_where, 2, Gives::Any, kPicks | kWhole},
    Row{Opcode::WithEntry, compute_with_entry, 3, Gives::Any, kPicks | kFirst},
    Row{Opcode::WithExtension, compute_with_extension, 2, Gives::Text},
    Row{Opcode::WithoutExtension, compute_without_extension, 1, Gives::Text},
    Row{Opcode::Zip, compute_zip, 1, Gives::Any, kPicks},
};

// By opcode; what only has a name has no function.
constexpr auto kRows = [] {
  std::array<Row, kOpcodeNames.size() + 1> rows;
  for (const Row& row : kFunctions) rows[static_cast<std::size_t>(row.opcode)] = row;
  return rows;
}();

constexpr const Row& row_of(Opcode opcode) { return kRows[static_cast<std::size_t>(opcode)]; }

// The function over what is met under conditions; no id: nothing among the operands is.
ValueId apply_under_conditions(ValuePool& pool, const Row& row, Operands operands) {
  const auto is_met = [&](ValueId operand) { return is_where(pool, operand); };
  if (row.opcode == Opcode::Where || std::ranges::none_of(operands, is_met)) return {};
  std::vector<ValueId> values(operands.begin(), operands.end()), tests;
  for (ValueId& value : values) {
    if (!is_where(pool, value)) continue;
    const auto parts = pool.operands(value);
    tests.insert(tests.end(), parts.begin() + 1, parts.end());
    value = parts[0];
  }
  const ValueId result = compute(pool, row.opcode, values);
  return row.gives == Gives::Test ? result : where(pool, result, tests);
}

ValueId apply(ValuePool& pool, const Row& row, Operands operands) {
  if (const ValueId met = apply_under_conditions(pool, row, operands); met.exists()) return met;
  const ValueId result = row.function(pool, operands);
  if (!result.exists()) return pool.computed(row.opcode, operands);
  if ((row.flags & kPicks) != 0) return result;
  std::uint8_t uncertainty = 0;
  for (const ValueId id : operands) uncertainty |= pool[id].uncertainty;
  return pool.with_uncertainty(result, uncertainty);
}

bool has_test(const ValuePool& pool, Opcode opcode, const Conditioned& way,
              const Conditioned& but_in = {}) {
  return std::ranges::any_of(way.tests, [&](ValueId test) {
    return pool.opcode(test) == opcode &&
           std::ranges::find(but_in.tests, test) == but_in.tests.end();
  });
}

// By a test and its opposite, or by a failure of what has succeeded on the other way.
bool exclude_each_other(ValuePool& pool, const Conditioned& a, const Conditioned& b) {
  const auto fails_in = [&](const Conditioned& one, const Conditioned& other) {
    return has_test(pool, Opcode::Failed, one, other) &&
           has_test(pool, Opcode::Succeeded, other, one);
  };
  return fails_in(a, b) || fails_in(b, a) || std::ranges::any_of(a.tests, [&](ValueId test) {
           return std::ranges::find(b.tests, call(pool, Opcode::Not, {test})) != b.tests.end();
         });
}

// Which of several ways was taken, by what is asked of the value that each gives; no id: one of
// them leaves it open, all say the same, or two that say different things may be taken alike. A way
// on which something failed is said by those where it did not: these say what was done.
ValueId test_by_ways(ValuePool& pool, std::span<const Conditioned> ways,
                     std::span<const Answer> answers) {
  Answer said = Answer::Yes;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (answers[i] == Answer::Unknown) return {};
    for (std::size_t j = 0; j < i; ++j)
      if (answers[i] != answers[j] && !exclude_each_other(pool, ways[i], ways[j])) return {};
    if (answers[i] == Answer::Yes && has_test(pool, Opcode::Failed, ways[i])) said = Answer::No;
  }
  std::vector<ValueId> either;
  for (std::size_t i = 0; i < ways.size(); ++i)
    if (answers[i] == said) either.push_back(compute(pool, Opcode::And, ways[i].tests));
  if (either.empty() || either.size() == ways.size()) return {};
  const ValueId test = compute(pool, Opcode::Or, either);
  return said == Answer::Yes ? test : call(pool, Opcode::Not, {test});
}

// The ways as a tree of decisions: a test that each of them has, or its opposite, tells which are
// left.
ValueId decided(ValuePool& pool, const std::vector<std::vector<ValueId>>& tests,
                std::span<const ValueId> asked, const std::vector<std::size_t>& left, bool is_any) {
  if (left.size() == 1) return asked[left[0]];
  const auto has = [&](std::size_t way, ValueId test) {
    return std::ranges::find(tests[way], test) != tests[way].end();
  };
  for (const ValueId test : tests[left[0]]) {
    const ValueId opposite = call(pool, Opcode::Not, {test});
    std::vector<std::size_t> here, there;
    for (const std::size_t way : left) {
      if (has(way, test)) here.push_back(way);
      if (has(way, opposite)) there.push_back(way);
    }
    if (here.empty() || there.empty() || here.size() + there.size() != left.size()) continue;
    const ValueId yes = decided(pool, tests, asked, here, is_any);
    const ValueId no = decided(pool, tests, asked, there, is_any);
    return yes.exists() && no.exists() ? call(pool, Opcode::Chosen, {test, yes, no}) : ValueId{};
  }
  if (!is_any) return {};
  std::vector<ValueId> either;  // no such test: one of them is taken, and answers
  for (const std::size_t way : left) {
    std::vector<ValueId> all = tests[way];
    all.push_back(asked[way]);
    either.push_back(compute(pool, Opcode::And, all));
  }
  return compute(pool, Opcode::Or, either);
}

// The question asked of each way, where the ways exclude each other: one of them is taken, and
// answers. No id: they may overlap.
ValueId test_by_gates(ValuePool& pool, std::span<const Conditioned> ways,
                      std::span<const ValueId> asked, bool is_any) {
  if (std::ranges::all_of(asked, [&](ValueId one) { return one == asked[0]; })) return asked[0];
  std::vector<std::vector<ValueId>> tests;
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (ways[i].tests.empty()) return {};
    for (std::size_t j = 0; j < i && is_any; ++j)
      if (!exclude_each_other(pool, ways[i], ways[j])) return {};
    tests.push_back(ways[i].tests);
    all.push_back(i);
  }
  return decided(pool, tests, asked, all, is_any);
}

// A test of what is one thing (nothing, say) on some ways, and met under conditions on the others:
// the conditions say how it is answered. No id: the ways answer alike, or it is not known how.
ValueId test_by_conditions(ValuePool& pool, const Row& row, Operands operands) {
  std::vector<ValueId> with(operands.begin(), operands.end());
  const auto choice = std::ranges::find_if(
      with, [&](ValueId id) { return pool.is(id, ValueKind::OneOf) && pool.conditioned(id); });
  if (row.gives != Gives::Test || choice == with.end()) return {};
  const std::vector<ValueId> ways(pool.operands(*choice).begin(), pool.operands(*choice).end());
  Answer otherwise = Answer::Unknown;
  std::vector<Conditioned> met;
  std::vector<ValueId> asked;
  std::vector<Answer> answers;
  for (const ValueId way : ways) {
    met.push_back(taken_apart(pool, way));
    *choice = met.back().value;
    asked.push_back(compute(pool, row.opcode, with));
    answers.push_back(truth(pool, asked.back()));
    if (!met.back().tests.empty()) continue;
    if (!tells_nothing(pool, way)) return {};  // it may be met where the others are, too
    if (answers.back() == Answer::Unknown || answers.back() == opposite(otherwise)) return {};
    otherwise = answers.back();
  }
  if (otherwise == Answer::Unknown) {
    ValueId test = test_by_gates(pool, met, asked, false);
    if (!test.exists()) test = test_by_ways(pool, met, answers);
    return test.exists() ? test : test_by_gates(pool, met, asked, true);
  }
  std::vector<ValueId> either;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (met[i].tests.empty()) continue;
    met[i].tests.push_back(otherwise == Answer::No ? asked[i]
                                                   : call(pool, Opcode::Not, {asked[i]}));
    either.push_back(compute(pool, Opcode::And, met[i].tests));
  }
  if (either.empty()) return {};
  const ValueId is_otherwise = compute(pool, Opcode::Or, either);
  return otherwise == Answer::No ? is_otherwise : call(pool, Opcode::Not, {is_otherwise});
}

// Every combination of alternatives whose guards can hold together.
class Distribution {
 public:
  Distribution(ValuePool& pool, const Row& row, Operands operands)
      : pool_(pool), row_(row), operands_(operands.begin(), operands.end()) {}

  ValueId run() {
    pick(0, {}, false);
    if (results_.empty() && left_out_.exists()) return left_out_;
    return pool_.one_of(results_);
  }

 private:
  void pick(std::size_t at, GuardId guard, bool dropped) {
    const std::size_t end = (row_.flags & kFirst) != 0 ? 1 : operands_.size();
    while (at < end && !pool_.is(operands_[at], ValueKind::OneOf)) ++at;
    if (at >= end) {
      const ValueId result = apply(pool_, row_, operands_);
      if (is_where(pool_, result) && exclude_themselves(pool_, pool_.operands(result).subspan(1))) {
        left_out_ = result;
        return;
      }
      results_.push_back({dropped ? pool_.with_uncertainty(result, kConditional) : result, guard});
      return;
    }
    const ValueId choice = operands_[at];
    for (std::size_t i = 0; i < pool_.operands(choice).size(); ++i) {
      const GuardId inner = pool_.guards(choice)[i];
      const std::optional<GuardId> both = pool_.both(guard, inner);
      if (!both) continue;
      operands_[at] = pool_.operands(choice)[i];
      const bool lost = pool_.always(*both) && !(pool_.always(guard) && pool_.always(inner));
      pick(at + 1, *both, dropped || lost);
    }
    operands_[at] = choice;
  }

  ValuePool& pool_;
  const Row& row_;
  std::vector<ValueId> operands_;
  std::vector<Alternative> results_;
  ValueId left_out_ = {};  // met nowhere: its tests exclude each other
};

// 1 when no operand is a OneOf.
std::size_t combinations(const ValuePool& pool, const Row& row, Operands operands) {
  if ((row.flags & kWhole) != 0) return 1;
  std::size_t count = 1;
  const std::size_t end = (row.flags & kFirst) != 0 ? 1 : operands.size();
  for (std::size_t i = 0; i < end && count <= kComparedPairs; ++i)
    if (pool.is(operands[i], ValueKind::OneOf)) count *= pool.operands(operands[i]).size();
  return count;
}

// Yes of some alternatives and no of others, and nothing says which of them it is: of two questions
// about one value, that one is so says nothing of the other.
bool is_undecided(const ValuePool& pool, ValueId answers) {
  return pool.is(answers, ValueKind::OneOf) &&
         std::ranges::all_of(pool.operands(answers),
                             [&](ValueId one) { return pool.is(one, ValueKind::Bool); }) &&
         std::ranges::all_of(pool.guards(answers),
                             [&](GuardId guard) { return pool.always(guard); });
}

}  // namespace

namespace {

ValueId computed_by(ValuePool& pool, Opcode opcode, std::span<const ValueId> operands) {
  std::vector<ValueId> complete;  // made where it is needed: most calls give all that they ask for
  if (!std::ranges::all_of(operands, &ValueId::exists)) {
    for (const ValueId id : operands) complete.push_back(id.exists() ? id : pool.absent());
    operands = complete;
  }
  const Row& row = row_of(opcode);
  if (row.function == nullptr || operands.size() < row.fewest)
    return pool.computed(opcode, operands);
  ValueId list = {};
  if (opcode == Opcode::Element) {
    list = without_empty(pool, operands[0]);
    operands = std::span(&list, 1);
  }
  const std::size_t count = combinations(pool, row, operands);
  if (count == 1) return apply(pool, row, operands);
  if (const ValueId test = test_by_conditions(pool, row, operands); test.exists()) return test;
  if (count > kComparedPairs) return pool.with_uncertainty(pool.computed(opcode, operands), kCut);
  const ValueId result = Distribution(pool, row, operands).run();
  if (row.gives != Gives::Test) return result;
  if (is_undecided(pool, result)) return pool.computed(opcode, operands);
  // What told the ways apart does not tell the answers apart.
  const bool had_ways = std::ranges::any_of(operands, [&](ValueId one) {
    return pool.is(one, ValueKind::OneOf) && pool.conditioned(one);
  });
  return had_ways && pool.is(result, ValueKind::OneOf) ? pool.with_uncertainty(result, kUngated)
                                                       : result;
}

}  // namespace

// What tests are asked for over and over is remembered.
ValueId compute(ValuePool& pool, Opcode opcode, std::span<const ValueId> operands) {
  const bool is_not = opcode == Opcode::Not;
  if ((!is_not && opcode != Opcode::Truthy) || operands.size() != 1 || !operands[0].exists())
    return computed_by(pool, opcode, operands);
  const ValuePool::AskedBy by = is_not ? ValuePool::AskedBy::Not : ValuePool::AskedBy::Truthy;
  const ValueId known = pool.found_asked(operands[0], by);
  if (known.exists()) return known;
  const ValueId made = computed_by(pool, opcode, operands);
  pool.keep_asked(operands[0], by, made);
  return made;
}

ValueId compute(ValuePool& pool, std::string_view name, std::span<const ValueId> operands) {
  const Opcode opcode = opcode_of(name);
  if (opcode != Opcode::None) return compute(pool, opcode, operands);
  std::vector<ValueId> complete(operands.begin(), operands.end());
  for (ValueId& id : complete)
    if (!id.exists()) id = pool.absent();
  return pool.computed(name, complete);
}

bool is_test(Opcode opcode) { return gives(opcode) == Gives::Test; }
bool is_test(std::string_view name) { return is_test(opcode_of(name)); }
bool is_test(const ValuePool& pool, ValueId value) { return is_test(pool.opcode(value)); }

Gives gives(Opcode opcode) { return row_of(opcode).gives; }

}  // namespace fnlint
