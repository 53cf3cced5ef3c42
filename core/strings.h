// Interned texts: comparing two of them means comparing their ids.
#pragma once

#include "core/id.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <memory_resource>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// Keeps each distinct text once; equal texts have equal ids, and views stay valid as long as the
// table lives, and the one that it is a copy of.
class Strings {
 public:
  Strings() = default;
  // The same texts under the same ids. They stay where they are.
  explicit Strings(const Strings& other)
      : texts_(other.texts_), borrowed_(other.texts_.size()), ids_(other.ids_) {}
  Strings& operator=(const Strings&) = delete;
  ~Strings() = default;

  StringId add(std::string_view text) {
    StringId& recent =
        recent_[(std::bit_cast<std::uintptr_t>(text.data()) + text.size()) % kRecent];
    if (recent.exists() && texts_[recent.index] == text) return recent;
    const auto found = ids_.find(text);
    if (found != ids_.end()) return recent = found->second;
    const StringId id{static_cast<std::uint32_t>(texts_.size())};
    texts_.push_back(stored(text));
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
    if (texts_.size() <= borrowed_) storage_.release();
  }
  // Empty for an id that names nothing.
  [[nodiscard]] std::string_view operator[](StringId id) const {
    return id.exists() ? texts_[id.index] : std::string_view{};
  }

 private:
  static constexpr std::size_t kRecent = 1U << 9U;

  std::string_view stored(std::string_view text) {
    if (text.empty()) return {};
    char* const at = static_cast<char*>(storage_.allocate(text.size(), 1));
    return {std::copy(text.begin(), text.end(), at) - text.size(), text.size()};
  }

  std::pmr::monotonic_buffer_resource storage_;
  std::vector<std::string_view> texts_;
  std::size_t borrowed_ = 0;  // of the table that this is a copy of
  // By the address of the text that was added: literals are added again and again.
  std::array<StringId, kRecent> recent_ = {};
  // With the hashes beside: other texts are told apart without looking at them.
  tsl::robin_map<std::string_view, StringId, std::hash<std::string_view>,
                 std::equal_to<std::string_view>,
                 std::allocator<std::pair<std::string_view, StringId>>, true>
      ids_;
};

}  // namespace fnlint
