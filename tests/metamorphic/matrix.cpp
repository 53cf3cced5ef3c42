// Puts cells together from the YAML of each language and the templates of scenarios.

#include "tests/metamorphic/matrix.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace fnlint::test {
namespace {

namespace fs = std::filesystem;

using Names = std::map<std::string, std::string>;

fs::path folder() { return fs::path(FNLINT_SOURCE_DIR) / "tests/metamorphic/matrix"; }
std::string file_of(const std::string& name) { return (folder() / (name + ".yaml")).string(); }

constexpr std::string_view kOpen = "{{", kClose = "}}";

std::string without_last_newline(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

// The name that stands alone on a line; empty: none does.
std::string name_alone(std::string_view line) {
  const std::size_t at = line.find_first_not_of(' ');
  if (at == line.npos || !line.substr(at).starts_with(kOpen) || !line.ends_with(kClose)) return {};
  const std::string_view name = line.substr(at + 2, line.size() - at - 4);
  return name.find('{') == name.npos ? std::string(name) : std::string();
}

std::string filled_line(std::string line, const Names& names) {
  std::size_t from = 0;
  for (std::size_t open = line.find(kOpen); open != line.npos; open = line.find(kOpen, from)) {
    const std::size_t close = line.find(kClose, open);
    if (close == line.npos) break;
    const auto name = names.find(line.substr(open + 2, close - open - 2));
    if (name == names.end()) {
      from = open + 1;  // what the language itself writes so
      continue;
    }
    line.replace(open, close + 2 - open, without_last_newline(name->second));
  }
  return line;
}

void add_names(const YAML::Node& row, Names& names) {
  for (const auto& entry : row)
    if (entry.second.IsScalar())
      names[entry.first.as<std::string>()] = entry.second.as<std::string>();
}

void add_files(const YAML::Node& row, std::map<std::string, std::string>& files) {
  for (const auto& entry : row["files"])
    files[entry.first.as<std::string>()] = entry.second.as<std::string>();
}

bool is_left_out(const YAML::Node& carrier, const std::string& scenario) {
  if (!carrier.IsMap()) return false;
  return std::ranges::any_of(
      carrier["without"], [&](const YAML::Node& one) { return one.as<std::string>() == scenario; });
}

Cell cell_of(const YAML::Node& language, const YAML::Node& common, const std::string& scenario,
             const std::string& carrier, bool guarded) {
  const YAML::Node& of_scenario = language["scenarios"][scenario];
  const YAML::Node& of_carrier = language["carriers"][carrier];
  Names names{{"definitions", ""}};
  add_names(language, names);
  add_names(of_scenario, names);
  if (of_carrier.IsMap())
    add_names(of_carrier, names);
  else
    names["body"] = of_carrier.as<std::string>();
  if (!guarded) std::swap(names["test"], names["opposite"]);
  Cell cell{.scenario = scenario,
            .carrier = carrier,
            .rules = common[scenario]["rules"].as<std::vector<std::string>>(),
            .notes = common[scenario]["notes"].as<bool>(true),
            .guarded = guarded};
  cell.files["template.yaml"] = filled(common[scenario]["template"].as<std::string>(), names);
  cell.files[language["code"].as<std::string>()] =
      filled(of_scenario["code"].as<std::string>(), names);
  add_files(language, cell.files);
  add_files(of_scenario, cell.files);
  return cell;
}

}  // namespace

std::string filled(std::string_view text, const Names& names) {
  std::string out;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const auto alone = names.find(name_alone(line));
    if (alone == names.end()) {
      out += filled_line(line, names) + '\n';
      continue;
    }
    const std::string indent(line.find_first_not_of(' '), ' ');
    std::istringstream inner(filled(without_last_newline(alone->second), names));
    for (std::string one; std::getline(inner, one);)
      out += (one.empty() ? one : indent + one) + '\n';
  }
  return out;
}

std::vector<std::string> matrix_languages() {
  std::vector<std::string> languages;
  for (const auto& entry : fs::directory_iterator(folder()))
    if (const fs::path name = entry.path().filename();
        name.extension() == ".yaml" && name.stem() != "scenarios")
      languages.push_back(name.stem().string());
  std::ranges::sort(languages);
  return languages;
}

std::vector<std::string> scenarios_of(const std::string& language) {
  std::vector<std::string> names;
  for (const auto& row : YAML::LoadFile(file_of(language))["scenarios"])
    names.push_back(row.first.as<std::string>());
  return names;
}

std::vector<Cell> cells_of(const std::string& language, const std::string& scenario) {
  const YAML::Node rows = YAML::LoadFile(file_of(language));
  const YAML::Node common = YAML::LoadFile(file_of("scenarios"));
  std::vector<Cell> cells;
  for (const auto& carrier : rows["carriers"]) {
    if (is_left_out(carrier.second, scenario)) continue;
    for (const bool guarded : {true, false})
      cells.push_back(cell_of(rows, common, scenario, carrier.first.as<std::string>(), guarded));
  }
  return cells;
}

}  // namespace fnlint::test
