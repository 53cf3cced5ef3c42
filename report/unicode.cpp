// Decodes UTF-8, measures characters in columns, and defuses control characters and log commands.

#include "report/unicode.h"

#include "core/encoding.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

struct Lead {
  int more = 0;  // continuation bytes
  char32_t bits = 0;
  unsigned char low = 0x80, high = 0xBF;  // what the first of them may be
};

// Nothing for a byte that begins no character.
bool lead_of(unsigned char byte, Lead& lead) {
  if (byte >= 0xC2 && byte <= 0xDF) {
    lead = {1, byte & 0x1FU};
  } else if (byte >= 0xE0 && byte <= 0xEF) {
    lead = {2, byte & 0x0FU};
    if (byte == 0xE0) lead.low = 0xA0;
    if (byte == 0xED) lead.high = 0x9F;
  } else if (byte >= 0xF0 && byte <= 0xF4) {
    lead = {3, byte & 0x07U};
    if (byte == 0xF0) lead.low = 0x90;
    if (byte == 0xF4) lead.high = 0x8F;
  } else {
    return false;
  }
  return true;
}

struct Interval {
  char32_t first = 0, last = 0;
};

// Blocks that terminals draw two columns wide, and marks that take none.
constexpr std::array kWide{
    Interval{0x1100, 0x115F},   Interval{0x231A, 0x231B},   Interval{0x23E9, 0x23EC},
    Interval{0x2614, 0x2615},   Interval{0x2648, 0x2653},   Interval{0x26A1, 0x26A1},
    Interval{0x2705, 0x2705},   Interval{0x2728, 0x2728},   Interval{0x274C, 0x274C},
    Interval{0x2753, 0x2755},   Interval{0x2B50, 0x2B50},   Interval{0x2E80, 0x303E},
    Interval{0x3041, 0x33FF},   Interval{0x3400, 0x4DBF},   Interval{0x4E00, 0x9FFF},
    Interval{0xA000, 0xA4CF},   Interval{0xA960, 0xA97F},   Interval{0xAC00, 0xD7A3},
    Interval{0xF900, 0xFAFF},   Interval{0xFE30, 0xFE6F},   Interval{0xFF00, 0xFF60},
    Interval{0xFFE0, 0xFFE6},   Interval{0x1F004, 0x1F004}, Interval{0x1F300, 0x1F64F},
    Interval{0x1F680, 0x1F6FF}, Interval{0x1F7E0, 0x1F7EB}, Interval{0x1F900, 0x1F9FF},
    Interval{0x1FA70, 0x1FAFF}, Interval{0x20000, 0x3FFFD}};
constexpr std::array kMarks{Interval{0x0300, 0x036F}, Interval{0x0483, 0x0489},
                            Interval{0x0591, 0x05BD}, Interval{0x064B, 0x065F},
                            Interval{0x200B, 0x200D}, Interval{0x20D0, 0x20FF},
                            Interval{0xFE00, 0xFE0F}, Interval{0xFE20, 0xFE2F}};

constexpr std::string_view kZeroWidthSpace = "\u200B";

// "##[" or "##vso[".
bool begins_log_command(std::string_view text) {
  std::size_t at = 2;
  while (at < text.size() && text[at] >= 'a' && text[at] <= 'z') ++at;
  return at < text.size() && text[at] == '[';
}

template <std::size_t N>
bool within(const std::array<Interval, N>& intervals, char32_t point) {
  return std::ranges::any_of(intervals, [point](const Interval& interval) {
    return point >= interval.first && point <= interval.last;
  });
}

}  // namespace

char32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  if (first < 0x80) return first;
  Lead lead;
  if (!lead_of(first, lead)) return kReplacement;
  for (int i = 0; i < lead.more; ++i) {
    if (text.empty()) return kReplacement;
    const auto byte = static_cast<unsigned char>(text.front());
    if (byte < lead.low || byte > lead.high) return kReplacement;
    lead.bits = (lead.bits << 6U) | (byte & 0x3FU);
    lead.low = 0x80;
    lead.high = 0xBF;
    text.remove_prefix(1);
  }
  return lead.bits;
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    if (point == '\n' || point == '\r' || point == '\t') {
      if (!out.ends_with(' ')) out += ' ';
    } else if (!is_control(point)) {
      append_utf8(out, point);
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  break_log_commands(out);
  return out;
}

void break_log_commands(std::string& text, std::string_view second) {
  for (std::size_t at = text.find("##"); at != std::string::npos; at = text.find("##", at + 1))
    if (begins_log_command(std::string_view(text).substr(at))) text.replace(at + 1, 1, second);
}

std::string line_start(std::string_view text) {
  std::string shown = one_line(text);
  if (trim(shown).starts_with("::")) shown.insert(0, kZeroWidthSpace);
  return shown;
}

int width_of(char32_t point) {
  if (point < 0x300) return 1;
  if (within(kMarks, point)) return 0;
  return within(kWide, point) ? 2 : 1;
}

bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x200E || point == 0x200F ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
         point == 0x2028 || point == 0x2029;
}

}  // namespace fnlint
