// Memoisation for walks over the value graph: shared parts are visited once.
#pragma once

#include "model/value.h"

#include <tsl/robin_map.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace fnlint {

// What was made of each value, where that is mostly made of a few: these have a small table of
// their own, which costs no memory elsewhere.
class ValueMemo {
 public:
  // Null: nothing yet. Good until the next one is added.
  [[nodiscard]] const ValueId* find(ValueId value) const {
    const std::size_t place = place_of(value);
    if (places_[place].value == value) return &places_[place].made;
    if (more_.empty()) return nullptr;
    const auto found = more_.find(value.index);
    return found == more_.end() ? nullptr : &found->second;
  }
  // Whether it was not there yet: for walks that only note what they have met.
  bool insert(ValueId value) {
    const std::size_t place = place_of(value);
    if (places_[place].value == value) return false;
    if (few_ == kFew) return more_.emplace(value.index, value).second;
    places_[place] = {value, value};
    ++few_;
    return true;
  }
  // Of a value that is not there yet.
  void add(ValueId value, ValueId made) {
    if (few_ == kFew) {
      more_.emplace(value.index, made);
      return;
    }
    places_[place_of(value)] = {value, made};
    ++few_;
  }

 private:
  static constexpr std::uint32_t kBits = 6, kFew = 3U << (kBits - 2);
  struct Place {
    ValueId value = {}, made = {};
  };

  // Where it stands, or a free one: a quarter stays free.
  [[nodiscard]] std::size_t place_of(ValueId value) const {
    std::size_t place = (value.index * 0x9E3779B9U) >> (32U - kBits);
    while (places_[place].value.exists() && places_[place].value != value)
      place = (place + 1) % places_.size();
    return place;
  }

  std::array<Place, 1U << kBits> places_ = {};
  std::uint32_t few_ = 0;
  tsl::robin_map<std::uint32_t, ValueId> more_;
};

}  // namespace fnlint
