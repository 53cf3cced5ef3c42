#include "frontends/source/javascript/javascript_lowering.h"

#include <utility>

// What a module of JavaScript exports, in both kinds of modules.
namespace fnlint {

std::string JavaScriptLowering::export_name(JsId node) const {
  return tree_.kind(node) == Js::String ? string_value(node) : std::string(tree_.text(node));
}

void JavaScriptLowering::export_statement(JsId node) {
  feature(JsFeature::Modules, node);
  if (tree_.child(node, Js::AsToken).exists()) return;  // export as namespace X
  if (tree_.child(node, JsField::Source).exists()) return export_from(node);
  if (tree_.child(node, Js::EqualsToken).exists()) {
    const JsId value = tree_.last_child(node);
    const ExprId target = exports_value(tree_.range(node));
    return store(target, named_expression(value, "exports", {}), tree_.range(node));
  }
  if (const JsId declaration = tree_.child(node, JsField::Declaration); declaration.exists())
    return export_declaration(node, declaration);
  if (const JsId value = tree_.child(node, JsField::Value); value.exists())
    return export_value(node, value);
  if (const JsId clause = tree_.child(node, Js::ExportClause);
      clause.exists() && !is_type_only(node))
    export_names(clause);
}

// export {a as b} from "x"; export * from "x"; export * as b from "x"
void JavaScriptLowering::export_from(JsId node) {
  const Range where = tree_.range(node);
  const std::string module = string_value(tree_.child(node, JsField::Source));
  if (tree_.child(node, Js::ImportAttribute).exists()) feature(JsFeature::ImportAttributes, node);
  const auto add = [&](std::string_view name, std::string_view exported, std::uint32_t flags) {
    Import row{.local = {},
               .module = code_.string(module),
               .name = code_.string(name),
               .executed_in = FunctionId{0},
               .flags = flags | kReexport,
               .where = where};
    if ((flags & (kTypeOnly | kStar)) == 0) {
      row.local = code_.add_variable("", FunctionId{0}, VariableKind::Import);
      add_export(exported, row.local, where);
    }
    code_.add_import(row);
  };
  const std::uint32_t type_only = is_type_only(node) ? kTypeOnly : 0U;
  if (const JsId whole = tree_.child(node, Js::NamespaceExport); whole.exists()) {
    feature(JsFeature::ExportNamespace, node);
    return add("*", export_name(tree_.last_child(whole)), type_only);
  }
  const JsId clause = tree_.child(node, Js::ExportClause);
  if (!clause.exists()) return add("*", "", kStar | type_only);
  for (const JsId row : tree_.children(clause)) {
    const JsId name = tree_.child(row, JsField::Name), alias = tree_.child(row, JsField::Alias);
    if (tree_.kind(row) != Js::ExportSpecifier || !name.exists()) continue;
    add(export_name(name), export_name(alias.exists() ? alias : name),
        type_only | (is_type_only(row) ? kTypeOnly : 0U));
  }
}

void JavaScriptLowering::export_names(JsId clause) {
  for (const JsId row : tree_.children(clause)) {
    const JsId name = tree_.child(row, JsField::Name), alias = tree_.child(row, JsField::Alias);
    if (tree_.kind(row) != Js::ExportSpecifier || !name.exists() || is_type_only(row)) continue;
    const VariableId variable = names_.find(scope_, tree_.text(name));
    if (!variable.exists()) continue;  // a type, or nothing
    names_.mark_used(variable);
    add_export(export_name(alias.exists() ? alias : name), variable, tree_.range(row));
  }
}

void JavaScriptLowering::export_declaration(JsId node, JsId declaration) {
  const Js kind = tree_.kind(declaration);
  const bool is_default = tree_.child(node, Js::DefaultToken).exists();
  if (kind == Js::ClassDeclaration || kind == Js::AbstractClassDeclaration) {
    class_declaration(declaration, node);
  } else {
    statement(declaration);
  }
  for (const JsId name : declared_names(declaration)) {
    const VariableId variable = names_.find(scope_, tree_.text(name));
    if (variable.exists())
      add_export(is_default ? "default" : tree_.text(name), variable, tree_.range(name));
  }
}

// export default <expression>
void JavaScriptLowering::export_value(JsId node, JsId value) {
  const Range where = tree_.range(node);
  const ExprId result = named_expression(value, "default", function_name_range(unwrapped(value)));
  if (exports_ == nullptr) return;
  store(code_.member(exports_->object, "default", where), result, where);
}

std::vector<JsId> JavaScriptLowering::declared_names(JsId declaration) const {
  std::vector<JsId> names;
  const JsId name = tree_.child(declaration, JsField::Name);
  switch (tree_.kind(declaration)) {
    case Js::VariableDeclaration:
    case Js::LexicalDeclaration:
    case Js::UsingDeclaration:
      for (const JsId row : tree_.children(declaration))
        for (const JsId bound : pattern_names(tree_.child(row, JsField::Name)))
          names.push_back(bound);
      break;
    case Js::FunctionDeclaration:
    case Js::GeneratorDeclaration:
    case Js::ClassDeclaration:
    case Js::AbstractClassDeclaration:
    case Js::EnumDeclaration:
      if (name.exists()) names.push_back(name);
      break;
    case Js::Namespace: {
      JsId root = name;
      while (tree_.kind(root) == Js::NestedIdentifier || tree_.kind(root) == Js::Member)
        root = tree_.child(root, JsField::Object);
      if (tree_.kind(root) == Js::Identifier) names.push_back(root);
      break;
    }
    case Js::ImportAlias:
      if (const JsId alias = tree_.first_child(declaration); alias.exists()) names.push_back(alias);
      break;
    default: break;
  }
  return names;
}

void JavaScriptLowering::add_export(std::string_view name, VariableId variable, Range where) {
  if (exports_ == nullptr) return;
  code_.mark(variable, kExported);
  exports_->rows.push_back({.name = std::string(name), .variable = variable, .where = where});
}

void JavaScriptLowering::flush_exports() {
  if (exports_ == nullptr) return;
  for (const PendingExport& row : std::exchange(exports_->rows, {}))
    store(code_.member(exports_->object, row.name, row.where),
          code_.variable(row.variable, row.where), row.where);
}

}  // namespace fnlint
