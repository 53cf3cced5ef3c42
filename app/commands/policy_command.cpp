// Tells names of functions from paths, and prints the policies of the selected ones.

#include "app/commands/policy_command.h"

#include "app/commands/printed_output.h"
#include "app/configuration/targets.h"
#include "app/files/exit_code.h"
#include "app/files/paths.h"
#include "app/pictures/model_json.h"
#include "app/pictures/named_functions.h"
#include "app/policy/policy_text.h"
#include "app/policy/role_policy.h"
#include "app/run/linter.h"
#include "app/run/project_run.h"
#include "core/text.h"

#include <ostream>

namespace fnlint {

namespace {

// A folder may be called like the function in it: a path is what looks like one and is there.
bool is_path(std::string_view word, const Console& console) {
  return word.find_first_of("./\\") != word.npos &&
         !real_path(join_path(console.working_directory, word)).empty();
}

struct Asked {
  std::vector<std::string> functions = {}, paths = {};
};
Asked asked_of(const CommandLine& line, const Console& console) {
  Asked asked;
  for (const std::string& word : line.paths)
    (is_path(word, console) ? asked.paths : asked.functions).push_back(word);
  return asked;
}

// The functions that are asked for, in the templates' order; empty, with a word in `wrong`: one of
// them is not there.
std::vector<const LambdaFunction*> selected(const Project& project, const Asked& asked,
                                            std::string& wrong) {
  std::vector<const LambdaFunction*> all;
  for (const LambdaFunction& function : project.functions)
    if (asked.functions.empty()) all.push_back(&function);
  for (const std::string& name : asked.functions) {
    const auto found = functions_named(project, name);
    if (found.empty() && wrong.empty()) wrong = nothing_named(project, name);
    all.insert(all.end(), found.begin(), found.end());
  }
  if (all.empty() && wrong.empty()) wrong = nothing_named(project, {});
  return wrong.empty() ? all : std::vector<const LambdaFunction*>{};
}

}  // namespace

int policy_command(const CommandLine& line, Console& console) {
  const Asked asked = asked_of(line, console);
  const Result<std::vector<Target>> targets = targets_of(asked.paths, console.working_directory);
  if (!targets || targets.value().size() > 1) {
    say(console, targets ? "policy covers one project, but the paths belong to several roots"
                         : targets.error());
    return kCouldNotRun;
  }
  std::string wrong;
  int exit_code = kCouldNotRun;
  const Inspect print = [&](const LinkedModel& model) {
    const auto functions = selected(model.project, asked, wrong);
    if (!wrong.empty()) return;
    const RelationsTo relations(model.project.stacks);
    std::vector<RolePolicy> policies;
    for (const LambdaFunction* const function : functions)
      policies.push_back(role_policy(model.project, relations, *function));
    exit_code = print_output(policies_text(model, policies, line.policy_format), line, console);
    const bool apart = line.policy_format == PolicyFormat::Iam;
    if (apart && !line.quiet) console.err << policies_account(model, policies);
  };
  const Result<ProjectRun> run =
      run_project(targets.value().front(), targets.value(), line, console, print);
  if (!run) wrong = run.error();
  if (wrong.empty()) return exit_code;
  say(console, wrong);
  return kCouldNotRun;
}

}  // namespace fnlint
