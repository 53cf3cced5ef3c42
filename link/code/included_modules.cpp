// Follows applications and routers from the handler's module through the imports that mount them.

#include "link/code/included_modules.h"

#include "core/text.h"
#include "flow/syntax/names_used.h"
#include "tables/languages.h"
#include "tables/models.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace fnlint {

namespace {

// What registers functions for events to come: an application, a router.
bool registers_routes(const Engine& engine, Language language, ValueId value) {
  const ValuePool& pool = engine.pool();
  if (!value.exists()) return false;
  if (pool.is(value, ValueKind::OneOf))
    return std::ranges::any_of(
        pool.operands(value), [&](ValueId one) { return registers_routes(engine, language, one); });
  if (!pool.is(value, ValueKind::Object)) return false;
  const std::string path = engine.library_path(value);
  if (path.empty()) return false;
  const std::string begins = cat(path, '.');
  const auto rows = library_models();
  const auto before = [](const LibraryModel& row, const auto& wanted) {
    return std::pair(row.language, row.path) < wanted;
  };
  for (auto row = std::lower_bound(rows.begin(), rows.end(),
                                   std::pair(language, std::string_view(begins)), before);
       row != rows.end() && row->language == language && row->path.starts_with(begins); ++row)
    if (row->times == Times::Later && !row->invokes.empty()) return true;
  return false;
}

// `users.router`, where the import is the whole module.
bool uses_router_of(Engine& engine, ModuleId module, std::uint32_t import, ModuleId target) {
  const CodeFacts& code = engine.facts(module);
  return std::ranges::any_of(code.exprs, [&](const Expr& row) {
    if (row.kind != ExprKind::Member) return false;
    const Expr& base = code.exprs[row.ref];
    return base.kind == ExprKind::Variable &&
           engine.modules().import_of(module, VariableId{base.ref}) == import &&
           registers_routes(engine, code.language, engine.exported(target, code.string(row.name)));
  });
}

bool imports_router(Engine& engine, ModuleId module, std::uint32_t import, ModuleId target) {
  const CodeFacts& code = engine.facts(module);
  return registers_routes(engine, code.language,
                          engine.loader().import_value(module, code.imports[import], import)) ||
         uses_router_of(engine, module, import, target);
}

// What the module exports as the handler: `exports.web = wrap(app)`, `handler = Mangum(app)`.
std::vector<ExprId> assigned_to(const CodeFacts& code, std::string_view symbol) {
  std::vector<ExprId> values;
  const Function& init = code.functions.front();
  for (OpId at = init.first; init.first.exists() && at < init.end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Assign) continue;
    const Assign& assign = code.assigns[code.ops[at.index].detail];
    if (!assign.target.exists()) continue;  // evaluated alone
    const Expr& target = code.exprs[assign.target.index];
    const std::string_view name = target.kind == ExprKind::Variable
                                      ? code.string(code.variables[target.ref].name)
                                      : code.string(target.name);
    if (name == symbol && assign.value.exists()) values.push_back(assign.value);
  }
  return values;
}

// Where a module's names are asked of what the handler reaches.
struct HandlerRoots {
  std::vector<FunctionId> functions = {};
  std::vector<ExprId> exported = {};
};

// Nothing: it may reach any of them.
std::optional<HandlerRoots> roots_of(const Engine& engine, ModuleId module,
                                     const FunctionCode& code, FunctionRef handler) {
  const CodeFacts& facts = engine.facts(module);
  const HandlerContract* contract = find_handler_contract(facts.language);
  if (contract == nullptr || !contract->by_file) return std::nullopt;
  HandlerRoots roots;
  if (handler.module == module) roots.functions.push_back(handler.function);
  if (module == code.module) roots.exported = assigned_to(facts, code.symbol);
  if (roots.functions.empty() && roots.exported.empty()) return std::nullopt;
  return roots;
}

// The module of an application or router that a variable stands for; no id: it stands for none.
ModuleId router_of(Engine& engine, ModuleId module, VariableId variable) {
  const std::uint32_t row = engine.modules().import_of(module, variable);
  const CodeFacts& code = engine.facts(module);
  if (row == UINT32_MAX) {
    const bool registers =
        code.variables[variable.index].owner.index == 0 &&
        registers_routes(engine, code.language, engine.loader().global(module, variable));
    return registers ? module : ModuleId{};
  }
  const ModuleId target = engine.program().modules[module.index].imports[row].module;
  return target.exists() && imports_router(engine, module, row, target) ? target : ModuleId{};
}

// What these import in turn.
void add_included(Engine& engine, std::vector<ModuleId> open, std::set<ModuleId>& included) {
  while (!open.empty()) {
    const ModuleId module = open.back();
    open.pop_back();
    const std::vector<ImportTarget>& targets = engine.program().modules[module.index].imports;
    for (std::uint32_t i = 0; i < targets.size(); ++i) {
      const ModuleId target = targets[i].module;
      if (target.exists() && !included.contains(target) &&
          imports_router(engine, module, i, target)) {
        included.insert(target);
        open.push_back(target);
      }
    }
  }
}

}  // namespace

std::set<ModuleId> included_modules(Engine& engine, const FunctionCode& code, FunctionRef handler) {
  std::set<ModuleId> included;
  for (const ModuleId module : std::set{code.module, handler.module}) {
    const std::optional<HandlerRoots> roots = roots_of(engine, module, code, handler);
    const CodeFacts& facts = engine.facts(module);
    std::vector<bool> names;  // that the handler reaches, once there is a router
    std::vector<ModuleId> used, left;
    for (std::uint32_t i = 0; roots && i < facts.variables.size(); ++i) {
      const ModuleId router = router_of(engine, module, VariableId{i});
      if (!router.exists()) continue;
      if (names.empty()) names = names_used(facts, roots->functions, roots->exported);
      (names[i] ? used : left).push_back(router);
    }
    if (used.empty() && !left.empty()) continue;
    if (!roots) used.push_back(module);
    included.insert(module);
    included.insert(used.begin(), used.end());
    add_included(engine, std::move(used), included);
  }
  return included;
}

}  // namespace fnlint
