// Looks up classes by names and declared types, and indexes their hierarchy a unit.
#include "flow/modules/class_table.h"

#include "core/limits.h"
#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "model/hole_at.h"
#include "model/language_traits.h"

#include <algorithm>
#include <span>

namespace fnlint {

namespace {

constexpr std::size_t kOpenSubclasses = 64;  // looked at, of one abstract class
constexpr int kNestedArguments = 8;          // of a generic type
constexpr int kInheritedFrom = 8;  // bases of bases

bool has_method(const CodeFacts& code, const Class& type, std::string_view name) {
  for (std::uint32_t i = 0; i < type.methods.count; ++i)
    if (code.string(code.functions[code.methods[type.methods.first + i].index].name) == name)
      return true;
  return false;
}

// Go: a type implements the interfaces whose methods it has.
bool has_all_methods(const CodeFacts& code, const Class& type, const CodeFacts& wanted_code,
                     const Class& wanted) {
  for (std::uint32_t i = 0; i < wanted.methods.count; ++i) {
    const FunctionId method = wanted_code.methods[wanted.methods.first + i];
    const std::string_view name =
        wanted_code.string(wanted_code.functions[method.index].name);
    if (!has_method(code, type, name)) return false;
  }
  return wanted.methods.count > 0;
}

}  // namespace

bool is_abstract(const CodeFacts& code, const Class& type) {
  if ((type.flags & kAbstractClass) != 0) return true;
  if (type.instance_init.exists()) return false;
  bool any = false;
  for (std::uint32_t i = 0; i < type.methods.count; ++i) {
    const Function& method = code.functions[code.methods[type.methods.first + i].index];
    if (method.kind == FunctionKind::Constructor) return false;
    any = any || !method.first.exists() || method.first == method.end;
  }
  return any || (type.methods.count == 0 && type.fields.count == 0);
}

bool is_generic(const CodeFacts& code, TypeId type) {
  return type.exists() && code.types[type.index].arguments.count > 0;
}

// The last word decides: nested classes stand in the same table.
ProjectObject ClassTable::in_module(ModuleId module, std::string_view name) const {
  const std::string_view word = name.substr(name.rfind('.') + 1);
  const CodeFacts& code = facts(module);
  for (std::uint32_t i = 0; i < code.classes.size(); ++i)
    if (!word.empty() && code.string(code.classes[i].name) == word)
      return {ProjectObject::Kind::Class, module, ClassId{i}};
  return {};
}

ProjectObject ClassTable::named(ModuleId module, VariableId variable, std::string_view inner) {
  const CodeFacts& code = facts(module);
  const std::uint32_t row = modules_.import_of(module, variable);
  const std::string_view own = code.string(code.variables[variable.index].name);
  if (row == UINT32_MAX) return in_module(module, inner.empty() ? own : inner);
  const ImportTarget& target = program_.modules[module.index].imports[row];
  if (!target.module.exists()) {
    const ProjectObject outer = inherited(module, variable);
    return outer.type.exists() && !inner.empty() ? in_module(outer.module, inner) : outer;
  }
  const std::string_view name =
      target.symbol.empty() ? code.string(code.imports[row].name) : std::string_view(target.symbol);
  const std::string_view wanted = !inner.empty() ? inner : target.whole ? std::string_view() : name;
  const ProjectObject found = in_module(target.module, wanted.empty() ? own : wanted);
  if (found.kind != ProjectObject::Kind::None || !context_.may_nest()) return found;
  const WalkContext::Nested deeper(context_);
  const ValueId given = evaluation_.exported(target.module, wanted);
  const ProjectObject other = given.exists() ? project_object(pool_, given) : ProjectObject{};
  return other.kind == ProjectObject::Kind::Class ? other : ProjectObject{};
}

ProjectObject ClassTable::in_bases(ProjectObject type, std::string_view name, int depth) {
  if (depth > kInheritedFrom) return {};
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  for (std::uint32_t i = 0; i < row.bases.count; ++i) {
    const ProjectObject base = written(type.module, code.bases[row.bases.first + i]);
    if (base.kind != ProjectObject::Kind::Class) continue;
    ProjectObject found;
    if (base.module != type.module) found = in_module(base.module, name);
    if (!found.type.exists()) found = in_bases(base, name, depth + 1);
    if (found.type.exists()) return found;
  }
  return {};
}

bool ClassTable::may_be_inherited(ModuleId module, VariableId variable) {
  const CodeFacts& code = facts(module);
  const std::uint32_t import = modules_.import_of(module, variable);
  return import != UINT32_MAX && traits(code.language).names_are_inherited &&
         (code.imports[import].flags & kImplicit) != 0 &&
         !program_.modules[module.index].imports[import].module.exists();
}

ProjectObject ClassTable::inherited(ModuleId module, VariableId variable) {
  const CodeFacts& code = facts(module);
  if (!may_be_inherited(module, variable)) return {};
  // What a base is named by is asked for with it: such a name has no class meanwhile.
  const auto [known, added] = inherited_.try_emplace(pack(module, variable));
  if (!added) return known->second;
  const std::string name(code.string(code.variables[variable.index].name));
  for (std::uint32_t i = 0; i < code.classes.size(); ++i)
    if (const ProjectObject found =
            in_bases({ProjectObject::Kind::Class, module, ClassId{i}}, name, 0);
        found.type.exists())
      return inherited_[pack(module, variable)] = found;
  return {};
}

ProjectObject ClassTable::written(ModuleId module, ExprId expr) {
  const CodeFacts& code = facts(module);
  std::string inner;
  for (int depth = 0; expr.exists() && depth < 8; ++depth) {
    const Expr& row = code.exprs[expr.index];
    if (row.kind == ExprKind::Variable) return named(module, VariableId{row.ref}, inner);
    if (row.kind != ExprKind::Member && row.kind != ExprKind::Index) return {};
    if (row.kind == ExprKind::Member && inner.empty()) inner = code.string(row.name);
    expr = ExprId{row.ref};
  }
  return {};
}

ClassTable::TypeName ClassTable::name_of(ModuleId module, TypeId id) {
  const CodeFacts& code = facts(module);
  const Type& type = code.types[id.index];
  const std::string_view path = code.string(type.path);
  if (!type.named.exists()) return {};
  TypeName name;
  name.import = modules_.import_of(module, type.named);
  std::string begins(code.string(code.variables[type.named.index].name));
  if (name.import != UINT32_MAX && code.imports[name.import].module.exists() &&
      !code.string(code.imports[name.import].module).empty()) {
    const std::string_view symbol = code.string(code.imports[name.import].name);
    begins = code.string(code.imports[name.import].module);
    if (!symbol.empty() && symbol != "*") begins += cat('.', symbol);
  }
  const bool longer =
      path.size() > begins.size() && path.starts_with(begins) && path[begins.size()] == '.';
  name.is_whole = longer || path == begins;
  if (longer) name.inner = path.substr(begins.size() + 1);
  return name;
}

ProjectObject ClassTable::declared(ModuleId module, TypeId id) {
  const std::uint64_t key = pack(module, id);
  if (const auto known = declared_.find(key); known != declared_.end()) return known->second;
  const VariableId name = facts(module).types[id.index].named;
  const ProjectObject found =
      name.exists() ? named(module, name, name_of(module, id).inner) : ProjectObject{};
  return declared_[key] = found;
}

std::string ClassTable::declared_path(ModuleId module, TypeId id) {
  const CodeFacts& code = facts(module);
  const std::string_view written = code.string(code.types[id.index].path);
  const TypeName name = name_of(module, id);
  if (name.import == UINT32_MAX) return std::string(written);
  const ImportTarget& target = program_.modules[module.index].imports[name.import];
  if (target.module.exists()) return {};
  if (target.path.empty() || !name.is_whole) return std::string(written);
  // `import S3 from "aws-sdk/clients/s3"`: the module's default is called by the module's name.
  constexpr std::string_view kDefault = ".default";
  std::string_view path = target.path;
  if (path.ends_with(kDefault)) path.remove_suffix(kDefault.size());
  return name.inner.empty() ? std::string(path) : cat(path, '.', name.inner);
}

bool ClassTable::is_same_type(ModuleId one, TypeId left, ModuleId other, TypeId right, int depth) {
  const ProjectObject mine = declared(one, left), its = declared(other, right);
  if (mine.kind != its.kind || mine.module != its.module || mine.type != its.type) return false;
  const CodeFacts& here = facts(one);
  const CodeFacts& there = facts(other);
  if (mine.kind == ProjectObject::Kind::None) {
    const std::string path = declared_path(one, left);
    if (path != declared_path(other, right)) return false;
    if (path.empty() && word_at_end(here.string(here.types[left.index].path)) !=
                            word_at_end(there.string(there.types[right.index].path)))
      return false;
  }
  const Slice<TypeId> given = here.types[left.index].arguments;
  const Slice<TypeId> wanted = there.types[right.index].arguments;
  if (given.count != wanted.count || depth > kNestedArguments) return false;
  for (std::uint32_t i = 0; i < given.count; ++i)
    if (!is_same_type(one, here.type_arguments[given.first + i], other,
                      there.type_arguments[wanted.first + i], depth + 1))
      return false;
  return true;
}

const std::vector<ProjectObject>& ClassTable::parts_of(ProjectObject type) {
  const auto [row, added] = parts_.try_emplace(key_of(type));
  std::vector<ProjectObject>& parts = row->second;
  const CodeFacts& code = facts(type.module);
  if (!added || traits(code.language).classes_are_whole) return parts;
  const std::string_view name = code.string(code.classes[type.type.index].name);
  const std::uint32_t unit = program_.modules[type.module.index].unit;
  std::string_view folder;
  for (const auto& [path, module] : program_.units[unit].modules)
    if (module == type.module) folder = folder_of(path);
  for (const auto& [path, module] : program_.units[unit].modules) {
    const bool beside = folder_of(path) == folder || !traits(code.language).packages_are_folders;
    if (module == type.module || !beside) continue;
    const CodeFacts& other = facts(module);
    if (other.string(other.package) != code.string(code.package)) continue;
    if (const ProjectObject part = in_module(module, name);
        part.kind == ProjectObject::Kind::Class && !name.empty())
      parts.push_back(part);
  }
  std::ranges::sort(parts, {}, [](ProjectObject part) { return key_of(part); });
  return parts;
}

namespace {

// Where classes stand whose base is what a call gives: `class Store extends Logged(Base)`. No class
// has that key.
std::uint64_t of_computed_bases(std::uint32_t unit) { return ~std::uint64_t{unit}; }

}  // namespace

void ClassTable::index_subclasses(std::uint32_t unit) {
  if (!units_with_subclasses_.insert(unit).second) return;
  for (const ModuleId module : program_.modules_of(unit)) {
    const CodeFacts& code = facts(module);
    for (std::uint32_t c = 0; c < code.classes.size(); ++c) {
      const Class& type = code.classes[c];
      for (std::uint32_t i = 0; i < type.bases.count; ++i) {
        const ProjectObject base = written(module, code.bases[type.bases.first + i]);
        const ProjectObject derived{ProjectObject::Kind::Class, module, ClassId{c}};
        const ExprKind form = code.exprs[code.bases[type.bases.first + i].index].kind;
        if (base.kind == ProjectObject::Kind::Class)
          subclasses_[key_of(base)].push_back(derived);
        else if (form != ExprKind::Variable && form != ExprKind::Member)
          subclasses_[of_computed_bases(unit)].push_back(derived);
      }
    }
  }
}

// The classes of the unit that can stand for an abstract one; the class itself where there are none
// or too many.
std::vector<ProjectObject> ClassTable::implementers_of(ProjectObject type, ModuleId asking,
                                                       TypeId as) {
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  if (!is_abstract(code, row)) return {type};
  const std::uint32_t unit = program_.modules[type.module.index].unit;
  index_subclasses(unit);
  std::vector<ProjectObject> found, open = subclasses_[key_of(type)];
  for (std::size_t i = 0; i < open.size() && open.size() <= kOpenSubclasses; ++i) {
    const ProjectObject one = open[i];
    if (!is_abstract(facts(one.module), facts(one.module).classes[one.type.index])) {
      found.push_back(one);
      continue;
    }
    for (const ProjectObject& deeper : subclasses_[key_of(one)]) open.push_back(deeper);
  }
  if (traits(code.language).interfaces_are_implicit)
    for (const ModuleId module : program_.modules_of(unit)) {
      if (found.size() > kImplementers) break;
      const CodeFacts& others = facts(module);
      for (std::uint32_t c = 0; c < others.classes.size(); ++c) {
        const Class& other = others.classes[c];
        if (!is_abstract(others, other) && has_all_methods(others, other, code, row))
          found.push_back({ProjectObject::Kind::Class, module, ClassId{c}});
      }
    }
  if (as.exists())
    std::erase_if(found, [&](ProjectObject one) { return !derives_as(one, type, asking, as); });
  std::ranges::sort(found, {}, key_of);
  const auto repeated = std::ranges::unique(found, {}, key_of);
  found.erase(repeated.begin(), repeated.end());
  return found.empty() || found.size() > kImplementers ? std::vector<ProjectObject>{type} : found;
}

// Whether a class may be what the generic type is, by the arguments that it gives it itself: what
// handles a `Created` is no `Handler<Deleted>`.
bool ClassTable::derives_as(ProjectObject one, ProjectObject base, ModuleId module, TypeId as) {
  const CodeFacts& code = facts(one.module);
  const CodeFacts& asked = facts(module);
  const Slice<TypeId> bases = code.classes[one.type.index].generic_bases;
  const Slice<TypeId> wanted = asked.types[as.index].arguments;
  const auto word_of = [](const CodeFacts& from, TypeId type) {
    const std::string_view path = from.string(from.types[type.index].path);
    return path.substr(path.rfind('.') + 1);
  };
  for (std::uint32_t i = 0; i < bases.count; ++i) {
    const TypeId written = code.type_arguments[bases.first + i];
    const ProjectObject named = declared(one.module, written);
    if (named.module != base.module || named.type != base.type) continue;
    const Slice<TypeId> given = code.types[written.index].arguments;
    if (given.count != wanted.count) return true;  // an argument is a parameter of its own
    for (std::uint32_t k = 0; k < given.count; ++k)
      if (word_of(code, code.type_arguments[given.first + k]) !=
          word_of(asked, asked.type_arguments[wanted.first + k]))
        return false;
    return true;
  }
  return true;
}

ValueId ClassTable::classes_that_are(ProjectObject wanted) {
  if (wanted.kind != ProjectObject::Kind::Class) return {};
  const auto known = classes_below_.find(key_of(wanted));
  return known != classes_below_.end() ? known->second
                                       : classes_below_[key_of(wanted)] = named_below(wanted);
}

ValueId ClassTable::classes_that_are(ModuleId module, std::string_view type) {
  const std::size_t dot = type.rfind('.');
  const std::string_view inner = dot == type.npos ? std::string_view() : type.substr(dot + 1);
  ProjectObject found = in_module(module, inner.empty() ? type : inner);
  const VariableId head = modules_.named(module, type.substr(0, type.find('.')));
  if (found.kind == ProjectObject::Kind::None && head.exists()) found = named(module, head, inner);
  return classes_that_are(found);
}

// By name, the class and all below it; no id: nobody can say which these are.
ValueId ClassTable::named_below(ProjectObject wanted) {
  const CodeFacts& code = facts(wanted.module);
  const std::uint32_t unit = program_.modules[wanted.module.index].unit;
  index_subclasses(unit);
  // A class may be of it and not say so: by its methods, a module that it includes, a computed
  // base.
  const bool is_open = traits(code.language).includes_modules ||
                       (traits(code.language).interfaces_are_implicit &&
                        is_abstract(code, code.classes[wanted.type.index])) ||
                       !subclasses_[of_computed_bases(unit)].empty();
  if (is_open) return {};
  std::vector<ProjectObject> open{wanted};
  std::vector<ValueId> names;
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (open.size() > kOpenSubclasses) return {};
    const ProjectObject one = open[i];
    names.push_back(pool_.text_value(cat(one.module.index, ':', one.type.index)));
    const std::vector<ProjectObject> below = subclasses_[key_of(one)];
    open.insert(open.end(), below.begin(), below.end());
  }
  return pool_.list(names);
}

const Field* ClassTable::field(ProjectObject type, std::string_view name, ModuleId& module) {
  for (int depth = 0; type.kind != ProjectObject::Kind::None && depth < 8; ++depth) {
    const CodeFacts& code = facts(type.module);
    const Class& row = code.classes[type.type.index];
    for (std::uint32_t i = 0; i < row.fields.count; ++i)
      if (const Field& field = code.fields[row.fields.first + i]; code.string(field.name) == name) {
        module = type.module;
        return &field;
      }
    ProjectObject base;
    for (std::uint32_t i = 0; i < row.bases.count && base.kind == ProjectObject::Kind::None; ++i)
      base = written(type.module, code.bases[row.bases.first + i]);
    type = base;
  }
  return nullptr;
}

void ClassTable::forget(const IsForgotten& is_forgotten) {
  forget_of_modules(classes_below_, is_forgotten);
  forget_of_modules(declared_, is_forgotten);
}

}  // namespace fnlint
