// Every rule has one identity, one maker and cases that show it; nothing is orphaned either way.
#include "tables/tables.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fnlint::catalogue_test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;

// Folders of cases that serve many rules.
const std::set<std::string> kSharedCases{"clean", "languages", "same-system", "projects"};

std::string text_of(const fs::path& path) {
  std::ifstream stream(kRoot / path);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

// The rule ids in the list of checks/checks.cpp, with how many lines name each.
std::map<std::string, int> listed_rules() {
  const std::string content = text_of("checks/checks.cpp");
  std::map<std::string, int> rules;
  const std::regex check(R"(Check\{\s*[a-z_0-9]+\s*,\s*\{([^}]*)\})"), id("\"([a-z0-9-]+)\"");
  for (std::sregex_iterator line(content.begin(), content.end(), check), end; line != end; ++line) {
    const std::string ids = (*line)[1];
    for (std::sregex_iterator found(ids.begin(), ids.end(), id); found != end; ++found)
      ++rules[(*found)[1]];
  }
  return rules;
}

int cases_of(std::string_view rule, std::string_view start) {
  int count = 0;
  if (!fs::is_directory(kRoot / "fixtures" / rule)) return 0;
  for (const auto& entry : fs::directory_iterator(kRoot / "fixtures" / rule))
    count += entry.path().filename().string().starts_with(start);
  return count;
}

TEST(Catalogue, EveryRuleOfACheckStandsInTheListOnce) {
  const std::map<std::string, int> listed = listed_rules();
  for (const Rule& rule : rules()) {
    const auto found = listed.find(std::string(rule.id));
    const int makers = found == listed.end() ? 0 : found->second;
    EXPECT_EQ(makers, rule.made_by == RuleMaker::Check ? 1 : 0)
        << rule.id << " in the list of checks/checks.cpp";
  }
}

TEST(Catalogue, EveryRuleSaysWhatItMeansInWords) {
  for (const Rule& rule : rules())
    for (const std::string_view words : {rule.title, rule.why, rule.remedy})
      EXPECT_EQ(words.find("TODO"), words.npos) << rule.id;
}

TEST(Catalogue, EveryListedIdIsARule) {
  for (const auto& [id, count] : listed_rules()) EXPECT_NE(find_rule(id), nullptr) << id;
}

// What makes findings, by name: the builder, and functions that begin one of it for a rule.
TEST(Catalogue, EveryIdThatAFindingIsMadeWithIsARule) {
  const std::regex maker(R"(\b(?:FindingBuilder|[a-z_]*finding[a-z_]*)\(([^()]*))"),
      id("\"([a-z]+(?:-[a-z0-9]+)+)\"");
  std::set<std::string> made;
  for (const std::string_view folder : {"checks", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      const std::string source = text_of(entry.path());
      for (std::sregex_iterator call(source.begin(), source.end(), maker), end; call != end;
           ++call) {
        const std::string given = (*call)[1];
        for (std::sregex_iterator one(given.begin(), given.end(), id); one != end; ++one) {
          EXPECT_NE(find_rule((*one)[1].str()), nullptr) << (*one)[1] << " in " << entry.path();
          made.insert((*one)[1]);
        }
      }
    }
  EXPECT_GT(made.size(), 80U);
}

TEST(Catalogue, NoFindingIsFilledByHand) {
  const std::regex by_hand(R"(\n *Finding [a-z_]+(?:;|\{\.))");
  for (const std::string_view folder : {"checks", "policies", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      EXPECT_FALSE(std::regex_search(text_of(entry.path()), by_hand)) << entry.path();
    }
}

TEST(Catalogue, EveryRuleIsShownByCasesThatFireAndCasesThatDoNot) {
  for (const Rule& rule : rules()) {
    const int least = rule.made_by == RuleMaker::App ? 1 : 2;
    EXPECT_GE(cases_of(rule.id, "fires-"), least) << "fixtures/" << rule.id << "/fires-*";
    EXPECT_GE(cases_of(rule.id, "silent-"), least) << "fixtures/" << rule.id << "/silent-*";
  }
}

// What stands in a page beside the examples is code of fixtures, printed by scripts/rule-pages.
TEST(Catalogue, ThePageOfARuleSaysWhyAndHowAndLeadsToItsCases) {
  for (const Rule& rule : rules()) {
    const std::string id(rule.id);
    const std::string page = text_of(fs::path("docs/rules") / (id + ".md"));
    std::vector<std::string> parts{"## Why", "## How to fix it", "## How to silence it",
                                   "[fixtures/" + id + "](../../fixtures/" + id + ")"};
    if (!rule.bad_example.empty()) parts.push_back("## A bad example");
    if (!rule.good_example.empty()) parts.push_back("## A good example");
    if (!rule.sources.empty()) parts.push_back("## Sources");
    for (const std::string& part : parts)
      EXPECT_NE(page.find(part), std::string::npos) << id << ": " << part << "; run scripts/rule-pages";
  }
}

TEST(Catalogue, SourcesOutsideOfTheRepositoryHaveAnAddress) {
  for (const Rule& rule : rules())
    for (const std::string_view source : rule.sources)
      EXPECT_TRUE(source.find("<https://") != source.npos || source.find(": data/") != source.npos)
          << rule.id << ": " << source;
}

TEST(Catalogue, ExamplesAreCasesOfTheRule) {
  for (const Rule& rule : rules()) {
    if (rule.bad_example.empty() && rule.made_by == RuleMaker::App) continue;
    const fs::path cases = kRoot / "fixtures" / rule.id;
    EXPECT_TRUE(rule.bad_example.starts_with("fires-") &&
                fs::is_directory(cases / rule.bad_example))
        << rule.id << ": examples.bad is " << rule.bad_example;
    EXPECT_TRUE(!rule.good_example.starts_with("fires-") && !rule.good_example.empty() &&
                fs::is_directory(cases / rule.good_example))
        << rule.id << ": examples.good is " << rule.good_example;
  }
}

// docs/peers.tsv: tool, rule, what it asks, the rules here that answer it, why none does or what
// they leave out.
TEST(Catalogue, EveryRuleOfAnotherToolIsCoveredOrHasAReason) {
  std::set<std::string> unbuilt;
  std::istringstream rows(text_of("docs/unbuilt.tsv"));
  for (std::string line; std::getline(rows, line);)
    if (const auto tab = line.find('\t'); tab != line.npos && tab + 1 < line.size())
      unbuilt.insert(line.substr(0, tab));
  std::istringstream peers(text_of("docs/peers.tsv"));
  std::string line;
  std::getline(peers, line);
  while (std::getline(peers, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    ASSERT_GE(cells.size(), 4U) << line;
    if (cells[3].empty()) {
      EXPECT_TRUE(cells.size() > 4 && !cells[4].empty()) << line;
      continue;
    }
    std::istringstream ids(cells[3]);
    for (std::string id; std::getline(ids, id, ',');)
      EXPECT_TRUE(find_rule(id) != nullptr || unbuilt.contains(id)) << id << ": " << line;
  }
  for (const Rule& rule : rules()) EXPECT_FALSE(unbuilt.contains(std::string(rule.id))) << rule.id;
}

// docs/regraded.tsv: rule, "level error" as it was planned, why it is another one.
TEST(Catalogue, ARuleThatIsNotAsPlannedHasAReason) {
  std::istringstream rows(text_of("docs/regraded.tsv"));
  std::string line;
  std::getline(rows, line);
  while (std::getline(rows, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    ASSERT_EQ(cells.size(), 3U) << line;
    const Rule* const rule = find_rule(cells[0]);
    ASSERT_NE(rule, nullptr) << line;
    const bool is_as_planned = (cells[1] == "level error" && rule->severity == Severity::Error) ||
                               (cells[1] == "profile default" && rule->profile == Profile::Default);
    EXPECT_FALSE(is_as_planned) << line;
    EXPECT_TRUE(cells[1] == "level error" || cells[1] == "profile default") << line;
  }
}

TEST(Catalogue, EveryFolderOfCasesBelongsToARule) {
  if (!fs::is_directory(kRoot / "fixtures")) return;
  for (const auto& entry : fs::directory_iterator(kRoot / "fixtures")) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_directory() || kSharedCases.contains(name)) continue;
    EXPECT_NE(find_rule(name), nullptr) << "fixtures/" << name;
    for (const auto& example : fs::directory_iterator(entry)) {
      const std::string case_name = example.path().filename().string();
      EXPECT_TRUE(case_name.starts_with("fires-") || case_name.starts_with("silent-") ||
                  case_name.starts_with("unknown-"))
          << "fixtures/" << name << '/' << case_name;
    }
  }
}

}  // namespace
}  // namespace fnlint::catalogue_test
