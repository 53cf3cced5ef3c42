// The text that is lowered and the places in the file that its facts have.
#include "frontends/clang/expanded_text.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

constexpr std::string_view kFile = "int a = PUT(b, 1);\n";

Replacement put() {
  Replacement part{.begin = 8, .end = 17};
  part.tokens = {{.text = "f", .key = 70},
                 {.text = "(", .key = 71},
                 {.text = "1", .key = 72, .is_written = true, .offset = 15},
                 {.text = ")", .key = 73}};
  return part;
}

std::string at(const ExpandedText& text, std::string_view what) {
  const auto begin = static_cast<std::uint32_t>(text.text().find(what));
  const Range place = text.in_file({begin, begin + static_cast<std::uint32_t>(what.size())});
  return std::string(kFile.substr(place.begin, place.end - place.begin));
}

TEST(ExpandedText, WhatAMacroGivesStandsWhereItIsUsedAndItsArgumentsWhereTheyAreWritten) {
  const ExpandedText text(kFile, {put()}, {});
  EXPECT_EQ(text.text(), "int a =  f ( 1 ) ;\n");
  EXPECT_EQ(at(text, "int"), "int");
  EXPECT_EQ(at(text, "f"), "PUT(b, 1)");
  EXPECT_EQ(at(text, "1"), "1");
  EXPECT_EQ(at(text, "f ( 1 )"), "PUT(b, 1)");
  EXPECT_EQ(at(text, ";"), ";");
}

TEST(ExpandedText, NamesAreFoundByTheirPlaceAndTokensByTheirKey) {
  const ExpandedText text(kFile, {put()}, {});
  EXPECT_EQ(text.of_file(4), 4U);
  EXPECT_EQ(text.of_file(17), text.text().find(';'));
  EXPECT_EQ(text.of_file(8), ExpandedText::kNowhere);
  EXPECT_EQ(text.of_token(70), text.text().find('f'));
  EXPECT_EQ(text.of_token(99), ExpandedText::kNowhere);
}

TEST(ExpandedText, WhatIsNotCompiledIsBlankAndWhatOverlapsIsLeftOut) {
  const ExpandedText blank("ab\ncd", {}, {{1, 4}});
  EXPECT_EQ(blank.text(), "a \n d");
  EXPECT_EQ(blank.in_file({4, 5}), (Range{4, 5}));
  const ExpandedText twice(kFile, {put(), {.begin = 10, .end = 30, .tokens = {}}}, {{90, 99}});
  EXPECT_EQ(twice.text(), "int a =  f ( 1 ) ;\n");
}

TEST(ExpandedText, PlacesAreNeverOutsideTheFile) {
  const ExpandedText text(kFile, {put()}, {});
  for (std::uint32_t begin = 0; begin <= text.text().size() + 2; ++begin)
    for (std::uint32_t end = begin; end <= text.text().size() + 2; ++end) {
      const Range place = text.in_file({begin, end});
      EXPECT_LE(place.begin, place.end);
      EXPECT_LE(place.end, kFile.size());
    }
}

}  // namespace
}  // namespace fnlint
