// Converts between UTF-8 and the encodings that a byte order mark announces, in both directions.

#include "core/encoding.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fnlint {

namespace {

struct Encoding {
  std::string_view mark = {};
  std::size_t width = 0;  // bytes of a unit
  bool big = false;       // the first byte of a unit is the highest
};
// UTF-32's mark in little-endian order begins with that of UTF-16.
constexpr Encoding kEncodings[] = {{{"\xFF\xFE\0\0", 4}, 4, false},
                                   {{"\0\0\xFE\xFF", 4}, 4, true},
                                   {{"\xFF\xFE", 2}, 2, false},
                                   {{"\xFE\xFF", 2}, 2, true}};

class Units {
 public:
  Units(std::string_view bytes, const Encoding& encoding)
      : bytes_(bytes.substr(encoding.mark.size())), width_(encoding.width), big_(encoding.big) {}

  std::optional<std::uint32_t> next() {
    const std::optional<std::uint32_t> unit = peek();
    if (unit) at_ += width_;
    return unit;
  }
  [[nodiscard]] std::optional<std::uint32_t> peek() const {
    if (at_ + width_ > bytes_.size()) return std::nullopt;
    std::uint32_t unit = 0;
    for (std::size_t i = 0; i < width_; ++i) {
      const auto byte = static_cast<unsigned char>(bytes_[at_ + (big_ ? i : width_ - 1 - i)]);
      unit = (unit << 8U) | byte;
    }
    return unit;
  }

 private:
  std::string_view bytes_;
  std::size_t width_;
  bool big_;
  std::size_t at_ = 0;
};

bool is_high(std::uint32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(std::uint32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// The character that a unit begins; a pair of surrogates is one.
std::uint32_t character(std::uint32_t unit, Units& units) {
  if (const auto low = units.peek(); is_high(unit) && low && is_low(*low)) {
    units.next();
    return 0x10000 + ((unit - 0xD800) << 10U) + (*low - 0xDC00);
  }
  return is_high(unit) || is_low(unit) || unit > 0x10FFFF ? kNoCharacter : unit;
}

void append_unit(std::string& bytes, std::uint32_t unit, const Encoding& encoding) {
  for (std::size_t i = 0; i < encoding.width; ++i) {
    const std::size_t place = encoding.big ? encoding.width - 1 - i : i;
    bytes += static_cast<char>((unit >> (8U * place)) & 0xFFU);
  }
}

// A character of a text that is UTF-8.
std::uint32_t take_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const std::uint32_t first = byte(0);
  const std::size_t tail = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  std::uint32_t point = tail == 0 ? first : first & (0x3FU >> tail);
  for (std::size_t i = 1; i <= tail; ++i) point = (point << 6U) | (byte(i) & 0x3FU);
  at += tail + 1;
  return point;
}

}  // namespace

std::string encoded_like(std::string_view bytes, std::string text) {
  for (const Encoding& encoding : kEncodings) {
    if (!bytes.starts_with(encoding.mark)) continue;
    std::string out(encoding.mark);
    for (std::size_t at = 0; at < text.size();) {
      const std::uint32_t point = take_character(text, at);
      const bool is_pair = encoding.width == 2 && point > 0xFFFF;
      if (is_pair) append_unit(out, 0xD800 + ((point - 0x10000) >> 10U), encoding);
      append_unit(out, is_pair ? 0xDC00 + ((point - 0x10000) & 0x3FFU) : point, encoding);
    }
    return out;
  }
  return text;
}

std::string as_utf8(std::string bytes) {
  for (const Encoding& encoding : kEncodings) {
    if (!bytes.starts_with(encoding.mark)) continue;
    std::string text;
    text.reserve(bytes.size());
    Units units(bytes, encoding);
    while (const auto unit = units.next()) append_utf8(text, character(*unit, units));
    return text;
  }
  return bytes;
}

void append_utf8(std::string& text, std::uint32_t point, std::uint32_t instead) {
  if (is_high(point) || is_low(point) || point > 0x10FFFF) point = instead;
  const auto tail = [&](unsigned shift) {
    text += static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
  };
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0U | (point >> 6U));
    tail(0);
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0U | (point >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace fnlint
