// Chooses forms by type and depth, so that tests are seldom of constants.

#include "tests/metamorphic/expression_maker.h"

namespace fnlint::test {

std::optional<Expression> ExpressionMaker::variable(Type type) {
  std::vector<Expression> found;
  for (const Variable& one : scope_)
    if (one.type == type) found.push_back({Op::Variable, type, one.name});
  if (found.empty()) return {};
  return any(found);
}

std::optional<Expression> ExpressionMaker::call(Type type, int depth) {
  std::vector<const Helper*> fitting;
  for (const Helper& one : helpers_)
    if (one.result == type && !result_) fitting.push_back(&one);
  if (fitting.empty()) return {};
  const Helper& chosen = *any(fitting);
  Expression made{Op::Call, type, chosen.name};
  // What holds a helper holds one of two with the same parameters and the same result.
  if (const auto holder = variable(Type::Helper); holder && chance(70)) made.name = holder->name;
  for (const Parameter& one : chosen.parameters)
    made.parts.push_back(one.type == Type::Message ? Expression{Op::Message, Type::Message}
                                                   : value(one.type, depth + 1));
  return made;
}

Expression ExpressionMaker::field(Type type) {
  const char* name = type == Type::Flag ? "flag" : type == Type::Number ? "n" : "kind";
  return {Op::Field, type, name, chance(30) ? 1 : 0};
}

// What a test is about: seldom a constant.
Expression ExpressionMaker::subject(Type type, int depth) {
  if (auto known = variable(type); known && chance(60)) return *known;
  if (sees_message_ && chance(70)) return field(type);
  return value(type, depth + 1);
}

Expression ExpressionMaker::texts_constant(int least) {
  Expression made{Op::Texts, Type::Texts};
  for (int i = least + pick(2); i > 0; --i) made.parts.push_back(text_constant());
  return made;
}

Expression ExpressionMaker::entries_constant() {
  Expression made{Op::Entries, Type::Entries};
  // Keys are names, or texts that a message may have: a table of what comes next.
  if (chance(50)) {
    for (const char* key : kTexts) {
      if (chance(35)) continue;
      made.parts.push_back({Op::Text, Type::Text, key});
      made.parts.push_back(text_constant());
    }
    return made;
  }
  for (const char* key : kKeys) {
    made.parts.push_back({Op::Text, Type::Text, key});
    made.parts.push_back(chance(50) ? text(kDeepestExpression) : text_constant());
  }
  return made;
}

Expression ExpressionMaker::choice(Type type, int depth) {
  return {
      Op::Choose, type, {}, 0, {test(depth + 1), value(type, depth + 1), value(type, depth + 1)}};
}

Expression ExpressionMaker::value(Type type, int depth) {
  if (depth < kDeepestExpression && chance(15)) return choice(type, depth);
  switch (type) {
    case Type::Flag: return flag(depth);
    case Type::Number: return number(depth);
    case Type::Texts: {
      const auto other = variable(type);
      return other && chance(25) ? *other : texts_constant(0);
    }
    case Type::Entries: return entries_constant();
    case Type::Maybe: return maybe(depth);
    case Type::Helper: return helper_choice(depth);
    default: return text(depth);
  }
}

Expression ExpressionMaker::helper_choice(int depth) {
  const Expression one{Op::Helper, Type::Helper, helpers_[0].name};
  const Expression other{Op::Helper, Type::Helper, helpers_[1].name};
  return {Op::Choose, Type::Helper, {}, 0, {test(depth + 1), one, other}};
}

Expression ExpressionMaker::flag(int depth) {
  if (auto known = variable(Type::Flag); known && chance(45)) return *known;
  if (depth < kDeepestExpression && chance(35)) return test(depth + 1, true);
  if (sees_message_ && chance(50)) return field(Type::Flag);
  return {Op::Flag, Type::Flag, {}, pick(2)};
}

Expression ExpressionMaker::text(int depth) {
  if (auto known = variable(Type::Text); known && chance(45)) return *known;
  if (auto known = variable(Type::Maybe); known && chance(25))
    return {Op::Else, Type::Text, {}, 0, {*known, text_constant()}};
  if (depth < kDeepestExpression)
    if (auto called = call(Type::Text, depth); called && chance(50)) return *called;
  if (sees_message_ && chance(10))
    return {Op::Else, Type::Text, {}, 0, {field(Type::Text), text_constant()}};
  if (sees_message_ && chance(40)) return field(Type::Text);
  return text_constant();
}

Expression ExpressionMaker::number(int depth) {
  if (auto known = variable(Type::Number); known && chance(45)) return *known;
  if (auto known = variable(Type::Texts); known && chance(30))
    return {Op::Length, Type::Number, {}, 0, {*known}};
  if (depth < kDeepestExpression && chance(20))
    return {Op::Plus, Type::Number, {}, chance(75) ? 1 : -1, {number(depth + 1)}};
  if (sees_message_ && chance(45)) return field(Type::Number);
  return {Op::Number, Type::Number, {}, pick(3)};
}

Expression ExpressionMaker::maybe(int depth) {
  if (auto known = variable(Type::Maybe); known && chance(20)) return *known;
  if (auto table = variable(Type::Entries); table && chance(45))
    return {Op::Lookup, Type::Maybe, {}, 0, {*table, text(depth + 1)}};
  if (auto called = call(Type::Maybe, depth); called && depth < kDeepestExpression && chance(60))
    return *called;
  // A field of a message is never nothing here, and may be so for all that a linter knows.
  return chance(45) ? Expression{Op::Nothing, Type::Maybe} : text_constant();
}

Expression ExpressionMaker::test(int depth, bool as_value) {
  if (depth < kDeepestExpression && chance(30)) return compound_test(depth, as_value);
  if (chance(45)) {
    if (auto made = maybe_test(as_value); made && chance(50)) return *made;
    if (auto made = collection_test(as_value)) return *made;
  }
  if (auto called = call(Type::Flag, depth); called && depth < kDeepestExpression && chance(50))
    return *called;
  if (auto known = variable(Type::Flag); known && chance(40)) return *known;
  if (sees_message_ && chance(30)) return field(Type::Flag);
  return comparison(depth);
}

Expression ExpressionMaker::compound_test(int depth, bool as_value) {
  if (chance(33)) return {Op::Not, Type::Flag, {}, 0, {test(depth + 1)}};
  const Op op = chance(50) ? Op::And : Op::Or;
  return {op, Type::Flag, {}, 0, {test(depth + 1, as_value), test(depth + 1, as_value)}};
}

Expression ExpressionMaker::comparison(int depth) {
  const Op op = chance(65) ? Op::Equal : Op::Differs;
  if (chance(35)) {
    const Expression limit{Op::Number, Type::Number, {}, pick(3)};
    return {chance(40) ? Op::Less : op, Type::Flag, {}, 0, {subject(Type::Number, depth), limit}};
  }
  const Expression asked = subject(Type::Text, depth);
  if (chance(20)) return {Op::Among, Type::Flag, {}, 0, {asked, texts_constant(1)}};
  return {op, Type::Flag, {}, 0, {asked, chance(85) ? text_constant() : text(depth + 1)}};
}

std::optional<Expression> ExpressionMaker::collection_test(bool as_value) {
  if (auto list = variable(Type::Texts); list && chance(60)) {
    if (chance(35))
      return Expression{Op::Among, Type::Flag, {}, 0, {text(kDeepestExpression), *list}};
    if (chance(50) && !as_value) return Expression{Op::Filled, Type::Flag, {}, 0, {*list}};
    const Expression length{Op::Length, Type::Number, {}, 0, {*list}};
    const Expression limit{Op::Number, Type::Number, {}, pick(3)};
    return Expression{chance(50) ? Op::Equal : Op::Less, Type::Flag, {}, 0, {length, limit}};
  }
  if (auto entries = variable(Type::Entries)) {
    const Expression key =
        chance(60) ? text(kDeepestExpression) : Expression{Op::Text, Type::Text, any(kKeys)};
    return Expression{Op::HasKey, Type::Flag, {}, 0, {*entries, key}};
  }
  return {};
}

std::optional<Expression> ExpressionMaker::maybe_test(bool as_value) {
  const auto known = variable(Type::Maybe);
  if (!known) return {};
  if (chance(25))
    return Expression{
        chance(50) ? Op::Equal : Op::Differs, Type::Flag, {}, 0, {*known, text_constant()}};
  if (chance(30) && !as_value) return Expression{Op::Filled, Type::Flag, {}, 0, {*known}};
  return Expression{chance(50) ? Op::Absent : Op::Present, Type::Flag, {}, 0, {*known}};
}

}  // namespace fnlint::test
