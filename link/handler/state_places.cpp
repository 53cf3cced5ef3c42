// Evaluates what module variables, classes and constructors leave there at init, and keeps apart
// what later calls assign.

#include "link/handler/state_places.h"

#include "core/text.h"
#include "flow/engine/handler_place.h"

#include <array>
#include <optional>

namespace fnlint {

namespace {

// What a language calls the variables of its process; `known`: what the place itself says.
std::string_view environment_name(Language language, std::string_view known) {
  struct Row {
    Language language;
    std::string_view name;
  };
  constexpr std::array kRows{Row{Language::Rust, "std::env"},      Row{Language::Go, "os.Environ"},
                             Row{Language::CSharp, "Environment"}, Row{Language::Cpp, "environ"},
                             Row{Language::Python, "os.environ"},  Row{Language::Ruby, "ENV"}};
  for (const Row& row : kRows)
    if (row.language == language) return row.name;
  return known;
}

}  // namespace

// "history", "Cache.items", "process.env.STAGE": a place as the code names it.
std::string place_name(const Engine& engine, ValueId place, Language language) {
  const ValuePool& pool = engine.pool();
  const Value& value = pool[place];
  if (value.kind == ValueKind::Computed && !pool.operands(place).empty()) {
    const auto operands = pool.operands(place);
    const std::string base = place_name(engine, operands[0], language);
    if (pool.opcode(place) == Opcode::Member) return cat(base, '.', pool.text(operands[1]));
    if (pool.opcode(place) == Opcode::Index) {
      const std::optional<std::string_view> key = as_text(pool, operands[1]);
      return key ? cat(base, "[", *key, "]") : cat(base, "[…]");
    }
    return cat(base, "[]");
  }
  const ProjectObject object = project_object(pool, place);
  if (object.kind == ProjectObject::Kind::Module) {
    for (const auto& [path, module] :
         engine.program().units[engine.program().modules[object.module.index].unit].modules)
      if (module == object.module)
        return std::string(file_name_of(path).substr(0, file_name_of(path).find('.')));
  }
  if (object.kind == ProjectObject::Kind::Class || object.kind == ProjectObject::Kind::Instance) {
    const CodeFacts& code = engine.program().facts(object.module);
    return std::string(code.string(code.classes[object.type.index].name));
  }
  if (value.kind == ValueKind::Object) return "an object of the initialiser";
  if (value.kind == ValueKind::Hole && value.origin == Origin::Library &&
      pool.text(place) == "process.env")
    return std::string(environment_name(language, pool.text(place)));
  return std::string(pool.text(place));
}

namespace {

// What a call that no model has gave, as the library's object that the variable is declared to be:
// `log: Logger = get_logger()`.
ValueId as_declared(Engine& engine, ModuleId module, VariableId variable, ValueId value) {
  const ValuePool& pool = engine.pool();
  const auto& variables = engine.facts(module).variables;
  if (!value.exists() || !pool.is(value, ValueKind::Object) || variable.index >= variables.size() ||
      !variables[variable.index].type.exists() ||
      project_object(pool, value).kind != ProjectObject::Kind::None ||
      library_class(pool.text(value)) != LibraryClass::None)
    return value;
  const ValueId typed = engine.types().typed(module, variables[variable.index].type);
  const bool is_known = typed.exists() && pool.is(typed, ValueKind::Object) &&
                        library_class(pool.text(typed)) != LibraryClass::None;
  return is_known ? typed : value;
}

// What a class's field may hold is also what was assigned to it later, under its own place: it does
// not begin with that.
ValueId without_later(ValuePool& pool, ValueId held, ValueId variable, ValueId field) {
  if (!pool.is(held, ValueKind::OneOf)) return held;
  std::vector<Alternative> first;
  for (std::size_t i = 0; i < pool.operands(held).size(); ++i) {
    const ValueId one = pool.operands(held)[i];
    const bool is_later = pool.opcode(one) == Opcode::Member && pool.operands(one)[0] == variable &&
                          pool.operands(one)[1] == field;
    if (!is_later) first.push_back({one, pool.guards(held)[i]});
  }
  return first.empty() ? held : pool.one_of(first);
}

// What the initialiser leaves in the variable that a place is a part of, or in the field of the
// object or class.
ValueId initial_of_variable(Engine& engine, std::size_t modules, ValueId place) {
  ValuePool& pool = engine.pool();
  ValueId root = place, field = {};
  while (pool[root].kind == ValueKind::Computed && !pool.operands(root).empty()) {
    field = pool.opcode(root) == Opcode::Member ? pool.operands(root)[1] : ValueId{};
    root = pool.operands(root)[0];
  }
  const ValueId variable_place = root;
  const Value& value = pool[root];
  const ModuleId module{static_cast<std::uint32_t>(value.ref >> 32U)};
  const ProjectObject handler = handler_class_at(pool, root);
  if (handler.kind != ProjectObject::Kind::None && handler.module.index < modules)
    root = engine.handler_objects().of(handler.module, handler.type).instance;
  else if (value.kind == ValueKind::Hole && value.origin == Origin::Global &&
           module.index < modules) {
    const VariableId variable{static_cast<std::uint32_t>(value.ref)};
    root = as_declared(engine, module, variable, engine.modules().state(module, variable).initial);
    const bool is_class =
        root.exists() && project_object(pool, root).kind == ProjectObject::Kind::Class;
    if (!is_class) return root;
  }
  if (!field.exists() || project_object(pool, root).kind == ProjectObject::Kind::None) return {};
  const ValueId held = without_later(pool, engine.member_of(root, std::string(pool.text(field))),
                                     variable_place, field);
  const bool known = pool[held].kind != ValueKind::Absent && pool[held].kind != ValueKind::Computed;
  return known ? held : ValueId{};
}

// What a constructor leaves in a field of a field, where each object on the way is the project's
// own, or in an entry of a record; no id: not known.
ValueId initial_of_member(Engine& engine, std::size_t modules, ValueId place) {
  const ValuePool& pool = engine.pool();
  if (pool.is(place, ValueKind::Object)) return place;
  if (pool.opcode(place) != Opcode::Member) return initial_of_variable(engine, modules, place);
  const ValueId base = initial_of_member(engine, modules, pool.operands(place)[0]);
  const bool has_parts =
      base.exists() && (pool.is(base, ValueKind::Record) ||
                        project_object(pool, base).kind == ProjectObject::Kind::Instance);
  if (!has_parts) return {};
  const ValueId held = engine.member_of(base, std::string(pool.text(pool.operands(place)[1])));
  return pool.is(held, ValueKind::Object) ? held : ValueId{};
}

}  // namespace

ValueId initial_of(Engine& engine, std::size_t modules, ValueId place, StoreKind how) {
  const ValueId held =
      how == StoreKind::Assign ? ValueId{} : initial_of_member(engine, modules, place);
  return held.exists() ? held : initial_of_variable(engine, modules, place);
}

namespace {

// What the declaration of a module's variable says that it holds; nothing: it says nothing.
struct DeclaredType {
  ValueId value = {};     // an object of it, where that is known
  std::string name = {};  // as written
};
std::optional<DeclaredType> declared_type(Engine& engine, std::size_t modules, ValueId place) {
  const Value& value = engine.pool()[place];
  const ModuleId module{static_cast<std::uint32_t>(value.ref >> 32U)};
  if (value.kind != ValueKind::Hole || value.origin != Origin::Global || module.index >= modules)
    return std::nullopt;
  const CodeFacts& code = engine.facts(module);
  const auto variable = static_cast<std::uint32_t>(value.ref);
  if (variable >= code.variables.size() || !code.variables[variable].type.exists())
    return std::nullopt;
  TypeId type = code.variables[variable].type;
  const Type& row = code.types[type.index];
  if (row.arguments.count == 1 && code.string(row.path).ends_with("Optional"))
    type = code.type_arguments[row.arguments.first];
  return DeclaredType{.value = engine.types().typed(module, type),
                      .name = std::string(code.string(code.types[type.index].path))};
}

bool is_of_class(const ValuePool& pool, ValueId typed, LibraryClass kind) {
  return project_object(pool, typed).kind == ProjectObject::Kind::None &&
         library_class(pool.text(typed)) == kind;
}

}  // namespace

// By its type's name where no model has it: a class outside of the project that is called a client.
bool is_declared_client(Engine& engine, std::size_t modules, ValueId place) {
  const std::optional<DeclaredType> type = declared_type(engine, modules, place);
  if (!type) return false;
  return type->value.exists() ? is_of_class(engine.pool(), type->value, LibraryClass::Client)
                              : type->name.ends_with("Client");
}

bool is_in_declared_logger(Engine& engine, std::size_t modules, ValueId place) {
  const ValuePool& pool = engine.pool();
  while (pool.is(place, ValueKind::Computed) && !pool.operands(place).empty())
    place = pool.operands(place)[0];
  const std::optional<DeclaredType> type = declared_type(engine, modules, place);
  return type && type->value.exists() && is_of_class(pool, type->value, LibraryClass::Logger);
}

namespace {

ValueId kept_value(Engine& engine, const std::vector<StateChange>& changes, ValueId place) {
  const ValuePool& pool = engine.pool();
  for (const StateChange& change : changes) {
    const bool keeps = change.how == StoreKind::Assign || change.how == StoreKind::SetIfAbsent;
    if (keeps && change.place == place && change.value.exists()) return change.value;
  }
  if (pool.opcode(place) != Opcode::Member) return {};
  const ValueId base = kept_value(engine, changes, pool.operands(place)[0]);
  if (!base.exists() || project_object(pool, base).kind != ProjectObject::Kind::Instance) return {};
  return engine.member_of(base, std::string(pool.text(pool.operands(place)[1])));
}

}  // namespace

ValueId held_since(Engine& engine, const std::vector<StateChange>& changes, ValueId place) {
  const ValueId held = kept_value(engine, changes, place);
  const bool of_library =
      held.exists() && engine.pool().is(held, ValueKind::Object) &&
      project_object(engine.pool(), held).kind == ProjectObject::Kind::None;
  return of_library ? held : ValueId{};
}

}  // namespace fnlint
