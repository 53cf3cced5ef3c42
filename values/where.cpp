// Conditioned values: attaches tests to values, distributes them over choices, drops what can never
// be met, and takes them off again.

#include "values/where.h"

#include "values/answers.h"
#include "values/functions.h"
#include "values/value_memo.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>

namespace fnlint {
namespace {

void add_test(std::vector<ValueId>& tests, ValueId test) {
  if (tests.size() < kConditions && std::ranges::find(tests, test) == tests.end())
    tests.push_back(test);
}

// Asked of a whole list, or of another of its elements: the conditions of those that are known say
// nothing of it.
bool asks_of_list(Opcode opcode) {
  constexpr std::array kAsking{Opcode::Element, Opcode::First, Opcode::HasItems, Opcode::In,
                               Opcode::Index,   Opcode::Last,  Opcode::Length,   Opcode::Filtered};
  return std::ranges::find(kAsking, opcode) != kAsking.end();
}

// The tests that hold wherever a value is met. Values share parts: each is asked once.
class Conditions {
 public:
  explicit Conditions(const ValuePool& pool) : pool_(pool) {}
  const std::vector<ValueId>& of(ValueId value) {
    static const std::vector<ValueId> kNone;
    if (!pool_.conditioned(value)) return kNone;
    if (const auto known = known_.find(value.index); known != known_.end()) return known->second;
    return known_.emplace(value.index, found(value)).first->second;
  }

 private:
  std::vector<ValueId> found(ValueId value);
  std::vector<ValueId> common(ValueId value);

  const ValuePool& pool_;
  std::unordered_map<std::uint32_t, std::vector<ValueId>> known_;
};

// Of alternatives, and of several elements, what all of them have.
std::vector<ValueId> Conditions::common(ValueId value) {
  const auto all = pool_.operands(value);
  std::vector<ValueId> tests = of(all.front());
  for (const ValueId one : all.subspan(1)) {
    if (tests.empty()) break;
    const std::vector<ValueId>& here = of(one);
    std::erase_if(tests, [&](ValueId test) { return std::ranges::find(here, test) == here.end(); });
  }
  return tests;
}

std::vector<ValueId> Conditions::found(ValueId value) {
  const ValueKind kind = pool_[value].kind;
  if (kind == ValueKind::OneOf || kind == ValueKind::List) return common(value);
  const Opcode opcode = pool_.opcode(value);
  if (opcode == Opcode::Any || asks_of_list(opcode)) return {};  // Any: of some of many
  const auto operands = pool_.operands(value);
  const bool conditional = is_where(pool_, value);
  std::vector<ValueId> tests;
  for (const ValueId one : conditional ? operands.first(1) : operands)
    for (const ValueId test : of(one)) add_test(tests, test);
  if (conditional)
    for (const ValueId test : operands.subspan(1)) add_test(tests, test);
  return tests;
}

bool is_path_dependent(const ValuePool& pool, ValueId value, ValueMemo& without) {
  if (!pool.conditioned(value) || without.find(value) != nullptr) return false;
  if (pool.is(value, ValueKind::OneOf)) return true;
  for (const ValueId below : pool.operands(value))
    if (is_path_dependent(pool, below, without)) return true;
  without.add(value, value);
  return false;
}

}  // namespace

ValueId as_literal(ValuePool& pool, const Fact& fact) {
  return fact.holds ? fact.test : call(pool, Opcode::Not, {fact.test});
}

bool is_where(const ValuePool& pool, ValueId value) {
  return pool.conditioned(value) && pool.opcode(value) == Opcode::Where;
}

ValueId bare(const ValuePool& pool, ValueId value) {
  return value.exists() && is_where(pool, value) ? pool.operands(value)[0] : value;
}

ValueId where(ValuePool& pool, ValueId value, std::span<const ValueId> tests) {
  if (tests.empty()) return value;
  std::vector<ValueId> operands{value};
  operands.insert(operands.end(), tests.begin(), tests.end());
  return compute(pool, Opcode::Where, operands);
}

ValueId filtered(ValuePool& pool, ValueId list, ValueId test) {
  return call(pool, Opcode::Filtered, {list, test});
}

bool exclude_themselves(ValuePool& pool, std::span<const ValueId> tests) {
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const ValueId opposite = call(pool, Opcode::Not, {tests[i]});
    for (std::size_t j = 0; j < i; ++j)
      if (tests[j] == opposite) return true;
  }
  return false;
}

namespace {

struct Way {
  ValueId bare = {};
  std::vector<ValueId> tests = {};
  GuardId guard = {};
};

// Nothing is one of several of which no test says which it is: beside conditions it would stand for
// where these do not hold.
bool is_mixed(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::OneOf)) return false;
  std::size_t bare = 0;
  bool nothing = false;
  for (const ValueId way : pool.operands(value)) {
    if (is_where(pool, way)) continue;
    ++bare;
    nothing = nothing || tells_nothing(pool, way);
  }
  return nothing && bare > 1;
}

// False: a way has no room for its tests.
bool add_ways(ValuePool& pool, ValueId value, ValueId test, std::vector<Way>& ways) {
  const bool several = pool.is(value, ValueKind::OneOf);
  const std::vector<ValueId> all =
      several ? std::vector<ValueId>(pool.operands(value).begin(), pool.operands(value).end())
              : std::vector{value};
  for (std::size_t i = 0; i < all.size(); ++i) {
    Way way{.bare = all[i], .tests = {}, .guard = several ? pool.guards(value)[i] : GuardId{}};
    if (is_where(pool, all[i])) {
      way.bare = pool.operands(all[i])[0];
      way.tests.assign(pool.operands(all[i]).begin() + 1, pool.operands(all[i]).end());
    }
    if (std::ranges::find(way.tests, test) == way.tests.end()) way.tests.push_back(test);
    if (exclude_themselves(pool, way.tests)) continue;
    if (way.tests.size() > kConditions) return false;
    ways.push_back(std::move(way));
  }
  return true;
}

// The same on two ways that one test alone tells apart: the test says nothing.
bool unite_two(ValuePool& pool, std::vector<Way>& ways) {
  for (std::size_t i = 0; i < ways.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      if (ways[i].bare != ways[j].bare || ways[i].tests.size() != ways[j].tests.size() ||
          ways[i].guard != ways[j].guard)
        continue;
      std::vector<ValueId> own, others = ways[j].tests;
      for (const ValueId test : ways[i].tests)
        if (std::erase(others, test) == 0) own.push_back(test);
      const bool is_bare = ways[i].tests.size() == 1;  // beside others it would stand for the rest
      if (own.size() != 1 || others.size() != 1 ||
          (is_bare && ways.size() > 2 && tells_nothing(pool, ways[i].bare)) ||
          call(pool, Opcode::Not, {own[0]}) != others[0])
        continue;
      std::erase(ways[j].tests, others[0]);
      ways.erase(ways.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
  return false;
}

}  // namespace

ValueId choose(ValuePool& pool, ValueId test, ValueId yes, ValueId no) {
  if (yes == no) return yes;
  const ValueId asked = as_condition(pool, test);
  const Answer known = truth(pool, asked);
  if (known != Answer::Unknown) return known == Answer::Yes ? yes : no;
  if (is_yes_or_no(pool, yes) && is_yes_or_no(pool, no))
    return call(pool, Opcode::Chosen, {asked, yes, no});
  const ValueId here = call(pool, Opcode::Truthy, {asked}),
                there = call(pool, Opcode::Not, {asked});
  if (is_mixed(pool, yes) || is_mixed(pool, no))
    return pool.with_uncertainty(pool.join(yes, no), kUngated);
  std::vector<Way> ways;
  if (add_ways(pool, yes, here, ways) && add_ways(pool, no, there, ways)) {
    while (unite_two(pool, ways)) {
    }
    if (ways.size() <= kAlternatives) {
      std::vector<Alternative> met;
      for (const Way& way : ways) met.push_back({where(pool, way.bare, way.tests), way.guard});
      return pool.one_of(met);
    }
  }
  return pool.with_uncertainty(
      pool.join(without_conditions(pool, yes), without_conditions(pool, no)), kUngated);
}

namespace {

// Each of several, but nothing: beside what is met under tests it stands for where these do not
// hold, and stays so. What cannot be met at all is left out, unless nothing else is there.
ValueId each_where(ValuePool& pool, ValueId choice, Operands tests) {
  std::vector<Alternative> ways;
  ValueId never;
  const std::vector<ValueId> all(pool.operands(choice).begin(), pool.operands(choice).end());
  const bool has_rest = pool.conditioned(choice);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (has_rest && !is_where(pool, all[i]) && tells_nothing(pool, all[i])) {
      ways.push_back({all[i], pool.guards(choice)[i]});
      continue;
    }
    const ValueId met = where(pool, all[i], tests);
    if (is_where(pool, met) && exclude_themselves(pool, pool.operands(met).subspan(1)))
      never = met;
    else
      ways.push_back({met, pool.guards(choice)[i]});
  }
  return ways.empty() && never.exists() ? never : pool.one_of(ways);
}

}  // namespace

// What is always so is no condition; what is nothing is nothing.
ValueId compute_where(ValuePool& pool, Operands operands) {
  ValueId value = operands[0];
  if (pool.is(value, ValueKind::OneOf)) {
    const std::vector<ValueId> given(operands.begin() + 1, operands.end());
    return each_where(pool, value, given);
  }
  if (pool.is(value, ValueKind::Absent) || pool.is(value, ValueKind::Null)) return value;
  if (pool.is(value, ValueKind::Task)) {
    const ValueId given = pool.operands(value)[0];
    return pool.task(where(pool, given, operands.subspan(1)));
  }
  std::vector<ValueId> tests;
  if (is_where(pool, value)) {
    for (const ValueId test : pool.operands(value).subspan(1)) add_test(tests, test);
    value = pool.operands(value)[0];
  }
  for (const ValueId test : operands.subspan(1))
    if (truth(pool, test) != Answer::Yes) add_test(tests, without_conditions(pool, test));
  if (tests.empty()) return value;
  tests.insert(tests.begin(), value);
  return pool.computed(Opcode::Where, tests);
}

Conditioned taken_apart(ValuePool& pool, ValueId value) {
  Conditioned parts{.value = without_conditions(pool, value)};
  if (parts.value != value) parts.tests = Conditions(pool).of(value);
  return parts;
}

std::vector<ValueId> conditions_of(const ValuePool& pool, ValueId value) {
  return Conditions(pool).of(value);
}

bool is_path_dependent(const ValuePool& pool, ValueId value) {
  if (!pool.conditioned(value)) return false;
  ValueMemo without;
  return is_path_dependent(pool, value, without);
}

ValueId without_conditions(ValuePool& pool, ValueId value) {
  if (!value.exists() || !pool.conditioned(value)) return value;
  if (const ValueId known = pool.found_bare(value); known.exists()) return known;
  const Substitution bare{
      .leaf = [](ValueId) { return ValueId{}; },
      .recompute =
          [&](std::string_view name, std::span<const ValueId> operands) {
            return opcode_of(name) == Opcode::Where ? operands[0] : compute(pool, name, operands);
          },
      .concerns = &ValuePool::conditioned};
  const ValueId made = Substituter(pool, bare)(value);
  pool.keep_bare(value, made);
  return made;
}

ValueId with_conditions(ValuePool& pool, ValueId value,
                        const std::function<bool(ValueId test)>& stays) {
  if (!value.exists() || !pool.conditioned(value)) return value;
  const auto where_they_hold = [&](std::span<const ValueId> operands) {
    std::vector<ValueId> tests;
    std::ranges::copy_if(operands.subspan(1), std::back_inserter(tests), stays);
    return tests.empty() ? operands[0] : where(pool, operands[0], tests);
  };
  const Substitution some{.leaf = [](ValueId) { return ValueId{}; },
                          .recompute =
                              [&](std::string_view name, std::span<const ValueId> operands) {
                                return opcode_of(name) == Opcode::Where
                                           ? where_they_hold(operands)
                                           : compute(pool, name, operands);
                              },
                          .concerns = &ValuePool::conditioned};
  return Substituter(pool, some)(value);
}

namespace {

// Whether a way is taken: with all its tests. The rest is taken where no other way is.
Answer is_taken(ValuePool& pool, ValueId choice, ValueId way, Conditions& conditions,
                const Hold& hold) {
  std::vector<ValueId> tests = conditions.of(way);
  if (!tests.empty()) return hold(tests);
  if (!tells_nothing(pool, way)) return Answer::Unknown;
  const std::vector<ValueId> ways(pool.operands(choice).begin(), pool.operands(choice).end());
  for (const ValueId other : ways) {
    const std::vector<ValueId> others = conditions.of(other);
    if (other != way && others.empty()) return Answer::Unknown;
    if (other == way) continue;
    const ValueId all = others.size() == 1 ? others[0] : compute(pool, Opcode::And, others);
    tests.push_back(call(pool, Opcode::Not, {all}));
  }
  return tests.empty() || hold(tests) != Answer::No ? Answer::Unknown : Answer::No;
}

// Where one way is surely taken, no other is.
ValueId left_of(ValuePool& pool, ValueId choice, Conditions& conditions, const Hold& hold) {
  std::vector<Alternative> possible, taken;
  for (std::size_t i = 0; i < pool.operands(choice).size(); ++i) {
    const ValueId way = pool.operands(choice)[i];
    const Answer answer = is_taken(pool, choice, way, conditions, hold);
    const Alternative one{way, pool.guards(choice)[i]};
    if (answer == Answer::Yes) taken.push_back(one);
    if (answer != Answer::No) possible.push_back(one);
  }
  if (!taken.empty()) return pool.one_of(taken);
  return possible.empty() ? choice : pool.one_of(possible);
}

}  // namespace

ValueId simplified_under(ValuePool& pool, ValueId value, const Hold& hold) {
  if (!is_path_dependent(pool, value)) return value;
  Conditions conditions(pool);
  const Substitution substitution{
      .leaf = [](ValueId) { return ValueId{}; },
      .recompute = {},
      .left = [&](ValueId choice) { return left_of(pool, choice, conditions, hold); },
      .concerns = &ValuePool::conditioned};
  return Substituter(pool, substitution)(value);
}

ValueId or_nothing(ValuePool& pool, ValueId found, Answer there) {
  const bool may_lack =
      there != Answer::Yes && truth(pool, without_conditions(pool, found)) == Answer::Yes;
  return may_lack ? pool.join(found, pool.absent()) : found;
}

bool tells_nothing(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Null:
    case ValueKind::Absent: return true;
    case ValueKind::Bool: return pool.text(value) == "false";
    case ValueKind::Text: return pool.text(value).empty();
    case ValueKind::List:
      if (row.ref == 1) return false;
      if (pool.operands(value).size() > 1 && pool.is(pool.operands(value).back(), ValueKind::Bool))
        return tells_nothing(pool, pool.operands(value).back());
      return pool.operands(value).size() != 1 &&
             std::ranges::all_of(pool.operands(value),
                                 [&](ValueId one) { return tells_nothing(pool, one); });
    default: return false;
  }
}

ValueId as_condition(ValuePool& pool, ValueId value) {
  if (!value.exists() || !pool.conditioned(value)) return value;
  if (pool.is(value, ValueKind::OneOf)) value = call(pool, Opcode::Truthy, {value});
  const ValueId bare = without_conditions(pool, value);
  return bare != value && is_path_dependent(pool, value) ? pool.with_uncertainty(bare, kUngated)
                                                         : bare;
}

}  // namespace fnlint
