// Matches names that are built of the same literals around unknown parts.
#pragma once

#include "link/stacks/arn.h"
#include "link/stacks/stack_build.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::stacks {

inline constexpr std::size_t kComparedExports = 256;  // names that are compared, at most

// What a name has in common with those that are built alike.
std::vector<std::string> skeletons_of(const ValuePool& pool, ValueId name);

// The row that a name means, and whether that is sure. Names are usually built from something of
// the deployment, which whoever asks gets as a parameter.
template <class Row>
const Row* named_alike(ValuePool& pool, const std::vector<Row>& rows, ValueId name, bool& exact) {
  const ValueId plain = pool.plain(name);
  exact = true;
  for (const Row& row : rows)
    if (pool.plain(row.name) == plain && pool.identified(row.name)) return &row;
  exact = false;
  const std::vector<std::string> wanted = skeletons_of(pool, name);
  const Row* found = nullptr;
  if (std::ranges::find(wanted, std::string_view(&kSkeletonHole, 1)) != wanted.end() ||
      rows.size() > kComparedExports)
    return nullptr;
  for (const Row& row : rows) {
    const bool alike = skeletons_of(pool, row.name) == wanted ||
                       (as_text(pool, name) && pool.is(row.name, ValueKind::Pattern) &&
                        equal(pool, name, row.name) == Answer::Unknown);
    if (!alike) continue;
    if (found != nullptr) return nullptr;
    found = &row;
  }
  return found;
}

}  // namespace fnlint::stacks
