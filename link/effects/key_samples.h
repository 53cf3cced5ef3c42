// Decides tests of object keys by example, where no answer holds for all keys.
#pragma once

#include "flow/engine/engine.h"

#include <cstdint>
#include <span>

namespace fnlint {

// A test of an object's key in one round of a chain and in the next, in terms of the first key.
struct AskedTwice {
  ValueId before = {}, after = {};
  bool holds = true;
};

enum class Sampled : std::uint8_t {
  NotTried,  // no sample comes through the first round
  GoesOn,    // a sample comes through both
  Some,      // one does, and another one ends: it is a question of where its words stand
  Ends,      // those that come through the first one end in the second
  NotRead,   // what the tests say of them is not known, or not all could be tried
};

// Tries tests that nobody can decide for all keys with keys that the tests' own words suggest:
// prefixes, names and suffixes. A key that comes through is a witness; that none does proves
// nothing.
Sampled try_keys(Engine& engine, std::span<const AskedTwice> tests);

}  // namespace fnlint
