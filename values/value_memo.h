#pragma once

#include "model/value.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace fnlint {

// What was made of each value, where that is mostly made of a few: those are looked through one by
// one, which costs less than making a table.
class ValueMemo {
 public:
  // Null: nothing yet. Good until the next one is added.
  [[nodiscard]] const ValueId* find(ValueId value) const {
    const auto end = values_.begin() + few_, at = std::find(values_.begin(), end, value);
    if (at != end) return &made_[static_cast<std::size_t>(at - values_.begin())];
    if (more_.empty()) return nullptr;
    const auto found = more_.find(value.index);
    return found == more_.end() ? nullptr : &found->second;
  }
  void add(ValueId value, ValueId made) {
    if (few_ == kFew) {
      more_.emplace(value.index, made);
      return;
    }
    values_[few_] = value;
    made_[few_++] = made;
  }

 private:
  static constexpr std::uint32_t kFew = 24;
  std::array<ValueId, kFew> values_ = {}, made_ = {};
  std::uint32_t few_ = 0;
  tsl::robin_map<std::uint32_t, ValueId> more_;
};

}  // namespace fnlint
