// Splits names into words, and tells names of things from random strings by how letters, digits and
// separators follow each other.

#include "values/name_text.h"

#include "core/characters.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kLongestNumber = 4;
constexpr std::size_t kLettersOfWord = 3;  // on the average; those of random letters are shorter
constexpr std::string_view kSeparators = "/\\.:=[](){}<>'\"`,;|?#";
constexpr std::string_view kSigils = "@$%&*";  // "@password"; within a word they stand for letters
constexpr std::string_view kJoints = "-_";

bool has_character(std::string_view characters, char c) {
  return characters.find(c) != characters.npos;
}
bool is_of_word(char c) { return is_lower(c) || is_upper(c) || is_digit(c); }

struct Shape {
  bool separated = false, path = false, numbered = false;
  bool broken = false;  // characters that names do not have, or in another order
};

// Runs of letters, each with a short number behind it, between separators and joints.
Shape shape_of(std::string_view text) {
  Shape shape;
  std::size_t digits = 0;
  char before = '\0';
  for (const char c : text) {
    digits = is_digit(c) ? digits + 1 : 0;
    if (digits > 0) {
      shape.numbered = true;
      if (digits > kLongestNumber || (digits == 1 && !is_of_word(before))) shape.broken = true;
    } else if (is_lower(c)) {
      if (is_digit(before)) shape.broken = true;
    } else if (has_character(kSeparators, c) ||
               (has_character(kSigils, c) && !is_of_word(before))) {
      shape.separated = true;
      if (c == '/' || c == '\\') shape.path = true;
    } else if (!is_upper(c) && !has_character(kJoints, c)) {
      shape.broken = true;
    }
    before = c;
  }
  return shape;
}

}  // namespace

std::string words_of_name(std::string_view name) {
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i], before = i > 0 ? name[i - 1] : '\0';
    const bool ends_capitals = i + 1 < name.size() && is_upper(before) && is_lower(name[i + 1]);
    const bool begins_word = is_upper(c) && (is_lower(before) || is_digit(before) || ends_capitals);
    const bool is_word = is_lower(c) || is_upper(c) || is_digit(c);
    if ((begins_word || !is_word) && !words.empty() && words.back() != '_') words += '_';
    if (is_word) words += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (words.ends_with('_')) words.pop_back();
  return words;
}

bool names_something(std::string_view text, std::string_view word) {
  const Shape shape = shape_of(text);
  if (!shape.separated || shape.broken) return false;
  const std::string words = words_of_name(text);
  const auto letters = static_cast<std::size_t>(std::ranges::count_if(words, is_lower));
  const auto count = static_cast<std::size_t>(std::ranges::count(words, '_')) + 1;
  if (letters < count * kLettersOfWord) return false;
  const std::size_t at = words.find(word);
  const bool repeats = at != words.npos && (at == 0 || words[at - 1] == '_');
  return shape.path || repeats || !shape.numbered;
}

}  // namespace fnlint
