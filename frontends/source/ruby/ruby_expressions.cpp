// Expressions: literals, operators, collections.
#include "core/text.h"
#include "frontends/source/ruby/ruby_lowering.h"

#include <array>
#include <utility>

namespace fnlint {

namespace {

constexpr std::array<std::pair<std::string_view, OperatorKind>, 18> kRubyOperators{{
    {"==", OperatorKind::Equal},
    {"!=", OperatorKind::NotEqual},
    {"<", OperatorKind::Less},
    {"<=", OperatorKind::LessEqual},
    {"+", OperatorKind::Add},
    {"-", OperatorKind::Subtract},
    {"*", OperatorKind::Multiply},
    {"/", OperatorKind::Divide},
    {"%", OperatorKind::Modulo},
    {"**", OperatorKind::Power},
    {"&", OperatorKind::BitAnd},
    {"|", OperatorKind::BitOr},
    {"^", OperatorKind::BitXor},
    {">>", OperatorKind::ShiftRight},
    {"&&", OperatorKind::And},
    {"and", OperatorKind::And},
    {"||", OperatorKind::Or},
    {"or", OperatorKind::Or},
}};

constexpr std::size_t kConcatParts = 16;  // of one expression; longer ones nest

bool is_both(std::string_view token) { return token == "&&" || token == "and"; }
bool is_logical(std::string_view token) {
  return is_both(token) || token == "||" || token == "or";
}

}  // namespace

ExprId RubyLowering::expression_or_null(NodeId node, NodeId holder) {
  return node == kNoNode ? out_.unknown("missing", range(holder)) : expression(node);
}

ExprId RubyLowering::expression(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) {
    too_deep(node);
    return out_.unknown("nested too deeply", range(node));
  }
  return expression_of(node);
}

ExprId RubyLowering::expression_of(NodeId node) {
  const Range where = range(node);
  switch (kind(node)) {
    case Rb::Identifier: return identifier(node);
    case Rb::Constant: return constant(text(node), node);
    case Rb::ScopeResolution: return scope_resolution(node);
    case Rb::InstanceVariable: return instance_variable(text(node), where);
    case Rb::ClassVariable: return class_variable(text(node), where);
    case Rb::GlobalVariable: return global_variable(text(node), where);
    case Rb::Self: return self(where);
    case Rb::Super: return super_call(node);
    case Rb::Nil: return out_.null(where);
    case Rb::True: return out_.boolean(true, where);
    case Rb::False: return out_.boolean(false, where);
    case Rb::Integer:
    case Rb::Float:
      return out_.number(replace_all(std::string(text(node)), "_", ""), where);
    case Rb::String:
    case Rb::BareString:
    case Rb::BareSymbol:
    case Rb::ChainedString:
    case Rb::DelimitedSymbol:
    case Rb::Character: return string(node);
    case Rb::HeredocBeginning: return heredoc(node);
    case Rb::SimpleSymbol: return out_.text(text(node).substr(1), where);
    case Rb::HashKeySymbol: return out_.text(text(node), where);
    case Rb::Interpolation: return interpolation(node);
    case Rb::Regex: return out_.unknown(cat("regex ", text(node)), where);
    case Rb::Subshell: {
      const ExprId command = string_of(node, "`");
      return out_.result(out_.call(builtin("Kernel.`", where), {{.value = command}}, where), where);
    }
    case Rb::StringArray:
    case Rb::SymbolArray: return word_array(node);
    case Rb::Array:
    case Rb::RightAssignmentList: return array(node);
    case Rb::Hash: return hash(node);
    case Rb::Range: {
      for (const NodeId part : nodes_.children(node))
        if (kind(part) != Rb::Operator && has_ops(part)) expression(part);
      if (child(node, RbField::Begin) == kNoNode) feature("beginless-range", "2.7", node);
      return out_.unknown("range", where);
    }
    case Rb::Call:
    case Rb::ElementReference: return postfix(node);
    case Rb::Binary: return binary(node);
    case Rb::Unary: return unary(node);
    case Rb::Conditional: return conditional(node);
    case Rb::Assignment: return assignment(node);
    case Rb::OperatorAssignment: return operator_assignment(node);
    case Rb::Yield: return yield_call(node);
    case Rb::Lambda: {
      const FunctionId function = scopes_.function_at(node);
      return function.exists() ? out_.function(function, where) : out_.unknown("lambda", where);
    }
    case Rb::Method:
    case Rb::SingletonMethod: return method_definition(node);
    case Rb::TestPattern: {
      feature("one-line-pattern-matching", "3.0", node);
      const NodeId form = child(node, RbField::Pattern);
      const ExprId subject = stored(expression_or_null(child(node, RbField::Value), node), where);
      std::vector<Capture> captures;
      const ExprId test = form == kNoNode ? ExprId{} : pattern(form, subject, captures);
      bind(captures, where);
      return test.exists() ? test : out_.boolean(true, where);
    }
    case Rb::SplatArgument:
    case Rb::HashSplatArgument: {
      const NodeId inner = nodes_.first_child(node);
      return expression_or_null(inner, node);
    }
    case Rb::Rational:
    case Rb::Complex:
    case Rb::Line: return out_.number("0", where);
    case Rb::File: return builtin("__FILE__", where);
    case Rb::Encoding: return out_.unknown("encoding", where);
    case Rb::ParenthesizedStatements: {
      const NodeId inner = nodes_.first_child(node);
      if (inner == kNoNode) return out_.null(where);
      if (nodes_.next_sibling(inner) == kNoNode) return expression(inner);
      return value_of_statement(node);
    }
    default: return value_of_statement(node);
  }
}

// A statement in the place of a value: each of its ways stores one.
ExprId RubyLowering::value_of_statement(NodeId node) {
  switch (kind(node)) {
    case Rb::If:
    case Rb::Unless:
    case Rb::IfModifier:
    case Rb::UnlessModifier:
    case Rb::Case:
    case Rb::CaseMatch:
    case Rb::Begin:
    case Rb::RescueModifier:
    case Rb::ParenthesizedStatements: {
      const ExprId kept = out_.variable(out_.temporary(function_), range(node));
      statement_of(node, {Sink::Kind::Keep, kept});
      return kept;
    }
    case Rb::While:
    case Rb::Until:
    case Rb::WhileModifier:
    case Rb::UntilModifier:
    case Rb::For:
    case Rb::Return:
    case Rb::Break:
    case Rb::Next:
    case Rb::Redo:
    case Rb::Retry:
    case Rb::Class:
    case Rb::Module:
    case Rb::SingletonClass:
    case Rb::Alias:
    case Rb::Undef:
    case Rb::MatchPattern:
    case Rb::BeginBlock:
    case Rb::EndBlock:
    case Rb::Error: statement_of(node, {}); return out_.null(range(node));
    default: break;
  }
  salvage(node);
  return out_.unknown(nodes_.name(node), range(node));
}

// --- Operators.

// `a + b + c + ...` nests to the left: without recursion.
ExprId RubyLowering::binary(NodeId node) {
  std::vector<NodeId> links;
  while (is(node, Rb::Binary)) {
    links.push_back(node);
    node = child(node, RbField::Left);
  }
  ExprId left = expression_or_null(node, links.back());
  for (std::size_t done = 1; !links.empty(); links.pop_back(), ++done) {
    if (done % kChainLinks == 0) left = kept(left, range(links.back()));
    left = binary_link(links.back(), left);
  }
  return left;
}

ExprId RubyLowering::binary_link(NodeId node, ExprId left) {
  const NodeId how = child(node, RbField::Operator), right = child(node, RbField::Right);
  if (how == kNoNode || right == kNoNode) return out_.unknown("missing", range(node));
  const std::string_view token = text(how);
  if (is_logical(token)) return logical(node, left, is_both(token));
  if (token == "==" && asks_for_main(node)) return out_.boolean(false, range(node));
  const ExprId value = expression(right);
  return operation(token, left, value, node);
}

// `__FILE__ == $0`: whether the file is run, which it never is when it is loaded.
bool RubyLowering::asks_for_main(NodeId node) const {
  const NodeId left = child(node, RbField::Left), right = child(node, RbField::Right);
  if (left == kNoNode || right == kNoNode) return false;
  const auto is_program = [&](NodeId at) { return text(at) == "$0" || text(at) == "$PROGRAM_NAME"; };
  return (text(left) == "__FILE__" && is_program(right)) ||
         (text(right) == "__FILE__" && is_program(left));
}

ExprId RubyLowering::operation(std::string_view token, ExprId left, ExprId right, NodeId node) {
  const Range where = range(node);
  if (token == "+" && (is_text(left) || is_text(right))) {
    std::vector<ExprId> parts;
    const bool extends = out_.expr(left).kind == ExprKind::Concat &&
                         out_.operands_of(left).size() < kConcatParts;
    if (extends) {
      for (const Operand& part : out_.operands_of(left)) parts.push_back(part.value);
    } else {
      parts.push_back(left);
    }
    parts.push_back(right);
    return out_.concat(parts, where);
  }
  if (token == ">") return out_.operation(OperatorKind::Less, right, left, where);
  if (token == ">=") return out_.operation(OperatorKind::LessEqual, right, left, where);
  for (const auto& [name, kind_of] : kRubyOperators)
    if (name == token) return out_.operation(kind_of, left, right, where);
  // The others are methods: `list << item`, `text =~ /in/`.
  const bool matches = token == "=~" || token == "!~";
  const NodeId first = child(node, RbField::Left);
  if (matches && is(first, Rb::Regex)) std::swap(left, right);
  const std::string_view method = matches ? std::string_view("match?") : token;
  const OpId call = out_.call(out_.member(left, method, where), {{.value = right}}, where);
  const ExprId result = out_.result(call, where);
  return token == "!~" ? out_.operation(OperatorKind::Not, result, {}, where) : result;
}

// `a && f()`: t := a; branch t { t := f() }.
ExprId RubyLowering::logical(NodeId node, ExprId left, bool both_needed) {
  const NodeId right = child(node, RbField::Right);
  const Range where = range(node);
  if (!has_ops(right))
    return out_.operation(both_needed ? OperatorKind::And : OperatorKind::Or, left,
                          expression(right), where);
  const ExprId temporary = stored(left, where);
  const OpId branch = out_.open_branch(temporary, where);
  if (!both_needed) out_.otherwise(branch);
  const Sink keep{Sink::Kind::Keep, temporary};
  statement(right, keep);
  out_.close(branch);
  return temporary;
}

// It runs nothing. Of a variable that is nil until something is assigned, it asks for that.
ExprId RubyLowering::is_defined(NodeId operand, Range where) {
  while (operand != kNoNode && kind(operand) == Rb::ParenthesizedStatements &&
         nodes_[operand].next > operand + 1)
    ++operand;
  const bool is_variable = operand != kNoNode && (kind(operand) == Rb::InstanceVariable ||
                                                  kind(operand) == Rb::ClassVariable ||
                                                  kind(operand) == Rb::GlobalVariable);
  if (!is_variable) return out_.unknown("defined?", where);
  return out_.operation(OperatorKind::NotEqual, expression(operand), out_.null(where), where);
}

ExprId RubyLowering::unary(NodeId node) {
  const NodeId how = child(node, RbField::Operator), operand = child(node, RbField::Operand);
  const Range where = range(node);
  const std::string_view token = how == kNoNode ? std::string_view{} : text(how);
  if (token == "defined?") return is_defined(operand, where);
  const ExprId value = expression_or_null(operand, node);
  if (token == "!" || token == "not")
    return out_.operation(OperatorKind::Not, value, {}, where);
  if (token == "-" && out_.expr(value).kind == ExprKind::Number)
    return out_.number(cat('-', out_.string(out_.expr(value).name)), where);
  if (token == "-")
    return out_.operation(OperatorKind::Subtract, out_.number("0", where), value, where);
  return value;
}

ExprId RubyLowering::conditional(NodeId node) {
  const NodeId condition = child(node, RbField::Condition);
  const NodeId then = child(node, RbField::Consequence);
  const NodeId otherwise = child(node, RbField::Alternative);
  if (has_ops(node)) {
    const ExprId kept = out_.variable(out_.temporary(function_), range(node));
    choose(condition, true, then, otherwise, {Sink::Kind::Keep, kept}, node);
    return kept;
  }
  const ExprId test = expression_or_null(condition, node);
  const ExprId first = expression_or_null(then, node);
  return out_.choose(test, first, expression_or_null(otherwise, node), range(node));
}

bool RubyLowering::is_text(ExprId value) const {
  const ExprKind how = out_.expr(value).kind;
  return how == ExprKind::Text || how == ExprKind::Concat;
}

// A value that later ops cannot change.
ExprId RubyLowering::kept(ExprId value, Range where) {
  const ExprKind how = out_.expr(value).kind;
  const bool stays = how == ExprKind::Result || how == ExprKind::Text || how == ExprKind::Number ||
                     how == ExprKind::Null || how == ExprKind::Bool || how == ExprKind::Variable;
  return stays ? value : stored(value, where);
}

ExprId RubyLowering::stored(ExprId value, Range where) {
  const ExprId temporary = out_.variable(out_.temporary(function_), where);
  out_.assign(temporary, value, where);
  return temporary;
}

// --- Collections.

Operand RubyLowering::element(NodeId node) {
  switch (kind(node)) {
    case Rb::SplatArgument: {
      const NodeId inner = nodes_.first_child(node);
      const VariableId rest = inner == kNoNode ? scopes_.resolve(scope_, "*") : VariableId{};
      return {.value = rest.exists() ? out_.variable(rest, range(node))
                                     : expression_or_null(inner, node),
              .spread = 1};
    }
    case Rb::Pair: {
      const Operand one = entry(node);
      return {.value = out_.record({one}, range(node))};
    }
    default: return {.value = expression(node)};
  }
}

ExprId RubyLowering::array(NodeId node) {
  std::vector<Operand> elements;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Rb::HeredocBody) continue;
    elements.push_back(element(part));
  }
  return out_.list(elements, range(node));
}

ExprId RubyLowering::word_array(NodeId node) {
  std::vector<Operand> elements;
  for (const NodeId part : nodes_.children(node))
    if (kind(part) == Rb::BareString || kind(part) == Rb::BareSymbol)
      elements.push_back({.value = string_of(part, "")});
  return out_.list(elements, range(node));
}

// A symbol and a text are the same key.
Operand RubyLowering::entry(NodeId node) {
  if (kind(node) == Rb::HashSplatArgument) {
    const NodeId inner = nodes_.first_child(node);
    const VariableId rest = inner == kNoNode ? scopes_.resolve(scope_, "**") : VariableId{};
    return {.value = rest.exists() ? out_.variable(rest, range(node))
                                   : expression_or_null(inner, node),
            .spread = 2};
  }
  const NodeId key = child(node, RbField::Key), value = child(node, RbField::Value);
  if (key == kNoNode) return {.value = out_.unknown("missing", range(node))};
  const std::optional<std::string> name = key_text(key);
  Operand row;
  if (name)
    row.name = out_.string(*name);
  else
    row.key = expression(key);
  if (value != kNoNode) {
    row.value = expression(value);
  } else {
    feature("hash-shorthand", "3.1", node);
    const VariableId variable = local(key);
    row.value = variable.exists() ? out_.variable(variable, range(key))
                : name            ? bare_call(key, *name)
                                  : out_.unknown("missing", range(node));
  }
  return row;
}

ExprId RubyLowering::hash(NodeId node) {
  std::vector<Operand> entries;
  std::vector<Range> keys;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) != Rb::Pair && kind(part) != Rb::HashSplatArgument) continue;
    entries.push_back(entry(part));
    const NodeId key = child(part, RbField::Key);
    keys.push_back(key == kNoNode ? Range{} : range(key));
  }
  return out_.record(entries, range(node), keys);
}

// `a[1]`, `a[1..]`, `a[1, 2]`.
ExprId RubyLowering::element_reference(NodeId node, ExprId given) {
  const NodeId object = child(node, RbField::Object);
  const ExprId base = given.exists() ? given : expression_or_null(object, node);
  std::vector<NodeId> keys;
  for (const NodeId part : nodes_.children(node))
    if (part != object && kind(part) != Rb::HeredocBody && !fills(part, RbField::Block))
      keys.push_back(part);
  const Range where = range(node);
  if (keys.size() == 1 && kind(keys[0]) == Rb::Range) return part(keys[0], base, where);
  if (keys.size() == 2) {
    const ExprId from = expression(keys[0]);
    if (has_ops(keys[1])) expression(keys[1]);
    return out_.part(base, from, out_.unknown("end", range(keys[1])), {}, where);
  }
  if (keys.size() != 1) return out_.index(base, out_.unknown("keys", where), where);
  return out_.index(base, element(keys[0]).value, where);
}

ExprId RubyLowering::part(NodeId node, ExprId base, Range where) {
  const NodeId from = child(node, RbField::Begin), to = child(node, RbField::End);
  const NodeId how = child(node, RbField::Operator);
  const ExprId first = from == kNoNode ? ExprId{} : expression(from);
  ExprId last = to == kNoNode ? ExprId{} : expression(to);
  const bool excludes = how != kNoNode && text(how) == "...";
  if (last.exists() && !excludes) {
    const bool to_the_end = is(to, Rb::Unary) && text(to) == "-1";
    const ExprId one = out_.number("1", where);
    last = to_the_end ? ExprId{} : out_.operation(OperatorKind::Add, last, one, where);
  }
  return out_.part(base, first, last, {}, where);
}

}  // namespace fnlint
