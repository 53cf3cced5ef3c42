// Which events does an effect cause, and would the effect happen again for them?
#pragma once

#include "flow/engine/engine.h"
#include "link/effects/event_content.h"
#include "link/effects/table_writes.h"
#include "model/project.h"

#include <map>

namespace fnlint {

// One event that an effect causes, and the write that it is, where a table gets it.
struct Caused {
  CausedEvent event = {};
  TableWrite write = {};
  std::uint8_t uncertainty = 0;
};

// What doing this effect sends to its target, in terms of the event that its function got: a call
// may send several.
std::vector<Caused> caused_by(Engine& engine, const Stacks& stacks, const Effect& effect,
                              const CausedEvent& incoming);

// What an event answers to tests, as far as it has been asked: effects share most of theirs.
using EventAnswers = std::map<ValueId, Answer>;
// False: the event never comes as far as what holds there, by what is known of it.
bool may_reach(Engine& engine, std::span<const Fact> holds, const CausedEvent& event,
              EventAnswers& answers);

// Whether an effect still happens when its function gets the event that was caused: a fact that is
// then surely false ends the chain. `uncertainty` grows by what could not be read. `before`: the
// event of the round before, where there was one; what was asked of it is known to have held.
// `why`: what ends it, in words, for who asks.
bool replay_is_feasible(Engine& engine, const Effect& effect, const CausedEvent* before,
                   const CausedEvent& event, std::uint8_t& uncertainty, std::string* why = nullptr);
// What may end a second round or leave it open, as `why` says it.
std::vector<std::string_view> replay_reasons();

}  // namespace fnlint
