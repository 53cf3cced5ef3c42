// Looks up what code says of its members, captures and calls, and keeps it for as long as the units
// are in work.
#include "flow/modules/code_index.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "tables/languages.h"

namespace fnlint {

const std::set<std::string>& CodeIndex::assigned_members(ModuleId module) {
  const auto [row, added] = assigned_members_.try_emplace(module.index);
  if (!added) return row->second;
  const CodeFacts& code = program_.facts(module);
  for (const Function& function : code.functions) add_assigned_members(code, function, row->second);
  return row->second;
}

const std::vector<bool>& CodeIndex::parts_of_values(ModuleId module) {
  const auto [row, added] = parts_of_values_.try_emplace(module.index);
  if (added) row->second = fnlint::parts_of_values(program_.facts(module));
  return row->second;
}

const std::vector<bool>& CodeIndex::reads_to_release(ModuleId module) {
  const auto [row, added] = reads_to_release_.try_emplace(module.index);
  if (added) row->second = fnlint::reads_to_release(program_.facts(module));
  return row->second;
}

const CallUses& CodeIndex::uses_in(ModuleId module) {
  const auto found = call_uses_.find(module.index);
  if (found != call_uses_.end()) return found->second;
  return call_uses_.emplace(module.index, call_uses(program_.facts(module))).first->second;
}

const std::vector<VariableId>& CodeIndex::captures(FunctionRef ref) {
  const auto found = captures_.find(pack(ref));
  if (found != captures_.end()) return found->second;
  std::vector<std::vector<VariableId>> all = all_captures(program_.facts(ref.module));
  for (std::uint32_t f = 0; f < all.size(); ++f)
    captures_[pack({ref.module, FunctionId{f}})] = std::move(all[f]);
  return captures_[pack(ref)];
}

bool CodeIndex::is_assigned_field(ModuleId module, std::string_view name) {
  const std::uint32_t unit = program_.modules[module.index].unit;
  const auto [known, is_new] = assigned_fields_.try_emplace(unit);
  if (is_new)
    for (const ModuleId other : program_.modules_of(unit))
      add_assigned_fields(program_.facts(other), known->second);
  return known->second.contains(name);
}

bool CodeIndex::is_reassigned(ProjectObject type, std::string_view field) {
  const CodeFacts& code = program_.facts(type.module);
  const std::string name = cat(code.string(code.classes[type.type.index].name), '.', field);
  return assigned_in(program_.modules[type.module.index].unit).contains(name);
}

const std::set<std::string>& CodeIndex::written_methods(std::uint32_t unit) {
  const auto [row, added] = written_methods_.try_emplace(unit);
  if (!added) return row->second;
  std::set<std::string> open;
  for (const ModuleId module : program_.modules_of(unit)) {
    const CodeFacts& code = program_.facts(module);
    for (const Class& type : code.classes) {
      if ((type.flags & kAbstractClass) == 0) continue;
      for (std::uint32_t i = 0; i < type.methods.count; ++i) {
        const Function& method = code.functions[code.methods[type.methods.first + i].index];
        const bool has_body = method.first.exists() && method.first != method.end;
        (has_body ? row->second : open).emplace(code.string(method.name));
      }
    }
  }
  for (const std::string& name : open) row->second.erase(name);
  return row->second;
}

std::span<const FunctionRef> CodeIndex::extensions(std::uint32_t unit, std::string_view name) {
  const auto [row, added] = extensions_.try_emplace(unit);
  if (added)
    for (const ModuleId module : program_.modules_of(unit)) {
      const CodeFacts& code = program_.facts(module);
      for (std::uint32_t f = 0; f < code.functions.size(); ++f)
        if ((code.functions[f].flags & kExtension) != 0)
          row->second[std::string(code.string(code.functions[f].name))].push_back(
              {module, FunctionId{f}});
    }
  const auto found = row->second.find(std::string(name));
  return found == row->second.end() ? std::span<const FunctionRef>{} : found->second;
}

void CodeIndex::keep(const CodeIndex& other) {
  for (const auto& [unit, names] : other.assigned_fields_)
    assigned_fields_.try_emplace(unit, names);
  for (const auto& [unit, names] : other.assigned_in_) assigned_in_.try_emplace(unit, names);
}

void CodeIndex::end_units() {
  assigned_members_.clear();
  parts_of_values_.clear();
  reads_to_release_.clear();
  call_uses_.clear();
  captures_.clear();
  assigned_fields_.clear();
  assigned_in_.clear();
  written_methods_.clear();
  extensions_.clear();
}

bool has_cold_tasks(Language language) {
  const HandlerContract* form = find_handler_contract(language);
  return form != nullptr && form->cold_tasks;
}

// Where nothing is awaited, all is done when the call returns; but what is cold has not begun.
bool leaves_task(const CodeFacts& code, FunctionId id) {
  const Function& function = code.functions[id.index];
  if ((function.flags & kAsync) == 0 || (function.flags & kGenerator) != 0) return false;
  if (has_cold_tasks(code.language)) return true;
  for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Await) return true;
    if (op.kind == OpKind::Loop && code.loops[op.detail].awaits_each != 0) return true;
  }
  return false;
}

}  // namespace fnlint
