#include "values/compute.h"

#include "core/text.h"
#include "values/answers.h"
#include "values/functions.h"
#include "values/number_text.h"
#include "values/where.h"

#include <tsl/robin_map.h>

#include <algorithm>

namespace fnlint {
namespace {

using FunctionOfValues = ValueId (*)(ValuePool&, Operands);

enum RowFlags : std::uint8_t {
  kPicks = 1,  // gives a part of its operand: the evidence of the other parts is not its own
  kWhole = 2,  // takes a OneOf as it is
  kFirst = 4,  // distributes over its first operand alone
};
struct Row {
  std::string_view name = {};
  FunctionOfValues function = nullptr;
  std::uint8_t fewest = 1;  // operands; with fewer it stays as it is
  Gives gives = Gives::Any;
  std::uint8_t flags = 0;
};

// Functions that are only kept (hash, base64, json_encode) have a row for what they give.
ValueId keep(ValuePool&, Operands) { return {}; }

// Sorted by name.
constexpr std::array kFunctions{
    Row{"add", compute_add, 2},
    Row{"all_of", compute_all, 1, Gives::Test, kWhole},
    Row{"and", compute_and, 1, Gives::Test},
    Row{"any_of", compute_any, 1, Gives::Test, kWhole},
    Row{"base64", keep, 1, Gives::Text},
    Row{"base64_decode", compute_same, 1},
    Row{"basename", compute_basename, 1, Gives::Text},
    Row{"bit_and", compute_bit_and, 2, Gives::Number},
    Row{"bit_or", compute_bit_or, 2, Gives::Number},
    Row{"bit_xor", compute_bit_xor, 2, Gives::Number},
    Row{kChosen, compute_chosen, 3, Gives::Test, kWhole},
    Row{"collected", compute_collected, 1, Gives::Any, kPicks},
    Row{"concat", compute_concat, 0, Gives::Text, kWhole},
    Row{"contains", compute_contains, 2, Gives::Test},
    Row{"copied", compute_copied, 1, Gives::Any, kPicks},
    Row{"count", compute_count, 2, Gives::Number},
    Row{"cut", compute_cut, 2},
    Row{"cut_prefix", compute_cut_prefix, 2},
    Row{"cut_suffix", compute_cut_suffix, 2},
    Row{"dirname", compute_dirname, 1, Gives::Text},
    Row{"divide", compute_divide, 2, Gives::Number},
    Row{"element", compute_element, 1, Gives::Any, kPicks},
    Row{"ends_with", compute_ends_with, 2, Gives::Test},
    Row{"entered", compute_entered, 1, Gives::Any, kPicks},
    Row{"entries", compute_entries, 1, Gives::Any, kPicks},
    Row{"enumerate", compute_enumerate, 1, Gives::Any, kPicks},
    Row{"equal", compute_equal, 2, Gives::Test},
    Row{"extension", compute_extension, 1, Gives::Text},
    Row{"filtered", compute_filtered, 2, Gives::Any, kPicks | kFirst},
    Row{"first", compute_first, 1, Gives::Any, kPicks},
    Row{"floor_divide", compute_floor_divide, 2, Gives::Number},
    Row{"format", compute_format, 1, Gives::Text, kFirst},
    Row{"from_entries", compute_from_entries, 1, Gives::Any, kPicks},
    Row{"get", compute_get, 2, Gives::Any, kPicks | kFirst},
    Row{"has", compute_has, 2, Gives::Test, kPicks},
    Row{"has_items", compute_has_items, 1, Gives::Test, kPicks},
    Row{"hash", keep, 1, Gives::Text},
    Row{"held_or", compute_held_or, 2, Gives::Any, kPicks | kWhole},
    Row{"in", compute_in, 2, Gives::Test},
    Row{"index", compute_index, 2, Gives::Any, kPicks},
    Row{"index_of", compute_index_of, 2, Gives::Number},
    Row{"is_empty", compute_is_empty, 1, Gives::Test},
    Row{"is_not_empty", compute_is_not_empty, 1, Gives::Test},
    Row{"is_null", compute_is_null, 1, Gives::Test},
    Row{"is_present", compute_is_present, 1, Gives::Test},
    Row{"join", compute_join, 2, Gives::Text},
    Row{"json_decode", compute_json_decode, 1},
    Row{"json_encode", keep, 1, Gives::Text, kWhole},
    Row{"keys", compute_keys, 1, Gives::Any, kPicks},
    Row{"last", compute_last, 1, Gives::Any, kPicks},
    Row{"last_index_of", compute_last_index_of, 2, Gives::Number},
    Row{"length", compute_length, 1, Gives::Number, kPicks},
    Row{"less", compute_less, 2, Gives::Test},
    Row{"less_equal", compute_less_equal, 2, Gives::Test},
    Row{"lower", compute_lower, 1, Gives::Text},
    Row{"lstrip", compute_lstrip, 1, Gives::Text},
    Row{"map", compute_map, 2, Gives::Any, kPicks | kWhole},
    Row{"matches", compute_matches, 2, Gives::Test},
    Row{"matches_start", compute_matches_start, 2, Gives::Test},
    Row{"matches_whole", compute_matches_whole, 2, Gives::Test},
    Row{"member", compute_member, 2, Gives::Any, kPicks},
    Row{"merge", compute_merge, 1, Gives::Any, kPicks},
    Row{"modulo", compute_modulo, 2, Gives::Number},
    Row{"multiply", compute_multiply, 2, Gives::Number},
    Row{"none_of", compute_none, 1, Gives::Test, kWhole},
    Row{"not", compute_not, 1, Gives::Test},
    Row{"not_equal", compute_not_equal, 2, Gives::Test},
    Row{"or", compute_or, 1, Gives::Test},
    Row{"or_default", compute_or_default, 2, Gives::Any, kPicks | kFirst},
    Row{"part", compute_part, 1, Gives::Any, kPicks},
    Row{"part_of_length", compute_part_of_length, 2, Gives::Any, kPicks},
    Row{"partition", compute_partition, 2},
    Row{"path_join", compute_path_join, 1, Gives::Text},
    Row{"path_normal_join", compute_path_normal_join, 1, Gives::Text},
    Row{"path_parse", compute_path_parse, 1},
    Row{"path_starts_with", compute_path_starts_with, 2, Gives::Test},
    Row{"power", compute_power, 2, Gives::Number},
    Row{"printf", compute_printf, 1, Gives::Text, kFirst},
    Row{"regex_replace", compute_regex_replace, 3, Gives::Text},
    Row{"repeat", compute_repeat, 2, Gives::Text},
    Row{"replace", compute_replace, 3, Gives::Text},
    Row{"rpartition", compute_rpartition, 2},
    Row{"rsplit", compute_rsplit, 2},
    Row{"rstrip", compute_rstrip, 1, Gives::Text},
    Row{"seconds", compute_seconds, 5, Gives::Number},
    Row{"shift_left", compute_shift_left, 2, Gives::Number},
    Row{"shift_right", compute_shift_right, 2, Gives::Number},
    Row{"split", compute_split, 2},
    Row{"split_extension", compute_split_extension, 1},
    Row{"split_n", compute_split_n, 3},
    Row{"split_path", compute_split_path, 1},
    Row{"starts_with", compute_starts_with, 2, Gives::Test},
    Row{"stem", compute_stem, 1, Gives::Text},
    Row{"strip", compute_strip, 1, Gives::Text},
    Row{"strip_prefix", compute_strip_prefix, 2, Gives::Text},
    Row{"strip_suffix", compute_strip_suffix, 2, Gives::Text},
    Row{"subtract", compute_subtract, 2, Gives::Number},
    Row{"to_text", compute_to_text, 1, Gives::Text},
    Row{"trim", compute_strip, 1, Gives::Text},
    Row{"truthy", compute_truthy, 1, Gives::Test},
    Row{"type_is", compute_type_is, 2, Gives::Test},
    Row{"unzip", compute_same, 1},
    Row{"upper", compute_upper, 1, Gives::Text},
    Row{"url_decode", compute_url_decode, 1, Gives::Text},
    Row{"url_encode", compute_url_encode, 1, Gives::Text},
    Row{"values", compute_values, 1, Gives::Any, kPicks},
    Row{"where", compute_where, 2, Gives::Any, kPicks | kWhole},
    Row{"with_entry", compute_with_entry, 3, Gives::Any, kPicks | kFirst},
    Row{"with_extension", compute_with_extension, 2, Gives::Text},
    Row{"without_extension", compute_without_extension, 1, Gives::Text},
    Row{"zip", compute_zip, 1, Gives::Any, kPicks},
};
static_assert(std::ranges::is_sorted(kFunctions, {}, &Row::name));

// Names of functions are few, and asked for with each value that is computed.
struct NameHash {
  std::size_t operator()(std::string_view name) const {
    if (name.empty()) return 0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    return ((at(0) * 31U + at(name.size() / 2)) * 31U + at(name.size() - 1)) * 31U + name.size();
  }
};

const Row* find_row(std::string_view name) {
  using Rows = tsl::robin_map<std::string_view, const Row*, NameHash>;
  static const Rows kRows = [] {
    Rows rows;
    for (const Row& row : kFunctions) rows.emplace(row.name, &row);
    return rows;
  }();
  const auto found = kRows.find(name);
  return found == kRows.end() ? nullptr : found->second;
}

// The function over what is met under conditions; no id: nothing among the operands is.
ValueId apply_under_conditions(ValuePool& pool, const Row& row, Operands operands) {
  const auto is_met = [&](ValueId operand) { return is_where(pool, operand); };
  if (row.name == kWhere || std::ranges::none_of(operands, is_met)) return {};
  std::vector<ValueId> values(operands.begin(), operands.end()), tests;
  for (ValueId& value : values) {
    if (!is_where(pool, value)) continue;
    const auto parts = pool.operands(value);
    tests.insert(tests.end(), parts.begin() + 1, parts.end());
    value = parts[0];
  }
  const ValueId result = compute(pool, row.name, values);
  return row.gives == Gives::Test ? result : where(pool, result, tests);
}

ValueId apply(ValuePool& pool, const Row& row, Operands operands) {
  if (const ValueId met = apply_under_conditions(pool, row, operands); met.exists()) return met;
  const ValueId result = row.function(pool, operands);
  if (!result.exists()) return pool.computed(row.name, operands);
  if ((row.flags & kPicks) != 0) return result;
  std::uint8_t evidence = 0;
  for (const ValueId id : operands) evidence |= pool[id].evidence;
  return pool.with_evidence(result, evidence);
}

bool has_test(const ValuePool& pool, std::string_view name, const Conditioned& way,
              const Conditioned& but_in = {}) {
  return std::ranges::any_of(way.tests, [&](ValueId test) {
    return pool.is(test, ValueKind::Computed) && pool.text(test) == name &&
           std::ranges::find(but_in.tests, test) == but_in.tests.end();
  });
}

// By a test and its opposite, or by a failure of what has succeeded on the other way.
bool exclude_each_other(ValuePool& pool, const Conditioned& a, const Conditioned& b) {
  const auto fails_in = [&](const Conditioned& one, const Conditioned& other) {
    return has_test(pool, "failed", one, other) && has_test(pool, "succeeded", other, one);
  };
  return fails_in(a, b) || fails_in(b, a) || std::ranges::any_of(a.tests, [&](ValueId test) {
           return std::ranges::find(b.tests, call(pool, "not", {test})) != b.tests.end();
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
    if (answers[i] == Answer::Yes && has_test(pool, "failed", ways[i])) said = Answer::No;
  }
  std::vector<ValueId> either;
  for (std::size_t i = 0; i < ways.size(); ++i)
    if (answers[i] == said) either.push_back(compute(pool, "and", ways[i].tests));
  if (either.empty() || either.size() == ways.size()) return {};
  const ValueId test = compute(pool, "or", either);
  return said == Answer::Yes ? test : call(pool, "not", {test});
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
    const ValueId opposite = call(pool, "not", {test});
    std::vector<std::size_t> here, there;
    for (const std::size_t way : left) {
      if (has(way, test)) here.push_back(way);
      if (has(way, opposite)) there.push_back(way);
    }
    if (here.empty() || there.empty() || here.size() + there.size() != left.size()) continue;
    const ValueId yes = decided(pool, tests, asked, here, is_any);
    const ValueId no = decided(pool, tests, asked, there, is_any);
    return yes.exists() && no.exists() ? call(pool, kChosen, {test, yes, no}) : ValueId{};
  }
  if (!is_any) return {};
  std::vector<ValueId> either;  // no such test: one of them is taken, and answers
  for (const std::size_t way : left) {
    std::vector<ValueId> all = tests[way];
    all.push_back(asked[way]);
    either.push_back(compute(pool, "and", all));
  }
  return compute(pool, "or", either);
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
    asked.push_back(compute(pool, row.name, with));
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
    met[i].tests.push_back(otherwise == Answer::No ? asked[i] : call(pool, "not", {asked[i]}));
    either.push_back(compute(pool, "and", met[i].tests));
  }
  if (either.empty()) return {};
  const ValueId is_otherwise = compute(pool, "or", either);
  return otherwise == Answer::No ? is_otherwise : call(pool, "not", {is_otherwise});
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
      results_.push_back({dropped ? pool_.with_evidence(result, kConditional) : result, guard});
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

ValueId computed_by(ValuePool& pool, std::string_view name, std::span<const ValueId> operands) {
  std::vector<ValueId> complete;  // made where it is needed: most calls give all that they ask for
  if (!std::ranges::all_of(operands, &ValueId::exists)) {
    for (const ValueId id : operands) complete.push_back(id.exists() ? id : pool.absent());
    operands = complete;
  }
  const Row* row = find_row(name);
  if (row == nullptr || operands.size() < row->fewest) return pool.computed(name, operands);
  ValueId list = {};
  if (name == "element") {
    list = without_empty(pool, operands[0]);
    operands = std::span(&list, 1);
  }
  const std::size_t count = combinations(pool, *row, operands);
  if (count == 1) return apply(pool, *row, operands);
  if (const ValueId test = test_by_conditions(pool, *row, operands); test.exists()) return test;
  if (count > kComparedPairs) return pool.with_evidence(pool.computed(name, operands), kCut);
  const ValueId result = Distribution(pool, *row, operands).run();
  if (row->gives != Gives::Test) return result;
  if (is_undecided(pool, result)) return pool.computed(name, operands);
  // What told the ways apart does not tell the answers apart.
  const bool had_ways = std::ranges::any_of(operands, [&](ValueId one) {
    return pool.is(one, ValueKind::OneOf) && pool.conditioned(one);
  });
  return had_ways && pool.is(result, ValueKind::OneOf) ? pool.with_evidence(result, kUngated)
                                                       : result;
}

}  // namespace

// What tests are asked for over and over is remembered.
ValueId compute(ValuePool& pool, std::string_view name, std::span<const ValueId> operands) {
  const bool is_not = name == "not";
  if ((!is_not && name != "truthy") || operands.size() != 1 || !operands[0].exists())
    return computed_by(pool, name, operands);
  const ValuePool::AskedBy by = is_not ? ValuePool::AskedBy::Not : ValuePool::AskedBy::Truthy;
  const ValueId known = pool.found_asked(operands[0], by);
  if (known.exists()) return known;
  const ValueId made = computed_by(pool, name, operands);
  pool.keep_asked(operands[0], by, made);
  return made;
}

bool is_test(std::string_view name) { return gives(name) == Gives::Test; }

Gives gives(std::string_view name) {
  const Row* row = find_row(name);
  return row == nullptr ? Gives::Any : row->gives;
}

std::optional<std::int64_t> as_integer(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  if (row.kind == ValueKind::Number) return integer_of(pool[row.text]);
  if (row.kind == ValueKind::Text) return integer_of(pool[row.text]);
  return std::nullopt;
}

std::string_view literal_beginning(const ValuePool& pool, ValueId value) {
  if (value.exists() && pool.is(value, ValueKind::Pattern) && !pool.operands(value).empty())
    value = pool.operands(value).front();
  return value.exists() && pool.is(value, ValueKind::Text) ? pool.text(value) : std::string_view();
}

bool begins_with(const ValuePool& pool, ValueId value, std::string_view beginning) {
  const std::string text = lower(trim(literal_beginning(pool, value)));
  return text.starts_with(lower(beginning));
}

std::optional<std::string_view> as_text(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  const bool literal =
      row.kind == ValueKind::Text || row.kind == ValueKind::Number || row.kind == ValueKind::Bool;
  return literal ? std::optional(pool[row.text]) : std::nullopt;
}

}  // namespace fnlint
