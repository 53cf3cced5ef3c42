// JavaScript's statements but for branches and loops: declarations, blocks, resources of `using`,
// jumps, and how functions are hoisted.

#include "frontends/source/javascript/javascript_lowering.h"

#include <algorithm>

namespace fnlint {

// The statements among a node's children; `field` picks those of a case.
void JavaScriptLowering::statements(JsId block, JsField field) {
  std::vector<Resource> resources;
  for (const JsId node : tree_.children(block)) {
    if (field != JsField::None && tree_.field(node) != field) continue;
    if (!begin_using(node, resources)) statement(node);
  }
  end_using(resources);
}

// Declared functions exist before the first statement runs.
void JavaScriptLowering::hoist_functions(JsId block, JsField field) {
  for (const JsId node : tree_.children(block)) {
    if (field != JsField::None && tree_.field(node) != field) continue;
    if (tree_.kind(node) == Js::ExportStatement) {
      hoist_function(tree_.child(node, JsField::Declaration));
    } else {
      hoist_function(node);
    }
  }
}

void JavaScriptLowering::hoist_function(JsId declaration) {
  const Js kind = tree_.kind(declaration);
  if (kind != Js::FunctionDeclaration && kind != Js::GeneratorDeclaration) return;
  const JsId name = tree_.child(declaration, JsField::Name);
  if (!name.exists()) return;
  const Range where = tree_.range(declaration);
  const ExprId target = written_name(name);
  merged_.push_back(VariableId{code_.expr(target).ref});
  if (is_module_level() && prototypes_.contains(tree_.text(name)))
    return store(target, constructor_class(declaration, tree_.text(name), tree_.range(name)), where,
                 AssignMode::Declare);
  const FunctionId function =
      add_function(declaration, tree_.text(name), tree_.range(name), FunctionKind::Plain);
  store(target, code_.function(function, where), where, AssignMode::Declare);
}

void JavaScriptLowering::statement(JsId node) {
  const Level level(depth_);
  if (too_deep(node)) return;
  switch (tree_.kind(node)) {
    case Js::IfStatement: return if_statement(node);
    case Js::ForStatement: return for_statement(node);
    case Js::ForInStatement: return for_in_statement(node);
    case Js::WhileStatement: return while_statement(node);
    case Js::DoStatement: return do_statement(node);
    case Js::SwitchStatement: return switch_statement(node);
    case Js::TryStatement: return try_statement(node);
    case Js::WithStatement: return with_statement(node);
    case Js::LabeledStatement: return labeled_statement(node);
    case Js::StatementBlock: return block(node);
    case Js::ElseClause: return statement(tree_.first_child(node));
    case Js::ClassDeclaration:
    case Js::AbstractClassDeclaration: return class_declaration(node, node);
    case Js::EnumDeclaration: return enum_declaration(node);
    case Js::Namespace: return namespace_declaration(node);
    case Js::ImportAlias: return import_alias(node);
    case Js::ExportStatement: return export_statement(node);
    case Js::Error:  // whatever can be read in it
      for (const JsId child : tree_.children(node)) statement(child);
      return;
    default: return simple_statement(node);
  }
}

void JavaScriptLowering::simple_statement(JsId node) {
  switch (tree_.kind(node)) {
    case Js::ExpressionStatement: return expression_statement(node);
    case Js::VariableDeclaration:
    case Js::LexicalDeclaration:
    case Js::UsingDeclaration: return variable_declaration(node);
    case Js::ReturnStatement:
    case Js::ThrowStatement: {
      const JsId value = tree_.first_child(node);
      const ExprId result = value.exists() ? expression(value) : ExprId{};
      const bool returns = tree_.kind(node) == Js::ReturnStatement;
      code_.exit(returns ? ExitKind::Return : ExitKind::Raise, {}, result, tree_.range(node));
      return;
    }
    case Js::BreakStatement: return jump_statement(node, ExitKind::Break);
    case Js::ContinueStatement: return jump_statement(node, ExitKind::Continue);
    default:
      // Hoisted, gone at run time, or the rubble of a syntax error.
      if (tree_.has(node, kJsOps)) effect(node);
      return;
  }
}

void JavaScriptLowering::block(JsId node) {
  const ScopeId around = scope_;
  scope_ = names_.open(around, names_.function(around));
  declare_block(node, scope_);
  hoist_functions(node);
  statements(node);
  scope_ = around;
}

void JavaScriptLowering::expression_statement(JsId node) {
  const JsId value = tree_.first_child(node);
  if (!value.exists()) return;
  if (tree_.kind(value) == Js::Namespace) return namespace_declaration(value);
  if (tree_.kind(value) == Js::String) return;  // a directive, or nothing
  if (prototype_statements_.contains(node.index)) return;  // told with the class
  effect(value);
}

void JavaScriptLowering::variable_declaration(JsId node) {
  const bool is_var = tree_.kind(node) == Js::VariableDeclaration;
  std::size_t count = 0;
  for (const JsId row : tree_.children(node))
    if (tree_.kind(row) == Js::VariableDeclarator) ++count;
  for (const JsId row : tree_.children(node))
    if (tree_.kind(row) == Js::VariableDeclarator)
      declarator(row, count == 1 ? tree_.range(node) : tree_.range(row), is_var);
}

void JavaScriptLowering::declarator(JsId node, Range statement, bool is_var) {
  const JsId name = tree_.child(node, JsField::Name);
  const JsId value = tree_.child(node, JsField::Value);
  if (!name.exists()) return;
  const Range where = tree_.range(node);
  if (is_pattern(tree_.kind(name))) {
    require_range_ = statement;
    const ExprId source = value.exists() ? expression(value) : code_.unknown("no value", where);
    require_range_ = {};
    return destructure(name, kept_source(source), AssignMode::Declare);
  }
  const ExprId target = written_name(name);
  set_type(VariableId{code_.expr(target).ref}, tree_.child(node, JsField::Type));
  if (!value.exists()) {
    if (!is_var) store(target, {}, where, AssignMode::Declare);  // a second `var x;` sets nothing
    return;
  }
  require_range_ = statement;
  const JsId function = unwrapped(value);
  const bool makes_class = is_module_level() && tree_.kind(function) == Js::FunctionExpression &&
                           prototypes_.contains(tree_.text(name));
  const ExprId result = makes_class
                            ? constructor_class(function, tree_.text(name), tree_.range(name))
                            : named_expression(value, tree_.text(name), tree_.range(name));
  require_range_ = {};
  store(target, result, where, AssignMode::Declare);
}

// The assignment in `using x = …;` as the TypeScript grammar reads it, and whether it is awaited.
std::optional<std::pair<JsId, bool>> JavaScriptLowering::using_assignment(JsId statement) const {
  if (tree_.kind(statement) != Js::ExpressionStatement) return {};
  JsId value = tree_.first_child(statement);
  const bool awaits = tree_.kind(value) == Js::Await;
  if (awaits) value = tree_.first_child(value);
  if (tree_.kind(value) != Js::Assignment || !tree_.child(value, Js::UsingToken).exists())
    return {};
  return std::pair(value, awaits);
}

bool JavaScriptLowering::begin_using(JsId node, std::vector<Resource>& open) {
  if (tree_.kind(node) == Js::UsingDeclaration) {
    const bool awaits = tree_.child(node, Js::AwaitToken).exists();
    for (const JsId row : tree_.children(node))
      if (tree_.kind(row) == Js::VariableDeclarator)
        open.push_back(resource(row, tree_.child(row, JsField::Name),
                                tree_.child(row, JsField::Value), awaits));
    return true;
  }
  const auto assigned = using_assignment(node);
  if (!assigned) return false;
  const auto [assignment, awaits] = *assigned;
  open.push_back(resource(assignment, tree_.child(assignment, JsField::Left),
                          tree_.child(assignment, JsField::Right), awaits));
  return true;
}

JavaScriptLowering::Resource JavaScriptLowering::resource(JsId node, JsId name, JsId value,
                                                          bool awaits) {
  const Range where = tree_.range(node);
  const ExprId target = name.exists() ? written_name(name) : spill(code_.null(where));
  if (value.exists()) store(target, expression(value), where, AssignMode::Declare);
  return resource(node, target, awaits);
}

// From here on the rest of the block is a Try that gives the resource back.
JavaScriptLowering::Resource JavaScriptLowering::resource(JsId node, ExprId variable, bool awaits) {
  const Range where = tree_.range(node);
  ++depth_;
  feature(awaits ? JsFeature::AwaitUsing : JsFeature::Using, node);
  return {.attempt = too_deep(node) ? OpId{} : code_.open_try(where),
          .variable = variable,
          .where = where,
          .awaits = awaits};
}

void JavaScriptLowering::end_using(std::vector<Resource>& open) {
  for (; !open.empty(); open.pop_back()) {
    const Resource& row = open.back();
    --depth_;
    if (!row.attempt.exists()) continue;
    code_.open_finally(row.attempt);
    const ExprId dispose = code_.member(
        row.variable, row.awaits ? "Symbol.asyncDispose" : "Symbol.dispose", row.where);
    const OpId call = code_.call(dispose, {}, row.where, CallMode::Implicit);
    if (row.awaits) code_.await(code_.result(call, row.where), row.where);
    code_.close(row.attempt);
  }
}

void JavaScriptLowering::jump_statement(JsId node, ExitKind kind) {
  const JsId label = tree_.child(node, Js::LabelIdentifier);
  const Range where = tree_.range(node);
  for (auto at = targets_.rbegin(); at != targets_.rend(); ++at) {
    const bool is_meant = label.exists() ? std::find(at->labels.begin(), at->labels.end(),
                                                     tree_.text(label)) != at->labels.end()
                          : kind == ExitKind::Break ? at->takes_break
                                                    : at->continued.exists();
    if (!is_meant) continue;
    if (kind == ExitKind::Break) {
      code_.exit(kind, at->broken, {}, where);
    } else if (at->continued.exists()) {
      code_.exit(at->continue_leaves ? ExitKind::Break : ExitKind::Continue, at->continued, {},
                 where);
    } else {
      continue;
    }
    return;
  }
  code_.opaque(kind == ExitKind::Break ? "break_statement" : "continue_statement", {}, where);
}

void JavaScriptLowering::try_statement(JsId node) {
  const OpId attempt = code_.open_try(tree_.range(node));
  if (const JsId body = tree_.child(node, JsField::Body); body.exists()) block(body);
  if (const JsId handler = tree_.child(node, JsField::Handler); handler.exists()) {
    const ScopeId around = scope_;
    scope_ = names_.open(around, names_.function(around));
    const JsId parameter = tree_.child(handler, JsField::Parameter);
    VariableId caught;
    if (!parameter.exists()) {
      feature(JsFeature::OptionalCatchBinding, handler);
    } else if (is_pattern(tree_.kind(parameter))) {
      caught = code_.add_variable("", code_.current(), VariableKind::Caught);
      declare_pattern(parameter, scope_, VariableKind::Local, 0);
    } else {
      caught = names_.declare(scope_, tree_.text(parameter), VariableKind::Caught);
    }
    code_.open_catch(attempt, {}, caught);
    if (caught.exists() && is_pattern(tree_.kind(parameter)))
      destructure(parameter, code_.variable(caught, tree_.range(parameter)), AssignMode::Declare);
    ++fallback_depth_;
    if (const JsId body = tree_.child(handler, JsField::Body); body.exists()) block(body);
    --fallback_depth_;
    scope_ = around;
  }
  if (const JsId finalizer = tree_.child(node, JsField::Finalizer); finalizer.exists()) {
    code_.open_finally(attempt);
    if (const JsId body = tree_.child(finalizer, JsField::Body); body.exists()) block(body);
  }
  code_.close(attempt);
}

// Every name in it may mean a member of the object.
void JavaScriptLowering::with_statement(JsId node) {
  if (const JsId object = tree_.child(node, JsField::Object); object.exists()) effect(object);
  code_.opaque("with_statement", {}, tree_.range(node));
  if (const JsId body = tree_.child(node, JsField::Body); body.exists()) statement(body);
}

}  // namespace fnlint
