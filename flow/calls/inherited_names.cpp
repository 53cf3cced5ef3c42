// Names that a file neither declares nor imports, and its package does not have: what a base class
// that stands in another file has.
#include "core/text.h"
#include "flow/engine/body.h"
#include "flow/engine/engine.h"
#include "model/language_traits.h"
#include "tables/libraries.h"

namespace fnlint {

namespace {

constexpr int kInheritedFrom = 8;  // bases of bases

// A name that is taken for one of the package, where nothing of that is found.
bool may_be_inherited(const CodeFacts& code, const ProgramModule& module, std::uint32_t import) {
  return import != UINT32_MAX && traits(code.language).names_are_inherited &&
         (code.imports[import].flags & kImplicit) != 0 && !module.imports[import].module.exists();
}

}  // namespace

ProjectObject Engine::class_in_bases(ProjectObject type, std::string_view name, int depth) {
  if (depth > kInheritedFrom) return {};
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  for (std::uint32_t i = 0; i < row.bases.count; ++i) {
    const ProjectObject base = class_of(type.module, code.bases[row.bases.first + i]);
    if (base.kind != ProjectObject::Kind::Class) continue;
    ProjectObject found;
    if (base.module != type.module) found = class_named(base.module, name);
    if (!found.type.exists()) found = class_in_bases(base, name, depth + 1);
    if (found.type.exists()) return found;
  }
  return {};
}

ProjectObject Engine::inherited_class(ModuleId module, VariableId variable) {
  const CodeFacts& code = facts(module);
  if (!may_be_inherited(code, program_.modules[module.index], import_of(module, variable)))
    return {};
  // What a base is named by is asked for with it: such a name has no class meanwhile.
  const auto [known, added] = inherited_classes_.try_emplace(pack(module, variable));
  if (!added) return known->second;
  const std::string name(code.string(code.variables[variable.index].name));
  for (std::uint32_t i = 0; i < code.classes.size(); ++i)
    if (const ProjectObject found =
            class_in_bases({ProjectObject::Kind::Class, module, ClassId{i}}, name, 0);
        found.type.exists())
      return inherited_classes_[pack(module, variable)] = found;
  return {};
}

ValueId Engine::inherited_field(FunctionRef from, VariableId variable, ValueId receiver) {
  const CodeFacts& code = facts(from.module);
  if (!may_be_inherited(code, program_.modules[from.module.index],
                        import_of(from.module, variable)))
    return {};
  FunctionId at = from.function;
  while (at.exists() && !code.functions[at.index].owner.exists())
    at = code.functions[at.index].parent;
  if (!at.exists()) return {};
  const ProjectObject type{ProjectObject::Kind::Class, from.module, code.functions[at.index].owner};
  ModuleId home = from.module;
  const std::string name(code.string(code.variables[variable.index].name));
  const Field* field = declared_field(type, name, home);
  if (field == nullptr) return {};
  return at == from.function && receiver.exists() ? member_of(receiver, name)
                                                  : typed(home, field->type);
}

ValueId Engine::computing_base(ProjectObject type, int depth) {
  const bool has_bases =
      type.kind == ProjectObject::Kind::Instance || type.kind == ProjectObject::Kind::Class;
  if (!has_bases || !type.type.exists() || depth > kInheritedFrom) return {};
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  for (std::uint32_t i = 0; i < row.bases.count; ++i) {
    const ExprId base = code.bases[row.bases.first + i];
    if (const ProjectObject own = class_of(type.module, base); own.type.exists()) {
      if (const ValueId found = computing_base(own, depth + 1); found.exists()) return found;
      continue;
    }
    const Expr& named = code.exprs[base.index];
    const ExprId bare = named.kind == ExprKind::Index ? ExprId{named.ref} : base;
    const ValueId value = default_value(*this, {type.module, FunctionId{0}}, bare);
    const std::string path = value.exists() ? library_path(value) : std::string();
    if (!path.empty() && only_computes(code.language, path))
      return pool_.hole(Origin::Library, cat(path, "()"));
  }
  return {};
}

}  // namespace fnlint
