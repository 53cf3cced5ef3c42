// Parses a condition expression and evaluates it symbolically against the item as the same write
// leaves it.

#include "values/write_condition.h"

#include "core/text.h"
#include "values/answers.h"
#include "values/update_expression.h"
#include "values/write_changes.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

namespace {

// What DynamoDB takes of an expression, in bytes (Developer Guide, "Quotas": 4 KB).
constexpr std::size_t kExpression = 4096;

using Change = WriteChanges::Change;

// Of a part of a condition that held before: as it was, true, true because there was room for more
// than one, false, not known.
enum class After : std::uint8_t { Same, Holds, Room, Fails, Unknown };

struct Truth {
  After after = After::Unknown;
  Answer of_nothing = Answer::Unknown;
  bool by_others = false;  // as it was, unless another write has changed it
};

After both(After a, After b) {
  for (const After one : {After::Fails, After::Unknown, After::Room})
    if (a == one || b == one) return one;
  return a == b ? a : After::Holds;
}

// Of two ways it is not known which one held: what is as it was may be false as before.
After either(After a, After b) {
  for (const After one : {After::Holds, After::Room})
    if (a == one || b == one) return one;
  return a == b ? a : After::Unknown;
}

Truth both(Truth a, Truth b) {
  return {both(a.after, b.after), both_of(a.of_nothing, b.of_nothing), a.by_others || b.by_others};
}

Truth either(Truth a, Truth b) {
  return {either(a.after, b.after), either_of(a.of_nothing, b.of_nothing),
          a.by_others || b.by_others};
}

Truth negated(Truth one) {
  const After after = one.after == After::Same    ? After::Same
                      : one.after == After::Holds ? After::Fails
                      : one.after == After::Fails ? After::Holds
                                                  : After::Unknown;
  return {after, opposite(one.of_nothing), one.by_others};
}

// Of {S: "held"} or {Value: "held"} the text.
std::optional<std::string> literal(const ValuePool& pool, ValueId value) {
  while (value.exists() && pool.is(value, ValueKind::Record) && pool.names(value).size() == 1)
    value = pool.operands(value)[0];
  if (!value.exists()) return std::nullopt;
  const ValueKind kind = pool[value].kind;
  const bool is_literal =
      kind == ValueKind::Text || kind == ValueKind::Number || kind == ValueKind::Bool;
  return is_literal ? std::optional(std::string(pool.text(value))) : std::nullopt;
}

bool varies(const ValuePool& pool, ValueId value) {
  return has_origin(pool, value, Origin::Clock) || has_origin(pool, value, Origin::Fresh) ||
         has_origin(pool, value, Origin::CallResult);
}

// What is asked, and what is left of it after the write.
class Judge {
 public:
  Judge(const ValuePool& pool, const WriteChanges& write) : pool_(pool), write_(write) {}

  [[nodiscard]] Truth is_there(std::string_view written, bool there) const {
    const std::optional<std::string> path = write_.path(written);
    const Answer of_nothing = answer_of(!there);
    if (!path) return {After::Unknown, of_nothing};
    if (write_.is_key(*path)) return {there ? After::Holds : After::Fails, of_nothing};
    switch (write_.touch(*path).change) {
      case Change::None: return {After::Same, of_nothing};
      case Change::Unknown: return {After::Unknown, of_nothing};
      case Change::Removed: return {there ? After::Fails : After::Holds, of_nothing};
      default: return {there ? After::Holds : After::Fails, of_nothing};
    }
  }

  // No id: it is not known what it is compared with.
  [[nodiscard]] Truth compare(std::string_view written, std::string_view order, ValueId bound) const {
    const Answer of_nothing = answer_of(order == "<>");
    const std::optional<std::string> path = write_.path(written);
    if (!path) return {After::Unknown, of_nothing};
    const bool stays = bound.exists() && !varies(pool_, bound);
    if (write_.is_key(*path)) return {stays ? After::Same : After::Unknown, of_nothing};
    const WriteChanges::Touch touch = write_.touch(*path);
    if (touch.change == Change::None)
      return {stays ? After::Same : After::Unknown, of_nothing, true};
    if (touch.change == Change::Removed)
      return {order == "<>" ? After::Holds : After::Fails, of_nothing};
    if (touch.change == Change::Set)
      return {stays ? set(touch.value, order, bound) : After::Unknown, of_nothing};
    return {leaves_room(touch.change, order) ? After::Room : After::Unknown, of_nothing};
  }

  // `contains(a, :v)`, `a BETWEEN :x AND :y`: of an attribute that the write leaves alone.
  [[nodiscard]] Truth other(std::string_view written) const {
    const std::optional<std::string> path = write_.path(written);
    const bool stays = path && write_.touch(*path).change == Change::None;
    return {stays ? After::Same : After::Unknown, Answer::No, stays};
  }

 private:
  // Where there is room, the second time there is as well.
  static bool leaves_room(Change change, std::string_view order) {
    const bool above = order.starts_with('<') && order != "<>", below = order.starts_with('>');
    return (below && (change == Change::Lowered || change == Change::Added)) ||
           (above && (change == Change::Raised || change == Change::Added));
  }

  [[nodiscard]] After set(ValueId value, std::string_view order, ValueId bound) const {
    const auto now = literal(pool_, value), asked = literal(pool_, bound);
    if (value != bound && (!now || !asked)) return After::Unknown;
    const bool same = value == bound || *now == *asked;
    if (order == "=" || order == "<>") return same == (order == "=") ? After::Holds : After::Fails;
    if (!same) return After::Unknown;
    return order.size() > 1 ? After::Holds : After::Fails;  // "<=" of the same
  }

  const ValuePool& pool_;
  const WriteChanges& write_;
};

// Reads a condition's text: comparisons and functions, joined by AND, OR, NOT and parentheses.
class Condition {
 public:
  Condition(const WriteChanges& write, const Judge& judge, std::string_view text)
      : write_(write), judge_(judge), text_(text) {}

  Truth read() {
    const Truth truth = ways();
    skip();
    return understood_ && at_ == text_.size() ? truth : Truth{};
  }

 private:
  Truth ways() {
    Truth truth = parts();
    while (take_word("or")) truth = either(truth, parts());
    return truth;
  }
  Truth parts() {
    Truth truth = part();
    while (take_word("and")) truth = both(truth, part());
    return truth;
  }
  Truth part() {
    constexpr int kDepth = 32;
    if (++depth_ > kDepth) understood_ = false;
    if (!understood_) return {};
    Truth truth;
    if (take_word("not")) {
      truth = negated(part());
    } else if (take("(")) {
      truth = ways();
      expect(")");
    } else {
      truth = asked();
    }
    --depth_;
    return truth;
  }

  Truth asked() {
    const std::string_view first = word();
    std::string_view path = first;
    bool is_size = false;
    if (take("(")) {
      path = word();
      while (take(",")) word();
      expect(")");
      const std::string name = lower(first);
      if (name == "attribute_exists" || name == "attribute_not_exists")
        return judge_.is_there(path, name == "attribute_exists");
      is_size = name == "size";
      if (!is_size) return judge_.other(path);
    }
    const std::string order(operator_of());
    if (order.empty()) return range_of(path);
    const std::string_view second = word();
    if (is_size || (!first.starts_with(':') && !second.starts_with(':'))) return judge_.other(path);
    if (first.starts_with(':')) return judge_.compare(second, turned(order), write_.value(first));
    return judge_.compare(first, order, write_.value(second));
  }

  Truth range_of(std::string_view path) {
    if (take_word("between")) {
      word();
      if (!take_word("and")) understood_ = false;
      word();
    } else if (take_word("in") && take("(")) {
      do word();
      while (take(","));
      expect(")");
    } else {
      understood_ = false;
    }
    return judge_.other(path);
  }

  static std::string turned(std::string order) {
    if (order == "<>") return order;
    for (char& one : order) one = one == '<' ? '>' : one == '>' ? '<' : one;
    return order;
  }

  std::string_view operator_of() {
    for (const std::string_view one : {"<>", "<=", ">=", "=", "<", ">"})
      if (take(one)) return one;
    return {};
  }
  void skip() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool take(std::string_view what) {
    skip();
    if (!text_.substr(at_).starts_with(what)) return false;
    at_ += what.size();
    return true;
  }
  void expect(std::string_view what) { understood_ = take(what) && understood_; }
  static bool is_part_of_word(char c) {
    return is_expression_word(c) || c == '[' || c == ']' || c == '-';
  }
  std::string_view peek() {
    skip();
    std::size_t end = at_;
    while (end < text_.size() && is_part_of_word(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }
  bool take_word(std::string_view what) {
    if (lower(peek()) != what) return false;
    at_ += what.size();
    return true;
  }
  std::string_view word() {
    const std::string_view one = peek();
    if (one.empty()) understood_ = false;
    at_ += one.size();
    return one;
  }

  const WriteChanges& write_;
  const Judge& judge_;
  const std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool understood_ = true;
};

// The same as calls: Attr("a").not_exists() & Attr("b").ne(v).
Truth of_calls(const ValuePool& pool, const Judge& judge, ValueId condition, int depth) {
  constexpr int kDepth = 8;
  if (depth > kDepth) return {};
  if (pool.is(condition, ValueKind::Object))
    return pool.text(condition).ends_with("Attr().exists()") ? Truth{After::Holds, Answer::No}
                                                             : Truth{};
  if (!pool.is(condition, ValueKind::Computed) || pool.operands(condition).empty()) return {};
  const Opcode opcode = pool.opcode(condition);
  const auto operands = pool.operands(condition);
  if (opcode == Opcode::BitAnd || opcode == Opcode::BitOr) {
    Truth truth = of_calls(pool, judge, operands[0], depth + 1);
    for (const ValueId one : operands.subspan(1)) {
      const Truth next = of_calls(pool, judge, one, depth + 1);
      truth = opcode == Opcode::BitAnd ? both(truth, next) : either(truth, next);
    }
    return truth;
  }
  if (!pool.is(operands[0], ValueKind::Text)) return {};
  const std::string_view path = pool.text(operands[0]);
  if (opcode == Opcode::AttributeAbsent) return judge.is_there(path, false);
  if (operands.size() < 2) return {};
  if (opcode == Opcode::AttributeEquals) return judge.compare(path, "=", operands[1]);
  return opcode == Opcode::AttributeDiffers ? judge.compare(path, "<>", operands[1]) : Truth{};
}

}  // namespace

WriteCondition write_condition(const ValuePool& pool, ValueId members) {
  const ValueId condition = entry_in(pool, members, "ConditionExpression");
  if (!condition.exists()) return {};
  const WriteChanges write(pool, members);
  const Judge judge(pool, write);
  Truth truth;
  if (!pool.is(condition, ValueKind::Text))
    truth = of_calls(pool, judge, condition, 0);
  else if (pool.text(condition).size() <= kExpression)
    truth = Condition(write, judge, pool.text(condition)).read();
  const Answer again = truth.after == After::Unknown ? Answer::Unknown
                                                     : answer_of(truth.after != After::Fails);
  return {again, truth.of_nothing, truth.by_others};
}

}  // namespace fnlint
