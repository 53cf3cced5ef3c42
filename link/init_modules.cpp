#include "link/init_modules.h"

#include "core/text.h"
#include "tables/languages.h"

namespace fnlint {

bool runs_at_init(const CodeFacts& code, const Import& row) {
  if ((row.flags & (kTypeOnly | kFallback | kGuarded)) != 0) return false;
  const FunctionKind kind = code.functions[row.executed_in.index].kind;
  return row.executed_in.index == 0 || kind == FunctionKind::ClassInit;
}

std::vector<LoadedModule> modules_at_init(const Program& program,
                                          std::span<const ModuleInfo> modules, ModuleId first) {
  std::vector<LoadedModule> loaded{{first, {}}};
  std::set<ModuleId> seen{first};
  for (std::size_t at = 0; at < loaded.size(); ++at) {
    const ModuleId module = loaded[at].module;
    const CodeFacts& facts = program.facts(module);
    for (std::size_t i = 0; i < facts.imports.size(); ++i) {
      const Import& row = facts.imports[i];
      const ModuleId target = program.modules[module.index].imports[i].module;
      if (!target.exists() || !runs_at_init(facts, row) || !seen.insert(target).second) continue;
      std::vector<PlacedText> chain = loaded[at].chain;
      chain.push_back({{modules[module.index].file, row.where},
                       cat("loads '", facts.string(row.module), "'")});
      loaded.push_back({target, std::move(chain)});
    }
  }
  return loaded;
}

std::set<ModuleId> modules_reached(const Program& program, ModuleId first) {
  const HandlerContract* contract = find_handler_contract(program.facts(first).language);
  if (contract == nullptr || !contract->by_file) {
    const auto all = program.modules_of(program.modules[first.index].unit);
    return {all.begin(), all.end()};
  }
  std::set<ModuleId> reached{first};
  std::vector<ModuleId> open{first};
  while (!open.empty()) {
    const ModuleId module = open.back();
    open.pop_back();
    for (const ImportTarget& target : program.modules[module.index].imports)
      if (target.module.exists() && reached.insert(target.module).second)
        open.push_back(target.module);
  }
  return reached;
}

}  // namespace fnlint
