// What a test is about: the values that its outcome depends on.
#pragma once

#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace fnlint {

// What a test asks of values: its operands and theirs, through tests, alternatives, defaults and
// lengths. What a call was given whose result is tested, nobody asks for.
template <class Visit>
void for_each_asked(const ValuePool& pool, ValueId test, const Visit& visit) {
  constexpr std::size_t kLookedAt = 64;
  std::vector<ValueId> open{test};
  for (std::size_t i = 0; i < open.size() && i < kLookedAt; ++i) {
    const ValueId one = open[i];
    if (!one.exists()) continue;
    visit(one);
    const bool leads_on = pool.is(one, ValueKind::OneOf) ||
                          (pool.is(one, ValueKind::Computed) &&
                           (is_test(pool.text(one)) || pool.opcode(one) == Opcode::OrDefault ||
                            pool.opcode(one) == Opcode::Length));
    if (!leads_on) continue;
    const auto operands = pool.operands(one);
    open.insert(open.end(), operands.begin(), operands.end());
  }
}

}  // namespace fnlint
