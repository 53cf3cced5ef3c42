// Expressions that Kotlin alone has.
#include "frontends/source/kotlin/kotlin_lowering.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_constructor_name(std::string_view name) {
  const bool capital = !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
  return capital && std::any_of(name.begin(), name.end(),
                                [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

// Functions of the language whose lambda has its first argument, or what it was called on, as
// `this`.
bool returns_receiver(std::string_view name) {
  constexpr std::string_view kNames[] = {"apply", "run", "with", "buildString", "buildList",
                                         "buildMap", "buildSet"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

bool is_lower_case(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z';
}

}  // namespace

// The parameter that stands for `this` in a lambda with a receiver.
VariableId KotlinLowering::lambda_receiver() const {
  for (FunctionId at = out_.current(); at.exists(); at = out_.function(at).parent) {
    const Function row = out_.function(at);
    if (receiver_lambdas_.contains(at.index) && row.parameters.count > 0)
      return out_.facts().parameters[row.parameters.first].variable;
    if ((row.flags & kArrow) == 0) break;
  }
  return {};
}

// `bucket = x` in a lambda: of the lambda's receiver, where no local has the name.
void KotlinLowering::assign_to(NodeId target, ExprId value, Range where) {
  const bool in_lambda = (out_.function(out_.current()).flags & kArrow) != 0;
  if (is(target, Syn::Name) && in_lambda) {
    const Binding bound = find(name_of(target));
    const VariableId given = lambda_receiver();
    const Function row = out_.function(out_.current());
    const bool unknown = !bound.exists() && row.parameters.count == 1;
    if ((given.exists() && !bound.variable.exists()) || unknown) {
      const VariableId object =
          given.exists() ? given : out_.facts().parameters[row.parameters.first].variable;
      out_.assign(out_.member(out_.variable(object, range(target)), name_of(target), range(target)),
                  value, where);
      return;
    }
  }
  ScopedLowering::assign_to(target, value, where);
}

ExprId KotlinLowering::expression_of(NodeId node) {
  if (node == kNoNode) return ScopedLowering::expression_of(node);
  const Range where = range(node);
  switch (static_cast<Kotlin>(nodes_[node].kind)) {
    case Kotlin::When:
      return temporary(where, [&](ExprId target) { when_value(node, target); });
    case Kotlin::ObjectLiteral:
      return call_of(anonymous_class(node), {}, where, CallMode::Construct);
    case Kotlin::AnonymousFunction: return closure(node);
    case Kotlin::AnnotatedLambda: return expression_or_unknown(child(node, Syn::Lambda), node);
    case Kotlin::Infix: return infix(node);
    case Kotlin::InTest: return in_test(node);
    case Kotlin::Range:
      for (const NodeId inner : children(node))
        if (has_ops(inner)) expression(inner);
      return out_.unknown("a range", where);
    case Kotlin::CallableReference: return callable_reference(node);
    case Kotlin::LabeledExpression:
    case Kotlin::AnnotatedExpression: return expression_or_unknown(last(node), node);
    case Kotlin::PropertyDelegate: return expression_or_unknown(first(node), node);
    default: break;
  }
  switch (kind(node)) {
    case Syn::If:
      if (child(node, SynField::Alternative) != kNoNode) return branches_value(node);
      statement(node);
      return out_.null(where);
    case Syn::Try: return try_value(node);
    case Syn::This:
      if (const VariableId given = lambda_receiver(); given.exists() && text(node) == "this")
        return out_.variable(given, where);
      break;
    case Syn::Text: return text_value(node);
    case Syn::Member: {  // `Order::class.java`: the class, as `Order::class`
      const NodeId object = child(node, SynField::Object);
      const std::string_view name = text(child(node, SynField::Name));
      if (is_class_literal(object) && (name == "java" || name == "javaObjectType"))
        return expression(object);
      break;
    }
    case Syn::Cast: return expression_or_unknown(child(node, SynField::Left), node);
    case Syn::Function: return closure(node);
    case Syn::Name: {
      const std::string_view word = text(node);
      if (word == "true" || word == "false") return out_.boolean(word == "true", where);
      if (word == "null") return out_.null(where);
      if (is_jump(node)) {
        statement(node);
        return out_.null(where);
      }
      return name_value(name_of(node), node);
    }
    case Syn::Unary:
      if (const ExprId value = unary(node); value.exists()) return value;
      break;
    case Syn::Block: return block_value(node, where);
    default: break;
  }
  return ScopedLowering::expression_of(node);
}

ExprId KotlinLowering::in_test(NodeId node) {
  const Range where = range(node);
  const ExprId left = expression_or_unknown(child(node, SynField::Left), node);
  const ExprId right = expression_or_unknown(child(node, SynField::Right), node);
  const ExprId test = out_.operation(OperatorKind::In, left, right, where);
  const std::size_t end = range(child(node, SynField::Left)).end;
  const bool negated = trim(text_.substr(end, 8)).starts_with("!");
  return negated ? out_.operation(OperatorKind::Not, test, {}, where) : test;
}

// None: it is as in other languages.
ExprId KotlinLowering::unary(NodeId node) {
  const std::string_view op = text(child(node, SynField::Operator));
  const NodeId operand = child(node, SynField::Operand);
  if (op == "!!") return expression_or_unknown(operand, node);
  if (op != "++" && op != "--") return {};
  const ExprId target = expression_or_unknown(operand, node);
  const ExprKind form = out_.expr(target).kind;
  const Range where = range(node);
  if (form == ExprKind::Variable || form == ExprKind::Member || form == ExprKind::Index)
    out_.assign(target, out_.number("1", where), where, AssignMode::Update,
                op == "++" ? OperatorKind::Add : OperatorKind::Subtract);
  return target;
}

ExprId KotlinLowering::block_value(NodeId block, Range where) {
  return temporary(where, [&](ExprId target) { assign_block(block, target, where); });
}

// Of f(x) { lambda } the grammar may make a call of what f(x) gives: the call f(x) inside of it.
NodeId KotlinLowering::called_before_lambda(NodeId link) const {
  const NodeId inner = child(link, SynField::Function);
  const bool is_split = child(link, Kotlin::AnnotatedLambda) != kNoNode &&
                        child(link, SynField::Arguments) == kNoNode && is(inner, Syn::Call) &&
                        child(inner, Kotlin::AnnotatedLambda) == kNoNode;
  return is_split ? inner : kNoNode;
}

// f(x) { lambda }: the lambda is the last argument. C(x) constructs, by the custom of names.
ExprId KotlinLowering::link_call(NodeId link, ExprId callee) {
  const NodeId outer = nodes_[link].parent;
  if (is(outer, Syn::Call) && called_before_lambda(outer) == link) return callee;
  const NodeId before = called_before_lambda(link), call = before == kNoNode ? link : before;
  const NodeId named = child(call, SynField::Function);
  const NodeId name = is(named, Syn::Member) ? child(named, SynField::Name) : named;
  const bool constructs = is(name, Syn::Name) && is_constructor_name(name_of(name));
  std::vector<Operand> given = arguments(child(call, SynField::Arguments));
  if (const NodeId lambda = child(link, Kotlin::AnnotatedLambda); lambda != kNoNode) {
    given.push_back({.name = {}, .key = {}, .value = expression(lambda), .spread = 0});
    const bool is_scope = is(name, Syn::Name) && returns_receiver(name_of(name));
    const Expr made = out_.expr(given.back().value);
    if ((constructs || is_scope) && made.kind == ExprKind::Function)
      receiver_lambdas_.insert(made.ref);
  }
  const ExprId value =
      call_of(callee, given, range(link), constructs ? CallMode::Construct : CallMode::Plain);
  const NodeId types = child(call, Syn::TypeArguments);
  if (types != kNoNode && first(types) == last(types)) out_.give_type(value, type(first(types)));
  return value;
}

ExprId KotlinLowering::unknown_name(std::string_view name, NodeId node) {
  const bool is_type = is_constructor_name(name);
  // `const val LIMIT` stands at the top of some file; a base class seldom has one.
  const bool is_constant =
      name.size() > 1 && std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
  if (!is_type && !is_constant && class_ != kNone && !base_types(classes_[class_].node).empty())
    return out_.member(receiver(range(node)), name, range(node));
  return out_.variable(implicit_import(name, range(node)), range(node));
}

// Of the language's own packages it may be a function, too: kotlin.concurrent.thread { }.
ExprId KotlinLowering::qualified(NodeId member) {
  constexpr std::size_t kLongest = 200;  // letters of a package
  std::string package;
  NodeId at = child(member, SynField::Object);
  for (; is(at, Syn::Member) && !is_optional(at); at = child(at, SynField::Object)) {
    const std::string_view part = name_of(child(at, SynField::Name));
    if (!is_lower_case(part) || package.size() > kLongest) return {};
    package = cat(".", part, package);
  }
  const NodeId called = child(member, SynField::Name);
  if (package.empty() || called == kNoNode || is_optional(member) || !is(at, Syn::Name)) return {};
  const std::string_view head = name_of(at), name = name_of(called);
  if (!is_lower_case(head) || find(head).exists()) return {};
  if (!is_constructor_name(name) && head != "kotlin" && head != "kotlinx") return {};
  return out_.variable(import_member(cat(head, package), name, range(member)), range(member));
}

ExprId KotlinLowering::called_name(NodeId name) {
  const std::string_view written = name_of(name);
  const Binding found = find(written);
  if (found.exists()) return binding_value(found, written, range(name));
  return out_.variable(implicit_import(written, range(name)), range(name));
}

// a to b, a until b: a call of a's method, or of a function that is not known.
ExprId KotlinLowering::infix(NodeId node) {
  std::vector<NodeId> parts;
  for (const NodeId part : children(node)) parts.push_back(part);
  if (parts.size() != 3) return out_.unknown("infix", range(node));
  const ExprId left = expression(parts[0]), right = expression(parts[2]);
  const Operand given{.name = {}, .key = {}, .value = right, .spread = 0};
  if (name_of(parts[1]) == "to") {  // a pair
    const std::vector<Operand> pair{{.name = {}, .key = {}, .value = left, .spread = 0}, given};
    return out_.list(pair, range(node));
  }
  return call_of(out_.member(left, name_of(parts[1]), range(node)), {given}, range(node));
}

bool KotlinLowering::is_class_literal(NodeId node) const {
  return is(node, Kotlin::CallableReference) && text(node).ends_with("::class");
}

ExprId KotlinLowering::callable_reference(NodeId node) {
  if (const NodeId type = first(node); is_class_literal(node) && is(type, Syn::GenericType))
    return expression(type);
  const NodeId name = last(node), base = first(node);
  if (name == kNoNode || !is(name, Syn::Name)) return out_.unknown("a reference", range(node));
  if (base == name) return called_name(name);
  const TypeId named = type(base);
  const VariableId variable =
      named.exists() ? out_.facts().types[named.index].named : VariableId{};
  const ExprId object = variable.exists() ? out_.variable(variable, range(base))
                                          : out_.unknown("a type", range(base));
  return out_.member(object, name_of(name), range(node));
}

namespace {

std::size_t name_end(std::string_view text, std::size_t at) {
  const auto is_letter = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_';
  };
  while (at < text.size() && is_letter(text[at])) ++at;
  return at;
}

}  // namespace

// "a ${b} $c\n": the grammar does not tell "$c" apart.
ExprId KotlinLowering::text_value(NodeId node) {
  const Range where = range(node);
  const std::string_view written = text(node);
  const bool is_raw = written.starts_with("\"\"\"");
  const std::size_t quotes = is_raw ? 3 : 1;
  if (written.size() < 2 * quotes) return out_.text("", where);
  const std::size_t end = written.size() - quotes;
  std::vector<ExprId> parts;
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) parts.push_back(out_.text(literal, where));
    literal.clear();
  };
  for (std::size_t at = quotes; at < end;) {
    const char letter = written[at];
    if (letter == '\\' && !is_raw && at + 1 < end) {
      const std::size_t length = written[at + 1] == 'u' ? 6 : 2;
      const std::string_view escape = written.substr(at, std::min(length, end - at));
      literal += escape == "\\$" ? "$" : unescaped(escape);
      at += escape.size();
      continue;
    }
    if (letter == '$' && at + 1 < end && written[at + 1] == '{') {
      const auto place = static_cast<std::uint32_t>(where.begin + at);
      NodeId found = kNoNode;
      for (const NodeId part : children(node))
        if (is(part, Kotlin::Interpolation) && range(part).begin == place) found = part;
      if (found != kNoNode) {
        flush();
        parts.push_back(expression_or_unknown(first(found), found));
        at += range(found).end - range(found).begin;
        continue;
      }
    }
    const std::size_t stop = letter == '$' ? name_end(written, at + 1) : at;
    if (stop > at + 1) {
      flush();
      const std::string_view name = written.substr(at + 1, stop - at - 1);
      const Binding bound = find(name);
      parts.push_back(bound.exists() ? binding_value(bound, name, where)
                                     : unknown_name(name, node));
      at = stop;
      continue;
    }
    literal += letter;
    ++at;
  }
  if (parts.empty()) return out_.text(literal, where);
  flush();
  return out_.concat(parts, where);
}

}  // namespace fnlint
