// From offsets in an unescaped text to places in the file.
#pragma once

#include "model/document.h"
#include "model/template.h"

#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// A text of the template with the places of its bytes: a scalar, a key, or a part of one.
class TextSource {
 public:
  TextSource(const Document& document, NodeId scalar);
  explicit TextSource(const MapEntry& key);

  [[nodiscard]] std::string_view text() const { return text_; }
  // What the whole scalar or key spans, quotes and block sign included.
  [[nodiscard]] Range range() const { return range_; }
  [[nodiscard]] TextSource part(std::size_t begin, std::size_t end) const;

  // Of bytes [begin, end) of the text.
  [[nodiscard]] Range range_of(std::size_t begin, std::size_t end) const;
  // Appends where bytes [begin, end) lie, as rows of a text in which they begin at `at`.
  void add_locations(std::size_t begin, std::size_t end, std::size_t at,
                  std::vector<TextPlace>& rows) const;

 private:
  [[nodiscard]] std::uint32_t file_offset(std::size_t offset) const;

  std::string_view text_;
  Range range_ = {};
  std::uint32_t file_begin_ = 0;        // of the whole scalar's text, when there are no rows
  std::size_t skipped_ = 0;             // bytes of the whole scalar's text before this part
  std::span<const Segment> rows_ = {};  // of the whole scalar
};

}  // namespace fnlint
