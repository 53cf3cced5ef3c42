// Which parts of its result the code around a call looks at.

#include "checks/reliability/result_reads.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

Reads reads_of(const ValuePool& pool, const Effect& effect) {
  Reads reads;
  if (!effect.result.exists()) return reads;
  reads.nothing = false;
  reads.everything = !pool.is(effect.result, ValueKind::List) || pool[effect.result].ref == 1;
  if (reads.everything) return reads;
  for (const ValueId name : pool.operands(effect.result))
    reads.names.push_back(flat_name(as_text(pool, name).value_or("")));
  return reads;
}

bool reads_any(const Reads& reads, std::string_view members) {
  for (const std::string_view member : split(members, '|')) {
    const std::string wanted = flat_name(member);
    if (std::ranges::any_of(reads.names, [&](const std::string& name) {
          return name.find(wanted) != std::string::npos;
        }))
      return true;
  }
  return false;
}

}  // namespace fnlint
