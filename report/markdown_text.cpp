// Escapes for Markdown, mentions of users and issues included.

#include "report/markdown_text.h"

#include "core/text.h"
#include "report/unicode.h"

#include <algorithm>

namespace fnlint {

std::string markdown_text(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*_[]<>#!|~&";
  constexpr std::string_view kNoWidth = "\u200B";
  std::string out;
  for (const char c : one_line(text)) {
    if (kMarkup.find(c) != std::string_view::npos) out += '\\';
    out += c;
    // An escape does not keep a host from finding users, issues and merge requests.
    if (c == '@' || c == '#' || c == '!') out += kNoWidth;
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  const std::string line = one_line(text);
  std::size_t longest = 0;
  for (std::size_t at = 0, run = 0; at < line.size(); ++at) {
    run = line[at] == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const std::string_view pad = longest > 0 ? " " : "";
  return cat(fence, pad, replace_all(line, "|", "\\|"), pad, fence);
}

}  // namespace fnlint
