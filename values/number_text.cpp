// Parses the number literals of all languages, and prints numbers so that equal ones have equal
// texts.

#include "values/number_text.h"

#include "core/text.h"

#include <fmt/core.h>

#include <charconv>
#include <cmath>

namespace fnlint {
namespace {

template <class T>
std::optional<T> whole_text_number(std::string_view text, int base) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc() || stop != end || text.empty()) return std::nullopt;
  return value;
}

int base_of(std::string_view digits) {
  if (digits.size() < 3 || digits[0] != '0') return 10;
  switch (digits[1]) {
    case 'x':
    case 'X': return 16;
    case 'b':
    case 'B': return 2;
    case 'o':
    case 'O': return 8;
    default: return 10;
  }
}

// "5L", "5n", "1.5f", "5u": the languages' type suffixes.
std::string_view without_suffix(std::string_view digits) {
  constexpr std::string_view kSuffixes = "nNlLuUfFdDmM";
  while (digits.size() > 1 && kSuffixes.find(digits.back()) != std::string_view::npos)
    digits.remove_suffix(1);
  return digits;
}

}  // namespace

std::string number_text(double value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53: integers below are exact
  if (std::nearbyint(value) == value && std::abs(value) <= kExact)
    return std::to_string(static_cast<std::int64_t>(value));
  return fmt::format("{}", value);
}

std::string normal_number(std::string_view literal) {
  std::string digits;
  for (const char c : literal)
    if (c != '_') digits += c;
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.erase(0, 1);
  const std::string sign = negative ? "-" : "";
  if (const int base = base_of(digits); base != 10) {
    std::string_view body = std::string_view(digits).substr(2);
    if (base != 16) body = without_suffix(body);
    const auto value = whole_text_number<std::uint64_t>(body, base);
    return value ? sign + std::to_string(*value) : std::string(literal);
  }
  const std::string_view body = without_suffix(digits);
  if (body.empty() || body.find_first_not_of("0123456789.eE+-") != std::string_view::npos)
    return std::string(literal);
  if (const auto value = whole_text_number<std::uint64_t>(body, 10))
    return *value == 0 ? "0" : sign + std::to_string(*value);
  const std::optional<double> value = double_of(body);
  if (!value || !std::isfinite(*value)) return std::string(literal);
  return number_text(negative ? -*value : *value);
}

std::optional<std::int64_t> integer_of(std::string_view normal) {
  return whole_text_number<std::int64_t>(normal, 10);
}

std::optional<double> double_of(std::string_view normal) {
  double value = 0;
  const char* end = normal.data() + normal.size();
  const auto [stop, error] = std::from_chars(normal.data(), end, value);
  if (error != std::errc() || stop != end || normal.empty()) return std::nullopt;
  return value;
}

}  // namespace fnlint
