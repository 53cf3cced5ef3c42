#include "link/effects/effect_sources.h"

#include "link/effects/caused_event.h"
#include "values/relations_to.h"

namespace fnlint {

void note_sources(Engine& engine, const Stacks& stacks, std::span<const Relation* const> triggers,
                  LambdaFunction& function) {
  for (const Relation* const trigger : triggers) {
    const CausedEvent event = first_event(engine.pool(), stacks, trigger);
    // Of other sources nothing is known that a test could ask for.
    if (!trigger->filter.exists() && !event.message.exists()) continue;
    const auto row = relation_row(stacks, *trigger);
    EventAnswers answers;
    for (std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
      for (Effect& effect : *list)
        if (!comes_to(engine, effect, event, answers)) effect.never_by.push_back(row);
  }
}

}  // namespace fnlint
