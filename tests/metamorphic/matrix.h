// One guard in every carrier and language, each with a twin whose guard is inverted.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::test {

// A project of the matrix: in one language, one scenario's work behind a guard that is carried by
// one means. The work does harm exactly where the scenario's test holds: `guarded` does it where
// the test does not, its twin where it does.
struct Cell {
  std::string scenario = {}, carrier = {};
  std::vector<std::string> rules = {};  // any of them tells of the harm
  bool notes = true;                    // a note is enough
  bool guarded = true;
  std::map<std::string, std::string> files = {};  // by path
};

// The languages of which there are data: the names of the files in tests/metamorphic/matrix.
std::vector<std::string> matrix_languages();
// Those throw YAML::Exception where the data are none.
std::vector<std::string> scenarios_of(const std::string& language);
std::vector<Cell> cells_of(const std::string& language, const std::string& scenario);

// A text with its {{names}} put in; one that stands alone on a line is indented as that is.
std::string filled(std::string_view text, const std::map<std::string, std::string>& names);

}  // namespace fnlint::test
