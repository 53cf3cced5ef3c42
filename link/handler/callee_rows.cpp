// Puts paths together from imports and members, and looks them up among the models.

#include "link/handler/callee_rows.h"

#include "core/text.h"

#include <string_view>

namespace fnlint {

std::string path_by_imports(const CodeFacts& code, ExprId expr, int depth) {
  constexpr int kParts = 8;
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Member && depth < kParts) {
    const std::string base = path_by_imports(code, ExprId{row.ref}, depth + 1);
    return base.empty() ? std::string() : cat(base, '.', code.string(row.name));
  }
  if (row.kind != ExprKind::Variable) return {};
  for (const Import& import : code.imports) {
    if (import.local.index != row.ref) continue;
    const std::string_view module = code.string(import.module), name = code.string(import.name);
    if (module == "<builtins>" || module.empty()) return std::string(name);
    return name.empty() || name == "default" ? std::string(module) : cat(module, '.', name);
  }
  return {};
}

const LibraryModel* row_of_callee(const CodeFacts& code, ExprId callee) {
  const std::string path = path_by_imports(code, callee);
  const LibraryModel* exact = path.empty() ? nullptr : find_library_model(code.language, path);
  // `File.WriteAllText` below `using System.IO;`
  for (const Import& import : code.imports)
    if (exact == nullptr && !path.empty() && (import.flags & kStar) != 0)
      exact = find_library_model(code.language, cat(code.string(import.module), '.', path));
  const Expr& row = code.exprs[callee.index];
  if (exact != nullptr || row.kind != ExprKind::Member) return exact;
  return find_library_model(code.language, cat("*.", code.string(row.name)));
}

bool only_looks(const LibraryModel* model) {
  return model != nullptr && model->store == StoreHow::None && model->invokes.empty() &&
         model->wraps.empty() && model->operation.empty() && model->effect_of.empty() &&
         model->entry.empty();
}

}  // namespace fnlint
