// Loops, try and with.
#include "core/text.h"
#include "frontends/source/python/python_lowering.h"

namespace fnlint {

void PythonLowering::while_statement(NodeId node) {
  const NodeId condition = child(node, PyField::Condition);
  const NodeId alternative = child(node, PyField::Alternative);
  const OpId around = alternative == kNoNode ? OpId{} : out_.open_block("while", range(node));
  const OpId loop = out_.open_loop(LoopKind::Forever, {}, {}, range(node));
  const bool endless =
      condition != kNoNode && (text(condition) == "True" || text(condition) == "1");
  if (!endless) {
    const ExprId holds = expression_or_unknown(condition, node);
    const Range where = condition == kNoNode ? range(node) : range(condition);
    const OpId branch = out_.open_branch(holds, where);
    out_.otherwise(branch);
    out_.exit(ExitKind::Break, loop, {}, where);
    out_.close(branch);
  }
  loop_body(node, loop, around, child(node, PyField::Body));
}

void PythonLowering::for_statement(NodeId node) {
  const NodeId left = child(node, PyField::Left), right = child(node, PyField::Right);
  const NodeId alternative = child(node, PyField::Alternative);
  const OpId around = alternative == kNoNode ? OpId{} : out_.open_block("for", range(node));
  const ExprId subject = expression_or_unknown(right, node);
  const ExprId target = loop_target(left);
  const bool is_async = text(node).starts_with("async");
  const OpId loop = out_.open_loop(LoopKind::Each, target, subject, range(node), is_async);
  take_apart(left, target, left == kNoNode ? range(node) : range(left));
  loop_body(node, loop, around, child(node, PyField::Body));
}

// The body of an open loop and, inside the block around it, the part that runs when no `break`
// left it.
void PythonLowering::loop_body(NodeId node, OpId loop, OpId around, NodeId body) {
  jumps_.push_back({.leaves = around.exists() ? around : loop, .repeats = loop});
  block(body, 0);
  jumps_.pop_back();
  out_.close(loop);
  if (!around.exists()) return;
  block(child(child(node, PyField::Alternative), PyField::Body), 0);
  out_.close(around);
}

// The else part runs when the body came to its end, outside the reach of the catches: they leave a
// block around both.
void PythonLowering::try_statement(NodeId node) {
  NodeId otherwise = kNoNode, finally = kNoNode;
  bool catches = false;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Py::ElseClause) otherwise = part;
    if (kind(part) == Py::FinallyClause) finally = part;
    catches = catches || kind(part) == Py::ExceptClause;
  }
  const bool splits = otherwise != kNoNode && catches;
  const bool wraps = splits && finally != kNoNode;
  const OpId outer = wraps ? out_.open_try(range(node)) : OpId{};
  const OpId around = splits ? out_.open_block("try", range(node)) : OpId{};
  const OpId attempt = out_.open_try(range(node));
  block(child(node, PyField::Body), 0);
  if (!splits && otherwise != kNoNode) block(child(otherwise, PyField::Body), 0);
  for (const NodeId part : nodes_.children(node))
    if (kind(part) == Py::ExceptClause) except_clause(part, attempt, around);
  if (splits) {
    out_.close(attempt);
    block(child(otherwise, PyField::Body), 0);
    out_.close(around);
  }
  const OpId last = wraps ? outer : attempt;
  if (finally != kNoNode) {
    out_.open_finally(last);
    for (const NodeId part : nodes_.children(finally)) statement(part);
  }
  if (wraps || !splits) out_.close(last);
}

void PythonLowering::except_clause(NodeId node, OpId attempt, OpId around) {
  std::vector<NodeId> values;
  VariableId caught;
  NodeId body = kNoNode;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Py::Block) body = part;
    if (nodes_[part].field != static_cast<std::uint8_t>(PyField::Value)) continue;
    if (!values.empty() && is_lower_name(part)) {
      python2("except clause", part);
      continue;
    }
    values.push_back(kind(part) == Py::AsPattern ? nodes_.first_child(part) : part);
    const NodeId target = kind(part) == Py::AsPattern ? child(part, PyField::Alias) : kNoNode;
    const NodeId name = target == kNoNode ? kNoNode : nodes_.first_child(target);
    if (is(name, Py::Identifier))
      caught = scopes_.resolve(scope_, out_.string(text(name))).variable;
  }
  if (values.size() > 1) feature("unparenthesized-except", "3.14", node);
  if (trim(text(node).substr(std::string_view("except").size())).starts_with('*'))
    feature("except-star", "3.11", node);
  out_.open_catch(attempt, caught_types(values), caught);
  for (const NodeId value : values)
    if (value != kNoNode && has_ops(value)) expression(value);
  block(body, kFallback);
  if (around.exists()) out_.exit(ExitKind::Break, around, {}, range(node));
}

// `except E, e:` names the variable in Python 2; types have capitals or dots.
bool PythonLowering::is_lower_name(NodeId node) const {
  return is(node, Py::Identifier) && text(node).front() >= 'a' && text(node).front() <= 'z';
}

// Never empty when there are values: a catch without types would catch everything.
std::vector<TypeId> PythonLowering::caught_types(const std::vector<NodeId>& values) {
  std::vector<TypeId> types;
  for (const NodeId value : values) {
    std::vector<NodeId> parts = elements_of(value);
    if (parts.empty()) parts.push_back(value);
    for (const NodeId part : parts) {
      const std::string path = type_path(part);
      if (is(part, Py::Identifier)) expression(part);  // a name that has to be there
      types.push_back(out_.add_type(path.empty() ? "<computed>" : path));
    }
  }
  return types;
}

// `with (a as b, c):`; `with (a):` is as old as `with`.
bool PythonLowering::is_parenthesized(NodeId clause) const {
  const NodeId first = nodes_.first_child(clause);
  if (first == kNoNode || range(first).begin == range(clause).begin) return false;
  return nodes_.next_sibling(first) != kNoNode || is(child(first, PyField::Value), Py::AsPattern);
}

// `with a as b: body`: b := a.__enter__(); try body finally a.__exit__().
void PythonLowering::with_statement(NodeId node) {
  struct Entered {
    OpId attempt;
    ExprId object;
    NodeId item;
  };
  std::vector<Entered> entered;
  const bool is_async = text(node).starts_with("async");
  for (const NodeId clause : nodes_.children(node)) {
    if (kind(clause) != Py::WithClause) continue;
    if (is_parenthesized(clause)) feature("parenthesized-with", "3.9", clause);
    for (const NodeId item : nodes_.children(clause)) {
      if (entered.size() == kNestingDepth) {
        too_deep(clause);
        break;
      }
      if (kind(item) != Py::WithItem) continue;
      const ExprId object = enter(item, is_async);
      entered.push_back({out_.open_try(range(item)), object, item});
    }
  }
  block(child(node, PyField::Body), 0);
  while (!entered.empty()) {
    const Entered& last = entered.back();
    if (const std::vector<TypeId> types = suppressed_types(last.item); !types.empty())
      out_.open_catch(last.attempt, types, {});
    out_.open_finally(last.attempt);
    implicit_call(last.object, is_async ? "__aexit__" : "__exit__", is_async, range(last.item));
    out_.close(last.attempt);
    entered.pop_back();
  }
}

// `with contextlib.suppress(KeyError):` catches these, and goes on behind the block.
std::vector<TypeId> PythonLowering::suppressed_types(NodeId item) {
  const NodeId manager = child(item, PyField::Value);
  if (!is(manager, Py::Call)) return {};
  const std::string_view callee = text(child(manager, PyField::Function));
  if (callee != "suppress" && callee != "contextlib.suppress") return {};
  std::vector<NodeId> values;
  for (const NodeId value : nodes_.children(child(manager, PyField::Arguments)))
    values.push_back(value);
  return caught_types(values);
}

ExprId PythonLowering::enter(NodeId item, bool is_async) {
  const NodeId value = child(item, PyField::Value);
  const NodeId manager = is(value, Py::AsPattern) ? nodes_.first_child(value) : value;
  const NodeId target = is(value, Py::AsPattern) ? child(value, PyField::Alias) : kNoNode;
  ExprId object = kept(expression_or_unknown(manager, item), range(item));
  if (target != kNoNode && rebinds(target, object)) object = stored(object, range(item));
  const ExprId result =
      implicit_call(object, is_async ? "__aenter__" : "__enter__", is_async, range(item));
  if (target != kNoNode) assign_target(target, result, range(item));
  return object;
}

ExprId PythonLowering::implicit_call(ExprId object, std::string_view method, bool is_async,
                                     Range where) {
  const OpId call = out_.call(out_.member(object, method, where), {}, where, CallMode::Implicit);
  const ExprId result = out_.result(call, where);
  return is_async ? out_.result(out_.await(result, where), where) : result;
}

}  // namespace fnlint
