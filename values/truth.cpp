// Evaluates tests: comparisons, text predicates, membership, null tests and connectives come to yes
// or no where the operands settle it, else they stay as normalised tests.

#include "core/text.h"
#include "values/alignment.h"
#include "values/answers.h"
#include "values/functions.h"
#include "values/lookups.h"
#include "values/number_text.h"
#include "values/summarised_lists.h"
#include "values/where.h"

namespace fnlint {
namespace {

// A test that is settled, or no id.
ValueId settled(ValuePool& pool, Answer answer) {
  return answer == Answer::Unknown ? ValueId{} : pool.boolean(answer == Answer::Yes);
}

// Two spellings of one test are one value: the literal stands second.
ValueId comparison(ValuePool& pool, std::string_view name, ValueId a, ValueId b, Answer answer) {
  if (answer != Answer::Unknown) return settled(pool, answer);
  const bool swap = as_text(pool, a) && !as_text(pool, b);
  const std::array operands{swap ? b : a, swap ? a : b};
  return pool.computed(name, operands);
}

// A text that spells a number stands for it beside one: what makes numbers of texts gives the text.
ValueId as_number_beside(ValuePool& pool, ValueId text, ValueId other) {
  if (!pool.is(text, ValueKind::Text) || !pool.is(other, ValueKind::Number)) return text;
  const std::optional<std::int64_t> number = as_integer(pool, text);
  return number ? pool.number(*number) : text;
}

Answer order(ValuePool& pool, ValueId a, ValueId b, bool or_equal) {
  a = as_number_beside(pool, a, b);
  b = as_number_beside(pool, b, a);
  const Linear x = linear_of(pool, a), y = linear_of(pool, b);
  const bool comparable = (!x.base.exists() && !y.base.exists()) ||
                          (x.base.exists() && y.base.exists() && same_part(pool, x.base, y.base));
  if (comparable && (x.offset != 0 || y.offset != 0 || !x.base.exists()))
    return answer_of(or_equal ? x.offset <= y.offset : x.offset < y.offset);
  if (pool.is(a, ValueKind::Number) && pool.is(b, ValueKind::Number)) {
    const auto left = double_of(pool.text(a)), right = double_of(pool.text(b));
    if (left && right) return answer_of(or_equal ? *left <= *right : *left < *right);
  }
  if (is_text(pool, a) && is_text(pool, b))
    return answer_of(or_equal ? pool.text(a) <= pool.text(b) : pool.text(a) < pool.text(b));
  return Answer::Unknown;
}

// The answer for any of several needles: a tuple that startswith takes.
template <class Ask>
Answer any_of(ValuePool& pool, ValueId needles, Ask ask) {
  Answer best = pool[needles].ref == 0 ? Answer::No : Answer::Unknown;
  for (const ValueId needle : pool.operands(needles)) {
    const Answer answer = ask(needle);
    if (answer == Answer::Yes) return answer;
    if (answer == Answer::Unknown) best = answer;
  }
  return best;
}

bool askable(const ValuePool& pool, ValueId text, ValueId needle) {
  const auto readable = [&](ValueId id) {
    if (is_text(pool, id)) return known_text(pool, id).has_value();
    return is_text_like(pool[id].kind) && !pool.is(id, ValueKind::Unknown);
  };
  return readable(text) && readable(needle);
}

Answer starts(ValuePool& pool, ValueId text, ValueId prefix) {
  if (pool.is(prefix, ValueKind::List))
    return any_of(pool, prefix, [&](ValueId one) { return starts(pool, text, one); });
  if (!askable(pool, text, prefix)) return Answer::Unknown;
  Alignment both(pool, text, prefix);
  if (!both.trim_start()) return Answer::No;
  if (both.b().empty()) return Answer::Yes;
  if (const std::optional<std::string> literal = literal_of(both.b()))
    return starts_with(pieces_of(pool, both.a()), *literal);
  return both.a().empty() && is_longer_than_nothing(pool, both.b()) ? Answer::No : Answer::Unknown;
}

Answer ends(ValuePool& pool, ValueId text, ValueId suffix) {
  if (pool.is(suffix, ValueKind::List))
    return any_of(pool, suffix, [&](ValueId one) { return ends(pool, text, one); });
  if (!askable(pool, text, suffix)) return Answer::Unknown;
  Alignment both(pool, text, suffix);
  if (!both.trim_end()) return Answer::No;
  if (both.b().empty()) return Answer::Yes;
  if (const std::optional<std::string> literal = literal_of(both.b()))
    return ends_with(pieces_of(pool, both.a()), *literal);
  return both.a().empty() && is_longer_than_nothing(pool, both.b()) ? Answer::No : Answer::Unknown;
}

// Do the needle's parts stand in the text one after another, from some part on?
bool holds_parts(ValuePool& pool, ValueId text, ValueId needle) {
  const auto parts = parts_of(pool, text);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ValueId rest = pool.concat(parts.subspan(i));
    if (starts(pool, rest, needle) == Answer::Yes) return true;
    if (!is_text(pool, parts[i])) continue;
    // The needle may begin with the end of a literal.
    const std::string_view literal = pool.text(parts[i]);
    const std::string_view first = pool.text(parts_of(pool, needle).front());
    if (!is_text(pool, parts_of(pool, needle).front()) || !literal.ends_with(first)) continue;
    std::vector<ValueId> tail{pool.text_value(first)};
    tail.insert(tail.end(), parts.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts.end());
    if (starts(pool, pool.concat(tail), needle) == Answer::Yes) return true;
  }
  return false;
}

Answer holds(ValuePool& pool, ValueId text, ValueId needle) {
  if (!askable(pool, text, needle)) return Answer::Unknown;
  if (is_text(pool, needle)) return contains(pieces_of(pool, text), pool.text(needle));
  return holds_parts(pool, text, needle) ? Answer::Yes : Answer::Unknown;
}

Answer is_in(ValuePool& pool, ValueId needle, ValueId container) {
  switch (pool[container].kind) {
    case ValueKind::List:
      return any_of(pool, container, [&](ValueId one) { return equal(pool, needle, one); });
    case ValueKind::Record: {
      const ValueId has = call(pool, Opcode::Has, {container, needle});
      return pool.is(has, ValueKind::Bool) ? answer_of(pool.text(has) == "true") : Answer::Unknown;
    }
    case ValueKind::Text:
    case ValueKind::Pattern: return holds(pool, container, needle);
    default: return Answer::Unknown;
  }
}

Answer nullness(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Absent:
    case ValueKind::Null: return Answer::Yes;
    case ValueKind::OneOf:
    case ValueKind::Unknown: return Answer::Unknown;
    case ValueKind::Hole: {
      const bool there = row.origin == Origin::Library || row.origin == Origin::Receiver ||
                         row.origin == Origin::Pseudo || row.origin == Origin::Fresh ||
                         row.origin == Origin::Clock;
      return there ? Answer::No : Answer::Unknown;
    }
    case ValueKind::Computed:  // a sum is a number, a text or a list
      return gives(pool.opcode(value)) == Gives::Any && pool.opcode(value) != Opcode::Add
                 ? Answer::Unknown
                 : Answer::No;
    case ValueKind::Object:  // what a library's call gave may be nothing
      return pool[row.text].ends_with(')') ? Answer::Unknown : Answer::No;
    default: return Answer::No;
  }
}

// Truthiness, as far as the languages agree on it: an empty list is false in Python alone.
Answer truthiness(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  const std::string_view text = pool[row.text];
  switch (row.kind) {
    case ValueKind::Absent:
    case ValueKind::Null: return Answer::No;
    case ValueKind::Bool: return answer_of(text == "true");
    case ValueKind::Number: return answer_of(text != "0");
    case ValueKind::Text: return answer_of(!text.empty());
    case ValueKind::Pattern:
      for (const ValueId part : pool.operands(value))
        if (is_text(pool, part)) return Answer::Yes;
      return Answer::Unknown;
    case ValueKind::List:  // nobody knows how many elements of the kind an open one has
      if (row.ref == 1) return Answer::Unknown;
      [[fallthrough]];
    case ValueKind::Record: return pool.operands(value).empty() ? Answer::Unknown : Answer::Yes;
    case ValueKind::Reference:
    case ValueKind::Function:
    case ValueKind::Task: return Answer::Yes;
    case ValueKind::Object:  // what a library's call gave may be nothing
      return text.ends_with(')') ? Answer::Unknown : Answer::Yes;
    case ValueKind::Hole:
      return row.origin == Origin::Library || row.origin == Origin::Pseudo ||
                     row.origin == Origin::Fresh
                 ? Answer::Yes
                 : Answer::Unknown;
    default: return Answer::Unknown;
  }
}

// A comparison of the length of a list that a loop has filled, where it asks whether there is an
// element. No id: it does not.
ValueId length_test(ValuePool& pool, std::string_view name, ValueId a, ValueId b) {
  const auto list_of = [&](ValueId value) {
    const bool is_length =
        pool.opcode(value) == Opcode::Length && is_filled(pool, pool.operands(value)[0]);
    return is_length ? pool.operands(value)[0] : ValueId{};
  };
  const bool is_left = list_of(a).exists();
  const ValueId list = is_left ? list_of(a) : list_of(b);
  const std::optional<std::int64_t> number = as_integer(pool, is_left ? b : a);
  if (!list.exists() || !number) return {};
  const ValueId has = has_elements(pool, list);
  if (!has.exists()) return {};
  const bool equals = name == "equal" || name == "not_equal";
  if (equals && *number != 0) return {};
  if (equals) return name == "equal" ? call(pool, Opcode::Not, {has}) : has;
  // The least length of which it holds, or (at the left) does not.
  const std::int64_t least = *number + (is_left == (name == "less_equal") ? 1 : 0);
  if (least > 1) return {};
  const ValueId reached = least == 1 ? has : pool.boolean(true);
  return is_left ? call(pool, Opcode::Not, {reached}) : reached;
}

// A test and its opposite are among the operands, or among those of an operand of the same kind:
// `(a or not b) or b`.
bool has_opposites(ValuePool& pool, std::string_view name, std::vector<ValueId> parts) {
  constexpr std::size_t kParts = 8;
  for (std::size_t i = 0; i < parts.size() && parts.size() <= kParts; ++i)
    if (pool.is(parts[i], ValueKind::Computed) && pool.text(parts[i]) == name) {
      const auto inner = pool.operands(parts[i]);
      parts.insert(parts.end(), inner.begin(), inner.end());
    }
  return parts.size() <= kParts && std::ranges::any_of(parts, [&](ValueId one) {
           return std::ranges::find(parts, call(pool, Opcode::Not, {one})) != parts.end();
         });
}

ValueId connect(ValuePool& pool, std::string_view name, Operands operands, Answer neutral) {
  std::vector<ValueId> open;
  for (const ValueId operand : operands) {
    const Answer answer = truth(pool, operand);
    if (answer == opposite(neutral)) return settled(pool, answer);
    if (answer == Answer::Unknown && std::ranges::find(open, operand) == open.end())
      open.push_back(operand);
  }
  if (open.empty()) return settled(pool, neutral);
  if (has_opposites(pool, name, open)) return settled(pool, opposite(neutral));
  if (open.size() == 1) return call(pool, Opcode::Truthy, {open[0]});
  return pool.computed(name, open);
}

// What a search gives is nothing where it finds nothing; no id: this is no search.
ValueId found_nothing(ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Computed)) return {};
  if (const ValueId found = test_of_lookup(pool, value); found.exists())
    return call(pool, Opcode::Not, {found});
  const Opcode opcode = pool.opcode(value);
  const bool searches =
      opcode == Opcode::Matches || opcode == Opcode::MatchesStart || opcode == Opcode::MatchesWhole;
  return searches || opcode == Opcode::StartsWith || opcode == Opcode::EndsWith ||
                 opcode == Opcode::Contains
             ? call(pool, Opcode::Not, {value})
             : ValueId{};
}

// A comparison of what a search gives with nothing.
ValueId search_test(ValuePool& pool, Operands operands) {
  for (const std::size_t i : {0U, 1U})
    if (is_nullish(pool, operands[i]))
      if (const ValueId nothing = found_nothing(pool, operands[1 - i]); nothing.exists())
        return nothing;
  return {};
}

Answer found(ValuePool& pool, ValueId test) {
  const Value& row = pool[test];
  if (row.kind == ValueKind::OneOf) {
    std::optional<Answer> all;
    for (const ValueId one : pool.operands(test)) {
      const Answer answer = truth(pool, one);
      if (answer == Answer::Unknown || (all && *all != answer)) return Answer::Unknown;
      all = answer;
    }
    return all.value_or(Answer::Unknown);
  }
  if (is_filled(pool, test)) {
    const ValueId has = has_elements(pool, test);
    return has.exists() ? truth(pool, has) : Answer::Unknown;
  }
  if (row.kind != ValueKind::Computed || !is_test(pool[row.text])) return truthiness(pool, test);
  const ValueId again = compute(pool, pool[row.text], pool.operands(test));
  if (pool.is(again, ValueKind::Computed)) return Answer::Unknown;
  return truth(pool, again);
}

}  // namespace

Answer truth(ValuePool& pool, ValueId test) {
  if (const std::optional<Answer> known = pool.found_truth(test)) return *known;
  const Answer answer = found(pool, test);
  pool.keep_truth(test, answer);
  return answer;
}

namespace {

// `test == true` is the test. No id: no test is compared with an answer.
ValueId test_compared(ValuePool& pool, Operands operands) {
  for (const std::size_t side : {0U, 1U})
    if (pool.is(operands[1 - side], ValueKind::Bool) && is_yes_or_no(pool, operands[side]))
      return pool.text(operands[1 - side]) == "true" ? call(pool, Opcode::Truthy, {operands[side]})
                                                     : call(pool, Opcode::Not, {operands[side]});
  return {};
}

}  // namespace

namespace {

// What is compared of `x or "a"` with something else that is there: x alone; no id: it is no such
// pair.
ValueId without_default(ValuePool& pool, ValueId value, ValueId other) {
  if (pool.opcode(value) != Opcode::OrDefault) return {};
  const ValueId given = pool.operands(value)[0], otherwise = pool.operands(value)[1];
  const bool is_given =
      truth(pool, other) == Answer::Yes && equal(pool, otherwise, other) == Answer::No;
  return is_given ? given : ValueId{};
}

}  // namespace

ValueId compute_equal(ValuePool& pool, Operands operands) {
  for (const std::size_t side : {0U, 1U})
    if (const ValueId given = without_default(pool, operands[side], operands[1 - side]);
        given.exists())
      return call(pool, Opcode::Equal, {given, operands[1 - side]});
  if (const ValueId test = test_compared(pool, operands); test.exists()) return test;
  for (const std::size_t side : {0U, 1U})
    if (const ValueId test = equality_of_lookup(pool, operands[side], operands[1 - side]);
        test.exists())
      return test;
  if (const ValueId test = position_test(pool, "equal", operands[0], operands[1]); test.exists())
    return test;
  if (const ValueId nothing = search_test(pool, operands); nothing.exists()) return nothing;
  if (const ValueId test = length_test(pool, "equal", operands[0], operands[1]); test.exists())
    return test;
  const Answer answer = equal(pool, operands[0], operands[1]);
  return comparison(pool, "equal", operands[0], operands[1], answer);
}
ValueId compute_not_equal(ValuePool& pool, Operands operands) {
  for (const std::size_t side : {0U, 1U})
    if (const ValueId given = without_default(pool, operands[side], operands[1 - side]);
        given.exists())
      return call(pool, Opcode::NotEqual, {given, operands[1 - side]});
  if (const ValueId test = test_compared(pool, operands); test.exists())
    return call(pool, Opcode::Not, {test});
  for (const std::size_t side : {0U, 1U})
    if (const ValueId test = equality_of_lookup(pool, operands[side], operands[1 - side]);
        test.exists())
      return call(pool, Opcode::Not, {test});
  if (const ValueId test = position_test(pool, "not_equal", operands[0], operands[1]);
      test.exists())
    return test;
  if (const ValueId nothing = search_test(pool, operands); nothing.exists())
    return call(pool, Opcode::Not, {nothing});
  if (const ValueId test = length_test(pool, "not_equal", operands[0], operands[1]); test.exists())
    return test;
  const Answer answer = opposite(equal(pool, operands[0], operands[1]));
  return comparison(pool, "not_equal", operands[0], operands[1], answer);
}
ValueId compute_less(ValuePool& pool, Operands operands) {
  if (const ValueId test = position_test(pool, "less", operands[0], operands[1]); test.exists())
    return test;
  if (const ValueId test = length_test(pool, "less", operands[0], operands[1]); test.exists())
    return test;
  return settled(pool, order(pool, operands[0], operands[1], false));
}
ValueId compute_less_equal(ValuePool& pool, Operands operands) {
  if (const ValueId test = position_test(pool, "less_equal", operands[0], operands[1]);
      test.exists())
    return test;
  if (const ValueId test = length_test(pool, "less_equal", operands[0], operands[1]); test.exists())
    return test;
  return settled(pool, order(pool, operands[0], operands[1], true));
}

ValueId compute_not(ValuePool& pool, Operands operands) {
  const ValueId test = operands[0];
  if (const Answer answer = truth(pool, test); answer != Answer::Unknown)
    return settled(pool, opposite(answer));
  if (is_filled(pool, test)) {
    const ValueId has = has_elements(pool, test);
    return has.exists() ? call(pool, Opcode::Not, {has}) : has;
  }
  if (!pool.is(test, ValueKind::Computed)) return {};
  if (const ValueId found = test_of_lookup(pool, test); found.exists())
    return call(pool, Opcode::Not, {found});
  const auto inner = pool.operands(test);
  const Opcode opcode = pool.opcode(test);
  if (opcode == Opcode::Not) return call(pool, Opcode::Truthy, {inner[0]});
  if (opcode == Opcode::Truthy) return call(pool, Opcode::Not, {inner[0]});
  if (opcode == Opcode::Chosen) {
    const ValueId asked = inner[0], yes = call(pool, Opcode::Not, {inner[1]});
    return call(pool, Opcode::Chosen, {asked, yes, call(pool, Opcode::Not, {inner[2]})});
  }
  if (opcode == Opcode::Equal) return call(pool, Opcode::NotEqual, {inner[0], inner[1]});
  if (opcode == Opcode::NotEqual) return call(pool, Opcode::Equal, {inner[0], inner[1]});
  if (opcode == Opcode::Less) return call(pool, Opcode::LessEqual, {inner[1], inner[0]});
  if (opcode == Opcode::LessEqual) return call(pool, Opcode::Less, {inner[1], inner[0]});
  return {};
}

// Of a conjunction (disjunction) the operands that decide nothing fall away.
ValueId compute_and(ValuePool& pool, Operands operands) {
  return connect(pool, "and", operands, Answer::Yes);
}
ValueId compute_or(ValuePool& pool, Operands operands) {
  return connect(pool, "or", operands, Answer::No);
}

namespace {

// What is left of tests where another one is known to hold, or not to.
class WhereAnswered {
 public:
  WhereAnswered(ValuePool& pool, ValueId asked, ValueId opposite, bool holds)
      : pool_(pool), asked_(asked), opposite_(opposite), holds_(holds) {}

  ValueId of(ValueId test, int depth = 0) {
    constexpr int kDeepest = 4;
    if (test == asked_) return pool_.boolean(holds_);
    if (test == opposite_) return pool_.boolean(!holds_);
    const Opcode opcode = pool_.opcode(test);
    const bool is_of_tests = is_connective(opcode) || opcode == Opcode::Chosen;
    if (depth == kDeepest || !is_of_tests || opcode == Opcode::Where) return test;
    std::vector<ValueId> parts(pool_.operands(test).begin(), pool_.operands(test).end());
    const std::vector<ValueId> before = parts;
    for (ValueId& part : parts) part = of(part, depth + 1);
    return parts == before ? test : compute(pool_, opcode, parts);
  }

 private:
  ValuePool& pool_;
  ValueId asked_, opposite_;
  bool holds_;
};

}  // namespace

// `t ? x : y` of tests, as one of its own: a counter's bound on one way is no bound of both.
ValueId compute_chosen(ValuePool& pool, Operands operands) {
  const ValueId test = operands[0];
  if (const Answer known = truth(pool, test); known != Answer::Unknown)
    return call(pool, Opcode::Truthy, {operands[known == Answer::Yes ? 1 : 2]});
  if (operands[1] == test) return call(pool, Opcode::Or, {test, operands[2]});
  if (operands[2] == test) return call(pool, Opcode::And, {test, operands[1]});
  const ValueId other = call(pool, Opcode::Not, {test});
  const ValueId yes = WhereAnswered(pool, test, other, true).of(operands[1]);
  const ValueId no = WhereAnswered(pool, test, other, false).of(operands[2]);
  if (yes == no) return call(pool, Opcode::Truthy, {yes});
  const Answer here = truth(pool, yes), there = truth(pool, no);
  if (here == Answer::Unknown || there == Answer::Unknown)
    return yes == operands[1] && no == operands[2] ? ValueId{}
                                                   : call(pool, Opcode::Chosen, {test, yes, no});
  if (here == there) return settled(pool, here);
  return call(pool, here == Answer::Yes ? Opcode::Truthy : Opcode::Not, {test});
}

// Of a list that has one element alone; no id: it may have none, or several.
ValueId only_element(const ValuePool& pool, ValueId list) {
  const bool has_one = pool.is(list, ValueKind::List) && pool[list].ref == 0 &&
                       pool.operands(list).size() == 1 && !is_summarised(pool, list);
  return has_one ? pool.operands(list)[0] : ValueId{};
}

ValueId compute_in(ValuePool& pool, Operands operands) {
  if (const ValueId only = only_element(pool, operands[1]); only.exists())
    return call(pool, Opcode::Equal, {operands[0], only});
  const bool is_table = pool.is(operands[1], ValueKind::Record) && pool[operands[1]].ref == 0;
  if (is_table && pool.operands(operands[1]).empty()) return pool.boolean(false);
  if (is_table && is_nullish(pool, operands[0])) return pool.boolean(false);
  return settled(pool, is_in(pool, operands[0], operands[1]));
}
ValueId compute_starts_with(ValuePool& pool, Operands operands) {
  return settled(pool, starts(pool, operands[0], operands[1]));
}
ValueId compute_ends_with(ValuePool& pool, Operands operands) {
  return settled(pool, ends(pool, operands[0], operands[1]));
}
// Of a list too: what languages call contains and includes.
ValueId compute_contains(ValuePool& pool, Operands operands) {
  if (const ValueId only = only_element(pool, operands[0]); only.exists())
    return call(pool, Opcode::Equal, {operands[1], only});
  if (pool.is(operands[0], ValueKind::List))
    return settled(pool, is_in(pool, operands[1], operands[0]));
  return settled(pool, holds(pool, operands[0], operands[1]));
}

ValueId compute_is_null(ValuePool& pool, Operands operands) {
  if (const ValueId nothing = found_nothing(pool, operands[0]); nothing.exists()) return nothing;
  if (const ValueId there = test_of_lookup(pool, operands[0]); there.exists())
    return call(pool, Opcode::Not, {there});
  return settled(pool, nullness(pool, operands[0]));
}

ValueId compute_is_present(ValuePool& pool, Operands operands) {
  return call(pool, Opcode::Not, {call(pool, Opcode::IsNull, {operands[0]})});
}

ValueId compute_has(ValuePool& pool, Operands operands) {
  const ValueId base = operands[0];
  const std::optional<std::string_view> key = as_text(pool, operands[1]);
  if (is_nullish(pool, base)) return pool.boolean(false);
  if (pool.is(base, ValueKind::List)) {  // a set
    const ValueId held = call(pool, Opcode::Contains, {base, operands[1]});
    return pool.is(held, ValueKind::Bool) ? held : ValueId{};
  }
  if (!key) return {};
  if (pool.opcode(base) == Opcode::WithEntry) {
    const auto inner = pool.operands(base);
    const std::optional<std::string_view> name = as_text(pool, inner[1]);
    if (!name) return {};
    return *name == *key ? pool.boolean(true) : call(pool, Opcode::Has, {inner[0], operands[1]});
  }
  if (!pool.is(base, ValueKind::Record)) return {};
  const auto names = pool.names(base);
  const auto found = std::ranges::find(names, pool.string(*key));
  if (found == names.end()) return pool[base].ref == 0 ? pool.boolean(false) : ValueId{};
  const ValueId entry = pool.operands(base)[static_cast<std::size_t>(found - names.begin())];
  const auto is_absent = [&](ValueId id) { return pool.is(id, ValueKind::Absent); };
  if (is_absent(entry)) return pool.boolean(false);
  const bool sometimes =
      pool.is(entry, ValueKind::OneOf) && std::ranges::any_of(pool.operands(entry), is_absent);
  return sometimes ? ValueId{} : pool.boolean(true);
}

ValueId compute_truthy(ValuePool& pool, Operands operands) {
  if (const ValueId test = test_of_lookup(pool, operands[0]); test.exists()) return test;
  if (const Answer answer = truth(pool, operands[0]); answer != Answer::Unknown)
    return settled(pool, answer);
  if (is_filled(pool, operands[0])) return has_elements(pool, operands[0]);
  const Value& row = pool[operands[0]];
  return row.kind == ValueKind::Computed && is_test(pool[row.text]) ? operands[0] : ValueId{};
}

// Languages do not agree on whether an empty collection is true, and it is empty in all of them.
ValueId compute_is_empty(ValuePool& pool, Operands operands) {
  const Value& row = pool[operands[0]];
  const bool is_collection = row.kind == ValueKind::List || row.kind == ValueKind::Record;
  if (is_collection && row.ref == 0 && pool.operands(operands[0]).empty())
    return pool.boolean(true);
  return call(pool, Opcode::Not, {operands[0]});
}

ValueId compute_is_not_empty(ValuePool& pool, Operands operands) {
  return call(pool, Opcode::Not, {call(pool, Opcode::IsEmpty, {operands[0]})});
}

ValueId chosen_test(ValuePool& pool, ValueId test, ValueId yes, ValueId no) {
  if (yes == no || !pool.is(yes, ValueKind::Bool) || !pool.is(no, ValueKind::Bool)) return {};
  return compute(pool, truth(pool, yes) == Answer::Yes ? "truthy" : "not", std::span(&test, 1));
}

}  // namespace fnlint
