// Patterns, deconstruction, switch expressions.
#include "frontends/source/csharp/csharp_lowering.h"

#include "core/text.h"

namespace fnlint {

ExprId CSharpLowering::all_of(const std::vector<ExprId>& tests, Range where) {
  ExprId all;
  for (const ExprId test : tests)
    if (out_.expr(test).kind != ExprKind::Bool)  // what only binds always holds
      all = all.exists() ? out_.operation(OperatorKind::And, all, test, where) : test;
  return all.exists() ? all : out_.boolean(true, where);
}

void CSharpLowering::bind_pattern(NodeId name, ExprId subject, TypeId type) {
  if (text(name) == "_") return;
  const Range where = range(name);
  out_.assign(out_.variable(declare_named(name, type), where), subject, where,
              AssignMode::Declare);
}

// What the condition of an `if` declares is known behind it, too.
VariableId CSharpLowering::declare_named(NodeId name, TypeId type) {
  const auto row = declared_before_.find(name);
  if (row == declared_before_.end()) return declare_local(text(name), 0, type);
  out_.set(row->second, &Variable::type, type);
  return row->second;
}

void CSharpLowering::declare_condition(NodeId condition) {
  if (condition == kNoNode) return;
  for (NodeId at = condition; at < nodes_[condition].next;) {
    const bool elsewhere = is(at, Syn::Lambda) || is_own_function(at);
    const bool declares = is(at, Cs::DeclarationPattern) || is(at, Cs::VarPattern) ||
                          is(at, Cs::RecursivePattern) || is(at, Cs::Declaration);
    if (const NodeId name = child(at, SynField::Name);
        declares && name != kNoNode && text(name) != "_")
      declared_before_[name] = declare_local(text(name));
    at = elsewhere ? nodes_[at].next : at + 1;
  }
}

ExprId CSharpLowering::pattern(ExprId subject, NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(node);
  if (node == kNoNode) return out_.unknown("pattern", {});
  const Range where = range(node);
  const NodeId name = child(node, SynField::Name);
  switch (own(node)) {
    case Cs::ConstantPattern: return constant_pattern(subject, node);
    case Cs::Discard: return out_.boolean(true, where);
    case Cs::ParenthesizedPattern: return pattern(subject, first(node));
    case Cs::NotPattern:
      return out_.operation(OperatorKind::Not, pattern(subject, last(node)), {}, where);
    case Cs::AndPattern:
    case Cs::OrPattern: {
      const ExprId left = pattern(subject, child(node, SynField::Left));
      const ExprId right = pattern(subject, child(node, SynField::Right));
      return out_.operation(is(node, Cs::AndPattern) ? OperatorKind::And : OperatorKind::Or, left,
                            right, where);
    }
    case Cs::RelationalPattern: {
      const NodeId bound = last(node);
      if (bound == kNoNode) return out_.unknown("pattern", where);
      const std::string_view op =
          trim(text_.substr(where.begin, range(bound).begin - where.begin));
      return combine(op, subject, expression(bound), where);
    }
    case Cs::TypePattern: {
      const TypeId tested = type(child(node, SynField::Type));
      return out_.type_test(subject, std::string(out_.type_path(tested)), where);
    }
    case Cs::DeclarationPattern: {
      const NodeId written = child(node, SynField::Type);
      const TypeId tested = type(written);
      if (name != kNoNode) bind_pattern(name, subject, tested);
      if (written == kNoNode) return out_.boolean(true, where);  // var x
      return out_.type_test(subject, std::string(out_.type_path(tested)), where);
    }
    case Cs::VarPattern:
      if (name != kNoNode) bind_pattern(name, subject, {});
      if (const NodeId parts = own_child(node, Cs::Designation); parts != kNoNode)
        take_apart(parts, subject, where);
      return out_.boolean(true, where);
    case Cs::RecursivePattern: return recursive_pattern(subject, node);
    case Cs::ListPattern: return list_pattern(subject, node);
    default: break;
  }
  const ExprId value = expression(node);
  return out_.operation(OperatorKind::Equal, subject, value, where);
}

// A constant; but `case Order:` and `is Order` may as well name a type.
ExprId CSharpLowering::constant_pattern(ExprId subject, NodeId node) {
  const Range where = range(node);
  const NodeId value = first(node);
  if (value == kNoNode) return out_.unknown("pattern", where);
  if (is(value, Cs::Tuple)) {
    std::vector<ExprId> tests;
    std::size_t position = 0;
    for (const NodeId part : children(value)) {
      const NodeId inner = last(part);
      const ExprId at = out_.index(subject, out_.number(std::to_string(position++), where), where);
      if (inner == kNoNode || text(inner) == "_") continue;
      tests.push_back(out_.operation(OperatorKind::Equal, at, expression(inner), range(inner)));
    }
    return all_of(tests, where);
  }
  const bool may_be_type =
      is(value, Syn::GenericType) || (is(value, Syn::Name) && !find(text(value)).exists()) ||
      (is(value, Syn::Name) && types_.contains(text(value)) &&
       find(text(value)).in_class == kNone);
  if (may_be_type)
    return out_.type_test(subject, std::string(out_.type_path(type(value))), where);
  return out_.operation(OperatorKind::Equal, subject, expression(value), where);
}

// Type(x, y) { A: pattern, B.C: pattern } name
ExprId CSharpLowering::recursive_pattern(ExprId subject, NodeId node) {
  const Range where = range(node);
  std::vector<ExprId> tests;
  const NodeId written = child(node, SynField::Type), name = child(node, SynField::Name);
  const TypeId tested = type(written);
  if (name != kNoNode) bind_pattern(name, subject, tested);
  if (written != kNoNode)
    tests.push_back(out_.type_test(subject, std::string(out_.type_path(tested)), where));
  else
    tests.push_back(out_.operation(OperatorKind::NotEqual, subject, out_.null(where), where));
  if (const NodeId list = own_child(node, Cs::PositionalClause); list != kNoNode) {
    std::size_t position = 0;
    for (const NodeId part : children(list)) {
      const ExprId at = out_.index(subject, out_.number(std::to_string(position++), where), where);
      if (last(part) != kNoNode) tests.push_back(pattern(at, last(part)));
    }
  }
  if (const NodeId list = own_child(node, Cs::PropertyClause); list != kNoNode)
    for (const NodeId part : children(list)) {
      const NodeId path = first(part), inner = last(part);
      if (path == kNoNode || path == inner) continue;
      ExprId at = subject;
      const std::string steps = dotted(path);
      for (const std::string_view step : split(steps, '.'))
        at = out_.member(at, step, range(path));
      tests.push_back(pattern(at, inner));
    }
  return all_of(tests, where);
}

// [first, .., last]: what it says of the length is not asked.
ExprId CSharpLowering::list_pattern(ExprId subject, NodeId node) {
  const Range where = range(node);
  std::vector<NodeId> parts;
  std::size_t slice = SIZE_MAX;
  for (const NodeId part : children(node)) {
    if (is(part, Syn::Operator)) slice = parts.size();
    else if (field(part) != SynField::Name) parts.push_back(part);
  }
  std::vector<ExprId> tests;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool from_end = i >= slice;
    const std::string place =
        from_end ? cat("-", parts.size() - i) : std::to_string(i);
    tests.push_back(pattern(out_.index(subject, out_.number(place, where), where), parts[i]));
  }
  tests.push_back(out_.unknown("length of a list", where));
  if (const NodeId name = child(node, SynField::Name); name != kNoNode)
    bind_pattern(name, subject, {});
  return all_of(tests, where);
}

// (a, var b, (c, d)) = value: each part is read before any is written.
void CSharpLowering::take_apart(NodeId target, ExprId value, Range where) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return static_cast<void>(too_deep(target));
  const bool declares = is(target, Cs::TuplePattern) || is(target, Cs::Designation);
  if (!declares && !is(target, Cs::Tuple)) {
    assign_to(target, value, where);
    return;
  }
  std::vector<NodeId> parts;
  for (const NodeId part : children(target)) {
    if (is(part, Syn::Modifier)) continue;
    parts.push_back(is(part, Syn::Argument) ? last(part) : part);
  }
  std::vector<ExprId> values;
  const std::vector<Operand> elements = out_.operands_of(value);
  const bool is_list =
      out_.expr(value).kind == ExprKind::List && elements.size() == parts.size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ExprId part = is_list ? elements[i].value
                                : out_.index(value, out_.number(std::to_string(i), where), where);
    values.push_back(is_list && !declares ? kept(part, where) : part);
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const NodeId part = parts[i];
    if (part == kNoNode || is(part, Cs::Discard) || text(part) == "_") continue;
    if (declares && is(part, Syn::Name))
      bind_pattern(part, values[i], {});
    else
      take_apart(part, values[i], where);
  }
}

// The test of a switch's section or arm: pattern, and `when`.
ExprId CSharpLowering::arm_test(ExprId subject, NodeId holder) {
  NodeId tested = kNoNode;
  for (const NodeId at : children(holder)) {
    if (is(at, Syn::Modifier)) continue;
    tested = at;
    break;
  }
  const ExprId test = pattern(subject, tested);
  const NodeId guard = own_child(holder, Cs::When);
  if (guard == kNoNode || first(guard) == kNoNode) return test;
  return out_.operation(OperatorKind::And, test, expression(first(guard)), range(guard));
}

ExprId CSharpLowering::switch_expression(NodeId node) {
  const Range where = range(node);
  const ExprId subject = kept(expression_or_unknown(first(node), node), where);
  return temporary(where, [&](ExprId target) {
    std::vector<Arm> arms;
    for (const NodeId row : children(node)) {
      if (!is(row, Cs::SwitchArm)) continue;
      const NodeId value = last(row);
      Arm arm;
      arm.where = range(row);
      if (!is(first(row), Cs::Discard) || own_child(row, Cs::When) != kNoNode)
        arm.test = [this, subject, row] { return arm_test(subject, row); };
      arm.body = [this, target, value] {
        if (is(value, Syn::Throw)) return statement(value);
        const ExprId given = expression(value);
        out_.assign(target, given, range(value));
      };
      arms.push_back(std::move(arm));
    }
    choose_arm(where, arms);
  });
}

}  // namespace fnlint
