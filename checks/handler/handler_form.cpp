// The template names a function in a file, and the runtime loads the one and calls the other: what
// is not there, or cannot be called so, fails at every event.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/languages.h"
#include "values/handler_forms.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

struct Anchor {
  Span where = {};
  std::uint8_t uncertainty = 0;
};

// Where the template names the handler; nothing where it names not one text.
std::optional<Anchor> anchor_of_handler(const Project& project, const LambdaFunction& function) {
  const DeclaredFunction& declared = project.stacks.functions[function.declared];
  const Property* property = property_of(project, function.resource, "Handler");
  // What the bootstrap of an OS-only runtime makes of the text is its own affair.
  const bool is_free = declared.image || function.runtime.starts_with("provided");
  if (property == nullptr || is_free || !as_text(*project.pool, property->value))
    return std::nullopt;
  Anchor anchor{anchor_of(*property), (*project.pool)[property->value].uncertainty};
  if (property->inherited) anchor.where = project.stacks[function.resource].name;
  return anchor;
}

std::string near_words(const HandlerProblem& problem) {
  for (const std::string& name : problem.known)
    if (lower(name) == lower(problem.wanted))
      return cat(" There is '", name, "': names are case-sensitive.");
  const auto last_word = [](std::string_view name) { return name.substr(name.rfind('.') + 1); };
  if (problem.fault == HandlerFault::NoClass)
    for (const std::string& name : problem.known)
      if (last_word(name) == last_word(problem.wanted)) return cat(" There is '", name, "'.");
  std::vector<std::string_view> known;
  for (const std::string& name : problem.known)
    if (!name.ends_with("__init__")) known.push_back(name);  // a package's file is no handler's
  const std::string_view near = nearest(problem.wanted, known);
  if (!near.empty()) return cat(" Did you mean '", near, "'?");
  return known.size() == 1 ? cat(" There is '", known.front(), "'.") : std::string();
}

std::string problem_words(const HandlerProblem& problem, const HandlerContract* form) {
  switch (problem.fault) {
    case HandlerFault::Form:
      return cat("The handler '", problem.wanted,
                 "' does not name a function: it must have the form ", problem.form, '.');
    case HandlerFault::NoFile:
      return cat("The handler's file '", problem.wanted, "' is not in the function's code.",
                 near_words(problem));
    case HandlerFault::NoClass:
      return cat("The handler's class '", problem.wanted, "' is not in the function's code.",
                 near_words(problem));
    case HandlerFault::NoSymbol:
      return cat("The handler's ", form == nullptr || form->by_file ? "module" : "class",
                 " has no '", problem.wanted, "'.", near_words(problem));
    case HandlerFault::NoFunction:
      return cat("'", problem.wanted, "' is not a function: the runtime cannot call it.");
    case HandlerFault::None: break;
  }
  return {};
}

void report(const LambdaFunction& function, const Anchor& anchor, std::string_view rule,
            std::string message, std::uint8_t uncertainty, Span code, Findings& findings) {
  auto finding = FindingBuilder(rule, anchor.uncertainty | uncertainty)
                     .about(function)
                     .at(anchor.where)
                     .says(message);
  if (code.file.exists())
    finding.at(code)
        .related(anchor.where, "The template names it here.")
        .step(anchor.where, "The template names the handler.")
        .step(code, "This is what the runtime calls.");
  findings.push_back(std::move(finding));
}

// Why no form of the method is one that the runtime calls; empty where one is.
std::string objection_to_forms(const CalledFunction& row, const HandlerContract& form) {
  if (!row.overloads_known) return {};
  if (row.overloads.empty())
    return form.only_public
               ? cat("'", row.name, "' is not public, and the runtime calls only public methods.")
               : std::string();
  if (form.one_overload && row.overloads.size() > 1)
    return cat("'", row.type, "' has ", row.overloads.size(), " methods named '", row.name,
               "', and the runtime does not choose between them.");
  for (const std::vector<std::string>& types : row.overloads)
    if (has_handler_form(types, form.forms, form.context)) return {};
  std::string given, known;
  for (const std::string& type : row.overloads.front())
    given += cat(given.empty() ? "" : ", ", type.empty() ? "?" : type);
  for (const std::string_view one : form.forms)
    known += cat(known.empty() ? "(" : " (", replace_all(one, "*", "event"), ")");
  return cat("The runtime cannot call '", row.name, "' with any of its signatures: it takes (",
             given, "), and a handler takes one of ", known, ".");
}

// Why the runtime cannot come to a method of that class; empty where it can.
std::string objection_to_class(const CalledFunction& row, const HandlerContract& form) {
  const std::string& type = row.type;
  if (type.empty()) return {};
  if (row.by_interface && !row.implements) {
    std::string wanted;
    for (const std::string_view one : form.handler_types)
      wanted += cat(wanted.empty() ? "" : " or ", one);
    return cat("The handler names only the class '", type, "', which does not implement ", wanted,
               '.');
  }
  if (form.only_public && (row.type_flags & kHiddenClass) != 0)
    return cat("'", type, "' is not public: the runtime cannot call what is in it.");
  if (!row.of_object) return {};
  if ((row.type_flags & kAbstractClass) != 0)
    return cat("'", type, "' is abstract, and the runtime must create an instance of it to call '",
               row.name, "'.");
  if ((row.type_flags & kNeedsArguments) != 0)
    return cat("The runtime creates an instance of '", type,
               "' without arguments, but its constructor requires some.");
  return {};
}

// Ruby gives one parameter without a keyword all that is named, as a hash. What is called like one
// of those is meant to be that, unless the code asks it for it: `event[:event]`.
bool takes_all_named(const ValuePool& pool, const LambdaFunction& function,
                     const HandlerContract& form) {
  const CalledFunction& row = function.called;
  if (row.parameters.size() != 1 || (row.flags & kByPosition) == 0) return false;
  const auto is_named = [&](std::string_view name) {
    return std::ranges::find(form.named, name) != form.named.end();
  };
  return !is_named(row.parameters.front()) ||
         std::ranges::any_of(function.reads, [&](const InputRead& read) {
           const std::string_view path = pool.text(read.value);
           return pool[read.value].origin == Origin::Event &&
                  is_named(path.substr(0, path.find_first_of(".[")));
         });
}

// Why the runtime cannot call the function so; empty where it can.
std::string objection(const ValuePool& pool, const LambdaFunction& function,
                      const HandlerContract& form) {
  const CalledFunction& row = function.called;
  const std::string& name = row.name;
  if (!form.may_be_async && (row.flags & kAsync) != 0)
    return cat("'", name,
               "' is asynchronous, and the runtime does not await it: it gets a pending result, "
               "and none of the handler's code runs.");
  if (!form.may_generate && (row.flags & kGenerator) != 0)
    return cat("'", name,
               "' is a generator: the runtime gets a generator instead of the result, and none of "
               "the handler's code runs.");
  const auto given = static_cast<std::size_t>(std::max(form.given, 0));
  if (form.given >= 0 && (row.least > given || (row.most < given && !row.any)))
    return cat("The runtime calls '", name, "' with ", given, " arguments, but it takes ",
               row.least > given ? row.least : row.most, ".");
  const bool takes_all = takes_all_named(pool, function, form);
  for (const std::string_view wanted : form.named)
    if (!takes_all && !row.any_named &&
        std::ranges::find(row.parameters, wanted) == row.parameters.end())
      return cat("The runtime calls '", name, "' with '", wanted, ":', which it does not accept.");
  if (form.awaits_tasks_only && (row.flags & kAsync) != 0 && row.gives_nothing)
    return cat("'", name, "' is asynchronous and returns no task: the runtime refuses it.");
  std::string of_class = objection_to_class(row, form);
  return of_class.empty() ? objection_to_forms(row, form) : of_class;
}

void check_signature(const Project& project, const LambdaFunction& function, const Anchor& anchor,
                     Findings& findings) {
  const CalledFunction& row = function.called;
  const HandlerContract* form = find_handler_contract(function.language);
  if (!row.known || form == nullptr) return;
  std::string message = objection(*project.pool, function, *form);
  if (message.empty()) return;
  std::uint8_t uncertainty = 0;
  if ((row.flags & kBroken) != 0) uncertainty |= kBrokenSource;
  report(function, anchor, "handler-signature", std::move(message), uncertainty,
         function.handler_where, findings);
}

// An OS-only runtime starts one program by its name, whatever the handler says.
void report_program(const Project& project, Findings& findings) {
  constexpr std::string_view kProgram = "bootstrap";  // Developer Guide: "OS-only runtimes"
  for (const LambdaFunction& function : project.functions) {
    const DeclaredFunction& declared = project.stacks.functions[function.declared];
    const HandlerProblem& problem = function.handler_problem;
    const bool is_archive = !declared.code.only_file.empty();
    const bool is_folder = problem.fault == HandlerFault::NoFile && problem.wanted == kProgram;
    const std::string& file =
        is_archive || !is_folder ? declared.code.only_file : problem.known.front();
    const Property* runtime = property_of(project, function.resource, "Runtime");
    // A layer may bring the program.
    if (runtime == nullptr || !function.runtime.starts_with("provided") || declared.image ||
        file.empty() || file == kProgram || !function.layers.empty() ||
        property_of(project, function.resource, "Layers") != nullptr)
      continue;
    const Property* handler = property_of(project, function.resource, "Handler");
    findings.push_back(
        FindingBuilder("handler-not-found", (*project.pool)[runtime->value].uncertainty |
                                                (is_archive ? 0 : problem.uncertainty))
            .about(function)
            .at(handler != nullptr ? anchor_of(*handler) : project.stacks[function.resource].name)
            .says(is_archive
                      ? cat("The archive of '", function.name, "' holds the file '", file,
                            "' alone, and the runtime ", function.runtime, " starts '", kProgram,
                            "'.")
                      : cat("The code of '", function.name, "' holds '", file, "' and no '",
                            kProgram, "', which the runtime ", function.runtime, " starts."))
            .related_if(is_archive, declared.code.where, "The archive is made of it here."));
  }
}

// An archive that was given to something that is not read: nobody knows whether it is the code, or
// stands in for what is deployed later.
std::uint8_t uncertainty_of_code(const Project& project, const LambdaFunction& function) {
  if (project.stacks.functions[function.declared].code.kind != CodeKind::Zip) return 0;
  const Property* const code = property_of(project, function.resource, "Code");
  const bool is_guess =
      code != nullptr && ((*project.pool)[code->value].uncertainty & kHeuristic) != 0;
  return is_guess ? std::uint8_t{kUncertain} : std::uint8_t{0};
}

}  // namespace

void handler_form(const Project& project, const Settings&, Findings& findings) {
  report_program(project, findings);
  for (const LambdaFunction& function : project.functions) {
    const std::optional<Anchor> anchor = anchor_of_handler(project, function);
    if (!anchor) continue;
    const HandlerProblem& problem = function.handler_problem;
    if (problem.fault == HandlerFault::None) {
      check_signature(project, function, *anchor, findings);
      continue;
    }
    const std::string_view rule = problem.fault == HandlerFault::NoFunction ? "handler-signature"
                                                                            : "handler-not-found";
    report(function, *anchor, rule,
           problem_words(problem, find_handler_contract(function.language)),
           problem.uncertainty | uncertainty_of_code(project, function), {}, findings);
    if (!function.looked_in.empty())
      findings.back().about.push_back(problem.fault == HandlerFault::NoFile
                                          ? join_path(function.looked_in, function.looked_for)
                                          : function.looked_in);
    if (problem.fault == HandlerFault::NoFile)
      findings.back().cause = {.key = problem.wanted, .subject = function.name, .apart = 1};
  }
}

}  // namespace fnlint
