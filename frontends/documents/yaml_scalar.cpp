// The words of YAML 1.1 and of 1.2's core schema, and what counts as a number in either.

#include "frontends/documents/yaml_scalar.h"

#include "core/characters.h"

#include <algorithm>
#include <array>
#include <span>

namespace fnlint {
namespace {

constexpr std::size_t kLongestWord = 5;  // "false"
// The first kCoreWords of each are those of YAML 1.2's core schema.
constexpr std::size_t kCoreWords = 3;
constexpr std::array<std::string_view, 9> kTrue{"true", "True", "TRUE", "yes", "Yes",
                                                "YES",  "on",   "On",   "ON"};
constexpr std::array<std::string_view, 9> kFalse{"false", "False", "FALSE", "no", "No",
                                                 "NO",    "off",   "Off",   "OFF"};
constexpr std::array<std::string_view, 5> kNull{"", "~", "null", "Null", "NULL"};

bool contains(std::span<const std::string_view> words, std::string_view text) {
  return text.size() <= kLongestWord && std::ranges::find(words, text) != words.end();
}

bool is_bool(std::span<const std::string_view> all, std::string_view text, YamlWords words) {
  return contains(words == YamlWords::Core ? all.first(kCoreWords) : all, text);
}

std::string_view without_digits(std::string_view text) {
  while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
  return text;
}

// A decimal integer without leading zeros, or a decimal fraction, perhaps with an exponent.
bool number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || !(is_digit(text.front()) || text.front() == '.')) return false;
  const std::string_view fraction = without_digits(text);
  const std::size_t whole = text.size() - fraction.size();
  if (whole > 1 && text.front() == '0') return false;
  if (fraction.empty()) return true;
  if (fraction.front() != '.') return false;
  std::string_view exponent = without_digits(fraction.substr(1));
  if (whole == 0 && exponent.size() + 1 == fraction.size()) return false;
  if (exponent.empty()) return true;
  if (exponent.front() != 'e' && exponent.front() != 'E') return false;
  exponent.remove_prefix(1);
  if (!exponent.empty() && (exponent.front() == '-' || exponent.front() == '+')) {
    exponent.remove_prefix(1);
  }
  return !exponent.empty() && without_digits(exponent).empty();
}

}  // namespace

NodeKind resolve_plain(std::string& text, YamlWords words) {
  if (contains(kNull, text)) return NodeKind::Null;
  if (is_bool(kTrue, text, words)) {
    text = "true";
    return NodeKind::Bool;
  }
  if (is_bool(kFalse, text, words)) {
    text = "false";
    return NodeKind::Bool;
  }
  return number(text) ? NodeKind::Number : NodeKind::Text;
}

NodeKind resolve_tagged(std::string_view tag, std::string& text, YamlWords words) {
  if (tag == "!!null") return NodeKind::Null;
  if (tag != "!!bool" && tag != "!!int" && tag != "!!float") return NodeKind::Text;
  const NodeKind kind = resolve_plain(text, words);
  const bool fits = tag == "!!bool" ? kind == NodeKind::Bool : kind == NodeKind::Number;
  return fits ? kind : NodeKind::Text;
}

}  // namespace fnlint
