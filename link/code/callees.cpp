// Resolves the callee of a call by the module's variables, imports and members.

#include "link/code/callees.h"

#include "flow/syntax/code_queries.h"
#include "flow/syntax/program.h"

namespace fnlint {

namespace {

// What is a library's, or is not known, has no members that are functions of the project.
bool may_hold_functions(const ValuePool& pool, ValueId value) {
  const ValueKind kind = pool[value].kind;
  return kind != ValueKind::Hole && (kind != ValueKind::Object ||
                                     project_object(pool, value).kind != ProjectObject::Kind::None);
}

}  // namespace

ValueId named_callee(Engine& engine, ModuleId module, ExprId callee) {
  const CodeFacts& code = engine.facts(module);
  std::vector<std::string_view> members;
  ExprId at = callee;
  while (code.exprs[at.index].kind == ExprKind::Member) {
    members.push_back(code.string(code.exprs[at.index].name));
    at = ExprId{code.exprs[at.index].ref};
  }
  if (code.exprs[at.index].kind != ExprKind::Variable) return {};
  const VariableId root{code.exprs[at.index].ref};
  const std::uint32_t import = engine.modules().import_of(module, root);
  ValueId value;
  if (import != UINT32_MAX) {
    if (!engine.program().modules[module.index].imports[import].module.exists()) return {};
    value = engine.loader().import_value(module, code.imports[import], import);
  } else if (code.variables[root.index].owner.index == 0) {
    value = engine.loader().global(module, root);
  }
  if (!value.exists() || !may_hold_functions(engine.pool(), value)) return {};
  for (std::size_t i = members.size(); i-- > 0;) value = engine.member_of(value, members[i]);
  return value;
}

std::vector<ProjectObject> named_bases(Engine& engine, ProjectObject type) {
  const CodeFacts& code = engine.facts(type.module);
  const Slice<ExprId> bases = code.classes[type.type.index].bases;
  std::vector<ProjectObject> found;
  for (std::uint32_t i = 0; i < bases.count; ++i) {
    const ValueId value = named_callee(engine, type.module, code.bases[bases.first + i]);
    const ProjectObject base =
        value.exists() ? project_object(engine.pool(), value) : ProjectObject{};
    if (base.kind == ProjectObject::Kind::Class) found.push_back(base);
  }
  return found;
}

ProjectObject class_calling_base_constructor(const CodeFacts& code, ModuleId module,
                                             ExprId callee) {
  ExprId at = callee;
  const auto is_named = [&](std::string_view name) {
    return code.exprs[at.index].kind == ExprKind::Member &&
           code.string(code.exprs[at.index].name) == name;
  };
  if (is_named("__init__")) at = ExprId{code.exprs[at.index].ref};
  if (!is_named(kSuper)) return {};
  const VariableId root = root_variable(code, at);
  FunctionId around = root.exists() ? code.variables[root.index].owner : FunctionId{};
  if (!around.exists() || !code.functions[around.index].owner.exists()) return {};
  return {ProjectObject::Kind::Class, module, code.functions[around.index].owner};
}

}  // namespace fnlint
