#pragma once

#include <bitset>
#include <cstddef>
#include <string_view>

namespace fnlint {

// Which characters stand side by side in texts, three by three: most words have three that do not,
// and need not be looked for. Cases of letters are one.
class Triples {
 public:
  void add(std::string_view text) {
    for (std::size_t at = 0; at + 2 < text.size(); ++at) seen_.set(number(&text[at]));
  }
  [[nodiscard]] bool may_have(std::string_view word) const {
    for (std::size_t at = 0; at + 2 < word.size(); ++at)
      if (!seen_.test(number(&word[at]))) return false;
    return true;
  }

 private:
  static std::size_t number(const char* at) {
    const auto one = [at](std::size_t i) { return static_cast<std::size_t>(at[i]) & 0x1f; };
    return one(0) << 10 | one(1) << 5 | one(2);
  }

  std::bitset<1 << 15> seen_ = {};
};

}  // namespace fnlint
