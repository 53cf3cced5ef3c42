// Weighs an effect against everything else that the function does, to tell its purpose from a side
// job that may fail, and finds the sources that retry.

#include "checks/reliability/lost_errors.h"

#include "checks/view/beyond.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/libraries.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <array>

namespace fnlint {

bool does_something(const Effect& effect) {
  return (effect.flags & kGuessed) == 0 && operations()[effect.operation].repeat != Repeat::Same;
}

bool changes_something(const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  const std::string_view name = operation.id.substr(operation.id.find('.') + 1);
  return (effect.flags & kGuessed) == 0 && !is_local(operation) &&
         !is_one_of(known::telemetry_services(), operation.service) &&
         !fnlint::only_reads(flat_name(name)) && !fnlint::only_reads(operation);
}

bool tells_of_others(const Project& project, const LambdaFunction& function, const Effect& effect) {
  const auto is_told = [&](const Effect& other) {
    return does_something(other) && (other.flags & (kErrorsDropped | kErrorsLogged)) == 0 &&
           !exclude_each_other(*project.pool, other.holds, effect.holds);
  };
  return std::ranges::any_of(function.effects, is_told) ||
         std::ranges::any_of(function.unknown_calls, is_told);
}

bool is_work_of_event(const ValuePool& pool, const Effect& effect) {
  return std::ranges::any_of(
      std::array{effect.target_value, effect.key, effect.arguments},
      [&](ValueId value) { return value.exists() && has_origin(pool, value, Origin::Event); });
}

namespace {

// What somebody is told who asked for it, and not only that it is done.
bool answers_question(const Project& project, const Effect& effect, const ReturnedValue& returned) {
  if (!returned.value.exists() || exclude_each_other(*project.pool, returned.holds, effect.holds) ||
      is_after_failure(*project.pool, returned.holds))
    return false;
  bool found = false;
  for_each_below(*project.pool, returned.value, [&](ValueId id) {
    found =
        found || comes_from_beyond(*project.pool, id) ||
        (project.pool->is(id, ValueKind::Hole) && (*project.pool)[id].origin == Origin::CallResult);
  });
  return found;
}

}  // namespace

bool may_write(const Effect& request) {
  const std::string_view path = request.receiver;
  return request.operation >= operations().size() &&
         !fnlint::only_reads(flat_name(path.substr(path.rfind('.') + 1)));
}

bool is_known_whole(const LambdaFunction& function) {
  return function.cut == 0 && function.not_followed.empty();
}

bool is_the_work(const Project& project, const LambdaFunction& function, const Effect& effect,
                 AnswerRead read) {
  const auto is_heard = [&](const Effect& other) {
    const bool is_lost = (other.flags & (kErrorsDropped | kErrorsLogged)) != 0;
    const bool is_answered = (other.flags & kErrorsReturned) != 0 && read == AnswerRead::Yes;
    return (!is_lost || is_answered) &&
           !exclude_each_other(*project.pool, other.holds, effect.holds);
  };
  const auto is_told = [&](const Effect& other) {
    return does_something(other) && is_heard(other);
  };
  const auto is_told_request = [&](const Effect& other) {
    return may_write(other) && is_heard(other);
  };
  return std::ranges::none_of(function.effects, is_told) &&
         std::ranges::none_of(function.unknown_calls, is_told) &&
         std::ranges::none_of(function.requests, is_told_request) &&
         // What a route answers is not among them.
         ((effect.flags & kInRoute) != 0 ||
          std::ranges::none_of(function.returns, [&](const ReturnedValue& returned) {
            return answers_question(project, effect, returned);
          }));
}

namespace {

// An asynchronous invocation that is not tried again, and whose event nothing takes that failed: it
// is lost whether an error is raised or not.
bool is_lost_anyway(const Project& project, const RelationsTo& relations,
                    const LambdaFunction& function, const DeliverySource& source) {
  if (source.of_coming_again == 0 || source.trigger == nullptr ||
      source.trigger->invocation != Invocation::Asynchronous ||
      property_of(project, function.resource, "DeadLetterConfig.TargetArn") != nullptr)
    return false;
  const bool is_taken = std::ranges::any_of(project.stacks.relations, [&](const Relation& one) {
    return one.kind == RelationKind::FailureForward && one.from == function.resource;
  });
  return !is_taken && std::ranges::none_of(relations[function.resource], [&](const Relation* one) {
    return one->kind == RelationKind::Refines &&
           property_of(project, one->from, "DestinationConfig.OnFailure.Destination") != nullptr;
  });
}

}  // namespace

// A state machine goes on with what its task answers: that may be where it learns of a failure.
// Of a function that answers an API as well, another one may want no more than that it is warm.
std::vector<DeliverySource> told_by_failure(const Project& project, const RelationsTo& relations,
                                            const LambdaFunction& function,
                                            std::vector<DeliverySource> sources) {
  const bool answers =
      std::ranges::any_of(relations[function.resource], [](const Relation* relation) {
        return relation->kind == RelationKind::Trigger &&
               relation->invocation == Invocation::Synchronous;
      });
  std::erase_if(sources, [&](const DeliverySource& one) {
    const bool by_machine = one.trigger != nullptr && one.trigger->from.exists() &&
                            project.stacks[one.trigger->from].kind == ResourceKind::StateMachine;
    return by_machine || (one.is_function && answers) ||
           is_lost_anyway(project, relations, function, one);
  });
  return sources;
}

}  // namespace fnlint
