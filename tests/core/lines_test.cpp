// From byte offsets to lines and columns.

#include "core/lines.h"

#include "core/text.h"

#include <gtest/gtest.h>

#include <string_view>

namespace fnlint {
namespace {

TEST(Lines, ColumnsCountUtf16Units) {
  const Lines lines("ab\n\xC3\xA9x\xF0\x9F\x98\x80y\r\nz");
  EXPECT_EQ(lines.place(1), (Place{1, 2}));
  EXPECT_EQ(lines.place(3), (Place{2, 1}));
  EXPECT_EQ(lines.place(5), (Place{2, 2}));
  EXPECT_EQ(lines.place(10), (Place{2, 5})) << "two units for what is outside the basic plane";
  EXPECT_EQ(lines.place(99), (Place{3, 2}));
}

TEST(Lines, AByteOrderMarkHasNoColumn) {
  EXPECT_EQ(Lines("\xEF\xBB\xBFx").place(3), (Place{1, 1}));
}

TEST(Lines, ColumnsCountWhatIsAskedFor) {
  const Lines lines("ab\n\xC3\xA9x\xF0\x9F\x98\x80y\r\nz");
  EXPECT_EQ(lines.place(10, ColumnUnits::CodePoints), (Place{2, 4}));
  EXPECT_EQ(lines.place(10, ColumnUnits::Bytes), (Place{2, 8}));
  EXPECT_EQ(Lines("\xEF\xBB\xBFx").place(3, ColumnUnits::Bytes), (Place{1, 4}));
}

TEST(Lines, EveryPlaceLeadsBack) {
  for (const std::string_view text :
       {"", "a", "\n", "ab\n\xC3\xA9x\xF0\x9F\x98\x80y\r\nz", "\xEF\xBB\xBFx\xC3\xA9\n"}) {
    const Lines lines(text);
    for (const ColumnUnits units :
         {ColumnUnits::Utf16, ColumnUnits::CodePoints, ColumnUnits::Bytes})
      for (std::uint32_t at = 0; at <= text.size(); ++at) {
        const bool is_inner =
            at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
        const bool is_end = at > 0 && at < text.size() && text[at - 1] == '\r';  // of CRLF
        const bool is_mark =
            units != ColumnUnits::Bytes && at == 0 && text.starts_with("\xEF\xBB\xBF");
        if (is_inner || is_end || is_mark) continue;
        EXPECT_EQ(lines.offset(lines.place(at, units), units), at) << text;
      }
  }
}

TEST(Lines, APlaceThatIsNoneLeadsToTheNearest) {
  const Lines lines("ab\nx\xF0\x9F\x98\x80y\r\nz");
  EXPECT_EQ(lines.offset({0, 5}), 0U);
  EXPECT_EQ(lines.offset({1, 0}), 0U);
  EXPECT_EQ(lines.offset({1, 99}), 2U) << "its line's end";
  EXPECT_EQ(lines.offset({2, 3}), 4U) << "the second half of a pair";
  EXPECT_EQ(lines.offset({2, 99}), 9U);
  EXPECT_EQ(lines.offset({9, 1}), 12U);
}

TEST(Lines, ALineMayBeAsLongAsAFile) {
  std::string text = "first\n";
  for (int i = 0; i < 5000; ++i) text += i % 3 == 0 ? "\xC3\xA9" : "a";
  const Lines lines(text);
  std::uint32_t column = 1;
  for (std::uint32_t at = 6; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) continue;
    ASSERT_EQ(lines.place(at), (Place{2, column})) << at;
    ++column;
  }
  EXPECT_EQ(Lines("").place(0), (Place{1, 1}));
}

}  // namespace
}  // namespace fnlint
