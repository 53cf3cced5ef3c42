// The template names a function in a file, and the runtime loads the one and calls the other: what
// is not there, or cannot be called so, fails at every event.

#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "tables/languages.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

struct Anchor {
  Span where = {};
  std::uint8_t evidence = 0;
};

// Where the template names the handler; nothing where it names not one text.
std::optional<Anchor> anchor_of_handler(const Project& project, const LambdaFunction& function) {
  const DeclaredFunction& declared = project.stacks.functions[function.declared];
  const Property* property = property_of(project, function.resource, "Handler");
  if (property == nullptr || declared.image || !as_text(*project.pool, property->value))
    return std::nullopt;
  Anchor anchor{anchor_of(*property), (*project.pool)[property->value].evidence};
  if (property->inherited) anchor.where = project.stacks[function.resource].name;
  return anchor;
}

std::string near_words(const HandlerProblem& problem) {
  for (const std::string& name : problem.known)
    if (lower(name) == lower(problem.wanted))
      return cat(" There is '", name, "': upper and lower case count.");
  const std::vector<std::string_view> known(problem.known.begin(), problem.known.end());
  const std::string_view near = nearest(problem.wanted, known);
  if (!near.empty()) return cat(" Did you mean '", near, "'?");
  return known.size() == 1 ? cat(" There is '", known.front(), "'.") : std::string();
}

std::string problem_words(const HandlerProblem& problem) {
  switch (problem.fault) {
    case HandlerFault::Form:
      return cat("The handler '", problem.wanted, "' names no function: it must have the form ",
                 problem.form, '.');
    case HandlerFault::NoFile:
      return cat("The handler's file '", problem.wanted, "' is not in the function's code.",
                 near_words(problem));
    case HandlerFault::NoSymbol:
      return cat("The handler's module has no '", problem.wanted, "'.", near_words(problem));
    case HandlerFault::NoFunction:
      return cat("'", problem.wanted, "' is no function: the runtime cannot call it.");
    case HandlerFault::None: break;
  }
  return {};
}

void report(const LambdaFunction& function, const Anchor& anchor, std::string_view rule,
            std::string message, std::uint8_t evidence, Span code, Findings& findings) {
  Finding finding;
  finding.rule = rule;
  finding.confidence = confidence_of(static_cast<std::uint8_t>(anchor.evidence | evidence));
  finding.message = std::move(message);
  finding.where = anchor.where;
  finding.function = function.name;
  finding.identity = function.name;
  if (code.file.exists()) {
    finding.where = code;
    finding.related.push_back({anchor.where, "The template names it here."});
    finding.flow.push_back({anchor.where, "The template names the handler."});
    finding.flow.push_back({code, "This is what the runtime calls."});
  }
  findings.push_back(std::move(finding));
}

// Why the runtime cannot call the function so; empty where it can.
std::string objection(const CalledFunction& row, const HandlerContract& form) {
  const std::string& name = row.name;
  if (!form.may_be_async && (row.flags & kAsync) != 0)
    return cat("'", name, "' is asynchronous, and the runtime does not await it: it gets a "
               "pending result, and nothing of the handler runs.");
  if (!form.may_generate && (row.flags & kGenerator) != 0)
    return cat("'", name, "' is a generator: the runtime gets one in place of the result, and "
               "nothing of the handler runs.");
  const auto given = static_cast<std::size_t>(std::max(form.given, 0));
  if (form.given >= 0 && (row.least > given || (row.most < given && !row.any)))
    return cat("The runtime calls '", name, "' with ", given, " arguments, and it takes ",
               row.least > given ? row.least : row.most, ".");
  for (const std::string_view wanted : form.named)
    if (!row.any_named && std::ranges::find(row.parameters, wanted) == row.parameters.end())
      return cat("The runtime calls '", name, "' with '", wanted, ":', and it does not take that.");
  return {};
}

void check_signature(const LambdaFunction& function, const Anchor& anchor, Findings& findings) {
  const CalledFunction& row = function.called;
  const HandlerContract* form = find_handler_contract(function.language);
  if (!row.known || form == nullptr) return;
  std::string message = objection(row, *form);
  if (message.empty()) return;
  std::uint8_t evidence = 0;
  if ((row.flags & kBroken) != 0) evidence |= kBrokenSource;
  report(function, anchor, "handler-signature", std::move(message), evidence,
         function.handler_where, findings);
}

}  // namespace

void handler_form(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    const std::optional<Anchor> anchor = anchor_of_handler(project, function);
    if (!anchor) continue;
    const HandlerProblem& problem = function.handler_problem;
    if (problem.fault == HandlerFault::None) {
      check_signature(function, *anchor, findings);
      continue;
    }
    const std::string_view rule = problem.fault == HandlerFault::NoFunction ? "handler-signature"
                                                                            : "handler-not-found";
    report(function, *anchor, rule, problem_words(problem), problem.evidence, {}, findings);
  }
}

}  // namespace fnlint
