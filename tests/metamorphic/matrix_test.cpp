// Guards in every carrier: what tells whether the work is to be done is a flag, a text, a number,
// an entry of a map, a function that was chosen ... Whichever it is, the guarded work gives no
// finding, and its twin, where the guard is inverted, does. Cells that come out wrong stand in
// known.txt, one by one.
#include "tests/metamorphic/matrix.h"

#include "tests/app/program.h"

#include <algorithm>
#include <fstream>
#include <set>

namespace fnlint::test::matrix_test {
namespace {

// Lines `language scenario carrier guarded|twin  # why` of known.txt.
std::set<std::string> known_cells() {
  std::set<std::string> known;
  std::ifstream in(FNLINT_SOURCE_DIR "/tests/metamorphic/known.txt");
  for (std::string line; std::getline(in, line);) {
    line.resize(std::min(line.find('#'), line.size()));
    while (!line.empty() && line.back() == ' ') line.pop_back();
    if (!line.empty()) known.insert(line);
  }
  return known;
}

// The best that is said of the rule: certain, likely, possible, or nothing.
std::string confidence_of(const Cell& cell) {
  Program program;
  for (const auto& [path, text] : cell.files) program.folder.write(path, text);
  program({"--output-format", "json", "--confidence", "possible", "--select",
           cell.rules.front() + (cell.rules.size() > 1 ? ',' + cell.rules.back() : "")});
  const nlohmann::json report = program.parsed();
  std::set<std::string> said;
  for (const auto& finding : report["findings"])
    if (std::ranges::find(cell.rules, finding["rule"].get<std::string>()) != cell.rules.end() &&
        (cell.notes || finding["severity"] != "note"))
      said.insert(finding["confidence"]);
  for (const std::string_view one : {"certain", "likely", "possible"})
    if (said.contains(std::string(one))) return std::string(one);
  return "nothing";
}

std::string code_of(const Cell& cell) {
  std::string all;
  for (const auto& [path, text] : cell.files)
    if (path != "template.yaml") all += path + ":\n" + text;
  return all;
}

struct Part {
  std::string language = {}, scenario = {};
};

std::vector<Part> parts() {
  std::vector<Part> all;
  for (const std::string& language : matrix_languages())
    for (const std::string& scenario : scenarios_of(language)) all.push_back({language, scenario});
  return all;
}

std::string name_of(const testing::TestParamInfo<Part>& row) {
  std::string name = row.param.language + '_' + row.param.scenario;
  std::ranges::replace(name, '-', '_');
  return name;
}

class Matrix : public testing::TestWithParam<Part> {};

TEST_P(Matrix, TellsGuardsFromTheirTwins) {
  const auto& [language, scenario] = GetParam();
  const std::set<std::string> known = known_cells();
  for (const Cell& cell : cells_of(language, scenario)) {
    const std::string name = language + ' ' + cell.scenario + ' ' + cell.carrier + ' ' +
                             (cell.guarded ? "guarded" : "twin");
    const std::string said = confidence_of(cell);
    const bool is_told = said == "certain" || said == "likely";
    EXPECT_EQ(is_told == cell.guarded, known.contains(name)) << name << " gives " << said << "\n"
                                                             << code_of(cell);
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, Matrix, testing::ValuesIn(parts()), name_of);

TEST(KnownCells, AreAtMostThreeInAHundred) {
  std::size_t cells = 0;
  for (const auto& [language, scenario] : parts()) cells += cells_of(language, scenario).size();
  EXPECT_LE(known_cells().size() * 100, 3 * cells);
}

TEST(MatrixText, IndentsWhatStandsAloneOnALine) {
  EXPECT_EQ(filled("a:\n  {{body}}\nb\n", {{"body", "x\n\n  {{y}}"}, {"y", "1\n2"}}),
            "a:\n  x\n\n    1\n    2\nb\n");
}

TEST(MatrixText, LeavesWhatNobodyNames) {
  EXPECT_EQ(filled("${{x}} {{y}}\n", {{"y", "1"}}), "${{x}} 1\n");
}

}  // namespace
}  // namespace fnlint::test::matrix_test
