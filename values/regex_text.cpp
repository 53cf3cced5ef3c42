#include "values/regex_text.h"

namespace fnlint {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::optional<LiteralRegex> literal_regex(std::string_view regex) {
  constexpr std::string_view kSpecial = ".^$*+?()[]{}|";
  LiteralRegex literal;
  if (regex.starts_with('^') || regex.starts_with("\\A")) {
    literal.at_start = true;
    regex.remove_prefix(regex[0] == '^' ? 1 : 2);
  }
  for (std::size_t i = 0; i < regex.size(); ++i) {
    const char c = regex[i];
    const std::string_view rest = regex.substr(i);
    if (rest == "$" || rest == "\\Z" || rest == "\\z") {
      literal.at_end = true;
      break;
    }
    if (c == '\\') {
      // A backslash before a letter or digit is a class, an anchor or a reference.
      if (i + 1 == regex.size() || is_word(regex[i + 1])) return std::nullopt;
      literal.text += regex[++i];
    } else if (kSpecial.find(c) != std::string_view::npos) {
      return std::nullopt;
    } else {
      literal.text += c;
    }
  }
  return literal;
}

std::optional<Regex> regex_of(const ValuePool& pool, ValueId value) {
  constexpr std::string_view kMark = "regex /";
  const std::string_view text = pool.text(value);
  if (text.size() > kTextBytes) return std::nullopt;
  if (pool.is(value, ValueKind::Text)) return Regex{std::string(text)};
  if (!pool.is(value, ValueKind::Unknown) || !text.starts_with(kMark)) return std::nullopt;
  const std::size_t end = text.rfind('/');
  if (end < kMark.size()) return std::nullopt;
  const bool folds = text.substr(end).find('i') != std::string_view::npos;
  return Regex{std::string(text.substr(kMark.size(), end - kMark.size())), !folds};
}

}  // namespace fnlint
