// The path condition as a set of facts: adds a test with what follows from it, notices
// contradictions, and answers further tests.

#include "flow/state/facts.h"

#include "flow/state/term_facts.h"
#include "values/answers.h"
#include "values/failures.h"
#include "values/good_answer.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace fnlint {

void add_fact(FactSet& facts, Fact fact) {
  const auto at = std::lower_bound(facts.begin(), facts.end(), fact);
  if (at != facts.end() && *at == fact) return;
  if (facts.size() < kFacts - 1) {
    facts.insert(at, fact);
    return;
  }
  const Fact further{ValuePool::kFurtherTests, true};
  if (facts.front() != further) facts.insert(facts.begin(), further);
}

void add_facts(FactSet& facts, const FactSet& more) {
  if (facts.empty())
    facts = more;
  else
    for (const Fact& fact : more) add_fact(facts, fact);
}

namespace {

// What a test asks of that is one of several values; no id: nothing is.
ValueId asked_choice(const ValuePool& pool, ValueId test) {
  if (!pool.is(test, ValueKind::Computed)) return {};
  const auto operands = pool.operands(test);
  const auto choice =
      std::ranges::find_if(operands, [&](ValueId one) { return pool.is(one, ValueKind::OneOf); });
  return choice == operands.end() ? ValueId{} : *choice;
}

// Whether a test of the choice can come out so where that is this one of its values.
bool allows(ValuePool& pool, const Fact& fact, ValueId choice, ValueId one) {
  std::vector<ValueId> operands(pool.operands(fact.test).begin(), pool.operands(fact.test).end());
  std::ranges::replace(operands, choice, one);
  const Answer answer = truth(pool, compute(pool, std::string(pool.text(fact.test)), operands));
  return answer != answer_of(!fact.holds);
}

// `if (a === "x") ... else if (a === "y")`, where `a` is one of the two: behind both there is none.
bool leaves_none(ValuePool& pool, const FactSet& facts, const Fact& added) {
  const ValueId choice = asked_choice(pool, added.test);
  if (!choice.exists()) return false;
  FactSet all{added};
  for (const Fact& fact : facts)
    if (asked_choice(pool, fact.test) == choice) all.push_back(fact);
  if (all.size() == 1) return false;  // one question that leaves none has its answer
  const std::vector<ValueId> values(pool.operands(choice).begin(), pool.operands(choice).end());
  return std::ranges::none_of(values, [&](ValueId one) {
    return std::ranges::all_of(all,
                               [&](const Fact& fact) { return allows(pool, fact, choice, one); });
  });
}

// What a test asks whether it is true, where that is one of several values; no id: it asks another.
ValueId choice_asked(const ValuePool& pool, ValueId test) {
  if (pool.opcode(test) == Opcode::Truthy) test = pool.operands(test)[0];
  return pool.is(test, ValueKind::OneOf) ? test : ValueId{};
}

bool is_scalar_literal(const ValuePool& pool, ValueId value) {
  const ValueKind kind = pool[value].kind;
  return kind == ValueKind::Text || kind == ValueKind::Number || kind == ValueKind::Bool ||
         kind == ValueKind::Null;
}

// Whether one of two tests asks of something that the other asks of, too.
bool share_operand(const ValuePool& pool, ValueId a, ValueId b) {
  const auto asked = pool.operands(b);
  const auto is_asked = [&](ValueId one) {
    return one == b || std::ranges::find(asked, one) != asked.end();
  };
  return is_asked(a) || std::ranges::any_of(pool.operands(a), [&](ValueId one) {
           return is_asked(one) && !is_scalar_literal(pool, one);
         });
}

// Whether a part of a disjunction, a conjunction or a choice may be decided by what a test says.
bool may_touch(const ValuePool& pool, ValueId several, ValueId test) {
  if ((pool.asks(several) & pool.asks(test)) == 0) return false;
  if (!pool.is(several, ValueKind::OneOf) && !is_connective(pool.opcode(several)))
    return share_operand(pool, several, test);
  return test == several || std::ranges::any_of(pool.operands(several), [&](ValueId part) {
           return may_touch(pool, part, test);
         });
}

// A disjunction that holds, or a conjunction that fails.
bool is_either(const ValuePool& pool, const Fact& fact) {
  return pool.opcode(fact.test) == (fact.holds ? Opcode::Or : Opcode::And);
}

// Whether one of the values that a fact asks for can be met under its own tests, and comes out so;
// of a disjunction that holds (a conjunction that fails), one of its parts.
// `added`: the test of the newest fact.
bool can_be_met(ValuePool& pool, FactAnswers& answers, const Fact& fact, ValueId added) {
  const bool is_disjunction = is_either(pool, fact);
  const ValueId choice = is_disjunction ? ValueId{} : choice_asked(pool, fact.test);
  if (!is_disjunction && !choice.exists()) return true;
  if (!may_touch(pool, fact.test, added)) return true;
  if (is_disjunction) {
    const std::vector<ValueId> parts(pool.operands(fact.test).begin(),
                                     pool.operands(fact.test).end());
    return std::ranges::any_of(
        parts, [&](ValueId part) { return answers.to(part) != answer_of(!fact.holds); });
  }
  const std::vector<ValueId> ways(pool.operands(choice).begin(), pool.operands(choice).end());
  return std::ranges::any_of(ways, [&](ValueId way) {
    const Conditioned one = taken_apart(pool, way);
    FactSet there = answers.facts();
    for (const ValueId test : one.tests) {
      if (answer_by(pool, there, test) == Answer::No) return false;
      add_fact(there, {test, true});
    }
    return answer_by(pool, there, one.value) != answer_of(!fact.holds);
  });
}

// Of a conjunction that fails (a disjunction that holds) the one part that is not known to hold (to
// fail) decides it; no id: there are several.
ValueId deciding_part(ValuePool& pool, const FactSet& facts, ValueId test, bool holds) {
  FactAnswers answers(pool, facts);
  ValueId open;
  const std::vector<ValueId> parts(pool.operands(test).begin(), pool.operands(test).end());
  for (const ValueId part : parts) {
    if (answers.to(part) == answer_of(!holds)) continue;
    if (open.exists()) return {};
    open = part;
  }
  return open;
}

}  // namespace

namespace {

// What a test says by its parts, without asking what else is known.
void add_parts(const ValuePool& pool, FactSet& facts, ValueId test, bool holds) {
  const Opcode opcode = pool.opcode(test);
  if (opcode == Opcode::Not) return add_parts(pool, facts, pool.operands(test)[0], !holds);
  if (opcode != (holds ? Opcode::And : Opcode::Or)) return add_fact(facts, {test, holds});
  for (const ValueId part : pool.operands(test)) add_parts(pool, facts, part, holds);
}

// Of a choice that has an answer which one of its ways alone can give: that way, and what gives it
// there. Nothing: either may.
struct WayOfAnswer {
  bool is_first = false;
  ValueId answer = {};
};
std::optional<WayOfAnswer> way_of_answer(ValuePool& pool, const FactSet& facts, ValueId choice,
                                         bool holds) {
  const std::array<ValueId, 3> parts{pool.operands(choice)[0], pool.operands(choice)[1],
                                     pool.operands(choice)[2]};
  const Answer way = answer_by(pool, facts, parts[0]);
  for (const bool first : {true, false}) {
    const ValueId here = parts[first ? 1 : 2], there = parts[first ? 2 : 1];
    const Answer other = answer_by(pool, facts, there);
    const bool is_other_out = other != Answer::Unknown && (other == Answer::Yes) != holds;
    if (is_other_out || way == answer_of(first)) return WayOfAnswer{first, here};
  }
  return std::nullopt;
}

}  // namespace

bool assume(ValuePool& pool, FactSet& facts, ValueId test, bool holds) {
  if (!test.exists()) return true;
  test = as_condition(pool, test);
  if (is_filled(pool, test)) test = compute(pool, Opcode::Truthy, std::span(&test, 1));
  const Answer known = truth(pool, test);
  if (known != Answer::Unknown) return (known == Answer::Yes) == holds;
  const Opcode opcode = pool.opcode(test);
  if (opcode == Opcode::NotEqual) {  // is nothing, or is something: one test
    const std::array<ValueId, 2> operands{pool.operands(test)[0], pool.operands(test)[1]};
    for (const ValueId side : operands)
      if (pool[side].kind == ValueKind::Null)
        return assume(pool, facts, compute(pool, Opcode::Equal, operands), !holds);
  }
  if (opcode == Opcode::Not) return assume(pool, facts, pool.operands(test)[0], !holds);
  if ((opcode == Opcode::And && holds) || (opcode == Opcode::Or && !holds)) {
    const std::vector<ValueId> parts(pool.operands(test).begin(), pool.operands(test).end());
    for (const ValueId part : parts)
      if (!assume(pool, facts, part, holds)) return false;
    return true;
  }
  if (opcode == Opcode::And || opcode == Opcode::Or)
    if (const ValueId part = deciding_part(pool, facts, test, holds); part.exists())
      return assume(pool, facts, part, holds);
  if (opcode == Opcode::Chosen)
    if (const auto way = way_of_answer(pool, facts, test, holds))
      return assume(pool, facts, pool.operands(test)[0], way->is_first) &&
             assume(pool, facts, way->answer, holds);
  if (answer_by(pool, facts, test) == answer_of(!holds) || leaves_none(pool, facts, {test, holds}))
    return false;
  add_fact(facts, {test, holds});
  FactAnswers answers(pool, facts);
  return std::ranges::all_of(
      facts, [&](const Fact& fact) { return can_be_met(pool, answers, fact, test); });
}

bool is_conditioned(const ValuePool& pool, const Step& step) {
  return std::ranges::any_of(std::array{step.subject, step.key, step.value, step.arguments},
                             [&](ValueId part) { return part.exists() && pool.conditioned(part); });
}

bool take_conditions(ValuePool& pool, Step& step, Ways ways) {
  const bool happens =
      step.kind != StepKind::Read && step.kind != StepKind::Find && step.kind != StepKind::Return;
  FactAnswers answers(pool, step.holds);
  const auto hold = [&](std::span<const ValueId> tests) { return answers.to_all(tests); };
  for (ValueId* part : {&step.subject, &step.key, &step.value, &step.arguments}) {
    if (!part->exists() || !pool.conditioned(*part)) continue;
    *part = simplified_under(pool, *part, hold);
    const std::vector<ValueId> tests = conditions_of(pool, *part);
    if (ways == Ways::Closed || !is_path_dependent(pool, *part))
      *part = without_conditions(pool, *part);
    if (!happens) continue;
    for (const ValueId test : tests)
      if (!assume(pool, step.holds, test, true)) return false;
    if (!tests.empty()) answers.forget();  // more is known now
  }
  return true;
}

Answer FactAnswers::to(ValueId test) {
  const Answer known = truth(pool_, test);
  if (known != Answer::Unknown) return known;
  if (const ValueId* const told = told_.find(test); told != nullptr)
    return static_cast<Answer>(told->index);
  const Answer answer = found(test);
  told_.add(test, ValueId{static_cast<std::uint32_t>(answer)});
  return answer;
}

// What a fact says of just this test.
Answer FactAnswers::said(ValueId test) const {
  for (const bool holds : {true, false})
    if (std::binary_search(facts_.begin(), facts_.end(), Fact{test, holds}))
      return answer_of(holds);
  return Answer::Unknown;
}

Answer FactAnswers::found(ValueId test) {
  if (const Answer one = said(test); one != Answer::Unknown) return one;
  if (!pool_.is(test, ValueKind::Computed) && !pool_.is(test, ValueKind::Hole))
    return Answer::Unknown;
  if (pool_.opcode(test) == Opcode::Truthy) return to(pool_.operands(test)[0]);
  const ValueId asked = compute(pool_, Opcode::Truthy, std::span(&test, 1));
  if (const Answer one = said(asked); one != Answer::Unknown) return one;
  if (!pool_.is(test, ValueKind::Computed)) return Answer::Unknown;
  const Opcode opcode = pool_.opcode(test);
  const Answer whole = by_parts(test);
  if (whole != Answer::Unknown || opcode == Opcode::Not || opcode == Opcode::And ||
      opcode == Opcode::Or)
    return whole;
  const Answer other = said(compute(pool_, Opcode::Not, std::span(&test, 1)));
  return other == Answer::Unknown ? answer_of_term(pool_, facts_, test) : opposite(other);
}

Answer FactAnswers::by_parts(ValueId test) {
  const Opcode opcode = pool_.opcode(test);
  const std::vector<ValueId> parts(pool_.operands(test).begin(), pool_.operands(test).end());
  if (opcode == Opcode::Not) return opposite(to(parts[0]));
  if (opcode == Opcode::And || opcode == Opcode::Or) {
    Answer whole = answer_of(opcode == Opcode::And);
    for (const ValueId part : parts)
      whole = opcode == Opcode::And ? both_of(whole, to(part)) : either_of(whole, to(part));
    return whole;
  }
  if (opcode != Opcode::Chosen) return Answer::Unknown;
  const Answer way = to(parts[0]);
  if (way != Answer::Unknown) return to(parts[way == Answer::Yes ? 1 : 2]);
  const Answer one = to(parts[1]);
  return one == to(parts[2]) ? one : Answer::Unknown;
}

Answer FactAnswers::to_all(std::span<const ValueId> tests) {
  Answer all = Answer::Yes;
  std::size_t open = 0;
  for (const ValueId test : tests) {
    const Answer one = to(test);
    if (one == Answer::No) return one;
    open += one == Answer::Unknown ? 1 : 0;
    all = both_of(all, one);
  }
  if (open < 2) return all;
  FactSet here;  // each may hold, and not all of them
  for (const Fact& fact : facts_) {
    const auto touched = [&](ValueId test) { return may_touch(pool_, fact.test, test); };
    if (!is_either(pool_, fact) || std::ranges::none_of(tests, touched)) continue;
    if (here.empty()) {
      here = facts_;
      for (const ValueId test : tests) add_parts(pool_, here, test, true);
    }
    FactAnswers answers(pool_, here);
    if (!can_be_met(pool_, answers, fact, fact.test)) return Answer::No;
  }
  return all;
}

Answer answer_by(ValuePool& pool, const FactSet& facts, ValueId test) {
  const Answer known = truth(pool, test);
  return known != Answer::Unknown || facts.empty() ? known : FactAnswers(pool, facts).to(test);
}

namespace {

bool refutes(ValuePool& pool, const FactSet& facts, const FactSet& others) {
  return std::ranges::any_of(others, [&](const Fact& other) {
    return answer_by(pool, facts, other.test) == (other.holds ? Answer::No : Answer::Yes);
  });
}

}  // namespace

bool contradict(ValuePool& pool, const FactSet& a, const FactSet& b) {
  return refutes(pool, a, b) || refutes(pool, b, a);
}

FactSet common(const FactSet& a, const FactSet& b) {
  FactSet both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

bool is_asked(const ValuePool& pool, ValueId test) { return pool.opcode(test) == Opcode::Asked; }

bool is_returned(const ValuePool& pool, ValueId test) {
  return pool.opcode(test) == Opcode::Returned;
}

Fact variable_found(ValuePool& pool, ValueId variable) {
  return {pool.computed(Opcode::Returned, std::span(&variable, 1)), true};
}

ValueId variable_read(const ValuePool& pool, ValueId test) {
  if (!is_returned(pool, test) || pool.operands(test).size() != 1) return {};
  return pool.operands(test)[0];
}

ValueId guarded_by_facts(ValuePool& pool, ValueId value, const FactSet& facts) {
  std::vector<ValueId> tests;
  for (const Fact& fact : facts) {
    if (is_asked(pool, fact.test) || is_returned(pool, fact.test)) continue;
    if (pool.is(fact.test, ValueKind::OneOf)) return value;
    tests.push_back(as_literal(pool, fact));
  }
  return tests.size() + conditions_of(pool, value).size() > kConditions ? value
                                                                        : where(pool, value, tests);
}

namespace {

bool says(const ValuePool& pool, const FactSet& facts, Opcode test) {
  return std::ranges::any_of(
      facts, [&](const Fact& fact) { return fact.holds && pool.opcode(fact.test) == test; });
}

}  // namespace

bool fails_where(const ValuePool& pool, const FactSet& facts) {
  return says(pool, facts, Opcode::Failed);
}

bool is_done_where(const ValuePool& pool, const FactSet& facts) {
  return says(pool, facts, Opcode::Succeeded) || says(pool, facts, Opcode::Inserted);
}

ValueId all_of(ValuePool& pool, const FactSet& facts) {
  std::vector<ValueId> tests;
  for (const Fact& fact : facts) tests.push_back(as_literal(pool, fact));
  if (tests.empty()) return pool.boolean(true);
  return tests.size() == 1 ? tests[0] : compute(pool, Opcode::And, tests);
}

namespace {

// Of facts of which one leaves several ways open, what each of them says.
Answer answer_by_ways(ValuePool& pool, const FactSet& facts, ValueId test, int depth) {
  const Answer known = answer_by(pool, facts, test);
  constexpr int kDepth = 3;
  const auto splits =
      std::ranges::find_if(facts, [&](const Fact& fact) { return is_either(pool, fact); });
  if (known != Answer::Unknown || depth == kDepth || splits == facts.end()) return known;
  const std::vector<ValueId> ways(pool.operands(splits->test).begin(),
                                  pool.operands(splits->test).end());
  FactSet rest = facts;
  std::erase(rest, *splits);
  for (const ValueId way : ways) {
    FactSet here = rest;
    if (!assume(pool, here, way, splits->holds)) continue;
    if (answer_by_ways(pool, here, test, depth + 1) != Answer::Yes) return Answer::Unknown;
  }
  return Answer::Yes;
}

}  // namespace

ValueId implies(ValuePool& pool, const FactSet& facts, ValueId test) {
  FactSet asked;
  std::ranges::copy_if(facts, std::back_inserter(asked), [&](const Fact& fact) {
    return !is_asked(pool, fact.test) && !is_returned(pool, fact.test);
  });
  const std::array<ValueId, 2> operands{all_of(pool, asked), test};
  return pool.computed(Opcode::Implies, operands);
}

Answer answer_of_implied(ValuePool& pool, ValueId implied) {
  const std::vector<ValueId> parts(pool.operands(implied).begin(), pool.operands(implied).end());
  if (pool.opcode(implied) == Opcode::Or) {
    Answer any = Answer::No;
    for (const ValueId part : parts) any = either_of(any, answer_of_implied(pool, part));
    return any;
  }
  if (pool.opcode(implied) != Opcode::Implies) return truth(pool, implied);
  FactSet facts;
  return assume(pool, facts, parts[0], true) ? answer_by_ways(pool, facts, parts[1], 0)
                                             : Answer::Yes;
}

namespace {

// What a test asks about: everything in it that no literal is.
std::set<ValueId> asked_by(const ValuePool& pool, ValueId test) {
  std::set<ValueId> asked;
  for_each_below(pool, test, [&](ValueId one) {
    if (pool.is(one, ValueKind::Hole) || pool.is(one, ValueKind::Object)) asked.insert(one);
  });
  return asked;
}

// What a call that nobody knows answers may be the same question; not where another way is left,
// and not whether it failed.
bool rests_on_unknown(ValuePool& pool, ValueId facts) {
  const auto is_it = [&](ValueId part) { return rests_on_unknown(pool, part); };
  const std::vector<ValueId> parts(pool.operands(facts).begin(), pool.operands(facts).end());
  if (pool.opcode(facts) == Opcode::Or) return std::ranges::all_of(parts, is_it);
  if (pool.opcode(facts) == Opcode::And) return std::ranges::any_of(parts, is_it);
  if (is_returned(pool, facts) || pool.readable(facts)) return false;
  const ValueId opposite = compute(pool, Opcode::Not, std::span(&facts, 1));
  return !is_success(pool, {facts, true}) && !is_success(pool, {opposite, true});
}

// Whether the facts hold for that alone that the test, or a part without which it does not hold,
// does not.
bool hold_where_it_fails(ValuePool& pool, ValueId facts, ValueId test) {
  if (pool.opcode(test) == Opcode::And) {
    const std::vector<ValueId> parts(pool.operands(test).begin(), pool.operands(test).end());
    return std::ranges::any_of(
        parts, [&](ValueId part) { return hold_where_it_fails(pool, facts, part); });
  }
  FactSet fails;
  return assume(pool, fails, test, false) && answer_by(pool, fails, facts) == Answer::Yes;
}

}  // namespace

bool may_be_implied(ValuePool& pool, ValueId implied) {
  if (!pool.is(implied, ValueKind::Computed)) return pool.is(implied, ValueKind::Unknown);
  const std::vector<ValueId> parts(pool.operands(implied).begin(), pool.operands(implied).end());
  if (pool.opcode(implied) == Opcode::Or)
    return std::ranges::any_of(parts, [&](ValueId part) { return may_be_implied(pool, part); });
  if (pool.opcode(implied) != Opcode::Implies) return false;
  if (hold_where_it_fails(pool, parts[0], parts[1])) return false;
  const std::set<ValueId> facts = asked_by(pool, parts[0]), test = asked_by(pool, parts[1]);
  bool is_open = rests_on_unknown(pool, parts[0]) || (pool[parts[0]].uncertainty & kUngated) != 0;
  for_each_below(pool, parts[0],
                 [&](ValueId one) { is_open = is_open || pool.is(one, ValueKind::OneOf); });
  return is_open || std::ranges::any_of(test, [&](ValueId one) { return facts.contains(one); });
}

bool is_bound_of_loop(const ValuePool& pool, ValueId test) {
  const auto operands = pool.operands(test);
  if (pool[test].kind == ValueKind::OneOf)
    return std::all_of(operands.begin(), operands.end(),
                       [&](ValueId one) { return is_bound_of_loop(pool, one); });
  const Opcode opcode = pool.opcode(test);
  if ((opcode != Opcode::Less && opcode != Opcode::LessEqual) || operands.size() != 2) return false;
  const ValueId count = operands[1];
  if (pool.opcode(count) != Opcode::Length) return false;
  const ValueId counted = pool.operands(count)[0];
  return pool[counted].kind == ValueKind::Hole && pool[counted].origin == Origin::Event;
}

bool is_readable(const ValuePool& pool, ValueId test) {
  if (is_bound_of_loop(pool, test)) return true;
  if (pool.opcode(test) == Opcode::Guarded) return true;
  return pool.readable(test) && (pool[test].uncertainty & kUngated) == 0;
}

bool is_success(const ValuePool& pool, Fact fact) {
  if (is_good_answer(pool, fact) || is_failure(pool, {fact.test, !fact.holds})) return true;
  const Opcode opcode = pool.opcode(fact.test);
  if (fact.holds && opcode == Opcode::Inserted) return true;
  if (!fact.holds || opcode != Opcode::Equal) return false;
  bool is_error = false, is_nil = false;
  for (const ValueId side : pool.operands(fact.test)) {
    const Value& value = pool[side];
    is_nil = is_nil || value.kind == ValueKind::Null;
    is_error = is_error || (value.kind == ValueKind::Hole && value.origin == Origin::CallResult &&
                            pool.text(side) == "error");
  }
  return is_error && is_nil;
}

}  // namespace fnlint
