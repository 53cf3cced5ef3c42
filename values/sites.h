#pragma once

#include <cstdint>

namespace fnlint {

// The site of an object that is known by its declared type alone: made by something outside.
inline constexpr std::uint64_t kOutsideSite = std::uint64_t{1} << 62U;

}  // namespace fnlint
