// A write that fails, and neither a log nor an answer nor an error says so.

#include "checks/reliability/lost_errors.h"
#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/invocation_type.h"
#include "core/text.h"
#include "tables/libraries.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>

namespace fnlint {

namespace {

// What others rely on: it causes an event, or costs money or reaches people. Of what is made under
// a name the failure may be that it is there, and of who waits for an answer, that there is none.
bool is_relied_on(const ValuePool& pool, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  if (is_local(operation) || operation.repeat == Repeat::ByName) return false;
  if (operation.service == "lambda") return invocation_type(pool, effect.arguments) == "event";
  return !operation.events.empty() || operation.grave;
}

bool is_untold(const Effect& effect) {
  constexpr std::uint32_t kTold = kErrorsReturned | kErrorsLogged;
  return (effect.flags & kErrorsDropped) != 0 && (effect.flags & kTold) == 0;
}

class UntoldWrites {
 public:
  UntoldWrites(const Project& project, const RelationsTo& relations, const DeliverySources& sources,
               const LambdaFunction& function)
      : project_(project),
        function_(function),
        sources_(told_by_failure(project, relations, function, sources.of(function))),
        is_optional_(tells_of_others(function)) {}

  void check(const Effect& effect, Findings& findings) {
    const Operation& operation = operations()[effect.operation];
    if (!is_untold(effect) || !does_something(effect) || !is_relied_on(*project_.pool, effect) ||
        is_conditional(*project_.pool, operation, effect) ||
        is_after_failure(*project_.pool, effect) || is_delivered_again(effect) ||
        !reported_.insert(effect.where).second)
      return;
    if (effect.lost_in.file.exists()) {
      const auto [told, is_new] = by_handler_.try_emplace(effect.lost_in, findings.size());
      if (!is_new) {
        findings[told->second].related.push_back(
            {effect.where,
             cat("An error of this call (", call_name(effect), ") ends there, too.")});
        return;
      }
    }
    tell(effect, call_name(effect), is_optional_ || is_read_too(effect), findings);
  }

  // Operations that no row describes: they change something by their name.
  void check_request(const Effect& request, Findings& findings) {
    const std::string_view path = request.receiver;
    const std::string_view name = path.substr(path.rfind('.') + 1);
    if (!is_untold(request) || request.operation < operations().size() ||
        fnlint::only_reads(flat_name(name)) || is_after_failure(*project_.pool, request) ||
        !reported_.insert(request.where).second)
      return;
    tell(request, name, true, findings);
  }

 private:
  void tell(const Effect& effect, std::string_view name, bool is_optional, Findings& findings) {
    // Whether it is done is another question.
    const auto evidence = static_cast<std::uint8_t>(effect.evidence & ~(kUncertain | kConditional));
    findings.push_back(
        FindingBuilder("reliability-write-failure-untold", evidence)
            .about(function_)
            .at(effect.where)
            .says("When this call (", name,
                  ") fails, nothing says so: the error is neither raised nor returned nor logged, "
                  "and the function goes on as if it had been done.")
            .identified(function_.name, ' ', name)
            .grade_if(is_optional, Severity::Note)
            .with_steps(effect.path)
            .related_if(effect.lost_in.file.exists(), effect.lost_in, "The error ends here."));
  }
  // It may be kept there for the next time alone: a cache.
  [[nodiscard]] bool is_read_too(const Effect& write) const {
    return std::ranges::any_of(function_.effects, [&](const Effect& one) {
      return one.target_value.exists() && one.target_value == write.target_value &&
             operations()[one.operation].events.empty();
    });
  }
  // Which reliability-error-swallowed tells.
  [[nodiscard]] bool is_delivered_again(const Effect& effect) const {
    return std::ranges::any_of(
        sources_, [&](const DeliverySource& one) { return comes_of(project_, one, effect); });
  }

  const Project& project_;
  const LambdaFunction& function_;
  std::vector<DeliverySource> sources_;
  bool is_optional_;
  std::set<Span> reported_ = {};
  std::map<Span, std::size_t> by_handler_ = {};  // rows of the findings, by where errors are lost
};

}  // namespace

void reliability_write_failure_untold(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const DeliverySources sources(project, relations);
  for (const LambdaFunction& function : project.functions) {
    UntoldWrites writes(project, relations, sources, function);
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) writes.check(effect, findings);
    for (const Effect& request : function.requests) writes.check_request(request, findings);
  }
}

}  // namespace fnlint
