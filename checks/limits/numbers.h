// Limits and timeouts as numbers, whether the template sets them or leaves them to the platform.
#pragma once

#include "model/project.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace fnlint {

inline constexpr std::int64_t kMsPerSecond = 1000;

// A number that a resource's property says, or by default the platform.
struct Number {
  std::optional<std::int64_t> value = {};  // none: not known
  std::uint8_t uncertainty = 0;
  const Property* property = nullptr;  // null: it is the platform's
};
Number number_at(const Project& project, ResourceId resource, std::string_view path);

}  // namespace fnlint
