// From byte offsets to lines and columns.

#include "core/lines.h"

#include "core/text.h"

#include <gtest/gtest.h>

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
