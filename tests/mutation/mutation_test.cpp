// Every folder of fixtures/clean is a project without a fault. operators.yaml puts one fault at a
// time into it, and the program must report that one, by its rule and at its place. What it does
// not report stands in misses.txt, one by one.
#include "app/commands/run.h"
#include "tests/fixtures/case_folder.h"
#include "tests/mutation/mutants.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

namespace fnlint::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kRoot = FNLINT_SOURCE_DIR;
const fs::path kProjects = kRoot / "fixtures/clean";

std::vector<std::string> projects() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kProjects))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

// Lines `project operator path:line  # why` of misses.txt.
std::set<std::string> known_misses() {
  std::set<std::string> misses;
  std::ifstream in(kRoot / "tests/mutation/misses.txt");
  for (std::string line; std::getline(in, line);) {
    line.resize(std::min(line.find('#'), line.size()));
    while (!line.empty() && line.back() == ' ') line.pop_back();
    if (!line.empty()) misses.insert(line);
  }
  return misses;
}

// A mutant in a copy of its project, as long as this lives.
class Planted {
 public:
  Planted(const std::string& folder, const fs::path& source, const Mutant& mutant)
      : folder_(folder), source_(source) {
    for (const auto& [path, text] : mutant.texts) write(path, text);
    for (const auto& [path, size] : mutant.sizes) {
      write(path, {});
      fs::resize_file(folder_ / path, size);
    }
    for (const std::string& path : mutant.removed) {
      fs::remove(folder_ / path);
      changed_.push_back(path);
    }
  }
  Planted(const Planted&) = delete;
  Planted& operator=(const Planted&) = delete;
  ~Planted() {
    for (const std::string& path : changed_) {
      fs::remove(folder_ / path);
      if (fs::exists(source_ / path)) fs::copy_file(source_ / path, folder_ / path);
    }
  }

 private:
  void write(const std::string& path, const std::string& text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
    changed_.push_back(path);
  }

  fs::path folder_, source_;
  std::vector<std::string> changed_ = {};
};

json report_on(const std::string& folder, const std::string& selection) {
  std::ostringstream out, err;
  Console console{.out = out, .err = err, .version = "0", .working_directory = folder};
  console.variable = [](std::string_view) { return std::string(); };
  run({"check", ".", "--output-format", "json", "--select", selection, "--today", "2026-03-01",
       "--no-cache", "--exit-zero"},
      console);
  EXPECT_EQ(err.str(), "");
  return json::parse(out.str());
}

bool is_at(const json& place, const Mutant& mutant) {
  return std::ranges::any_of(mutant.places, [&](const Mutant::Lines& lines) {
    const int line = place["line"].get<int>();
    return place["path"] == lines.path && line >= lines.first && line <= lines.last;
  });
}

bool reports(const json& report, const Mutant& mutant) {
  return std::ranges::any_of(report["findings"], [&](const json& finding) {
    if (finding["rule"] != mutant.rule) return false;
    if (mutant.places.empty() || is_at(finding, mutant)) return true;
    for (const char* key : {"related", "flow"})
      for (const json& place : finding.value(key, json::array()))
        if (is_at(place, mutant)) return true;
    return false;
  });
}

// What a report says, shortly.
std::string label_of(const json& report) {
  std::string words;
  for (const char* kind : {"findings", "problems"})
    for (const json& each : report[kind])
      words += "\n    " + each["path"].get<std::string>() + ':' +
               std::to_string(each["line"].get<int>()) + ' ' + each.value("rule", "problem") +
               ": " + each["message"].get<std::string>();
  return words;
}

class Mutation : public testing::TestWithParam<std::string> {};

TEST_P(Mutation, OriginalIsClean) {
  const CaseFolder folder(kProjects / GetParam());
  EXPECT_EQ(label_of(report_on(folder.path(), "default")), "");
}

TEST_P(Mutation, FaultsAreReported) {
  const fs::path source = kProjects / GetParam();
  const CaseFolder folder(source);
  const std::set<std::string> known = known_misses();
  for (const Mutant& mutant : mutants_of(source)) {
    const Planted planted(folder.path(), source, mutant);
    const json report = report_on(folder.path(), mutant.selection);
    const std::string name = GetParam() + ' ' + mutant.name;
    const bool found = reports(report, mutant);
    if (found == known.contains(name))
      ADD_FAILURE() << (found ? "no longer missed: " : "missed: ") << mutant.rule << ": " << name
                    << label_of(report);
    else
      std::cout << mutant.rule << '\t' << (found ? "found" : "missed") << '\t' << name << '\t'
                << report["findings"].size() << '\n';
  }
}

TEST(Mutations, AreManyAndFewAreMissed) {
  std::map<std::string, int> by_rule;
  std::set<std::string> names;
  for (const std::string& project : projects())
    for (const Mutant& mutant : mutants_of(kProjects / project)) {
      ++by_rule[mutant.rule];
      EXPECT_TRUE(names.insert(project + ' ' + mutant.name).second) << mutant.name;
    }
  for (const auto& [rule, count] : by_rule) EXPECT_GE(count, 3) << rule;
  EXPECT_GE(names.size(), 300U);
  EXPECT_GE(projects().size(), 10U);
  const std::set<std::string> misses = known_misses();
  for (const std::string& miss : misses) EXPECT_TRUE(names.contains(miss)) << "no mutant: " << miss;
  // Half of them are of config-env-unused, which is silent where anything unknown may read.
  EXPECT_LE(misses.size() * 100, names.size() * 4) << misses.size() << " of " << names.size();
}

TEST(Mutations, EveryOperatorIsDocumented) {
  std::ifstream in(kRoot / "docs/mutations.md");
  std::ostringstream page;
  page << in.rdbuf();
  for (const OperatorText& each : operator_texts())
    EXPECT_NE(page.str().find("| `" + each.name + "` | `" + each.rule + "` | " + each.does + " |"),
              std::string::npos)
        << "docs/mutations.md needs the line\n| `" << each.name << "` | `" << each.rule << "` | "
        << each.does << " |";
}

INSTANTIATE_TEST_SUITE_P(Clean, Mutation, testing::ValuesIn(projects()));

}  // namespace
}  // namespace fnlint::test
