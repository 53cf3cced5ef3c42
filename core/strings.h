#pragma once

#include "core/id.h"

#include <tsl/robin_map.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace fnlint {

// Owns each distinct text once; equal texts have equal ids, and views stay valid as long as the
// table lives.
class Strings {
 public:
  Strings() = default;
  // The same texts under the same ids.
  explicit Strings(const Strings& other) : texts_(other.texts_) {
    ids_.reserve(texts_.size());
    for (std::uint32_t i = 0; i < texts_.size(); ++i) ids_.emplace(texts_[i], StringId{i});
  }
  Strings& operator=(const Strings&) = delete;
  ~Strings() = default;

  StringId add(std::string_view text) {
    StringId& recent =
        recent_[(std::bit_cast<std::uintptr_t>(text.data()) + text.size()) % kRecent];
    if (recent.exists() && texts_[recent.index] == text) return recent;
    const auto found = ids_.find(text);
    if (found != ids_.end()) return recent = found->second;
    const StringId id{static_cast<std::uint32_t>(texts_.size())};
    texts_.emplace_back(text);
    ids_.emplace(texts_.back(), id);
    return recent = id;
  }
  [[nodiscard]] StringId find(std::string_view text) const {
    const auto found = ids_.find(text);
    return found == ids_.end() ? StringId{} : found->second;
  }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  // Forgets all but the first texts, as many as size() was once.
  void shrink(std::size_t texts) {
    recent_ = {};
    for (; texts_.size() > texts; texts_.pop_back()) ids_.erase(texts_.back());
  }
  // Empty for an id that names nothing.
  [[nodiscard]] std::string_view operator[](StringId id) const {
    return id.exists() ? std::string_view(texts_[id.index]) : std::string_view{};
  }

 private:
  static constexpr std::size_t kRecent = 1U << 9U;

  std::deque<std::string> texts_;  // addresses must not move
  // By the address of the text that was added: literals are added again and again.
  std::array<StringId, kRecent> recent_ = {};
  // With the hashes beside: other texts are told apart without looking at them.
  tsl::robin_map<std::string_view, StringId, std::hash<std::string_view>,
                 std::equal_to<std::string_view>,
                 std::allocator<std::pair<std::string_view, StringId>>, true>
      ids_;
};

}  // namespace fnlint
