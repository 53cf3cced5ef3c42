// JSON documents: spans, duplicates, and what is kept of broken ones.

#include "frontends/documents/document.h"
#include "tests/documents/support.h"

#include <array>

namespace fnlint {
namespace {

TEST(Json, EveryKeyAndValueHasItsExactSpan) {
  const std::string text =
      R"({ "a\"b": [1, -2.5e3 ,true,null, "x"] , "c": {"d": 12345678901234567890123} })";
  const Document document = read_json(text);
  ASSERT_TRUE(document.complete);
  EXPECT_EQ(source(text, document.find_entry(document.roots[0], "a\"b")->key_range), R"("a\"b")");
  EXPECT_EQ(source(text, node(document, {"a\"b"}).range), R"([1, -2.5e3 ,true,null, "x"])");
  EXPECT_EQ(source(text, node(document, {"a\"b", "0"}).range), "1");
  EXPECT_EQ(node(document, {"a\"b", "1"}).text, "-2.5e3") << "numbers stay as written";
  EXPECT_EQ(source(text, node(document, {"a\"b", "2"}).range), "true");
  EXPECT_EQ(source(text, node(document, {"a\"b", "3"}).range), "null");
  EXPECT_EQ(source(text, node(document, {"a\"b", "4"}).range), "\"x\"");
  EXPECT_EQ(node(document, {"c", "d"}).text, "12345678901234567890123");
  EXPECT_EQ(source(text, node(document, {}).range), text);
}

TEST(Json, ALoneNumberEndsWithTheText) {
  const Document document = read_json(" 42");
  EXPECT_EQ(node(document, {}).range, (Range{1, 3}));
}

TEST(Json, EntriesThatAreLeftOutLeaveTheOthersTheirPlaces) {
  constexpr std::array<std::string_view, 2> kLeft{"b", "d"};
  const std::string text =
      R"({"a": {"b": 1}, "b": {"x": [1, {"y": "\""}], "b": null}, "c": [2], "d": "t", "e": 3})";
  const Document document = read_json_without(text, kLeft);
  ASSERT_TRUE(document.complete);
  EXPECT_EQ(document.entries_of(document[document.roots[0]]).size(), 3U);
  EXPECT_EQ(node(document, {"a", "b"}).text, "1") << "only those of the outermost map";
  EXPECT_EQ(source(text, node(document, {"c"}).range), "[2]");
  EXPECT_EQ(source(text, node(document, {"e"}).range), "3");
  EXPECT_FALSE(read_json_without(R"({"b": {"x": [1})", kLeft).complete);
}

TEST(Json, AMergeKeyIsAnOrdinaryKey) {
  EXPECT_EQ(node(read_json(R"({"<<": {"a": 1}})"), {"<<", "a"}).text, "1");
}

TEST(Json, ADuplicateKeyNamesBothPlaces) {
  const std::string text = "{\"a\": 1,\n \"a\": 2}";
  const Document document = read_json(text);
  EXPECT_EQ(problems(document, text),
            "2:2 duplicate key \"a\": it replaces the one at line 1, column 2\n");
  EXPECT_EQ(node(document, {"a"}).text, "2");
}

TEST(Json, AHalfWrittenFileKeepsWhatStandsBeforeTheError) {
  const std::string text =
      "{\"Resources\": {\n \"A\": {\"Type\": \"AWS::S3::Bucket\"},\n \"B\": {\"Ty";
  const Document document = read_document(text);
  EXPECT_FALSE(document.complete);
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(place(text, document.problems[0].where.begin), "3:10");
  EXPECT_EQ(document.problems[0].message.substr(0, 22), "not readable as JSON: ");
  EXPECT_EQ(node(document, {"Resources", "A", "Type"}).text, "AWS::S3::Bucket");
  EXPECT_EQ(node(document, {"Resources", "B"}).kind, NodeKind::Map);
}

TEST(Json, AByteOrderMarkIsSkippedAndCounted) {
  const std::string text = "\xEF\xBB\xBF{\"a\": \"b\"}";
  const Document document = read_document(text);
  EXPECT_EQ(source(text, node(document, {"a"}).range), "\"b\"");
  EXPECT_TRUE(document.problems.empty());
}

TEST(Json, ANumberThatIsTooLargeIsAProblemNotACrash) {
  const Document document = read_json(R"({"a": 1, "b": 1e999})");
  EXPECT_FALSE(document.complete);
  EXPECT_EQ(node(document, {"a"}).text, "1");
}

TEST(Document, TextThatBeginsAsJsonIsJson) {
  const Document document = read_document(" \n{\"a\": \"\\ud83d\\ude00\"}");
  EXPECT_TRUE(document.problems.empty()) << "YAML would refuse a surrogate pair";
  EXPECT_EQ(node(document, {"a"}).text, "\xF0\x9F\x98\x80");
}

TEST(Document, FlowStyleYamlIsYaml) {
  const Document document = read_document("{a: !Ref B, c: [d]}");
  EXPECT_TRUE(document.problems.empty());
  EXPECT_EQ(node(document, {"a"}).tag, "!Ref");
  EXPECT_TRUE(read_document("[!Ref A, b]").problems.empty());
}

TEST(Document, AMistakeInJsonStaysAJsonProblemAndWhatYamlCanReadStands) {
  const std::string text = "{\"a\": 1,\n \"b\": [2,],\n \"c\": 3}";
  const Document document = read_document(text);
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(problems(document, text).substr(0, 26), "2:10 not readable as JSON:");
  EXPECT_EQ(node(document, {"c"}).text, "3");
  EXPECT_TRUE(document.complete);
}

}  // namespace
}  // namespace fnlint
