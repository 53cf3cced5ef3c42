// Assignments of all kinds, and the places that they change.
#include "core/text.h"
#include "frontends/source/ruby/ruby_lowering.h"

#include <array>
#include <utility>

namespace fnlint {

namespace {

constexpr std::array<std::pair<std::string_view, OperatorKind>, 11> kUpdates{{
    {"+=", OperatorKind::Add},
    {"-=", OperatorKind::Subtract},
    {"*=", OperatorKind::Multiply},
    {"/=", OperatorKind::Divide},
    {"%=", OperatorKind::Modulo},
    {"**=", OperatorKind::Power},
    {"&=", OperatorKind::BitAnd},
    {"|=", OperatorKind::BitOr},
    {"^=", OperatorKind::BitXor},
    {"<<=", OperatorKind::ShiftLeft},
    {">>=", OperatorKind::ShiftRight},
}};

}  // namespace

ExprId RubyLowering::assignment(NodeId node) {
  const NodeId left = child(node, RbField::Left), right = child(node, RbField::Right);
  if (left == kNoNode || right == kNoNode) {
    salvage(node);
    return out_.unknown("missing", range(node));
  }
  const bool is_list =
      kind(left) == Rb::LeftAssignmentList || kind(left) == Rb::DestructuredLeftAssignment;
  if (is_list && kind(right) == Rb::RightAssignmentList) {
    // All values are read before any name is changed: `a, b = b, a`.
    const ExprId list = array(right);
    const std::vector<Operand> values = out_.operands_of(list);
    std::vector<Operand> read;
    for (const Operand& value : values)
      read.push_back({.value = stored(value.value, range(right)), .spread = value.spread});
    const ExprId whole = out_.list(read, range(right));
    assign_list(left, whole, range(node));
    return whole;
  }
  ExprId value;
  if (kind(right) == Rb::RightAssignmentList)
    value = array(right);
  else if (kind(right) == Rb::SplatArgument)
    value = out_.list({element(right)}, range(right));
  else
    value = expression(right);
  if (is_list) {
    value = kept(value, range(right));
    assign_list(left, value, range(node));
    return value;
  }
  assign_target(left, value, range(node));
  return value;
}

// The place that a target names; none: it is no place.
ExprId RubyLowering::place(NodeId target) {
  const Range where = range(target);
  switch (kind(target)) {
    case Rb::Identifier:
      if (const VariableId variable = local(target); variable.exists())
        return out_.variable(variable, where);
      return {};
    case Rb::GlobalVariable: return global_variable(text(target), where);
    case Rb::InstanceVariable: return instance_variable(text(target), where);
    case Rb::ClassVariable: return class_variable(text(target), where);
    case Rb::Constant: {
      const RbClassId type = scopes_.scope(scopes_.self_scope(scope_)).type;
      if (type != kNoRuby && scopes_.classes()[type].constants.contains(std::string(text(target))))
        return out_.member(class_value(type, where), text(target), where);
      const VariableId variable = scopes_.global(text(target));
      return variable.exists() ? out_.variable(variable, where) : ExprId{};
    }
    case Rb::ScopeResolution: {
      const NodeId scope = child(target, RbField::Scope), name = child(target, RbField::Name);
      if (name == kNoNode) return {};
      if (scope == kNoNode) {
        const VariableId variable = scopes_.global(text(name));
        return variable.exists() ? out_.variable(variable, where) : ExprId{};
      }
      return out_.member(expression(scope), text(name), where);
    }
    case Rb::ElementReference: return index_place(target);
    case Rb::Call: {
      const NodeId object = child(target, RbField::Receiver);
      const NodeId method = child(target, RbField::Method);
      if (object == kNoNode || method == kNoNode) return {};
      std::string name(text(method));
      if (kind(object) == Rb::Self && self_class() != kNoRuby &&
          !has_attribute(self_class(), name, self_is_class()))
        name.insert(0, "@");
      return out_.member(expression(object), name, where);
    }
    default: return {};
  }
}

ExprId RubyLowering::index_place(NodeId target) {
  const NodeId object = child(target, RbField::Object);
  const ExprId base = expression_or_null(object, target);
  ExprId at;
  for (const NodeId node : nodes_.children(target)) {
    const bool is_key = node != object && kind(node) != Rb::HeredocBody &&
                        kind(node) != Rb::SplatArgument && kind(node) != Rb::Pair;
    if (is_key && !at.exists()) at = expression(node);
  }
  return out_.index(base, at.exists() ? at : out_.null(range(target)), range(target));
}

void RubyLowering::assign_target(NodeId target, ExprId value, Range where) {
  switch (kind(target)) {
    case Rb::LeftAssignmentList:
    case Rb::DestructuredLeftAssignment: return assign_list(target, kept(value, where), where);
    case Rb::RestAssignment:
      if (const NodeId inner = nodes_.first_child(target); inner != kNoNode)
        assign_target(inner, value, where);
      return;
    case Rb::Call: {  // a method of the file that is written for the assignment
      const NodeId object = child(target, RbField::Receiver);
      const NodeId method = child(target, RbField::Method);
      if (object == kNoNode || method == kNoNode) break;
      const std::string setter = cat(text(method), '=');
      if (!scopes_.has_setter(setter)) break;
      out_.call(out_.member(expression(object), setter, range(target)), {{.value = value}}, where);
      return;
    }
    default: break;
  }
  const ExprId at = place(target);
  if (at.exists())
    out_.assign(at, value, where);
  else
    salvage(target);
}

// `a, (b, *c), d = value`.
void RubyLowering::assign_list(NodeId list, ExprId value, Range where) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(list);
  std::size_t position = 0;
  bool behind_rest = false;
  for (const NodeId target : nodes_.children(list)) {
    const ExprId at = out_.number(std::to_string(position++), range(target));
    ExprId one;
    if (kind(target) == Rb::RestAssignment) {
      one = out_.part(value, at, {}, {}, range(target));
      behind_rest = true;
    } else if (behind_rest) {
      one = out_.unknown("an element from the end", range(target));
    } else {
      one = out_.index(value, at, range(target));
    }
    assign_target(target, one, where);
  }
}

// Parameters `(a, (b, c))` of a block.
void RubyLowering::take_apart(NodeId pattern, ExprId value, Range where) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(pattern);
  std::size_t position = 0;
  for (const NodeId part : nodes_.children(pattern)) {
    const ExprId at = out_.number(std::to_string(position++), range(part));
    const ExprId one = kind(part) == Rb::SplatParameter
                           ? out_.part(value, at, {}, {}, range(part))
                           : out_.index(value, at, range(part));
    if (kind(part) == Rb::DestructuredParameter) {
      take_apart(part, one, where);
      continue;
    }
    const NodeId name = kind(part) == Rb::Identifier ? part : child(part, RbField::Name);
    const VariableId variable = name == kNoNode ? VariableId{} : local(name);
    if (variable.exists()) out_.assign(out_.variable(variable, range(part)), one, range(part));
  }
}

ExprId RubyLowering::operator_assignment(NodeId node) {
  const NodeId left = child(node, RbField::Left), right = child(node, RbField::Right);
  const NodeId how = child(node, RbField::Operator);
  const ExprId target = left == kNoNode ? ExprId{} : place(left);
  if (!target.exists() || how == kNoNode || right == kNoNode) {
    salvage(node);
    return out_.unknown("missing", range(node));
  }
  const std::string_view token = text(how);
  if (token == "||=" || token == "&&=") return logical_assignment(node, target, token == "||=");
  const ExprId value = expression(right);
  for (const auto& [name, update] : kUpdates)
    if (name == token) out_.assign(target, value, range(node), AssignMode::Update, update);
  return target;
}

// `@client ||= make` makes and stores where nothing is there yet.
ExprId RubyLowering::logical_assignment(NodeId node, ExprId target, bool absent) {
  const NodeId right = child(node, RbField::Right);
  const Range where = range(node);
  if (absent && !has_ops(right)) {
    out_.assign(target, expression(right), where, AssignMode::SetIfAbsent);
    return target;
  }
  const ExprId test =
      absent ? out_.operation(OperatorKind::Not, target, {}, out_.range(target)) : target;
  const OpId branch = out_.open_branch(test, where);
  const ExprId value = expression(right);
  out_.assign(target, value, where, absent ? AssignMode::SetIfAbsent : AssignMode::Set);
  out_.close(branch);
  return target;
}

// --- Variables of objects and classes.

ExprId RubyLowering::instance_variable(std::string_view name, Range where) {
  const RbClassId type = self_class();
  if (type == kNoRuby) {
    const VariableId variable = scopes_.global(name);
    return variable.exists() ? out_.variable(variable, where) : out_.unknown("@", where);
  }
  return out_.member(self(where), field_name(name, type, self_is_class()), where);
}

// Of the file that assigns it; one that this file only reads is another's, or the language's.
ExprId RubyLowering::global_variable(std::string_view name, Range where) {
  if (const VariableId variable = scopes_.global(name); variable.exists())
    return out_.variable(variable, where);
  const bool is_predefined =
      name.size() < 3 || name == "$stdout" || name == "$stderr" || name == "$stdin" ||
      name == "$LOAD_PATH" || name == "$PROGRAM_NAME" || name == "$DEBUG" || name == "$VERBOSE";
  return is_predefined ? builtin(name, where) : outside(name, where);
}

ExprId RubyLowering::class_variable(std::string_view name, Range where) {
  const RbClassId type = self_class();
  if (type == kNoRuby) {
    const VariableId variable = scopes_.global(name);
    return variable.exists() ? out_.variable(variable, where) : out_.unknown("@@", where);
  }
  return out_.member(class_value(type, where), name, where);
}

}  // namespace fnlint
