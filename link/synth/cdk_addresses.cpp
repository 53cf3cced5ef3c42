// Finds the next free number by bisection.

#include "link/synth/cdk_addresses.h"

#include "core/text.h"

namespace fnlint {

std::string free_address(std::set<std::string>& taken, std::string address) {
  if (taken.insert(address).second) return address;
  const auto is_taken = [&](std::size_t i) { return taken.contains(cat(address, '~', i)); };
  // Thousands may have one name, whose numbers follow each other.
  std::size_t most = 1, free = 2;
  for (; is_taken(free); free *= 2) most = free;
  while (most + 1 < free) {
    const std::size_t middle = most + (free - most) / 2;
    (is_taken(middle) ? most : free) = middle;
  }
  address += cat('~', free);
  taken.insert(address);
  return address;
}

}  // namespace fnlint
