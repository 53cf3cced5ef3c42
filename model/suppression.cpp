// Parses `fnlint:` comments, and tells a directive with a mistake in it from plain prose.

#include "model/suppression.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kMark = "fnlint:";
constexpr std::string_view kUsage = "write `fnlint: ignore[rule-id] reason`";

// By which other linters' comments begin (pylint, ESLint, Ruff, golangci-lint, Bandit, Checkov,
// Clippy, Biome): who writes one means a suppression.
constexpr std::array<std::string_view, 12> kOtherDirectives{
    "allow", "disable", "disable-file", "disable-line", "disable-next-line", "enable",
    "noqa",  "nolint",  "nosec",        "off",          "skip",              "suppress"};

bool is_comment_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// The mark begins a word: "see-fnlint:" and addresses that contain it say nothing.
std::size_t find_mark(std::string_view comment) {
  for (std::size_t at = comment.find(kMark); at != std::string_view::npos;
       at = comment.find(kMark, at + 1))
    if (at == 0 || std::string_view(" \t\n\r#/*;,").find(comment[at - 1]) != std::string_view::npos)
      return at;
  return std::string_view::npos;
}

std::string_view take_word(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_comment_word);
  const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(word.size());
  return word;
}

// Prose may follow the mark: "fnlint: see the manual".
bool is_meant_as_directive(std::string_view word, std::string_view rest) {
  if (!rest.empty() && std::string_view("=[(:").find(rest.front()) != std::string_view::npos)
    return true;
  return word.starts_with("ignore") ||
         std::ranges::find(kOtherDirectives, word) != kOtherDirectives.end() ||
         nearest(word, {"ignore", "ignore-file"}) != std::string_view{};
}

bool is_selector(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_comment_word(c) || c == '.' || c == ':';
  });
}

}  // namespace

std::optional<SuppressionText> read_suppression(std::string_view comment) {
  const std::size_t at = find_mark(comment);
  if (at == std::string_view::npos) return {};
  std::string_view rest = trim(comment.substr(at + kMark.size()));
  const std::string_view directive = take_word(rest);
  SuppressionText text{.whole_file = directive == "ignore-file"};
  if (directive != "ignore" && directive != "ignore-file") {
    if (!is_meant_as_directive(directive, rest)) return {};
    text.mistake = cat("unknown directive '", directive, "'; did you mean ignore[...]? ", kUsage);
    return text;
  }
  if (rest.starts_with('=') || rest.starts_with('(')) {
    text.mistake = cat("a suppression has its rules in brackets: ", kUsage);
    return text;
  }
  if (rest.starts_with(':')) rest.remove_prefix(1);
  rest = trim(rest);
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    const std::string_view list = rest.substr(1, std::min(close, rest.size()) - 1);
    for (const std::string_view part : split(list, ',')) {
      const std::string_view rule = trim(part);
      if (close == std::string_view::npos || !is_selector(rule)) {
        text.rules.clear();
        text.mistake = close == std::string_view::npos
                           ? cat("the brackets of a suppression are not closed: ", kUsage)
                           : cat("not a rule id in a suppression: ", kUsage);
        return text;
      }
      text.rules.emplace_back(lower(rule) == "all" ? "ALL" : rule);
    }
    rest.remove_prefix(close + 1);
  }
  rest = trim(rest);
  if (rest.ends_with("*/")) rest = trim(rest.substr(0, rest.size() - 2));
  text.reason = rest;
  return text;
}

}  // namespace fnlint
