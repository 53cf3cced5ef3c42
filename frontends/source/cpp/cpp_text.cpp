// A scan of words outside of literals and comments, which knows such macros by what follows.

#include "frontends/source/cpp/cpp_text.h"

#include "core/characters.h"

#include <algorithm>
#include <cstddef>

namespace fnlint {

namespace {

bool is_macro_name(std::string_view word) {
  if (word.size() < 3 || word[0] < 'A' || word[0] > 'Z') return false;
  for (const char c : word)
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
  return true;
}

// Walks over what is neither comment, directive nor literal.
class CppMender {
 public:
  explicit CppMender(std::string_view text) : text_(text), out_(text) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (skip_passive()) continue;
      if (is_word(text_[at_]))
        word();
      else
        ++at_;
    }
    return std::move(out_);
  }

 private:
  enum class Last : unsigned char { None, Text, Class };

  // Past a comment, a directive, a literal or blanks; false: something else stands here.
  bool skip_passive() {
    const char c = text_[at_];
    if (is_blank(c)) {
      if (c == '\n') line_start_ = true;
      ++at_;
      return true;
    }
    if (c == '#' && line_start_) {
      skip_line();
      return true;
    }
    line_start_ = false;
    if (text_.substr(at_).starts_with("//")) {
      skip_line();
      return true;
    }
    if (text_.substr(at_).starts_with("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
      return true;
    }
    if (c == '"' || c == '\'') {
      skip_quoted(c);
      if (c == '"') {
        last_ = Last::Text;
        after_text();
      } else {
        last_ = Last::None;
      }
      return true;
    }
    if (!is_word(c)) last_ = Last::None;
    return false;
  }

  void skip_line() {  // with its continuations
    for (;;) {
      const std::size_t end = text_.find('\n', at_);
      if (end == std::string_view::npos) {
        at_ = text_.size();
        return;
      }
      const bool continues =
          end > 0 &&
          (text_[end - 1] == '\\' || (text_[end - 1] == '\r' && end > 1 && text_[end - 2] == '\\'));
      at_ = end + (continues ? 1 : 0);
      if (!continues) return;
    }
  }

  void skip_quoted(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_)
      if (text_[at_] == '\\') ++at_;
    at_ = std::min(at_ + 1, text_.size());
  }

  void skip_raw() {  // at the quote of R"delimiter( ... )delimiter"
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos || open - at_ > 17) return skip_quoted('"');
    const std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const std::size_t end = text_.find(close, open);
    at_ = end == std::string_view::npos ? text_.size() : end + close.size();
  }

  [[nodiscard]] std::size_t past_blanks(std::size_t from) const {
    while (from < text_.size() && is_blank(text_[from])) ++from;
    return from;
  }
  [[nodiscard]] std::size_t past_word(std::size_t from) const {
    while (from < text_.size() && is_word(text_[from])) ++from;
    return from;
  }

  // A name after a text, before the next: joined by `+`, where there is room for it.
  void after_text() {
    std::size_t from = at_;
    for (;;) {
      const std::size_t begin = past_blanks(from), end = past_word(begin);
      const std::string_view name = text_.substr(begin, end - begin);
      const bool is_part = begin > from && end > begin && name[0] >= 'A' && name[0] <= 'Z' &&
                           text_.substr(end, 1) != "\"" && text_.substr(end, 1) != "(";
      if (!is_part) return;
      const std::size_t next = past_blanks(end);
      const bool text_follows = next < text_.size() && text_[next] == '"';
      if (text_follows && next == end) return;
      out_[begin - 1] = '+';
      if (text_follows) {
        out_[end] = '+';
        return;
      }
      from = end;
    }
  }

  void word() {
    const std::size_t begin = at_, end = past_word(begin);
    const std::string_view name = text_.substr(begin, end - begin);
    at_ = end;
    if (end < text_.size() && text_[end] == '"' && name.ends_with('R')) {
      skip_raw();
      last_ = Last::Text;
      return;
    }
    const bool of_class = last_ == Last::Class;
    last_ = name == "class" || name == "struct" ? Last::Class : Last::None;
    if (!is_macro_name(name)) return;
    const std::size_t next = past_blanks(end);
    if (next == end || next >= text_.size() || !is_word(text_[next])) return;
    if (of_class ? !is_class_name_at(next) : !is_declaration_at(next)) return;
    for (std::size_t i = begin; i < end; ++i) out_[i] = ' ';
    if (of_class) last_ = Last::Class;
  }

  // `Name {`, `Name : ...`, `Name final`
  [[nodiscard]] bool is_class_name_at(std::size_t begin) const {
    const std::size_t end = past_blanks(past_word(begin));
    return end < text_.size() && (text_[end] == '{' || text_[end] == ':' || is_word(text_[end]));
  }

  // Two more words, the first a type or a specifier: what stood before them was neither.
  [[nodiscard]] bool is_declaration_at(std::size_t begin) const {
    std::size_t end = past_word(begin);
    const std::string_view first = text_.substr(begin, end - begin);
    for (const std::string_view none :
         {"const", "volatile", "and", "or", "not", "operator", "final"})
      if (first == none) return false;
    for (const std::string_view starts :
         {"class", "struct", "enum", "namespace", "template", "extern", "static", "inline", "using",
          "typedef", "void", "virtual", "explicit", "constexpr"})
      if (first == starts) return true;
    while (text_.substr(end).starts_with("::")) end = past_word(end + 2);
    const std::size_t second = past_blanks(end);
    return second > end && second < text_.size() && is_word(text_[second]) &&
           (text_[second] < '0' || text_[second] > '9');
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
  Last last_ = Last::None;
  bool line_start_ = true;
};

}  // namespace

std::string readable_cpp(std::string_view text) { return CppMender(text).run(); }

}  // namespace fnlint
