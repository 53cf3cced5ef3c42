// Random programs that send to the queue that triggers them. Each is run here on every message that
// it can tell apart, so that it is known whether its own messages can keep it running for ever.
// What is reported as certain must do so, and what is not reported at all must not. The variables
// FNLINT_PROGRAMS and FNLINT_SEED ask for more programs, or for others.
#include "core/text.h"
#include "tests/app/program.h"
#include "tests/metamorphic/program_maker.h"
#include "tests/metamorphic/program_run.h"
#include "tests/metamorphic/program_shrink.h"
#include "tests/metamorphic/program_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace fnlint::test {
namespace {

constexpr std::uint64_t kPrograms = 200;
constexpr std::size_t kTogether = 50;  // programs of one project
constexpr std::size_t kShown = 1;      // failures of a kind that are made small and printed

enum Answer : int { kSilent, kPossible, kLikely, kCertain };
constexpr std::string_view kAnswers[] = {"not reported", "possible", "likely", "certain"};

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string name_of(ProgramLanguage language) {
  return language == ProgramLanguage::Python ? "Python" : "JavaScript";
}
std::string function_of(std::size_t number, ProgramLanguage language) {
  return cat("F", number, language == ProgramLanguage::Python ? "" : "B");
}
std::string folder_of(const std::string& function) { return cat("code/", function, '/'); }

std::string declaration(const std::string& name, ProgramLanguage language) {
  const bool python = language == ProgramLanguage::Python;
  return cat("  ", name, "Queue: {Type: AWS::SQS::Queue}\n  ", name,
             ":\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: ",
             python ? "python3.13" : "nodejs22.x",
             "\n      Handler: app.handler\n      CodeUri: ", folder_of(name),
             "\n      Role: arn:aws:iam::111122223333:role/worker\n",
             "      Environment: {Variables: {QUEUE: !Ref ", name, "Queue}}\n",
             "      Events: {Job: {Type: SQS, Properties: {Queue: !GetAtt ", name,
             "Queue.Arn}}}\n");
}

using Answers = std::map<std::string, Answer>;

Answers answers_in(const nlohmann::json& output) {
  Answers answers;
  for (const auto& finding : output.at("findings")) {
    const std::string confidence = finding.at("confidence");
    const auto found = std::ranges::find(kAnswers, confidence);
    Answer& answer = answers[finding.value("function", std::string{})];
    answer = std::max(answer, static_cast<Answer>(found - std::begin(kAnswers)));
  }
  return answers;
}

// What is said of each of the programs, in these languages.
Answers lint(const std::vector<GeneratedProgram>& programs,
             const std::vector<ProgramLanguage>& languages) {
  Program fnlint;
  std::string resources;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    for (const ProgramLanguage language : languages) {
      const std::string name = function_of(i, language);
      resources += declaration(name, language);
      fnlint.folder.write(cat(folder_of(name), language == ProgramLanguage::Python ? "app.py" : "app.mjs"),
                          program_text(programs[i], language));
    }
  }
  fnlint.folder.write("template.yaml",
                      cat("Transform: AWS::Serverless-2016-10-31\nResources:\n", resources));
  fnlint({"--select", "loop-queue-recursion", "--confidence", "possible", "--output-format", "json",
          "."});
  const nlohmann::json output = fnlint.parsed();
  EXPECT_EQ(output.at("summary").at("unread"), 0) << fnlint.out.str();
  return answers_in(output);
}

bool is_wrong(Answer answer, const Truth& truth) {
  return (truth.end == End::Never && answer == kSilent) ||
         (truth.end == End::Always && answer == kCertain);
}

// Makes a program smaller by single steps while the same wrong thing is said of it.
class Shrinker {
 public:
  Shrinker(GeneratedProgram program, const Truth& truth, ProgramLanguage language, Answer answer)
      : program_(std::move(program)),
        sends_by_all_(truth.sends_by_all),
        language_(language),
        answer_(answer) {}
  // Steps that came before the last one that was taken are tried again at the end alone.
  GeneratedProgram smallest() {
    bool changed = true;
    while (std::exchange(changed, false)) {
      for (auto taken = step(0); taken; taken = step(*taken)) changed = true;
    }
    return std::move(program_);
  }

 private:
  // Dead code must not come in: it is another fault.
  bool is_like(const Truth& truth) const {
    return is_wrong(answer_, truth) && (truth.sends_by_all || !sends_by_all_);
  }
  std::optional<std::size_t> step(std::size_t from);
  std::optional<std::size_t> first_of(const std::vector<GeneratedProgram>& programs) const;

  GeneratedProgram program_;
  bool sends_by_all_;
  ProgramLanguage language_;
  Answer answer_;
};

std::optional<std::size_t> Shrinker::first_of(const std::vector<GeneratedProgram>& programs) const {
  const Answers answers = lint(programs, {language_});
  for (std::size_t i = 0; i < programs.size(); ++i) {
    const auto said = answers.find(function_of(i, language_));
    if ((said == answers.end() ? kSilent : said->second) == answer_) return i;
  }
  return {};
}

// The number of the step, if one could be taken.
std::optional<std::size_t> Shrinker::step(std::size_t from) {
  constexpr std::size_t kAtOnce = 12;
  std::vector<GeneratedProgram> all = smaller_programs(program_), fitting;
  std::vector<std::size_t> numbers;
  for (std::size_t i = from; i < all.size(); ++i) {
    const auto truth = truth_of(all[i]);
    if (truth && is_like(*truth)) {
      fitting.push_back(std::move(all[i]));
      numbers.push_back(i);
    }
    if (fitting.empty() || (fitting.size() < kAtOnce && i + 1 < all.size())) continue;
    if (const auto found = first_of(fitting)) {
      program_ = std::move(fitting[*found]);
      return numbers[*found];
    }
    fitting.clear();
    numbers.clear();
  }
  return {};
}

std::string report(const GeneratedProgram& program, ProgramLanguage language, Answer answer) {
  const auto truth = truth_of(program);
  std::string text = cat("fnlint says: ", kAnswers[answer], "\nin truth: ");
  text += truth->end == End::Always ? "every chain has an end\n"
                                    : "it can run for ever, by these messages:\n";
  for (std::size_t i = 0; i < truth->chain.size() && i < 8; ++i)
    text += cat("  ", sent_text(truth->chain[i]), '\n');
  return cat(text, "----\n", program_text(program, language), "----\n");
}

// How often what was said, by whether the program loops.
class Table {
 public:
  void count(ProgramLanguage language, const Truth& truth, Answer answer) {
    ++counts_[language == ProgramLanguage::Python ? 0 : 1][static_cast<int>(truth.end)][answer];
  }
  void print() const {
    static constexpr const char* kRows[] = {"always ends:", "counts:", "never ends:"};
    for (const int language : {0, 1})
      for (const int row : {0, 1, 2}) {
        std::cout << name_of(ProgramLanguage(language)) << ", " << kRows[row];
        for (const Answer answer : {kCertain, kLikely, kPossible, kSilent})
          std::cout << ' ' << counts_[language][row][answer] << ' ' << kAnswers[answer];
        std::cout << '\n';
      }
  }

 private:
  std::size_t counts_[2][3][4] = {};
};

class Judge {
 public:
  void add(GeneratedProgram program, Truth truth, std::uint64_t number) {
    programs_.push_back(std::move(program));
    truths_.push_back({std::move(truth), number});
    if (programs_.size() == kTogether) ask();
  }
  void ask() {
    if (programs_.empty()) return;
    const Answers answers = lint(programs_, {ProgramLanguage::Python, ProgramLanguage::JavaScript});
    for (std::size_t i = 0; i < programs_.size(); ++i)
      for (const ProgramLanguage language : {ProgramLanguage::Python, ProgramLanguage::JavaScript}) {
        const auto said = answers.find(function_of(i, language));
        judge(i, language, said == answers.end() ? kSilent : said->second);
      }
    programs_.clear();
    truths_.clear();
  }
  Table table = {};

 private:
  void judge(std::size_t i, ProgramLanguage language, Answer answer) {
    const auto& [truth, number] = truths_[i];
    table.count(language, truth, answer);
    if (!is_wrong(answer, truth)) return;
    const std::string which = cat("program ", number, " in ", name_of(language), ": ",
                                  kAnswers[answer], truth.sends_by_all ? "" : ", with dead code");
    if (++shown_[{language, answer, truth.sends_by_all}] > number_from("FNLINT_SHOWN", kShown)) {
      ADD_FAILURE() << which;
      return;
    }
    const auto small = Shrinker(programs_[i], truth, language, answer).smallest();
    ADD_FAILURE() << which << ", in short\n" << report(small, language, answer);
  }

  std::vector<GeneratedProgram> programs_ = {};
  std::vector<std::pair<Truth, std::uint64_t>> truths_ = {};
  std::map<std::tuple<ProgramLanguage, Answer, bool>, std::size_t> shown_ = {};
};

TEST(GeneratedPrograms, WhatIsCertainHappensAndWhatIsNotReportedDoesNot) {
  const std::uint64_t first = number_from("FNLINT_SEED", 1) * 1'000'000;
  const std::uint64_t many = number_from("FNLINT_PROGRAMS", kPrograms);
  Judge judge;
  std::uint64_t number = first;
  for (std::uint64_t made = 0; made < many; ++number) {
    GeneratedProgram program = make_program(number);
    auto truth = truth_of(program);
    if (!truth) continue;
    judge.add(std::move(program), std::move(*truth), number);
    ++made;
  }
  judge.ask();
  if (std::getenv("FNLINT_PROGRAMS") == nullptr) return;
  std::cout << many << " programs; " << number - first - many << " more could not be run\n";
  judge.table.print();
}

}  // namespace
}  // namespace fnlint::test
