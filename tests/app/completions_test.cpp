// Completions offer what the command line understands. That of bash is asked by bash itself, as it
// asks when somebody presses the tabulator; zsh's and fish's are tried by
// scripts/test-integrations.
#include "core/text.h"
#include "tables/tables.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>

namespace fnlint::completions_test {
namespace {

using Words = std::vector<std::string>;

std::string script_of(const std::string& shell) {
  test::Program fnlint;
  EXPECT_EQ(fnlint({"completions", shell}), 0) << fnlint.err.str();
  return fnlint.out.str();
}

class Bash : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("bash --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "there is no bash";
    folder.write("fnlint.bash", script_of("bash"));
    folder.write("template.yaml", "");
    folder.write("ask.sh",
                 "cd \"$(dirname \"$0\")\" && source ./fnlint.bash || exit\n"
                 "COMP_WORDS=(fnlint \"$@\") COMP_CWORD=$#\n"
                 "_fnlint 2>said && printf '%s\\n' \"${COMPREPLY[@]}\" >>answer\n");
  }

  // What is offered for the last word.
  Words offered(const Words& words) {
    std::string call = "bash '" + folder.path("ask.sh") + "'";
    for (const std::string& word : words) call += " '" + word + "'";
    folder.write("answer", "");
    EXPECT_EQ(std::system(call.c_str()), 0) << call << folder.read("said");
    Words lines;
    std::ifstream answer(folder.path("answer"));
    for (std::string line; std::getline(answer, line);)
      if (!line.empty()) lines.push_back(line);
    return lines;
  }

  test::TemporaryFolder folder;
};

TEST_F(Bash, CompletesCommandsAndFilesWhereTheFirstWordIsTyped) {
  EXPECT_EQ(offered({"comp"}), Words{"completions"});
  EXPECT_EQ(offered({"templ"}), Words{"template.yaml"});
  EXPECT_EQ(offered({"check", "templ"}), Words{"template.yaml"});
  EXPECT_EQ(offered({"help", "bas"}), Words{"baseline"});
}

TEST_F(Bash, CompletesTheOptionsOfTheCommandThatIsTyped) {
  EXPECT_EQ(offered({"--show-u"}), Words{"--show-unresolved"});
  EXPECT_EQ(offered({"model", "--st"}), Words{"--stage"});
  EXPECT_EQ(offered({"rules", "--st"}), Words{});
}

TEST_F(Bash, CompletesTheValuesOfAChoice) {
  EXPECT_EQ(offered({"--color", ""}), (Words{"auto", "always", "never"}));
  EXPECT_EQ(offered({"--color", "=", "al"}), Words{"always"})
      << "to bash, --color=al is three words";
  EXPECT_EQ(offered({"--color", "="}), (Words{"auto", "always", "never"}));
  EXPECT_EQ(offered({"--output-format", "sar"}), Words{"sarif"});
  EXPECT_EQ(offered({"graph", "--output-format", ""}), (Words{"dot", "mermaid", "html"}));
  EXPECT_EQ(offered({"completions", ""}), (Words{"bash", "zsh", "fish"}));
}

TEST_F(Bash, CompletesRulesAlsoBehindAComma) {
  EXPECT_EQ(offered({"explain", "loop-s3"}), Words{"loop-s3-recursion"});
  EXPECT_EQ(offered({"--select", "security,loop-s3"}), Words{"security,loop-s3-recursion"});
}

TEST_F(Bash, OffersFilesOnlyWhereAFileIsMeant) {
  EXPECT_EQ(offered({"--config", "templ"}), Words{"template.yaml"});
  EXPECT_EQ(offered({"--today", ""}), Words{});
  EXPECT_EQ(offered({"explain", "--function", "templ"}), Words{});
}

TEST(Completions, HaveEveryOptionThatHelpHas) {
  const std::string bash = script_of("bash"), zsh = script_of("zsh"), fish = script_of("fish");
  const std::regex option(R"(--[a-z][a-z-]+)");
  for (const char* command : {"check", "explain", "graph", "baseline", "init", "rules", "model"}) {
    test::Program fnlint;
    fnlint({command, "--help"});
    const std::string help = fnlint.out.str();
    const std::string options = help.substr(help.find("Options:"));
    std::size_t count = 0;
    std::istringstream lines(options);
    for (std::string line; std::getline(lines, line);) {
      std::smatch name;
      if (!line.starts_with("  -") || !std::regex_search(line, name, option)) continue;
      ++count;
      const std::string word = name.str();
      EXPECT_TRUE(std::regex_search(
          bash, std::regex(cat("'", command, " -'\\*\\) words='[^']*", word, "[ ']"))))
          << command << ' ' << word;
      EXPECT_NE(zsh.find(word), std::string::npos) << word;
      EXPECT_TRUE(std::regex_search(
          fish, std::regex(cat("__fnlint_is ", command, "' [^\n]*-l ", word.substr(2), " "))))
          << command << ' ' << word;
    }
    EXPECT_GE(count, 3U) << command;
  }
}

TEST(Completions, HaveEveryRule) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = script_of(shell);
    for (const Rule& rule : rules())
      EXPECT_NE(script.find(cat(" ", rule.id)), std::string::npos) << shell << ' ' << rule.id;
  }
}

TEST(Completions, NeedAShellThatIsKnown) {
  test::Program fnlint;
  EXPECT_EQ(fnlint({"completions"}), 2);
  EXPECT_NE(fnlint.err.str().find("SHELL is required"), std::string::npos) << fnlint.err.str();
  EXPECT_EQ(fnlint({"completions", "fisch"}), 2);
  EXPECT_NE(fnlint.err.str().find("must be bash, zsh or fish, not 'fisch'; did you mean 'fish'?"),
            std::string::npos)
      << fnlint.err.str();
}

}  // namespace
}  // namespace fnlint::completions_test
