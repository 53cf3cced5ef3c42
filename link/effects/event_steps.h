// A memo of the loop search: what happens to an event at an edge.
#pragma once

#include "link/effects/caused_event.h"
#include "values/relations_to.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace fnlint {

using EventRow = std::uint32_t;  // of EventSteps

// What events do next, along each edge of the event graph. Searches that begin at different places
// come to the same events at the same edges: each is asked once.
class EventSteps {
 public:
  // `words`: say why an effect does not happen.
  EventSteps(Engine& engine, const Project& project, const RelationsTo& relations, bool words)
      : engine_(engine), project_(project), relations_(relations), words_(words) {}
  EventSteps(const EventSteps&) = delete;
  EventSteps& operator=(const EventSteps&) = delete;

  // Forgets what was asked so far where that is more: rows of events name nothing then.
  void forget_above(std::size_t answers);
  // Equal events have the same row.
  EventRow row_of(const CausedEvent& event);
  [[nodiscard]] const CausedEvent& operator[](EventRow row) const { return *events_[row]; }

  struct Sent {
    EventRow event = 0;
    TableWrite write = {};  // where a table gets it
    std::uint8_t uncertainty = 0;
  };
  struct Done {
    bool happens = true;
    std::string why = {};       // it does not happen
    std::uint8_t uncertainty = 0;  // of whether it happens
    std::vector<Sent> sent = {};
  };
  // What an effect of a function does when that gets the event. `always`: no test before it is
  // asked, since the event is the one that all begins with.
  const Done& done(std::uint32_t function, std::uint32_t effect, EventRow event, bool always);

  struct Passed {
    Answer leaves{};  // a function hands on only some of what starts it
    Answer passes{};  // by the relation's filter
    std::uint8_t uncertainty = 0;
    EventRow event = 0;  // as it arrives, if it does
  };
  const Passed& passed(const Relation& relation, EventRow event);

 private:
  CausedEvent of_types_that_pass(const Relation& relation, const CausedEvent& event,
                                 std::uint8_t& uncertainty) const;

  struct Key {
    std::uint64_t edge = 0;
    EventRow event = 0;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return (key.edge * 0x9E3779B97F4A7C15U ^ key.event) * 0x9E3779B97F4A7C15U >> 16U;
    }
  };
  struct EventHash {
    std::size_t operator()(const CausedEvent& event) const;
  };

  Engine& engine_;
  const Project& project_;
  const RelationsTo& relations_;
  const bool words_;
  std::unordered_map<CausedEvent, EventRow, EventHash> rows_ = {};
  std::vector<const CausedEvent*> events_ = {};
  std::unordered_map<Key, Done, Hash> done_ = {};
  std::unordered_map<Key, Passed, Hash> passed_ = {};
};

}  // namespace fnlint
