// data/derived_libraries.tsv: libraries whose published code was found to compute only.

#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint::tables {

namespace {

const std::string kShown = "data/derived_libraries.tsv";

std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> columns;
  for (std::size_t at = 0, end = 0; end != line.npos; at = end + 1) {
    end = line.find('\t', at);
    columns.push_back(line.substr(at, end == line.npos ? end : end - at));
  }
  return columns;
}

}  // namespace

// Lines of a language, the name that code imports, the package and its version, what was found,
// what it reaches and, perhaps, the parts that reach nothing.
std::string generate_derived_libraries(const std::filesystem::path& root) {
  std::ifstream stream(root / kShown);
  std::set<std::pair<std::string, std::string>> paths;
  std::pair<std::string, std::string> before;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('#')) continue;
    const std::vector<std::string> row = columns_of(line);
    if (row.size() < 6 || row.size() > 7 || (row[4] != "computes" && row[4] != "reaches"))
      throw Mistake(kShown + ": not a library and what was found of it: " + line);
    if (row[0] != "javascript" && row[0] != "python")
      throw Mistake(kShown + ": no such language: " + row[0]);
    const std::pair<std::string, std::string> key{row[0], row[1]};
    if (key <= before) throw Mistake(kShown + ": out of order: " + row[1]);
    before = key;
    const std::string language = row[0] == "python" ? "Python" : "JavaScript";
    if (row[4] == "computes") paths.emplace(row[1], language);
    if (row.size() < 7) continue;
    std::string_view parts = row[6];
    while (!parts.empty()) {
      const std::string_view part = parts.substr(0, parts.find(' '));
      parts.remove_prefix(std::min(parts.size(), part.size() + 1));
      paths.emplace(row[1] + "." + std::string(part), language);
    }
  }
  if (paths.empty()) throw Mistake(kShown + ": has no library that computes");
  std::string rows;
  for (const auto& [path, language] : paths)
    rows += "    {" + literal(path) + ", Language::" + language + "},\n";
  return "namespace {\nstruct DerivedLibrary {\n  std::string_view path;\n  Language language;\n"
         "};\nconstexpr std::array<DerivedLibrary, " +
         std::to_string(paths.size()) + "> kDerivedLibraries{{\n" + rows + R"(}};
}  // namespace
bool derived_to_compute(Language language, std::string_view path) {
  const auto is_listed = [&](std::string_view library) {
    const auto rows = std::ranges::equal_range(kDerivedLibraries, library, {}, &DerivedLibrary::path);
    return std::ranges::any_of(rows, [&](const DerivedLibrary& row) { return row.language == language; });
  };
  if (is_listed(path)) return true;
  for (std::size_t at = path.find_first_of(".:/("); at != path.npos;
       at = path.find_first_of(".:/(", at + 1))
    if (at > 0 && is_listed(path.substr(0, at))) return true;
  return false;
}
)";
}

}  // namespace fnlint::tables
