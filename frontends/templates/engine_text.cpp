// Finds the marks of Jinja, cookiecutter, Handlebars and ERB, and puts words of the same length in
// the place of expressions.

#include "frontends/templates/engine_text.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {
namespace {

constexpr std::string_view kEngineInput = "input of a template engine";

constexpr std::array<std::string_view, 16> kStatements{
    "if",  "elif",  "else",    "endif",   "for",    "endfor", "set",    "macro",
    "raw", "block", "include", "extends", "import", "from",   "filter", "call"};

std::string_view first_word(std::string_view text) {
  const auto end = std::ranges::find_if(
      text, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'); });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

bool statement(std::string_view inner) {
  if (inner.starts_with('-') || inner.starts_with('+')) inner.remove_prefix(1);
  return std::ranges::find(kStatements, first_word(trim(inner))) != kStatements.end();
}

bool placeholder(std::string_view inner) {
  if (inner.starts_with("resolve:")) return false;
  if (!inner.empty() && (inner[0] == '#' || inner[0] == '/')) inner.remove_prefix(1);
  return !first_word(trim(inner)).empty();
}

Range range_between(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// The text between the sign at `at` and `close`, on the same line and not far away.
std::optional<std::string_view> between(std::string_view text, std::size_t at,
                                        std::string_view close) {
  constexpr std::size_t kOpen = 2;
  constexpr std::size_t kLongest = 200;
  std::string_view line = text.substr(at, kLongest);
  line = line.substr(0, line.find('\n'));
  const std::size_t end = line.find(close, kOpen);
  if (end == std::string_view::npos) return std::nullopt;
  return line.substr(kOpen, end - kOpen);
}

// The next sign of an engine from `at` on; none: at the end. `inner` is what stands in it.
struct Sign {
  std::size_t at = std::string_view::npos;
  std::string_view inner = {};
  bool is_statement = false;
};
Sign next_sign(std::string_view text, std::size_t at) {
  for (at = text.find_first_of("{<", at); at < text.size(); at = text.find_first_of("{<", at + 1)) {
    const std::string_view open = text.substr(at, 2);
    if (open == "{{") {
      const auto inner = between(text, at, "}}");
      if (inner && placeholder(*inner)) return {at, *inner, false};
    } else if (open == "{%") {
      const auto inner = between(text, at, "%}");
      if (inner && statement(*inner)) return {at, *inner, true};
    } else if (open == "<%") {
      if (const auto inner = between(text, at, "%>")) return {at, *inner, !inner->starts_with('=')};
    }
  }
  return {};
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Whether nothing else stands in its line.
bool is_alone(std::string_view text, std::size_t begin, std::size_t end) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (begin > 0 && is_blank(text[begin - 1])) --begin;
  while (end < text.size() && is_blank(text[end])) ++end;
  return (begin == 0 || text[begin - 1] == '\n') && (end == text.size() || text[end] == '\n');
}

}  // namespace

std::optional<Range> find_engine_sign(std::string_view text) {
  const Sign sign = next_sign(text, 0);
  if (sign.at == text.npos) return std::nullopt;
  return range_between(sign.at, sign.at + sign.inner.size() + 4);
}

EngineText without_engine(std::string_view text) {
  EngineText read{.text = std::string(text)};
  for (Sign sign = next_sign(text, 0); sign.at != text.npos;) {
    const std::size_t end = sign.at + sign.inner.size() + 4;
    if (sign.is_statement) {
      if (!read.statements)
        read.statements = {
            range_between(sign.at, end),
            cat(kEngineInput, " (", text.substr(sign.at, std::min<std::size_t>(end - sign.at, 40)),
                "): all of its branches are read")};
      std::fill(read.text.begin() + static_cast<std::ptrdiff_t>(sign.at),
                read.text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
      if (is_alone(text, sign.at, end)) read.text[sign.at] = '#';
    } else {
      for (std::size_t i = sign.at; i < end; ++i)
        if (!is_name_character(read.text[i])) read.text[i] = '_';
      std::string_view name = sign.inner;
      if (name.starts_with('=') || name.starts_with('-')) name.remove_prefix(1);
      name = trim(name.substr(0, name.find('|')));
      read.blanks.push_back({.where = range_between(sign.at, end),
                             .name = std::string(name),
                             .word = read.text.substr(sign.at, end - sign.at)});
    }
    sign = next_sign(text, end);
  }
  return read;
}

std::optional<Range> find_cookiecutter(std::string_view text) {
  constexpr std::string_view kName = "cookiecutter.";
  for (std::size_t at = text.find(kName); at != std::string_view::npos;
       at = text.find(kName, at + 1)) {
    std::size_t open = at;
    while (open > 0 && text[open - 1] == ' ') --open;
    if (open < 2 || text.substr(open - 2, 2) != "{{") continue;
    if (const auto inner = between(text, open - 2, "}}")) {
      return range_between(open - 2, open + inner->size() + 2);
    }
  }
  return std::nullopt;
}

Problem engine_problem(std::string_view text, Range sign) {
  const std::string_view found = text.substr(sign.begin, sign.end - sign.begin);
  return {sign, cat(kEngineInput, " (", found.substr(0, 40), "), not a template yet: not read")};
}

bool is_engine_input(const Problems& problems) {
  return std::ranges::any_of(problems, [](const Problem& problem) {
    return problem.message.starts_with(kEngineInput);
  });
}

}  // namespace fnlint
