// Recognises UTF-16 and UTF-32, and replaces invalid UTF-8 and control characters byte for byte.

#include "frontends/documents/readable_text.h"

#include "core/encoding.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool control(unsigned char c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

// A text in UTF-16 or UTF-32 has a mark or, beginning with an ASCII character, a zero byte.
bool wide(std::string_view text) {
  if (text.size() < 2) return false;
  const std::string_view start = text.substr(0, 2);
  if (start == "\xFF\xFE" || start == "\xFE\xFF") return true;
  return text.size() >= 4 && (text[0] == '\0') != (text[1] == '\0') &&
         (text[2] == '\0') != (text[3] == '\0');
}

// Bytes of the readable character at the text's start, 0 when there is none.
std::size_t readable_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return control(first) ? 0 : 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  std::uint32_t value = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[i])) return 0;
    value = (value << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  const bool no_character = value == 0xFEFF || value == 0xFFFE || value == 0xFFFF;
  const bool control_block = value < 0xA0 && value != 0x85;
  if (value < kSmallest[length] || value > 0x10FFFF) return 0;
  return surrogate || no_character || control_block ? 0 : length;
}

}  // namespace

ReadableText::ReadableText(std::string_view file, std::size_t limit, Problems& problems)
    : text_(file) {
  if (file.size() > limit) {
    refused_ = true;
    problems.push_back({{}, cat("larger than ", limit >> 20U, " MB: not read")});
  } else if (wide(file)) {
    refused_ = true;
    problems.push_back({{}, "encoded as UTF-16 or UTF-32: save it as UTF-8"});
  }
  if (refused_) {
    text_ = {};
    return;
  }
  if (file.starts_with(kByteOrderMark)) {
    skipped_ = static_cast<std::uint32_t>(kByteOrderMark.size());
    text_.remove_prefix(skipped_);
  }
  unsigned high = 0, unreadable = 0;
  for (const char c : text_) {
    high |= static_cast<unsigned char>(c);
    unreadable |= static_cast<unsigned>(control(static_cast<unsigned char>(c)));
  }
  ascii_ = (high & 0x80U) == 0;
  if (ascii_ && unreadable == 0) return;
  for (std::size_t i = 0; i < text_.size();) {
    const std::size_t length = readable_character(text_.substr(i));
    if (length == 0) {
      replace_unreadable(i, problems);
      return;
    }
    i += length;
  }
}

void ReadableText::replace_unreadable(std::size_t from, Problems& problems) {
  changed_ = text_;
  std::size_t bytes = 0;
  for (std::size_t i = from; i < changed_.size();) {
    const std::size_t length = readable_character(std::string_view(changed_).substr(i));
    if (length == 0) {
      changed_[i] = '?';
      ++bytes;
    }
    i += std::max<std::size_t>(length, 1);
  }
  text_ = changed_;
  const auto begin = static_cast<std::uint32_t>(from) + skipped_;
  problems.push_back({{begin, begin + 1},
                      cat(bytes == 1 ? "a byte is" : cat(bytes, " bytes from here on are"),
                          " not UTF-8 text, or a control character; read as '?'")});
}

Range character_at(std::string_view file, std::size_t offset) {
  if (file.empty()) return {};
  std::size_t begin = std::min(offset, file.size() - 1);
  while (begin > 0 && continues(file[begin])) --begin;
  std::size_t end = begin + 1;
  while (end < file.size() && continues(file[end])) ++end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace fnlint
