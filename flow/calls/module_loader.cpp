// Loads modules: walks their initialisers, and follows exports and imports to values.
#include "flow/engine/module_loader.h"

#include "core/text.h"
#include "flow/calls/left_by_methods.h"
#include "flow/engine/library_call.h"
#include "flow/state/environment_tests.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/places.h"
#include "values/where.h"

#include <algorithm>

namespace fnlint {

ModuleLoader::ModuleLoader(const CodeBase& base, ClassTable& classes, TypeResolver& types,
                           Container& container, MemberLookup& members, Analysis& analysis)
    : base_(base),
      pool_(base.pool),
      modules_(base.modules),
      context_(base.context),
      classes_(classes),
      types_(types),
      container_(container),
      members_(members),
      analysis_(analysis),
      loads_(base.program.modules.size()) {}

void ModuleLoader::load(ModuleId id) {
  Load& module = loads_[id.index];
  if (module.started) return;
  module.started = true;
  modules_.index(id);
  BodyResult result = walked(id);
  module.initialiser = std::move(result.summary);
  // Under what a module has given it its value, nobody asks who finds it there; but what the
  // environment says is the same ever after, and so is which of several modules it stands for.
  const std::vector<ValueId> chosen = imported_in_parts(id);
  const auto is_chosen = [&](ValueId way) {
    return std::ranges::find(chosen, bare(pool_, way)) != chosen.end();
  };
  for (const auto& [variable, value] : result.variables) {
    const bool keeps = pool_.is(value, ValueKind::OneOf) && !chosen.empty() &&
                       std::ranges::all_of(pool_.operands(value), is_chosen);
    modules_.state(id, variable).initial =
        keeps ? value : with_conditions(pool_, value, [this](ValueId test) {
          return rests_on_environment(pool_, test);
        });
  }
  module.done = true;
}

BodyResult ModuleLoader::walked(ModuleId id) {
  const WalkContext::Nested deeper(context_);
  const ModuleId outer = context_.initialise(id);
  Missed missed = context_.exchange_missed({});
  BodyResult result = analysis_.walk({id, FunctionId{0}}, {});
  missed = context_.exchange_missed(std::move(missed));
  context_.initialise(outer);
  result.summary.cut = missed.cuts;
  result.summary.unfollowed = std::move(missed.unfollowed);
  return result;
}

const Summary& ModuleLoader::initialiser(ModuleId module) {
  load(module);
  return loads_[module.index].initialiser;
}

void ModuleLoader::forget(std::size_t first, const IsForgotten& is_forgotten) {
  for (std::size_t i = first; i < loads_.size(); ++i) {
    if (!is_forgotten(ModuleId{static_cast<std::uint32_t>(i)})) continue;
    loads_[i].started = loads_[i].done = false;
    loads_[i].initialiser = {};
  }
}

// What imports give that stand in a part of a branch of the initialiser and lead to a file.
std::vector<ValueId> ModuleLoader::imported_in_parts(ModuleId module) {
  std::vector<ValueId> values;
  const std::vector<Import>& rows = facts(module).imports;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].branch.exists() && rows[i].executed_in.index == 0 &&
        base_.program.modules[module.index].imports[i].module.exists())
      values.push_back(import_value(module, rows[i], i));
  return values;
}

void ModuleLoader::note_arm(ModuleId module, OpId branch, bool holds, bool reachable,
                            const FactSet& facts) {
  std::optional<FactSet>& arm = loads_[module.index].arms[{branch, !holds}];
  arm.reset();
  if (!reachable) return;
  arm.emplace();
  for (const Fact& fact : facts)
    if (!is_returned(pool_, fact.test)) arm->push_back(fact);
}

std::optional<FactSet> ModuleLoader::loaded_where(ModuleId module, const Import& row) {
  if (!row.branch.exists() || row.executed_in.index != 0) return FactSet{};
  if (context_.may_nest()) load(module);
  const auto& arms = loads_[module.index].arms;
  const auto found = arms.find({row.branch, row.otherwise});
  return found == arms.end() ? FactSet{} : found->second;
}

ValueId ModuleLoader::imported(ModuleId module, VariableId variable) {
  const std::uint32_t first = modules_.import_of(module, variable);
  const std::vector<Import>& rows = facts(module).imports;
  const ValueId value = import_value(module, rows[first], first);
  if (!rows[first].branch.exists() || rows[first].executed_in.index != 0) return value;
  std::vector<Alternative> ways;
  for (std::uint32_t i = first; i < rows.size(); ++i) {
    if (rows[i].local != variable || rows[i].executed_in.index != 0) continue;
    if (const std::optional<FactSet> holds = loaded_where(module, rows[i]))
      ways.push_back({guarded_by_facts(pool_, import_value(module, rows[i], i), *holds), {}});
  }
  if (ways.empty()) return value;
  return ways.size() == 1 ? without_conditions(pool_, ways.front().value) : pool_.one_of(ways);
}

ValueId ModuleLoader::held_at(ValueId place) {
  const Value value = pool_[place];
  const bool is_default = (value.ref >> 63U) != 0;  // of a parameter, or a handler's object
  if (value.kind != ValueKind::Hole || value.origin != Origin::Global || is_default) return {};
  return global(ModuleId{static_cast<std::uint32_t>(value.ref >> 32U)},
                VariableId{static_cast<std::uint32_t>(value.ref)});
}

ValueId ModuleLoader::global(ModuleId module, VariableId variable) {
  const std::uint32_t row = modules_.import_of(module, variable);
  if (row == UINT32_MAX) return assigned_global(module, variable);
  const ValueId given = imported(module, variable);
  if (modules_.also_assigned(module, variable) == AlsoAssigned::No ||
      is_in_all_runtimes(facts(module), facts(module).imports[row]))
    return given;
  const ValueId assigned = assigned_global(module, variable);
  return assigned == modules_.place(module, variable) ? given : pool_.join(given, assigned);
}

ValueId ModuleLoader::assigned_global(ModuleId module, VariableId variable) {
  if (context_.may_nest()) load(module);
  const GlobalState& state = modules_.state(module, variable);
  const ValueId place = modules_.place(module, variable);
  const TypeId type = facts(module).variables[variable.index].type;
  const bool has_value = state.initial.exists() || !state.stored.empty();
  if (!has_value && type.exists())
    if (const ValueId typed = types_.typed(module, type); typed.exists()) return typed;
  if (!state.initial.exists() && !state.rebound) return class_or(place, module, variable);
  ValueId value =
      state.initial.exists() ? types_.refined(state.initial, module, type) : state.initial;
  if (value.exists()) value = with_stored(pool_, value, state.inside);
  if (value.exists() && !context_.initialising().exists())
    value = with_havocked_fields(pool_, base_.index, value);
  if (!state.rebound) return value;
  modules_.want_second_round(module);
  std::vector<Alternative> alternatives;
  if (value.exists()) alternatives.push_back({value, {}});
  for (const ValueId stored : state.stored) alternatives.push_back({stored, {}});
  alternatives.push_back({place, {}});  // so that tests of it can be told from others
  return pool_.one_of(alternatives);
}

ValueId ModuleLoader::class_or(ValueId place, ModuleId module, VariableId variable) {
  const CodeFacts& code = facts(module);
  const ExprId value = modules_.sole_value(module, variable);
  if (!value.exists() || code.exprs[value.index].kind != ExprKind::Result) return place;
  const Op& op = code.ops[code.exprs[value.index].ref];
  return op.kind == OpKind::Define ? members_.class_value(module, code.defines[op.detail].type)
                                   : place;
}

ValueId ModuleLoader::exported(ModuleId id, std::string_view name) {
  load(id);
  if (traits(facts(id).language).has_exports_object) return entry_of_exports(id, name);
  const VariableId own = modules_.named(id, name);
  return own.exists() ? global(id, own) : starred(id, name);
}

ValueId ModuleLoader::entry_of_exports(ModuleId id, std::string_view name) {
  const CodeFacts& code = facts(id);
  const VariableId own = modules_.named(id, "exports");
  if (!own.exists()) return {};
  const ValueId exports = global(id, own);
  if (name == "*") return exports;
  const ValueId value = modules_.as_changed_since(id, name, members_.member_of(exports, name));
  const bool there =
      !(pool_[value].kind == ValueKind::Absent || pool_[value].kind == ValueKind::Computed);
  if (there) return value;
  if (name == "default") return exports;  // a CommonJS module: what it exports is the default
  for (std::size_t i = 0; i < code.imports.size(); ++i) {
    const Import& row = code.imports[i];
    if ((row.flags & kStar) == 0 || (row.flags & kReexport) == 0) continue;
    const ImportTarget& target = base_.program.modules[id.index].imports[i];
    if (!target.module.exists() || target.module == id || !context_.may_nest()) continue;
    const WalkContext::Nested deeper(context_);
    if (const ValueId inner = exported(target.module, name); inner.exists()) return inner;
  }
  return {};
}

// What `from x import *` brings under a name.
ValueId ModuleLoader::starred(ModuleId id, std::string_view name) {
  for (const std::uint32_t row : modules_.stars(id)) {
    const ImportTarget& target = base_.program.modules[id.index].imports[row];
    if (!target.module.exists() || target.module == id || !context_.may_nest()) continue;
    const WalkContext::Nested deeper(context_);
    const ValueId inner = exported(target.module, name);
    const bool is_builtin = inner.exists() && pool_[inner].kind == ValueKind::Hole &&
                            pool_[inner].origin == Origin::Library && pool_.text(inner) == name;
    if (inner.exists() && !is_builtin) return inner;
  }
  return {};
}

ValueId ModuleLoader::exported_place(ModuleId module, std::string_view name) {
  load(module);
  const bool whole = name.empty() || name == "*";
  const VariableId own = modules_.named(module, whole ? "exports" : name);
  if (!own.exists() || modules_.import_of(module, own) != UINT32_MAX) return {};
  return modules_.place(module, own);
}

ValueId ModuleLoader::import_value(ModuleId module, const Import& row, std::size_t index) {
  const CodeFacts& code = facts(module);
  const ImportTarget& target = base_.program.modules[module.index].imports[index];
  const std::string_view name =
      target.symbol.empty() ? code.string(row.name) : std::string_view(target.symbol);
  if (target.module.exists()) return import_of_project(target, name);
  if (code.string(row.module) == "<builtins>" && traits(code.language).stars_hide_builtins)
    if (const ValueId brought = starred(module, name); brought.exists()) return brought;
  return import_of_library(module, row, target.path);
}

ValueId ModuleLoader::import_of_project(const ImportTarget& target, std::string_view name) {
  const bool has_exports = traits(facts(target.module).language).has_exports_object;
  if (target.whole && !has_exports)
    return pool_.object(0, object_path("module", target.module, 0));
  if (!context_.may_nest()) return pool_.hole(Origin::Outside, target.path);
  if (const ValueId made = container_.generated_component(target, name); made.exists())
    return made;
  const WalkContext::Nested deeper(context_);
  const std::size_t dot = target.symbol.empty() ? std::string_view::npos : name.find('.');
  ValueId value = exported(
      target.module, has_exports && (name.empty() || target.whole) ? "*" : name.substr(0, dot));
  if (dot != std::string_view::npos && value.exists())
    for (const std::string_view inner : split(name.substr(dot + 1), '.'))
      value = members_.member_of(value, inner);
  return value.exists() ? value : pool_.hole(Origin::Outside, cat("import ", name));
}

ValueId ModuleLoader::import_of_library(ModuleId module, const Import& row,
                                        const std::string& path) {
  if (path == "__name__") return pool_.text_value("<imported>");
  if (path == "undefined") return pool_.absent();
  if (const ProjectObject own = classes_.inherited(module, row.local); own.type.exists())
    return members_.class_value(own.module, own.type);
  const LibraryModel* model = find_model_any(facts(module).language, path);
  const std::size_t dot = path.rfind('.');
  if (model == nullptr || !model->attribute || dot == path.npos)
    return pool_.hole(Origin::Library, path);
  return members_.library_member(pool_.hole(Origin::Library, path.substr(0, dot)),
                                 path.substr(dot + 1));
}

}  // namespace fnlint
