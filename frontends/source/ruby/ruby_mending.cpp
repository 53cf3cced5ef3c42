// Compares openers and `end`s with the indentation, and rewrites nested heredocs in place.

#include "frontends/source/ruby/ruby_mending.h"

#include "core/characters.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

struct Line {
  std::size_t begin = 0, size = 0, indent = 0;
  std::string_view text = {};  // without the indentation and what follows the last word
};
struct Opener {
  std::size_t line = 0, indent = 0;
  bool defines = false;
};

std::string_view first_word(std::string_view text) {
  return text.substr(0, static_cast<std::size_t>(
                            std::find_if_not(text.begin(), text.end(), is_word) - text.begin()));
}

bool ends_with_word(std::string_view text, std::string_view word) {
  return text.ends_with(word) &&
         (text.size() == word.size() || !is_word(text[text.size() - word.size() - 1]));
}

// Whether the line opens a region that an `end` at the same column closes.
bool opens(std::string_view text) {
  constexpr std::array kOpeners{"if",    "unless", "while",  "until", "case",
                                "begin", "for",    "module", "class"};
  if (ends_with_word(text, "end")) return false;
  const std::string_view word = first_word(text);
  if (word == "def") {
    const std::size_t equals = text.find(" = ");
    return equals == std::string_view::npos || text.rfind(')', equals) == std::string_view::npos;
  }
  if (std::ranges::find(kOpeners, word) != kOpeners.end()) return true;
  for (const std::string_view value : {"= if ", "= case ", "= unless ", "= begin"})
    if (text.find(value) != std::string_view::npos) return true;
  if (ends_with_word(text, "do")) return true;
  const std::size_t block = text.rfind(" do |");
  return block != std::string_view::npos && text.ends_with('|');
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  std::size_t begin = 0;
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    lines.push_back({begin, line.size(), indent, trim(line.substr(indent))});
    begin += line.size() + 1;
  }
  return lines;
}

class RubyMender {
 public:
  explicit RubyMender(std::string_view text) : lines_(lines_of(text)) { result_.text = text; }

  std::optional<MendedRuby> run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) visit(i);
    close_above(0, lines_.size());
    if (result_.lines.empty()) return std::nullopt;
    return std::move(result_);
  }

 private:
  void visit(std::size_t at) {
    const Line& line = lines_[at];
    if (line.text.empty() || line.text.starts_with('#')) return;
    const std::string_view word = first_word(line.text);
    if (word == "end") {
      close_above(line.indent + 1, at);
      if (!open_.empty() && open_.back().indent == line.indent)
        open_.pop_back();
      else
        overwrite(at, "");
      return;
    }
    const bool defines = word == "def" || word == "class" || word == "module";
    if (defines) close_above(line.indent, at);
    if (opens(line.text)) open_.push_back({at, line.indent, defines});
  }

  // What is open at this indentation or deeper has lost its `end` above line `at`.
  void close_above(std::size_t indent, std::size_t at) {
    std::size_t ends = 0;
    while (!open_.empty() && open_.back().indent >= indent) {
      if (open_.back().defines)
        ++ends;
      else
        overwrite(open_.back().line, "");
      open_.pop_back();
    }
    if (ends == 0) return;
    std::string words = "end";
    for (std::size_t i = 1; i < ends; ++i) words += " end";
    std::size_t last = at;
    while (last > 0 && lines_[--last].size < words.size()) {
    }
    overwrite(last, words);
  }

  void overwrite(std::size_t at, std::string_view words) {
    const Line& line = lines_[at];
    if (words.size() > line.size) return;
    std::string row(line.size, ' ');
    row.replace(0, words.size(), words);
    result_.text.replace(line.begin, line.size, row);
    result_.lines.push_back({static_cast<std::uint32_t>(line.begin),
                             static_cast<std::uint32_t>(line.begin + line.size)});
  }

  std::vector<Line> lines_;
  std::vector<Opener> open_;
  MendedRuby result_;
};

// `<<~WORD`: where it begins, and its word.
struct Heredoc {
  std::size_t at = std::string_view::npos, size = 0;
  std::string_view word = {};
};
Heredoc heredoc_in(std::string_view line) {
  for (std::size_t at = line.find("<<"); at != line.npos; at = line.find("<<", at + 2)) {
    std::size_t from = at + 2;
    if (from < line.size() && (line[from] == '~' || line[from] == '-')) ++from;
    const bool is_marked = from > at + 2;
    const bool is_quoted = from < line.size() && (line[from] == '"' || line[from] == '\'');
    if (is_quoted) ++from;
    const std::string_view word = first_word(line.substr(std::min(from, line.size())));
    // `list << WORD` appends.
    const bool is_word =
        !word.empty() && (is_marked || is_quoted) && !(word[0] >= '0' && word[0] <= '9');
    if (is_word) return {at, from - at + word.size() + (is_quoted ? 1 : 0), word};
  }
  return {};
}

// One that stands in none of these lines.
char free_delimiter(const std::string& text, std::size_t from, std::size_t to) {
  for (const char one : {'~', '|', '!', '^'})
    if (text.substr(from, to - from).find(one) == std::string::npos) return one;
  return 0;
}

}  // namespace

std::string without_inner_heredocs(std::string_view text) {
  std::string bridged(text);
  const std::vector<Line> lines = lines_of(text);
  std::string_view outer;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (outer.empty()) {
      outer = heredoc_in(lines[i].text).word;
      continue;
    }
    if (lines[i].text == outer) {
      outer = {};
      continue;
    }
    const Heredoc inner = heredoc_in(lines[i].text);
    if (inner.word.empty() || inner.at + inner.size != lines[i].text.size()) continue;
    std::size_t end = i + 1;
    while (end < lines.size() && lines[end].text != inner.word && lines[end].text != outer) ++end;
    if (end == lines.size() || lines[end].text != inner.word) continue;
    const std::size_t from = lines[i].begin + lines[i].indent + inner.at;
    const std::size_t last = lines[end].begin + lines[end].indent + inner.word.size() - 1;
    const char delimiter = free_delimiter(bridged, from + inner.size, last);
    if (delimiter == 0) continue;
    bridged.replace(from, inner.size,
                    cat("%Q", std::string(1, delimiter), std::string(inner.size - 3, ' ')));
    bridged.replace(last + 1 - inner.word.size(), inner.word.size(),
                    cat(std::string(inner.word.size() - 1, ' '), std::string(1, delimiter)));
    i = end;
  }
  return bridged;
}

bool has_heredoc_before(std::string_view text, std::size_t offset) {
  for (const std::string_view line : split(text.substr(0, offset), '\n'))
    if (!heredoc_in(line).word.empty()) return true;
  return false;
}

std::optional<MendedRuby> mended_by_indentation(std::string_view text) {
  return RubyMender(text).run();
}

}  // namespace fnlint
