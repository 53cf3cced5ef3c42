// The hash of generated tables, which generator and program must compute alike.
#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>
#include <string_view>

namespace fnlint {

// Where a path stands in a table that the build makes: the same on every machine.
inline std::uint64_t slot_hash(std::string_view path) {
  return XXH3_64bits(path.data(), path.size());
}

}  // namespace fnlint
