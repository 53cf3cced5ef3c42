#include "flow/state/layers.h"

#include "tables/models.h"
#include "values/functions.h"

namespace fnlint {

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
