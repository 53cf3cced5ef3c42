#pragma once

#include "core/id.h"

#include <tsl/robin_map.h>

#include <deque>
#include <string>
#include <string_view>

namespace fnlint {

// Owns each distinct text once; equal texts have equal ids, and views stay valid as long as the
// table lives.
class Strings {
 public:
  StringId add(std::string_view text) {
    const auto found = ids_.find(text);
    if (found != ids_.end()) return found->second;
    const StringId id{static_cast<std::uint32_t>(texts_.size())};
    texts_.emplace_back(text);
    ids_.emplace(texts_.back(), id);
    return id;
  }
  [[nodiscard]] StringId find(std::string_view text) const {
    const auto found = ids_.find(text);
    return found == ids_.end() ? StringId{} : found->second;
  }
  // Empty for an id that names nothing.
  [[nodiscard]] std::string_view operator[](StringId id) const {
    return id.exists() ? std::string_view(texts_[id.index]) : std::string_view{};
  }

 private:
  std::deque<std::string> texts_;  // addresses must not move
  tsl::robin_map<std::string_view, StringId> ids_;
};

}  // namespace fnlint
