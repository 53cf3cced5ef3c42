// Where the grammar wants a semicolon and Kotlin none: behind the last member of a body whose brace
// closes on the same line.
#include "core/characters.h"
#include "core/text.h"
#include "frontends/source/kotlin/kotlin_syntax.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace fnlint {

namespace {

class ClosedBodies {
 public:
  explicit ClosedBodies(std::string_view text) : text_(text), out_(text) {}

  std::string with_semicolons() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    const std::string_view rest = text_.substr(at_);
    const char c = rest.front();
    if (rest.starts_with("//")) return skip_past("\n", 2);
    if (rest.starts_with("/*")) return skip_past("*/", 2);
    if (rest.starts_with("\"\"\"")) return skip_past("\"\"\"", 3);
    if (c == '"') return skip_quoted(c);
    if (c == '\'') return skip_quoted(c);
    if (c == '{') {
      of_class_.push_back(is_class_head(text_.substr(head_, at_ - head_)));
    } else if (c == '}') {
      if (!of_class_.empty()) {
        if (of_class_.back()) close();
        of_class_.pop_back();
      }
    }
    ++at_;
    if (c == '{' || c == '}' || c == ';') head_ = at_;
  }

  // `val x = 1 }` becomes `val x = 1;}`
  void close() {
    const std::size_t last = text_.substr(0, at_).find_last_not_of(" \t");
    if (last == std::string_view::npos || last + 1 == at_) return;
    constexpr std::string_view kEnded = "\r\n{;";
    if (kEnded.find(text_[last]) == std::string_view::npos) out_[at_ - 1] = ';';
  }

  static bool is_class_head(std::string_view head) {
    constexpr std::array<std::string_view, 3> kWords{"class", "interface", "object"};
    for (std::size_t begin = 0; begin < head.size();) {
      const std::size_t end = static_cast<std::size_t>(
          std::find_if_not(head.begin() + static_cast<std::ptrdiff_t>(begin), head.end(), is_word) -
          head.begin());
      if (is_one_of(kWords, head.substr(begin, end - begin))) return true;
      begin = end + 1;
    }
    return false;
  }

  void skip_past(std::string_view end, std::size_t opened) {
    const std::size_t found = text_.find(end, at_ + opened);
    at_ = found == std::string_view::npos ? text_.size() : found + end.size();
  }

  // A text or a character, with what `${ }` in it holds; a line's end ends it whatever is open.
  void skip_quoted(char quote) {
    std::size_t open = 0;
    for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      const char c = text_[at_];
      if (c == '\\') ++at_;
      else if (c == '{' && (open > 0 || text_[at_ - 1] == '$')) ++open;
      else if (c == '}' && open > 0) --open;
      else if (c == quote && open == 0) break;
    }
    if (at_ < text_.size()) ++at_;
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0, head_ = 0;       // `head_`: what stands before a brace begins there
  std::vector<bool> of_class_ = {};     // of each brace that is open
};

}  // namespace

std::string with_ended_members(std::string_view text, const SyntaxNodes& /*nodes*/) {
  return ClosedBodies(text).with_semicolons();
}

}  // namespace fnlint
