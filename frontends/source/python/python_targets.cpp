// Assignments: places, and patterns that take a value apart.
#include "core/text.h"
#include "frontends/source/python/python_lowering.h"

#include <algorithm>

namespace fnlint {

namespace {

std::optional<OperatorKind> update_operator(Py kind) {
  switch (kind) {
    case Py::PlusAssign: return OperatorKind::Add;
    case Py::MinusAssign: return OperatorKind::Subtract;
    case Py::StarAssign: return OperatorKind::Multiply;
    case Py::SlashAssign: return OperatorKind::Divide;
    case Py::PercentAssign: return OperatorKind::Modulo;
    case Py::DoubleSlashAssign: return OperatorKind::FloorDivide;
    case Py::DoubleStarAssign: return OperatorKind::Power;
    case Py::AmpersandAssign: return OperatorKind::BitAnd;
    case Py::PipeAssign: return OperatorKind::BitOr;
    case Py::CaretAssign: return OperatorKind::BitXor;
    case Py::ShiftLeftAssign: return OperatorKind::ShiftLeft;
    case Py::ShiftRightAssign: return OperatorKind::ShiftRight;
    default: return std::nullopt;
  }
}

constexpr std::size_t kComparedTargets = 16;

// What enum.auto() gives is no other member's.
bool is_automatic(std::string_view value) { return value == "auto()" || value == "enum.auto()"; }

}  // namespace

// `a = b = value`: the parser nests the later targets in the right side.
void PythonLowering::assignment(NodeId node) {
  std::vector<NodeId> targets;
  NodeId value = node;
  while (is(value, Py::Assignment)) {
    const NodeId left = child(value, PyField::Left), annotation = child(value, PyField::Type);
    if (left != kNoNode) targets.push_back(left);
    if (left != kNoNode && annotation != kNoNode) annotate(left, annotation);
    value = child(value, PyField::Right);
  }
  if (value == kNoNode) return;  // only declares
  if (is(value, Py::AugmentedAssignment)) {
    augmented_assignment(value);
    value = child(value, PyField::Left);
    if (value == kNoNode) return;
  }
  if (function_.index == 0 && targets.size() == 1 && text(targets[0]) == "__all__")
    export_names(value);
  if (targets.size() == 1) {
    const std::vector<NodeId> parts = elements_of(targets[0]);
    if (!parts.empty()) return assign_each(parts, value, range(node), targets[0]);
  }
  const bool is_member = is_automatic(text(value)) && targets.size() == 1 &&
                         out_.function(out_.current()).kind == FunctionKind::ClassInit;
  ExprId assigned = is_member ? out_.text(text(targets[0]), range(value)) : expression(value);
  if (targets.size() > 1) assigned = kept(assigned, range(value));
  for (const NodeId target : targets) assign_target(target, assigned, range(node));
}

// `a, b = x, y` side by side; everything else through a value that is taken apart.
void PythonLowering::assign_each(const std::vector<NodeId>& targets, NodeId values, Range where,
                                 NodeId pattern) {
  const std::vector<NodeId> parts = elements_of(values);
  const auto spreads = [&](NodeId at) { return text(at).starts_with('*'); };
  const bool side_by_side = parts.size() == targets.size() &&
                            std::none_of(parts.begin(), parts.end(), spreads) &&
                            std::none_of(targets.begin(), targets.end(), spreads);
  if (!side_by_side) return assign_target(pattern, expression(values), where);
  std::vector<ExprId> assigned;
  for (const NodeId part : parts) assigned.push_back(expression(part));
  // All values are read before the first is written; the first cannot be spoilt.
  for (std::size_t i = 1; i < assigned.size(); ++i) {
    const auto spoils = [&](NodeId target) { return may_change(target, parts[i]); };
    const bool spoilt =
        i > kComparedTargets ||
        std::any_of(targets.begin(), targets.begin() + static_cast<std::ptrdiff_t>(i), spoils);
    if (spoilt && !is_constant(assigned[i])) assigned[i] = stored(assigned[i], range(parts[i]));
  }
  for (std::size_t i = 0; i < assigned.size(); ++i)
    assign_target(targets[i], assigned[i], range(targets[i]));
}

void PythonLowering::augmented_assignment(NodeId node) {
  const NodeId left = child(node, PyField::Left), right = child(node, PyField::Right);
  const NodeId sign = child(node, PyField::Operator);
  if (left == kNoNode) return;
  if (function_.index == 0 && text(left) == "__all__" && right != kNoNode) export_names(right);
  const ExprId target = place(left);
  const ExprId value = expression_or_unknown(right, node);
  if (!target.exists()) return opaque(node, true);
  const std::optional<OperatorKind> kind_of_update =
      sign == kNoNode ? std::nullopt : update_operator(kind(sign));
  if (kind_of_update)
    out_.assign(target, value, range(node), AssignMode::Update, *kind_of_update);
  else
    out_.assign(target, out_.unknown("@=", range(node)), range(node));
}

void PythonLowering::annotate(NodeId target, NodeId annotation) {
  if (!is(target, Py::Identifier)) return;
  const TypeId declared = type(annotation);
  const PyName bound = scopes_.resolve(scope_, out_.string(text(target)));
  if (!bound.variable.exists() || !declared.exists()) return;
  out_.set(bound.variable, &Variable::type, declared);
  if (is_final(out_.type_path(declared))) out_.mark(bound.variable, kConstant);
}

void PythonLowering::assign_target(NodeId target, ExprId value, Range where) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(target);
  if (is_pattern(target)) return unpack(target, value, where);
  const ExprId at = place(target);
  if (at.exists())
    out_.assign(at, value, where);
  else
    opaque(target, true);
}

void PythonLowering::unpack(NodeId target, ExprId value, Range where) {
  const std::vector<NodeId> parts = elements_of(target);
  const ExprId whole = rebinds(target, value) ? stored(value, where) : kept(value, where);
  std::size_t star = parts.size();
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (is(parts[i], Py::ListSplatPattern) || is(parts[i], Py::ListSplat)) star = i;
  const auto number = [&](std::size_t i, Range at) {
    return i <= star ? out_.number(std::to_string(i), at)
                     : out_.number(cat("-", parts.size() - i), at);
  };
  if (star == parts.size() && is_split(value)) require_length(whole, parts.size(), where);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Range at = range(parts[i]);
    if (i != star) {
      assign_target(parts[i], out_.index(whole, number(i, at), at), at);
    } else if (const NodeId inner = nodes_.first_child(parts[i]); inner != kNoNode) {
      const ExprId to = i + 1 == parts.size() ? ExprId{} : number(i + 1, at);
      assign_target(inner, out_.part(whole, number(i, at), to, {}, at), at);
    }
  }
}

// What a text is split into: how many pieces that are tells of the text.
bool PythonLowering::is_split(ExprId value) const {
  const CodeFacts& facts = out_.facts();
  const Expr row = out_.expr(value);
  if (row.kind != ExprKind::Result || facts.ops[row.ref].kind != OpKind::Call) return false;
  const Expr callee = out_.expr(facts.calls[facts.ops[row.ref].detail].callee);
  if (callee.kind != ExprKind::Member) return false;
  const std::string_view name = out_.string(callee.name);
  return name == "split" || name == "rsplit";
}

// Names that take the elements of a list apart are as many as those, or the statement raises.
void PythonLowering::require_length(ExprId list, std::size_t names, Range where) {
  const ExprId length = out_.result(out_.call(out_.variable(builtin(out_.string("len")), where),
                                              {{.value = list}}, where, CallMode::Implicit),
                                    where);
  const OpId branch =
      out_.open_branch(out_.operation(OperatorKind::NotEqual, length,
                                      out_.number(std::to_string(names), where), where),
                       where);
  const ExprId error = out_.variable(builtin(out_.string("ValueError")), where);
  const OpId made = out_.call(error, {}, where, CallMode::Implicit);
  out_.exit(ExitKind::Raise, {}, out_.result(made, where), where);
  out_.close(branch);
}

ExprId PythonLowering::place(NodeId target) {
  target = ungrouped(target);
  if (is(target, Py::Identifier)) return name_for(out_.string(text(target)), range(target), true);
  if (is(target, Py::Attribute) || is(target, Py::Subscript)) {
    const ExprId at = expression(target);
    const ExprKind made = out_.expr(at).kind;
    const bool is_place =
        made == ExprKind::Member || made == ExprKind::Index || made == ExprKind::Part;
    return is_place ? at : ExprId{};
  }
  if (target != kNoNode && has_ops(target)) expression(target);
  return {};
}

// The place that takes each element; for a pattern a temporary, which take_apart() reads.
ExprId PythonLowering::loop_target(NodeId target) {
  if (target == kNoNode) return out_.variable(out_.temporary(function_), {});
  const ExprId at = is_pattern(target) ? ExprId{} : place(target);
  return at.exists() ? at : out_.variable(out_.temporary(function_), range(target));
}

void PythonLowering::take_apart(NodeId target, ExprId element, Range where) {
  if (target != kNoNode && is_pattern(target)) unpack(target, element, where);
}

bool PythonLowering::is_constant(ExprId value) const {
  switch (out_.expr(value).kind) {
    case ExprKind::Null:
    case ExprKind::Bool:
    case ExprKind::Number:
    case ExprKind::Text:
    case ExprKind::Function:
    case ExprKind::Unknown:
    case ExprKind::Result: return true;
    default: return false;
  }
}

bool PythonLowering::is_temporary(ExprId value) const {
  const Expr row = out_.expr(value);
  return row.kind == ExprKind::Variable &&
         out_.variable(VariableId{row.ref}).name == no_name_;
}

// Whether writing `target` can change what the value's node reads.
bool PythonLowering::may_change(NodeId target, NodeId value) const {
  if (!is(target, Py::Identifier)) return true;
  for (NodeId at = value; at < nodes_[value].next; ++at)
    if (kind(at) == Py::Identifier && text(at) == text(target)) return true;
  return false;
}

// Whether a pattern writes the variable that it takes apart.
bool PythonLowering::rebinds(NodeId pattern, ExprId value) const {
  const Expr row = out_.expr(value);
  if (row.kind != ExprKind::Variable) return false;
  for (NodeId at = pattern; at < nodes_[pattern].next; ++at)
    if (kind(at) == Py::Identifier &&
        scopes_.resolve(scope_, out_.string(text(at))).variable == VariableId{row.ref})
      return true;
  return false;
}

// A value that is read several times: itself where nothing can spoil it on the way.
ExprId PythonLowering::kept(ExprId value, Range where) {
  const Expr row = out_.expr(value);
  const bool is_part = row.kind == ExprKind::Index &&
                       (is_temporary(ExprId{row.ref}) || is_constant(ExprId{row.ref}));
  const bool keeps = is_part || row.kind == ExprKind::Variable || is_constant(value);
  return keeps ? value : stored(value, where);
}

ExprId PythonLowering::stored(ExprId value, Range where) {
  const ExprId temporary = out_.variable(out_.temporary(function_), where);
  out_.assign(temporary, value, where, AssignMode::Declare);
  return temporary;
}

// `(a)` is a; `(a,)` is a pattern.
NodeId PythonLowering::ungrouped(NodeId node) const {
  for (;;) {
    const NodeId inner = node == kNoNode ? kNoNode : nodes_.first_child(node);
    if (inner == kNoNode) return node;
    const Py form = kind(node);
    const bool grouped =
        form == Py::AsPatternTarget || form == Py::ParenthesizedExpression ||
        (form == Py::TuplePattern && nodes_.next_sibling(inner) == kNoNode &&
         text_.substr(range(inner).end, range(node).end - range(inner).end).find(',') ==
             std::string_view::npos);
    if (!grouped) return node;
    node = inner;
  }
}

bool PythonLowering::is_pattern(NodeId node) const {
  node = ungrouped(node);
  return is(node, Py::PatternList) || is(node, Py::TuplePattern) || is(node, Py::ListPattern) ||
         is(node, Py::Tuple) || is(node, Py::List) || is(node, Py::ExpressionList);
}

std::vector<NodeId> PythonLowering::elements_of(NodeId node) const {
  std::vector<NodeId> parts;
  if (!is_pattern(node)) return parts;
  for (const NodeId part : nodes_.children(ungrouped(node))) parts.push_back(part);
  return parts;
}

}  // namespace fnlint
