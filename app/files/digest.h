// Content hashes, for the cache and for comparing answers.
#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <compare>
#include <cstdint>
#include <string_view>

namespace fnlint {

// 128 bits that stand for a text: no two are met that have the same by chance.
struct Digest {
  std::uint64_t high = 0, low = 0;
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

// Texts of different kinds are told apart by the seed.
inline Digest digest_of(std::string_view text, std::uint64_t seed = 0) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(text.data(), text.size(), seed);
  return {hash.high64, hash.low64};
}

}  // namespace fnlint
