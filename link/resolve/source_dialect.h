#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>

namespace fnlint {

// What sources are written in, as far as it decides how they are parsed.
enum class SourceDialect : std::uint8_t {
  Python,
  JavaScript,
  TypeScript,
  Tsx,
  Java,
  Kotlin,
  Go,
  CSharp,
  Ruby,
  Rust,
  Cpp
};
inline constexpr std::size_t kDialectCount = static_cast<std::size_t>(SourceDialect::Cpp) + 1;
// Those that the caller can parse.
using DialectSet = std::bitset<kDialectCount>;

}  // namespace fnlint
