// What the event is for is a request, the server refuses it, and the source is told that all went
// well: nobody has looked at what it answers.

#include "checks/idempotency/idempotency_view.h"
#include "checks/reliability/lost_errors.h"
#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 4> kChanging = {"post", "put", "patch", "delete"};

// By its method. One that reads and whose answer nobody wants is made for what it tells: it names
// something of the event.
bool tells_server(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  if (operation.service != "http" || only_asks(pool, operation, effect)) return false;
  std::string method = lower(operation.id.substr(operation.id.find('.') + 1));
  if (operation.repeat == Repeat::ByMethod) method = lower(statement_of(pool, operation, effect));
  if (std::ranges::any_of(kChanging, [&](std::string_view one) { return method.starts_with(one); }))
    return true;
  return method == "get" && effect.target_value.exists() &&
         has_origin(pool, effect.target_value, Origin::Event);
}

// Whatever else the function does is done elsewhere, or is no work of its own.
bool is_all_that_is_done(const Project& project, const LambdaFunction& function,
                         const Effect& effect) {
  const bool is_of_event = is_work_of_event(*project.pool, effect);
  const auto is_other = [&](const Effect& other) {
    return other.where != effect.where && changes_something(other) &&
           operations()[other.operation].service != "http" &&
           !is_after_failure(*project.pool, other.holds) &&
           (!is_of_event || is_work_of_event(*project.pool, other)) &&
           !exclude_each_other(*project.pool, other.holds, effect.holds);
  };
  const auto is_other_request = [&](const Effect& other) {
    return may_write(other) && !exclude_each_other(*project.pool, other.holds, effect.holds);
  };
  return std::ranges::none_of(function.effects, is_other) &&
         std::ranges::none_of(function.unknown_calls, is_other) &&
         std::ranges::none_of(function.requests, is_other_request);
}

bool is_unseen(const Project& project, const LambdaFunction& function, const Effect& effect) {
  constexpr std::uint32_t kElsewhere = kGuessed | kErrorsDropped | kErrorsLogged | kInInit;
  return effect.unchecked.unseen && !effect.unchecked.held && (effect.flags & kElsewhere) == 0 &&
         effect.operation < operations().size() &&
         tells_server(*project.pool, operations()[effect.operation], effect) &&
         !is_after_failure(*project.pool, effect.holds) &&
         is_all_that_is_done(project, function, effect);
}

}  // namespace

void reliability_http_failure_acknowledged(const Project& project, const Settings&,
                                           Findings& findings) {
  const RelationsTo relations(project.stacks);
  const DeliverySources all_sources(project, relations);
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions) {
    const std::vector<DeliverySource> sources =
        told_by_failure(project, relations, function, all_sources.of(function));
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        if (!is_unseen(project, function, effect)) continue;
        const auto source = std::ranges::find_if(
            sources, [&](const DeliverySource& one) { return comes_of(project, one, effect); });
        if (source == sources.end() || !told.insert(effect.where).second) continue;
        const auto uncertainty = static_cast<std::uint8_t>(
            (effect.uncertainty & ~(kUncertain | kConditional)) | source->uncertainty | kHeuristic);
        findings.push_back(
            FindingBuilder("reliability-http-failure-acknowledged", uncertainty)
                .about(function)
                .at(effect.where)
                .says("This call (", call_name(effect),
                      ") does not fail when the server answers with 4xx or 5xx, and nothing acts "
                      "on the status: ",
                      source->words,
                      " considers the event handled, though what it asks for was refused.")
                .identified(function.name, ' ', call_name(effect))
                .with_steps(effect.path)
                .related_if(source->where.file.exists(), source->where,
                            "This would deliver it again."));
      }
  }
}

}  // namespace fnlint
