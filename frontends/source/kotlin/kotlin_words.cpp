// The grammar takes most modifiers for names, but not these, which functions are called.
#include "frontends/source/kotlin/kotlin_words.h"

#include "core/characters.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::size_t kTypeLength = 400;  // of the parameters of a function type
constexpr std::array<std::string_view, 4> kModifiers{"dynamic", "open", "override", "suspend"};

// Behind the parenthesis that closes the one at `open`.
std::size_t behind_parentheses(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < std::min(text.size(), open + kTypeLength); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at + 1;
  }
  return text.size();
}

std::size_t behind_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

bool is_name(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view before = trim(text.substr(0, begin));
  if (before.ends_with('.') || before.ends_with("::")) return true;
  for (const std::string_view word : {"fun", "val", "var"})
    if (before.ends_with(word)) return true;
  const std::size_t next = behind_blanks(text, end);
  if (next == text.size()) return true;
  if (text[next] != '(')  // a modifier stands before a word, an annotation or a quoted name
    return std::string_view("=.,)?;:+}]").find(text[next]) != std::string_view::npos;
  const std::size_t after = behind_blanks(text, behind_parentheses(text, next));
  return next == end && !text.substr(after).starts_with("->");
}

}  // namespace

std::string without_modifier_names(std::string_view text) {
  std::string other(text);
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    if (is_one_of(kModifiers, text.substr(at, end - at)) && is_name(text, at, end))
      other[end - 1] = '_';
    at = end;
  }
  return other;
}

}  // namespace fnlint
