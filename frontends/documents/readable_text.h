// Input of unknown encoding in a form that parsers accept, without moving a single offset.
#pragma once

#include "core/problem.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace fnlint {

// A file's bytes made safe for a reader that takes UTF-8 without control characters: each byte that
// is neither is read as '?', so that offsets stay those of the file. What had to be changed, or why
// the text cannot be read at all, is one problem.
class ReadableText {
 public:
  ReadableText(std::string_view file, std::size_t limit, Problems& problems);
  ReadableText(const ReadableText&) = delete;
  ReadableText& operator=(const ReadableText&) = delete;

  // Without the byte order mark, which is `skipped` bytes long.
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::uint32_t skipped() const { return skipped_; }
  [[nodiscard]] bool refused() const { return refused_; }
  [[nodiscard]] bool ascii() const { return ascii_; }

 private:
  void replace_unreadable(std::size_t from, Problems& problems);

  std::string_view text_;
  std::string changed_;  // owns the text when it had to be changed
  std::uint32_t skipped_ = 0;
  bool refused_ = false, ascii_ = true;
};

// The character at `offset`, as a range; the last one for an offset at the end.
[[nodiscard]] Range character_at(std::string_view file, std::size_t offset);

}  // namespace fnlint
