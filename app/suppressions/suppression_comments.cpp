// Finds comments between the scalars of a text, and the node that each one speaks of.

#include "app/suppressions/suppression_comments.h"

#include "core/text.h"
#include "model/suppression.h"

#include <algorithm>
#include <utility>

namespace fnlint {

namespace {

bool begins_first(const Range& a, const Range& b) {
  return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;  // the widest before the others
}

class CommentReader {
 public:
  explicit CommentReader(CommentedText text) : in_(std::move(text)), lines_(in_.text) {
    std::ranges::sort(in_.scalars);
    std::ranges::sort(in_.nodes, begins_first);
  }
  [[nodiscard]] std::vector<Range> comments() const {
    std::vector<Range> found;
    for (std::uint32_t line = 1; line <= lines_.count(); ++line)
      if (const auto begin = comment_of(line))
        found.push_back(
            {*begin, lines_.start(line) + static_cast<std::uint32_t>(lines_.line(line).size())});
    return found;
  }
  FileSuppressions read() {
    std::uint32_t last = 0;
    for (std::size_t at = in_.text.find("fnlint:"); at != std::string_view::npos;
         at = in_.text.find("fnlint:", at + 1)) {
      const std::uint32_t line = lines_.place(static_cast<std::uint32_t>(at)).line;
      const std::optional<std::uint32_t> begin = comment_of(line);
      if (line == last || !begin || *begin > at) continue;
      last = line;
      add(line, *begin);
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool in_scalar(std::uint32_t offset) const {
    const auto after = std::ranges::upper_bound(in_.scalars, offset, {}, &Range::begin);
    return after != in_.scalars.begin() && offset < (after - 1)->end;
  }
  [[nodiscard]] std::optional<std::uint32_t> comment_of(std::uint32_t line) const;
  // What begins next, the widest of those that begin together.
  [[nodiscard]] Range next_node(std::uint32_t offset) const {
    const auto next = std::ranges::lower_bound(in_.nodes, offset, {}, &Range::begin);
    return next == in_.nodes.end() ? Range{} : *next;
  }
  void add(std::uint32_t line, std::uint32_t begin);

  CommentedText in_;
  Lines lines_;
  FileSuppressions found_ = {};
};

// Where a line's comment begins.
std::optional<std::uint32_t> CommentReader::comment_of(std::uint32_t line) const {
  const std::uint32_t start = lines_.start(line);
  const std::string_view content = lines_.line(line);
  const auto next = [&](std::size_t from) {
    const std::size_t hash = content.find('#', from);
    return in_.slashes ? std::min(hash, content.find("//", from)) : hash;
  };
  for (std::size_t at = next(0); at != std::string_view::npos; at = next(at + 1)) {
    const bool begins = at == 0 || content[at - 1] == ' ' || content[at - 1] == '\t';
    const auto offset = static_cast<std::uint32_t>(start + at);
    if (begins && !in_scalar(offset)) return offset;
  }
  return {};
}

void CommentReader::add(std::uint32_t line, std::uint32_t begin) {
  const std::uint32_t start = lines_.start(line);
  const auto end = static_cast<std::uint32_t>(start + lines_.line(line).size());
  std::optional<SuppressionText> read = read_suppression(in_.text.substr(begin, end - begin));
  if (!read) return;
  if (!read->mistake.empty()) {
    found_.problems.push_back({{begin, end}, std::move(read->mistake)});
    return;
  }
  SuppressionComment comment{.rules = std::move(read->rules),
                             .reason = std::move(read->reason),
                             .where = {begin, end}};
  if (read->whole_file) {
    comment.reach = SuppressionReach::File;
  } else if (trim(in_.text.substr(start, begin - start)).empty()) {
    comment.reach = SuppressionReach::NextNode;
    comment.covers = next_node(end);
  } else {
    comment.covers = {start, end};
  }
  found_.comments.push_back(std::move(comment));
}

}  // namespace

std::vector<Range> comments_of(const CommentedText& text) { return CommentReader(text).comments(); }

FileSuppressions suppressions_in(CommentedText text) {
  return CommentReader(std::move(text)).read();
}

}  // namespace fnlint
