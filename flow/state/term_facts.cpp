// Narrows one value by all comparisons known of it (equality, membership, bounds), and decides a
// new comparison by what is left.

#include "flow/state/term_facts.h"

#include "values/answers.h"

#include <algorithm>
#include <optional>

namespace fnlint {
namespace {

bool is_literal(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Text:
    case ValueKind::Number:
    case ValueKind::Bool:
    case ValueKind::Null: return true;
    case ValueKind::Record:
    case ValueKind::List:
      return pool[value].ref == 0 && std::ranges::all_of(pool.operands(value), [&](ValueId one) {
               return is_literal(pool, one);
             });
    default: return false;
  }
}

bool is_of_tests(Opcode opcode) {
  return opcode == Opcode::Not || opcode == Opcode::And || opcode == Opcode::Or ||
         opcode == Opcode::Chosen;
}

// What a test compares with: a literal, or a table whose keys are known, where it asks for a key.
bool is_known(const ValuePool& pool, Opcode opcode, ValueId value) {
  const bool asks_for_key = opcode == Opcode::In || opcode == Opcode::Has;
  return is_literal(pool, value) ||
         (asks_for_key && pool.is(value, ValueKind::Record) && pool[value].ref == 0);
}

// The one value that a test compares with what is known; no id: there is none, or several.
ValueId term_of(const ValuePool& pool, ValueId test) {
  const Opcode opcode = pool.opcode(test);
  if (!is_test(opcode) || is_of_tests(opcode) || pool.operands(test).size() != 2) return {};
  const ValueId a = pool.operands(test)[0], b = pool.operands(test)[1];
  const bool is_first = is_known(pool, opcode, b);
  if (is_first == is_known(pool, opcode, a)) return {};
  const ValueId term = is_first ? a : b;
  // One of several things, of which nothing says which: another one each time, perhaps.
  return pool.is(term, ValueKind::OneOf) || pool.is(term, ValueKind::Unknown) ? ValueId{} : term;
}

bool asks_truth(const ValuePool& pool, ValueId test, ValueId term) {
  return pool.opcode(test) == Opcode::Truthy && pool.operands(test)[0] == term;
}

// Whether a test asks what the value is, or whether it is true.
bool is_about(const ValuePool& pool, ValueId test, ValueId term) {
  const auto operands = pool.operands(test);
  if (std::ranges::find(operands, term) == operands.end()) return test == term;
  return test == term || asks_truth(pool, test, term) || term_of(pool, test) == term;
}

// What a value is, as far as facts tell.
class Term {
 public:
  Term(ValuePool& pool, std::span<const Fact> facts, ValueId term) : pool_(pool), term_(term) {
    for (const Fact& fact : facts)
      if (is_about(pool, fact.test, term)) add(fact);
  }

  Answer answer(ValueId test) {
    if (allowed_) return of_all(test);
    if (test == term_) return Answer::Unknown;
    const Opcode opcode = pool_.opcode(test);
    const ValueId literal = literal_of(test);
    if (opcode == Opcode::Equal || opcode == Opcode::NotEqual) {
      const bool is_out = is_excluded(literal) || is_out_of_bounds(literal);
      return is_out ? answer_of(opcode == Opcode::NotEqual) : Answer::Unknown;
    }
    if (const auto members = members_asked(test, literal))
      return std::ranges::all_of(*members, [&](ValueId one) { return is_excluded(one); })
                 ? Answer::No
                 : Answer::Unknown;
    return opcode == Opcode::Less || opcode == Opcode::LessEqual ? compared(test) : Answer::Unknown;
  }

 private:
  ValueId literal_of(ValueId test) const {
    const auto sides = pool_.operands(test);
    return sides[0] == term_ ? sides[1] : sides[0];
  }

  // `x in [...]`, `[...].includes(x)`, `x in {...}`; none: it asks something else.
  std::optional<std::vector<ValueId>> members_asked(ValueId test, ValueId literal) {
    const Opcode opcode = pool_.opcode(test);
    if (opcode != Opcode::In && opcode != Opcode::Contains && opcode != Opcode::Has)
      return std::nullopt;
    if (pool_.operands(test)[opcode == Opcode::In ? 1 : 0] != literal) return std::nullopt;
    if (pool_.is(literal, ValueKind::List))
      return std::vector<ValueId>(pool_.operands(literal).begin(), pool_.operands(literal).end());
    if (!pool_.is(literal, ValueKind::Record)) return std::nullopt;
    std::vector<ValueId> keys;
    const std::vector<StringId> names(pool_.names(literal).begin(), pool_.names(literal).end());
    for (const StringId key : names) keys.push_back(pool_.text_value(pool_[key]));
    return keys;
  }

  void add(const Fact& fact) {
    if (fact.test == term_ || asks_truth(pool_, fact.test, term_)) {
      is_true_ = fact.holds;
      return;
    }
    const Opcode opcode = pool_.opcode(fact.test);
    const ValueId literal = literal_of(fact.test);
    const auto sides = pool_.operands(fact.test);
    if (opcode == Opcode::Equal || opcode == Opcode::NotEqual)
      keep(std::span(&literal, 1), (opcode == Opcode::Equal) == fact.holds);
    else if (const auto members = members_asked(fact.test, literal))
      keep(*members, fact.holds);
    else if (opcode == Opcode::Less || opcode == Opcode::LessEqual)
      bound(literal, (sides[0] == term_) == fact.holds, (opcode == Opcode::Less) == fact.holds);
  }

  void keep(std::span<const ValueId> literals, bool is_one_of_them) {
    if (!is_one_of_them) {
      excluded_.insert(excluded_.end(), literals.begin(), literals.end());
      return;
    }
    if (!allowed_) {
      allowed_.emplace(literals.begin(), literals.end());
      return;
    }
    std::erase_if(*allowed_, [&](ValueId one) {
      return std::ranges::all_of(
          literals, [&](ValueId other) { return equal(pool_, one, other) == Answer::No; });
    });
  }

  // term < limit, term <= limit, and the other way round.
  void bound(ValueId literal, bool is_above, bool is_strict) {
    const std::optional<std::int64_t> number =
        pool_.is(literal, ValueKind::Number) ? as_integer(pool_, literal) : std::nullopt;
    if (!number) return;
    std::optional<Bound>& end = is_above ? most_ : least_;
    const bool is_closer = !end || (is_above ? *number < end->at : *number > end->at) ||
                           (*number == end->at && is_strict);
    if (is_closer) end = Bound{*number, is_strict};
  }

  bool is_excluded(ValueId literal) const {
    const Answer own = truth(pool_, literal);
    if (is_true_ && own == answer_of(!*is_true_)) return true;
    return std::ranges::find(excluded_, literal) != excluded_.end();
  }

  bool is_out_of_bounds(ValueId literal) const {
    const std::optional<std::int64_t> number =
        pool_.is(literal, ValueKind::Number) ? as_integer(pool_, literal) : std::nullopt;
    if (!number) return false;
    const auto is_beyond = [&](const Bound& end, std::int64_t distance) {
      return distance < 0 || (distance == 0 && end.is_strict);
    };
    return (most_ && is_beyond(*most_, most_->at - *number)) ||
           (least_ && is_beyond(*least_, *number - least_->at));
  }

  // `term < 3` and `3 < term`, by the ends that are known.
  Answer compared(ValueId test) const {
    const bool is_below = pool_.operands(test)[0] == term_;
    const bool is_strict = pool_.opcode(test) == Opcode::Less;
    const std::optional<std::int64_t> number = as_integer(pool_, literal_of(test));
    if (!number || !pool_.is(literal_of(test), ValueKind::Number)) return Answer::Unknown;
    // How far the end on the asked side lies within the limit, and the other one beyond it.
    const std::optional<Bound>& near = is_below ? most_ : least_;
    const std::optional<Bound>& far = is_below ? least_ : most_;
    const auto within = [&](const Bound& end) {
      return is_below ? *number - end.at : end.at - *number;
    };
    if (near && (within(*near) > 0 || (within(*near) == 0 && (near->is_strict || !is_strict))))
      return Answer::Yes;
    if (far && (within(*far) < 0 || (within(*far) == 0 && (far->is_strict || is_strict))))
      return Answer::No;
    return Answer::Unknown;
  }

  // The answer that each literal gives which the value may be.
  Answer of_all(ValueId test) {
    std::optional<Answer> all;
    const std::string name(pool_.text(test));
    std::vector<ValueId> sides(pool_.operands(test).begin(), pool_.operands(test).end());
    for (const ValueId one : *allowed_) {
      if (is_excluded(one) || is_out_of_bounds(one)) continue;
      std::vector<ValueId> with = sides;
      std::ranges::replace(with, term_, one);
      const Answer answer = truth(pool_, test == term_ ? one : compute(pool_, name, with));
      if (all && *all != answer) return Answer::Unknown;
      all = answer;
    }
    return all.value_or(Answer::Unknown);
  }

  struct Bound {
    std::int64_t at = 0;
    bool is_strict = false;
  };
  ValuePool& pool_;
  ValueId term_;
  std::optional<std::vector<ValueId>> allowed_;
  std::vector<ValueId> excluded_;
  std::optional<bool> is_true_;
  std::optional<Bound> least_, most_;
};

}  // namespace

Answer answer_of_term(ValuePool& pool, std::span<const Fact> facts, ValueId test) {
  ValueId term = term_of(pool, test);
  const bool is_value = pool.is(test, ValueKind::Hole) ||
                        (pool.is(test, ValueKind::Computed) && !is_test(pool, test));
  if (!term.exists() && is_value) term = test;
  if (!term.exists() || std::ranges::none_of(facts, [&](const Fact& fact) {
        return fact.test != test && is_about(pool, fact.test, term);
      }))
    return Answer::Unknown;
  return Term(pool, facts, term).answer(test);
}

}  // namespace fnlint
