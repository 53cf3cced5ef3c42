// Undoes escapes, folded lines and indentation of quoted and block scalars in step with the file,
// and starts a new row whenever the distance between text and file changes.

#include "frontends/documents/scalar_places.h"

#include <algorithm>
#include <charconv>

namespace fnlint {
namespace {

// The rows of one scalar, from `first` on: one for each change of distance between text and file.
class Rows {
 public:
  explicit Rows(std::vector<Segment>& rows) : rows_(rows), first_(rows.size()) {}
  void add(std::size_t text, std::size_t file) {
    const Segment row{static_cast<std::uint32_t>(text), static_cast<std::uint32_t>(file)};
    if (rows_.size() > first_) {
      const Segment& last = rows_.back();
      if (row.file_begin - row.text_begin == last.file_begin - last.text_begin) return;
      if (row.text_begin <= last.text_begin) return;
    }
    rows_.push_back(row);
  }

 private:
  std::vector<Segment>& rows_;
  std::size_t first_;
};

bool is_blank_in_line(char c) { return c == ' ' || c == '\t'; }
bool line_break(char c) { return c == '\n' || c == '\r'; }

// Length of the line break at `at`: 0 when there is none.
std::size_t break_length(std::string_view text, std::size_t at) {
  if (at >= text.size() || !line_break(text[at])) return 0;
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
}

std::size_t utf8_length(std::uint32_t character) {
  if (character < 0x80) return 1;
  if (character < 0x800) return 2;
  return character < 0x10000 ? 3 : 4;
}

struct Escape {
  std::size_t raw = 0, text = 0;  // bytes in the file, bytes of what it stands for
};

std::uint32_t hexadecimal(std::string_view raw, std::size_t at, std::size_t digits) {
  std::uint32_t value = 0;
  if (at + digits <= raw.size()) {
    std::from_chars(raw.data() + at, raw.data() + at + digits, value, 16);
  }
  return value;
}

// The escape at raw[at], which is a backslash that no line break follows.
Escape escape_at(std::string_view raw, std::size_t at) {
  const char kind = at + 1 < raw.size() ? raw[at + 1] : ' ';
  switch (kind) {
    case 'x': return {4, utf8_length(hexadecimal(raw, at + 2, 2))};
    case 'U': return {10, utf8_length(hexadecimal(raw, at + 2, 8))};
    case 'u': {
      const std::uint32_t first = hexadecimal(raw, at + 2, 4);
      const bool pair = first >= 0xD800 && first < 0xDC00 && raw.substr(at + 6, 2) == "\\u";
      return pair ? Escape{12, 4} : Escape{6, utf8_length(first)};
    }
    case 'N':
    case '_': return {2, 2};
    case 'L':
    case 'P': return {2, 3};
    default: return {2, 1};
  }
}

// Walks a flow scalar; `file` and `text` are the next bytes that have not been brought together.
class FlowWalk {
 public:
  FlowWalk(std::string_view raw, std::size_t raw_begin, std::string_view text, Rows rows)
      : raw_(raw), raw_begin_(raw_begin), text_(text), rows_(rows) {}

  void run(Escapes escapes, LineBreaks breaks) {
    while (at_ < raw_.size() && text_at_ < text_.size()) {
      const char c = raw_[at_];
      if (escapes == Escapes::Backslash && c == '\\') {
        if (const std::size_t length = break_length(raw_, at_ + 1); length > 0) {
          skip_escaped_break(length, breaks);
        } else {
          const Escape escape = escape_at(raw_, at_);
          step(escape.raw, escape.text);
        }
      } else if (escapes == Escapes::DoubledQuote && c == '\'') {
        step(2, 1);
      } else if (breaks == LineBreaks::Fold && (is_blank_in_line(c) || line_break(c)) && fold()) {
        continue;
      } else if (breaks == LineBreaks::Keep && break_length(raw_, at_) == 2 &&
                 text_[text_at_] == '\n') {
        step(2, 1);
      } else if (c == text_[text_at_]) {
        step(1, 1);
      } else {
        return;
      }
    }
    if (text_at_ == text_.size()) rows_.add(text_at_, raw_begin_ + at_);
  }

 private:
  void step(std::size_t raw, std::size_t text) {
    rows_.add(text_at_, raw_begin_ + at_);
    at_ += raw;
    text_at_ += text;
  }
  void skip_escaped_break(std::size_t length, LineBreaks breaks) {
    at_ += 1 + length;
    while (at_ < raw_.size() &&
           (is_blank_in_line(raw_[at_]) || (breaks == LineBreaks::Keep && line_break(raw_[at_])))) {
      ++at_;
    }
  }
  // A run of blanks with line breaks: one break is a space, each further one a line break.
  bool fold() {
    std::size_t end = at_, breaks = 0;
    while (end < raw_.size() && (is_blank_in_line(raw_[end]) || line_break(raw_[end]))) {
      const std::size_t length = break_length(raw_, end);
      breaks += length > 0 ? 1 : 0;
      end += std::max<std::size_t>(length, 1);
    }
    if (breaks == 0) return false;
    rows_.add(text_at_, raw_begin_ + at_);
    if (text_[text_at_] == ' ') {
      ++text_at_;
    } else {
      for (; breaks > 0 && text_at_ < text_.size() && text_[text_at_] == '\n'; --breaks) ++text_at_;
    }
    at_ = end;
    return true;
  }

  std::string_view raw_;
  std::size_t raw_begin_;
  std::string_view text_;
  Rows rows_;
  std::size_t at_ = 0, text_at_ = 0;
};

struct Line {
  std::size_t begin = 0, end = 0, next = 0;  // next: after its line break
};

Line line_at(std::string_view file, std::size_t begin, std::size_t limit) {
  std::size_t end = begin;
  while (end < limit && !line_break(file[end])) ++end;
  return {begin, end, std::min(limit, end + break_length(file, end))};
}

// Spaces that a block scalar's lines begin with beside those of the text itself: seen on the first
// line that has anything else.
std::size_t indentation(std::string_view file, std::size_t begin, std::size_t end,
                        std::string_view text) {
  const std::string_view raw = file.substr(begin, end - begin);
  const std::size_t in_file = raw.find_first_not_of(" \r\n");
  const std::size_t in_text = text.find_first_not_of(" \r\n");
  if (in_file == std::string_view::npos || in_text == std::string_view::npos) return 0;
  const auto column = [](std::string_view whole, std::size_t at) {
    std::size_t start = at;
    while (start > 0 && whole[start - 1] == ' ') --start;
    return at - start;
  };
  const std::size_t file_column = column(raw, in_file), text_column = column(text, in_text);
  return file_column > text_column ? file_column - text_column : 0;
}

}  // namespace

void place_flow_text(std::string_view file, Range raw, std::string_view text, Escapes escapes,
                     LineBreaks breaks, std::vector<Segment>& rows) {
  const std::size_t end = std::min<std::size_t>(raw.end, file.size());
  if (raw.begin >= end) return;
  FlowWalk(file.substr(raw.begin, end - raw.begin), raw.begin, text, Rows(rows))
      .run(escapes, breaks);
}

void place_block_text(std::string_view file, Range raw, std::string_view text, bool folded,
                      std::vector<Segment>& rows) {
  const std::size_t limit = std::min<std::size_t>(raw.end, file.size());
  const Line header = line_at(file, raw.begin, limit);
  const std::size_t indent = indentation(file, header.next, limit, text);
  Rows places(rows);
  std::size_t text_at = 0;
  for (std::size_t at = header.next; at < limit && text_at < text.size();) {
    const Line line = line_at(file, at, limit);
    at = line.next;
    const std::size_t begin = std::min(line.begin + indent, line.end);
    const std::string_view content = file.substr(begin, line.end - begin);
    if (folded && content.empty()) continue;
    if (text.substr(text_at, content.size()) != content) return;
    places.add(text_at, begin);
    text_at += content.size();
    if (!folded) {
      ++text_at;
    } else if (text_at < text.size() && text[text_at] == ' ') {
      ++text_at;
    } else {
      while (text_at < text.size() && text[text_at] == '\n') ++text_at;
    }
  }
}

}  // namespace fnlint
