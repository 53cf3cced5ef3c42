#include "link/effects/effect_sources.h"

#include "link/effects/caused_event.h"
#include "values/relations_to.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_of_api(const Stacks& stacks, const Relation& trigger) {
  return trigger.from.exists() && stacks[trigger.from].kind == ResourceKind::Api;
}

// Routes of an application answer the API that calls the function: what else starts it does not
// come to them.
void note_routes(const Stacks& stacks, std::span<const Relation* const> triggers,
                 LambdaFunction& function) {
  const auto of_api = [&](const Relation* one) { return is_of_api(stacks, *one); };
  if (std::ranges::none_of(triggers, of_api)) return;
  for (const Relation* const trigger : triggers) {
    const bool is_other =
        trigger->kind == RelationKind::Trigger && trigger->from.exists() && !of_api(trigger);
    if (!is_other) continue;
    for (std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
      for (Effect& effect : *list)
        if ((effect.flags & kInRoute) != 0)
          effect.never_by.push_back(relation_row(stacks, *trigger));
  }
}

}  // namespace

void note_sources(Engine& engine, const Stacks& stacks, std::span<const Relation* const> triggers,
                  LambdaFunction& function) {
  note_routes(stacks, triggers, function);
  for (const Relation* const trigger : triggers) {
    const CausedEvent event = first_event(engine.pool(), stacks, trigger);
    // Of other sources nothing is known that a test could ask for.
    if (!trigger->filter.exists() && !event.message.exists()) continue;
    const auto row = relation_row(stacks, *trigger);
    EventAnswers answers;
    for (std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
      for (Effect& effect : *list)
        if (!comes_to(engine, effect.holds, event, answers)) effect.never_by.push_back(row);
    for (ReturnedValue& returned : function.returns)
      if (!comes_to(engine, returned.holds, event, answers)) returned.never_by.push_back(row);
  }
}

}  // namespace fnlint
