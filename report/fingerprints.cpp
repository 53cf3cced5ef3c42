// Hashes of lines as GitHub computes them, and of findings by what does not move with their lines.

#include "report/fingerprints.h"

#include "core/text.h"
#include "report/unicode.h"

#include <fmt/core.h>

#include <map>

namespace fnlint {

namespace {

constexpr std::size_t kFingerprintWindow = 100;
constexpr std::uint64_t kBase = 37;

struct Units {
  std::vector<char16_t> units = {};      // of the text, blanks left out, every line end a LF
  std::vector<std::size_t> starts = {};  // of each line
};

Units units_of(std::string_view text) {
  Units result;
  bool line_begins = true, after_return = false;
  const auto put = [&](char16_t unit) {
    if (line_begins) result.starts.push_back(result.units.size());
    line_begins = unit == '\n';
    result.units.push_back(unit);
  };
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    const bool second_of_end = after_return && point == '\n';
    if (point == ' ' || point == '\t' || second_of_end) {
      after_return = false;
      continue;
    }
    after_return = point == '\r';
    if (point >= 0x10000) {
      put(static_cast<char16_t>(0xD800U + ((point - 0x10000U) >> 10U)));
      put(static_cast<char16_t>(0xDC00U + ((point - 0x10000U) & 0x3FFU)));
    } else {
      put(after_return ? u'\n' : static_cast<char16_t>(point));
    }
  }
  put(0xFFFF);
  return result;
}

}  // namespace

std::vector<std::string> line_hashes(std::string_view text) {
  const Units content = units_of(text);
  std::vector<std::string> hashes;
  std::map<std::uint64_t, std::size_t> seen;
  for (const std::size_t start : content.starts) {
    std::uint64_t hash = 0;
    for (std::size_t i = start; i < start + kFingerprintWindow; ++i)
      hash = hash * kBase + (i < content.units.size() ? content.units[i] : 0U);
    hashes.push_back(fmt::format("{:x}:{}", hash, ++seen[hash]));
  }
  return hashes;
}

std::string fingerprint_of(std::string_view rule, std::string_view function,
                           std::string_view identity, std::size_t occurrence) {
  constexpr std::string_view kBetween("\0", 1);
  std::uint64_t hash = hash_of(rule);
  for (const std::string_view part : {function, identity})
    hash = hash_of(part, hash_of(kBetween, hash));
  if (occurrence > 1) hash = hash_of(cat(occurrence), hash_of(kBetween, hash));
  return fmt::format("{:016x}", hash);
}

}  // namespace fnlint
