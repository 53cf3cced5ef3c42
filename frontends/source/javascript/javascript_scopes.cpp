// Which names a function or a block declares before any of its statements runs.

#include "frontends/source/javascript/javascript_lowering.h"

#include <algorithm>

namespace fnlint {

// `var` belongs to the whole function; so do the functions in blocks where the code is not strict.
void JavaScriptLowering::hoist_variables(JsId body, ScopeId scope) {
  const bool is_sloppy = !is_typescript() && !is_module_;
  const std::uint32_t end = tree_.next(body);
  for (std::uint32_t at = body.index + 1; at < end;) {
    const JsId node{at};
    const Js kind = tree_.kind(node);
    if (is_function(kind)) {
      const bool is_declared = kind == Js::FunctionDeclaration || kind == Js::GeneratorDeclaration;
      if (is_sloppy && is_declared)
        declare_pattern(tree_.child(node, JsField::Name), scope, VariableKind::Local, 0);
      at = tree_.next(node);
      continue;
    }
    if (kind == Js::StaticBlock || kind == Js::Namespace || kind == Js::AmbientDeclaration) {
      at = tree_.next(node);
      continue;
    }
    if (kind == Js::VariableDeclaration) {
      for (const JsId row : tree_.children(node))
        declare_pattern(tree_.child(row, JsField::Name), scope, VariableKind::Local, 0);
    } else if (kind == Js::ForInStatement &&
               tree_.kind(tree_.child(node, JsField::Kind)) == Js::VarToken) {
      declare_pattern(tree_.child(node, JsField::Left), scope, VariableKind::Local, 0);
    }
    ++at;
  }
}

// What the block itself declares: let, const, class, and what TypeScript adds.
void JavaScriptLowering::declare_block(JsId block, ScopeId scope) {
  for (const JsId node : tree_.children(block)) declare_statement(node, scope);
}

void JavaScriptLowering::declare_statement(JsId statement, ScopeId scope) {
  const JsId name = tree_.child(statement, JsField::Name);
  switch (tree_.kind(statement)) {
    case Js::LexicalDeclaration:
    case Js::UsingDeclaration: {
      const Js kind = tree_.kind(tree_.child(statement, JsField::Kind));
      const bool is_constant =
          kind == Js::ConstToken || tree_.kind(statement) == Js::UsingDeclaration;
      for (const JsId row : tree_.children(statement))
        if (tree_.kind(row) == Js::VariableDeclarator)
          declare_pattern(tree_.child(row, JsField::Name), scope, VariableKind::Local,
                          is_constant ? kConstant : 0);
      break;
    }
    case Js::FunctionDeclaration:
    case Js::GeneratorDeclaration:
    case Js::ClassDeclaration:
    case Js::AbstractClassDeclaration:
    case Js::EnumDeclaration: declare_pattern(name, scope, VariableKind::Local, 0); break;
    case Js::Namespace: {
      if (!is_instantiated(tree_.child(statement, JsField::Body))) break;
      JsId root = name;
      while (tree_.kind(root) == Js::NestedIdentifier || tree_.kind(root) == Js::Member)
        root = tree_.child(root, JsField::Object);
      if (tree_.kind(root) == Js::Identifier) declare_pattern(root, scope, VariableKind::Local, 0);
      break;
    }
    case Js::ImportAlias:
      declare_pattern(tree_.first_child(statement), scope, VariableKind::Local, kConstant);
      break;
    case Js::ExportStatement:
      if (const JsId inner = tree_.child(statement, JsField::Declaration); inner.exists())
        declare_statement(inner, scope);
      break;
    case Js::ExpressionStatement:
      if (const JsId inner = tree_.first_child(statement); tree_.kind(inner) == Js::Namespace)
        declare_statement(inner, scope);
      if (const auto resource = using_assignment(statement))
        declare_pattern(tree_.child(resource->first, JsField::Left), scope, VariableKind::Local,
                        kConstant);
      break;
    default: break;
  }
}

void JavaScriptLowering::declare_pattern(JsId pattern, ScopeId scope, VariableKind kind,
                                         std::uint16_t flags) {
  for (const JsId name : pattern_names(pattern))
    names_.declare(scope, tree_.text(name), kind, flags);
}

// The names that a pattern binds, in order.
std::vector<JsId> JavaScriptLowering::pattern_names(JsId pattern) const {
  std::vector<JsId> names;
  if (!pattern.exists()) return names;
  std::vector<JsId> waiting{pattern};
  while (!waiting.empty()) {
    const JsId node = waiting.back();
    waiting.pop_back();
    const std::size_t first = waiting.size();
    switch (tree_.kind(node)) {
      case Js::Identifier:
      case Js::TypeIdentifier:
      case Js::ShorthandPattern: names.push_back(node); break;
      case Js::ObjectPattern:
      case Js::ArrayPattern:
      case Js::RestPattern:
      case Js::Error:
        for (const JsId child : tree_.children(node)) waiting.push_back(child);
        break;
      case Js::PairPattern: waiting.push_back(tree_.child(node, JsField::Value)); break;
      case Js::AssignmentPattern:
      case Js::ObjectAssignmentPattern: waiting.push_back(tree_.child(node, JsField::Left)); break;
      default: break;
    }
    std::reverse(waiting.begin() + static_cast<std::ptrdiff_t>(first), waiting.end());
  }
  return names;
}

}  // namespace fnlint
