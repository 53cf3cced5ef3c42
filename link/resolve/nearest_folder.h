// The search upwards that tools do for their configuration.
#pragma once

#include "core/text.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// The nearest folder at or above one for which the question holds; nothing: none up to the root.
template <class Question>
std::optional<std::string> nearest_above(std::string_view folder, const Question& holds) {
  for (std::string at(folder);; at = std::string(folder_of(at))) {
    if (holds(at)) return at;
    if (at.empty()) return std::nullopt;
  }
}

}  // namespace fnlint
