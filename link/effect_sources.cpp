#include "link/effect_sources.h"

#include "link/caused_event.h"

namespace fnlint {

void note_sources(Engine& engine, const Stacks& stacks, std::span<const Relation* const> triggers,
                  LambdaFunction& function) {
  for (const Relation* const trigger : triggers) {
    if (!trigger->filter.exists() && !trigger->input.exists()) continue;
    const auto row = static_cast<std::uint32_t>(trigger - stacks.relations.data());
    const CausedEvent event = first_event(engine.pool(), stacks, trigger);
    EventAnswers answers;
    for (std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
      for (Effect& effect : *list)
        if (!comes_to(engine, effect, event, answers)) effect.never_by.push_back(row);
  }
}

}  // namespace fnlint
