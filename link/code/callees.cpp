#include "link/code/callees.h"

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
  const std::uint32_t import = engine.import_of(module, root);
  ValueId value;
  if (import != UINT32_MAX) {
    if (!engine.program().modules[module.index].imports[import].module.exists()) return {};
    value = engine.import_value(module, code.imports[import], import);
  } else if (code.variables[root.index].owner.index == 0) {
    value = engine.global(module, root);
  }
  if (!value.exists() || !may_hold_functions(engine.pool(), value)) return {};
  for (std::size_t i = members.size(); i-- > 0;) value = engine.member_of(value, members[i]);
  return value;
}

}  // namespace fnlint
