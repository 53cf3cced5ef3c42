// Looks a finding up by its fingerprint, and collects the relations, calls and uncertainty that it
// rests on.

#include "app/commands/finding_page.h"

#include "app/configuration/targets.h"
#include "app/files/exit_code.h"
#include "app/pictures/model_json.h"
#include "app/run/linter.h"
#include "app/run/merged_report.h"
#include "app/run/project_run.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "report/unicode.h"
#include "report/words.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>

namespace fnlint {

namespace {

// A cycle in words, and the places of its steps, by which its finding is known.
struct Account {
  std::vector<Span> places = {};
  std::vector<std::string> lines = {};
};

struct UncertaintyWords {
  std::uint8_t bit = 0;
  std::string_view words = {};
};
constexpr UncertaintyWords kUncertainty[] = {
    {kOverridable, "a default that a deployment may replace"},
    {kHeuristic, "a convention that nothing declares"},
    {kConditional, "a condition that could not be decided"},
    {kCut, "a search that reached its limit"},
    {kBrokenSource, "a source file that could not be read completely"},
    {kUncertain, "something that is known only when the program runs"},
    {kClosedWay, "a way that the template's variables or routes close"},
    {kUngated, "a choice between paths, where no test shows which one is taken"}};

void add_uncertainty(std::uint8_t uncertainty, std::vector<std::string>& lines) {
  if (uncertainty == 0) lines.emplace_back("Every link is known: certain.");
  for (const UncertaintyWords& row : kUncertainty)
    if ((uncertainty & row.bit) != 0) lines.push_back(cat("It rests on ", row.words, '.'));
}

void add_effect(const Project& project, const CycleStep& step, std::vector<std::string>& lines) {
  const ValuePool& pool = *project.pool;
  const Effect& effect = project.functions[step.function].effects[step.effect];
  lines.push_back(
      cat("   ", operations()[effect.operation].id, " with ",
          effect.arguments.exists() ? describe(pool, effect.arguments) : "something unknown"));
  if (effect.holds.empty()) lines.emplace_back("   No condition guards it.");
  for (const Fact& fact : effect.holds)
    lines.push_back(cat("   If this is ", fact.holds ? "true" : "false", ": ",
                        describe(pool, fact.test), ". The next round does not change that."));
}

// What stands at places of the project, and what it rests on: properties, relations between
// resources, calls.
class Grounds {
 public:
  void note(const Project& project) {
    const ValuePool& pool = *project.pool;
    uncalled_files_ = project.stacks.uncalled_files;
    for (const Property& property : project.stacks.properties)
      for (const Span& where : {property.key, property.where})
        at_[where] |= pool[property.value].uncertainty;
    for (const Relation& relation : project.stacks.relations)
      at_[relation.where] |= relation.uncertainty;
    for (const LambdaFunction& function : project.functions) {
      for (const Guess& guess : function.guesses) guesses_[function.name].insert(guess.reason);
      const DeclaredFunction& declared = project.stacks.functions[function.declared];
      if (declared.emulated) emulated_.insert(function.name);
      if (declared.by_form) by_form_.insert(function.name);
      if (declared.uncalled) uncalled_.insert(function.name);
      for (const Effect& effect : function.effects) note(effect);
      for (const CodeCall& call : function.init_work) note(call);
    }
  }
  // Why a finding is not certain, a sentence each.
  [[nodiscard]] std::vector<std::string> of(const Finding& finding) const {
    std::uint8_t uncertainty = at(finding.where);
    for (const PlacedText& step : finding.flow) uncertainty |= at(step.where);
    for (const PlacedText& place : finding.related) uncertainty |= at(place.where);
    std::vector<std::string> lines;
    if (uncertainty != 0) add_uncertainty(uncertainty, lines);
    if (const auto guesses = guesses_.find(finding.function); guesses != guesses_.end())
      for (const std::string& reason : guesses->second)
        lines.push_back(cat("The template does not lead to the code of '", finding.function,
                            "', which is a guess: ", reason, '.'));
    if (emulated_.contains(finding.function))
      lines.push_back(
          cat("The project's scripts run the template of '", finding.function,
              "' in an emulator and do not deploy it: what is deployed may be different."));
    if (uncalled_.contains(finding.function) ||
        std::ranges::binary_search(uncalled_files_, finding.where.file))
      lines.emplace_back(
          "No configuration of the project calls the module: nothing here deploys it.");
    if (by_form_.contains(finding.function))
      lines.push_back(cat("No template names '", finding.function,
                          "': it is known by its form, and how it is deployed is not."));
    if (lines.empty())
      lines.push_back(
          cat("Everything at its places is known. The doubt lies in the rule itself: see `fnlint "
              "explain ",
              finding.rule, "`."));
    return lines;
  }

 private:
  template <class Call>
  void note(const Call& call) {
    const bool tested = !call.holds.empty() || (call.flags & kUnderUnknownTest) != 0;
    at_[call.where] |= static_cast<std::uint8_t>(call.uncertainty | (tested ? kConditional : 0));
  }
  [[nodiscard]] std::uint8_t at(const Span& where) const {
    const auto found = at_.find(where);
    return found == at_.end() ? std::uint8_t{0} : found->second;
  }

  std::map<Span, std::uint8_t> at_ = {};
  std::map<std::string, std::set<std::string>, std::less<>> guesses_ = {};  // by function
  std::set<std::string, std::less<>> emulated_ = {}, by_form_ = {}, uncalled_ = {};
  std::vector<FileId> uncalled_files_ = {};
};

Account account_of(const Project& project, const Cycle& cycle) {
  Account account;
  for (const CycleStep& step : cycle.steps) {
    account.places.push_back(step.where);
    account.lines.push_back(
        cat(account.places.size(), ". '", name_of(project, step.from), "' to '",
            name_of(project, step.to), "'. ", step.why));
    if (step.kind == EdgeKind::Effect && step.effect != UINT32_MAX)
      add_effect(project, step, account.lines);
  }
  if (cycle.by_permission)
    account.lines.emplace_back("The role allows the write; the code does not say what is written.");
  if (cycle.denied) account.lines.emplace_back("The role does not allow one of the calls.");
  if (cycle.stopped_by_platform)
    account.lines.emplace_back("The platform's recursion detection follows every hop.");
  add_uncertainty(cycle.uncertainty, account.lines);
  return account;
}

const Account* account_of(const std::vector<Account>& accounts, const Finding& finding) {
  const auto speaks_of = [&](const Account& account) {
    return std::ranges::all_of(account.places, [&](const Span& place) {
      return std::ranges::find(finding.flow, place, &PlacedText::where) != finding.flow.end();
    });
  };
  const auto found = std::ranges::find_if(accounts, speaks_of);
  return found == accounts.end() ? nullptr : &*found;
}

void print(std::ostream& out, std::string_view title, const std::vector<std::string>& lines) {
  out << title << '\n';
  for (const std::string& text : lines) out << "  " << one_line(text) << '\n';
}

std::string nothing_like(const std::string& fingerprint) {
  return cat("no finding of this project has the fingerprint '", one_line(fingerprint),
             "'; fnlint -v prints them");
}

}  // namespace

int explain_finding_command(const CommandLine& line, Console& console) {
  const Result<std::vector<Target>> targets = targets_of(line.paths, console.working_directory);
  if (!targets) {
    say(console, targets.error());
    return kCouldNotRun;
  }
  CommandLine all = line;
  all.confidence = Confidence::Possible;
  for (const Target& target : targets.value()) {
    std::vector<Account> accounts;
    Grounds grounds;
    const Inspect keep = [&](const LinkedModel& model) {
      grounds.note(model.project);
      for (const Cycle& cycle : model.project.cycles)
        accounts.push_back(account_of(model.project, cycle));
    };
    Result<ProjectRun> run = run_project(target, targets.value(), all, console, keep);
    if (!run) {
      say(console, run.error());
      return kCouldNotRun;
    }
    std::vector<ProjectRun> runs;
    runs.push_back(std::move(run.value()));
    Report report = merged_report(runs, all, console.working_directory);
    std::erase_if(report.findings, [&](const ReportedFinding& each) {
      return !each.fingerprint.starts_with(line.finding);
    });
    if (report.findings.empty()) continue;
    report.problems.clear();
    console.out << text_report(report, {.color = false, .quiet = true});
    for (const ReportedFinding& each : report.findings) {
      const Account* account = account_of(accounts, each.finding);
      if (account != nullptr && each.finding.rule.starts_with("loop-")) {
        print(console.out, "How it was found:", account->lines);
      } else if (each.finding.confidence != Confidence::Certain) {
        print(console.out, cat("Why it is ", word_of(each.finding.confidence), ":"),
              grounds.of(each.finding));
      }
    }
    return kNothingFound;
  }
  say(console, nothing_like(line.finding));
  return kCouldNotRun;
}

}  // namespace fnlint
