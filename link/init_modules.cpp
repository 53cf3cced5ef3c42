#include "link/init_modules.h"

#include "core/text.h"

#include <set>

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
                       cat("loads ", facts.string(row.module))});
      loaded.push_back({target, std::move(chain)});
    }
  }
  return loaded;
}

}  // namespace fnlint
