// A mistake in a rule or a table stops the build, and says where it is.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRule = R"(id: loop-example
category: loop
severity: error
profile: default
since: 0.1.0
aliases: []
title: Function is triggered by its own output
why: Each run starts the next.
remedy: Write elsewhere.
examples: {bad: fires-once, good: silent-otherwise}
)";

class GenerateTables : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    root_ =
        fs::temp_directory_path() / ("fnlint-tables-" + std::to_string(getpid()) + info->name());
    fs::remove_all(root_);
    fs::create_directories(root_ / "rules");
    fs::copy(fs::path(FNLINT_SOURCE_DIR) / "data", root_ / "data", fs::copy_options::recursive);
    fs::remove_all(root_ / "data/models");  // large; the tests of models write their own
    fs::create_directories(root_ / "data/models");
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, std::string_view text) {
    std::ofstream(root_ / path) << text;
  }

  // What the generator objects to; empty when it wrote its output.
  std::string mistakes() {
    const std::string command = std::string("'" FNLINT_GENERATE_TABLES "' '") + root_.string() +
                                "' '" + (root_ / "out.cpp").string() + "' 2>'" +
                                (root_ / "errors").string() + "'";
    const int code = std::system(command.c_str());
    std::ifstream stream(root_ / "errors");
    std::stringstream text;
    text << stream.rdbuf();
    EXPECT_EQ(code == 0, text.str().empty());
    EXPECT_EQ(code == 0, fs::exists(root_ / "out.cpp"));
    return text.str();
  }

  std::string output() { return read("out.cpp"); }
  std::string read(const std::string& path) {
    std::ifstream stream(root_ / path);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
  }
  std::string rule_with(std::string_view from, std::string_view to) {
    std::string text(kRule);
    text.replace(text.find(from), from.size(), to);
    return text;
  }

 private:
  fs::path root_;
};

TEST_F(GenerateTables, WritesSoundInput) {
  write("rules/loop-example.yaml", kRule);
  EXPECT_EQ(mistakes(), "");
}

TEST_F(GenerateTables, RefusesAnUnknownKeyAtItsLine) {
  write("rules/loop-example.yaml", rule_with("severity: error", "severity: error\nsevrity: note"));
  EXPECT_EQ(mistakes(), "rules/loop-example.yaml:4: unknown key \"sevrity\"\n");
}

TEST_F(GenerateTables, RefusesAWordOutsideItsSet) {
  write("rules/loop-example.yaml", rule_with("severity: error", "severity: fatal"));
  EXPECT_EQ(mistakes(),
            "rules/loop-example.yaml:3: \"severity\" takes one of: note, warning, error\n");
}

TEST_F(GenerateTables, RefusesAMissingKey) {
  write("rules/loop-example.yaml", rule_with("remedy: Write elsewhere.\n", ""));
  EXPECT_EQ(mistakes(), "rules/loop-example.yaml:1: the key \"remedy\" is missing or empty\n");
  write("rules/loop-example.yaml", std::string(kRule) + "remedies: {cobol: Write elsewhere.}\n");
  EXPECT_EQ(mistakes(), "rules/loop-example.yaml:11: no language or tool is called \"cobol\"\n");
}

TEST_F(GenerateTables, RefusesAKeyThatStandsTwice) {
  write("rules/loop-example.yaml", std::string(kRule) + "why: again\n");
  EXPECT_EQ(mistakes(), "rules/loop-example.yaml:11: the key \"why\" stands here twice\n");
}

TEST_F(GenerateTables, RefusesARuleUnderAnotherName) {
  write("rules/other.yaml", kRule);
  EXPECT_EQ(mistakes(), "rules/other.yaml:1: the file's name is not its id\n");
}

TEST_F(GenerateTables, RefusesYamlThatDoesNotParse) {
  write("rules/loop-example.yaml", "id: [loop-example\nx\n");
  EXPECT_TRUE(mistakes().starts_with("rules/loop-example.yaml:")) << mistakes();
}

TEST_F(GenerateTables, RefusesADateThatDoesNotExist) {
  write("data/runtimes.yaml",
        "as_of: 2026-01-01\nruntimes:\n"
        "  - {id: a, language: python}\n  - {id: b, language: python, deprecated: 2026-02-30}\n");
  EXPECT_EQ(mistakes(), "data/runtimes.yaml:4: \"deprecated\" takes a date, YYYY-MM-DD\n");
}

TEST_F(GenerateTables, ShowsTheFirstMistakeOfEveryTable) {
  write("data/runtimes.yaml", "as_of: 2026-01-01\nruntime: []\n");
  write("data/heavy_imports.yaml", "python: 3\n");
  EXPECT_EQ(mistakes(),
            "data/runtimes.yaml:2: unknown key \"runtime\"\n"
            "data/heavy_imports.yaml:1: \"python\" takes a list\n");
}

TEST_F(GenerateTables, RefusesAGuessThatIsCertain) {
  const std::string row = "as_of: 2026-01-01\nguesses:\n  - {sign: a, reason: b, source: c, case: d";
  write("data/guesses.yaml", row + ", score: 100}\n");
  const std::string mistake =
      "data/guesses.yaml:3: a guess has a score from 1 to 99: none is certain\n";
  EXPECT_EQ(mistakes(), mistake);
  write("data/guesses.yaml", row + "}\n");
  EXPECT_EQ(mistakes(), mistake);
}

TEST_F(GenerateTables, RefusesAModelOfAnUnknownOperation) {
  write("data/models/new.yaml", "python:\n  - {call: new.call, operation: s3.PutObjct}\n");
  EXPECT_EQ(mistakes(), "data/models/new.yaml:2: no operation is called \"s3.PutObjct\"\n");
}

TEST_F(GenerateTables, RefusesWhatIsNoSelector) {
  write("data/models/new.yaml", "python:\n  - {call: new.call, returns: \"0..1\"}\n");
  EXPECT_EQ(mistakes(), "data/models/new.yaml:2: returns: \"0..1\" is no selector\n");
  write("data/models/new.yaml", "python:\n  - {call: new.call, returns: \"=made({0)\"}\n");
  EXPECT_EQ(mistakes(), "data/models/new.yaml:2: returns: a brace is not closed\n");
  write("data/models/new.yaml", "python:\n  - {call: f, invokes: \"0\", with: \"0,@context\"}\n");
  EXPECT_EQ(mistakes(), "data/models/new.yaml:2: with: \"@context\" is no selector\n");
}

TEST_F(GenerateTables, TakesSelectorsOfEveryForm) {
  write("data/models/new.yaml",
        "python:\n"
        "  - {call: new.a, invokes: \"receiver.0|1[]|fn\", with: \"0[].a-b,'x,y',?,@event.R[]\"}\n"
        "  - {call: new.b, returns: \"=made({0|name}).at({'x'})\"}\n"
        "  - {call: new.c, computes: keys, of: \"Items[][],Items.\"}\n");
  EXPECT_EQ(mistakes(), "");
}

TEST_F(GenerateTables, RefusesTwoRowsOfOnePathAndNamesBoth) {
  write("data/models/new.yaml", "python:\n  - {call: new.call}\n  - {call: \"new.{call,x}\"}\n");
  EXPECT_EQ(mistakes(),
            "data/models/new.yaml:3: a row of \"new.call\" stands at data/models/new.yaml:2 too\n");
}

TEST_F(GenerateTables, RefusesAServiceWithoutOperations) {
  write("data/models/new.yaml",
        "services:\n  - {id: nosuch, v3: client-nosuch, client: C, aggregated: A}\n");
  EXPECT_EQ(mistakes(),
            "data/models/new.yaml:2: data/operations.yaml has no operation of \"nosuch\"\n");
}

constexpr std::string_view kServices = R"(services:
  - {id: sns, java: sns.Sns, go: [sns, sns2]}
  - {id: sqs, java: sqs.Sqs}
sdks:
  - {language: java, call: "sdk.<java>Client().<op>", operation: <operation>, members_in: "0"}
  - {language: go, call: "<go|lower>.<java|tail>().<Op>{,Async}", operation: <operation>}
)";

TEST_F(GenerateTables, FillsThePatternsOfSdksForTheServicesThatHaveTheirColumns) {
  write("data/models/new.yaml", kServices);
  EXPECT_EQ(mistakes(), "");
  const std::string out = output();
  for (const char* path : {"sdk.sns.SnsClient().publish", "sdk.sqs.SqsClient().sendMessage",
                           "sns.Sns().PublishAsync", "sns2.Sns().PublishBatch"})
    EXPECT_NE(out.find(std::string(".path = \"") + path + '"'), out.npos) << path;
  EXPECT_EQ(out.find(".path = \"sqs.Sqs()"), out.npos);
}

TEST_F(GenerateTables, RefusesPatternsThatCannotBeFilled) {
  const auto with = [&](const std::string& row) {
    write("data/models/new.yaml", "services:\n  - {id: sns, go: sns}\nsdks:\n  - " + row + "\n");
    return mistakes();
  };
  EXPECT_EQ(with("{language: go, call: \"<go|title>.X\"}"),
            "data/models/new.yaml:4: a placeholder's modifier is head, tail or lower\n");
  EXPECT_EQ(with("{language: go, call: \"<go>.<Op>\", when: sometimes}"),
            "data/models/new.yaml:4: no flag of an operation is called \"sometimes\"\n");
  EXPECT_TRUE(with("{language: cobol, call: x}").find("\"language\" takes one of") !=
              std::string::npos);
}

TEST_F(GenerateTables, RefusesFamiliesAndAliasesThatMeanNothing) {
  write("data/models/new.yaml", "families:\n  go:\n    - {begins: a, ends: b}\n");
  EXPECT_EQ(mistakes(), "data/models/new.yaml:3: a family has a kind or is fluent\n");
  write("data/models/new.yaml", "members:\n  - {service: sns, aliases: {Subject: NoSuchMember}}\n");
  EXPECT_EQ(mistakes(), "data/models/new.yaml:2: no selector has this member\n");
}

TEST_F(GenerateTables, ShowsAMistakeOfTheOperationsOnce) {
  write("data/operations.yaml",
        "as_of: 2026-01-01\noperations:\n  - {id: x.Y, repeat: sometimes, words: does}\n");
  EXPECT_TRUE(mistakes().starts_with("data/operations.yaml:3: \"repeat\" takes one of: same, "))
      << mistakes();
}

TEST_F(GenerateTables, RefusesFiltersOfTheCdkThatAreNone) {
  const std::string name = "data/cdk_constructs.yaml";
  const std::string sound = read(name);
  const auto mistakes_with = [&](std::string_view from, std::string_view to) {
    std::string text = sound;
    text.replace(text.find(from), from.size(), to);
    write(name, text);
    return mistakes();
  };
  const std::string layers =
      mistakes_with("Layers: props.layers | arn", "Layers: props.layers | arm");
  EXPECT_TRUE(layers.ends_with(": no filter is called \"arm\"\n")) << layers;
  const std::string second = mistakes_with("| context | true", "| context | ture");
  EXPECT_TRUE(second.ends_with(": no filter is called \"ture\"\n")) << second;
  const std::string attached =
      mistakes_with("{attach: \"this | code\"", "{attach: \"this | coed\"");
  EXPECT_TRUE(attached.ends_with(": no filter is called \"coed\"\n")) << attached;
}

TEST_F(GenerateTables, RefusesKnownNamesWithoutASourceOrTwice) {
  const auto mistakes_of = [&](std::string_view list) {
    write("data/known/builds.yaml",
          std::string("as_of: 2026-01-01\nlists:\n  - ") + std::string(list));
    return mistakes();
  };
  const std::string at = "data/known/builds.yaml:";
  EXPECT_EQ(mistakes_of("{list: tools, says: what they are, rows: [a]}\n"),
            at + "3: the key \"source\" is missing or empty\n");
  EXPECT_EQ(mistakes_of("{list: tools, says: x, source: y, rows: [a,\n    b, a]}\n"),
            at + "4: this stands here twice\n");
  EXPECT_EQ(mistakes_of("{list: tools, says: x, source: y, rows: [[a, b],\n    [c]]}\n"),
            at + "4: the rows of a list have equally many texts\n");
  EXPECT_EQ(mistakes_of("{list: tools-of-builds, says: x, source: y, rows: [a]}\n"),
            at + "3: tools-of-builds is no name of a function\n");
}

}  // namespace
