// Damaged documents with a fixed seed: no crash, and every span in range.

#include "frontends/documents/document.h"
#include "frontends/documents/samconfig.h"
#include "tests/documents/support.h"

#include <array>
#include <random>

namespace fnlint {
namespace {

constexpr unsigned kSeed = 20261120;
constexpr int kRounds = 1500;

const std::array<std::string, 4> kSeeds{
    "AWSTemplateFormatVersion: 2010-09-09\nGlobals:\n  Function: &f {Timeout: 3, Tags: [a, 'b']}\n"
    "Resources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties:\n      <<: *f\n"
    "      Handler: !Sub \"${X}\\t\\u00e9.handler\"\n      InlineCode: |\n        import os\n\n"
    "        def handler(e, c):\n            return 1\n      Policies:\n        - >-\n"
    "          folded text\n          goes on\n        - !If [A, {Ref: B}, !Ref C]\n",
    "{\"Resources\": {\"A\": {\"Type\": \"AWS::Lambda::Function\", \"Properties\": {\"Code\": "
    "{\"ZipFile\": {\"Fn::Join\": [\"\\n\", [\"a \\ud83d\\ude00\", \"b\\u00e9\"]]}}, \"N\": "
    "-1.5e3, \"T\": true, \"Z\": null}}}}",
    "a: \"one\r\n  two\\\r\n  three\"\r\nb: 'it''s'\r\nc: |2-\r\n    x\r\n   y\r\n? k\r\n: v\r\n"
    "d: &x !!str ü\r\ne: [*x, {*x : 1}]\r\n--- \r\nf: g\r\n",
    "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = \"A=\\\"x y\\\" B=é\"\n"
    "template_file = '''t.yaml'''\n[default.global]\nparameters = {parameter_overrides = "
    "[\"C=1\"]}\n",
};
constexpr std::array<std::string_view, 16> kPieces{"\"",   "'",  "[",    "{",   "}",  "]",
                                                   ": ",   "\n", "\r\n", "\t",  "*x", "&x ",
                                                   "<<: ", "|",  "\\",   "\xFF"};

class Mutations {
 public:
  std::string next() {
    std::string text = kSeeds[below(kSeeds.size())];
    for (std::size_t edits = 1 + below(4); edits > 0 && !text.empty(); --edits) {
      const std::size_t at = below(text.size());
      switch (below(4)) {
        case 0: text.resize(at); break;
        case 1: text[at] = static_cast<char>(below(256)); break;
        case 2: text.insert(at, kPieces[below(kPieces.size())]); break;
        default: text.erase(at, 1 + below(8)); break;
      }
    }
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::mt19937 random_{kSeed};
};

void expect_sound(const Document& document, std::string_view text) {
  const auto in_text = [&](Range range) {
    return range.begin <= range.end && range.end <= text.size();
  };
  for (std::size_t i = 0; i < document.nodes.size(); ++i) {
    const Node& each = document.nodes[i];
    ASSERT_TRUE(in_text(each.range)) << text;
    ASSERT_TRUE(in_text(each.tag_range)) << text;
    ASSERT_LE(each.items.first + each.items.count, document.items.size());
    ASSERT_LE(each.entries.first + each.entries.count, document.entries.size());
    ASSERT_LE(each.segments.first + each.segments.count, document.segments.size());
    const NodeId id{static_cast<std::uint32_t>(i)};
    for (std::uint32_t offset = 0; offset <= each.text.size(); ++offset) {
      const std::uint32_t found = document.file_offset(id, offset);
      ASSERT_GE(found, each.range.begin) << text;
      ASSERT_LE(found, each.range.end) << text;
    }
  }
  for (const NodeId id : document.items) ASSERT_LT(id.index, document.nodes.size());
  for (const MapEntry& entry : document.entries) {
    ASSERT_LT(entry.value.index, document.nodes.size());
    ASSERT_TRUE(in_text(entry.key_range)) << text;
  }
  for (const Problem& problem : document.problems) ASSERT_TRUE(in_text(problem.where)) << text;
  ASSERT_TRUE(document.complete || !document.problems.empty()) << text;
}

TEST(Mutations, NoDocumentCrashesAndEverySpanIsInRange) {
  Mutations mutations;
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = mutations.next();
    expect_sound(read_yaml(text), text);
    expect_sound(read_json(text), text);
    expect_sound(read_document(text), text);
    if (HasFatalFailure()) return;
  }
}

TEST(Mutations, EveryTruncationKeepsSpansInRange) {
  for (const std::string& seed : kSeeds) {
    for (std::size_t length = 0; length < seed.size(); ++length) {
      const std::string text = seed.substr(0, length);
      expect_sound(read_document(text), text);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Mutations, NoSamConfigCrashesAndEverySpanIsInRange) {
  Mutations mutations;
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = mutations.next();
    for (const SamConfigFormat format : {SamConfigFormat::Toml, SamConfigFormat::Yaml}) {
      const SamConfig config = read_samconfig(text, format);
      for (const ParameterOverride& each : config.overrides) {
        ASSERT_LE(each.where.begin, each.where.end) << text;
        ASSERT_LE(each.where.end, text.size()) << text;
      }
      for (const Problem& problem : config.problems) ASSERT_LE(problem.where.end, text.size());
    }
  }
}

}  // namespace
}  // namespace fnlint
