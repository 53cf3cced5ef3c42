#include "core/text.h"
#include "frontends/source/javascript/javascript_lowering.h"

// JavaScript's operators, and what of them is a text that is put together or never runs.
namespace fnlint {

bool JavaScriptLowering::is_text(ExprId value) const {
  const ExprKind kind = code_.expr(value).kind;
  return kind == ExprKind::Text || kind == ExprKind::Concat;
}

void JavaScriptLowering::add_concat_parts(ExprId value, std::vector<ExprId>& parts) const {
  if (code_.expr(value).kind != ExprKind::Concat) return parts.push_back(value);
  for (const Operand& part : code_.operands_of(value)) parts.push_back(part.value);
}

// `0 && …`: bundlers leave it for tools that only read the text.
bool JavaScriptLowering::is_dead(Js op, ExprId left) const {
  const Expr value = code_.expr(left);
  return op == Js::AndAnd && value.kind == ExprKind::Bool && value.detail == 0;
}

// Chains of operators lean to the left and may be hundreds long: they are folded, not recursed
// into.
ExprId JavaScriptLowering::binary(JsId node) {
  std::vector<JsId> spine;
  JsId base = node;
  for (; tree_.kind(base) == Js::Binary; base = unwrapped(tree_.child(base, JsField::Left)))
    spine.push_back(base);
  ExprId value = base.exists() ? expression(base) : code_.unknown("syntax", tree_.range(node));
  std::vector<ExprId> text;  // the parts of a concatenation so far
  Range text_range;
  std::size_t folded = 0;
  for (auto at = spine.rbegin(); at != spine.rend(); ++at) {
    const Js op = tree_.kind(tree_.child(*at, JsField::Operator));
    const JsId right = tree_.child(*at, JsField::Right);
    const Range where = tree_.range(*at);
    const bool joins = op == Js::Plus;
    if (!joins && !text.empty()) {
      value = code_.concat(text, text_range);
      text.clear();
    }
    if (op == Js::InstanceOf) {
      value = cut(instance_of(value, right, where), folded);
      continue;
    }
    if (asks_for_main(*at)) {
      expression(right);
      value = code_.boolean(op == Js::NotEqual, where);
      continue;
    }
    const bool is_logical = op == Js::AndAnd || op == Js::OrOr || op == Js::Nullish;
    if (op == Js::Nullish) feature(JsFeature::NullishCoalescing, *at);
    if (op == Js::In && tree_.kind(base) == Js::PrivateName) feature(JsFeature::BrandCheck, *at);
    if (is_logical && is_dead(op, value)) continue;
    if (is_logical && tree_.has(right, kJsOps)) {
      value = short_circuit(op, value, right, where);
      continue;
    }
    if (text.empty()) value = kept(value, tree_.has(right, kJsWrites));
    const ExprId other = expression(right);
    if (joins && (!text.empty() || is_text(value) || is_text(other))) {
      if (text.empty()) add_concat_parts(value, text);
      add_concat_parts(other, text);
      text_range = where;
      continue;
    }
    value = cut(combine(op, value, other, where), folded);
  }
  return text.empty() ? value : code_.concat(text, tree_.range(node));
}

ExprId JavaScriptLowering::combine(Js op, ExprId left, ExprId right, Range where) {
  switch (op) {
    case Js::Plus: return code_.operation(OperatorKind::Add, left, right, where);
    case Js::Minus: return code_.operation(OperatorKind::Subtract, left, right, where);
    case Js::Star: return code_.operation(OperatorKind::Multiply, left, right, where);
    case Js::Slash: return code_.operation(OperatorKind::Divide, left, right, where);
    case Js::Percent: return code_.operation(OperatorKind::Modulo, left, right, where);
    case Js::StarStar:
      feature(JsFeature::Power, where);
      return code_.operation(OperatorKind::Power, left, right, where);
    case Js::Less: return code_.operation(OperatorKind::Less, left, right, where);
    case Js::LessEqual: return code_.operation(OperatorKind::LessEqual, left, right, where);
    case Js::Greater: return code_.operation(OperatorKind::Less, right, left, where);
    case Js::GreaterEqual: return code_.operation(OperatorKind::LessEqual, right, left, where);
    case Js::EqualEqual: return code_.operation(OperatorKind::Equal, left, right, where);
    case Js::NotEqual: return code_.operation(OperatorKind::NotEqual, left, right, where);
    case Js::AndAnd: return code_.operation(OperatorKind::And, left, right, where);
    case Js::OrOr: return code_.operation(OperatorKind::Or, left, right, where);
    case Js::Nullish: return code_.operation(OperatorKind::Coalesce, left, right, where);
    case Js::BitAnd: return code_.operation(OperatorKind::BitAnd, left, right, where);
    case Js::BitOr: return code_.operation(OperatorKind::BitOr, left, right, where);
    case Js::BitXor: return code_.operation(OperatorKind::BitXor, left, right, where);
    case Js::ShiftLeft: return code_.operation(OperatorKind::ShiftLeft, left, right, where);
    case Js::ShiftRight: return code_.operation(OperatorKind::ShiftRight, left, right, where);
    case Js::In: return code_.operation(OperatorKind::In, left, right, where);
    default: return code_.unknown("syntax", where);
  }
}

// The right side runs code: a Branch decides whether, and a temporary takes the value.
ExprId JavaScriptLowering::short_circuit(Js op, ExprId left, JsId right, Range where) {
  const ExprId result = code_.variable(code_.temporary(code_.current()), where);
  const ExprId test = op == Js::Nullish ? code_.operation(OperatorKind::NotEqual, left,
                                                          code_.null(where), code_.range(left))
                                        : left;
  const OpId branch = code_.open_branch(test, where);
  const bool right_first = op == Js::AndAnd;
  const auto take_right = [&] { code_.assign(result, expression(right), tree_.range(right)); };
  const auto take_left = [&] { code_.assign(result, left, code_.range(left)); };
  right_first ? take_right() : take_left();
  code_.otherwise(branch);
  right_first ? take_left() : take_right();
  code_.close(branch);
  return result;
}

ExprId JavaScriptLowering::instance_of(ExprId left, JsId right, Range where) {
  if (tree_.has(right, kJsOps)) {
    left = kept(left, tree_.has(right, kJsWrites));
    expression(right);
    return code_.type_test(left, "", where);
  }
  expression(right);  // a use of the name
  return code_.type_test(left, type_path(unwrapped(right)), where);
}

ExprId JavaScriptLowering::ternary(JsId node) {
  return chosen(expression(tree_.child(node, JsField::Condition)),
                tree_.child(node, JsField::Consequence), tree_.child(node, JsField::Alternative),
                tree_.range(node));
}

ExprId JavaScriptLowering::chosen(ExprId test, JsId then, JsId otherwise, Range where) {
  const auto side_of = [&](JsId side) {
    return side.exists() ? expression(side) : code_.null(where);
  };
  const auto runs_code = [&](JsId side) { return side.exists() && tree_.has(side, kJsOps); };
  if (!runs_code(then) && !runs_code(otherwise)) {
    const ExprId yes = side_of(then);
    return code_.choose(test, yes, side_of(otherwise), where);
  }
  const ExprId result = code_.variable(code_.temporary(code_.current()), where);
  const OpId branch = code_.open_branch(test, where);
  const auto take_from = [&](JsId side) {
    const ExprId value = side_of(side);
    code_.assign(result, value, side.exists() ? tree_.range(side) : where);
  };
  take_from(then);
  code_.otherwise(branch);
  take_from(otherwise);
  code_.close(branch);
  return result;
}

ExprId JavaScriptLowering::unary(JsId node) {
  const Range where = tree_.range(node);
  const JsId operand = tree_.child(node, JsField::Argument);
  const auto zero = [&] { return code_.number("0", where); };
  switch (tree_.kind(tree_.child(node, JsField::Operator))) {
    case Js::Not: return code_.operation(OperatorKind::Not, expression(operand), {}, where);
    case Js::BitNot:
      return code_.operation(OperatorKind::BitXor, expression(operand), code_.number("-1", where),
                             where);
    case Js::Minus: {
      const ExprId value = expression(operand);
      if (code_.expr(value).kind == ExprKind::Number)
        return code_.number(cat("-", code_.string(code_.expr(value).name)), where);
      return code_.operation(OperatorKind::Subtract, zero(), value, where);
    }
    case Js::Plus: {
      const ExprId value = expression(operand);
      if (code_.expr(value).kind == ExprKind::Number) return value;
      return code_.operation(OperatorKind::Multiply, value, code_.number("1", where), where);
    }
    case Js::Typeof: return code_.member(expression(operand), "<typeof>", where);
    case Js::Void:
      if (tree_.has(operand, kJsOps)) effect(operand);
      return code_.null(where);
    case Js::Delete: {
      const Js kind = tree_.kind(unwrapped(operand));
      if (kind == Js::Member || kind == Js::Subscript) {
        store(chain(unwrapped(operand)), {}, where, AssignMode::Delete);
      } else if (tree_.has(operand, kJsOps)) {
        effect(operand);
      }
      return code_.boolean(true, where);
    }
    default: return opaque(node);
  }
}

// As an expression `i++` is what i was before.
ExprId JavaScriptLowering::update(JsId node, bool wants_value) {
  const Range where = tree_.range(node);
  const JsId op = tree_.child(node, JsField::Operator);
  const JsId operand = tree_.child(node, JsField::Argument);
  const ExprId target = assignment_target(operand);
  const bool is_postfix = operand.index < op.index;
  const ExprId before = wants_value && is_postfix ? spill(target) : target;
  store(target, code_.number("1", where), where, AssignMode::Update,
        tree_.kind(op) == Js::PlusPlus ? OperatorKind::Add : OperatorKind::Subtract);
  return before;
}

}  // namespace fnlint
