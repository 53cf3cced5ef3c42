// Reserved sites and entries of objects, by which two objects of one class are told apart or not.
#pragma once

#include <cstdint>
#include <string_view>

namespace fnlint {

// The site of an object that is known by its declared type alone: made by something outside.
inline constexpr std::uint64_t kOutsideSite = std::uint64_t{1} << 62U;
// The entry of an object that its own class makes while it loads: a number that no other one of the
// class has there. Such are the constants of an enumeration.
inline constexpr std::string_view kOwnConstant = "<constant>";

}  // namespace fnlint
