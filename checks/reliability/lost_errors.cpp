#include "checks/reliability/lost_errors.h"

#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

bool does_something(const Effect& effect) {
  return (effect.flags & kGuessed) == 0 && operations()[effect.operation].repeat != Repeat::Same;
}

bool is_after_failure(const ValuePool& pool, const Effect& effect) {
  return std::ranges::any_of(effect.holds,
                             [&](const Fact& fact) { return is_failure(pool, fact); });
}

bool tells_of_others(const LambdaFunction& function) {
  const auto is_told = [](const Effect& effect) {
    return does_something(effect) && (effect.flags & (kErrorsDropped | kErrorsLogged)) == 0;
  };
  return std::ranges::any_of(function.effects, is_told) ||
         std::ranges::any_of(function.unknown_calls, is_told);
}

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
    return by_machine || (one.is_function && answers);
  });
  return sources;
}

}  // namespace fnlint
