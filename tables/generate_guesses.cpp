// data/guesses.yaml: one function a row, and all rows.

#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>

namespace fnlint::tables {

namespace {

constexpr std::int64_t kCertain = 100;

std::string guess_literal(Entry& row, const std::string& sign) {
  const std::int64_t score = row.number("score").value_or(0);
  if (score <= 0 || score >= kCertain)
    row.object("a guess has a score from 1 to 99: none is certain");
  std::string out = "    GuessRow{.sign = " + literal(sign) + ", .score = " + std::to_string(score);
  out += ", .reason = " + literal(row.text("reason"));
  out += ", .example = " + literal(row.text("case"));
  row.text("source");
  row.finish();
  return out + "},\n";
}

}  // namespace

std::string generate_guesses(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/guesses.yaml").string(), "data/guesses.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string rows, functions;
  std::vector<std::string> signs;
  for (Entry& row : file.entries("guesses")) {
    const std::string sign = row.text("sign");
    if (std::ranges::find(signs, sign) != signs.end()) row.object(sign + " stands here twice");
    rows += guess_literal(row, sign);
    functions += "const GuessRow& " + sign + "() { return kGuesses[" +
                 std::to_string(signs.size()) + "]; }\n";
    signs.push_back(sign);
  }
  file.finish();
  return "namespace {\nconstexpr std::array<GuessRow, " + std::to_string(signs.size()) +
         "> kGuesses{{\n" + rows + "}};\n}  // namespace\n" +
         "std::span<const GuessRow> guess_rows() { return kGuesses; }\n" +
         "namespace guesses {\n" + functions + "}  // namespace guesses\n";
}

}  // namespace fnlint::tables
