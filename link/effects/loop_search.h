// The search for loops in one component of the event graph.
#pragma once

#include "link/effects/chain_ends.h"
#include "link/effects/event_graph.h"
#include "link/effects/event_steps.h"
#include "values/relations_to.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

// Of cycles over the same edges the surest is kept.
class CyclesByEdges {
 public:
  void keep(Cycle cycle);
  [[nodiscard]] const std::vector<Cycle>& cycles() const { return cycles_; }
  [[nodiscard]] std::vector<Cycle> take() {
    rows_.clear();
    return std::exchange(cycles_, {});
  }

 private:
  std::map<std::vector<std::uint64_t>, std::size_t> rows_ = {};  // of cycles_
  std::vector<Cycle> cycles_ = {};
};

// Where the searches of one strongly connected component begin.
struct CyclicComponent {
  std::vector<std::uint32_t> functions = {};  // rows of Project::functions
  std::vector<ResourceId> acting = {};        // state machines and pipes
};
struct FoundInComponent {
  std::vector<Cycle> cycles = {};
  ResourceId cut = {};  // no id: no search came to its limit
};

// Searches one component after the other; several may work at once, each with an engine of its own.
class LoopSearch {
 public:
  LoopSearch(Engine& engine, const Project& project, const RelationsTo& relations,
             const EventGraph& graph, bool chain_ends)
      : engine_(engine),
        pool_(engine.pool()),
        project_(project),
        stacks_(project.stacks),
        relations_(relations),
        graph_(graph),
        steps_(engine, project, relations, chain_ends),
        ends_(project, chain_ends) {}
  FoundInComponent run(const CyclicComponent& component);
  [[nodiscard]] std::vector<ChainEnd> take_ends() { return ends_.take(); }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  // Where a cycle is taken to begin: a function and what starts it, or a resource that acts on its
  // own (a state machine, a pipe).
  struct Start {
    ResourceId at = {};
    const Relation* by = nullptr;  // none: code calls the function
    bool by_anything = false;
  };

  // Where an event has come to, and the edge that it went along. The first has come along none.
  struct Place {
    ResourceId at = {};
    EventRow event = 0;
    std::uint8_t uncertainty = 0;
    std::uint8_t hops = 0;
    std::uint32_t before = kNone;                    // the place that it came from
    const Relation* relation = nullptr;              // none: an effect
    Answer passes{};                                 // by the relation's filter
    std::uint32_t function = kNone, effect = kNone;  // of an effect
    std::uint32_t entry = 0;                         // which of the events that it causes
    const TableWrite* write = nullptr;
  };
  using PlaceRow = std::uint32_t;  // of places_

  void begin_at_function(std::uint32_t row);
  void begin_at_resource(ResourceId at);
  template <class FirstEdge>
  void search(const Start& start, const CausedEvent& first, const FirstEdge& along);
  void expand(PlaceRow from, std::vector<PlaceRow>& next);
  void along_effect(PlaceRow from, std::uint32_t function, std::uint32_t effect,
                    std::vector<PlaceRow>& next);
  void along_relation(PlaceRow from, const Relation& relation, std::vector<PlaceRow>& next);
  void arrive(Place place, std::vector<PlaceRow>& next);
  [[nodiscard]] bool may_go_on(const Start& start, std::size_t visits);
  [[nodiscard]] bool closes(const Start& start, const Place& place) const;
  [[nodiscard]] std::vector<PlaceRow> way_to(PlaceRow row) const;
  [[nodiscard]] std::vector<const LambdaFunction*> functions_on(
      const std::vector<PlaceRow>& way) const;
  [[nodiscard]] CycleStep step_to(PlaceRow row) const;
  [[nodiscard]] std::uint64_t edge_of(const Place& place) const;
  [[nodiscard]] Span where(const Place& place) const;
  bool is_feasible(PlaceRow row);
  bool closes_cycle(PlaceRow row, const std::vector<PlaceRow>& way, EventRow& event);
  void ends(PlaceRow from, ResourceId at, std::string why, Span where);
  bool ends_here(std::string why) {
    why_ = std::move(why);
    return false;
  }
  bool deletes_the_last(Place& place, const Start& start);
  void finish(PlaceRow row);
  void keep(Cycle cycle);

  Engine& engine_;
  ValuePool& pool_;
  const Project& project_;
  const Stacks& stacks_;
  const RelationsTo& relations_;
  const EventGraph& graph_;
  EventSteps steps_;
  ChainEnds ends_;
  std::vector<Place> places_ = {};  // of the search in work
  std::string why_ = {};            // what ended the last chain, where that is asked for
  std::map<PlaceRow, std::string> open_ =
      {};  // what leaves an effect's second round open, likewise
  // Of the component in work.
  CyclesByEdges found_;
  std::size_t visits_ = 0;
  ResourceId cut_ = {};
};

}  // namespace fnlint
