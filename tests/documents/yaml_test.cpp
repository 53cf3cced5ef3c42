// YAML documents: spans, types, tags, aliases, merge keys and mistakes.

#include "frontends/documents/document.h"
#include "tests/documents/support.h"

namespace fnlint {
namespace {

TEST(Yaml, EveryKeyAndValueHasItsExactSpan) {
  const std::string text =
      "Name: thumbs  # comment\nList:\n  - one\n  -   'two'\nFlow: {a: [1, 2]}\n";
  const Document document = read_yaml(text);
  EXPECT_TRUE(document.complete);
  EXPECT_EQ(source(text, node(document, {"Name"}).range), "thumbs");
  EXPECT_EQ(source(text, document.find_entry(document.roots[0], "List")->key_range), "List");
  EXPECT_EQ(source(text, node(document, {"List"}).range), "- one\n  -   'two'");
  EXPECT_EQ(source(text, node(document, {"List", "1"}).range), "'two'");
  EXPECT_EQ(source(text, node(document, {"Flow"}).range), "{a: [1, 2]}");
  EXPECT_EQ(source(text, node(document, {"Flow", "a"}).range), "[1, 2]");
  EXPECT_EQ(source(text, node(document, {"Flow", "a", "1"}).range), "2");
  EXPECT_EQ(source(text, node(document, {}).range), text.substr(0, text.size() - 1));
}

TEST(Yaml, APairInAFlowListIsAMapThatEndsWithItsValue) {
  const std::string text = "a: [Ref: B , {c: d} ]\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(source(text, node(document, {"a", "0"}).range), "Ref: B");
  EXPECT_EQ(source(text, node(document, {"a", "1"}).range), "{c: d}");
}

TEST(Yaml, TagsStandOnScalarsListsAndMaps) {
  const std::string text =
      "a: !Ref Bucket\nb: !Join\n  - '-'\n  - [x]\nc: !Transform {Name: Macro}\nd: !GetAZs\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(node(document, {"a"}).tag, "!Ref");
  EXPECT_EQ(source(text, node(document, {"a"}).tag_range), "!Ref");
  EXPECT_EQ(source(text, node(document, {"a"}).range), "Bucket");
  EXPECT_EQ(node(document, {"b"}).tag, "!Join");
  EXPECT_EQ(source(text, node(document, {"b"}).range), "- '-'\n  - [x]");
  EXPECT_EQ(node(document, {"c"}).tag, "!Transform");
  EXPECT_EQ(source(text, node(document, {"c"}).range), "{Name: Macro}");
  EXPECT_EQ(node(document, {"d"}).kind, NodeKind::Text) << "a tagged empty scalar is an empty text";
  EXPECT_EQ(source(text, node(document, {"d"}).tag_range), "!GetAZs");
}

TEST(Yaml, TagsNestInFlowStyle) {
  const std::string text =
      "a: !If [IsProd, !Sub '${A}-x', !If [B, {c: !Ref D}, !Ref AWS::NoValue]]\n";
  const Document document = read_yaml(text);
  ASSERT_EQ(node(document, {"a"}).items.count, 3U);
  EXPECT_EQ(node(document, {"a", "1"}).tag, "!Sub");
  EXPECT_EQ(source(text, node(document, {"a", "1"}).range), "'${A}-x'");
  EXPECT_EQ(source(text, node(document, {"a", "2"}).tag_range), "!If");
  EXPECT_EQ(source(text, node(document, {"a", "2", "1", "c"}).range), "D");
}

TEST(Yaml, PlainScalarsAreTypedAsCloudFormationReadsThem) {
  const std::string text =
      "bool: [true, Yes, off]\ntext: [y, 2010-09-09, 0644, 0x1F, 1:30, 1_000, 'true', \"5\", 1e3]\n"
      "number: [5, -3, 1.5, .5, 2.0e+3, 0]\nnull: [~, null, ]\nempty:\n";
  const Document document = read_yaml(text);
  for (const NodeId id : document.items_of(node(document, {"bool"}))) {
    EXPECT_EQ(document[id].kind, NodeKind::Bool);
  }
  EXPECT_EQ(node(document, {"bool", "1"}).text, "true");
  EXPECT_EQ(node(document, {"bool", "2"}).text, "false");
  for (const NodeId id : document.items_of(node(document, {"text"}))) {
    EXPECT_EQ(document[id].kind, NodeKind::Text) << document[id].text;
  }
  for (const NodeId id : document.items_of(node(document, {"number"}))) {
    EXPECT_EQ(document[id].kind, NodeKind::Number) << document[id].text;
  }
  EXPECT_EQ(node(document, {"number", "4"}).text, "2.0e+3");
  for (const NodeId id : document.items_of(node(document, {"null"}))) {
    EXPECT_EQ(document[id].kind, NodeKind::Null);
  }
  EXPECT_EQ(node(document, {"empty"}).kind, NodeKind::Null);
  EXPECT_EQ(place(text, node(document, {"empty"}).range.begin), "5:7");
}

TEST(Yaml, OfTheCoreSchemaOnlyTrueAndFalseAreBooleans) {
  const Document document =
      read_yaml("words: [yes, No, ON, off, !!bool yes]\nbool: [true, False]\n", YamlWords::Core);
  for (const NodeId id : document.items_of(node(document, {"words"})))
    EXPECT_EQ(document[id].kind, NodeKind::Text) << document[id].text;
  EXPECT_EQ(node(document, {"words", "3"}).text, "off");
  for (const NodeId id : document.items_of(node(document, {"bool"})))
    EXPECT_EQ(document[id].kind, NodeKind::Bool);
}

TEST(Yaml, ItsOwnTagsDecideTheType) {
  const Document document = read_yaml("a: !!str 5\nb: !!int '5'\nc: !!bool 'yes'\nd: ! 5\n");
  EXPECT_EQ(node(document, {"a"}).kind, NodeKind::Text);
  EXPECT_EQ(node(document, {"b"}).kind, NodeKind::Number);
  EXPECT_EQ(node(document, {"c"}).kind, NodeKind::Bool);
  EXPECT_EQ(node(document, {"d"}).kind, NodeKind::Text);
}

TEST(Yaml, KeysStayTheTextThatWasWritten) {
  const Document document = read_yaml("on: 1\n8080: 2\n\"quoted\": 3\n? long\n: 4\n");
  EXPECT_EQ(node(document, {"on"}).text, "1");
  EXPECT_EQ(node(document, {"8080"}).text, "2");
  EXPECT_EQ(node(document, {"quoted"}).text, "3");
  EXPECT_EQ(node(document, {"long"}).text, "4");
}

TEST(Yaml, AnAliasIsTheNodeOfItsAnchor) {
  const std::string text = "a: &env\n  X: 1\nb: *env\nc: &s word\nd: *s\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(at(document, {"a"}), at(document, {"b"}));
  EXPECT_EQ(node(document, {"d"}).text, "word");
  EXPECT_EQ(source(text, node(document, {"b"}).range), "X: 1");
  EXPECT_EQ(source(text, node(document, {"c"}).range), "word");
}

TEST(Yaml, AnAliasWithoutAnchorIsAProblemAndTheRestStands) {
  const std::string text = "a: *nothing\nb: 1\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(problems(document, text), "1:4 there is no anchor &nothing before this alias\n");
  EXPECT_EQ(node(document, {"b"}).text, "1");
}

TEST(Yaml, AnAnchorInsideItsOwnNodeIsNoCycle) {
  const std::string text = "a: &a\n  b: *a\nc: 1\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(problems(document, text), "2:6 there is no anchor &a before this alias\n");
  EXPECT_EQ(node(document, {"a", "b"}).kind, NodeKind::Null);
}

TEST(Yaml, MergeKeysBringInWhatIsNotWrittenBesideThem) {
  const Document document = read_yaml(
      "base: &base {Runtime: python3.12, Timeout: 3}\nmore: &more {Timeout: 5, Tracing: Active}\n"
      "one:\n  <<: *base\n  Timeout: 9\nboth:\n  <<: [*base, *more]\n  Handler: a.b\n"
      "quoted:\n  '<<': *base\n");
  EXPECT_EQ(node(document, {"one", "Runtime"}).text, "python3.12");
  EXPECT_EQ(node(document, {"one", "Timeout"}).text, "9");
  EXPECT_TRUE(document.find_entry(at(document, {"one"}), "Runtime")->merged);
  EXPECT_FALSE(document.find_entry(at(document, {"one"}), "Timeout")->merged);
  EXPECT_EQ(document.find_entry(at(document, {"one"}), "<<"), nullptr);
  EXPECT_EQ(node(document, {"both", "Timeout"}).text, "3") << "the earlier of the list wins";
  EXPECT_EQ(node(document, {"both", "Tracing"}).text, "Active");
  EXPECT_EQ(node(document, {"quoted", "<<", "Timeout"}).text, "3") << "quoted it is a plain key";
}

TEST(Yaml, AMergeKeyThatNamesNoMapIsAProblem) {
  const std::string text = "a:\n  <<: word\n  b: 1\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(problems(document, text), "2:3 a merge key (<<) takes a map or a list of maps\n");
  EXPECT_EQ(node(document, {"a", "b"}).text, "1");
}

TEST(Yaml, ADuplicateKeyNamesBothPlacesAndTheLastStays) {
  const std::string text = "Resources:\n  A: 1\n  B: 2\n  A: 3\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(problems(document, text),
            "4:3 duplicate key \"A\": it replaces the one at line 2, column 3\n");
  EXPECT_EQ(node(document, {"Resources", "A"}).text, "3");
  EXPECT_EQ(node(document, {"Resources"}).entries.count, 2U);
  EXPECT_EQ(node(read_yaml("A: 1\nA: 2\nB: 0\nA: 3\n"), {"A"}).text, "3");
  EXPECT_TRUE(document.complete);
}

TEST(Yaml, DuplicateKeysOfALargeMapAreFoundToo) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "key" + std::to_string(i) + ": 1\n";
  text += "key7: 2\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(problems(document, text),
            "101:1 duplicate key \"key7\": it replaces the one at line 8, column 1\n");
  EXPECT_EQ(document[document.roots[0]].entries.count, 100U);
}

TEST(Yaml, EachDocumentOfATextIsARoot) {
  const Document document = read_yaml("---\na: 1\n---\nb: 2\n---\n");
  ASSERT_EQ(document.roots.size(), 2U) << "the last one is empty";
  EXPECT_TRUE(document.find(document.roots[1], "b").exists());
}

TEST(Yaml, AnAnchorEndsWithItsDocument) {
  const std::string text = "a: &x 1\n---\nb: *x\n";
  EXPECT_EQ(problems(read_yaml(text), text), "3:4 there is no anchor &x before this alias\n");
}

TEST(Yaml, AByteOrderMarkIsSkippedAndCounted) {
  const std::string text =
      "\xEF\xBB\xBF"
      "a: b\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(source(text, node(document, {"a"}).range), "b");
  EXPECT_TRUE(document.problems.empty());
}

TEST(Yaml, SpansCountBytesWhateverTheCharacters) {
  const std::string text = "größe: 'ü'  # ß\nkey: [\"\xF0\x9F\x98\x80\", b]\nlast: c\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(source(text, node(document, {"größe"}).range), "'ü'");
  EXPECT_EQ(source(text, node(document, {"key", "1"}).range), "b");
  EXPECT_EQ(source(text, node(document, {"last"}).range), "c");
}

TEST(Yaml, SpansHoldInALongTextThatIsNotAscii) {
  std::string text;
  for (int i = 0; i < 500; ++i)
    text += "k" + std::to_string(i) + ": 'é" + std::to_string(i) + "'\n";
  const Document document = read_yaml(text);
  for (int i = 0; i < 500; ++i) {
    const std::string number = std::to_string(i);
    EXPECT_EQ(source(text, node(document, {"k" + number}).range), "'é" + number + "'");
  }
}

TEST(Yaml, CarriageReturnsAreLineEnds) {
  const std::string text = "a: b\r\nc:\r\n  - d\r\n  - |\r\n    one\r\n    two\r\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(source(text, node(document, {"a"}).range), "b");
  EXPECT_EQ(source(text, node(document, {"c", "0"}).range), "d");
  EXPECT_EQ(node(document, {"c", "1"}).text, "one\ntwo\n");
  EXPECT_EQ(source(text, node(document, {"c"}).range), "- d\r\n  - |\r\n    one\r\n    two");
  EXPECT_TRUE(document.problems.empty());
}

TEST(Yaml, ATabForIndentationIsSaidPlainly) {
  const std::string text = "z: 0\na:\n  b: 1\n\tc: 2\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(problems(document, text),
            "4:1 not readable as YAML: a tab cannot be used for indentation\n");
  EXPECT_FALSE(document.complete);
  EXPECT_EQ(node(document, {"z"}).text, "0");
}

TEST(Yaml, TabsMayStandWhereNothingFollowsThem) {
  const std::string text =
      "\t\na:\n  b: 1\t\n\t \t\n  c: two\n\t\n    words\n\t# a remark\n  d: [x]\t# another\n"
      "  e: |\n    one\n    \ttwo\n \t\nf:\n  -\t\n    g: 3\r\n\t\r\n  -\t# last\n    h: é\n\t";
  const Document document = read_yaml(text);
  EXPECT_EQ(problems(document, text), "");
  EXPECT_TRUE(document.complete);
  EXPECT_EQ(source(text, node(document, {"a", "b"}).range), "1");
  EXPECT_EQ(node(document, {"a", "c"}).text, "two\nwords");
  EXPECT_EQ(source(text, node(document, {"a", "d"}).range), "[x]");
  EXPECT_EQ(node(document, {"a", "e"}).text, "one\n\ttwo\n");
  EXPECT_EQ(source(text, node(document, {"f", "0"}).range), "g: 3");
  EXPECT_EQ(source(text, node(document, {"f", "1", "h"}).range), "é");
}

TEST(Yaml, AMistakeBelowALineOfTabsIsAtItsPlace) {
  const std::string text = "a: 1\n\t\nb:\n  c: 1\n\td: 2\n";
  EXPECT_EQ(problems(read_yaml(text), text),
            "5:1 not readable as YAML: a tab cannot be used for indentation\n");
}

TEST(Yaml, ManyLinesOfTabsAreReadInBoundedTime) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "\t\n";
  EXPECT_FALSE(read_yaml(text).complete);
}

TEST(Yaml, TabsMaySeparateInsideFlowStyle) {
  const Document document = read_yaml("a: [1,\t2]\nb:\t3\n");
  EXPECT_TRUE(document.complete);
  EXPECT_EQ(node(document, {"a", "1"}).text, "2");
}

TEST(Yaml, BytesThatAreNotUtf8AreReadAsQuestionMarksAndReportedOnce) {
  const std::string text = "a: caf\xE9 \xFF\nb: 1\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(problems(document, text),
            "1:7 2 bytes from here on are not UTF-8 text, or a control character; read as '?'\n");
  EXPECT_EQ(node(document, {"a"}).text, "caf? ?");
  EXPECT_EQ(source(text, node(document, {"b"}).range), "1");
  EXPECT_TRUE(document.complete);
}

TEST(Yaml, Utf16IsRefusedPolitely) {
  const std::string text(
      "\xFF\xFE"
      "a\0:\0",
      6);
  const Document document = read_yaml(text);
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(document.problems[0].message, "encoded as UTF-16 or UTF-32: save it as UTF-8");
  EXPECT_FALSE(document.complete);
  EXPECT_FALSE(read_yaml(std::string("a\0:\0 \0b\0", 8)).complete) << "without a mark too";
}

TEST(Yaml, AHalfWrittenFileKeepsWhatStandsBeforeTheError) {
  const std::string text =
      "Resources:\n  A:\n    Type: AWS::S3::Bucket\n  B:\n    Type: AWS::Lambda::Function\n"
      "    Properties:\n      Handler: \"app.ha";
  const Document document = read_yaml(text);
  EXPECT_FALSE(document.complete);
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(document.problems[0].message,
            "not readable as YAML: the quote that begins here is not closed");
  EXPECT_EQ(text.substr(document.problems[0].where.begin), "\"app.ha");
  EXPECT_EQ(node(document, {"Resources", "A", "Type"}).text, "AWS::S3::Bucket");
  EXPECT_EQ(node(document, {"Resources", "B", "Properties", "Handler"}).kind, NodeKind::Null);
  for (const Node& each : document.nodes) EXPECT_LE(each.range.end, text.size());
}

// The next quote closes it: what is between them is not what was meant.
TEST(Yaml, AQuoteThatIsNotClosedIsTheOneMistake) {
  const std::string text = "A: 1\nRuntime: 'python3.13\nHandler: 'app.handler'\nCodeUri: src\n";
  const Document document = read_yaml(text);
  EXPECT_FALSE(document.complete);
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(document.problems[0].where.begin, text.find("'python"));
  EXPECT_EQ(document.problems[0].message,
            "not readable as YAML: the quote that begins here is closed only at line 3, column 10, "
            "where more follows it: is one missing?");
  EXPECT_EQ(node(document, {"A"}).text, "1");
  EXPECT_EQ(node(document, {"Runtime"}).kind, NodeKind::Null);
  const Document list = read_yaml("Layers: [\"x, \"y\"]\n");
  ASSERT_EQ(list.problems.size(), 1U);
  EXPECT_EQ(list.problems[0].message,
            "not readable as YAML: more follows the quoted text that begins here; a quote inside "
            "of it is written \\\"");
  for (const char* other : {"a: ['x', @y]\n", "a: 'x'\n b: 1\n"})
    EXPECT_EQ(read_yaml(other).problems[0].message.find("quote that"), std::string::npos) << other;
}

TEST(Yaml, AnUnquotedStarIsExplained) {
  const std::string text = "Action: s3:*\nResource: *\n";
  EXPECT_EQ(problems(read_yaml(text), text),
            "2:11 not readable as YAML: a value that begins with * must be quoted\n");
}

TEST(Yaml, AKeyThatIsNoTextIsAProblemAndTheRestStands) {
  const std::string text = "{{ name }}: 1\nb: 2\n";
  const Document document = read_yaml(text);
  EXPECT_EQ(problems(document, text),
            "1:1 a key must be text, not a list or a map; this entry is left out\n"
            "1:2 a key must be text, not a list or a map; this entry is left out\n");
  EXPECT_EQ(node(document, {"b"}).text, "2");
}

TEST(Yaml, AnEmptyTextHasNoRoots) {
  for (const std::string text : {"", "  \n", "# only a comment\n", "---\n...\n"}) {
    const Document document = read_yaml(text);
    EXPECT_TRUE(document.roots.empty()) << text;
    EXPECT_TRUE(document.complete);
  }
}

}  // namespace
}  // namespace fnlint
