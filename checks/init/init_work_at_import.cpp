// What stands at the top of a module runs in every cold start before the first event is handled,
// and init is cut off after ten seconds.

#include "checks/event/called_seldom.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/init/rules.h"
#include "checks/view/beyond.h"
#include "checks/view/call_name.h"
#include "checks/view/code_calls.h"
#include "checks/view/deployment_functions.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/failures.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

struct CallWeight {
  bool counts = true, heavy = false;
  bool may_last = false;  // it repeats, or nothing says how long it waits
  bool is_work = false;  // it takes its time, and gives nothing
  bool lasts = false;    // what it gives does not age
  bool writes = false;   // it gives nothing that could
  bool is_setting = false;  // a secret or parameter
  std::string words = {};  // "reads"
};

// What is sent only asks for something: "http.Get", or by the method that is given.
bool only_reads(const ValuePool& pool, const Operation& operation, const CodeCall& call) {
  if (operation.repeat == Repeat::ByMethod) {
    Effect sent;
    sent.arguments = call.arguments;
    const std::vector<std::string> methods = statements_of(pool, operation, sent);
    return !methods.empty() && std::ranges::all_of(methods, [](const std::string& one) {
      return lower(one) == "get" || lower(one) == "head";
    });
  }
  return operation.id == "http.Get";
}

// The keys that an issuer publishes to verify its tokens, and where they are: they hardly change,
// and an event that none of them verifies gets no answer.
bool fetches_public_keys(const ValuePool& pool, const CodeCall& call) {
  if (call.operation == UINT32_MAX || !is_request(operations()[call.operation])) return false;
  const std::string_view ending = literal_ending(pool, call.value);
  if (ending.substr(ending.rfind('/') + 1) == "jwks.json") return true;
  bool well_known = false;  // also as a part of its own: `join(issuer, ".well-known", name)`
  if (call.value.exists())
    for_each_below(pool, call.value, [&](ValueId id) {
      well_known = well_known || (pool.is(id, ValueKind::Text) &&
                                  pool.text(id).find(".well-known") != std::string_view::npos);
    });
  return well_known;
}

// A way that something decides which others gave: a parameter of the store, an answer.
bool rests_on_answers(const ValuePool& pool, const CodeCall& call) {
  return std::ranges::any_of(call.holds, [&](const Fact& fact) {
    bool found = has_origin(pool, fact.test, Origin::Secret);
    for_each_below(pool, fact.test,
                   [&](ValueId part) { found = found || comes_from_beyond(pool, part); });
    return found;
  });
}

// A request that may wait for longer than init may take.
bool may_wait(const ValuePool& pool, const CodeCall& call) {
  if (call.library == UINT32_MAX) return false;
  const LibraryModel& row = library_models()[call.library];
  const bool by_object = row.timeout.find("receiver.") != std::string_view::npos;
  return row.endless && !by_object && !tells_timeout(pool, row, call.arguments, {});
}

CallWeight weight_of(const ValuePool& pool, const CodeCall& call) {
  CallWeight weight;
  const bool in_loop = (call.flags & kInLoop) != 0;
  weight.heavy = weight.may_last = in_loop;
  if (call.operation != UINT32_MAX) {
    const Operation& operation = operations()[call.operation];
    weight.counts = !is_local(operation);
    const bool asks_once = is_request(operation) && !in_loop && only_reads(pool, operation, call);
    weight.heavy = in_loop || (operation.bulk && !asks_once);
    weight.may_last = in_loop || (is_request(operation) ? may_wait(pool, call) : weight.heavy);
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
  weight.heavy = weight.may_last = weight.is_work = true;
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
  if (weight.may_last)
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
bool is_advised(const ValuePool& pool, const LambdaFunction& function) {
  return std::ranges::count_if(function.init_work, [&](const CodeCall& call) {
           return weight_of(pool, call).is_setting;
         }) == 1;
}

// The handler comes to the same call: what init has got is got anew.
bool is_done_again(const LambdaFunction& function, const CodeCall& call) {
  const auto is_there = [&](const std::vector<Effect>& calls) {
    return std::ranges::find(calls, call.where, &Effect::where) != calls.end();
  };
  return is_there(function.effects) || is_there(function.unknown_calls) ||
         is_there(function.requests);
}

// The statement that makes init do it. To there lead imports, and functions that a file's load runs
// by itself.
Span started_at(const CodeCall& call) {
  for (const PlacedText& step : call.path)
    if (!step.message.starts_with("loads ") && step.message != "calls 'init()'" &&
        step.message != "calls 'main()'")
      return step.where;
  return call.where;
}

// A statement at the top of a module that calls the handler, as a rule a test that was left there:
// what comes of it is the handler's own, so that alone is told.
Finding call_of_handler(const LambdaFunction& function, std::span<const CodeCall* const> calls) {
  std::uint8_t uncertainty = UINT8_MAX;
  for (const CodeCall* const call : calls) {
    const bool is_open = (call->flags & kUnderUnknownTest) != 0;
    uncertainty &= static_cast<std::uint8_t>(call->uncertainty | (is_open ? kConditional : 0));
  }
  const CodeCall& first = *calls.front();
  const Span statement = started_at(first);
  std::vector<PlacedText> path = first.path;
  path.erase(std::ranges::find(path, statement, &PlacedText::where), path.end());
  const std::string& name = function.called.name;
  return FindingBuilder("init-work-at-import", uncertainty)
      .about(function)
      .at(statement)
      .says(name.empty() ? std::string("The handler") : cat("The handler '", name, "'"),
            " is called ", loading_words(function.language),
            ": it runs in every cold start, before the first event.")
      .identified(function.name, ":handler")
      .caused_by({.key = cat(function.name, " handler")})
      .along(path, statement, "The handler is called.");
}

// What one statement starts has one fix: the gravest of it stands for all.
class Statements {
 public:
  void add(Finding finding, const CodeCall& call) {
    const auto [row, added] = rows_.try_emplace(started_at(call), told_.size());
    if (added) {
      told_.push_back({std::move(finding)});
      return;
    }
    told_[row->second].push_back(std::move(finding));
  }
  void report(Findings& findings) {
    for (std::vector<Finding>& group : told_) findings.push_back(folded(std::move(group)));
  }

 private:
  static Finding folded(std::vector<Finding> group) {
    const auto gravest = std::ranges::max_element(
        group, {}, [](const Finding& one) { return std::pair(one.severity, one.confidence); });
    Finding told = *gravest;
    std::set<Span> others;
    for (const Finding& one : group)
      if (one.where != told.where && others.insert(one.where).second)
        told.related.push_back({one.where, one.message});
    if (others.size() == 1) told.message += " The same statement starts another call like it.";
    if (others.size() > 1)
      told.message += cat(" The same statement starts ", others.size(), " more calls like it.");
    return told;
  }

  std::map<Span, std::size_t> rows_ = {};
  std::vector<std::vector<Finding>> told_ = {};
};

}  // namespace

void init_work_at_import(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const DeploymentFunctions of_deployments(project);
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  for (const LambdaFunction& function : project.functions) {
    if (of_deployments.contains(function)) continue;
    // Nobody waits for its cold starts, and what an environment holds has no time to get old.
    const bool seldom = is_called_seldom(project, relations, others, function.resource);
    const bool doubtful = is_job_of_nobody_known(project, relations, others, function.resource);
    const bool restored = is_restored(project, function);
    const bool advised = !restored && is_advised(pool, function);
    Statements statements;
    std::map<Span, std::vector<const CodeCall*>> of_handler;
    for (const CodeCall& call : function.init_work) {
      CallWeight weight = weight_of(pool, call);
      // What the code or its environment holds as a cipher text: where else would it be deciphered?
      const bool is_constant = weight.is_setting && weight.lasts;
      weight.lasts = weight.lasts || is_done_again(function, call);
      // An initialised environment is made for the snapshot alone: no event waits for that.
      const bool costs_init =
          call.phase != CallPhase::Snapshot && call.phase != CallPhase::Invocation;
      if (call.of_handler && costs_init) {
        of_handler[started_at(call)].push_back(&call);
        continue;
      }
      // A pause between attempts: few cold starts come there.
      if (is_after_failure(pool, call.holds)) continue;
      if (!weight.counts || !costs_init || (weight.is_setting && advised) || is_constant ||
          fetches_public_keys(pool, call))
        continue;
      const bool is_early = restored && call.phase != CallPhase::Restore;
      // No event waits for it, and what nobody keeps does not get old: it warms up a connection.
      const bool is_kept = weight.writes || (call.flags & kResultUnused) == 0;
      if (is_early && (weight.is_work || weight.lasts || !is_kept)) continue;
      weight.heavy = weight.heavy && !is_early;
      weight.may_last = weight.may_last && !is_early;
      if (seldom && !weight.may_last) continue;
      std::uint8_t uncertainty = call.uncertainty;
      if (doubtful && !weight.may_last) uncertainty |= kUncertain;
      // What was asked for decides: nobody knows whether it runs at all.
      if ((call.flags & kUnderUnknownTest) != 0)
        uncertainty |= rests_on_answers(*project.pool, call) ? kUncertain : kConditional;
      const std::string message = message_of(call, weight, function.language, restored);
      statements.add(FindingBuilder("init-work-at-import", uncertainty)
                         .about(function)
                         .at(call.where)
                         .says(message)
                         .identified(function.name, ':', call.name)
                         .grade(weight.heavy ? Severity::Warning : Severity::Note)
                         .caused_by({.key = cat(function.name, ' ', message)})
                         .along(call.path, call.where, "'", call.name, "' runs."),
                     call);
    }
    for (const auto& [statement, calls] : of_handler)
      findings.push_back(call_of_handler(function, calls));
    statements.report(findings);
  }
}

}  // namespace fnlint
