#include "frontends/source/javascript/javascript_lowering.h"

// JavaScript's functions: their parameters, their names, and bodies that are written later.
namespace fnlint {

Range JavaScriptLowering::function_name_range(JsId node) const {
  JsId token = tree_.child(node, JsField::Name);
  if (!token.exists()) token = tree_.child(node, Js::ArrowToken);
  if (!token.exists()) token = tree_.child(node, Js::FunctionToken);
  return tree_.range(token.exists() ? token : node);
}

// Reserves the function; its body is written after the one around it.
FunctionId JavaScriptLowering::add_function(JsId node, std::string_view name, Range name_range,
                                            FunctionKind kind, ClassId owner) {
  const FunctionId id =
      code_.add_function(name, code_.current(), kind, tree_.range(node), name_range);
  code_.set(id, &Function::owner, owner);
  const Js syntax = tree_.kind(node);
  const bool is_async = tree_.child(node, Js::AsyncToken).exists();
  const bool is_generator = syntax == Js::GeneratorFunction || syntax == Js::GeneratorDeclaration ||
                            tree_.child(node, Js::Star).exists();
  const bool was_async = awaited_generator(node).exists();
  if (is_async || was_async) code_.mark(id, kAsync);
  if (is_generator) code_.mark(id, kGenerator);
  if (syntax == Js::ArrowFunction) code_.mark(id, kArrow);
  if (tree_.has(node, kJsBroken)) code_.mark(id, kBroken);
  if (is_async) feature(is_generator ? JsFeature::AsyncIteration : JsFeature::AsyncFunction, node);
  work_.push_back({.function = id, .node = node, .scope = scope_, .class_row = UINT32_MAX});
  return id;
}

ExprId JavaScriptLowering::function_expression(JsId node, std::string_view name, Range name_range) {
  const JsId own_name = tree_.child(node, JsField::Name);
  const bool is_named = own_name.exists() || !name.empty();
  const FunctionId id = add_function(
      node, own_name.exists() ? tree_.text(own_name) : name,
      own_name.exists() || !is_named ? function_name_range(node) : name_range, FunctionKind::Plain);
  return code_.function(id, tree_.range(node));
}

void JavaScriptLowering::function_body(const Body& body) {
  const JsId node = body.node;
  const FunctionId id = body.function;
  const bool is_method = code_.function(id).kind != FunctionKind::Plain;
  const JsId generator = awaited_generator(node);
  yields_are_awaits_ = generator.exists() || (tree_.kind(node) == Js::GeneratorFunction &&
                                              (code_.function(id).flags & kGenerator) == 0);
  bind_own_name(body);
  scope_ = names_.open(scope_, id);
  if (is_method) this_value(function_name_range(node));  // methods have a receiver even unread
  const JsId block = tree_.child(generator.exists() ? generator : node, JsField::Body);
  const bool is_block = tree_.kind(block) == Js::StatementBlock;

  const std::vector<ParameterParts> parts = parameter_parts(node);
  for (const ParameterParts& part : parts)
    declare_pattern(part.pattern, scope_, VariableKind::Parameter, 0);
  if (const JsId type = tree_.child(node, JsField::ReturnType); type.exists()) {
    const TypeId returns = type_of(type);
    code_.set(id, &Function::returns, returns);
  }
  parameters(id, parts);
  if (code_.function(id).kind == FunctionKind::Constructor) parameter_properties(node);
  if (is_block) {  // whose names the defaults do not see
    hoist_variables(block, scope_);
    declare_block(block, scope_);
    hoist_functions(block);
    statements(block);
  } else if (block.exists()) {
    code_.exit(ExitKind::Return, {}, expression(block), tree_.range(unwrapped(block)));
  }
  yields_are_awaits_ = false;
}

// `const x = function again() { … again() … }`: the name is known inside only.
void JavaScriptLowering::bind_own_name(const Body& body) {
  const Js kind = tree_.kind(body.node);
  const JsId name = tree_.child(body.node, JsField::Name);
  if ((kind != Js::FunctionExpression && kind != Js::GeneratorFunction) || !name.exists()) return;
  bool is_read = false;
  for (std::uint32_t at = name.index + 1; at < tree_.next(body.node) && !is_read; ++at)
    is_read = tree_.kind(JsId{at}) == Js::Identifier && tree_.text(JsId{at}) == tree_.text(name);
  if (!is_read) return;
  scope_ = names_.open(scope_, body.function);
  const Range where = tree_.range(name);
  const VariableId self = names_.declare(scope_, tree_.text(name), VariableKind::Local);
  code_.assign(code_.variable(self, where), code_.function(body.function, where), where,
               AssignMode::Declare);
}

std::vector<JavaScriptLowering::ParameterParts> JavaScriptLowering::parameter_parts(
    JsId function) const {
  std::vector<ParameterParts> rows;
  if (const JsId only = tree_.child(function, JsField::Parameter); only.exists())
    rows.push_back({.pattern = only});
  const JsId list = tree_.child(function, JsField::Parameters);
  for (const JsId node : tree_.children(list)) {
    ParameterParts row{.pattern = node};
    const Js kind = tree_.kind(node);
    if (kind == Js::RequiredParameter || kind == Js::OptionalParameter) {
      row.pattern = tree_.child(node, JsField::Pattern);
      row.fallback = tree_.child(node, JsField::Value);
      row.type = tree_.child(node, JsField::Type);
    } else if (kind == Js::AssignmentPattern) {
      row.pattern = tree_.child(node, JsField::Left);
      row.fallback = tree_.child(node, JsField::Right);
    }
    if (tree_.kind(row.pattern) == Js::RestPattern) {
      row.rest = RestKind::Positional;
      row.pattern = tree_.first_child(row.pattern);
    }
    const Js pattern = tree_.kind(row.pattern);
    if (pattern == Js::Identifier || is_pattern(pattern)) rows.push_back(row);
  }
  return rows;
}

// Fills the table of parameters; the first ops give defaults that run code and take patterns apart.
void JavaScriptLowering::parameters(FunctionId id, const std::vector<ParameterParts>& parts) {
  std::vector<Parameter> rows;
  for (const ParameterParts& part : parts) {
    Parameter row;
    row.rest = part.rest;
    row.variable = is_pattern(tree_.kind(part.pattern))
                       ? code_.add_variable("", id, VariableKind::Parameter)
                       : names_.find(scope_, tree_.text(part.pattern));
    if (code_.function(id).kind == FunctionKind::Constructor)
      set_class_type(row.variable, part.type);
    else
      set_type(row.variable, part.type);
    if (part.fallback.exists() && !tree_.has(part.fallback, kJsOps))
      row.fallback = expression(part.fallback);
    rows.push_back(row);
  }
  code_.set_parameters(id, rows);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ParameterParts& part = parts[i];
    const Range where = tree_.range(part.pattern);
    if (part.fallback.exists() && tree_.has(part.fallback, kJsOps)) {
      const ExprId target = code_.variable(rows[i].variable, where);
      const ExprId missing = code_.operation(OperatorKind::Equal, target, code_.null(where), where);
      const OpId branch = code_.open_branch(missing, where);
      store(target, expression(part.fallback), tree_.range(part.fallback));
      code_.close(branch);
    }
    if (is_pattern(tree_.kind(part.pattern)))
      destructure(part.pattern, code_.variable(rows[i].variable, where), AssignMode::Declare);
  }
}

// TypeScript: constructor(private x: X) sets this.x.
void JavaScriptLowering::parameter_properties(JsId function) {
  for (const JsId node : tree_.children(tree_.child(function, JsField::Parameters))) {
    if (!is_parameter_property(node)) continue;
    const JsId name = tree_.child(node, JsField::Pattern);
    if (tree_.kind(name) != Js::Identifier) continue;
    const Range where = tree_.range(name);
    const ExprId target = code_.member(this_value(where), tree_.text(name), where);
    store(target, identifier(name), tree_.range(node));
  }
}

bool JavaScriptLowering::is_parameter_property(JsId parameter) const {
  return tree_.child(parameter, Js::AccessibilityModifier).exists() ||
         tree_.child(parameter, Js::ReadonlyToken).exists() ||
         tree_.child(parameter, Js::OverrideModifier).exists();
}

}  // namespace fnlint
