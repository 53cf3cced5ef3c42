// Texts in UTF-16 and UTF-32, to UTF-8 and back.

#include "core/encoding.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using namespace std::string_literals;

TEST(Encoding, Utf16OfEitherOrderBecomesUtf8) {
  EXPECT_EQ(as_utf8("\xFF\xFE"s + "a\0\xE9\0\xAC\x20"s), "aé€");
  EXPECT_EQ(as_utf8("\xFE\xFF"s + "\0a\0\xE9\x20\xAC"s), "aé€");
}

TEST(Encoding, PairsOfSurrogatesAreOneCharacter) {
  EXPECT_EQ(as_utf8("\xFF\xFE"s + "\x3D\xD8\x00\xDE"s), "😀");
  EXPECT_EQ(as_utf8("\xFE\xFF"s + "\xD8\x3D\xDE\x00"s), "😀");
}

TEST(Encoding, Utf32BecomesUtf8) {
  EXPECT_EQ(as_utf8("\xFF\xFE\0\0"s + "a\0\0\0"s), "a");
  EXPECT_EQ(as_utf8("\0\0\xFE\xFF"s + "\0\x01\xF6\x00"s), "😀");
}

TEST(Encoding, WhatIsNoCharacterIsReplaced) {
  EXPECT_EQ(as_utf8("\xFF\xFE"s + "\x3D\xD8"s + "a\0"s), "\uFFFDa");
  EXPECT_EQ(as_utf8("\xFF\xFE"s + "a\0b"s), "a");  // half a character at the end
}

TEST(Encoding, OtherBytesStayAsTheyAre) {
  for (const std::string& bytes : {""s, "a"s, "\xEF\xBB\xBFé"s, "\xFF"s, "a\0b\0"s})
    EXPECT_EQ(as_utf8(bytes), bytes);
}

TEST(Encoding, IsMadeAgainFromWhatWasRead) {
  for (const std::string& bytes :
       {"\xFF\xFE"s + "a\0\x3D\xD8\x00\xDE\xE9\0"s, "\xFE\xFF"s + "\0a\xD8\x3D\xDE\x00"s,
        "\xFF\xFE\0\0"s + "\x00\xF6\x01\0"s, "\0\0\xFE\xFF"s + "\0\0\x20\xAC"s, "\xEF\xBB\xBFé"s,
        "\xFF"s})
    EXPECT_EQ(encoded_like(bytes, as_utf8(bytes)), bytes);
}

}  // namespace
}  // namespace fnlint
