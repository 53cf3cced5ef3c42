// Projects that mean the same have the same findings, however they are written; and one whose guard
// is gone has the finding that the guard kept away. Cases of fixtures/ are rewritten; what comes
// out otherwise stands in known_rewritings.txt, one by one.
#include "core/text.h"
#include "tests/metamorphic/rewritten_cases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <ostream>

namespace fnlint::test::rewritings_test {
namespace {

// All cases with FNLINT_REWRITINGS=all; otherwise, of each rewriting, one in so many.
constexpr std::size_t kOneIn = 4;
constexpr std::size_t kCasesOfATest = 20;

bool runs_all() {
  const char* said = std::getenv("FNLINT_REWRITINGS");  // NOLINT(concurrency-mt-unsafe)
  return said != nullptr && std::string_view(said) == "all";
}

// The same on all machines.
std::size_t number_of(std::string_view text) {
  std::uint32_t number = 2166136261U;
  for (const char c : text) number = (number ^ static_cast<unsigned char>(c)) * 16777619U;
  return number >> 8U;
}

bool is_chosen(const std::string& name) { return runs_all() || number_of(name) % kOneIn == 0; }

// Lines `rule/case rewriting  # what differs` of known_rewritings.txt.
std::set<std::string> known_rewritings() {
  std::set<std::string> known;
  std::ifstream in(FNLINT_SOURCE_DIR "/tests/metamorphic/known_rewritings.txt");
  for (std::string line; std::getline(in, line);) {
    const std::string name(trim(std::string_view(line).substr(0, line.find('#'))));
    if (!name.empty()) known.insert(name);
  }
  return known;
}

struct Part {
  std::string group = {};
  std::size_t first = 0;
};

// ctest names the test by it.
void PrintTo(const Part& part, std::ostream* out) { *out << part.group << " from " << part.first; }

std::vector<Part> parts() {
  std::vector<Part> all;
  for (const std::string& group : groups_of_cases())
    for (std::size_t first = 0; first < names_of_cases(group).size(); first += kCasesOfATest)
      all.push_back({group, first});
  return all;
}

std::vector<std::string> cases_of(const Part& part) {
  const std::vector<std::string> all = names_of_cases(part.group);
  const std::size_t end = std::min(part.first + kCasesOfATest, all.size());
  return {all.begin() + static_cast<std::ptrdiff_t>(part.first),
          all.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::string name_of(const testing::TestParamInfo<Part>& row) {
  std::string name = cat(row.param.group, '_', row.param.first);
  std::ranges::replace(name, '-', '_');
  return name;
}

std::string block_of(const std::vector<std::string>& lines, const Rewritten& rewritten) {
  std::string block;
  for (const std::string& line : lines) block += cat("  ", line, "\n");
  for (const auto& [path, text] : rewritten.texts()) block += cat("--- ", path, "\n", text);
  return block;
}

class Rewritings : public testing::TestWithParam<Part> {
 protected:
  // The counts are of interest where all are run.
  void count(const char* what) { ++counts_[what]; }
  void TearDown() override {
    for (const auto& [what, number] : counts_) RecordProperty(what, number);
  }
  std::set<std::string> known_ = known_rewritings();

 private:
  std::map<std::string, int> counts_;
};

using KeepMeaning = Rewritings;

TEST_P(KeepMeaning, FindTheSame) {
  for (const std::string& name : cases_of(GetParam())) {
    std::optional<RewrittenCase> original;
    for (const Rewriting& rewriting : keeping_rewritings()) {
      const std::string place = cat(GetParam().group, '/', name, ' ', rewriting.name);
      if (!is_chosen(place)) continue;
      if (!original) original = read_case(GetParam().group, name);
      const std::optional<Rewritten> rewritten = rewriting.rewrite(original->files);
      count(rewritten ? "rewritten" : "declined");
      if (!rewritten) continue;
      for (const std::string& path : broken_sources(*original, *rewritten))
        ADD_FAILURE() << "=== " << place << "\n  is no program: " << path << "\n"
                      << rewritten->texts()[path];
      const std::vector<std::string> lines =
          changes(*original, *rewritten, told_of(*original, *rewritten), rewriting.keeps_names);
      if (!lines.empty()) count("different");
      EXPECT_EQ(!lines.empty(), known_.contains(place)) << "=== " << place << "\n"
                                                        << block_of(lines, *rewritten);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, KeepMeaning, testing::ValuesIn(parts()), name_of);

// Whether a loop is told of now, and nothing else is told otherwise. That the key which comes is
// not decoded is one thing more where it is written as it is.
bool tells_of_a_loop_alone(const std::vector<std::string>& lines) {
  bool tells = false;
  for (const std::string& line : lines) {
    if (!line.starts_with("+")) return false;
    const bool is_loop = line.find(" loop-") != line.npos && line.find(" possible ") == line.npos;
    if (!is_loop && !line.ends_with(" event-key-not-decoded")) return false;
    tells = tells || is_loop;
  }
  return tells;
}

class LoseTheirGuard : public Rewritings {};

TEST_P(LoseTheirGuard, FindWhatItKeptAway) {
  const std::string& group = GetParam().group;
  for (const std::string& name : cases_of(GetParam())) {
    if (!name.starts_with("silent-")) continue;
    std::optional<RewrittenCase> original;
    for (const Rewriting& rewriting : changing_rewritings()) {
      if (!original) original = read_case(group, name);
      const std::optional<Rewritten> rewritten = rewriting.rewrite(original->files);
      count(rewritten ? "rewritten" : "declined");
      if (!rewritten) continue;
      const std::string place = cat(group, '/', name, ' ', rewriting.name);
      const std::vector<std::string> lines =
          changes(*original, *rewritten, told_of(*original, *rewritten), false);
      EXPECT_NE(tells_of_a_loop_alone(lines), known_.contains(place))
          << "=== " << place << "\n"
          << block_of(lines, *rewritten);
    }
  }
}

std::vector<Part> loops_over_objects() {
  std::vector<Part> all = parts();
  std::erase_if(all, [](const Part& part) { return part.group != "loop-s3-recursion"; });
  return all;
}

INSTANTIATE_TEST_SUITE_P(Cases, LoseTheirGuard, testing::ValuesIn(loops_over_objects()), name_of);

TEST(KnownRewritings, AreCasesAndRewritingsThatExist) {
  std::set<std::string> names;
  for (const std::string& group : groups_of_cases())
    for (const std::string& name : names_of_cases(group))
      for (const auto& rewritings : {keeping_rewritings(), changing_rewritings()})
        for (const Rewriting& rewriting : rewritings)
          names.insert(cat(group, '/', name, ' ', rewriting.name));
  for (const std::string& known : known_rewritings()) EXPECT_TRUE(names.contains(known)) << known;
}

TEST(KnownRewritings, AreAtMostOneInAHundred) {
  std::size_t cases = 0;
  for (const std::string& group : groups_of_cases()) cases += names_of_cases(group).size();
  // About ten rewritings find a place in a case.
  EXPECT_LE(known_rewritings().size() * 100, cases * 10);
}

}  // namespace
}  // namespace fnlint::test::rewritings_test
