#include "link/effect_sources.h"

#include "link/caused_event.h"
#include "values/relations_to.h"

namespace fnlint {

namespace {

// Of other sources nothing is known that a test could ask for.
bool says_what_it_sends(const Stacks& stacks, const Relation& trigger) {
  const bool by_clock =
      trigger.from.exists() && stacks[trigger.from].kind == ResourceKind::Schedule;
  return trigger.filter.exists() || trigger.input.exists() || by_clock;
}

}  // namespace

void note_sources(Engine& engine, const Stacks& stacks, std::span<const Relation* const> triggers,
                  LambdaFunction& function) {
  for (const Relation* const trigger : triggers) {
    if (!says_what_it_sends(stacks, *trigger)) continue;
    const auto row = relation_row(stacks, *trigger);
    const CausedEvent event = first_event(engine.pool(), stacks, trigger);
    EventAnswers answers;
    for (std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
      for (Effect& effect : *list)
        if (!comes_to(engine, effect, event, answers)) effect.never_by.push_back(row);
  }
}

}  // namespace fnlint
