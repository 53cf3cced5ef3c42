// Lints each test's template in memory with just its rule, and compares the outcome.

#include "app/commands/test_rules_command.h"

#include "app/configuration/configurations.h"
#include "app/configuration/rule_registry.h"
#include "app/configuration/targets.h"
#include "app/files/day.h"
#include "app/files/exit_code.h"
#include "app/files/paths.h"
#include "app/run/pipeline.h"
#include "core/lines.h"
#include "core/memory_files.h"
#include "core/text.h"

#include <algorithm>
#include <ostream>

namespace fnlint {

namespace {

// What is wrong with it; empty: the rule does as the test says.
std::string failure_of(const RuleTest& test, const LoadedRule& rule,
                       const std::shared_ptr<const RuleRegistry>& registry, Day today) {
  const MemoryFileSystem files({{test.file, test.text}});
  const std::vector<const Rule*> rules{registry->find(rule.id)};
  PipelineOptions options{.settings = {.today = today}, .rules = rules, .registry = registry};
  options.search.folders = {""};
  const Run run = run_pipeline(std::move(options), files);
  if (!run.problems.empty()) {
    const LocatedProblem& problem = run.problems.front();
    const Place place = Lines(test.text).place(problem.where.range.begin);
    return cat("line ", place.line, " of the template: ", problem.message);
  }
  if (run.templates == 0)
    return cat("this is no template, or not one that is called '", test.file, "': say 'file'");
  const auto shown = std::ranges::find_if(run.findings, [](const Finding& finding) {
    return finding.confidence != Confidence::Possible;
  });
  if (test.fires) return shown == run.findings.end() ? "no finding on a bad template" : "";
  if (shown == run.findings.end()) return {};
  return cat("a finding on a good template: line ",
             Lines(test.text).place(shown->where.range.begin).line, ": ", shown->message);
}

}  // namespace

int test_rules_command(const CommandLine& line, Console& console) {
  const Result<std::vector<Target>> targets = targets_of(line.paths, console.working_directory);
  if (!targets) {
    say(console, targets.error());
    return kCouldNotRun;
  }
  std::size_t tests = 0, failed = 0, rules = 0;
  std::string without;
  for (const Target& target : targets.value()) {
    const Configurations configurations(target, line, console.working_directory);
    if (!configurations.error().empty()) {
      say(console, configurations.error());
      return kCouldNotRun;
    }
    const std::shared_ptr<const RuleRegistry>& registry = configurations.registry();
    for (const LoadedRule& rule : registry->loaded()) {
      ++rules;
      if (rule.tests.empty()) without += cat(without.empty() ? "" : ", ", rule.id);
      for (const RuleTest& test : rule.tests) {
        ++tests;
        const std::string why = failure_of(test, rule, registry, line.today.value_or(today()));
        if (why.empty()) continue;
        ++failed;
        const std::string shown =
            relative_path(join_path(target.root, rule.file), console.working_directory);
        console.out << shown << ':' << test.line << ": " << rule.id
                    << (test.name.empty() ? "" : cat(" (", test.name, ")")) << ": " << why << '\n';
      }
    }
  }
  if (!without.empty()) console.out << "Rules without a test: " << without << '\n';
  console.out << tests << (tests == 1 ? " test of " : " tests of ") << rules
              << (rules == 1 ? " rule: " : " rules: ")
              << (failed == 0 ? std::string("all as they should be") : cat(failed, " failed"))
              << ".\n";
  return failed == 0 ? kNothingFound : kFindings;
}

}  // namespace fnlint
