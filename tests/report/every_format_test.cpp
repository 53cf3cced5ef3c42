// What holds for every row of the table of formats.
#include "report/formats.h"
#include "tests/report/sample.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace fnlint::every_format_test {
namespace {

using test::blind;
using test::Sample;
using test::two_findings;

std::string docs_text(const std::string& name) {
  std::ifstream stream(std::filesystem::path(FNLINT_SOURCE_DIR) / "docs" / name);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

TEST(EveryFormat, IsFoundByItsName) {
  std::set<std::string_view> names;
  for (const Format& format : formats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_EQ(find_format(format.name), &format);
    EXPECT_FALSE(format.use.empty()) << format.name;
  }
  EXPECT_EQ(formats().front().name, "text");
  EXPECT_EQ(find_format("pdf"), nullptr);
}

TEST(EveryFormat, HasItsPlaceInTheDocumentation) {
  const std::string page = docs_text("output.md");
  for (const Format& format : formats())
    EXPECT_NE(page.find("\n| `" + std::string(format.name) + "` |"), std::string::npos)
        << "docs/output.md: " << format.name;
}

TEST(EveryFormat, NamesTheRuleAndThePlaceOfAFinding) {
  Sample sample;
  const FileId file = sample.file("src/app.py", "\nput()\n");
  sample.add("secrets-in-env", sample.at(file, "put()"), "m");
  Sample security;
  const FileId stack = security.file("src/app.py", "\nput()\n");
  security.add("runtime-deprecated", security.at(stack, "put()"), "m");
  for (const Format& format : formats()) {
    const bool is_sast = format.name == "gitlab-sast";  // has none but those about security
    const std::string out = format.write(is_sast ? security.arranged() : sample.arranged(), {});
    EXPECT_NE(out.find(is_sast ? "runtime-deprecated" : "secrets-in-env"), out.npos) << format.name;
    EXPECT_NE(out.find("src/app.py"), out.npos) << format.name;
  }
}

// What does not say so itself, the application says beside it.
TEST(EveryFormat, DoesNotShowARunThatCouldNotReadAsACleanOne) {
  for (const Format& format : formats()) {
    Sample sample = blind();
    const std::string out = format.write(sample.arranged(), {});
    EXPECT_EQ(out.find("not readable as YAML") != out.npos, format.tells_problems) << format.name;
    EXPECT_EQ(out.find("code not found") != out.npos || out.find("\"unread\": 2") != out.npos,
              format.tells_unread)
        << format.name;
  }
}

TEST(EveryFormat, IsTheSameForTheSameReport) {
  for (const Format& format : formats()) {
    Sample one = two_findings(), other = two_findings();
    EXPECT_EQ(format.write(one.arranged(), {}), format.write(other.arranged(), {})) << format.name;
  }
}

TEST(EveryFormat, EndsItsLastLine) {
  for (const Format& format : formats()) {
    Sample clean, found = two_findings();
    const std::string nothing = format.write(clean.arranged(), {});
    EXPECT_TRUE(nothing.empty() || nothing.ends_with('\n')) << format.name;
    EXPECT_TRUE(format.write(found.arranged(), {}).ends_with('\n')) << format.name;
  }
}

// What a project names its files and values commands no terminal and no build server.
TEST(EveryFormat, LetsNoTextOfAProjectBeACommand) {
  for (const Format& format : formats()) {
    Sample sample;
    const FileId file = sample.file("a\n::error::x\r##vso[task.complete]\x1b[31m\xFF.py", "x\n");
    sample.add("runtime-deprecated", sample.at(file, "x"),
               "m\n::set-env name=A::b\n##[error]c\n##teamcity[buildStop]\x1b[0m\xC3");
    const std::string out = format.write(sample.arranged(), {});
    EXPECT_EQ(out.find('\x1b'), out.npos) << format.name;
    for (const char* command : {"\n::error::x", "\n::set-env", "##vso[task.complete]", "##[error]",
                                "##teamcity[buildStop"})
      EXPECT_EQ(out.find(command), out.npos) << format.name << ": " << command;
    for (std::string_view rest = out; !rest.empty(); rest.remove_prefix(1))
      ASSERT_NE(static_cast<unsigned char>(rest.front()), 0xFF) << format.name;
  }
}

}  // namespace
}  // namespace fnlint::every_format_test
