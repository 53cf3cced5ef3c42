// What a new user types, and what others may have put into the project that is linted.
#include "core/text.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

namespace fnlint::first_day_test {
namespace {

using test::kClean;
using test::kFound;
using test::Program;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(FirstDay, AWordThatIsNearACommandIsNotTakenForAPath) {
  Program program;
  program.folder.write("template.yaml", kClean);
  EXPECT_EQ(program({"chek"}), 2);
  EXPECT_EQ(program.err.str(), "fnlint: unknown command 'chek'; did you mean 'check'?\n");
  EXPECT_EQ(program({"lsp", "."}), 2);
  EXPECT_TRUE(has(program.err.str(), "there is no command 'lsp' either")) << program.err.str();
  EXPECT_EQ(program({"check", "chek"}), 2);
  EXPECT_EQ(program.err.str(), "fnlint: no such file or folder: chek\n");
}

TEST(FirstDay, HelpAndVersionAreCommands) {
  Program program;
  EXPECT_EQ(program({"version"}), 0);
  EXPECT_EQ(program.out.str(), "fnlint 1.2.3\n");
  EXPECT_EQ(program({"help", "rules"}), 0);
  EXPECT_TRUE(has(program.out.str(), "--profile"));
  program.folder.write("help/template.yaml", kClean);
  EXPECT_EQ(program({"./help"}), 0) << "a folder of that name is linted by its path";
}

TEST(FirstDay, AParameterThatNoTemplateHasIsNamed) {
  Program program;
  program.folder.write("template.yaml", "Parameters:\n  Stage: {Type: String}\n" + kClean);
  EXPECT_EQ(program({"--parameter", "Stagee=prod"}), 0);
  EXPECT_EQ(program.err.str(),
            "fnlint: no template has a parameter 'Stagee'; did you mean 'Stage'?\n");
  EXPECT_EQ(program({"--parameter", "Stage=prod"}), 0);
  EXPECT_EQ(program.err.str(), "");
}

TEST(FirstDay, AParameterOfTheConfigurationThatNoTemplateHasIsAProblem) {
  Program program;
  program.folder.write("a/template.yaml", "Parameters:\n  Stage: {Type: String}\n" + kClean);
  program.folder.write("b/template.yaml", kClean);
  program.folder.write(".fnlint.yaml", "parameters:\n  Stage: prod\n  Stgae: prod\n");
  const auto problems = [&](std::vector<std::string> options) {
    options.insert(options.end(), {"--output-format", "json"});
    EXPECT_EQ(program(options), 0) << program.err.str();
    return program.parsed()["problems"];
  };
  ASSERT_EQ(problems({}).size(), 1U);
  EXPECT_EQ(problems({})[0]["message"],
            "no template has a parameter 'Stgae'; did you mean 'Stage'?");
  EXPECT_EQ(problems({})[0]["path"], ".fnlint.yaml");
  EXPECT_EQ(problems({})[0]["line"], 3);
  EXPECT_EQ(problems({"b"}).size(), 0U) << "others may have it";
  program.folder.write("b/.fnlint.yaml", "extend: ../.fnlint.yaml\n");
  EXPECT_EQ(problems({}).size(), 1U) << "what is shared is told of once";
}

TEST(FirstDay, AnEmptyArgumentIsAVariableThatIsNotSet) {
  Program program;
  program.folder.write("template.yaml", kClean);
  EXPECT_EQ(program({""}), 2);
  EXPECT_EQ(program.err.str(), "fnlint: an empty path names nothing; the current folder is '.'\n");
  EXPECT_EQ(program({"--diff-base", ""}), 2);
  EXPECT_EQ(program.err.str(),
            "fnlint: --diff-base: must be REVISION, not ''\nfnlint: see fnlint --help\n");
}

TEST(FirstDay, RulesAreListedByCategoryAndProfile) {
  Program program;
  EXPECT_EQ(program({"rules", "runtime", "--profile", "default"}), 0);
  EXPECT_TRUE(has(program.out.str(), "runtime-deprecated "));
  EXPECT_FALSE(has(program.out.str(), "loop-s3-recursion"));
  EXPECT_EQ(program({"explain", "loop"}), 0);
  EXPECT_TRUE(has(program.out.str(), "loop-s3-recursion "));
  EXPECT_EQ(program({"rules", "lop"}), 2);
  EXPECT_TRUE(has(program.err.str(), "did you mean 'loop'?"));
}

TEST(FirstDay, FingerprintsAreShownWithVerboseAndExplained) {
  Program program;
  program.folder.write("template.yaml", kFound);
  program({"-v"});
  const std::string text = program.out.str();
  const std::size_t at = text.find("= fingerprint: ");
  ASSERT_NE(at, std::string::npos) << text;
  EXPECT_EQ(program({"explain", "--finding", text.substr(at + 15, 16)}), 0);
}

TEST(FirstDay, WhyAFindingIsLikelyIsExplained) {
  Program program;
  program.folder.write("template.yaml",
                       "Parameters: {Runtime: {Type: String, Default: python3.7}}\n"
                       "Resources:\n"
                       "  F:\n"
                       "    Type: AWS::Lambda::Function\n"
                       "    Properties: {Handler: index.h, Runtime: !Ref Runtime, Role: r, Code: {ZipFile: 'def h(e, c): 1'}}\n");
  program({"--output-format", "json", "--today", "2026-03-01"});
  const nlohmann::json found = program.parsed()["findings"][0];
  ASSERT_EQ(found["confidence"], "likely");
  EXPECT_EQ(program({"explain", "--finding", found["fingerprint"].get<std::string>()}), 0);
  EXPECT_TRUE(has(program.out.str(), "Why it is likely:\n  It rests on a default that a deployment may replace."))
      << program.out.str();
}

TEST(FirstDay, LinesAreBrokenOnATerminalAlone) {
  Program program;
  program.folder.write("template.yaml", kFound);
  const auto longest = [&] {
    program({"--color", "never"});
    std::size_t most = 0;
    const std::string text = program.out.str();
    for (const std::string_view line : split(text, '\n'))
      if (!has(std::string(line), "https://")) most = std::max(most, line.size());
    return most;
  };
  EXPECT_GT(longest(), 60U);
  program.terminal = true;
  program.columns = 60;
  EXPECT_LE(longest(), 60U);
}

TEST(FirstDay, RulesAreLinkedWhereTheTerminalIsKnownToOpenLinks) {
  Program program;
  program.folder.write("template.yaml", kFound);
  const auto links = [&](std::map<std::string, std::string> variables) {
    program.variables = std::move(variables);
    program({});
    return has(program.out.str(), "\x1b]8;;https://");
  };
  EXPECT_FALSE(links({{"TERM_PROGRAM", "vscode"}})) << "no terminal";
  program.terminal = true;
  EXPECT_TRUE(links({{"TERM_PROGRAM", "vscode"}}));
  EXPECT_TRUE(links({{"VTE_VERSION", "7200"}}));
  EXPECT_TRUE(links({{"FORCE_HYPERLINK", "1"}}));
  EXPECT_FALSE(links({{"TERM", "xterm"}}));
  EXPECT_FALSE(links({{"TERM", "tmux-256color"}, {"TERM_PROGRAM", "vscode"}}));
  EXPECT_FALSE(links({{"FORCE_HYPERLINK", "0"}, {"TERM_PROGRAM", "vscode"}}));
  EXPECT_FALSE(links({{"NO_COLOR", "1"}, {"TERM_PROGRAM", "vscode"}}));
}

TEST(FirstDay, AConfigurationAboveTheRepositoryIsNotObeyed) {
  Program program;
  program.folder.write(".fnlint.yaml", "exclude: ['**']\n");
  program.folder.write("shop/.git/HEAD", "");
  program.folder.write("shop/api/template.yaml", kFound);
  EXPECT_EQ(program({"shop/api"}), 1);
  EXPECT_EQ(program({"shop/api/template.yaml"}), 1);
}

TEST(FirstDay, WithoutARepositoryNothingAboveTheCurrentFolderIsObeyed) {
  Program program;
  program.folder.write(".fnlint.yaml", "exclude: ['**']\n");
  program.folder.write("shop/api/template.yaml", kFound);
  program.directory = "shop";
  EXPECT_EQ(program({}), 1);
  EXPECT_EQ(program({"api"}), 1);
  EXPECT_EQ(program({"api/template.yaml"}), 1);
  program.directory = "";
  EXPECT_EQ(program({"shop"}), 0) << "the folder one stands in has one";
}

TEST(FirstDay, APageOfAFunctionNamesWhatIsWrittenLikeAFile) {
  Program program;
  program.folder.write("template.yaml",
                       "Transform: AWS::Serverless-2016-10-31\n"
                       "Resources:\n"
                       "  Thumbs:\n"
                       "    Type: AWS::Serverless::Function\n"
                       "    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: .}\n");
  program.folder.write("app.py",
                       "import io\n\nfrom PIL import Image\n\n\n"
                       "def handler(event, context):\n"
                       "    Image.new('L', (8, 8)).save(io.BytesIO())\n"
                       "    open('/tmp/last', 'w')\n");
  EXPECT_EQ(program({"explain", "--function", "Thumbs"}), 0);
  EXPECT_TRUE(has(program.out.str(), "file.Write on io.BytesIO()")) << program.out.str();
  EXPECT_TRUE(has(program.out.str(), "file.Open on /tmp/last")) << program.out.str();
}

// A name that a template gives goes to the terminal, and to the log of a build server.
TEST(FirstDay, APageOfAFunctionHoldsNothingThatATerminalOrARunnerObeys) {
  Program program;
  program.folder.write(
      "template.yaml",
      "Transform: AWS::Serverless-2016-10-31\n"
      "Resources:\n"
      "  \"::error::\\e]0;PWNED\\a\\e[2J\":\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties: {Handler: index.handler, Runtime: \"::stop::\\e[2J##[error]\", InlineCode: 'x = 1'}\n");
  EXPECT_EQ(program({"explain", "--function", "::error::\x1b]0;PWNED\a\x1b[2J"}), 0)
      << program.err.str();
  const std::string page = program.out.str();
  for (const char c : page) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= ' ');
  EXPECT_FALSE(has(page, "##["));
  for (const std::string_view line : split(page, '\n')) EXPECT_FALSE(trim(line).starts_with("::"));
}

TEST(FirstDay, FingerprintsDoNotDependOnWhereOneStands) {
  Program program;
  program.folder.write(".git/HEAD", "");
  for (const char* path : {"a/template.yaml", "b/template.yaml", "c/template.yaml"})
    program.folder.write(path, cat(kFound, "# ", path, '\n'));
  const auto prints = [&](const std::vector<std::string>& arguments) {
    program(arguments);
    std::map<std::string, std::string> found;
    const nlohmann::json report = program.parsed();
    for (const nlohmann::json& finding : report["findings"]) {
      std::string path = finding["path"];
      found[path.starts_with("../") ? path.substr(3) : path] = finding["fingerprint"];
    }
    return found;
  };
  const auto all = prints({"--output-format", "json"});
  program.directory = "b";
  auto seen = prints({"..", "--output-format", "json"});
  if (const auto own = seen.extract("template.yaml")) seen["b/template.yaml"] = own.mapped();
  EXPECT_EQ(seen, all);
}

TEST(FirstDay, APythonFileWithADotInItsNameIsACopyAndHoldsNoHandler) {
  Program program;
  const std::string code =
      "import boto3\n\n\ndef lambda_handler(event, context):\n"
      "    return boto3.client('s3').list_buckets(Prefix=event['prefix'])\n";
  program.folder.write("src/app.py", code);
  program.folder.write("src/app.before_2026.py", code);
  EXPECT_EQ(program({"check", "--output-format", "json"}), 0);
  EXPECT_TRUE(program.err.str().find(": 1 handler found") != std::string::npos)
      << program.err.str();
}

}  // namespace
}  // namespace fnlint::first_day_test
