#include "core/text.h"
#include "flow/engine/body.h"
#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"
#include "flow/state/environment_tests.h"
#include "flow/state/module_row.h"
#include "flow/syntax/assigned_members.h"
#include "flow/syntax/code_queries.h"
#include "model/hole_at.h"
#include "tables/models.h"
#include "values/places.h"
#include "values/where.h"

#include <algorithm>
#include <utility>

// The program's modules: their variables, their imports, and which summaries are kept.
namespace fnlint {

bool is_method(const ValuePool& pool, ValueId callee) {
  return pool.opcode(callee) == Opcode::Method;
}
bool is_super(const ValuePool& pool, ValueId value) {
  if (pool.opcode(value) != Opcode::Member) return false;
  const std::string_view name = pool.text(pool.operands(value)[1]);
  return name.starts_with(kSuper) && name.size() > kSuper.size();
}
ValueId method_value(ValuePool& pool, ValueId receiver, ValueId name) {
  const std::array<ValueId, 2> operands{receiver, name};
  return pool.computed(Opcode::Method, operands);
}

Engine::Engine(ValuePool& pool, const Program& program)
    : pool_(pool),
      program_(program),
      modules_(program.modules.size()),
      later_(program.modules.size()),
      hooks_(program.modules.size()),
      entries_(program.modules.size()) {}

// Everything is kept by the module that it is of, in the upper half of its key.
template <class Forgets>
void Engine::forget_summaries(const Forgets& forgets) {
  const auto forget = [&](auto& rows) {
    std::erase_if(rows, [&](const auto& row) {
      return forgets(ModuleId{static_cast<std::uint32_t>(row.first >> 32U)});
    });
  };
  forget(summaries_);
  forget(entered_);
  accessed_.clear();
  forget_given();
  forget(returned_places_);
  forget(classes_);
  forget(typed_);
  forget(classes_below_);
  forget(declared_);
  forget(instances_);
  forget(handlers_);
  for (std::size_t i = first_open_; i < modules_.size(); ++i) {
    if (!forgets(ModuleId{static_cast<std::uint32_t>(i)})) continue;
    later_[i].clear();
    hooks_[i].clear();
    entries_[i].clear();
    modules_[i].started = modules_[i].done = false;
    modules_[i].initialiser = {};
  }
}

void Engine::begin_second_round() {
  second_round_ = true;
  forget_summaries([this](ModuleId module) {
    return assigned_units_.contains(program_.modules[module.index].unit);
  });
}

void Engine::begin_units() {
  begin_function();
  first_open_ = modules_.size();
  modules_.resize(program_.modules.size());
  later_.resize(program_.modules.size());
  hooks_.resize(program_.modules.size());
  entries_.resize(program_.modules.size());
  second_round_ = false;
  assigned_units_.clear();
}

void Engine::end_units() {
  forget_summaries([](ModuleId) { return true; });
  captures_.clear();
  parts_.clear();
  forget_providers();
  extensions_.clear();
  written_methods_.clear();
  call_uses_.clear();
  handovers_.clear();
  assigned_fields_.clear();
  members_assigned_in_.clear();
  for (std::size_t i = first_open_; i < modules_.size(); ++i) {
    modules_[i].names = {};
    modules_[i].imports = {};
    modules_[i].also_assigned = {};
    modules_[i].sole_values = {};
    modules_[i].iterated = {};
    modules_[i].passed_to = {};
    modules_[i].static_types = {};
    modules_[i].element_types = {};
    modules_[i].indexed = false;
    modules_[i].assigned_members = {};
    modules_[i].members_indexed = false;
    modules_[i].globals = {};
  }
}

void Engine::keep_stored(const Engine& other, ValueTransfer& transfer) {
  for (const auto& [unit, names] : other.assigned_fields_)
    assigned_fields_.try_emplace(unit, names);
  for (const auto& [unit, names] : other.members_assigned_in_)
    members_assigned_in_.try_emplace(unit, names);
  begin_units();
  second_round_ = true;
  for (std::size_t i = other.first_open_; i < other.modules_.size(); ++i)
    for (const auto& [variable, state] : other.modules_[i].globals) {
      if (!state.rebound && state.stored.empty()) continue;
      GlobalState& kept = modules_[i].globals[variable];
      kept.rebound = state.rebound;
      for (const ValueId value : state.stored) kept.stored.push_back(transfer(value));
    }
}

void Engine::keep_stored(const Engine& other) {
  assigned_fields_ = other.assigned_fields_;
  members_assigned_in_ = other.members_assigned_in_;
  begin_units();
  second_round_ = true;
  for (std::size_t i = 0; i < other.modules_.size(); ++i)
    for (const auto& [variable, state] : other.modules_[i].globals)
      if (state.rebound || !state.stored.empty())
        modules_[i].globals.try_emplace(
            variable, GlobalState{.rebound = state.rebound, .stored = state.stored});
}

// --- Modules and their variables.

void Engine::index_module(ModuleId id) {
  if (std::exchange(modules_[id.index].indexed, true)) return;
  const CodeFacts& code = facts(id);
  std::vector<std::uint32_t>& imports = modules_[id.index].imports;
  imports.assign(code.variables.size(), UINT32_MAX);
  for (std::uint32_t i = 0; i < code.imports.size(); ++i)
    if (const VariableId local = code.imports[i].local;
        local.exists() && imports[local.index] == UINT32_MAX)
      imports[local.index] = i;
  modules_[id.index].also_assigned = imports_also_assigned(code);
  modules_[id.index].sole_values = sole_values(code);
  modules_[id.index].iterated = iterated(code);
  modules_[id.index].passed_to = passed_to(code);
  // Behind the variables: the rows of `from x import *`, which are asked for each unknown name.
  for (std::uint32_t i = 0; i < code.imports.size(); ++i)
    if ((code.imports[i].flags & kStar) != 0) imports.push_back(i);
  std::vector<bool> rebound = rebound_module_variables(code);
  if (has_setters(code))
    for (const VariableId variable : assigned_by_uncalled_alone(
             code, id,
             assigned_in_unit(program_, program_.modules[id.index].unit, members_assigned_in_)))
      rebound[variable.index] = false;
  for (std::uint32_t v = 0; v < rebound.size(); ++v) {
    if (code.variables[v].owner.index == 0)
      modules_[id.index].names.try_emplace(code.string(code.variables[v].name), VariableId{v});
    if (rebound[v]) modules_[id.index].globals[v].rebound = true;
  }
  mark_changed_inside(id);
}

// The place that an expression names inside of a module's own variable; no id: it is none.
ValueId Engine::written_place(ModuleId id, ExprId expr) {
  const CodeFacts& code = facts(id);
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Variable) {
    const bool is_own = code.variables[row.ref].owner.index == 0 &&
                        modules_[id.index].imports[row.ref] == UINT32_MAX;
    return is_own ? global_place(id, VariableId{row.ref}) : ValueId{};
  }
  if (!has_base(row.kind)) return {};
  const ValueId base = written_place(id, ExprId{row.ref});
  if (!base.exists() || row.kind == ExprKind::Part || row.kind == ExprKind::TypeTest) return base;
  if (row.kind == ExprKind::Member) {
    const std::string_view name = code.string(row.name);
    const std::array<ValueId, 2> operands{base, pool_.text_value(name)};
    return name == kPointee ? base : pool_.computed(Opcode::Member, operands);
  }
  const Operand* const key = row.operands.count > 0 ? &code.operands[row.operands.first] : nullptr;
  const ExprKind kind =
      key != nullptr && key->value.exists() ? code.exprs[key->value.index].kind : ExprKind::Unknown;
  if (kind != ExprKind::Text && kind != ExprKind::Number)
    return pool_.computed(Opcode::Element, std::span(&base, 1));
  const std::string_view text = code.string(code.exprs[key->value.index].name);
  const std::array<ValueId, 2> operands{
      base, kind == ExprKind::Text ? pool_.text_value(text) : pool_.number(text)};
  return pool_.computed(Opcode::Index, operands);
}

// What functions put into a module variable's content, or take out of it, by an assignment or by a
// method that is named like a collection's: whoever reads it, reads what the initialiser left and
// more.
void Engine::mark_changed_inside(ModuleId id) {
  const CodeFacts& code = facts(id);
  const auto mark = [&](ExprId inside, StoreKind how) {
    const ValueId place = written_place(id, inside);
    if (!place.exists()) return;
    const ValueId root = root_of(pool_, place);
    StoredEntries& entries =
        modules_[id.index].globals[static_cast<std::uint32_t>(pool_[root].ref)].inside;
    fnlint::add_stored(pool_, place, {}, {}, how, entries);
    const bool is_entry = how == StoreKind::Assign && pool_.is(place, ValueKind::Computed);
    if (is_entry)
      fnlint::add_stored(pool_, pool_.operands(place)[0], {}, {}, StoreKind::Append, entries);
  };
  for (std::size_t f = 1; f < code.functions.size(); ++f) {
    const Function& function = code.functions[f];
    if (function.kind == FunctionKind::ClassInit) continue;
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
      const Op& op = code.ops[at.index];
      if (op.kind == OpKind::Assign) {
        const ExprId target = code.assigns[op.detail].target;
        if (target.exists() && code.exprs[target.index].kind != ExprKind::Variable)
          mark(target, StoreKind::Assign);
      }
      if (op.kind != OpKind::Call) continue;
      const Expr& callee = code.exprs[code.calls[op.detail].callee.index];
      if (callee.kind != ExprKind::Member || !root_variable(code, ExprId{callee.ref}).exists())
        continue;
      const LibraryModel* row =
          find_library_model(code.language, cat("*.", code.string(callee.name)));
      if (row != nullptr && row->store != StoreHow::None)
        mark(ExprId{callee.ref}, StoreKind::Append);
    }
  }
}

// Code that was read before this is known is read again where it would find more.
template <class Note>
void Engine::note_inside(ValueId place, const Note& note) {
  const Value& root = pool_[root_of(pool_, place)];
  const ModuleId module{static_cast<std::uint32_t>(root.ref >> 32U)};
  if (root.kind != ValueKind::Hole || root.origin != Origin::Global ||
      module.index >= modules_.size())
    return;
  GlobalState& state = global_state(module, VariableId{static_cast<std::uint32_t>(root.ref)});
  const ValueId before = state.initial.exists() && !second_round_
                             ? with_stored(pool_, state.initial, state.inside)
                             : ValueId{};
  if (!note(state.inside) || !before.exists()) return;
  if (with_stored(pool_, state.initial, state.inside) != before) want_second_round(module);
}

void Engine::add_stored(ValueId place, ValueId key, ValueId value, StoreKind how) {
  note_inside(place, [&](StoredEntries& inside) {
    return fnlint::add_stored(pool_, place, key, value, how, inside);
  });
}

void Engine::add_registered(ValueId place, ValueId key, ValueId value, StoreKind how) {
  if (how == StoreKind::Assign && !key.exists() && pool_.is(place, ValueKind::Computed) &&
      pool_.operands(place).size() == 2) {
    key = pool_.operands(place)[1];
    place = pool_.operands(place)[0];
  }
  const bool puts = key.exists() ? how == StoreKind::Assign || how == StoreKind::PutKey
                                 : how == StoreKind::Append;
  if (!puts) return;
  note_inside(place, [&](StoredEntries& inside) {
    return fnlint::add_registered(pool_, {place, key, value}, inside);
  });
}

bool Engine::is_registered(ValueId function) const {
  return std::ranges::any_of(later_, [&](const std::vector<LaterCall>& later) {
    return std::ranges::find(later, function, &LaterCall::function) != later.end();
  });
}

void Engine::run_initialiser(ModuleId id) {
  ModuleState& module = modules_[id.index];
  if (module.started) return;
  module.started = true;
  index_module(id);
  ++nesting_;
  const ModuleId outer = std::exchange(initialising_, id);
  const std::uint8_t cuts = take_cuts();
  std::vector<Unfollowed> unfollowed = take_unfollowed();
  BodyResult result = walk_body(*this, {id, FunctionId{0}});
  result.summary.cut = std::exchange(cuts_, cuts);
  result.summary.unfollowed = std::exchange(unfollowed_, std::move(unfollowed));
  initialising_ = outer;
  --nesting_;
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
    module.globals[variable.index].initial =
        keeps ? value : with_conditions(pool_, value, [this](ValueId test) {
          return rests_on_environment(pool_, test);
        });
  }
  module.done = true;
}

// What imports give that stand in a part of a branch of the initialiser and lead to a file.
std::vector<ValueId> Engine::imported_in_parts(ModuleId module) {
  std::vector<ValueId> values;
  const std::vector<Import>& rows = facts(module).imports;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].branch.exists() && rows[i].executed_in.index == 0 &&
        program_.modules[module.index].imports[i].module.exists())
      values.push_back(import_value(module, rows[i], i));
  return values;
}

std::uint32_t Engine::import_of(ModuleId module, VariableId variable) {
  index_module(module);
  const auto& imports = modules_[module.index].imports;
  return variable.index < imports.size() ? imports[variable.index] : UINT32_MAX;
}

AlsoAssigned Engine::also_assigned(ModuleId module, VariableId variable) {
  index_module(module);
  const auto& how = modules_[module.index].also_assigned;
  return variable.index < how.size() ? how[variable.index] : AlsoAssigned::No;
}

void Engine::note_arm(ModuleId module, OpId branch, bool holds, bool reachable,
                      const FactSet& facts) {
  std::optional<FactSet>& arm = modules_[module.index].arms[{branch, !holds}];
  arm.reset();
  if (!reachable) return;
  arm.emplace();
  for (const Fact& fact : facts)
    if (!is_returned(pool_, fact.test)) arm->push_back(fact);
}

std::optional<FactSet> Engine::loaded_where(ModuleId module, const Import& row) {
  if (!row.branch.exists() || row.executed_in.index != 0) return FactSet{};
  if (nesting_ < kNesting) run_initialiser(module);
  const auto& arms = modules_[module.index].arms;
  const auto found = arms.find({row.branch, row.otherwise});
  return found == arms.end() ? FactSet{} : found->second;
}

ValueId Engine::imported(ModuleId module, VariableId variable) {
  const std::uint32_t first = import_of(module, variable);
  const std::vector<Import>& rows = facts(module).imports;
  const ValueId value = import_value(module, rows[first], first);
  if (!rows[first].branch.exists() || rows[first].executed_in.index != 0) return value;
  std::vector<Alternative> ways;
  for (std::uint32_t i = first; i < rows.size(); ++i) {
    if (rows[i].local != variable || rows[i].executed_in.index != 0) continue;
    if (const std::optional<FactSet> holds = loaded_where(module, rows[i]))
      ways.push_back({met_under(pool_, import_value(module, rows[i], i), *holds), {}});
  }
  if (ways.empty()) return value;
  return ways.size() == 1 ? without_conditions(pool_, ways.front().value) : pool_.one_of(ways);
}

const Summary& Engine::initialiser(ModuleId id) {
  run_initialiser(id);
  return modules_[id.index].initialiser;
}

GlobalState& Engine::global_state(ModuleId module, VariableId variable) {
  return modules_[module.index].globals[variable.index];
}

ValueId Engine::global_place(ModuleId module, VariableId variable) {
  const CodeFacts& code = facts(module);
  return pool_.hole(Origin::Global, code.string(code.variables[variable.index].name),
                    pack(module, variable));
}

ValueId Engine::held_at(ValueId place) {
  const Value value = pool_[place];
  const bool is_default = (value.ref >> 63U) != 0;  // of a parameter, or a handler's object
  if (value.kind != ValueKind::Hole || value.origin != Origin::Global || is_default) return {};
  return global(ModuleId{static_cast<std::uint32_t>(value.ref >> 32U)},
                VariableId{static_cast<std::uint32_t>(value.ref)});
}

ValueId Engine::global(ModuleId module, VariableId variable) {
  const std::uint32_t row = import_of(module, variable);
  if (row == UINT32_MAX) return assigned_global(module, variable);
  const Import& import = facts(module).imports[row];
  const ValueId imported = this->imported(module, variable);
  if (also_assigned(module, variable) == AlsoAssigned::No ||
      is_in_all_runtimes(facts(module), import))
    return imported;
  const ValueId assigned = assigned_global(module, variable);
  return assigned == global_place(module, variable) ? imported : pool_.join(imported, assigned);
}

ValueId Engine::assigned_global(ModuleId module, VariableId variable) {
  if (nesting_ < kNesting) run_initialiser(module);
  const GlobalState& state = modules_[module.index].globals[variable.index];
  const ValueId place = global_place(module, variable);
  const TypeId type = facts(module).variables[variable.index].type;
  const bool has_value = state.initial.exists() || !state.stored.empty();
  if (!has_value && type.exists())
    if (const ValueId typed_value = typed(module, type); typed_value.exists()) return typed_value;
  if (!state.initial.exists() && !state.rebound) return class_or(place, module, variable);
  ValueId value = state.initial.exists() ? refined(state.initial, module, type) : state.initial;
  if (value.exists()) value = with_stored(pool_, value, state.inside);
  if (value.exists() && !initialising_.exists()) value = with_opened_fields(value);
  if (!state.rebound) return value;
  want_second_round(module);
  std::vector<Alternative> alternatives;
  if (value.exists()) alternatives.push_back({value, {}});
  for (const ValueId stored : state.stored) alternatives.push_back({stored, {}});
  alternatives.push_back({place, {}});  // so that tests of it can be told from others
  return pool_.one_of(alternatives);
}

bool Engine::is_rebound(ValueId place) {
  const Value& value = pool_[place];
  if (value.kind != ValueKind::Hole || value.origin != Origin::Global) return false;
  const ModuleId module{static_cast<std::uint32_t>(value.ref >> 32U)};
  if (module.index >= modules_.size()) return false;
  index_module(module);
  const auto& globals = modules_[module.index].globals;
  const auto found = globals.find(static_cast<std::uint32_t>(value.ref));
  return found != globals.end() && found->second.rebound;
}

bool Engine::is_assigned_field(ModuleId module, std::string_view name) {
  const std::uint32_t unit = program_.modules[module.index].unit;
  const auto [known, is_new] = assigned_fields_.try_emplace(unit);
  if (is_new)
    for (const ModuleId other : program_.modules_of(unit))
      add_assigned_fields(facts(other), known->second);
  return known->second.contains(name);
}

const std::vector<bool>& Engine::parts_of_values(ModuleId module) {
  std::vector<bool>& parts = modules_[module.index].parts_of_values;
  if (parts.empty()) parts = fnlint::parts_of_values(facts(module));
  return parts;
}

const std::vector<bool>& Engine::reads_to_release(ModuleId module) {
  std::vector<bool>& reads = modules_[module.index].reads_to_release;
  if (reads.empty()) reads = fnlint::reads_to_release(facts(module));
  return reads;
}

// What a module exports is the object that its own variable of that name still holds, and changes.
ValueId Engine::as_changed_since(ModuleId id, std::string_view name, ValueId exported_value) {
  const auto own = modules_[id.index].names.find(name);
  if (own == modules_[id.index].names.end()) return exported_value;
  const GlobalState& state = modules_[id.index].globals[own->second.index];
  const bool is_it = state.initial == exported_value && !state.rebound &&
                     modules_[id.index].imports[own->second.index] == UINT32_MAX;
  return is_it ? with_stored(pool_, exported_value, state.inside) : exported_value;
}

ValueId Engine::module_member(ModuleId id, std::string_view name) {
  const CodeFacts& code = facts(id);
  run_initialiser(id);
  if (traits(code.language).has_exports_object) {
    const auto found = modules_[id.index].names.find("exports");
    if (found == modules_[id.index].names.end()) return {};
    const ValueId exports = global(id, found->second);
    if (name == "*") return exports;
    const ValueId value = as_changed_since(id, name, member_of(exports, name));
    const bool there =
        !(pool_[value].kind == ValueKind::Absent || pool_[value].kind == ValueKind::Computed);
    if (there) return value;
    if (name == "default") return exports;  // a CommonJS module: what it exports is the default
    for (std::size_t i = 0; i < code.imports.size(); ++i) {
      const Import& row = code.imports[i];
      if ((row.flags & kStar) == 0 || (row.flags & kReexport) == 0) continue;
      const ImportTarget& target = program_.modules[id.index].imports[i];
      if (target.module.exists() && target.module != id && nesting_ < kNesting) {
        ++nesting_;
        const ValueId inner = exported(target.module, name);
        --nesting_;
        if (inner.exists()) return inner;
      }
    }
    return {};
  }
  const auto found = modules_[id.index].names.find(name);
  if (found != modules_[id.index].names.end()) return global(id, found->second);
  return starred(id, name);
}

// What `from x import *` brings under a name.
ValueId Engine::starred(ModuleId id, std::string_view name) {
  index_module(id);
  const std::size_t variables = facts(id).variables.size();
  for (std::size_t i = variables; i < modules_[id.index].imports.size(); ++i) {
    const std::uint32_t row = modules_[id.index].imports[i];
    const ImportTarget& target = program_.modules[id.index].imports[row];
    if (!target.module.exists() || target.module == id || nesting_ >= kNesting) continue;
    ++nesting_;
    const ValueId inner = exported(target.module, name);
    --nesting_;
    const bool is_builtin = inner.exists() && pool_[inner].kind == ValueKind::Hole &&
                            pool_[inner].origin == Origin::Library && pool_.text(inner) == name;
    if (inner.exists() && !is_builtin) return inner;
  }
  return {};
}

ValueId Engine::exported_place(ModuleId module, std::string_view name) {
  index_module(module);
  run_initialiser(module);
  const bool whole = name.empty() || name == "*";
  const std::string wanted = whole ? "exports" : std::string(name);
  const auto found = modules_[module.index].names.find(wanted);
  if (found == modules_[module.index].names.end()) return {};
  if (import_of(module, found->second) != UINT32_MAX) return {};
  return global_place(module, found->second);
}

// Every chain of callers begins in an initialiser.
bool Engine::is_called_at_init_only(FunctionRef function) const {
  std::vector<std::uint64_t> open{pack(function)};
  std::set<std::uint64_t> seen(open.begin(), open.end());
  while (!open.empty()) {
    const auto found = callers_.find(open.back());
    open.pop_back();
    if (found == callers_.end()) return false;
    for (const std::uint64_t caller : found->second)
      if (caller != 0 && seen.insert(caller).second) open.push_back(caller);
  }
  return true;
}

void Engine::add_hook(ModuleId module, AppHook hook) {
  std::vector<AppHook>& hooks = hooks_[module.index];
  if (std::ranges::find(hooks, hook) == hooks.end()) hooks.push_back(hook);
}

void Engine::add_entry(ModuleId module, ValueId function) {
  std::vector<ValueId>& entries =
      entries_[initialising_.exists() ? initialising_.index : module.index];
  if (std::find(entries.begin(), entries.end(), function) == entries.end())
    entries.push_back(function);
}

ValueId Engine::exported(ModuleId module, std::string_view name) {
  return module_member(module, name);
}

ValueId Engine::import_value(ModuleId module, const Import& row, std::size_t index) {
  const CodeFacts& code = facts(module);
  const ImportTarget& target = program_.modules[module.index].imports[index];
  const std::string_view name =
      target.symbol.empty() ? code.string(row.name) : std::string_view(target.symbol);
  if (target.module.exists()) {
    const bool has_exports = traits(facts(target.module).language).has_exports_object;
    if (target.whole && !has_exports)
      return pool_.object(0, object_path("module", target.module, 0));
    if (nesting_ >= kNesting) return pool_.hole(Origin::Outside, target.path);
    if (const ValueId made = generated_component(target, name); made.exists()) return made;
    ++nesting_;
    const std::size_t dot = target.symbol.empty() ? std::string_view::npos : name.find('.');
    ValueId value = exported(
        target.module, has_exports && (name.empty() || target.whole) ? "*" : name.substr(0, dot));
    if (dot != std::string_view::npos && value.exists())
      for (const std::string_view inner : split(name.substr(dot + 1), '.'))
        value = member_of(value, inner);
    --nesting_;
    return value.exists() ? value : pool_.hole(Origin::Outside, cat("import ", name));
  }
  if (code.string(row.module) == "<builtins>" && traits(code.language).stars_hide_builtins)
    if (const ValueId brought = starred(module, name); brought.exists()) return brought;
  const std::string path = target.path;
  if (path == "__name__") return pool_.text_value("<imported>");
  if (path == "undefined") return pool_.absent();
  if (const ProjectObject own = inherited_class(module, row.local); own.type.exists())
    return class_value(own.module, own.type);
  const LibraryModel* model = find_model_any(code.language, path);
  const std::size_t dot = path.rfind('.');
  if (model == nullptr || !model->attribute || dot == path.npos)
    return pool_.hole(Origin::Library, path);
  return library_member(pool_.hole(Origin::Library, path.substr(0, dot)), path.substr(dot + 1));
}

}  // namespace fnlint
