// Under which inputs of a deployment something exists: a small conjunction over finite choices.
#pragma once

#include "model/value.h"

#include <cstdint>
#include <vector>

namespace fnlint {

// Begins a Choice's subject that is no name but the place of what decides.
inline constexpr char kPlaceOfChoice = '@';

// A template input, or a condition that cannot be reduced to one, and the values that it is
// compared with.
struct Choice {
  std::uint32_t scope = 0;
  StringId subject = {};
  std::vector<StringId> domain = {};
  friend bool operator==(const Choice&, const Choice&) = default;
};
// Bit i: the domain's i-th value; bit 63: any other value, also those past 63.
struct Test {
  std::uint32_t choice = 0;
  std::uint64_t allowed = 0;
  friend auto operator<=>(const Test&, const Test&) = default;
};
// A conjunction of at most kGuardTests tests, sorted by choice. The guard without tests always
// holds.
struct Guard {
  std::vector<Test> tests = {};
  friend auto operator<=>(const Guard&, const Guard&) = default;
};

}  // namespace fnlint
