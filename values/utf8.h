// Cuts texts without splitting a character.
#pragma once

#include <string_view>

namespace fnlint {

constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

constexpr bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80U) return false;
  return true;
}

// The start (end) of a text, at most so many bytes, never within a character.
constexpr std::string_view utf8_prefix(std::string_view text, std::size_t bytes) {
  if (bytes >= text.size()) return text;
  while (bytes > 0 && is_continuation(text[bytes])) --bytes;
  return text.substr(0, bytes);
}
constexpr std::string_view utf8_suffix(std::string_view text, std::size_t bytes) {
  if (bytes >= text.size()) return text;
  while (bytes > 0 && is_continuation(text[text.size() - bytes])) --bytes;
  return text.substr(text.size() - bytes);
}

}  // namespace fnlint
