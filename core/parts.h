// Splitting without an allocation.
#pragma once

#include <ranges>
#include <string_view>

namespace fnlint {

// The parts of a text between separators, one after another: as split(), without a list of them.
// Of an empty text there is none.
inline auto parts_of(std::string_view text, char separator) {
  return std::views::transform(std::views::split(text, separator), [](const auto& part) {
    return std::string_view(part.begin(), part.end());
  });
}

}  // namespace fnlint
