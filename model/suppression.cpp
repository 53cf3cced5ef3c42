#include "model/suppression.h"

#include "core/text.h"

namespace fnlint {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// Takes `word` off the front, where it is a whole word.
bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word) || (text.size() > word.size() && is_word(text[word.size()])))
    return false;
  text.remove_prefix(word.size());
  return true;
}

}  // namespace

std::optional<SuppressionText> read_suppression(std::string_view comment) {
  constexpr std::string_view kMark = "fnlint:";
  const std::size_t at = comment.find(kMark);
  if (at == std::string_view::npos || (at > 0 && is_word(comment[at - 1]))) return {};
  std::string_view rest = trim(comment.substr(at + kMark.size()));
  SuppressionText text;
  if (take_word(rest, "ignore-file")) {
    text.whole_file = true;
  } else if (!take_word(rest, "ignore")) {
    return {};
  }
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos) return {};
    for (const std::string_view rule : split(rest.substr(1, close - 1), ','))
      if (const std::string_view id = trim(rule); !id.empty())
        text.rules.emplace_back(lower(id) == "all" ? "ALL" : id);
    rest.remove_prefix(close + 1);
  } else {
    text.rules.emplace_back("ALL");
  }
  rest = trim(rest);
  if (rest.ends_with("*/")) rest = trim(rest.substr(0, rest.size() - 2));
  text.reason = rest;
  return text;
}

}  // namespace fnlint
