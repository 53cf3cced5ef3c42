// Makes the values that declared types stand for, and puts them where nothing else is known.
#include "flow/engine/type_resolver.h"

#include "core/text.h"
#include "flow/engine/container.h"
#include "flow/engine/library_call.h"
#include "flow/state/module_row.h"
#include "model/hole_at.h"
#include "model/language_traits.h"
#include "values/sites.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace fnlint {

namespace {

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
  return value.exists() && pool.opcode(value) == Opcode::Call && is_open(pool, value) &&
         !has_origin(pool, value, Origin::Event);
}

// The value, or what its declared type stands for once it is known that nothing is known of it.
ValueId declared_value(ValuePool& pool, ValueId value, ModuleId module, TypeId type) {
  const std::array<ValueId, 2> operands{value, pool.text_value(cat(module.index, ':', type.index))};
  return pool.computed(kDeclared, operands);
}

bool is_made_by_library(const ValuePool& pool, ValueId value) {
  return value.exists() && pool.is(value, ValueKind::Object) &&
         project_object(pool, value).kind == ProjectObject::Kind::None;
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

ValueId TypeResolver::bare_instance(ProjectObject made) {
  const ValueId fields = pool_.record({}, true);
  return pool_.object(kOutsideSite | key_of(made),
                      object_path("instance", made.module, made.type.index),
                      std::span(&fields, 1));
}

ValueId TypeResolver::made_instance(ProjectObject made, bool guessed) {
  if (!context_.may_nest()) return bare_instance(made);
  CallInput invocation;
  invocation.callee =
      pool_.object(key_of(made), object_path("class", made.module, made.type.index));
  invocation.arguments = pool_.record({});
  const WalkContext::Nested deeper(context_);
  const ValueId whole = analysis_.call(invocation, 1).value;
  return guessed ? pool_.with_uncertainty(whole, kHeuristic) : whole;
}

ValueId TypeResolver::instance_of(ProjectObject type) {
  const auto known = known_.instances.find(key_of(type));
  if (known != known_.instances.end()) return known->second;
  const std::vector<ProjectObject> all = classes_.implementers_of(type);
  known_.instances[key_of(type)] =
      bare_instance(all.front());  // a field of its own type is met again
  return known_.instances[key_of(type)] = any_instance(type, all);
}

ValueId TypeResolver::any_instance(ProjectObject type, std::span<const ProjectObject> all) {
  std::vector<Alternative> alternatives;
  for (const ProjectObject& made : all) {
    const bool guessed = made.module != type.module || made.type != type.type;
    const ValueId given = guessed ? dependencies_.provided(made) : ValueId{};
    alternatives.push_back(
        {given.exists() ? guessed_parts(pool_, given, 0) : made_instance(made, guessed), {}});
  }
  return alternatives.size() == 1 ? alternatives[0].value : pool_.one_of(alternatives);
}

ValueId TypeResolver::typed(ModuleId module, TypeId id) {
  const ValueId given = dependencies_.provided(module, id, {}, {});
  return given.exists() ? given : typed_alone(module, id);
}

ValueId TypeResolver::typed_alone(ModuleId module, TypeId id) {
  if (!id.exists()) return {};
  const std::uint64_t key = pack(module, id);
  if (const auto found = known_.typed.find(key); found != known_.typed.end()) return found->second;
  const CodeFacts& code = facts(module);
  const ProjectObject found = classes_.declared(module, id);
  if (found.kind == ProjectObject::Kind::Class) {
    if (code.types[id.index].arguments.count == 0) return known_.typed[key] = instance_of(found);
    const std::vector<ProjectObject> all = classes_.implementers_of(found, module, id);
    known_.typed[key] = bare_instance(all.front());
    return known_.typed[key] = any_instance(found, all);
  }
  const std::string made = object_path_of(code.language, classes_.declared_path(module, id));
  return known_.typed[key] = made.empty() ? ValueId{} : pool_.object(kOutsideSite | key, made);
}

ValueId TypeResolver::refined(ValueId value, ModuleId module, TypeId type) {
  if (!type.exists()) return value;
  if (value.exists() && is_where(pool_, value)) {
    const ValueId inner = refined(pool_.operands(value)[0], module, type);
    return where(pool_, inner, pool_.operands(value).subspan(1));
  }
  if (value.exists() && pool_.is(value, ValueKind::OneOf)) return refined_each(value, module, type);
  const bool is_refined = is_unsettled(pool_, value) || is_made_by_library(pool_, value) ||
                          is_open_call(pool_, value);
  return is_refined ? declared_instead(value, module, type) : value;
}

ValueId TypeResolver::refined_each(ValueId value, ModuleId module, TypeId type) {
  const std::vector<ValueId> all(pool_.operands(value).begin(), pool_.operands(value).end());
  const std::vector<GuardId> guards(pool_.guards(value).begin(), pool_.guards(value).end());
  if (std::ranges::none_of(all, [&](ValueId one) {
        return is_unsettled(pool_, one) || is_open_call(pool_, one);
      }))
    return value;
  std::vector<Alternative> alternatives;
  for (std::size_t i = 0; i < all.size(); ++i)
    alternatives.push_back({refined(all[i], module, type), guards[i]});
  return pool_.one_of(alternatives);
}

// Of one of which nothing is known as yet, or that a library gave.
ValueId TypeResolver::declared_instead(ValueId value, ModuleId module, TypeId type) {
  ValueId declared = typed(module, type);
  if (!declared.exists()) return value;
  const bool waits = is_open_call(pool_, value);
  // Something gave it, which need not be the container.
  const bool is_given = value.exists() && pool_[value].kind != ValueKind::Absent;
  if (is_given && !waits && declared != typed_alone(module, type))
    declared = guessed_parts(pool_, declared, 0);
  if (waits) return is_service(declared) ? declared_value(pool_, value, module, type) : value;
  // What was read of an answer is what it is.
  const bool is_plain_data = traits(facts(module).language).fills_declared && is_plain(declared);
  const bool is_part = value.exists() && pool_[value].kind == ValueKind::Computed;
  if (!is_made_by_library(pool_, value)) return is_part && is_plain_data ? value : declared;
  // A container of dependencies gives what the project declared; data that was read stays data.
  const ValueId one = first_of(pool_, declared);
  const bool is_data = has_origin(pool_, value, Origin::Event) || is_plain_data;
  const bool may_be = (is_object(pool_, declared) || is_client(pool_, one)) && !is_data &&
                      library_class(pool_.text(value)) == LibraryClass::None;
  return may_be ? declared : value;
}

bool is_object(const ValuePool& pool, ValueId declared) {
  return declared.exists() &&
         project_object(pool, first_of(pool, declared)).kind == ProjectObject::Kind::Instance;
}

// Of a class that holds plain data and has no method at all.
bool TypeResolver::is_plain(ValueId declared) {
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
bool TypeResolver::is_service(ValueId declared) {
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

ValueId TypeResolver::declared_later(ValueId value, std::string_view place) {
  const std::optional<ModuleRow> row = module_row(place);
  return row ? refined(value, row->module, TypeId{row->index}) : value;
}

// The class that an object of a function's own parameters and receiver is declared to be of.
ProjectObject TypeResolver::class_of_given(ValueId value, int depth) {
  const Value row = pool_[value];
  if (pool_.opcode(value) == Opcode::Member && depth < 4) {
    const ProjectObject outer = class_of_given(pool_.operands(value)[0], depth + 1);
    if (outer.kind == ProjectObject::Kind::None) return {};
    ModuleId home = outer.module;
    const Field* field =
        classes_.field(outer, std::string(pool_.text(pool_.operands(value)[1])), home);
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

ValueId TypeResolver::declared_client(ValueId base, std::string_view name) {
  if (!traits(context_.language()).declares_types) return {};
  const ProjectObject type = class_of_given(base, 0);
  if (type.kind == ProjectObject::Kind::None) return {};
  ModuleId home = type.module;
  const Field* field = classes_.field(type, name, home);
  if (field == nullptr || is_generic(facts(home), field->type)) return {};
  const ValueId object = typed_alone(home, field->type);
  return object.exists() && is_client(pool_, object) ? object : ValueId{};
}

void TypeResolver::forget(const IsForgotten& is_forgotten) {
  forget_of_modules(known_.typed, is_forgotten);
  forget_of_modules(known_.instances, is_forgotten);
}

}  // namespace fnlint
