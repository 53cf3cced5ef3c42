#include "link/included_modules.h"

#include "core/text.h"
#include "tables/models.h"

#include <algorithm>
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
           engine.import_of(module, VariableId{base.ref}) == import &&
           registers_routes(engine, code.language, engine.exported(target, code.string(row.name)));
  });
}

bool imports_router(Engine& engine, ModuleId module, std::uint32_t import, ModuleId target) {
  const CodeFacts& code = engine.facts(module);
  return registers_routes(engine, code.language,
                          engine.import_value(module, code.imports[import], import)) ||
         uses_router_of(engine, module, import, target);
}

}  // namespace

std::set<ModuleId> included_modules(Engine& engine, ModuleId first) {
  std::set<ModuleId> included{first};
  std::vector<ModuleId> open{first};
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
  return included;
}

}  // namespace fnlint
