// Lowers the module, then each function from a work list, and settles at last what only the whole
// file tells: exports, imports for types alone, JSX factories.

#include "frontends/source/javascript/javascript_lowering.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/common/handler_comments.h"
#include "frontends/source/common/suppression.h"

#include <algorithm>
#include <utility>

namespace fnlint {

JavaScriptLowering::JavaScriptLowering(const JsTree& tree, JavaScriptDialect dialect)
    : tree_(tree), dialect_(dialect), code_(Language::JavaScript), names_(code_) {}

CodeFacts JavaScriptLowering::run() {
  for (const Problem& error : tree_.errors()) code_.problem(error.where, error.message);
  lower_module();
  while (!work_.empty()) {
    const Body body = work_.front();
    work_.pop_front();
    lower(body);
  }
  add_suppressions(code_, tree_.text(), tree_.comments(),
                   [&](std::uint32_t offset) { return tree_.range(tree_.first_from(offset)); });
  CodeFacts facts = code_.finish();
  add_handler_comments(facts, tree_.text(), tree_.comments());
  finish(facts);
  return facts;
}

void JavaScriptLowering::lower_module() {
  const JsId program{0};
  const Range whole{0, static_cast<std::uint32_t>(tree_.text().size())};
  const FunctionId module = code_.add_function("", {}, FunctionKind::ModuleInit, whole, {});
  module_ = module;
  if (tree_.has(program, kJsBroken)) code_.mark(module, kBroken);
  for (const JsId node : tree_.children(program))
    if (tree_.kind(node) == Js::ImportStatement || tree_.kind(node) == Js::ExportStatement)
      is_module_ = true;

  const ScopeId universe = names_.open({}, module);
  exports_variable_ = code_.add_variable("exports", module, VariableKind::Module);
  names_.bind(universe, "exports", exports_variable_);
  scope_ = names_.open(universe, module);
  declare_imports(program);
  collect_prototypes(program);
  hoist_variables(program, scope_);
  declare_block(program, scope_);

  code_.begin_body(module);
  module_exports_.object = exports_value({});
  exports_ = &module_exports_;
  hoist_functions(program);
  statements(program);
  flush_getters();
  flush_exports();
  code_.end_body();
  if (is_typescript()) mark_type_names();
}

void JavaScriptLowering::lower(const Body& body) {
  targets_.clear();
  labels_.clear();
  exports_ = nullptr;
  depth_ = fallback_depth_ = guarded_depth_ = 0;
  scope_ = body.scope;
  code_.begin_body(body.function);
  switch (code_.function(body.function).kind) {
    case FunctionKind::ClassInit: class_init_body(body); break;
    case FunctionKind::InstanceInit: instance_init_body(body); break;
    default: function_body(body); break;
  }
  code_.end_body();
}

// What JSX is compiled to calls of, which no expression names: `React` without a setting, `h` in
// most settings of other libraries (`jsxFactory`), or what a comment says (`@jsx create`).
std::set<std::string_view> JavaScriptLowering::jsx_factories() const {
  if (!has_jsx_) return {};
  std::set<std::string_view> names{"Fragment", "React", "h"};
  for (const Range comment : tree_.comments()) {
    const auto words = split(tree_.text().substr(comment.begin, comment.end - comment.begin), ' ');
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
      if (trim(words[i]).starts_with("@jsx")) names.insert(trim(split(words[i + 1], '.').front()));
  }
  return names;
}

// What only the whole file can tell of its names.
void JavaScriptLowering::finish(CodeFacts& facts) {
  for (const VariableId variable : implicit_globals_) {
    facts.variables[variable.index].kind = VariableKind::Module;
    facts.variables[variable.index].flags |= kUndeclared;
  }
  std::erase_if(facts.imports, [&](const Import& row) {
    return row.local.exists() && facts.variables[row.local.index].kind == VariableKind::Module;
  });
  const std::set<std::string_view> jsx = jsx_factories();
  const auto is_jsx_factory = [&](VariableId variable) {
    return jsx.contains(facts.string(facts.variables[variable.index].name));
  };
  // JSX, say, names what no expression reads.
  if (!is_typescript())
    for (const Import& row : facts.imports)
      if (row.local.exists() && (row.flags & kRequire) == 0 && names_.is_used(row.local))
        facts.variables[row.local.index].flags |= kNamedInTypes;
  for (const Import& row : facts.imports)
    if (row.local.exists() && is_jsx_factory(row.local))
      facts.variables[row.local.index].flags |= kNamedInTypes;
  for (const Assign& row : facts.assigns) {  // `const React = require("react")`
    const bool is_name = row.mode == AssignMode::Declare && row.target.exists() &&
                         facts.exprs[row.target.index].kind == ExprKind::Variable;
    if (!is_name) continue;
    const VariableId name{facts.exprs[row.target.index].ref};
    if (is_jsx_factory(name) || names_.is_used(name))
      facts.variables[name.index].flags |= kNamedInTypes;
  }
  // TypeScript drops imports that no value needs; where the text does not parse, who knows.
  if (!is_typescript() || tree_.is_broken()) return;
  for (Import& row : facts.imports) {
    if (!row.local.exists() || (row.flags & kReexport) != 0) continue;
    if (!names_.is_used(row.local) && !is_jsx_factory(row.local)) row.flags |= kTypeOnly;
  }
}

bool JavaScriptLowering::too_deep(JsId node) {
  if (depth_ <= kNestingDepth) return false;
  const Range where = tree_.range(node);
  if (!reported_depth_) code_.problem(where, "code is nested too deeply to be read");
  reported_depth_ = true;
  code_.mark(code_.current(), kBroken);
  code_.opaque("nesting", {}, where);
  return true;
}

void JavaScriptLowering::feature(JsFeature used, Range where) {
  const auto at = static_cast<std::size_t>(used);
  if (is_typescript() || features_[at]) return;
  features_[at] = true;
  const JsFeatureRow& row = js_feature(used);
  code_.add_feature(row.name, row.since, where);
}

}  // namespace fnlint
