#include "core/text.h"
#include "frontends/source/javascript/javascript_lowering.h"

// JavaScript's expressions: the ops that they run, and the value that is left.
namespace fnlint {

namespace {
constexpr std::size_t kLinks = 64;
}

// What parentheses and type syntax stand around.
JsId JavaScriptLowering::unwrapped(JsId node) const {
  for (;;) {
    switch (tree_.kind(node)) {
      case Js::Parenthesized:
      case Js::As:
      case Js::Satisfies:
      case Js::NonNull:
      case Js::Instantiation:
      case Js::JsxExpression: node = tree_.first_child(node); break;
      case Js::TypeAssertion: node = tree_.last_child(node); break;
      case Js::ExpressionStatement: node = tree_.first_child(node); break;  // of a `for` head
      default: return node;
    }
  }
}

// Writes the ops of an expression and returns its value.
ExprId JavaScriptLowering::expression(JsId wrapped) {
  const JsId node = unwrapped(wrapped);
  if (!node.exists())
    return code_.unknown("syntax", wrapped.exists() ? tree_.range(wrapped) : Range{});
  const Level level(depth_);
  const Range where = tree_.range(node);
  if (too_deep(node)) return code_.unknown("nesting", where);
  switch (tree_.kind(node)) {
    case Js::Member:
    case Js::Subscript:
    case Js::Call: return chain(node);
    case Js::NestedIdentifier: return alias_path(node);
    case Js::New: return construct(node);
    case Js::FunctionExpression:
    case Js::GeneratorFunction:
    case Js::ArrowFunction:
    case Js::FunctionDeclaration:
    case Js::GeneratorDeclaration: return function_expression(node, "", {});
    case Js::Class: return class_value(node, "", {}, node);
    case Js::Object: return object(node);
    case Js::Array: return code_.list(operands(node), where);
    case Js::Binary: return binary(node);
    case Js::Ternary: return ternary(node);
    case Js::Unary: return unary(node);
    case Js::Update: return update(node, true);
    case Js::Assignment: return assignment(node);
    case Js::AugmentedAssignment: return augmented_assignment(node);
    case Js::Sequence: return sequence(node, true);
    case Js::Await: return await_expression(node);
    case Js::Yield: return yield_expression(node);
    case Js::Template: return template_literal(node);
    case Js::JsxElement:
    case Js::JsxSelfClosing: return jsx(node);
    default: return plain_expression(node);
  }
}

ExprId JavaScriptLowering::plain_expression(JsId node) {
  const Range where = tree_.range(node);
  switch (tree_.kind(node)) {
    case Js::Identifier:
    case Js::TypeIdentifier:
    case Js::ShorthandIdentifier: return identifier(node);
    case Js::PrivateName: return code_.text(tree_.text(node), where);
    case Js::Undefined:
    case Js::Null:
    case Js::EmptyStatement: return code_.null(where);
    case Js::True: return code_.boolean(true, where);
    case Js::False: return code_.boolean(false, where);
    case Js::Number: return number(node);
    case Js::String: return code_.text(string_value(node), where);
    case Js::Regex: return regex(node);
    case Js::This: {
      const VariableId own = class_of_static(node);
      return own.exists() ? code_.variable(own, where) : this_value(where);
    }
    case Js::Super: return code_.member(this_value(where), "<super>", where);
    case Js::Import:  // import(computed)
      feature(JsFeature::DynamicImport, node);
      return code_.variable(names_.resolve(ScopeId{0}, "import", where), where);
    case Js::MetaProperty:
      if (tree_.text(node).starts_with("new")) return code_.unknown("new.target", where);
      return code_.variable(names_.resolve(ScopeId{0}, "import.meta", where), where);
    default: return opaque(node);
  }
}

// A function or class without a name of its own takes that of what it is assigned to.
ExprId JavaScriptLowering::named_expression(JsId value, std::string_view name, Range name_range) {
  const JsId node = unwrapped(value);
  switch (tree_.kind(node)) {
    case Js::FunctionExpression:
    case Js::GeneratorFunction:
    case Js::ArrowFunction: return function_expression(node, name, name_range);
    case Js::Class: return class_value(node, name, name_range, node);
    default: return expression(value);
  }
}

ExprId JavaScriptLowering::identifier(JsId node) {
  const std::string_view name = tree_.text(node);
  const Range where = tree_.range(node);
  if (name == "undefined") return code_.null(where);
  if (name == "arguments" && !names_.find(scope_, name).exists())
    return code_.unknown("arguments", where);
  return code_.variable(names_.resolve(scope_, name, where), where);
}

// Of a static method the class itself, unless that is called as another class's, which extends it.
VariableId JavaScriptLowering::class_of_static(JsId node) {
  FunctionId function = code_.current();
  while ((code_.function(function).flags & kArrow) != 0) function = code_.function(function).parent;
  const Function row = code_.function(function);
  if (row.kind != FunctionKind::StaticMethod || !row.owner.exists()) return {};
  const std::string name(code_.string(code_.class_of(row.owner).name));
  const bool is_extended = tree_.text().find(cat("extends ", name)) != std::string_view::npos;
  if (name.empty() || is_extended) return {};
  return names_.resolve(scope_, name, tree_.range(node));
}

// Arrow functions take theirs from the function around; a CommonJS file's own is its exports.
ExprId JavaScriptLowering::this_value(Range where) {
  FunctionId function = code_.current();
  while ((code_.function(function).flags & kArrow) != 0) function = code_.function(function).parent;
  if (code_.function(function).kind == FunctionKind::ModuleInit)
    return is_module_ || is_typescript() ? code_.null(where) : exports_value(where);
  if (!code_.function(function).receiver.exists())
    code_.set(function, &Function::receiver,
              code_.add_variable("this", function, VariableKind::Receiver));
  return code_.variable(code_.function(function).receiver, where);
}

// What no rule reads: its parts are lowered all the same.
ExprId JavaScriptLowering::opaque(JsId node) {
  const Range where = tree_.range(node);
  for (const JsId child : tree_.children(node))
    if (tree_.has(child, kJsOps)) effect(child);
  const Js kind = tree_.kind(node);
  if (kind == Js::Error) return code_.unknown("syntax", where);
  const std::string_view name = tree_.name_of(node);
  code_.opaque(name, {}, where);
  return code_.unknown(name, where);
}

ExprId JavaScriptLowering::await_expression(JsId node) {
  const Range where = tree_.range(node);
  if (code_.current().index == 0) feature(JsFeature::TopLevelAwait, node);
  const ExprId value = expression(tree_.first_child(node));
  return code_.result(code_.await(value, where), where);
}

ExprId JavaScriptLowering::yield_expression(JsId node) {
  const Range where = tree_.range(node);
  const bool delegates = tree_.child(node, Js::Star).exists();
  JsId operand;
  for (const JsId child : tree_.children(node))
    if (tree_.kind(child) != Js::Star) operand = child;
  const ExprId value = operand.exists() ? expression(operand) : code_.null(where);
  if (yields_are_awaits_) return code_.result(code_.await(value, where), where);
  if (!delegates) return code_.result(code_.yield(value, where), where);
  const ExprId element = code_.variable(code_.temporary(code_.current()), where);
  const OpId loop = code_.open_loop(LoopKind::Each, element, value, where);
  code_.yield(element, where);
  code_.close(loop);
  return code_.unknown("yield*", where);
}

// The TypeScript grammar nests them: a, (b, c).
ExprId JavaScriptLowering::sequence(JsId node, bool wants_value) {
  JsId at = node;
  for (;;) {
    JsId last;
    for (const JsId child : tree_.children(at)) {
      if (last.exists() && tree_.has(last, kJsOps)) effect(last);
      last = child;
    }
    if (tree_.kind(last) == Js::Sequence) {
      at = last;
      continue;
    }
    if (wants_value) return expression(last);
    if (tree_.has(last, kJsOps)) effect(last);
    return {};
  }
}

// An expression of which only what it does matters.
void JavaScriptLowering::effect(JsId wrapped) {
  const JsId node = unwrapped(wrapped);
  if (!node.exists()) return;
  const Level level(depth_);
  if (too_deep(node)) return;
  switch (tree_.kind(node)) {
    case Js::Sequence: sequence(node, false); return;
    case Js::Update: update(node, false); return;
    case Js::Unary: {
      const Js op = tree_.kind(tree_.child(node, JsField::Operator));
      if (tree_.has(node, kJsOps) && (op == Js::Void || op == Js::Not))
        return effect(tree_.child(node, JsField::Argument));
      break;
    }
    case Js::Binary:
    case Js::Ternary:
      if (conditional_effect(node)) return;
      break;
    case Js::VariableDeclaration:
    case Js::LexicalDeclaration: return variable_declaration(node);  // in the rubble of an error
    default: break;
  }
  const ExprId value = expression(node);
  if (!tree_.has(node, kJsOps)) code_.evaluate(value, tree_.range(node));
}

// `a && f()` and `c ? f() : g()` as statements are ifs.
bool JavaScriptLowering::conditional_effect(JsId node) {
  const Range where = tree_.range(node);
  if (tree_.kind(node) == Js::Ternary) {
    const JsId then = tree_.child(node, JsField::Consequence);
    const JsId otherwise = tree_.child(node, JsField::Alternative);
    const bool has_else = tree_.has(otherwise, kJsOps);
    if (!tree_.has(then, kJsOps) && !has_else) return false;
    Condition open = open_condition(tree_.child(node, JsField::Condition), true, where, has_else);
    if (tree_.has(then, kJsOps)) effect(then);
    if (has_else) {
      begin_else(open);
      effect(otherwise);
    }
    close_condition(open);
    return true;
  }
  const Js op = tree_.kind(tree_.child(node, JsField::Operator));
  const JsId left = tree_.child(node, JsField::Left), right = tree_.child(node, JsField::Right);
  if ((op != Js::AndAnd && op != Js::OrOr) || !tree_.has(right, kJsOps)) return false;
  const JsId test = unwrapped(left);
  if (tree_.kind(test) == Js::Number && op == Js::AndAnd && !always_holds(test))
    return true;  // `0 && (module.exports = …)` is for other tools to read
  const Condition open = open_condition(left, op == Js::AndAnd, where, false);
  effect(right);
  close_condition(open);
  return true;
}

// Whether evaluating it again later gives the same.
bool JavaScriptLowering::is_stable(ExprId value) const {
  switch (code_.expr(value).kind) {
    case ExprKind::Unknown:
    case ExprKind::Null:
    case ExprKind::Bool:
    case ExprKind::Number:
    case ExprKind::Text:
    case ExprKind::Result:
    case ExprKind::Function: return true;
    case ExprKind::Variable: {
      const Variable variable = code_.variable(VariableId{code_.expr(value).ref});
      const bool is_temporary = code_.string(variable.name).empty();
      return is_temporary || variable.kind == VariableKind::Import ||
             (variable.flags & kConstant) != 0;
    }
    default: return false;
  }
}

// A long chain goes on from a temporary, so that no expression is deep.
ExprId JavaScriptLowering::cut(ExprId value, std::size_t& links) {
  return ++links % kLinks == 0 ? spill(value) : value;
}

ExprId JavaScriptLowering::spill(ExprId value) {
  const Range where = code_.range(value);
  const ExprId kept = code_.variable(code_.temporary(code_.current()), where);
  code_.assign(kept, value, where, AssignMode::Declare);
  return kept;
}

}  // namespace fnlint
