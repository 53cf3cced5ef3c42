// Reads cases and their findings, maps places, and lists what has gone or come.

#include "tests/metamorphic/rewritten_cases.h"

#include "app/commands/run.h"
#include "core/text.h"
#include "tests/fixtures/case_folder.h"
#include "tests/fixtures/marks.h"
#include "tests/metamorphic/syntax_tree.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <tuple>

namespace fnlint::test {
namespace {

namespace fs = std::filesystem;

const fs::path kFixtures = fs::path(FNLINT_SOURCE_DIR) / "fixtures";

std::vector<std::string> folders_of(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Files text_files_of(const fs::path& folder) {
  constexpr std::uintmax_t kLargest = 200'000;
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.is_symlink() || entry.file_size() > kLargest) continue;
    std::string text = read_text(entry.path());
    const std::string path = entry.path().lexically_relative(folder).string();
    if (text.find('\0') == text.npos && path != "expect.txt" && path != "sizes.txt")
      files[path] = std::move(text);
  }
  return files;
}

// What a case is linted with by its own test.
std::string selection_of(const std::string& group, const Expectations& expected) {
  std::set<std::string> rules{group};
  for (const Mark& mark : expected.marks)
    if (mark.rule != "problem") rules.insert(mark.rule);
  std::string selection = "default";
  for (const std::string& rule : rules) selection += ',' + rule;
  return selection;
}

Told told_by(const nlohmann::json& finding) {
  std::vector<Place> related;
  for (const nlohmann::json& each : finding.value("related", nlohmann::json::array()))
    related.push_back({each["path"], each["line"]});
  return {.rule = finding.value("rule", "problem"),
          .severity = finding.value("severity", ""),
          .confidence = finding.value("confidence", ""),
          .place = {finding["path"], finding["line"]},
          .column = finding["column"],
          .message = finding["message"],
          .related = std::move(related)};
}

std::vector<Told> told_in(const RewrittenCase& one, const CaseFolder& folder) {
  std::ostringstream out, err;
  Console console{.out = out, .err = err, .version = "0", .working_directory = folder.path()};
  console.variable = [](std::string_view) { return std::string(); };
  run({"check", ".", "--output-format", "json", "--select", one.selection, "--confidence",
       "possible", "--today", one.today, "--no-cache", "--exit-zero"},
      console);
  std::vector<Told> told;
  const nlohmann::json report = nlohmann::json::parse(out.str());
  for (const char* list : {"findings", "problems"})
    for (const nlohmann::json& each : report[list]) told.push_back(told_by(each));
  return told;
}

// A message without the numbers of lines, which are the report's, and without the order in which it
// names things; nor what else there is.
std::string label_of(std::string message) {
  if (const std::size_t others = message.find("The same for "); others != message.npos) {
    static const std::regex kName("'[^']*'");  // whichever of them comes first
    message = std::regex_replace(message.substr(0, others), kName, "");
  }
  message.resize(std::min(message.find("Largest: "), message.size()));
  static const std::regex kLine(R"re((:|line )\d+)re"), kEnd(R"re([,.:;]( |$))re");
  std::istringstream in(std::regex_replace(std::regex_replace(message, kLine, "$1N"), kEnd, "$1"));
  std::multiset<std::string> words;
  for (std::string word; in >> word;) words.insert(word);
  std::string all;
  for (const std::string& word : words) all += word + ' ';
  return all;
}

std::string line_of(const Told& told, const Place& place, bool with_message) {
  return cat(place.path, ':', place.line, ": ", told.severity, ' ', told.confidence, ' ', told.rule,
             with_message ? cat(": ", told.message) : std::string());
}

bool is_same(const RewrittenCase& original, const Rewritten& rewritten, const Told& before,
             const Told& after, bool with_messages) {
  if (std::tie(before.rule, before.severity, before.confidence) !=
          std::tie(after.rule, after.severity, after.confidence) ||
      (with_messages && label_of(before.message) != label_of(after.message)))
    return false;
  std::set<Place> places = rewritten.now(original.files, before.place, before.column);
  // What is said of several places at once stands at the first of them.
  for (const Place& place : before.related) places.merge(rewritten.now(original.files, place, 1));
  return places.contains(after.place);
}

}  // namespace

fs::path RewrittenCase::folder() const { return kFixtures / group / name; }

std::vector<std::string> names_of_cases(const std::string& group) {
  std::vector<std::string> names = folders_of(kFixtures / group);
  std::erase_if(names, [](const std::string& name) {
    return !name.starts_with("fires-") && !name.starts_with("silent-") &&
           !name.starts_with("unknown-");
  });
  return names;
}

std::vector<std::string> groups_of_cases() { return folders_of(kFixtures); }

RewrittenCase read_case(const std::string& group, const std::string& name) {
  RewrittenCase one{.group = group, .name = name};
  const Expectations expected = read_expectations(one.folder());
  one.selection = selection_of(group, expected);
  one.today = expected.today;
  one.files = text_files_of(one.folder());
  one.told = told_in(one, CaseFolder(one.folder()));
  return one;
}

std::vector<Told> told_of(const RewrittenCase& original, const Rewritten& rewritten) {
  const CaseFolder folder(original.folder());
  for (const std::string& path : rewritten.removed()) fs::remove(fs::path(folder.path()) / path);
  for (const auto& [path, text] : rewritten.texts()) {
    const fs::path file = fs::path(folder.path()) / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  return told_in(original, folder);
}

std::vector<std::string> broken_sources(const RewrittenCase& original, const Rewritten& rewritten) {
  const Files now = rewritten.applied_to(original.files);
  std::set<std::string> sound;
  for (const Source& source : sources_of(now)) sound.insert(source.path);
  std::vector<std::string> broken;
  for (const Source& source : sources_of(original.files))
    if (!sound.contains(source.path)) broken.push_back(source.path);
  return broken;
}

std::vector<std::string> changes(const RewrittenCase& original, const Rewritten& rewritten,
                                 const std::vector<Told>& told, bool with_messages) {
  std::vector<const Told*> added;
  for (const Told& each : told) added.push_back(&each);
  std::vector<std::string> lines;
  for (const Told& before : original.told) {
    const auto same = std::ranges::find_if(added, [&](const Told* after) {
      return is_same(original, rewritten, before, *after, with_messages);
    });
    if (same != added.end())
      added.erase(same);
    else
      lines.push_back("- " +
                      line_of(before,
                              *rewritten.now(original.files, before.place, before.column).begin(),
                              with_messages));
  }
  for (const Told* after : added)
    lines.push_back("+ " + line_of(*after, after->place, with_messages));
  return lines;
}

}  // namespace fnlint::test
