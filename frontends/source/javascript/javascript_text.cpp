// Reads escapes by code point, pairs of surrogates included, and numbers in any base.

#include "frontends/source/javascript/javascript_text.h"

#include "core/encoding.h"

#include <charconv>
#include <cstdint>

namespace fnlint {

namespace {

// Reads digits of one base at the start of `text`; 0 digits when there are none.
struct Digits {
  std::uint32_t value = 0;
  std::size_t count = 0;
};
Digits read_digits(std::string_view text, int base, std::size_t longest) {
  Digits digits;
  const std::string_view part = text.substr(0, longest);
  const auto end = std::from_chars(part.data(), part.data() + part.size(), digits.value, base);
  if (end.ec == std::errc()) digits.count = static_cast<std::size_t>(end.ptr - part.data());
  return digits;
}

class Unescape {
 public:
  explicit Unescape(std::string_view content) : content_(content) {}

  std::string run() {
    while (at_ < content_.size()) {
      const std::size_t slash = content_.find('\\', at_);
      out_ += content_.substr(at_, slash == content_.npos ? slash : slash - at_);
      if (slash == content_.npos || slash + 1 >= content_.size()) break;
      at_ = slash + 1;
      escape();
    }
    return std::move(out_);
  }

 private:
  void escape() {
    const char c = content_[at_++];
    switch (c) {
      case 'n': out_ += '\n'; break;
      case 't': out_ += '\t'; break;
      case 'r': out_ += '\r'; break;
      case 'b': out_ += '\b'; break;
      case 'f': out_ += '\f'; break;
      case 'v': out_ += '\v'; break;
      case 'x': hex(2); break;
      case 'u': unicode(); break;
      case '\n': break;  // the line goes on
      case '\r':
        if (at_ < content_.size() && content_[at_] == '\n') ++at_;
        break;
      default:
        if (c < '0' || c > '7') {
          out_ += c;
          break;
        }
        const Digits digits = read_digits(content_.substr(at_ - 1), 8, c < '4' ? 3 : 2);
        append_utf8(out_, digits.value);
        at_ += digits.count - 1;
    }
  }
  void hex(std::size_t length) {
    const Digits digits = read_digits(content_.substr(at_), 16, length);
    append_utf8(out_, digits.count == length ? digits.value : kNoCharacter);
    at_ += digits.count;
  }
  void unicode() {
    if (at_ < content_.size() && content_[at_] == '{') {
      const Digits digits = read_digits(content_.substr(at_ + 1), 16, 8);
      const std::size_t close = at_ + 1 + digits.count;
      const bool is_whole = digits.count > 0 && close < content_.size() && content_[close] == '}';
      append_utf8(out_, is_whole ? digits.value : kNoCharacter);
      at_ = is_whole ? close + 1 : at_ + 1;
      return;
    }
    Digits high = read_digits(content_.substr(at_), 16, 4);
    at_ += high.count;
    if (high.count != 4) high.value = kNoCharacter;
    if (high.value >= 0xD800 && high.value < 0xDC00 && content_.substr(at_).starts_with("\\u")) {
      const Digits low = read_digits(content_.substr(at_ + 2), 16, 4);
      if (low.count == 4 && low.value >= 0xDC00 && low.value < 0xE000) {
        at_ += 6;
        high.value = 0x10000 + ((high.value - 0xD800) << 10) + (low.value - 0xDC00);
      }
    }
    append_utf8(out_, high.value);
  }

  std::string_view content_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

std::string unescape_javascript(std::string_view content) {
  if (content.find('\\') == content.npos) return std::string(content);
  return Unescape(content).run();
}

std::string javascript_number(std::string_view literal) {
  std::string digits;
  for (const char c : literal)
    if (c != '_') digits += c;
  if (digits.size() > 1 && digits.back() == 'n') digits.pop_back();
  int base = 10;
  std::size_t from = 0;
  if (digits.size() > 2 && digits[0] == '0') {
    const char mark = static_cast<char>(digits[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
    from = base == 10 ? 0 : 2;
  }
  if (base == 10 && digits.size() > 1 && digits[0] == '0' &&
      digits.find_first_not_of("01234567") == std::string::npos) {
    base = 8;  // the old way: 0755
    from = 1;
  }
  if (base == 10) return digits;
  std::uint64_t value = 0;
  const char* last = digits.data() + digits.size();
  const auto end = std::from_chars(digits.data() + from, last, value, base);
  return end.ec == std::errc() && end.ptr == last ? std::to_string(value) : digits;
}

}  // namespace fnlint
