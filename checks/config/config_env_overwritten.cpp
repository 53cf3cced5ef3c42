// Lambda tells a function its region, its role's credentials and its name by variables of the
// process. What code puts there stays for all that runs in the environment later.

#include "checks/config/rules.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/environment.h"
#include "values/pool.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

enum class Told : std::uint8_t { Nothing, Credentials, Region, Function };

Told told_by(std::string_view name) {
  constexpr std::string_view kRegions[] = {"AWS_REGION", "AWS_DEFAULT_REGION"};
  // What starts the function for the runtime may have its own say in the others.
  constexpr std::string_view kOfFunction[] = {"AWS_LAMBDA_FUNCTION_*", "AWS_LAMBDA_LOG_*",
                                              "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_EXECUTION_ENV",
                                              "LAMBDA_TASK_ROOT"};
  if (names_variable(kRegions, name)) return Told::Region;
  if (names_variable(kOfFunction, name)) return Told::Function;
  constexpr std::string_view kKeys[] = {"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
                                        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"};
  return names_variable(kKeys, name) ? Told::Credentials : Told::Nothing;
}

// What differs from one invocation to the next is told as such: state-env-mutation.
bool is_same_for_all(const ValuePool& pool, const LambdaFunction& function, const CodeCall& set) {
  return set.phase != CallPhase::Invocation ||
         std::ranges::any_of(function.changes, [&](const StateChange& change) {
           return change.where == set.where && change.value.exists() &&
                  pool.origins(change.value) == 0;
         });
}

std::string label_of(const CodeCall& set, Told told) {
  if (told == Told::Credentials)
    return cat("'", set.name, "' is overwritten: every client that is made later in this ",
               "environment acts with these credentials and not as the function's role, also "
               "when they have expired.");
  if (told == Told::Region)
    return cat("'", set.name,
               "' is overwritten: every client that is made later asks this region, ",
               "wherever the function is deployed.");
  return cat("'", set.name, "' is overwritten: what libraries read there is no longer what Lambda ",
             "says of the function.");
}

}  // namespace

void config_env_overwritten(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    std::set<std::pair<Span, std::string>> seen;
    for (const CodeCall& set : function.variables_set) {
      const Told told = told_by(set.name);
      if (told == Told::Nothing || !is_same_for_all(*project.pool, function, set)) continue;
      if (!seen.insert({set.where, set.name}).second) continue;
      findings.push_back(
          FindingBuilder("config-env-overwritten", set.uncertainty)
              .at_call(function, set, "It is set here.")
              .grade_if(told != Told::Credentials, Severity::Note)
              .says(label_of(set, told))
              // The parts of one set of credentials are put there together.
              .caused_by(
                  {.key = told == Told::Credentials ? "credentials" : set.name, .apart = 1}));
    }
  }
}

}  // namespace fnlint
