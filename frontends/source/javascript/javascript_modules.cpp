// JavaScript's import statements, and those that only types need.

#include "core/limits.h"
#include "frontends/source/javascript/javascript_lowering.h"

namespace fnlint {

// `import type x`, `export { type x }`, Flow's `import typeof x`.
bool JavaScriptLowering::is_type_only(JsId node) const {
  return tree_.child(node, Js::TypeToken).exists() || tree_.child(node, Js::Typeof).exists();
}

// Imports are bound and loaded before the first statement runs.
void JavaScriptLowering::declare_imports(JsId program) {
  for (const JsId node : tree_.children(program))
    if (tree_.kind(node) == Js::ImportStatement) import_statement(node);
}

void JavaScriptLowering::import_statement(JsId node) {
  const Range where = tree_.range(node);
  feature(JsFeature::Modules, node);
  if (tree_.child(node, Js::ImportAttribute).exists()) feature(JsFeature::ImportAttributes, node);
  const std::uint32_t flags = is_type_only(node) ? kTypeOnly : 0U;
  if (const JsId clause = tree_.child(node, Js::ImportRequireClause); clause.exists()) {
    const JsId source = tree_.child(clause, JsField::Source);
    const JsId name = tree_.child(clause, Js::Identifier);
    if (source.exists() && name.exists())
      add_import(tree_.text(name), string_value(source), "*", flags | kRequire, where);
    return;
  }
  const JsId source = tree_.child(node, JsField::Source);
  if (!source.exists()) return;
  const std::string module = string_value(source);
  if (const JsId clause = tree_.child(node, Js::ImportClause); clause.exists())
    return import_names(clause, module, flags, where);
  add_import("", module, "", flags | kEffectOnly, where);
}

void JavaScriptLowering::import_names(JsId clause, std::string_view module, std::uint32_t flags,
                                      Range where) {
  for (const JsId part : tree_.children(clause)) {
    switch (tree_.kind(part)) {
      case Js::Identifier: add_import(tree_.text(part), module, "default", flags, where); break;
      case Js::NamespaceImport:
        add_import(tree_.text(tree_.child(part, Js::Identifier)), module, "*", flags, where);
        break;
      case Js::NamedImports: {
        const JsId first = tree_.first_child(part);
        if (!first.exists())  // `import {} from "x"`: TypeScript drops it
          add_import("", module, "", flags | kEffectOnly | (is_typescript() ? kTypeOnly : 0U),
                     where);
        for (const JsId row : tree_.children(part)) {
          const JsId name = tree_.child(row, JsField::Name);
          const JsId alias = tree_.child(row, JsField::Alias);
          if (tree_.kind(row) != Js::ImportSpecifier || !name.exists()) continue;
          add_import(tree_.text(alias.exists() ? alias : name), module, export_name(name),
                     flags | (is_type_only(row) ? kTypeOnly : 0U), where);
        }
        break;
      }
      default: break;
    }
  }
}

VariableId JavaScriptLowering::add_import(std::string_view local, std::string_view module,
                                          std::string_view name, std::uint32_t flags, Range where) {
  VariableId variable;
  if (!local.empty()) variable = names_.declare(scope_, local, VariableKind::Import);
  code_.add_import({.local = variable,
                    .module = code_.string(module),
                    .name = name.empty() ? StringId{} : code_.string(name),
                    .executed_in = FunctionId{0},
                    .flags = flags,
                    .where = where});
  if (variable.exists()) imported_[variable.index] = {std::string(module), std::string(name)};
  return variable;
}

// import Short = Long.Path
void JavaScriptLowering::import_alias(JsId node) {
  const JsId name = tree_.first_child(node), path = tree_.last_child(node);
  if (!name.exists() || path == name) return;
  const ExprId value = expression(path);
  store(written_name(name), value, tree_.range(node), AssignMode::Declare);
}

// a.b.c where the grammar has names only
ExprId JavaScriptLowering::alias_path(JsId node) {
  std::vector<JsId> links;
  JsId base = node;
  for (; tree_.kind(base) == Js::NestedIdentifier || tree_.kind(base) == Js::Member;
       base = tree_.child(base, JsField::Object))
    links.push_back(base);
  ExprId value = base.exists() ? identifier(base) : code_.unknown("syntax", tree_.range(node));
  std::size_t members = 0;
  for (auto at = links.rbegin(); at != links.rend(); ++at)
    value = code_.member(cut(value, members), tree_.text(tree_.child(*at, JsField::Property)),
                         tree_.range(*at));
  return value;
}

}  // namespace fnlint
