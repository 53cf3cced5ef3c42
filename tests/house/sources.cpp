// Readers of sources that go by brackets and words.
#include "tests/house/sources.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

namespace fnlint::house {

namespace fs = std::filesystem;

const fs::path kSourceRoot = FNLINT_SOURCE_DIR;

namespace {

// The end of a comment, a text or a line of the preprocessor that begins at `i`; `i`: there is
// none.
std::size_t end_of_blank(std::string_view text, std::size_t i) {
  const std::size_t before = i == 0 ? text.npos : text.find_last_not_of(' ', i - 1);
  const auto behind = [&](std::size_t at, std::size_t size) {
    return at == text.npos ? text.size() : at + size;
  };
  if (text.substr(i, 2) == "//") return behind(text.find('\n', i), 0);
  if (text[i] == '#' && (before == text.npos || text[before] == '\n')) {
    std::size_t end = text.find('\n', i);
    while (end != text.npos && text[end - 1] == '\\') end = text.find('\n', end + 1);
    return behind(end, 0);
  }
  if (text.substr(i, 2) == "/*") return behind(text.find("*/", i + 2), 2);
  if (text.substr(i, 2) == "R\"") {
    const std::size_t open = text.find('(', i);
    const std::string close = ")" + std::string(text.substr(i + 2, open - i - 2)) + "\"";
    return behind(text.find(close, open), close.size());
  }
  if (text[i] != '"' && (text[i] != '\'' || (i > 0 && is_name(text[i - 1])))) return i;
  std::size_t end = i + 1;
  while (end < text.size() && text[end] != text[i]) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

std::size_t count_parameters(std::string_view text) {
  if (text.find_first_not_of(" \n") == text.npos) return 0;
  std::size_t count = 1;
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '<' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '>' || c == '}' || c == ']') --depth;
    if (c == ',' && depth == 0) ++count;
  }
  return count;
}

std::string name_before(std::string_view head, std::size_t at) {
  std::size_t end = head.find_last_not_of(" \n", at == 0 ? 0 : at - 1) + 1, begin = end;
  while (begin > 0 &&
         (is_name(head[begin - 1]) || head[begin - 1] == ':' || head[begin - 1] == '~'))
    --begin;
  return std::string(head.substr(begin, end - begin));
}

}  // namespace

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string bare(std::string_view text, char text_mark) {
  std::string out(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = end_of_blank(text, i);
    if (end == i) continue;
    const bool is_text = text[i] == '"' || text[i] == 'R';
    for (std::size_t at = i; at < end; ++at)
      if (out[at] != '\n') out[at] = ' ';
    if (is_text) out[i] = text_mark;
    i = end - 1;
  }
  return out;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if ((at == 0 || !is_name(text[at - 1])) &&
        (at + word.size() == text.size() || !is_name(text[at + word.size()])))
      return true;
  return false;
}

std::size_t closed(std::string_view text, std::size_t at) {
  const char open = text[at], close = open == '(' ? ')' : '}';
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == open) ++depth;
    if (text[at] == close && --depth == 0) return at + 1;
  }
  return text.size();
}

std::size_t parameters_of(std::string_view head) {
  int angles = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '<') ++angles;
    if (head[i] == '>' && angles > 0 && head[i - 1] != '-') --angles;
    if (head[i] == '=' && angles == 0) return head.npos;
    if (head[i] != '(' || angles != 0) continue;
    const std::string_view before = head.substr(0, head.find_last_not_of(' ', i - 1) + 1);
    if (before.ends_with("operator")) continue;  // operator()
    if (before.ends_with("requires") || before.ends_with("decltype") || before.ends_with("alignas"))
      i = closed(head, i) - 1;
    else
      return i;
  }
  return head.npos;
}

std::string_view without_access(std::string_view head) {
  for (const char* const word : {"public:", "private:", "protected:"})
    if (const std::size_t at = head.rfind(word); at != head.npos)
      head = head.substr(at + std::string_view(word).size());
  return head;
}

bool is_type_head(std::string_view head) {
  return parameters_of(head) == head.npos &&
         (has_word(head, "class") || has_word(head, "struct") || has_word(head, "union"));
}

bool initialises_member(std::string_view head, std::size_t parameters) {
  const std::string_view rest = head.substr(closed(head, parameters));
  const std::size_t colon = rest.find(':');
  return colon != rest.npos && rest.substr(colon, 2) != "::" &&
         is_name(head[head.find_last_not_of(" \n")]);
}

std::vector<Function> functions_of(std::string_view text) {
  std::vector<Function> found;
  std::size_t from = 0;  // of what comes before the next brace
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ';' || text[i] == '}') from = i + 1;
    if (text[i] == '(') i = closed(text, i) - 1;
    if (text[i] != '{') continue;
    const std::string_view head = without_access(text.substr(from, i - from));
    const std::size_t open = parameters_of(head);
    if (has_word(head, "namespace") || is_type_head(head)) {
      from = i + 1;
      continue;
    }
    const std::size_t end = closed(text, i);
    // The value of something, an enumeration; or a member's.
    if (open == head.npos || initialises_member(head, open)) {
      i = end - 1;
      continue;
    }
    Function row;
    row.name = name_before(head, open);
    row.parameters = count_parameters(head.substr(open + 1, closed(head, open) - open - 2));
    row.begin = static_cast<std::size_t>(head.data() - text.data()) + head.find_first_not_of(" \n");
    row.end = end;
    row.lines = 1 + static_cast<std::size_t>(
                        std::ranges::count(text.substr(row.begin, end - row.begin), '\n'));
    found.push_back(row);
    i = end - 1;
    from = end;
  }
  return found;
}

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<Source> sources_of_program() {
  std::vector<Source> sources;
  for (const char* folder : {"app", "checks", "core", "deploy", "flow", "frontends", "link",
                             "model", "policies", "report", "tables", "values"})
    for (const auto& entry : fs::recursive_directory_iterator(kSourceRoot / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".cpp" && extension != ".h") continue;
      Source source{.file = fs::relative(entry.path(), kSourceRoot).generic_string(),
                    .text = text_of(entry.path())};
      source.bare_text = bare(source.text);
      sources.push_back(std::move(source));
    }
  std::ranges::sort(sources, {}, &Source::file);
  return sources;
}

}  // namespace fnlint::house
