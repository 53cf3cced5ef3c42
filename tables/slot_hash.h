#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace fnlint {

// Where a path stands in a table that the build makes, by eight bytes at a time. The mixing is that
// of MurmurHash3's fmix64 (Austin Appleby, public domain).
inline std::uint64_t slot_hash(std::string_view path) {
  constexpr std::uint64_t kFirst = 0xff51afd7ed558ccdULL, kSecond = 0xc4ceb9fe1a85ec53ULL;
  std::uint64_t hash = path.size() * kFirst;
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * kSecond;
    hash ^= hash >> 32U;
  };
  while (path.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, path.data(), sizeof word);
    mix(word);
    path.remove_prefix(sizeof word);
  }
  std::uint64_t rest = 0;
  std::memcpy(&rest, path.data(), path.size());
  mix(rest);
  return (hash ^ hash >> 33U) * kFirst;
}

}  // namespace fnlint
