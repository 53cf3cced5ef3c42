// Places inside of scalars: blocks, folds, quotes and escapes.

#include "frontends/documents/document.h"
#include "tests/documents/support.h"

namespace fnlint {
namespace {

// Every byte of the scalar's text that also stands in the file is found where it stands.
void expect_places(const std::string& text, const Document& document, NodeId id) {
  ASSERT_TRUE(id.exists());
  const Node& scalar = document[id];
  for (std::uint32_t i = 0; i < scalar.text.size(); ++i) {
    if (scalar.text[i] == '\n' || scalar.text[i] == ' ') continue;
    EXPECT_EQ(byte_at(document, id, i, text), scalar.text[i])
        << "byte " << i << " of " << scalar.text;
  }
}

TEST(Places, ABlockScalarMapsToItsLines) {
  const std::string text =
      "Code: |\n  import os\n\n  def handler(event, context):\n      return 1\nNext: 1\n";
  const Document document = read_yaml(text);
  const NodeId code = at(document, {"Code"});
  const auto offset = static_cast<std::uint32_t>(document[code].text.find("return"));
  EXPECT_EQ(place(text, document.file_offset(code, offset)), "5:7");
  EXPECT_EQ(source(text, document[code].range),
            "|\n  import os\n\n  def handler(event, context):\n      return 1");
  expect_places(text, document, code);
}

TEST(Places, AnIndentationIndicatorAndAChompingSignAreUnderstood) {
  const std::string text =
      "a:\n  - |2-\n       deep\n      less\n  - >+\n    folded\n    line\n\n\nb: 1\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(node(document, {"a", "0"}).text, "   deep\n  less");
  expect_places(text, document, at(document, {"a", "0"}));
  expect_places(text, document, at(document, {"a", "1"}));
}

TEST(Places, ATaggedBlockScalarMapsToItsLines) {
  const std::string text = "a: !Sub |  # note\n    arn:${A}\n    b:${B}\n";
  const Document document = read_yaml(text);
  const NodeId id = at(document, {"a"});
  const auto offset = static_cast<std::uint32_t>(document[id].text.find("${B}"));
  EXPECT_EQ(place(text, document.file_offset(id, offset)), "3:7");
  EXPECT_EQ(source(text, document[id].range).front(), '|');
}

TEST(Places, CarriageReturnsDoNotShiftABlockScalar) {
  const std::string text = "a: |\r\n  one\r\n\r\n  two\r\nb: >\r\n  one\r\n  two\r\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(place(text, document.file_offset(at(document, {"a"}), 5)), "4:3");
  EXPECT_EQ(place(text, document.file_offset(at(document, {"b"}), 4)), "7:3");
}

TEST(Places, AFoldedScalarMapsToItsLines) {
  const std::string text =
      "a: >\n  first line\n  goes on\n\n  after a blank\n    more indented\n\n    again\n  back\n";
  const Document document = read_yaml(text);
  const NodeId id = at(document, {"a"});
  EXPECT_EQ(document[id].text,
            "first line goes on\nafter a blank\n  more indented\n\n  again\nback\n");
  expect_places(text, document, id);
  for (const std::string word : {"goes", "after", "more", "again", "back"}) {
    const auto offset = static_cast<std::uint32_t>(document[id].text.find(word));
    EXPECT_EQ(document.file_offset(id, offset), text.find(word)) << word;
  }
}

TEST(Places, EscapesOfADoubleQuotedScalarAreCounted) {
  const std::string text = R"(a: "x\ty \"z\" \u00e9\x41\U0001F600 end")";
  const Document document = read_yaml(text);
  const NodeId id = at(document, {"a"});
  const auto end = static_cast<std::uint32_t>(document[id].text.find("end"));
  EXPECT_EQ(document.file_offset(id, end), text.find("end"));
  const auto z = static_cast<std::uint32_t>(document[id].text.find('z'));
  EXPECT_EQ(document.file_offset(id, z), text.find('z'));
}

TEST(Places, AQuotedScalarOverSeveralLinesIsFoldedBack) {
  const std::string text =
      "a: \"one\n    two  \n\n    three \\\n    four\"\nb: 'it''s\n  here'\nc: plain\n  goes "
      "on\n\n  far\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(node(document, {"a"}).text, "one two\nthree four");
  EXPECT_EQ(node(document, {"b"}).text, "it's here");
  EXPECT_EQ(node(document, {"c"}).text, "plain goes on\nfar");
  for (const std::string_view key : {"a", "b", "c"})
    expect_places(text, document, at(document, {key}));
}

TEST(Places, ASimpleQuotedScalarNeedsNoRows) {
  const std::string text = "a: 'word'\nb: \"word\"\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(node(document, {"a"}).segments.count, 0U);
  EXPECT_EQ(place(text, document.file_offset(at(document, {"a"}), 0)), "1:5");
  EXPECT_EQ(place(text, document.file_offset(at(document, {"b"}), 3)), "2:8");
}

TEST(Places, JsonEscapesAndSurrogatePairsAreCounted) {
  const std::string text = R"({"code": "import os\nprint(\"\ud83d\ude00\")\nreturn 1"})";
  const Document document = read_json(text);
  const NodeId id = at(document, {"code"});
  EXPECT_EQ(document[id].text, "import os\nprint(\"\xF0\x9F\x98\x80\")\nreturn 1");
  const auto offset = static_cast<std::uint32_t>(document[id].text.find("return"));
  EXPECT_EQ(document.file_offset(id, offset), text.find("return"));
}

TEST(Places, AnOffsetPastTheTextIsItsEnd) {
  const std::string text = "a: |\n  x\nb: yy\n";
  const Document document = read_yaml(text);
  for (const std::string_view key : {"a", "b"}) {
    const NodeId id = at(document, {key});
    EXPECT_EQ(document.file_offset(id, 1000), document[id].range.end);
  }
}

}  // namespace
}  // namespace fnlint
