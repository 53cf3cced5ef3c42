// Looks among the function's reads of its event for fields that only alarm notifications have.

#include "checks/view/alarms.h"

#include "core/text.h"
#include "tables/known.h"
#include "values/compute.h"

#include <algorithm>

namespace fnlint {

bool reads_alarms(const ValuePool& pool, const LambdaFunction& function) {
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    bool found = false;
    for_each_below(pool, read.value, [&](ValueId id) {
      const std::string_view text = pool.text(id);
      found = found || is_one_of(known::alarm_fields(), text.substr(text.rfind('.') + 1));
    });
    return found;
  });
}

}  // namespace fnlint
