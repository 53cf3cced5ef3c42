// Names, imports and variables of modules, and what functions change in what the variables hold.
#include "flow/modules/module_store.h"

#include "core/text.h"
#include "flow/syntax/assigned_members.h"
#include "flow/syntax/pointers.h"
#include "tables/models.h"
#include "values/places.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fnlint {

ModuleStore::ModuleStore(ValuePool& pool, const Program& program, CodeIndex& index)
    : pool_(pool), program_(program), index_(index), modules_(program.modules.size()) {}

void ModuleStore::index(ModuleId id) {
  Names& names = modules_[id.index].names;
  if (std::exchange(names.known, true)) return;
  const CodeFacts& code = program_.facts(id);
  names.imports.assign(code.variables.size(), UINT32_MAX);
  for (std::uint32_t i = 0; i < code.imports.size(); ++i) {
    const VariableId local = code.imports[i].local;
    if (local.exists() && names.imports[local.index] == UINT32_MAX) names.imports[local.index] = i;
    if ((code.imports[i].flags & kStar) != 0) names.stars.push_back(i);
  }
  names.also_assigned = imports_also_assigned(code);
  names.sole_values = sole_values(code);
  names.iterated = fnlint::iterated(code);
  names.passed_to = fnlint::passed_to(code);
  std::vector<bool> rebound = rebound_module_variables(code);
  if (has_setters(code))
    for (const VariableId variable : assigned_by_uncalled_alone(
             code, id, index_.assigned_in(program_.modules[id.index].unit)))
      rebound[variable.index] = false;
  for (std::uint32_t v = 0; v < rebound.size(); ++v) {
    if (code.variables[v].owner.index == 0)
      names.own.try_emplace(code.string(code.variables[v].name), VariableId{v});
    if (rebound[v]) modules_[id.index].globals[v].rebound = true;
  }
  mark_changed_inside(id);
}

const ModuleStore::Names& ModuleStore::names(ModuleId module) {
  index(module);
  return modules_[module.index].names;
}

VariableId ModuleStore::named(ModuleId module, std::string_view name) {
  const auto& own = names(module).own;
  const auto found = own.find(name);
  return found == own.end() ? VariableId{} : found->second;
}

std::uint32_t ModuleStore::import_of(ModuleId module, VariableId variable) {
  const std::vector<std::uint32_t>& imports = names(module).imports;
  return variable.index < imports.size() ? imports[variable.index] : UINT32_MAX;
}

AlsoAssigned ModuleStore::also_assigned(ModuleId module, VariableId variable) {
  const std::vector<AlsoAssigned>& how = names(module).also_assigned;
  return variable.index < how.size() ? how[variable.index] : AlsoAssigned::No;
}

std::span<const std::uint32_t> ModuleStore::stars(ModuleId module) { return names(module).stars; }

ExprId ModuleStore::sole_value(ModuleId module, VariableId variable) {
  const std::vector<ExprId>& values = names(module).sole_values;
  return variable.index < values.size() ? values[variable.index] : ExprId{};
}

ExprId ModuleStore::iterated(ModuleId module, VariableId variable) {
  const std::vector<ExprId>& all = names(module).iterated;
  return variable.index < all.size() ? all[variable.index] : ExprId{};
}

OpId ModuleStore::passed_to(ModuleId module, FunctionId function) {
  const std::vector<OpId>& calls = names(module).passed_to;
  return function.index < calls.size() ? calls[function.index] : OpId{};
}

ValueId ModuleStore::place(ModuleId module, VariableId variable) {
  const CodeFacts& code = program_.facts(module);
  return pool_.hole(Origin::Global, code.string(code.variables[variable.index].name),
                    pack(module, variable));
}

// The place that an expression names inside of a module's own variable; no id: it is none.
ValueId ModuleStore::written_place(ModuleId id, ExprId expr) {
  const CodeFacts& code = program_.facts(id);
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Variable) {
    const bool is_own = code.variables[row.ref].owner.index == 0 &&
                        modules_[id.index].names.imports[row.ref] == UINT32_MAX;
    return is_own ? place(id, VariableId{row.ref}) : ValueId{};
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
void ModuleStore::mark_changed_inside(ModuleId id) {
  const CodeFacts& code = program_.facts(id);
  const auto mark = [&](ExprId inside, StoreKind how) {
    const ValueId place = written_place(id, inside);
    if (!place.exists()) return;
    const ValueId root = base_of(pool_, place);
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
void ModuleStore::note_inside(ValueId place, const Note& note) {
  const Value& root = pool_[base_of(pool_, place)];
  const ModuleId module{static_cast<std::uint32_t>(root.ref >> 32U)};
  if (root.kind != ValueKind::Hole || root.origin != Origin::Global ||
      module.index >= modules_.size())
    return;
  GlobalState& global = state(module, VariableId{static_cast<std::uint32_t>(root.ref)});
  const ValueId before = global.initial.exists() && !second_round_
                             ? with_stored(pool_, global.initial, global.inside)
                             : ValueId{};
  if (!note(global.inside) || !before.exists()) return;
  if (with_stored(pool_, global.initial, global.inside) != before) want_second_round(module);
}

void ModuleStore::add_stored(ValueId place, ValueId key, ValueId value, StoreKind how) {
  note_inside(place, [&](StoredEntries& inside) {
    return fnlint::add_stored(pool_, place, key, value, how, inside);
  });
}

void ModuleStore::add_registered(ValueId place, ValueId key, ValueId value, StoreKind how) {
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

bool ModuleStore::is_rebound(ValueId place) {
  const Value& value = pool_[place];
  if (value.kind != ValueKind::Hole || value.origin != Origin::Global) return false;
  const ModuleId module{static_cast<std::uint32_t>(value.ref >> 32U)};
  if (module.index >= modules_.size()) return false;
  index(module);
  const auto& globals = modules_[module.index].globals;
  const auto found = globals.find(static_cast<std::uint32_t>(value.ref));
  return found != globals.end() && found->second.rebound;
}

void ModuleStore::add_rebound(ModuleId module, GlobalState& global) {
  if (!global.rebound) want_second_round(module);
  global.rebound = true;
}

ValueId ModuleStore::as_changed_since(ModuleId module, std::string_view name, ValueId given) {
  const VariableId own = named(module, name);
  if (!own.exists()) return given;
  const GlobalState& global = state(module, own);
  const bool is_it =
      global.initial == given && !global.rebound && import_of(module, own) == UINT32_MAX;
  return is_it ? with_stored(pool_, given, global.inside) : given;
}

void ModuleStore::want_second_round(ModuleId module) {
  if (!second_round_) assigned_units_.insert(program_.modules[module.index].unit);
}

void ModuleStore::begin_units() {
  first_open_ = modules_.size();
  modules_.resize(program_.modules.size());
  second_round_ = false;
  assigned_units_.clear();
}

void ModuleStore::end_units() {
  for (std::size_t i = first_open_; i < modules_.size(); ++i) modules_[i] = {};
}

void ModuleStore::keep_stored(const ModuleStore& other, ValueTransfer& transfer) {
  second_round_ = true;
  for (std::size_t i = other.first_open_; i < other.modules_.size(); ++i)
    for (const auto& [variable, global] : other.modules_[i].globals) {
      if (!global.rebound && global.stored.empty()) continue;
      GlobalState& kept = modules_[i].globals[variable];
      kept.rebound = global.rebound;
      for (const ValueId value : global.stored) kept.stored.push_back(transfer(value));
    }
}

void ModuleStore::keep_stored(const ModuleStore& other) {
  second_round_ = true;
  for (std::size_t i = 0; i < other.modules_.size(); ++i)
    for (const auto& [variable, global] : other.modules_[i].globals)
      if (global.rebound || !global.stored.empty())
        modules_[i].globals.try_emplace(
            variable, GlobalState{.rebound = global.rebound, .stored = global.stored});
}

}  // namespace fnlint
