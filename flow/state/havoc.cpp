// Opens a list or a record after it has escaped: known entries stay, but absence proves nothing.

#include "flow/state/havoc.h"

#include <vector>

namespace fnlint {

ValueId havocked(ValuePool& pool, ValueId value) {
  const Value row = pool[value];
  const std::vector<ValueId> operands(pool.operands(value).begin(), pool.operands(value).end());
  if (row.kind == ValueKind::List) return pool.list(operands, true);
  if (row.kind != ValueKind::Record) return value;
  std::vector<NamedValue> entries;
  for (std::size_t i = 0; i < operands.size(); ++i)
    entries.push_back({pool.names(value)[i], operands[i]});
  return pool.record(entries, true);
}

}  // namespace fnlint
