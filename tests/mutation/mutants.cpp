// Finds the sites of each operator's pattern, and puts the fault in.

#include "tests/mutation/mutants.h"

#include <fnmatch.h>
#include <gtest/gtest.h>
#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <random>
#include <sstream>

namespace fnlint::test {

namespace {

namespace fs = std::filesystem;

const fs::path kOperators = fs::path(FNLINT_SOURCE_DIR) / "tests/mutation/operators.yaml";

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

using Files = std::map<std::string, std::string>;

Files files_of(const fs::path& project) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(project))
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(project).string()] = read_file(entry.path());
  return files;
}

bool is_in(const YAML::Node& globs, const std::string& path) {
  const auto fits = [&](const YAML::Node& glob) {
    return fnmatch(glob.as<std::string>().c_str(), path.c_str(), 0) == 0;
  };
  if (!globs) return true;
  if (globs.IsScalar()) return fits(globs);
  return std::any_of(globs.begin(), globs.end(), fits);
}

// Where a pattern matches: "(?s)" is not set, "(?m)" is.
struct Site {
  std::string path = {};
  std::size_t begin = 0, end = 0;
  std::vector<std::string> groups = {};
};

std::vector<Site> sites_of(const Files& files, const YAML::Node& edit) {
  RE2::Options options;
  options.set_log_errors(true);
  const RE2 pattern("(?m)" + edit["find"].as<std::string>(), options);
  EXPECT_TRUE(pattern.ok()) << edit["find"].as<std::string>();
  const int count = pattern.NumberOfCapturingGroups() + 1;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(count));
  std::vector<Site> sites;
  for (const auto& [path, text] : files) {
    if (!is_in(edit["in"], path)) continue;
    std::size_t from = 0;
    while (from <= text.size() && pattern.Match(text, from, text.size(), RE2::UNANCHORED,
                                                groups.data(), count)) {
      Site site{.path = path,
                .begin = static_cast<std::size_t>(groups[0].data() - text.data()),
                .end = 0,
                .groups = {}};
      site.end = site.begin + groups[0].size();
      for (const re2::StringPiece& group : groups)
        site.groups.emplace_back(group.data() == nullptr ? std::string()
                                                         : std::string(group.data(), group.size()));
      from = std::max(site.end, from + 1);
      sites.push_back(std::move(site));
    }
  }
  return sites;
}

// "\1" is a group of the match; "<3..9>" a number between, "<a|b>" one of these, "<a*9>" it so often.
std::string put_in(std::string text, const Site& site, std::mt19937& random) {
  for (std::size_t i = 0; i < site.groups.size(); ++i) {
    const std::string name = "\\" + std::to_string(i);
    for (std::size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + site.groups[i].size()))
      text.replace(at, name.size(), site.groups[i]);
  }
  static const RE2 kNumber("<(\\d+)\\.\\.(\\d+)>"), kChoice("<(\\w+(?:\\|\\w+)+)>");
  long long low = 0, high = 0;
  while (RE2::PartialMatch(text, kNumber, &low, &high)) {
    const long long chosen = low + static_cast<long long>(random() % static_cast<std::uint32_t>(high - low + 1));
    RE2::Replace(&text, kNumber, std::to_string(chosen));
  }
  static const RE2 kOften("<(\\w)\\*(\\d+)>");
  std::string letter;
  while (RE2::PartialMatch(text, kOften, &letter, &high))
    RE2::Replace(&text, kOften, std::string(static_cast<std::size_t>(high), letter[0]));
  std::string words;
  while (RE2::PartialMatch(text, kChoice, &words)) {
    std::vector<std::string> each;
    std::istringstream in(words);
    for (std::string word; std::getline(in, word, '|');) each.push_back(word);
    RE2::Replace(&text, kChoice, each[random() % each.size()]);
  }
  return text;
}

int line_at(const std::string& text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

class Making {
 public:
  Making(const Files& files, std::mt19937& random) : files_(files), random_(random) {}

  std::optional<Mutant> make(const YAML::Node& rule, const YAML::Node& edit, const Site& site) {
    Mutant mutant;
    mutant.rule = rule["rule"].as<std::string>();
    mutant.selection = "default," + mutant.rule;
    mutant.name = rule["name"].as<std::string>() + ' ' + site.path + ':' +
                  std::to_string(line_at(files_.at(site.path), site.begin));
    Files now = files_;
    change(edit, site, now, mutant);
    for (const YAML::Node& each : edit["also"]) {
      const YAML::Node also = with_groups(each, site);
      const std::vector<Site> further = sites_of(now, also);
      if (further.empty()) return std::nullopt;
      change(also, further.front(), now, mutant);
    }
    if (const YAML::Node at = edit["at"]) {
      mutant.places.clear();
      for (const Site& place : sites_of(now, with_groups(at, site)))
        mutant.places.push_back({place.path, line_at(now[place.path], place.begin),
                                 line_at(now[place.path], std::max(place.begin, place.end))});
      if (mutant.places.empty()) return std::nullopt;
    }
    for (const auto& [path, text] : now)
      if (const auto old = files_.find(path); old == files_.end() || old->second != text)
        mutant.texts[path] = text;
    for (const auto& [path, text] : files_)
      if (!now.contains(path)) mutant.removed.push_back(path);
    return mutant;
  }

 private:
  // Further edits may speak of the first one: <path> is its file, <group 1> what a group of it matched.
  static YAML::Node with_groups(const YAML::Node& edit, const Site& site) {
    YAML::Node out = YAML::Clone(edit);
    for (const char* key : {"find", "in", "put"}) {
      if (!out[key] || !out[key].IsScalar()) continue;
      const bool is_pattern = std::string_view(key) == "find";
      std::string text = out[key].as<std::string>();
      const auto replace = [&](const std::string& name, const std::string& by) {
        for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at))
          text.replace(at, name.size(), by), at += by.size();
      };
      replace("<path>", site.path);
      for (std::size_t i = 1; i < site.groups.size(); ++i)
        replace("<group " + std::to_string(i) + '>',
                is_pattern ? RE2::QuoteMeta(site.groups[i]) : site.groups[i]);
      out[key] = text;
    }
    return out;
  }

  void change(const YAML::Node& edit, const Site& site, Files& now, Mutant& mutant) {
    if (edit["remove"]) {
      now.erase(site.path);
    } else if (edit["rename"]) {
      const fs::path to = fs::path(site.path).parent_path() /
                          put_in(edit["rename"].as<std::string>(), site, random_);
      now[to.string()] = now[site.path];
      now.erase(site.path);
    } else if (edit["put"]) {
      const std::string text = put_in(edit["put"].as<std::string>(), site, random_);
      std::string& file = now[site.path];
      const int line = line_at(file, site.begin);
      const auto lines_of = [](std::string_view part) {
        return static_cast<int>(std::ranges::count(part, '\n'));
      };
      const int more = lines_of(text) - lines_of(std::string_view(file).substr(site.begin, site.end - site.begin));
      for (Mutant::Lines& place : mutant.places)  // what stands below moves
        if (place.path == site.path && place.first > line) place.first += more, place.last += more;
      file.replace(site.begin, site.end - site.begin, text);
      mutant.places.push_back({site.path, line_at(file, site.begin),
                               line_at(file, site.begin + text.size())});
    }
    if (edit["bytes"])
      mutant.sizes[(fs::path(site.path).parent_path() / edit["bytes"]["path"].as<std::string>())
                       .lexically_normal()
                       .string()] = edit["bytes"]["size"].as<std::uint64_t>();
    if (edit["create"])
      for (const auto& file : edit["create"])
        now[(fs::path(site.path).parent_path() / file.first.as<std::string>())
                .lexically_normal()
                .string()] = file.second.as<std::string>();
  }

  const Files& files_;
  std::mt19937& random_;
};

}  // namespace

std::vector<Mutant> mutants_of(const fs::path& project) {
  const YAML::Node file = YAML::LoadFile(kOperators.string());
  const auto most = file["sites"].as<std::size_t>();
  const Files files = files_of(project);
  std::vector<Mutant> mutants;
  for (const YAML::Node& rule : file["operators"]) {
    std::mt19937 random(file["seed"].as<std::uint32_t>());
    std::vector<Mutant> found;
    for (const YAML::Node& edit : rule["edits"])
      for (const Site& site : sites_of(files, edit))
        if (std::optional<Mutant> mutant = Making(files, random).make(rule, edit, site))
          found.push_back(std::move(*mutant));
    const std::size_t sites = rule["sites"] ? rule["sites"].as<std::size_t>() : most;
    while (found.size() > sites)
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(random() % found.size()));
    std::ranges::move(found, std::back_inserter(mutants));
  }
  return mutants;
}

std::vector<OperatorText> operator_texts() {
  std::vector<OperatorText> texts;
  for (const YAML::Node& each : YAML::LoadFile(kOperators.string())["operators"])
    texts.push_back({each["name"].as<std::string>(), each["rule"].as<std::string>(),
                     each["does"].as<std::string>()});
  return texts;
}

}  // namespace fnlint::test
