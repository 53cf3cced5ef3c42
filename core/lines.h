// From byte offsets to lines and columns as people and editors count them, and back.
#pragma once

#include "core/span.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace fnlint {

// What columns count: UTF-16 units as SARIF and editors do; code points; bytes, of which a byte
// order mark alone has three, and otherwise no column.
enum class ColumnUnits : std::uint8_t { Utf16, CodePoints, Bytes };

// Line and column from 1; columns in UTF-16 units where nothing else is said.
struct Place {
  std::uint32_t line = 1, column = 1;
  friend auto operator<=>(const Place&, const Place&) = default;
};

// Where each line of a text begins. LF, CRLF and a lone CR end a line. Does not own the text.
class Lines {
 public:
  explicit Lines(std::string_view text);
  [[nodiscard]] Place place(std::uint32_t offset, ColumnUnits units = ColumnUnits::Utf16) const;
  // The way back: a column within a character is its first byte's; what lies beyond its line, or
  // beyond the text, is the end of that.
  [[nodiscard]] std::uint32_t offset(Place place, ColumnUnits units = ColumnUnits::Utf16) const;
  [[nodiscard]] std::string_view line(
      std::uint32_t number) const;  // without its end; number from 1
  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(starts_.size()); }
  [[nodiscard]] std::uint32_t start(std::uint32_t number) const { return starts_[number - 1]; }

 private:
  [[nodiscard]] std::uint32_t first_column(std::uint32_t line_start, ColumnUnits units) const;
  [[nodiscard]] std::uint32_t units_before(std::uint32_t offset) const;
  std::string_view text_;
  std::vector<std::uint32_t> starts_;
  // How many UTF-16 units stand before every so many bytes: a line may be a whole file.
  std::vector<std::uint32_t> units_;
};

}  // namespace fnlint
