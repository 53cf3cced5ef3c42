// Python's simple statements and its `if`, those of Python 2 included.

#include "core/text.h"
#include "frontends/source/python/python_lowering.h"

namespace fnlint {

namespace {

// More `elif`s than this become branches in a row that leave one block, not branches in branches.
constexpr std::size_t kNestedElifs = 16;

bool is_constant_literal(Py kind) {
  return kind == Py::Integer || kind == Py::Float || kind == Py::True || kind == Py::False ||
         kind == Py::None || kind == Py::Ellipsis;
}

}  // namespace

void PythonLowering::statement(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(node);
  switch (kind(node)) {
    case Py::IfStatement: return if_statement(node);
    case Py::ForStatement: return for_statement(node);
    case Py::WhileStatement: return while_statement(node);
    case Py::TryStatement: return try_statement(node);
    case Py::WithStatement: return with_statement(node);
    case Py::MatchStatement: return match_statement(node);
    case Py::FunctionDefinition: return function_definition(node, node);
    case Py::ClassDefinition: return class_definition(node, node);
    case Py::DecoratedDefinition: return decorated_definition(node);
    case Py::Block:
      for (const NodeId inner : nodes_.children(node)) statement(inner);
      return;
    case Py::Error: return salvage(node);
    default: return simple_statement(node);
  }
}

void PythonLowering::simple_statement(NodeId node) {
  switch (kind(node)) {
    case Py::ExpressionStatement:
      for (const NodeId inner : nodes_.children(node)) expression_statement(inner);
      return;
    case Py::ImportStatement: return import_statement(node);
    case Py::FutureImportStatement: return import_from(node, "__future__");
    case Py::ImportFromStatement: {
      const NodeId module = child(node, PyField::ModuleName);
      return import_from(node, module == kNoNode ? std::string_view{} : text(module));
    }
    case Py::ReturnStatement: return return_statement(node);
    case Py::RaiseStatement: return raise_statement(node);
    case Py::AssertStatement: return assert_statement(node);
    case Py::DeleteStatement:
      for (const NodeId target : nodes_.children(node)) delete_target(target);
      return;
    case Py::BreakStatement:
    case Py::ContinueStatement: {
      const bool leaves = kind(node) == Py::BreakStatement;
      if (jumps_.empty()) return opaque(node, false);  // outside a loop: Python refuses it
      out_.exit(leaves ? ExitKind::Break : ExitKind::Continue,
                leaves ? jumps_.back().leaves : jumps_.back().repeats, {}, range(node));
      return;
    }
    case Py::PassStatement:
    case Py::GlobalStatement:
    case Py::NonlocalStatement: return;
    case Py::PrintStatement: return print_statement(node);
    case Py::ExecStatement: return exec_statement(node);
    case Py::TypeAliasStatement: return type_alias(node);
    default: return expression_statement(node);
  }
}

void PythonLowering::expression_statement(NodeId node) {
  const Py form = kind(node);
  if (form == Py::Assignment) return assignment(node);
  if (form == Py::AugmentedAssignment) return augmented_assignment(node);
  if (is_constant_literal(form) || is_plain_string(node)) return;  // docstrings, `...`
  if (text(node).starts_with("__all__.") && function_.index == 0) export_names(node);
  const bool pure = !has_ops(node);
  const ExprId value = expression(node);
  if (pure) out_.evaluate(value, range(node));
}

bool PythonLowering::is_plain_string(NodeId node) const {
  if (kind(node) != Py::String && kind(node) != Py::ConcatenatedString) return false;
  for (NodeId at = node; at < nodes_[node].next; ++at)
    if (kind(at) == Py::Interpolation) return false;
  return !is_template(node);
}

// What an import below a condition means: gone at run time, or not run when the file is loaded.
std::uint32_t PythonLowering::import_flags_under(NodeId condition, bool holds) const {
  if (condition == kNoNode) return 0;
  if (kind(condition) == Py::NotOperator) {
    condition = child(condition, PyField::Argument);
    if (is(condition, Py::NotOperator)) return 0;
    return import_flags_under(condition, !holds);
  }
  if (!holds) return 0;
  const std::string_view written = text(condition);
  if (written == "TYPE_CHECKING" || written.ends_with(".TYPE_CHECKING")) return kTypeOnly;
  const bool is_main = kind(condition) == Py::ComparisonOperator &&
                       written.starts_with("__name__") &&
                       written.find("==") != std::string_view::npos &&
                       written.find("__main__") != std::string_view::npos;
  return is_main ? std::uint32_t{kGuarded} : 0U;
}

void PythonLowering::block(NodeId node, std::uint32_t import_flags) {
  if (node == kNoNode) return;
  const std::uint32_t before = std::exchange(import_flags_, import_flags_ | import_flags);
  statement(node);
  import_flags_ = before;
}

void PythonLowering::if_statement(NodeId node) {
  std::size_t elifs = 0;
  for (const NodeId part : nodes_.children(node)) elifs += is(part, Py::ElifClause) ? 1U : 0U;
  if (elifs > kNestedElifs) return flat_if(node);
  std::vector<OpId> open;
  std::uint32_t otherwise = 0;  // flags of imports below all conditions that failed
  const auto part_of_if = [&](NodeId part) {
    const NodeId condition = child(part, PyField::Condition);
    open.push_back(out_.open_branch(test(condition, part), range(part)));
    block(child(part, PyField::Consequence), otherwise | import_flags_under(condition, true));
    otherwise |= import_flags_under(condition, false);
  };
  part_of_if(node);
  for (const NodeId part : nodes_.children(node)) {
    if (nodes_[part].field != static_cast<std::uint8_t>(PyField::Alternative)) continue;
    out_.otherwise(open.back());
    if (kind(part) == Py::ElifClause) part_of_if(part);
    if (kind(part) == Py::ElseClause) block(child(part, PyField::Body), otherwise);
  }
  while (!open.empty()) {
    out_.close(open.back());
    open.pop_back();
  }
}

void PythonLowering::flat_if(NodeId node) {
  const OpId around = out_.open_block("if", range(node));
  const auto part_of_if = [&](NodeId part) {
    const OpId branch = out_.open_branch(test(child(part, PyField::Condition), part), range(part));
    block(child(part, PyField::Consequence), 0);
    out_.exit(ExitKind::Break, around, {}, range(part));
    out_.close(branch);
  };
  part_of_if(node);
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Py::ElifClause) part_of_if(part);
    if (kind(part) == Py::ElseClause) block(child(part, PyField::Body), 0);
  }
  out_.close(around);
}

// A condition; the type checker's own is false whenever the code runs.
ExprId PythonLowering::test(NodeId condition, NodeId holder) {
  if (condition == kNoNode) return out_.unknown("missing", range(holder));
  for (const bool holds : {true, false})
    if ((import_flags_under(condition, holds) & kTypeOnly) != 0)
      return out_.boolean(!holds, range(condition));
  return expression(condition);
}

void PythonLowering::return_statement(NodeId node) {
  const NodeId value = nodes_.first_child(node);
  const ExprId returned = value == kNoNode ? out_.null(range(node)) : expression(value);
  out_.exit(ExitKind::Return, {}, returned, range(node));
}

void PythonLowering::raise_statement(NodeId node) {
  ExprId raised;
  const NodeId cause = child(node, PyField::Cause);
  for (const NodeId part : nodes_.children(node)) {
    if (part == cause || kind(part) == Py::From) continue;
    if (kind(part) == Py::ExpressionList) python2("raise statement", node);
    raised = expression(kind(part) == Py::ExpressionList ? part + 1 : part);
    break;
  }
  if (cause != kNoNode && has_ops(cause)) expression(cause);
  out_.exit(ExitKind::Raise, {}, raised, range(node));
}

void PythonLowering::assert_statement(NodeId node) {
  const NodeId condition = nodes_.first_child(node);
  if (condition == kNoNode) return;
  const ExprId holds = expression(condition);
  const OpId branch =
      out_.open_branch(out_.operation(OperatorKind::Not, holds, {}, range(condition)), range(node));
  std::vector<Operand> arguments;
  if (const NodeId message = nodes_.next_sibling(condition); message != kNoNode)
    arguments.push_back({.value = expression(message)});
  const ExprId error = out_.variable(builtin(out_.string("AssertionError")), range(node));
  const OpId made = out_.call(error, arguments, range(node), CallMode::Implicit);
  out_.exit(ExitKind::Raise, {}, out_.result(made, range(node)), range(node));
  out_.close(branch);
}

void PythonLowering::delete_target(NodeId node) {
  const std::vector<NodeId> parts = elements_of(node);
  if (!parts.empty()) {
    const Deeper deeper(depth_);
    if (depth_ > kNestingDepth) return too_deep(node);
    for (const NodeId part : parts) delete_target(part);
    return;
  }
  const ExprId target = place(node);
  if (target.exists()) out_.assign(target, {}, range(node), AssignMode::Delete);
}

void PythonLowering::print_statement(NodeId node) {
  python2("print statement", node);
  std::vector<Operand> arguments;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Py::Chevron && nodes_.first_child(part) != kNoNode)
      arguments.push_back(
          {.name = out_.string("file"), .value = expression(nodes_.first_child(part))});
    else if (nodes_[part].field == static_cast<std::uint8_t>(PyField::Argument))
      arguments.push_back({.value = expression(part)});
  }
  out_.call(out_.variable(builtin(out_.string("print")), range(node)), arguments, range(node));
}

void PythonLowering::exec_statement(NodeId node) {
  python2("exec statement", node);
  std::vector<Operand> arguments;
  for (const NodeId part : nodes_.children(node))
    if (kind(part) != Py::In) arguments.push_back({.value = expression(part)});
  out_.call(out_.variable(builtin(out_.string("exec")), range(node)), arguments, range(node));
}

// `type X = ...` makes an object that only type checkers look into.
void PythonLowering::type_alias(NodeId node) {
  const NodeId name = aliased_type(nodes_, node);
  if (name == kNoNode) return type_call_assignment(node);
  feature("type-alias", "3.12", node);
  const ExprId target = name_for(out_.string(text(name)), range(name), true);
  out_.assign(target, out_.unknown("type alias", range(node)), range(node));
}

// `type(x).y = z`, which the grammar takes for a type alias.
void PythonLowering::type_call_assignment(NodeId node) {
  const NodeId left = child(node, PyField::Left), right = child(node, PyField::Right);
  const NodeId target = left == kNoNode ? kNoNode : nodes_.first_child(left);
  if (target == kNoNode) return salvage_parts(node);
  const ExprId value = expression_or_unknown(right, node);
  const ExprId at = type_chain(target, range(node).begin);
  const ExprKind made = out_.expr(at).kind;
  if (made == ExprKind::Member || made == ExprKind::Index || made == ExprKind::Part)
    out_.assign(at, value, range(node));
  else
    opaque(node, false);
}

ExprId PythonLowering::type_chain(NodeId node, std::uint32_t begin) {
  const Deeper deeper(depth_);
  const Range where{begin, range(node).end};
  if (depth_ > kNestingDepth) return out_.unknown("nesting", where);
  const NodeId inner = nodes_.first_child(node);
  switch (kind(node)) {
    case Py::Attribute:
    case Py::Subscript:
    case Py::Call:
      return inner == kNoNode ? out_.unknown("missing", where)
                              : apply_link(node, type_chain(inner, begin));
    default: break;
  }
  const ExprId type_object = name_for(out_.string("type"), {begin, begin + 4}, false);
  std::vector<Operand> given;
  for (const NodeId part : nodes_.children(node)) given.push_back(element(part));
  if (kind(node) == Py::List) return out_.index(type_object, out_.list(given, where), where);
  return out_.result(out_.call(type_object, given, where), where);
}

}  // namespace fnlint
