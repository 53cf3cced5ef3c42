// Nobody says how long the function may run, so it is the few seconds of the platform or the tool:
// less than what its work takes whenever another side is slow, or an environment starts.

#include "checks/event/event_view.h"
#include "checks/limits/numbers.h"
#include "checks/limits/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/explicit_timeout.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/models.h"
#include "tables/network.h"
#include "values/failures.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr double kMillisecondsOf = 1000;
constexpr std::int64_t kFewSeconds = 6;    // for a call that takes seconds, more may be enough
constexpr std::int64_t kSomeSeconds = 20;  // not for requests that become more with the data

// What makes the time too short, and where.
struct SlowWork {
  std::string words = {};
  std::uint8_t uncertainty = 0;
  std::vector<const Effect*> calls = {};
  Span where = {};  // of an import
};

// The seconds that nobody wrote; nothing where somebody did, or they are not known.
std::optional<std::int64_t> default_timeout(const Project& project, ResourceId function) {
  const Resource& resource = project.stacks[function];
  if (resource.generated || resource.external || resource.scope >= project.stacks.scopes.size())
    return std::nullopt;
  using enum TemplateDialect;
  constexpr std::array kWithout{CloudFormation, Sam, CdkProgram, Terraform, TerraformPlan};
  const Number timeout = number_at(project, function, "Timeout");
  const auto dialect = static_cast<TemplateDialect>(project.stacks.scopes[resource.scope].dialect);
  const bool is_platforms =
      timeout.property == nullptr && std::ranges::find(kWithout, dialect) != kWithout.end();
  const bool is_tools = timeout.property != nullptr && timeout.property->by_default;
  // What a construct gives by itself stands where the construct does.
  const bool is_constructs = dialect == CdkProgram && timeout.property != nullptr &&
                             timeout.property->where == resource.where;
  return is_platforms || is_tools || is_constructs ? timeout.value : std::nullopt;
}

bool is_in_turn(const Effect& effect) {
  constexpr std::uint32_t kElsewhere = kManyAtOnce | kDetached | kInInit;
  return (effect.flags & kElsewhere) == 0;
}

// A request to somebody else, who may take as long as they like.
bool waits_for_others(const ValuePool& pool, const Effect& effect, double seconds) {
  const Operation& operation = operations()[effect.operation];
  const ServiceEndpoint* const row = find_service_endpoint(operation.service);
  if (!is_request(operation) && (row == nullptr || !row->endpoint.empty())) return false;
  if (effect.library == UINT32_MAX) return true;
  const auto told =
      explicit_timeout(pool, library_models()[effect.library], effect.arguments, effect.object);
  return !told || *told >= seconds * kMillisecondsOf;
}

// Two requests of one invocation, one after the other. Those of different routes exclude each
// other.
SlowWork two_requests(const ValuePool& pool, const std::vector<const Effect*>& requests) {
  for (const Effect* a : requests)
    for (const Effect* b : requests)
      if (a->where < b->where && a->path.empty() == b->path.empty() &&
          !exclude_each_other(pool, a->holds, b->holds) &&
          ((a->flags | b->flags) & (kInRoute | kBesideTasks)) == 0)
        return {.words = "two requests, one after the other",
                .uncertainty = static_cast<std::uint8_t>(a->uncertainty | b->uncertainty),
                .calls = {a, b}};
  return {};
}

// Whether all that is known to call the function gives it one record each time.
bool has_single_records(const Project& project, const RelationsTo& relations,
                        const LambdaFunction& function) {
  const auto shapes = trigger_shapes(project, relations, function);
  return !shapes.empty() && std::ranges::all_of(shapes, [&](const TriggerShape& one) {
    return one.shape != nullptr && batch_of(project, one).value_or(1) <= 1;
  });
}

SlowWork slow_call(const Project& project, const LambdaFunction& function, std::int64_t seconds,
                   bool single_records) {
  const bool is_short = seconds <= kFewSeconds;
  std::vector<const Effect*> requests;
  for (const auto* effects : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *effects) {
      if (!is_in_turn(effect) || is_after_failure(*project.pool, effect.holds)) continue;
      const Operation& operation = operations()[effect.operation];
      const bool in_loop = (effect.flags & kInLoop) != 0 &&
                           !(single_records && is_for_each_record(*project.pool, effect));
      const auto work = [&](std::string words) {
        return SlowWork{std::move(words), effect.uncertainty, {&effect}};
      };
      if (is_short && is_one_of(known::slow_operations(), operation.id))
        return work(cat("a call that takes seconds (", call_name(effect), ")"));
      // Each round of a loop that begins where the last one ended reads a page of the one scan.
      const bool is_page = entry_of(*project.pool, effect.arguments, "ExclusiveStartKey").exists();
      if (is_short && operation.id == "dynamodb.Scan" && in_loop && !is_page)
        return work("a scan of a whole table in each round of a loop");
      if (!waits_for_others(*project.pool, effect, static_cast<double>(seconds))) continue;
      if (in_loop) return work(cat("a request in each round of a loop (", call_name(effect), ")"));
      requests.push_back(&effect);
    }
  return is_short ? two_requests(*project.pool, requests) : SlowWork{};
}

SlowWork slow_library(const LambdaFunction& function) {
  for (const InitImport& one : function.imports)
    if (one.use != ImportUse::Never && one.use != ImportUse::Unseen &&
        is_one_of(known::slow_libraries(), one.path))
      return {.words = cat("what takes seconds (", one.path, ")"), .where = one.where};
  return {};
}

// The Serverless Framework drops what is not whole, of one function or of all.
bool loses_network(const Project& project, ResourceId function) {
  const FileId file = project.stacks[function].name.file;
  return std::ranges::any_of(project.stacks.faults, [&](const TemplateFault& fault) {
    return fault.kind == TemplateFaultKind::NetworkDropped &&
           (fault.resource == function || (!fault.resource.exists() && fault.where.file == file));
  });
}

// A runtime that starts slowly, and so with all that its first invocation connects to.
SlowWork slow_start(const Project& project, const LambdaFunction& function) {
  const bool is_slow = function.language == Language::Java || function.language == Language::CSharp;
  if (!is_slow || property_of(project, function.resource, "SnapStart") != nullptr) return {};
  const auto is_sql = [](const Effect& effect) {
    return operations()[effect.operation].service == "sql";
  };
  const bool inside = property_of(project, function.resource, "VpcConfig") != nullptr &&
                      !loses_network(project, function.resource);
  const auto found = std::ranges::find_if(function.effects, is_sql);
  if (found == function.effects.end() && !inside) return {};
  SlowWork work{
      .words =
          cat("a cold start of ", function.language == Language::Java ? "the JVM" : ".NET",
              found != function.effects.end() ? ", which connects to a database" : " in a VPC")};
  if (found != function.effects.end()) work.calls = {&*found};
  return work;
}

}  // namespace

void limits_timeout_default(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    const auto seconds = default_timeout(project, function.resource);
    if (!seconds || *seconds > kSomeSeconds) continue;
    SlowWork work =
        slow_call(project, function, *seconds, has_single_records(project, relations, function));
    if (work.words.empty() && *seconds <= kFewSeconds) work = slow_library(function);
    if (work.words.empty() && *seconds <= kFewSeconds) work = slow_start(project, function);
    if (work.words.empty()) continue;
    const Resource& resource = project.stacks[function.resource];
    auto finding = FindingBuilder("limits-timeout-default", work.uncertainty)
                       .about(function)
                       .at(resource.name)
                       .at_most(Confidence::Likely)
                       .says("'", function.name, "' has no timeout, so it is stopped after ",
                             *seconds, " s; its work has ", work.words, ".");
    for (const Effect* call : work.calls) finding.along(call->path, call->where, "It waits here.");
    if (work.where != Span{}) finding.related(work.where, "It is imported here.");
    // A default for all is set once in a template.
    findings.push_back(finding.caused_by({.key = cat(resource.name.file.index, ' ', *seconds),
                                          .subject = function.name,
                                          .apart = 1}));
  }
}

}  // namespace fnlint
