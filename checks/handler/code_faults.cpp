// What cannot work in the code that a function loads, each kind with its rule and its words.

#include "checks/handler/code_faults.h"

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace fnlint {

namespace {

std::string_view what_fails(const CodeFault& fault) {
  return fault.at_load ? "the module fails to load" : "what comes here fails";
}

// A forgotten import, a letter too many, what stood in a part that was taken out.
std::string undefined_name(const LambdaFunction& function, const CodeFault& fault) {
  const bool is_python = function.language == Language::Python;
  return cat("Nothing defines '", fault.name, "', and it is not built in: ", what_fails(fault),
             " with ", is_python ? "NameError." : "ReferenceError.");
}

std::string undeclared_name(const LambdaFunction&, const CodeFault& fault) {
  return cat("Nothing declares '", fault.name,
             "', and a module is strict code: ", what_fails(fault), " with ReferenceError.");
}

std::string uncalled_function(const LambdaFunction&, const CodeFault& fault) {
  return cat("'", fault.name,
             "' is not called: the function itself is used here, as text its source or as a "
             "number NaN.");
}

// Asked of an own module or class: an import of what was renamed, an attribute with a letter too
// many.
std::string missing_member(const LambdaFunction& function, const CodeFault& fault) {
  const bool is_python = function.language == Language::Python;
  const std::string_view fails =
      is_python ? what_fails(fault)
                : "the module fails to load with SyntaxError, or the name is undefined";
  const std::string_view error = !is_python       ? ""
                                 : fault.imported ? " with ImportError"
                                                  : " with AttributeError";
  return cat(fault.of_class ? "Nothing gives an object of class '" : "'", fault.owner,
             fault.of_class ? "' the attribute '" : "' has no '", fault.name, "': ", fails, error,
             '.');
}

std::string said_of_arguments(const CodeFault& fault) {
  switch (fault.fault) {
    case ArgumentFault::Missing:
      return cat("is called without its argument '", fault.argument, "'");
    case ArgumentFault::Unknown:
      return cat("is given an argument '", fault.argument, "', and has none of that name");
    case ArgumentFault::TooMany:
      return cat("takes ", fault.takes, fault.takes == 1 ? " argument" : " arguments",
                 ", and is given ", fault.given);
  }
  return {};
}

// An own function that is called with what it does not take.
std::string wrong_arguments(const LambdaFunction&, const CodeFault& fault) {
  return cat("'", fault.name, "' ", said_of_arguments(fault), ": ", what_fails(fault),
             " with TypeError.");
}

// A function without a `return`, given to something that goes by what it returns.
std::string no_result(const LambdaFunction&, const CodeFault& fault) {
  return cat("'", fault.name,
             fault.is_null
                 ? "' goes by what this function returns, and it returns nothing on any way."
                 : "' asks whether what this function returns is true, and it returns a promise, "
                   "which always is.");
}

// A function of the project gives nothing, or nothing but an empty list, on one of its ways, and
// what it gives is used as if it never did.
std::string null_used(const LambdaFunction&, const CodeFault& fault) {
  if (fault.is_list)
    return cat(
        "'", fault.name,
        "' gives an empty list on one of its ways, and this reads an entry of a name: then it "
        "fails.");
  return cat("'", fault.name,
             "' gives nothing on one of its ways, and this uses what it gives without asking: "
             "then it fails.");
}

// `row.id` and then `if (row == null)`: where it is null, the first has failed already.
std::string late_test(const LambdaFunction&, const CodeFault& fault) {
  return cat("A part of '", fault.name,
             "' is read here, and whether it is there at all is asked behind that: where it is "
             "not, this has failed already.");
}

// A request has failed, and the function gives what it would give where there is nothing.
std::string empty_answer(const LambdaFunction&, const CodeFault& fault) {
  if (fault.in_loop)
    return cat("Where one of the parts that '", fault.name,
               "' asks for one after another cannot be had, a log says so and it gives ",
               fault.argument, ", as if that were all.");
  return cat("Where what '", fault.name, "' asks for cannot be had, a log says so and it gives ",
             fault.argument,
             ", as where there is nothing: what goes on with that does not know which it is.");
}

// The first of two entries is never there.
std::string key_twice(const LambdaFunction&, const CodeFault& fault) {
  return cat("The entry '", fault.name,
             "' is written a second time in the same object: what was given first is lost.");
}

// The default is for what is absent; an empty list is not.
std::string empty_unthought(const LambdaFunction& function, const CodeFault& fault) {
  return cat(
      "The default stands for a '", fault.name,
      "' that is absent; where it is there and empty, its first element is ",
      function.language == Language::Python ? "an IndexError." : "undefined, and this fails.");
}

struct FaultRule {
  CodeFaultKind kind{};
  std::string_view rule = {};
  std::string (*says)(const LambdaFunction&, const CodeFault&) = nullptr;
  std::string_view here = {}, elsewhere = {};  // what is at its place, and at the other
  std::uint8_t rests_on = 0;
};
constexpr std::array kFaultRules{
    FaultRule{CodeFaultKind::Undefined, "handler-undefined-name", undefined_name,
              "The name is read."},
    FaultRule{CodeFaultKind::Undeclared, "handler-undefined-name", undeclared_name,
              "The name is set."},
    FaultRule{CodeFaultKind::Uncalled, "handler-function-not-called", uncalled_function,
              "It stands here."},
    FaultRule{CodeFaultKind::MissingMember, "handler-missing-member", missing_member,
              "It is asked for here."},
    FaultRule{CodeFaultKind::WrongArguments, "handler-wrong-arguments", wrong_arguments,
              "It is called here."},
    FaultRule{CodeFaultKind::NoResult, "handler-callback-without-result", no_result,
              "The function is here.", "It is given here.", kHeuristic},
    FaultRule{CodeFaultKind::NullUsed, "handler-null-unchecked", null_used, "It is used here.",
              "It gives nothing here.", kHeuristic},
    FaultRule{CodeFaultKind::EmptyAnswer, "reliability-failure-as-empty", empty_answer,
              "The error ends here.", "It is taken for what there is here.", kHeuristic},
    FaultRule{CodeFaultKind::KeyTwice, "handler-key-twice", key_twice, "It is written again here.",
              "It is written here first."},
    FaultRule{CodeFaultKind::EmptyUnthought, "handler-default-misses-empty", empty_unthought,
              "The first element is read.", "", kHeuristic},
    FaultRule{CodeFaultKind::LateTest, "handler-null-test-late", late_test, "It is read here.",
              "It is asked for here.", kHeuristic},
};

const FaultRule* rule_of(CodeFaultKind kind) {
  const auto found = std::ranges::find(kFaultRules, kind, &FaultRule::kind);
  return found != kFaultRules.end() ? &*found : nullptr;
}

}  // namespace

void code_faults(const Project& project, const Settings&, Findings& findings) {
  const auto is_told = [](CodeFaultKind kind) { return rule_of(kind) != nullptr; };
  // NullUsed: rows of the findings by where nothing is given, of each function.
  std::map<std::pair<Span, std::uint32_t>, std::size_t> by_cause;
  for_each_code_fault(
      project, is_told, [&](const LambdaFunction& function, const CodeFault& fault) {
        const FaultRule& row = *rule_of(fault.kind);
        if (fault.kind == CodeFaultKind::NullUsed && fault.elsewhere.file.exists()) {
          const auto [first, is_new] =
              by_cause.try_emplace({fault.elsewhere, function.declared}, findings.size());
          if (!is_new) {
            findings[first->second].related.push_back({fault.where, "It is used here, too."});
            return;
          }
        }
        const bool is_two = !row.elsewhere.empty() && fault.elsewhere.file.exists();
        findings.push_back(
            FindingBuilder(row.rule, static_cast<std::uint8_t>(fault.uncertainty | row.rests_on))
                .about(function)
                .at(fault.where)
                .says(row.says(function, fault))
                .identified(fault.name)
                .related_if(is_two, fault.elsewhere, row.elsewhere)
                .with_steps(fault.path, fault.where, row.here));
      });
}

}  // namespace fnlint
