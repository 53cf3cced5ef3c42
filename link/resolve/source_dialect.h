// Which parser reads a file, by its extension.
#pragma once

#include "model/code.h"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

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

struct DialectRow {
  SourceDialect dialect{};
  Language language{};
  std::span<const std::string_view> extensions = {};
};
std::span<const DialectRow> dialect_rows();
// The dialect by a file's extension; nothing for files that are no source.
std::optional<SourceDialect> dialect_of(std::string_view path);

}  // namespace fnlint
