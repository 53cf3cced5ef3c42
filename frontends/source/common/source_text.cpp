// Decides byte by byte what is a well-formed character.

#include "frontends/source/common/source_text.h"

namespace fnlint {

namespace {

// Bytes of the character at the front of `text`; 0 when it is none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  const unsigned second = byte(1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second >= 0xA0;
  const bool beyond = first == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

}  // namespace

std::optional<RepairedText> repaired_utf8(std::string_view text) {
  unsigned high = 0;
  for (const char c : text) high |= static_cast<unsigned char>(c);
  if (high < 0x80) return std::nullopt;
  std::optional<RepairedText> repaired;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text.substr(at));
    if (length == 0) {
      if (!repaired) repaired = {std::string(text), static_cast<std::uint32_t>(at)};
      repaired->text[at] = '?';
    }
    at += length == 0 ? 1 : length;
  }
  return repaired;
}

}  // namespace fnlint
