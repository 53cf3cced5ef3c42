// Everything after reading a file is UTF-8; this makes it so, and can write a file back as it was.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fnlint {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // in UTF-8
inline constexpr std::uint32_t kNoCharacter = 0xFFFD;

// A file's bytes as UTF-8: those that begin with the byte order mark of UTF-16 or UTF-32 are
// converted, without the mark; all others stay as they are. What is no character becomes U+FFFD.
[[nodiscard]] std::string as_utf8(std::string bytes);
// The reverse: UTF-8 in the encoding, with the mark, of a file that began with these bytes.
[[nodiscard]] std::string encoded_like(std::string_view bytes, std::string text);
// What is no character, half of a surrogate pair for one, is `instead`.
void append_utf8(std::string& text, std::uint32_t point, std::uint32_t instead = kNoCharacter);

}  // namespace fnlint
