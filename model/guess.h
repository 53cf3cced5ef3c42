// What something weaker than a template's own words says of a function's code.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Where code was found by a sign: what is said of it is at most likely.
struct Guess {
  std::string_view sign = {};  // row of data/guesses.yaml; empty: nothing is guessed
  std::uint8_t score = 0;      // of 100: which of several signs is believed
  std::string reason = {};     // in words
  bool doubted = false;        // so much that all that is done there is, too
  explicit operator bool() const { return !sign.empty(); }
};

// Whether one of them is so weak.
inline bool are_doubted(const std::vector<Guess>& guesses) {
  return std::ranges::any_of(guesses, &Guess::doubted);
}

}  // namespace fnlint
