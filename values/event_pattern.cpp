#include "values/addresses.h"
#include "values/alignment.h"
#include "values/answers.h"
#include "values/filter.h"
#include "values/functions.h"
#include "values/number_text.h"
#include "values/question.h"

// EventBridge's patterns: whether an event of which not all is known fits one.
namespace fnlint {
namespace {

bool is_left_out(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  return row.kind == ValueKind::Absent ||
         (row.kind == ValueKind::List && row.ref == 0 && pool.operands(value).empty());
}

// A field that holds one value, as far as is known: no list, no record.
bool is_leaf(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Null:
    case ValueKind::Bool:
    case ValueKind::Number:
    case ValueKind::Text:
    case ValueKind::Pattern:
    case ValueKind::Reference: return true;
    case ValueKind::Computed: return gives(pool.opcode(value)) != Gives::Any;
    default: return false;
  }
}

class Matcher {
 public:
  explicit Matcher(ValuePool& pool) : pool_(pool) {}

  // All fields of the pattern; `event` is a record, or what is not known.
  Answer record(ValueId pattern, ValueId event) {
    if (steps_ == 0) return Answer::Unknown;
    --steps_;
    if (pool_.is(pattern, ValueKind::OneOf))
      return each(pattern, [&](ValueId one) { return record(one, event); });
    if (pool_.is(event, ValueKind::OneOf))
      return each(event, [&](ValueId one) { return record(pattern, one); });
    if (!pool_.is(pattern, ValueKind::Record)) return Answer::Unknown;
    event = decoded(event);
    Answer all = pool_[pattern].ref == 0 ? Answer::Yes : Answer::Unknown;
    const auto names = pool_.names(pattern);
    for (std::size_t i = 0; i < names.size() && all != Answer::No; ++i) {
      const ValueId wanted = pool_.operands(pattern)[i];
      if (pool_[names[i]] == kRest) continue;
      all = both_of(all, pool_[names[i]] == "$or" && pool_.is(wanted, ValueKind::List)
                             ? any_record(wanted, event)
                             : field(wanted, entry(event, pool_[names[i]])));
    }
    return all;
  }

 private:
  template <class Ask>
  Answer each(ValueId one_of, Ask ask) {
    std::optional<Answer> all;
    for (const ValueId one : pool_.operands(one_of)) {
      const Answer answer = ask(one);
      if (answer == Answer::Unknown || (all && *all != answer)) return Answer::Unknown;
      all = answer;
    }
    return all.value_or(Answer::Unknown);
  }

  Answer any_record(ValueId patterns, ValueId event) {
    Answer any = pool_[patterns].ref == 0 ? Answer::No : Answer::Unknown;
    for (const ValueId pattern : pool_.operands(patterns))
      any = either_of(any, record(pattern, event));
    return any;
  }

  // A text in JSON is matched by its content: bodies of messages.
  ValueId decoded(ValueId event) {
    const ValueKind kind = pool_[event].kind;
    if (kind != ValueKind::Text && kind != ValueKind::Computed) return event;
    const ValueId content = call(pool_, Opcode::JsonDecode, {event});
    return pool_.is(content, ValueKind::Record) || pool_.is(content, ValueKind::List) ? content
                                                                                      : event;
  }

  // The field of an event; no id when nothing is known of it.
  ValueId entry(ValueId event, std::string_view name) {
    switch (pool_[event].kind) {
      case ValueKind::Record: {
        const ValueId value = member(pool_, event, name);
        const bool kept = pool_.opcode(value) == Opcode::Member;
        return kept ? ValueId{} : value;
      }
      case ValueKind::List:
      case ValueKind::Text:
      case ValueKind::Number:
      case ValueKind::Bool:
      case ValueKind::Null:
      case ValueKind::Absent: return pool_.absent();
      default: return {};
    }
  }

  Answer field(ValueId wanted, ValueId value) {
    if (pool_.is(wanted, ValueKind::OneOf))
      return each(wanted, [&](ValueId one) { return field(one, value); });
    if (value.exists() && pool_.is(value, ValueKind::OneOf))
      return each(value, [&](ValueId one) { return field(wanted, one); });
    if (pool_.is(wanted, ValueKind::Record)) return below(wanted, value);
    if (!pool_.is(wanted, ValueKind::List)) return matcher(wanted, value);
    Answer any = pool_[wanted].ref == 0 ? Answer::No : Answer::Unknown;
    for (const ValueId one : pool_.operands(wanted)) any = either_of(any, matcher(one, value));
    return any;
  }

  // A pattern for a field that is itself a record, or a list of records: one of them has to match.
  Answer below(ValueId wanted, ValueId value) {
    if (!value.exists()) return Answer::Unknown;
    value = decoded(value);
    if (!pool_.is(value, ValueKind::List)) return record(wanted, value);
    if (is_left_out(pool_, value)) return record(wanted, pool_.absent());
    Answer any = pool_[value].ref == 0 ? Answer::No : Answer::Unknown;
    for (const ValueId one : pool_.operands(value)) any = either_of(any, record(wanted, one));
    return any;
  }

  // One matcher against a field: of a list one element has to match.
  Answer matcher(ValueId wanted, ValueId value) {
    if (steps_ == 0) return Answer::Unknown;
    --steps_;
    if (pool_.is(wanted, ValueKind::OneOf))
      return each(wanted, [&](ValueId one) { return matcher(one, value); });
    if (!value.exists()) return Answer::Unknown;
    if (is_test_named(wanted, "exists")) return exists(wanted, value);
    if (is_left_out(pool_, value)) return Answer::No;
    if (pool_.is(value, ValueKind::List)) {
      Answer any = pool_[value].ref == 0 ? Answer::No : Answer::Unknown;
      for (const ValueId one : pool_.operands(value)) any = either_of(any, matcher(wanted, one));
      return any;
    }
    if (pool_.is(value, ValueKind::OneOf))
      return each(value, [&](ValueId one) { return matcher(wanted, one); });
    if (pool_.is(value, ValueKind::Record)) return Answer::No;  // only leaves match
    return pool_.is(wanted, ValueKind::Record) ? special(wanted, value)
                                               : equal(pool_, wanted, value);
  }

  bool is_test_named(ValueId wanted, std::string_view name) const {
    return pool_.is(wanted, ValueKind::Record) && pool_.names(wanted).size() == 1 &&
           pool_[pool_.names(wanted)[0]] == name;
  }

  // Of leaves alone: a record with fields is no leaf that exists.
  Answer exists(ValueId wanted, ValueId value) {
    const Answer should = truth(pool_, pool_.operands(wanted)[0]);
    Answer there = Answer::Unknown;
    if (is_left_out(pool_, value) || pool_.is(value, ValueKind::Record))
      there = Answer::No;
    else if (is_leaf(pool_, value) || pool_.is(value, ValueKind::List))
      there = Answer::Yes;
    return should == Answer::Yes ? there : should == Answer::No ? opposite(there) : should;
  }

  Answer special(ValueId wanted, ValueId value) {
    if (pool_.names(wanted).size() != 1 || pool_[wanted].ref != 0) return Answer::Unknown;
    const std::string_view name = pool_[pool_.names(wanted)[0]];
    const ValueId operand = pool_.operands(wanted)[0];
    if (name == "anything-but") return anything_but(operand, value);
    if (name == "numeric") return numeric(operand, value);
    if (name == "cidr") return in_range(operand, value);
    return text_test(name, operand, value);
  }

  // prefix, suffix, equals-ignore-case, wildcard: of texts only.
  Answer text_test(std::string_view name, ValueId operand, ValueId value) {
    const ValueKind kind = pool_[value].kind;
    if (kind == ValueKind::Null || kind == ValueKind::Bool || kind == ValueKind::Number)
      return Answer::No;
    if (pool_.is(operand, ValueKind::Record)) {  // {"prefix": {"equals-ignore-case": "x"}}
      if (!is_test_named(operand, "equals-ignore-case")) return Answer::Unknown;
      const ValueId folded = call(pool_, Opcode::Lower, {pool_.operands(operand)[0]});
      return text_test(name, folded, call(pool_, Opcode::Lower, {value}));
    }
    if (name == "prefix") return truth(pool_, call(pool_, Opcode::StartsWith, {value, operand}));
    if (name == "suffix") return truth(pool_, call(pool_, Opcode::EndsWith, {value, operand}));
    if (name == "equals-ignore-case")
      return equal(pool_, call(pool_, Opcode::Lower, {value}),
                   call(pool_, Opcode::Lower, {operand}));
    if (name == "wildcard" && is_text(pool_, operand) && is_text_like(kind))
      return matches_wildcard(pieces_of(pool_, value), pool_.text(operand));
    return Answer::Unknown;
  }

  // Anything but one value, several, or what a matcher takes.
  Answer anything_but(ValueId operand, ValueId value) {
    if (pool_.is(operand, ValueKind::List)) {
      Answer any = pool_[operand].ref == 0 ? Answer::No : Answer::Unknown;
      for (const ValueId one : pool_.operands(operand))
        any = either_of(any, equal(pool_, one, value));
      return opposite(any);
    }
    if (!pool_.is(operand, ValueKind::Record)) return opposite(equal(pool_, operand, value));
    if (pool_.names(operand).size() != 1) return Answer::Unknown;
    const std::string_view name = pool_[pool_.names(operand)[0]];
    const ValueId inner = pool_.operands(operand)[0];
    if (!pool_.is(inner, ValueKind::List)) return opposite(text_test(name, inner, value));
    Answer any = pool_[inner].ref == 0 ? Answer::No : Answer::Unknown;
    for (const ValueId one : pool_.operands(inner))
      any = either_of(any, text_test(name, one, value));
    return opposite(any);
  }

  // ["=", 5], [">", 0, "<=", 5]
  Answer numeric(ValueId operand, ValueId value) {
    if (!pool_.is(operand, ValueKind::List)) return Answer::Unknown;
    if (!pool_.is(value, ValueKind::Number)) {
      const ValueKind kind = pool_[value].kind;
      const bool never = kind == ValueKind::Null || kind == ValueKind::Bool ||
                         (kind == ValueKind::Text && !double_of(pool_.text(value)));
      return never ? Answer::No : Answer::Unknown;
    }
    const std::optional<double> number = double_of(pool_.text(value));
    const auto terms = pool_.operands(operand);
    if (!number || terms.size() % 2 != 0) return Answer::Unknown;
    Answer all = Answer::Yes;
    for (std::size_t i = 0; i < terms.size(); i += 2)
      all = both_of(all, compared(*number, pool_.text(terms[i]), terms[i + 1]));
    return all;
  }

  Answer compared(double number, std::string_view sign, ValueId bound) const {
    const std::optional<double> limit =
        pool_.is(bound, ValueKind::Number) ? double_of(pool_.text(bound)) : std::nullopt;
    if (!limit) return Answer::Unknown;
    if (sign == "=") return answer_of(number == *limit);
    if (sign == "<") return answer_of(number < *limit);
    if (sign == "<=") return answer_of(number <= *limit);
    if (sign == ">") return answer_of(number > *limit);
    if (sign == ">=") return answer_of(number >= *limit);
    return Answer::Unknown;
  }

  Answer in_range(ValueId operand, ValueId value) const {
    if (!is_leaf(pool_, value)) return Answer::Unknown;
    if (is_text(pool_, operand) && !is_text_like(pool_[value].kind)) return Answer::No;
    if (!is_text(pool_, operand) || !is_text(pool_, value)) return Answer::Unknown;
    const std::optional<bool> holds =
        range_holds(std::string(pool_.text(operand)), std::string(pool_.text(value)));
    return holds ? answer_of(*holds) : Answer::Unknown;
  }

  ValuePool& pool_;
  std::size_t steps_ = 4096;  // alternatives and lists multiply
};

}  // namespace

Answer matches_event_pattern(ValuePool& pool, ValueId pattern, ValueId event) {
  if (pool.is(pattern, ValueKind::Absent)) return Answer::Yes;
  return Matcher(pool).record(finished(pool, pattern), finished(pool, event));
}

}  // namespace fnlint
