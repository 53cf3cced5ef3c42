// A quick filter before a text search, by trigrams: no for certain, or perhaps.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fnlint {

// Which characters stand side by side in texts, three by three: most words have three that do not,
// and need not be looked for. Cases of letters are one.
class Triples {
 public:
  void add(std::string_view text) {
    std::size_t three = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      three = next(three, text[at]);
      if (at >= 2) seen_[three / kBits] |= std::uint64_t{1} << three % kBits;
    }
  }
  [[nodiscard]] bool may_have(std::string_view word) const {
    std::size_t three = 0;
    for (std::size_t at = 0; at < word.size(); ++at) {
      three = next(three, word[at]);
      if (at >= 2 && (seen_[three / kBits] >> three % kBits & 1U) == 0) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t kThrees = 1U << 15U, kBits = 64;
  static std::size_t next(std::size_t three, char c) {
    return (three << 5U | (static_cast<std::size_t>(c) & 0x1fU)) % kThrees;
  }

  std::array<std::uint64_t, kThrees / kBits> seen_ = {};
};

}  // namespace fnlint
