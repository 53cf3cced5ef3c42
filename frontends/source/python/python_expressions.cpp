// Python's operators, comparisons, conditions and names, in evaluation order.

#include "core/text.h"
#include "frontends/source/python/python_lowering.h"

namespace fnlint {

namespace {

// Longer chains of one operator pass through a temporary, so that no expression grows deep.
constexpr std::size_t kOperatorChain = 100;

std::optional<OperatorKind> binary_operator(Py kind) {
  switch (kind) {
    case Py::Plus: return OperatorKind::Add;
    case Py::Minus: return OperatorKind::Subtract;
    case Py::Star: return OperatorKind::Multiply;
    case Py::Slash: return OperatorKind::Divide;
    case Py::Percent: return OperatorKind::Modulo;
    case Py::DoubleSlash: return OperatorKind::FloorDivide;
    case Py::DoubleStar: return OperatorKind::Power;
    case Py::Ampersand: return OperatorKind::BitAnd;
    case Py::Pipe: return OperatorKind::BitOr;
    case Py::Caret: return OperatorKind::BitXor;
    case Py::ShiftLeft: return OperatorKind::ShiftLeft;
    case Py::ShiftRight: return OperatorKind::ShiftRight;
    default: return std::nullopt;
  }
}

bool is_comparison(Py kind) { return kind >= Py::Less && kind <= Py::IsNot; }

}  // namespace

ExprId PythonLowering::expression(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ <= kNestingDepth) return expression_of(node);
  return too_deep_value(node);
}
ExprId PythonLowering::too_deep_value(NodeId node) {
  too_deep(node);
  return out_.unknown("nesting", range(node));
}

ExprId PythonLowering::expression_of(NodeId node) {
  switch (kind(node)) {
    case Py::Identifier: return name_for(out_.string(text(node)), range(node), false);
    case Py::Attribute:
    case Py::Subscript:
    case Py::Call: return postfix(node);
    case Py::String:
    case Py::ConcatenatedString: return string(node);
    case Py::Integer:
    case Py::Float: return out_.number(number_text(text(node)), range(node));
    case Py::True:
    case Py::False: return out_.boolean(kind(node) == Py::True, range(node));
    case Py::None: return out_.null(range(node));
    case Py::Ellipsis: return out_.unknown("...", range(node));
    case Py::UnaryOperator: return unary(node);
    case Py::BinaryOperator: return binary(node);
    case Py::BooleanOperator: return boolean_chain(node);
    case Py::NotOperator: {
      const ExprId value = expression_or_unknown(child(node, PyField::Argument), node);
      return out_.operation(OperatorKind::Not, value, {}, range(node));
    }
    case Py::ComparisonOperator: return comparison(node);
    case Py::ConditionalExpression: return conditional(node);
    case Py::NamedExpression: return named_expression(node);
    case Py::Lambda: return lambda(node);
    case Py::List:
    case Py::Tuple:
    case Py::Set:
    case Py::ExpressionList:
    case Py::PatternList:
    case Py::TuplePattern:
    case Py::ListPattern: return sequence(node);
    case Py::Dictionary: return dictionary(node);
    case Py::ListComprehension:
    case Py::SetComprehension:
    case Py::DictionaryComprehension:
    case Py::GeneratorExpression: return comprehension(node);
    case Py::Await: return await_expression(node);
    case Py::Yield: return yield_expression(node);
    case Py::ListSplat:
    case Py::ListSplatPattern:
    case Py::ParenthesizedExpression:
    case Py::AsPattern:
    case Py::AsPatternTarget:
    case Py::Type:
    case Py::IfClause: return expression_or_unknown(nodes_.first_child(node), node);
    case Py::KeywordArgument: return expression_or_unknown(child(node, PyField::Value), node);
    case Py::Assignment:  // `f(a = b)` half written, or `x = (y = z)`
    case Py::AugmentedAssignment: {
      expression_statement(node);
      return out_.unknown("assignment", range(node));
    }
    default: return fragment(node);
  }
}

// Syntax that is no expression where one should stand: what is in it counts.
ExprId PythonLowering::fragment(NodeId node) {
  salvage(node);
  return out_.unknown(nodes_.name(node), range(node));
}

ExprId PythonLowering::name_for(StringId name, Range where, bool is_target) {
  PyName found = scopes_.resolve(scope_, name);
  if (found.class_attribute) {
    if (is_target) assigned_.insert(name.index);
    const FunctionId function = scopes_.scope(scope_).function;
    if (is_target || assigned_.contains(name.index))
      return out_.member(out_.variable(out_.function(function).receiver, where), name, where);
    PyScopeId outer = scopes_.scope(scope_).parent;  // not yet set: the name of the scope around
    while (scopes_.scope(outer).kind == PyScopeKind::Class) outer = scopes_.scope(outer).parent;
    found = scopes_.resolve(outer, name);
  }
  return out_.variable(found.variable.exists() ? found.variable : builtin(name), where);
}

ExprId PythonLowering::unary(NodeId node) {
  const NodeId argument = child(node, PyField::Argument);
  const NodeId sign = child(node, PyField::Operator);
  const ExprId value = expression_or_unknown(argument, node);
  if (is(sign, Py::Plus)) return value;
  if (is(sign, Py::Tilde))
    return out_.operation(OperatorKind::BitXor, value, out_.number("-1", range(node)), range(node));
  if (is(argument, Py::Integer) || is(argument, Py::Float))
    return out_.number(cat("-", number_text(text(argument))), range(node));
  return out_.operation(OperatorKind::Subtract, out_.number("0", range(node)), value, range(node));
}

// Left chains are walked without recursion: real code adds up hundreds of strings.
ExprId PythonLowering::binary(NodeId node) {
  const std::size_t floor = links_.size();
  while (is(node, Py::BinaryOperator)) {
    links_.push_back(node);
    node = child(node, PyField::Left);
    if (node == kNoNode) break;
  }
  ExprId left = expression_or_unknown(node, links_.back());
  std::vector<ExprId> parts;  // of a text that is being added up
  for (std::size_t done = 0; links_.size() > floor; ++done) {
    const NodeId link = links_.back();
    links_.pop_back();
    if (done % kOperatorChain == kOperatorChain - 1 && parts.empty())
      left = kept(left, range(link));
    left = binary_link(link, left, parts);
    if (links_.size() == floor) left = flush_concat(left, parts, range(link));
  }
  return left;
}

// While `parts` is filled it stands for the left side, and `left` is only its last state's range.
ExprId PythonLowering::binary_link(NodeId node, ExprId left, std::vector<ExprId>& parts) {
  const NodeId sign = child(node, PyField::Operator), right = child(node, PyField::Right);
  if (is(sign, Py::Percent) && parts.empty() && out_.expr(left).kind == ExprKind::Text &&
      right != kNoNode)
    return percent(node, left, right);
  if (!is(sign, Py::Plus)) left = flush_concat(left, parts, range(node));
  const ExprId value = expression_or_unknown(right, node);
  const std::optional<OperatorKind> made =
      sign == kNoNode ? std::nullopt : binary_operator(kind(sign));
  if (!made) return out_.unknown(sign == kNoNode ? "operator" : text(sign), range(node));
  if (*made == OperatorKind::Add && (!parts.empty() || is_text(left) || is_text(value))) {
    if (parts.empty()) add_parts(left, parts);
    add_parts(value, parts);
    return left;
  }
  return out_.operation(*made, left, value, range(node));
}

ExprId PythonLowering::flush_concat(ExprId left, std::vector<ExprId>& parts, Range where) {
  if (parts.empty()) return left;
  const ExprId whole = out_.concat(parts, where);
  parts.clear();
  return whole;
}

bool PythonLowering::is_text(ExprId value) const {
  const ExprKind made = out_.expr(value).kind;
  return made == ExprKind::Text || made == ExprKind::Concat;
}

// A text's own parts. Only texts can be added to a text, so a sum beside one is a text too.
void PythonLowering::add_parts(ExprId value, std::vector<ExprId>& parts) {
  std::vector<ExprId> rest{value};
  while (!rest.empty()) {
    const ExprId at = rest.back();
    rest.pop_back();
    const Expr row = out_.expr(at);
    const bool sum = row.kind == ExprKind::Operator &&
                     row.detail == static_cast<std::uint8_t>(OperatorKind::Add);
    if (row.kind != ExprKind::Concat && !sum) {
      parts.push_back(at);
      continue;
    }
    const std::vector<Operand> operands = out_.operands_of(at);
    for (std::size_t i = operands.size(); i-- > 0;) rest.push_back(operands[i].value);
  }
}

ExprId PythonLowering::boolean_chain(NodeId node) {
  const std::size_t floor = links_.size();
  while (is(node, Py::BooleanOperator)) {
    links_.push_back(node);
    node = child(node, PyField::Left);
    if (node == kNoNode) break;
  }
  ExprId left = expression_or_unknown(node, links_.back());
  for (std::size_t done = 0; links_.size() > floor; ++done) {
    const NodeId link = links_.back();
    links_.pop_back();
    if (done % kOperatorChain == kOperatorChain - 1) left = kept(left, range(link));
    left = boolean_link(link, left);
  }
  return left;
}

// `a and f()`: t := a; branch t { t := f() }.
ExprId PythonLowering::boolean_link(NodeId node, ExprId left) {
  const NodeId right = child(node, PyField::Right);
  const bool both_needed = is(child(node, PyField::Operator), Py::And);
  if (right == kNoNode || !has_ops(right))
    return out_.operation(both_needed ? OperatorKind::And : OperatorKind::Or, left,
                          expression_or_unknown(right, node), range(node));
  const bool reuses = is_temporary(left);
  const ExprId temporary = reuses ? left : stored(left, range(node));
  const OpId branch = out_.open_branch(temporary, range(node));
  if (!both_needed) out_.otherwise(branch);
  const ExprId value = expression(right);
  out_.assign(temporary, value, range(right));
  out_.close(branch);
  return temporary;
}

// `a < b < c` asks a < b and b < c; what stands behind the first two runs only when they hold.
ExprId PythonLowering::comparison(NodeId node) {
  ExprId left, holds;
  Py how = Py::Other;
  std::size_t links = 0;
  for (const NodeId part : nodes_.children(node)) {
    if (is_comparison(kind(part)) &&
        nodes_[part].field == static_cast<std::uint8_t>(PyField::Operators)) {
      how = kind(part);
      if (how == Py::OldNotEqual) python2("operator <>", part);
      continue;
    }
    if (!left.exists()) {
      left = expression(part);
      continue;
    }
    const bool guarded = holds.exists() && has_ops(part);
    if (guarded && !is_temporary(holds)) holds = stored(holds, range(node));
    if (holds.exists() && ++links % kOperatorChain == 0) holds = kept(holds, range(node));
    const OpId branch = guarded ? out_.open_branch(holds, range(node)) : OpId{};
    const ExprId right = expression(part);
    const ExprId next = compare(how, left, right, range(node));
    if (guarded) {
      out_.assign(holds, next, range(node));
      out_.close(branch);
    } else {
      holds = holds.exists() ? out_.operation(OperatorKind::And, holds, next, range(node)) : next;
    }
    left = right;
  }
  if (holds.exists()) return holds;
  return left.exists() ? left : out_.unknown("comparison", range(node));
}

ExprId PythonLowering::compare(Py how, ExprId left, ExprId right, Range where) {
  switch (how) {
    case Py::Less: return out_.operation(OperatorKind::Less, left, right, where);
    case Py::LessEqual: return out_.operation(OperatorKind::LessEqual, left, right, where);
    case Py::Greater: return out_.operation(OperatorKind::Less, right, left, where);
    case Py::GreaterEqual: return out_.operation(OperatorKind::LessEqual, right, left, where);
    case Py::EqualEqual:
    case Py::Is: return out_.operation(OperatorKind::Equal, left, right, where);
    case Py::NotEqual:
    case Py::OldNotEqual:
    case Py::IsNot: return out_.operation(OperatorKind::NotEqual, left, right, where);
    case Py::In: return out_.operation(OperatorKind::In, left, right, where);
    case Py::NotIn: {
      const ExprId in = out_.operation(OperatorKind::In, left, right, where);
      return out_.operation(OperatorKind::Not, in, {}, where);
    }
    default: return out_.unknown("comparison", where);
  }
}

// `then if condition else otherwise`
ExprId PythonLowering::conditional(NodeId node) {
  std::vector<NodeId> parts;
  for (const NodeId part : nodes_.children(node)) parts.push_back(part);
  if (parts.size() != 3) return fragment(node);
  const ExprId condition = expression(parts[1]);
  if (!has_ops(parts[0]) && !has_ops(parts[2])) {
    const ExprId then = expression(parts[0]);
    return out_.choose(condition, then, expression(parts[2]), range(node));
  }
  const ExprId temporary = out_.variable(out_.temporary(function_), range(node));
  const OpId branch = out_.open_branch(condition, range(node));
  const ExprId then = expression(parts[0]);
  out_.assign(temporary, then, range(parts[0]));
  out_.otherwise(branch);
  const ExprId otherwise = expression(parts[2]);
  out_.assign(temporary, otherwise, range(parts[2]));
  out_.close(branch);
  return temporary;
}

ExprId PythonLowering::named_expression(NodeId node) {
  feature("walrus", "3.8", node);
  const NodeId name = child(node, PyField::Name), value = child(node, PyField::Value);
  const ExprId assigned = expression_or_unknown(value, node);
  if (name == kNoNode) return assigned;
  PyScopeId scope = scope_;  // it binds outside a comprehension
  while (scopes_.scope(scope).kind == PyScopeKind::Comprehension)
    scope = scopes_.scope(scope).parent;
  const PyScopeId inner = std::exchange(scope_, scope);
  const ExprId target = name_for(out_.string(text(name)), range(name), true);
  scope_ = inner;
  out_.assign(target, assigned, range(node));
  return target;
}

Operand PythonLowering::element(NodeId node) {
  Operand row;
  switch (kind(node)) {
    case Py::ListSplat:
    case Py::ListSplatPattern: row.spread = 1; break;
    case Py::DictionarySplat:
    case Py::DictionarySplatPattern: row.spread = 2; break;
    default:
      // `*a.b()`: the grammar binds the star to `a` alone.
      if (text(node).starts_with('*')) row.spread = 1;
      row.value = expression(node);
      return row;
  }
  row.value = expression_or_unknown(nodes_.first_child(node), node);
  return row;
}

ExprId PythonLowering::sequence(NodeId node) {
  std::vector<Operand> elements;
  for (const NodeId part : nodes_.children(node)) {
    NodeId at = part;  // `(*a)` is still a spread
    while (is(at, Py::ParenthesizedListSplat) && nodes_.first_child(at) != kNoNode)
      at = nodes_.first_child(at);
    elements.push_back(element(at));
  }
  return kind(node) == Py::Set ? out_.set(elements, range(node)) : out_.list(elements, range(node));
}

ExprId PythonLowering::dictionary(NodeId node) {
  std::vector<Operand> entries;
  std::vector<Range> keys;
  for (const NodeId part : nodes_.children(node)) {
    Operand row;
    if (kind(part) == Py::Pair) {
      const NodeId key = child(part, PyField::Key), value = child(part, PyField::Value);
      // `b"a"` is another key than `"a"`.
      const bool is_bytes = key != kNoNode && is(key, Py::String) && string_body(key).prefix.bytes;
      const std::optional<std::string> literal =
          key == kNoNode || is_bytes ? std::nullopt : plain_text(key);
      if (literal)
        row.name = out_.string(*literal);
      else
        row.key = expression_or_unknown(key, part);
      row.value = expression_or_unknown(value, part);
      keys.push_back(key == kNoNode ? range(part) : range(key));
    } else {
      row = element(part);
      keys.push_back(range(part));
    }
    entries.push_back(row);
  }
  return out_.record(entries, range(node), keys);
}

// t := []; loop each x in xs { branch condition { t += [value] } }
ExprId PythonLowering::comprehension(NodeId node) {
  if (scopes_.is_passed_over(node)) return too_deep_value(node);
  const bool is_record = kind(node) == Py::DictionaryComprehension;
  const Range where = range(node);
  const bool is_set = kind(node) == Py::SetComprehension;
  const ExprId empty = is_record ? out_.record({}, where)
                       : is_set  ? out_.set({}, where)
                                 : out_.list({}, where);
  const ExprId made = stored(empty, where);
  const PyScopeId outer = scope_;
  std::vector<OpId> open;
  bool first = true;
  for (const NodeId clause : nodes_.children(node)) {
    if (kind(clause) == Py::ForInClause) {
      open.push_back(comprehension_loop(clause, first ? outer : scopes_.scope_at(node),
                                        scopes_.scope_at(node)));
      first = false;
    } else if (kind(clause) == Py::IfClause) {
      const NodeId condition = nodes_.first_child(clause);
      open.push_back(out_.open_branch(expression_or_unknown(condition, clause), range(clause)));
    }
  }
  const NodeId body = child(node, PyField::Body);
  if (is(body, Py::Pair)) {
    const ExprId key = expression_or_unknown(child(body, PyField::Key), body);
    const ExprId value = expression_or_unknown(child(body, PyField::Value), body);
    out_.assign(out_.index(made, key, range(body)), value, range(body));
  } else if (body != kNoNode) {
    const Operand value = element(body);
    out_.assign(made, out_.list({value}, range(body)), range(body), AssignMode::Update,
                OperatorKind::Add);
  }
  while (!open.empty()) {
    out_.close(open.back());
    open.pop_back();
  }
  scope_ = outer;
  return made;
}

// The first subject is evaluated outside the comprehension's own scope.
OpId PythonLowering::comprehension_loop(NodeId clause, PyScopeId subject_scope, PyScopeId inner) {
  scope_ = subject_scope;
  std::vector<Operand> subjects;
  for (const NodeId part : nodes_.children(clause))
    if (nodes_[part].field == static_cast<std::uint8_t>(PyField::Right))
      subjects.push_back(element(part));
  const ExprId subject =
      subjects.size() == 1 ? subjects[0].value : out_.list(subjects, range(clause));
  scope_ = inner;
  const NodeId left = child(clause, PyField::Left);
  const ExprId target = loop_target(left);
  const OpId loop = out_.open_loop(LoopKind::Each, target, subject, range(clause),
                                   text(clause).starts_with("async"));
  take_apart(left, target, range(clause));
  return loop;
}

ExprId PythonLowering::lambda(NodeId node) {
  if (scopes_.is_passed_over(node)) return too_deep_value(node);
  const FunctionId function = scopes_.function_at(node);
  lower_fallbacks(function);
  return out_.function(function, range(node));
}

// The grammar takes it anywhere; Python loads no such file.
ExprId PythonLowering::await_expression(NodeId node) {
  if ((out_.function(function_).flags & kAsync) == 0)
    out_.problem(range(node), "syntax error: 'await' outside of an async function");
  const ExprId value = expression_or_unknown(nodes_.first_child(node), node);
  return out_.result(out_.await(value, range(node)), range(node));
}

ExprId PythonLowering::yield_expression(NodeId node) {
  out_.mark(function_, kGenerator);
  NodeId value = nodes_.first_child(node);
  if (!is(value, Py::From)) {
    const ExprId given = value == kNoNode ? out_.null(range(node)) : expression(value);
    return out_.result(out_.yield(given, range(node)), range(node));
  }
  value = nodes_.next_sibling(value);
  const ExprId subject = expression_or_unknown(value, node);
  const ExprId each = out_.variable(out_.temporary(function_), range(node));
  const OpId loop = out_.open_loop(LoopKind::Each, each, subject, range(node));
  out_.yield(each, range(node));
  out_.close(loop);
  return out_.unknown("yield from", range(node));
}

}  // namespace fnlint
