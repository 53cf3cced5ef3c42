// What stands at the top of a module runs in every cold start before the first event is handled,
// and init is cut off after ten seconds.

#include "checks/call_name.h"
#include "checks/deployment_functions.h"
#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

struct CallWeight {
  bool counts = true, heavy = false;
  bool is_work = false;  // it takes its time, and gives nothing
  bool lasts = false;    // what it gives does not age
  bool writes = false;   // it gives nothing that could
  bool is_setting = false;  // a secret or parameter
  std::string words = {};  // "reads"
};

CallWeight weight_of(const CodeCall& call) {
  CallWeight weight;
  weight.heavy = (call.flags & kInLoop) != 0;
  if (call.operation != UINT32_MAX) {
    const Operation& operation = operations()[call.operation];
    weight.counts = operation.service != "file";
    weight.heavy = weight.heavy || operation.bulk;
    weight.lasts = operation.lasting;
    weight.writes = !is_request(operation) &&
                    (operation.repeat != Repeat::Same || !operation.events.empty());
    weight.is_setting = operation.more.empty() && !operation.target.empty() && !weight.heavy &&
                        call.library != UINT32_MAX &&
                        library_models()[call.library].origin == Origin::Secret;
    weight.words = is_request(operation) ? std::string_view("a request") : operation.id;
    return weight;
  }
  const LibraryModel* row = call.library != UINT32_MAX ? &library_models()[call.library] : nullptr;
  if (row == nullptr || row->work.empty()) {
    weight.words = "a request";
    return weight;
  }
  weight.heavy = weight.is_work = true;
  weight.words = row->work;
  return weight;
}

std::string_view when(CallPhase phase, Language language) {
  switch (phase) {
    case CallPhase::Construct: return "while the runtime creates the handler's instance";
    case CallPhase::Snapshot: return "before the snapshot is taken";
    case CallPhase::Restore: return "after the snapshot is restored";
    case CallPhase::Invocation:
    case CallPhase::Load: break;
  }
  return loading_words(language);
}

// Each of the phases that come before the first event is cut off after as long.
std::string_view cost(CallPhase phase, const CallWeight& weight) {
  const bool restores = phase == CallPhase::Restore;
  if (weight.heavy)
    return restores ? "every restored environment waits for it, and the restore is cut off after "
                      "10 seconds."
                    : "every cold start waits for it, and init is cut off after 10 seconds.";
  if (weight.writes)
    return restores ? "every restored environment does it, and waits for it."
                    : "every cold start does it, and waits for it.";
  if (weight.lasts && !restores) return "every cold start waits for it.";
  return restores ? "every restored environment waits for it."
                  : "every cold start waits for it, and its result gets as old as the environment.";
}

// Environments of its published versions begin with what one init left.
bool is_restored(const Project& project, const LambdaFunction& function) {
  const Property* property = property_of(project, function.resource, "SnapStart.ApplyOn");
  return property != nullptr && as_text(*project.pool, property->value) ==
                                    std::optional<std::string_view>("PublishedVersions");
}

std::string message_of(const CodeCall& call, const CallWeight& weight, Language language,
                       bool restored) {
  const bool is_call = call.operation != UINT32_MAX || weight.words == "a request";
  std::string message = is_call ? cat("'", call.name, "' (", weight.words, ")")
                                : cat("'", call.name, "' (it ", weight.words, ")");
  if (restored && call.phase != CallPhase::Restore)
    return message + (weight.writes
                          ? " runs before the snapshot is taken, and not in the environments that "
                            "are restored from it."
                          : " runs before the snapshot is taken: its result is as old as the "
                            "snapshot in every environment that is restored from it.");
  message += cat((call.flags & kInLoop) != 0 ? " runs in a loop " : " runs ",
                 when(call.phase, language), ": ", cost(call.phase, weight));
  return message;
}

// One secret or parameter that is fetched at init is AWS's own advice ("Retrieving parameters
// outside of the handler"). Several wait for each other.
bool is_advised(const LambdaFunction& function) {
  return std::ranges::count_if(function.init_work, [](const CodeCall& call) {
           return weight_of(call).is_setting;
         }) == 1;
}

}  // namespace

void init_work_at_import(const Project& project, const Settings&, Findings& findings) {
  const DeploymentFunctions of_deployments(project);
  for (const LambdaFunction& function : project.functions) {
    if (of_deployments.contains(function)) continue;
    const bool restored = is_restored(project, function);
    const bool advised = !restored && is_advised(function);
    for (const CodeCall& call : function.init_work) {
      CallWeight weight = weight_of(call);
      // An initialised environment is made for the snapshot alone: no event waits for that.
      const bool costs_init =
          call.phase != CallPhase::Snapshot && call.phase != CallPhase::Invocation;
      if (!weight.counts || !costs_init || (weight.is_setting && advised)) continue;
      const bool is_early = restored && call.phase != CallPhase::Restore;
      // No event waits for it.
      if (is_early && (weight.is_work || weight.lasts)) continue;
      weight.heavy = weight.heavy && !is_early;
      std::uint8_t evidence = call.evidence;
      if ((call.flags & kUnderUnknownTest) != 0) evidence |= kConditional;
      Finding finding;
      finding.rule = "init-work-at-import";
      finding.confidence = confidence_of(evidence);
      finding.severity = weight.heavy ? Severity::Warning : Severity::Note;
      finding.message = message_of(call, weight, function.language, restored);
      finding.where = call.where;
      finding.function = function.name;
      finding.identity = cat(function.name, ':', call.name);
      finding.cause = {.key = cat(function.name, ' ', finding.message)};
      add_path(call.path, finding);
      if (!finding.flow.empty())
        finding.flow.push_back({call.where, cat("'", call.name, "' runs.")});
      findings.push_back(std::move(finding));
    }
  }
}

}  // namespace fnlint
