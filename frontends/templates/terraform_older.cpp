// A scan that recognises maps in block form and commas between arguments, past texts and comments.

#include "frontends/templates/terraform_older.h"

#include <cstddef>
#include <vector>

namespace fnlint {

namespace {

bool is_blank_in_line(char c) { return c == ' ' || c == '\t'; }
bool is_hcl_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// Where a text in quotes ends; what stands in ${...} may hold quotes of its own.
std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  std::size_t braces = 0;
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '\n') {
      return i;
    } else if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') {
      ++braces;
      ++i;
    } else if (text[i] == '}' && braces > 0) {
      --braces;
    } else if (text[i] == '"' && braces == 0) {
      return i + 1;
    }
  }
  return text.size();
}

// Where a comment ends that begins here; nothing begins: the same place.
std::size_t end_of_comment(std::string_view text, std::size_t at) {
  if (text[at] == '#' || text.substr(at, 2) == "//") {
    const std::size_t line = text.find('\n', at);
    return line == text.npos ? text.size() : line;
  }
  if (text.substr(at, 2) != "/*") return at;
  const std::size_t end = text.find("*/", at + 2);
  return end == text.npos ? text.size() : end + 2;
}

// A heredoc, from its "<<" to behind the word that closes it.
std::size_t end_of_heredoc(std::string_view text, std::size_t at) {
  std::size_t begin = at + 2;
  if (begin < text.size() && text[begin] == '-') ++begin;
  std::size_t end = begin;
  while (end < text.size() && is_hcl_word(text[end])) ++end;
  if (end == begin) return at + 2;
  const std::string_view word = text.substr(begin, end - begin);
  for (std::size_t line = text.find('\n', end); line != text.npos; line = text.find('\n', line + 1)) {
    std::size_t first = line + 1;
    while (first < text.size() && is_blank_in_line(text[first])) ++first;
    const std::size_t behind = first + word.size();
    if (text.substr(first, word.size()) == word &&
        (behind >= text.size() || !is_hcl_word(text[behind])))
      return behind;
  }
  return text.size();
}

struct Open {
  char closed_by = '}';
  std::size_t blank = 0;  // before the brace of a block without labels; 0: none
  bool is_block = false;
  bool is_map = false;    // it has what only maps have
};

// The blank between a block's name and its brace.
std::size_t blank_before(std::string_view text, std::size_t brace) {
  std::size_t name = brace;
  while (name > 0 && is_blank_in_line(text[name - 1])) --name;
  return name < brace && name > 0 && is_hcl_word(text[name - 1]) ? brace - 1 : 0;
}

bool begins_block(std::string_view text, std::size_t brace) {
  while (brace > 0 && is_blank_in_line(text[brace - 1])) --brace;
  return brace > 0 && (is_hcl_word(text[brace - 1]) || text[brace - 1] == '"');
}

bool begins_entry(std::string_view text, std::size_t behind_key) {
  while (behind_key < text.size() && is_blank_in_line(text[behind_key])) ++behind_key;
  return behind_key < text.size() && text[behind_key] == '=';
}

bool ends_line(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_blank_in_line(text[at]) || text[at] == '\r')) ++at;
  return at >= text.size() || text[at] == '\n' || end_of_comment(text, at) > at;
}

}  // namespace

std::string with_older_syntax(std::string_view text) {
  std::string out(text);
  std::vector<Open> open;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (const std::size_t end = end_of_comment(text, i); end > i) {
      i = end;
    } else if (text.substr(i, 2) == "<<") {
      i = end_of_heredoc(text, i);
    } else if (c == '"') {
      i = end_of_quoted(text, i);
      if (!open.empty() && begins_entry(text, i)) open.back().is_map = true;
    } else {
      if (c == '{') {
        open.push_back({'}', blank_before(text, i), begins_block(text, i)});
      } else if (c == '[' || c == '(') {
        open.push_back({c == '[' ? ']' : ')'});
      } else if (c == ',' && !open.empty()) {
        if (open.back().is_block && ends_line(text, i + 1))
          out[i] = ' ';
        else
          open.back().is_map = true;
      } else if (!open.empty() && c == open.back().closed_by) {
        if (open.back().is_map && open.back().blank > 0) out[open.back().blank] = '=';
        open.pop_back();
      }
      ++i;
    }
  }
  return out;
}

}  // namespace fnlint
