// A small scanner that knows quotes and comment signs, and no language's grammar.

#include "app/suppressions/code_comments.h"

#include "core/text.h"
#include "link/resolve/languages.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 5> kQuotes{"\"\"\"", "'''", "`", "\"", "'"};

class CommentScan {
 public:
  CommentScan(std::string_view text, CommentSyntax syntax) : text_(text), syntax_(syntax) {}
  std::vector<Range> scan() {
    std::size_t at = 0;
    while (at < text_.size()) at = step(at);
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool has(std::size_t at, std::string_view what) const {
    return text_.substr(at, what.size()) == what;
  }
  std::size_t comment(std::size_t begin, std::size_t end) {
    end = std::min(end, text_.size());
    found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    return end;
  }
  // Behind what begins there.
  std::size_t step(std::size_t at) {
    if (syntax_ == CommentSyntax::Hash && text_[at] == '#')
      return comment(at, text_.find('\n', at));
    if (syntax_ == CommentSyntax::Slashes && has(at, "//"))
      return comment(at, text_.find('\n', at));
    if (syntax_ == CommentSyntax::Slashes && has(at, "/*")) {
      const std::size_t close = text_.find("*/", at + 2);
      return comment(at, close == std::string_view::npos ? text_.size() : close + 2);
    }
    for (std::size_t i = 0; i < kQuotes.size(); ++i)
      if (has(at, kQuotes[i]) && (kQuotes[i] != "`" || syntax_ == CommentSyntax::Slashes))
        return behind(at, i);
    return at + 1;
  }
  // A quote that nothing closes is none: a lifetime of Rust, a letter of a regular expression.
  std::size_t behind(std::size_t at, std::size_t which) {
    const std::string_view quotes = kQuotes[which];
    if (at < unclosed_[which]) return at + 1;  // it was looked for once
    const bool one_line = quotes == "\"" || quotes == "'";
    const std::size_t end = std::min(one_line ? text_.find('\n', at) : text_.size(), text_.size());
    for (std::size_t next = at + quotes.size(); next < end; ++next) {
      if (text_[next] == '\\')
        ++next;
      else if (has(next, quotes))
        return next + quotes.size();
    }
    unclosed_[which] = end;
    return at + 1;
  }

  std::string_view text_;
  CommentSyntax syntax_;
  std::vector<Range> found_ = {};
  std::array<std::size_t, kQuotes.size()> unclosed_ = {};  // up to where each is known to be
};

}  // namespace

CommentSyntax comment_syntax_of(std::string_view path) {
  const auto dialect = dialect_of(path);
  if (!dialect) return CommentSyntax::None;
  const Language language =
      std::ranges::find(dialect_rows(), *dialect, &DialectRow::dialect)->language;
  return language == Language::Python || language == Language::Ruby ? CommentSyntax::Hash
                                                                    : CommentSyntax::Slashes;
}

std::vector<Range> comments_in(std::string_view text, CommentSyntax syntax) {
  return CommentScan(text, syntax).scan();
}

}  // namespace fnlint
