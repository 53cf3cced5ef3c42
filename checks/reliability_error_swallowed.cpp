// A source that delivers again what failed has to be told that it failed.

#include "checks/call_name.h"
#include "checks/idempotency_view.h"
#include "checks/list.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/confidence.h"

#include <set>

namespace fnlint {

void reliability_error_swallowed(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    const std::optional<DeliverySource> source = at_least_once(project, relations, function);
    if (!source || source->trigger == nullptr) continue;
    std::set<std::string_view> reported;  // operations
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        const Operation& operation = operations()[effect.operation];
        const bool matters = (effect.flags & kErrorsDropped) != 0 &&
                             (effect.flags & kGuessed) == 0 && operation.repeat != Repeat::Same;
        if (!matters || !reported.insert(operation.id).second) continue;
        std::uint8_t evidence = static_cast<std::uint8_t>(
            (effect.evidence & ~(kUncertain | kConditional)) | source->evidence);
        Finding finding;
        finding.rule = "reliability-error-swallowed";
        finding.confidence = confidence_of(evidence);
        finding.message = cat("When this call (", call_name(effect),
                              ") fails, nothing is done about the error: ", source->words,
                              " considers the event handled and never delivers it again.");
        finding.where = effect.where;
        finding.function = function.name;
        finding.flow = effect.path;
        finding.related.push_back({source->where, "This would deliver it again."});
        finding.identity = cat(function.name, ' ', operation.id);
        findings.push_back(std::move(finding));
      }
  }
}

}  // namespace fnlint
