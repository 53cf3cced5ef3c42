// Looks up a record's entry by name; of two with the same name, the later one counts.

#include "flow/state/named_entry.h"

#include <cstddef>

namespace fnlint {

ValueId named_entry(const ValuePool& pool, ValueId record, std::string_view name) {
  if (pool[record].kind != ValueKind::Record) return {};
  const auto names = pool.names(record);
  for (std::size_t i = names.size(); i-- > 0;)
    if (pool[names[i]] == name) return pool.operands(record)[i];
  return {};
}

}  // namespace fnlint
