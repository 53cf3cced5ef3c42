#include "core/limits.h"
#include "core/text.h"
#include "flow/engine/engine.h"
#include "flow/engine/handler_place.h"
#include "flow/engine/library_call.h"
#include "flow/state/module_row.h"
#include "flow/syntax/assigned_members.h"
#include "flow/syntax/code_queries.h"
#include "model/hole_at.h"
#include "model/language_traits.h"
#include "values/sites.h"
#include "values/where.h"

#include <algorithm>
#include <charconv>

// Classes by declared types: which class of the project a type names, who implements it, and what
// an object is of which only the type is known.
namespace fnlint {

namespace {

constexpr std::size_t kOpenSubclasses = 64;  // looked at, of one abstract class

std::uint64_t key_of(ProjectObject type) { return pack(type.module, type.type); }

// The value, or the first of several.
ValueId first_of(const ValuePool& pool, ValueId value) {
  return bare(pool, pool.is(value, ValueKind::OneOf) ? pool.operands(value)[0] : value);
}

bool is_client(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Object) &&
         project_object(pool, value).kind == ProjectObject::Kind::None &&
         library_class(pool.text(value)) == LibraryClass::Client;
}

// What a call gives of which a caller will tell more, and that is no data.
bool is_open_call(const ValuePool& pool, ValueId value) {
  return pool.opcode(value) == Opcode::Call && is_open(pool, value) &&
         !has_origin(pool, value, Origin::Event);
}

// The value, or what its declared type stands for once it is known that nothing is known of it.
ValueId declared_value(ValuePool& pool, ValueId value, ModuleId module, TypeId type) {
  const std::array<ValueId, 2> operands{value, pool.text_value(cat(module.index, ':', type.index))};
  return pool.computed(kDeclared, operands);
}

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

// What a library's model says that an object of this type is; empty: nothing.
std::string object_path_of(Language language, std::string_view path) {
  const LibraryModel* model = find_library_model(language, path);
  if (model == nullptr) {
    const std::string made = cat(path, "()");
    const LibraryFamily* family = find_library_family(made);
    const bool is_client = family != nullptr && family->kind == LibraryClass::Client;
    return is_client && family->language == language ? made : std::string();
  }
  const bool names_object = model->returns.starts_with('=');
  const bool is_kept = model->kind == LibraryClass::Client || model->kind == LibraryClass::Logger;
  if (!is_kept && !names_object) return {};
  if (names_object && model->returns.find('{') != std::string_view::npos) return {};
  return names_object ? std::string(model->returns.substr(1)) : cat(model->path, "()");
}

}  // namespace

bool is_unsettled(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return true;
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Absent:
    case ValueKind::Unknown: return true;
    case ValueKind::Hole: return row.origin == Origin::Outside || row.origin == Origin::CallResult;
    case ValueKind::Computed: {
      const Opcode opcode = pool.opcode(value);
      const bool reads = opcode == Opcode::Call || opcode == Opcode::Member ||
                         opcode == Opcode::Index || opcode == Opcode::Element;
      return reads && !is_open(pool, value) && !has_origin(pool, value, Origin::Event);
    }
    default: return false;
  }
}

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

// The last word decides: nested classes stand in the same table.
ProjectObject Engine::class_named(ModuleId module, std::string_view name) {
  const std::string_view word = name.substr(name.rfind('.') + 1);
  const CodeFacts& code = facts(module);
  for (std::uint32_t i = 0; i < code.classes.size(); ++i)
    if (!word.empty() && code.string(code.classes[i].name) == word)
      return {ProjectObject::Kind::Class, module, ClassId{i}};
  return {};
}

ProjectObject Engine::named_class(ModuleId module, VariableId variable, std::string_view inner) {
  const CodeFacts& code = facts(module);
  const std::uint32_t row = import_of(module, variable);
  const std::string_view own = code.string(code.variables[variable.index].name);
  if (row == UINT32_MAX) return class_named(module, inner.empty() ? own : inner);
  const ImportTarget& target = program_.modules[module.index].imports[row];
  if (!target.module.exists()) {
    const ProjectObject outer = inherited_class(module, variable);
    return outer.type.exists() && !inner.empty() ? class_named(outer.module, inner) : outer;
  }
  const std::string_view name =
      target.symbol.empty() ? code.string(code.imports[row].name) : std::string_view(target.symbol);
  const std::string_view wanted = !inner.empty() ? inner : target.whole ? std::string_view() : name;
  const ProjectObject found = class_named(target.module, wanted.empty() ? own : wanted);
  if (found.kind != ProjectObject::Kind::None || nesting_ >= kNesting) return found;
  ++nesting_;
  const ValueId given = exported(target.module, wanted);
  --nesting_;
  const ProjectObject other = given.exists() ? project_object(pool_, given) : ProjectObject{};
  return other.kind == ProjectObject::Kind::Class ? other : ProjectObject{};
}

// A base class as its class names it.
ProjectObject Engine::class_of(ModuleId module, ExprId expr) {
  const CodeFacts& code = facts(module);
  std::string inner;
  for (int depth = 0; expr.exists() && depth < 8; ++depth) {
    const Expr& row = code.exprs[expr.index];
    if (row.kind == ExprKind::Variable) return named_class(module, VariableId{row.ref}, inner);
    if (row.kind != ExprKind::Member && row.kind != ExprKind::Index) return {};
    if (row.kind == ExprKind::Member && inner.empty()) inner = code.string(row.name);
    expr = ExprId{row.ref};
  }
  return {};
}

// Where languages let a class be written in several files, the classes of its name in the same
// package and folder.
const std::vector<ProjectObject>& Engine::parts_of(ProjectObject type) {
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
    if (const ProjectObject part = class_named(module, name);
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

void Engine::index_subclasses(std::uint32_t unit) {
  if (!units_with_subclasses_.insert(unit).second) return;
  for (const ModuleId module : program_.modules_of(unit)) {
    const CodeFacts& code = facts(module);
    for (std::uint32_t c = 0; c < code.classes.size(); ++c) {
      const Class& type = code.classes[c];
      for (std::uint32_t i = 0; i < type.bases.count; ++i) {
        const ProjectObject base = class_of(module, code.bases[type.bases.first + i]);
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
std::vector<ProjectObject> Engine::implementers_of(ProjectObject type, ModuleId asking, TypeId as) {
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
bool Engine::derives_as(ProjectObject one, ProjectObject base, ModuleId module, TypeId as) {
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
    const ProjectObject named = declared_class(one.module, written);
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

ValueId Engine::classes_that_are(ModuleId module, std::string_view type) {
  return classes_that_are(class_named(module, type));
}

ValueId Engine::classes_that_are(ProjectObject wanted) {
  if (wanted.kind != ProjectObject::Kind::Class) return {};
  const auto known = classes_below_.find(key_of(wanted));
  return known != classes_below_.end() ? known->second
                                       : classes_below_[key_of(wanted)] = named_below(wanted);
}

// By name, the class and all below it; no id: nobody can say which these are.
ValueId Engine::named_below(ProjectObject wanted) {
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

ValueId Engine::bare_instance(ProjectObject made) {
  const ValueId fields = pool_.record({}, true);
  return pool_.object(kOutsideSite | key_of(made),
                      object_path("instance", made.module, made.type.index),
                      std::span(&fields, 1));
}

ValueId Engine::made_instance(ProjectObject made, bool guessed) {
  if (nesting_ >= kNesting) return bare_instance(made);
  ++nesting_;
  CallInput invocation;
  invocation.callee =
      pool_.object(key_of(made), object_path("class", made.module, made.type.index));
  invocation.arguments = pool_.record({});
  const ValueId whole = construct(invocation, 1).value;
  --nesting_;
  return guessed ? pool_.with_evidence(whole, kHeuristic) : whole;
}

ValueId Engine::instance_of(ProjectObject type) {
  const auto known = instances_.find(key_of(type));
  if (known != instances_.end()) return known->second;
  const std::vector<ProjectObject> all = implementers_of(type);
  instances_[key_of(type)] = bare_instance(all.front());  // a field of its own type is met again
  return instances_[key_of(type)] = any_instance(type, all);
}

ValueId Engine::any_instance(ProjectObject type, std::span<const ProjectObject> all) {
  std::vector<Alternative> alternatives;
  for (const ProjectObject& made : all) {
    const bool guessed = made.module != type.module || made.type != type.type;
    const ValueId given = guessed ? provided(made) : ValueId{};
    alternatives.push_back(
        {given.exists() ? guessed_parts(pool_, given, 0) : made_instance(made, guessed), {}});
  }
  return alternatives.size() == 1 ? alternatives[0].value : pool_.one_of(alternatives);
}

// How the file names a type: by a class or an import of its own, and what stands in that.
Engine::TypeName Engine::name_of(ModuleId module, TypeId id) {
  const CodeFacts& code = facts(module);
  const Type& type = code.types[id.index];
  const std::string_view path = code.string(type.path);
  if (!type.named.exists()) return {};
  TypeName name;
  name.import = import_of(module, type.named);
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

ProjectObject Engine::declared_class(ModuleId module, TypeId id) {
  const std::uint64_t key = pack(module, id);
  if (const auto known = declared_.find(key); known != declared_.end()) return known->second;
  const VariableId named = facts(module).types[id.index].named;
  const ProjectObject found =
      named.exists() ? named_class(module, named, name_of(module, id).inner) : ProjectObject{};
  return declared_[key] = found;
}

ValueId Engine::typed(ModuleId module, TypeId id) {
  const ValueId given = provided(module, id, {}, {});
  return given.exists() ? given : typed_alone(module, id);
}

ValueId Engine::typed_alone(ModuleId module, TypeId id) {
  if (!id.exists()) return {};
  const std::uint64_t key = pack(module, id);
  if (const auto found = typed_.find(key); found != typed_.end()) return found->second;
  const CodeFacts& code = facts(module);
  const ProjectObject found = declared_class(module, id);
  if (found.kind == ProjectObject::Kind::Class) {
    if (code.types[id.index].arguments.count == 0) return typed_[key] = instance_of(found);
    const std::vector<ProjectObject> all = implementers_of(found, module, id);
    typed_[key] = bare_instance(all.front());
    return typed_[key] = any_instance(found, all);
  }
  const std::string made = object_path_of(code.language, declared_path(module, id));
  return typed_[key] = made.empty() ? ValueId{} : pool_.object(kOutsideSite | key, made);
}

ValueId Engine::refined(ValueId value, ModuleId module, TypeId type) {
  if (!type.exists()) return value;
  if (value.exists() && is_where(pool_, value)) {
    const ValueId inner = refined(pool_.operands(value)[0], module, type);
    return where(pool_, inner, pool_.operands(value).subspan(1));
  }
  if (value.exists() && pool_[value].kind == ValueKind::OneOf) {
    const std::vector<ValueId> all(pool_.operands(value).begin(), pool_.operands(value).end());
    const std::vector<GuardId> guards(pool_.guards(value).begin(), pool_.guards(value).end());
    if (std::none_of(all.begin(), all.end(), [&](ValueId one) {
          return is_unsettled(pool_, one) || is_open_call(pool_, one);
        }))
      return value;
    std::vector<Alternative> alternatives;
    for (std::size_t i = 0; i < all.size(); ++i)
      alternatives.push_back({refined(all[i], module, type), guards[i]});
    return pool_.one_of(alternatives);
  }
  const bool made_by_library = value.exists() && pool_[value].kind == ValueKind::Object &&
                               project_object(pool_, value).kind == ProjectObject::Kind::None;
  const bool waits = value.exists() && is_open_call(pool_, value);
  if (!is_unsettled(pool_, value) && !made_by_library && !waits) return value;
  ValueId declared = typed(module, type);
  if (!declared.exists()) return value;
  // Something gave it, which need not be the container.
  const bool is_given = value.exists() && pool_[value].kind != ValueKind::Absent;
  if (is_given && !waits && declared != typed_alone(module, type))
    declared = guessed_parts(pool_, declared, 0);
  if (waits) return is_service(declared) ? declared_value(pool_, value, module, type) : value;
  // What was read of an answer is what it is.
  const bool is_plain_data = traits(facts(module).language).fills_declared && is_plain(declared);
  const bool is_part = value.exists() && pool_[value].kind == ValueKind::Computed;
  if (!made_by_library) return is_part && is_plain_data ? value : declared;
  // A container of dependencies gives what the project declared; data that was read stays data.
  const ValueId one = first_of(pool_, declared);
  const bool is_data = has_origin(pool_, value, Origin::Event) || is_plain_data;
  const bool may_be = (is_object(declared) || is_client(pool_, one)) && !is_data &&
                      library_class(pool_.text(value)) == LibraryClass::None;
  return may_be ? declared : value;
}

// What a declared type gives is an object of the project's.
bool Engine::is_object(ValueId declared) const {
  return declared.exists() &&
         project_object(pool_, first_of(pool_, declared)).kind == ProjectObject::Kind::Instance;
}

// Of a class that holds plain data and has no method at all.
bool Engine::is_plain(ValueId declared) {
  const ProjectObject type = project_object(pool_, first_of(pool_, declared));
  if (type.kind != ProjectObject::Kind::Instance) return false;
  const Class& row = facts(type.module).classes[type.type.index];
  if (row.methods.count != 0 || row.bases.count != 0 || row.fields.count == 0) return false;
  for (std::uint32_t i = 0; i < row.fields.count; ++i) {
    const Field& field = facts(type.module).fields[row.fields.first + i];
    if (field.type.exists() && typed(type.module, field.type).exists()) return false;
  }
  return true;
}

// What does something, beside holding data: a client, an object of the project's with a method that
// calls others.
bool Engine::is_service(ValueId declared) {
  const ValueId one = first_of(pool_, declared);
  const ProjectObject type = project_object(pool_, one);
  if (type.kind == ProjectObject::Kind::None) return is_client(pool_, one);
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const Function& method = code.functions[code.methods[row.methods.first + i].index];
    for (OpId at = method.first; at.exists() && at < method.end; ++at.index)
      if (code.ops[at.index].kind == OpKind::Call && method.kind != FunctionKind::Constructor)
        return true;
  }
  return false;
}

ValueId Engine::declared_later(ValueId value, std::string_view place) {
  const std::optional<ModuleRow> row = module_row(place);
  return row ? refined(value, row->module, TypeId{row->index}) : value;
}

const Field* Engine::declared_field(ProjectObject type, std::string_view name, ModuleId& module) {
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
      base = class_of(type.module, code.bases[row.bases.first + i]);
    type = base;
  }
  return nullptr;
}

// The class that an object of a function's own parameters and receiver is declared to be of.
ProjectObject Engine::declared_class(ValueId value, int depth) {
  const Value row = pool_[value];
  if (pool_.opcode(value) == Opcode::Member && depth < 4) {
    const ProjectObject outer = declared_class(pool_.operands(value)[0], depth + 1);
    if (outer.kind == ProjectObject::Kind::None) return {};
    ModuleId home = outer.module;
    const Field* field =
        declared_field(outer, std::string(pool_.text(pool_.operands(value)[1])), home);
    const ValueId inner = field != nullptr ? typed(home, field->type) : ValueId{};
    return inner.exists() ? project_object(pool_, inner) : ProjectObject{};
  }
  if (row.kind != ValueKind::Hole) return {};
  const FunctionRef ref = unpack(row.ref);
  if (row.origin == Origin::Receiver) {
    const ClassId owner = facts(ref.module).functions[ref.function.index].owner;
    return owner.exists() ? ProjectObject{ProjectObject::Kind::Instance, ref.module, owner}
                          : ProjectObject{};
  }
  if (row.origin != Origin::Parameter) return {};
  const CodeFacts& code = facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  std::size_t position = 0;
  const std::string_view text = pool_.text(value);
  std::from_chars(text.data(), text.data() + text.size(), position);
  if (position >= function.parameters.count) return {};
  const VariableId variable = code.parameters[function.parameters.first + position].variable;
  const ValueId object = typed_alone(ref.module, code.variables[variable.index].type);
  return object.exists() ? project_object(pool_, object) : ProjectObject{};
}

bool Engine::is_generic(ModuleId module, TypeId type) const {
  return type.exists() && facts(module).types[type.index].arguments.count > 0;
}

ValueId Engine::declared_client(ValueId base, std::string_view name) {
  if (!traits(spoken_).declares_types) return {};
  const ProjectObject type = declared_class(base, 0);
  if (type.kind == ProjectObject::Kind::None) return {};
  ModuleId home = type.module;
  const Field* field = declared_field(type, name, home);
  if (field == nullptr || is_generic(home, field->type)) return {};
  const ValueId object = typed_alone(home, field->type);
  return object.exists() && is_client(pool_, object) ? object : ValueId{};
}

// What a module's functions assign after the class was made.
const std::set<std::string>& Engine::assigned_members(ModuleId module) {
  ModuleState& state = modules_[module.index];
  if (std::exchange(state.members_indexed, true)) return state.assigned_members;
  const CodeFacts& code = facts(module);
  for (const Function& function : code.functions)
    add_assigned_members(code, function, state.assigned_members);
  return state.assigned_members;
}

}  // namespace fnlint
