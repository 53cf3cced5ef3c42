// What stands for a function's variables where nothing was assigned to them, and where they live.
#include "flow/body/body_scope.h"

#include "core/text.h"
#include "flow/engine/library_call.h"
#include "model/language_traits.h"
#include "values/functions.h"
#include "values/places.h"

#include <charconv>

namespace fnlint {

ValueId BodyScope::read(VariableId id, const BodyState& state) const {
  const Variable& row = code.variables[id.index];
  if (const ValueId known = get(state.variables, id); known.exists()) {
    if (engine.modules().also_assigned(me.module, id) == AlsoAssigned::Before)
      return pool.join(known, engine.loader().imported(me.module, id));
    return row.type.exists() ? engine.types().refined(known, me.module, row.type) : known;
  }
  const std::string_view name = code.string(row.name);
  const std::uint32_t import = engine.modules().import_of(me.module, id);
  const bool is_global = row.owner.index == 0 || is_static(id);
  if (import != UINT32_MAX && (code.imports[import].flags & kImplicit) != 0) {
    const ValueId self = function.receiver.exists() ? read(function.receiver, state) : ValueId{};
    if (const ValueId own = engine.members().inherited_field(me, id, self); own.exists())
      return own;
  }
  if (import != UINT32_MAX)
    return is_global && !in_initialiser() ? engine.loader().global(me.module, id)
                                          : engine.loader().imported(me.module, id);
  if (row.owner == me.function && !is_static(id) && !(alone && is_global)) {
    if (row.kind == VariableKind::Parameter)
      if (const ValueId client = client_of_type(row); client.exists()) return client;
    const std::optional<std::uint32_t> position = position_of_parameter(id);
    if (position && *position < arguments.size()) return arguments[*position];
    if (const ValueId hole = hole_of(id); hole.exists()) return hole;
    const ValueId nothing = pool.absent();
    return row.kind == VariableKind::Local ? engine.types().refined(nothing, me.module, row.type)
                                           : nothing;
  }
  if (is_global) return engine.loader().global(me.module, id);
  return pool.hole(Origin::Capture, name, variable_ref(id));
}

std::optional<std::uint32_t> BodyScope::position_of_parameter(VariableId id) const {
  if (code.variables[id.index].kind != VariableKind::Parameter) return std::nullopt;
  for (std::uint32_t i = 0; i < function.parameters.count; ++i)
    if (code.parameters[function.parameters.first + i].variable == id) return i;
  return std::nullopt;
}

ValueId BodyScope::hole_of(VariableId id) const {
  const Variable& row = code.variables[id.index];
  if (row.kind == VariableKind::Receiver) return pool.hole(Origin::Receiver, "this", pack(me));
  const std::optional<std::uint32_t> position = position_of_parameter(id);
  if (!position) return {};
  return pool.hole(Origin::Parameter, cat(*position, ':', code.string(row.name)), pack(me));
}

// A client that is handed in is as good as the caller's.
ValueId BodyScope::client_of_type(const Variable& row) const {
  if (is_generic(code, row.type)) return {};
  const ValueId object = engine.types().typed_alone(me.module, row.type);
  if (!object.exists() || project_object(pool, object).kind != ProjectObject::Kind::None)
    return {};
  const bool is_client = library_class(pool.text(object)) == LibraryClass::Client;
  return is_client ? object : ValueId{};
}

ValueId BodyScope::function_value(FunctionId of, const BodyState& state) const {
  std::vector<NamedValue> captures;
  for (const VariableId id : engine.index().captures({me.module, of})) {
    const ValueId value = read(id, state);
    captures.push_back({pool.string(std::to_string(variable_ref(id))), value});
  }
  return pool.function(pack({me.module, of}), captures);
}

// What closures of this body find in its variables is what is there when they are called.
ValueId BodyScope::with_captures_now(ValueId callee, const BodyState& state) const {
  if (!pool.is(callee, ValueKind::Function) || in_initialiser()) return callee;
  std::vector<NamedValue> captures;
  bool is_other = false;
  for (std::size_t i = 0; i < pool.names(callee).size(); ++i) {
    NamedValue one{pool.names(callee)[i], pool.operands(callee)[i]};
    const std::string_view name = pool[one.name];
    std::uint64_t ref = 0;
    const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), ref);
    const VariableId id{static_cast<std::uint32_t>(ref)};
    if (failed == std::errc{} && end == name.data() + name.size() &&
        ref >> 32U == me.module.index && is_mine(id) && get(state.variables, id).exists()) {
      const ValueId now = read(id, state);
      is_other = is_other || now != one.value;
      one.value = now;
    }
    captures.push_back(one);
  }
  return is_other ? pool.function(pool[callee].ref, captures) : callee;
}

// The module variable that a name stands for, here or in another module; no id: it is none.
ValueId BodyScope::module_place(VariableId id) const {
  const std::uint32_t row = engine.modules().import_of(me.module, id);
  if (row == UINT32_MAX) {
    const bool lasts = code.variables[id.index].owner.index == 0 || is_static(id);
    return lasts ? engine.modules().place(me.module, id) : ValueId{};
  }
  const ImportTarget& target = engine.program().modules[me.module.index].imports[row];
  if (!target.module.exists() || target.whole) return {};
  return engine.loader().exported_place(target.module, target.symbol.empty()
                                                   ? code.string(code.imports[row].name)
                                                   : std::string_view(target.symbol));
}

// The other module's variable that an import names; no id: it names something else.
ValueId BodyScope::imported_place(VariableId id) const {
  const std::uint32_t row = engine.modules().import_of(me.module, id);
  if (row == UINT32_MAX || traits(code.language).imports_bind_own_names) return {};
  const ImportTarget& target = engine.program().modules[me.module.index].imports[row];
  if (!target.module.exists() || target.whole) return {};
  const std::string_view name =
      target.symbol.empty() ? code.string(code.imports[row].name) : target.symbol;
  return engine.loader().exported_place(target.module, name);
}

// The own variable that a place lies in; no id: it lies elsewhere.
VariableId BodyScope::own_variable(ValueId place) const {
  const Value& row = pool[base_of(pool, place)];
  if (row.kind != ValueKind::Hole || row.origin != Origin::Capture ||
      ModuleId{static_cast<std::uint32_t>(row.ref >> 32U)} != me.module)
    return {};
  const VariableId id{static_cast<std::uint32_t>(row.ref)};
  return is_mine(id) ? id : VariableId{};
}

ValueId BodyScope::capture_place(VariableId id) const {
  return pool.hole(Origin::Capture, code.string(code.variables[id.index].name),
                    variable_ref(id));
}

// What a closure did to our receiver, or to an object that we were given, it did where that lives.
ValueId BodyScope::own_place(ValueId place, const BodyState& state) const {
  const Value row = pool[place];
  if (row.kind == ValueKind::Computed && !pool.operands(place).empty()) {
    std::vector<ValueId> operands(pool.operands(place).begin(), pool.operands(place).end());
    const ValueId base = own_place(operands[0], state);
    if (base == operands[0]) return place;
    operands[0] = base;
    return pool.computed(std::string(pool.text(place)), operands);
  }
  if (row.kind != ValueKind::Hole || row.origin != Origin::Capture ||
      ModuleId{static_cast<std::uint32_t>(row.ref >> 32U)} != me.module)
    return place;
  const VariableId id{static_cast<std::uint32_t>(row.ref)};
  const VariableKind kind = code.variables[id.index].kind;
  const bool is_given = kind == VariableKind::Receiver || kind == VariableKind::Parameter;
  return is_given && is_mine(id) && !get(state.variables, id).exists() ? hole_of(id) : place;
}

// What our receiver or a parameter is, by the place that calls know it by; no id: it is none.
ValueId BodyScope::given_at(ValueId place, const BodyState& state) const {
  const Value& row = pool[place];
  if (row.kind != ValueKind::Hole || row.ref != pack(me)) return {};
  if (row.origin == Origin::Receiver && function.receiver.exists())
    return read(function.receiver, state);
  const std::size_t position =
      row.origin == Origin::Parameter ? position_of_hole(pool.text(place)) : SIZE_MAX;
  if (position >= function.parameters.count) return {};
  return read(code.parameters[function.parameters.first + position].variable, state);
}

}  // namespace fnlint
