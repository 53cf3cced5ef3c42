// Reads middleware back out of a handler's value: what was wrapped around it, and whether a
// library's wrapper answers through the runtime's callback.

#include "flow/state/layers.h"

#include "values/functions.h"

namespace fnlint {

namespace {

constexpr int kWrappers = 8;

const LibraryModel* caller_back(Language language, std::string_view path) {
  const LibraryModel* const row = find_library_model(language, path);
  return row == nullptr || row->calls_back_until.empty() ? nullptr : row;
}

const LibraryModel* caller_back_in(const ValuePool& pool, Language language, ValueId value,
                                   int depth) {
  if (!value.exists() || depth == kWrappers) return nullptr;
  const auto operands = pool.operands(value);
  if (pool.is(value, ValueKind::Function)) {
    for (std::size_t i = 0; i < operands.size(); ++i)
      if (pool[pool.names(value)[i]] == kCallsBack)
        return caller_back(language, pool.text(operands[i]));
    return nullptr;
  }
  const bool may_lead_on = pool.is(value, ValueKind::Object) || pool.is(value, ValueKind::Record);
  if (!may_lead_on) return nullptr;
  if (pool.is(value, ValueKind::Object)) {
    std::string_view path = pool.text(value);
    if (path.ends_with("()")) path.remove_suffix(2);
    if (const LibraryModel* row = caller_back(language, path)) return row;
  }
  for (const ValueId one : operands)
    if (const LibraryModel* row = caller_back_in(pool, language, one, depth + 1)) return row;
  return nullptr;
}

}  // namespace

const LibraryModel* called_back_by(const ValuePool& pool, Language language, ValueId handler) {
  return caller_back_in(pool, language, handler, 0);
}

std::vector<ValueId> layers_of(const ValuePool& pool, ValueId handler) {
  std::vector<ValueId> layers;
  if (!handler.exists()) return layers;
  const auto operands = pool.operands(handler);
  if (pool.is(handler, ValueKind::Function)) {
    for (std::size_t i = 0; i < operands.size(); ++i)
      if (pool[pool.names(handler)[i]] == kAround)
        layers.assign(pool.operands(operands[i]).begin(), pool.operands(operands[i]).end());
    return layers;
  }
  const bool adds = pool.is(handler, ValueKind::Object) && operands.size() > 1 &&
                    library_class(pool.text(handler)) == LibraryClass::Middleware;
  if (!adds) return layers;
  layers = layers_of(pool, operands[1]);
  const auto given = pool.operands(operands[0]);
  layers.insert(layers.end(), given.begin(), given.end());
  return layers;
}

}  // namespace fnlint
