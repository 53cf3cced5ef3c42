// The runtime's version decides which syntax and which library the code may use: what it has not
// fails when the module is loaded, or when the line is reached.

#include "checks/runtime/broken_by_move.h"
#include "checks/runtime/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/languages.h"
#include "values/pool.h"

namespace fnlint {

namespace {

void report(const LambdaFunction& function, const VersionUse& use, std::string message,
            Findings& findings) {
  findings.push_back(FindingBuilder("runtime-language-feature", use.uncertainty)
                         .about(function)
                         .at(use.where)
                         .says(message)
                         .identified(function.name, ':', use.name));
}

std::string message_of(const LambdaFunction& function, const VersionUse& use, bool too_old) {
  std::string message;
  if (use.target)
    return cat("The function is compiled for ", use.name, " (", use.remedy, "), which the runtime ",
               function.runtime, " cannot load.");
  if (use.package)
    message = cat("The runtime ", function.runtime, " does not include '", use.name,
                  "', and neither does the function.");
  else if (too_old)
    message = cat("The runtime ", function.runtime, " does not have '", use.name, "'",
                  use.since.empty() || version_numbers(use.since).front() >= 1000
                      ? std::string(".")
                      : cat(", which came with ", use.since, "."),
                  use.syntax ? " The file cannot be loaded." : "");
  else
    message = cat("The runtime ", function.runtime, " does not have '", use.name, "'",
                  use.until == "0" ? std::string(".") : cat(" any more, since ", use.until, "."));
  if (!use.remedy.empty()) message += cat(" ", use.remedy);
  return message;
}

// Whether the options that Node.js is started with bring it.
Answer is_switched_on(const Project& project, const LambdaFunction& function,
                      const VersionUse& use) {
  const Property* options =
      property_of(project, function.resource, "Environment.Variables.NODE_OPTIONS");
  if (use.option.empty() || options == nullptr) return Answer::No;
  const auto text = as_text(*project.pool, options->value);
  if (!text) return Answer::Unknown;
  return text->find(use.option) != text->npos ? Answer::Yes : Answer::No;
}

// A handler that tells a callback, where the runtime knows none.
void check_callbacks(const LambdaFunction& function, const std::vector<int>& version,
                     Findings& findings) {
  if (!is_refused_for_callback(function, version)) return;
  const VersionUse use{.name = "callback", .where = function.handler_where};
  report(function, use,
         cat("The runtime ", function.runtime,
             " refuses a handler that takes a callback: it must return a promise."),
         findings);
}

}  // namespace

void runtime_language_feature(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    const std::vector<int> version = version_of_runtime(function.runtime);
    const Property* runtime = property_of(project, function.resource, "Runtime");
    if (version.empty() || runtime == nullptr) continue;
    const std::uint8_t given = (*project.pool)[runtime->value].uncertainty;
    for (const VersionUse& use : function.versions) {
      const bool too_old = !use.since.empty() && is_before(version, use.since);
      const bool gone = !use.until.empty() && !is_before(version, use.until);
      if (!too_old && !gone) continue;
      const Answer switched_on = is_switched_on(project, function, use);
      if (switched_on == Answer::Yes) continue;
      VersionUse one = use;
      one.uncertainty |= given;
      if (switched_on == Answer::Unknown) one.uncertainty |= kUncertain;
      if (use.target) one.where = anchor_of(*runtime);
      report(function, one, message_of(function, one, too_old), findings);
    }
    check_callbacks(function, version, findings);
  }
}

}  // namespace fnlint
